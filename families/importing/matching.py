"""Who of a file is registered already, as far as the person who imports it may know."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet

from accounts.models import Team, User
from accounts.roles import Permission
from families.importing.cells import folded
from families.importing.identity import Identity, Registered
from families.importing.plan import identity_of
from families.importing.rows import RowRead
from families.models import FamilyTeam, Person

# Values in one query: SQLite takes 32,766, and a plan by index stays one.
AT_ONCE = 500
COLUMNS = ("upn", "nhs_number", "system_number", "date_of_birth", "name")


def registered(rows: Iterable[RowRead], *, team: Team, by: User) -> Registered:
    wanted = [identity_of(row.person) for row in rows if row.person]
    found = Registered()
    for who in set(_near(wanted, _in_reach(team, by))):
        found.add(who)
    return found


def _in_reach(team: Team, by: User) -> QuerySet[Person]:
    """Those whom they or the team may see. That somebody is known to another team is told to nobody.

    Whoever answers requests for the whole organisation finds people in all of it, and so registers nobody twice.
    """
    people: QuerySet[Person] = Person.objects.filter(organisation_id=by.organisation_id)
    if by.has(Permission.ANSWER_REQUESTS):
        return people
    teams = by.team_ids() | {team.pk}
    seen = FamilyTeam.objects.filter(organisation_id=by.organisation_id, team_id__in=teams).values("family")
    return people.filter(family_id__in=seen)


def _near(wanted: Sequence[Identity], people: QuerySet[Person]) -> Iterator[Identity]:
    asked: list[tuple[str, set[object]]] = [
        ("upn", {who.upn for who in wanted if who.upn}),
        ("nhs_number", {who.nhs_number for who in wanted if who.nhs_number}),
        ("system_number", {who.system_number for who in wanted if who.system_number}),
        ("date_of_birth", {who.born for who in wanted if who.born}),
    ]
    for column, values in asked:
        for some in _parts(sorted(values, key=str)):
            for upn, nhs, system, born, name in people.filter((f"{column}__in", some)).values_list(*COLUMNS):
                yield Identity(upn=upn, nhs_number=nhs, system_number=system, born=born, name=folded(name))


def _parts(values: Sequence[object]) -> Iterator[Sequence[object]]:
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))
