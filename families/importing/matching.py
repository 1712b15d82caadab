"""Who of a file is registered already, and in which family, as far as the person who imports it may know."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db.models import QuerySet

from accounts.closed import without_closed
from accounts.models import Team, User
from accounts.roles import Permission
from families.importing.cells import folded
from families.importing.identity import Identity, Registered
from families.importing.placing import KnownFamilies, KnownFamily, KnownPerson
from families.importing.plan import identity_of
from families.importing.rows import RowRead
from families.models import Family, FamilyTeam, Person, SafeContact
from rules.codes import PersonRole

# Values in one query: SQLite takes 32,766, and a plan by index stays one.
AT_ONCE = 500
T = TypeVar("T")
COLUMNS = ("upn", "nhs_number", "system_number", "date_of_birth", "name", "family_id")


def registered(rows: Iterable[RowRead], *, team: Team, by: User) -> Registered:
    wanted = [identity_of(row.person) for row in rows if row.person]
    found = Registered()
    for who, family in set(_near(wanted, _in_reach(team, by))):
        found.add(who, family)
    return found


def families_near(rows: Sequence[RowRead], known: Registered, team: Team, by: User) -> KnownFamilies:
    """Families of the team that rows may belong to: by its number, by who is in it, or by where a parent lives.

    None that is closed to whoever imports, as if it were not there.
    """
    numbers = sorted({row.family_number for row in rows if row.family_number})
    keys = {key for row in rows if row.person for key in known.where(identity_of(row.person))}
    for some in _parts(numbers):
        by_number = Family.objects.of_team(team.pk).filter(organisation_id=team.organisation_id, system_number__in=some)
        keys.update(by_number.values_list("pk", flat=True))
    keys |= _at_home({row.home[1] for row in rows if row.home}, team)
    return KnownFamilies.of(
        _known(family)
        for some in _parts(sorted(keys - by.families_closed_on_duty))
        for family in Family.objects.of_team(team.pk).filter(pk__in=some).prefetch_related("people__safe_contacts")
    )


def _at_home(addresses: set[str], team: Team) -> set[int]:
    """Of the whole team: how an address is written differs, so no index finds it."""
    if not addresses:
        return set()
    places = FamilyTeam.objects.filter(organisation_id=team.organisation_id, team=team).values("family")
    letters = SafeContact.objects.filter(kind=SafeContact.Kind.LETTER, person__family__in=places)
    found = letters.order_by().values_list("person__family", "detail").iterator()
    return {family for family, address in found if folded(address) in addresses}


def _known(family: Family) -> KnownFamily:
    people = list(family.people.all())
    letters = (way for person in people for way in person.safe_contacts.all() if way.kind == SafeContact.Kind.LETTER)
    children = {PersonRole.CHILD, PersonRole.UNBORN}
    return KnownFamily(
        key=family.pk, public_id=str(family.public_id), reference=family.reference, name=family.name,
        number=family.system_number,
        people=tuple(KnownPerson(person.name, person.role in children) for person in people),
        addresses=frozenset(filter(None, (folded(way.detail) for way in letters))),
    )  # fmt: skip


def _in_reach(team: Team, by: User) -> QuerySet[Person]:
    """Those whom they or the team may see. That somebody is known to another team is told to nobody.

    Whoever answers requests for the whole organisation finds people in all of it, and so registers nobody twice.
    """
    own = Person.objects.filter(organisation_id=by.organisation_id)
    people: QuerySet[Person] = without_closed(own, "family", by.families_closed_on_duty)
    if by.has(Permission.ANSWER_REQUESTS):
        return people
    teams = by.team_ids() | {team.pk}
    seen = FamilyTeam.objects.filter(organisation_id=by.organisation_id, team_id__in=teams).values("family")
    return people.filter(family_id__in=seen)


def _near(wanted: Sequence[Identity], people: QuerySet[Person]) -> Iterator[tuple[Identity, int]]:
    asked: list[tuple[str, set[object]]] = [
        ("upn", {who.upn for who in wanted if who.upn}),
        ("nhs_number", {who.nhs_number for who in wanted if who.nhs_number}),
        ("system_number", {who.system_number for who in wanted if who.system_number}),
        ("date_of_birth", {who.born for who in wanted if who.born}),
    ]
    for column, values in asked:
        for some in _parts(sorted(values, key=str)):
            for upn, nhs, system, born, name, family in people.filter((f"{column}__in", some)).values_list(*COLUMNS):
                yield Identity(upn=upn, nhs_number=nhs, system_number=system, born=born, name=folded(name)), family


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
