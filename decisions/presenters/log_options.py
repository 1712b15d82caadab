"""The children and families that the log can be narrowed to: those on the decisions it shows, and the one chosen."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.db.models import OuterRef, Q

from accounts.models import User
from audit.statements import rows_where
from decisions.database.of_each import some
from decisions.models import Decision, DecisionFamily, DecisionPerson
from decisions.presenters.people_on_lists import CHILDREN, labels_of, several
from families.models import Family, Person
from families.names import first_name_and_initial
from ui.labels import distinct_names

# What stands in the address, and what is said of it.
Choice = tuple[str, str]


def named_once(names: Mapping[str, str], differences: Callable[[str], tuple[str, ...]]) -> list[Choice]:
    return list(distinct_names(names, differences).items())


def children_and_families(decisions: Iterable[Decision]) -> tuple[list[Choice], list[Choice]]:
    """Named as on the lines. One query for any number of decisions whose people are read."""
    labels = {row.person_id: label for row, label in labels_of(decisions)}
    people = rows_where(Person, "pk", labels, related=("family",))
    children = {str(row.public_id): labels[row.pk] for row in people if row.role in CHILDREN}
    families: dict[str, list[Person]] = {}
    for row in people:
        families.setdefault(str(row.family.public_id), []).append(row)
    named = {
        key: family_words(rows[0].family.reference, [labels[row.pk] for row in rows]) for key, rows in families.items()
    }
    return named_once(children, lambda _: ()), named_once(named, lambda _: ())


def family_words(reference: str, people: list[str]) -> str:
    return f"{several(people)} ({reference})" if people else reference


def child_chosen(public_id: str, user: User) -> list[Choice]:
    """Whoever stands in the address, if this user may see them or a decision about them. Nothing else is offered."""
    if not _is_id(public_id):
        return []
    rows = DecisionPerson.objects.filter(_readable(user), person__public_id=public_id)
    on_record = rows.order_by("-pk").first()
    if on_record:
        return [(public_id, first_name_and_initial(on_record.name))]
    person = Person.objects.visible_to(user).filter(public_id=public_id).first()
    return [(public_id, first_name_and_initial(person.name))] if person else []


def family_chosen(public_id: str, user: User) -> list[Choice]:
    if not _is_id(public_id):
        return []
    rows = DecisionFamily.objects.filter(_readable(user), family__public_id=public_id)
    found = rows.first() or Family.objects.visible_to(user).filter(public_id=public_id).first()
    return [(public_id, found.reference)] if found else []


def _readable(user: User) -> Q:
    """Asked of each: they are few."""
    return some(Decision.objects.recorded().each_visible_to(user).filter(pk=OuterRef("decision")))


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
