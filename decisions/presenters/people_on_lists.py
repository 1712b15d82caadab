"""Whom each decision of a list is about and who it is for, in a few words, for those who may see these decisions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeVar

from django.db.models import QuerySet

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from audit.parts import read_parts
from audit.statements import rows_where
from decisions.models import Decision, DecisionPerson
from decisions.presenters.people import age_words, recipient_names_of
from families.models import Person
from families.names import Described, first_name_and_initial
from rules.codes import PersonRole
from ui.labels import alike, distinct_names

PARTS = ("people", "recipients")
CHILDREN = frozenset({PersonRole.CHILD.value, PersonRole.UNBORN.value})
# How many are named before "and 2 more".
MOST_NAMED = 3


class Named(Described, Protocol):
    """A person of a family, or a decision's copy of one."""

    @property
    def role(self) -> str: ...


Of = TypeVar("Of", bound=Named)
# A person, and the name that the record has: after a correction, one person has two.
Key = tuple[int, str]


@dataclass(frozen=True)
class Who:
    """`about` is the children, or everybody where there is no child; `to` is empty where nothing is shared."""

    about: str = ""
    to: str = ""

    @property
    def words(self) -> str:
        return f"{self.about}, to {self.to}" if self.to else self.about


NOBODY = Who()


def _seen(user: User, keys: list[int]) -> "QuerySet[Decision]":
    rows: QuerySet[Decision] = Decision.objects.each_visible_to(user).filter(pk__in=keys)
    return rows.only("state", "outcome").order_by()


def _people_seen(user: User, keys: list[int]) -> "QuerySet[Person]":
    rows: QuerySet[Person] = Person.objects.visible_to(user).filter(pk__in=keys)
    return rows.order_by()


_SEEN = CompiledQuery(Decision, _seen)
_PEOPLE_SEEN = CompiledQuery(Person, _people_seen)


def who(decisions: Sequence[Decision]) -> dict[int, Who]:
    """By key, of recorded decisions. Two children who read the same are told apart. Costs no query on PARTS read."""
    names: dict[int, list[str]] = {decision.pk: [] for decision in decisions}
    for row, label in labels_of(decisions):
        names[row.decision_id].append(label)
    return {decision.pk: Who(several(names[decision.pk]), _to(decision)) for decision in decisions}


def labels_of(decisions: Iterable[Decision]) -> list[tuple[DecisionPerson, str]]:
    """Whoever is named on the lines, and how."""
    rows = [row for decision in decisions for row in _listed(decision.people.all())]
    labels = _labels({_key(row): row for row in rows})
    return [(row, labels[_key(row)]) for row in rows]


def who_is_on(keys: Iterable[int], user: User) -> Mapping[int, Who]:
    """The same for those of these decisions that this person may see: their own drafts too. At most five queries."""
    found = _SEEN.rows(user, list(set(keys)))
    recorded = [row for row in found if not row.is_draft]
    read_parts(recorded, PARTS)
    return who(recorded) | who_is_on_drafts([row.pk for row in found if row.is_draft], user)


def who_is_on_drafts(keys: Sequence[int], user: User) -> dict[int, Who]:
    """A draft has no copies of names yet: they are those of the family's record, for those who may see that."""
    if not keys:
        return {}
    rows = rows_where(DecisionPerson, "decision", keys)
    people = {person.pk: person for person in _PEOPLE_SEEN.rows(user, list({row.person_id for row in rows}))}
    listed: dict[int, list[Person]] = {key: [] for key in keys}
    for row in rows:
        if row.person_id in people:
            listed[row.decision_id].append(people[row.person_id])
    labels = _labels({(key, person.name): person for key, person in people.items()})
    return {
        key: Who(several([labels[person.pk, person.name] for person in _listed(on_it)]))
        for key, on_it in listed.items()
    }


def several(names: Sequence[str]) -> str:
    """Mia K., Jay K. and 2 more."""
    shown = list(names) if len(names) <= MOST_NAMED else [*names[: MOST_NAMED - 1], f"{len(names) - 2} more"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _key(row: DecisionPerson) -> Key:
    return row.person_id, row.name


def _listed(people: Iterable[Of]) -> list[Of]:
    everybody = list(people)
    return [row for row in everybody if row.role in CHILDREN] or everybody


def _labels(people: Mapping[Key, Named]) -> dict[Key, str]:
    """First name and initial, or the whole name where two people would read the same, or that with a difference."""
    labels = {key: _short(row) for key, row in people.items()}
    for keys in alike(labels):
        if len({person for person, _ in keys}) > 1:
            labels |= {key: people[key].name for key in keys}
    return distinct_names(labels, _differences(people))


def _short(row: Named) -> str:
    """An unborn child has no name yet: what stands there is said whole."""
    return row.name if row.role == PersonRole.UNBORN else first_name_and_initial(row.name)


def _differences(people: Mapping[Key, Named]) -> Callable[[Key], tuple[str, ...]]:
    @cache
    def families() -> dict[int, str]:
        """Read only where two have one name."""
        keys = {person for person, _ in people}
        return {row.pk: row.family.reference for row in rows_where(Person, "pk", keys, related=("family",))}

    return lambda key: (age_words(people[key]), families()[key[0]])


def _to(decision: Decision) -> str:
    if not decision.is_shared:
        return ""
    return several(list(recipient_names_of(decision.recipients.all()).values()))
