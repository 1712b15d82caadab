"""Which registered family the rows of one family belong to, and who says so: its number, or the person. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from families.importing.cells import folded
from families.importing.rows import RowRead

# By the number of the first row of a family: the public id of the registered family that somebody ticked for it.
Joins = Mapping[int, str]

ELSEWHERE = "Somebody of this family is registered already. Add this person on the family's own page"
SEVERAL = "More than one registered family could be this one. Add this person on the right family's own page"
NOT_TICKED = (
    "This may belong to a registered family, and you did not tick it. Tick it, or add this person on the family's page"
)
NOT_ASKED = (
    "This may belong to a family that is registered. Import this row on the page, where you are asked whether it does"
)
CHANGED = "The family that you ticked has changed since. Check again"
SAME_NAME = (
    "Somebody of this name is in that registered family. Add this person on the family's own page if it is another"
)


class Tie(StrEnum):
    """Why it may be that family."""

    NUMBER = "number"
    MEMBER = "member"
    HOME = "home"


@dataclass(frozen=True)
class KnownPerson:
    name: str
    is_child: bool


@dataclass(frozen=True)
class KnownFamily:
    """A registered family of the team. `number` is that in the other system; the addresses are folded."""

    key: int
    public_id: str
    reference: str
    name: str
    number: str = ""
    people: tuple[KnownPerson, ...] = ()
    addresses: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        return any(folded(person.name) == folded(name) for person in self.people)

    def has_adult(self, name: str) -> bool:
        return any(folded(person.name) == folded(name) for person in self.people if not person.is_child)

    def homes(self) -> set[tuple[str, str]]:
        adults = {folded(person.name) for person in self.people if not person.is_child}
        return {(adult, address) for adult in adults for address in self.addresses}


@dataclass(frozen=True)
class Found:
    """The families it may be. `sure` is never from a name alone."""

    families: tuple[KnownFamily, ...]
    tie: Tie
    sure: bool = False


@dataclass(frozen=True)
class Settled:
    """The family to add to, or why not. Where it was asked, `asked` is the family and its tie."""

    family: KnownFamily | None = None
    refused: str = ""
    asked: Found | None = None


@dataclass
class KnownFamilies:
    _by_key: dict[int, KnownFamily] = field(default_factory=dict)
    _by_number: dict[str, list[KnownFamily]] = field(default_factory=dict)
    _by_home: dict[tuple[str, str], list[KnownFamily]] = field(default_factory=dict)

    @classmethod
    def of(cls, families: Iterable[KnownFamily]) -> "KnownFamilies":
        known = cls()
        for family in families:
            known._by_key[family.key] = family
            if family.number:
                known._by_number.setdefault(family.number, []).append(family)
            for home in family.homes():
                known._by_home.setdefault(home, []).append(family)
        return known

    def find(self, rows: Sequence[RowRead], members: Collection[int]) -> Found | None:
        """`members` are the families in which people of these rows are registered, of whatever team."""
        by_number = self._by_number.get(rows[0].family_number, [])
        if by_number:
            sure = len(by_number) == 1 and _agrees(by_number[0], rows, members)
            return Found(tuple(by_number), Tie.NUMBER, sure)
        if members:
            return Found(tuple(self._by_key[key] for key in members if key in self._by_key), Tie.MEMBER)
        near = {family.key: family for row in rows if row.home for family in self._by_home.get(row.home, ())}
        return Found(tuple(near.values()), Tie.HOME) if near else None


def _agrees(family: KnownFamily, rows: Sequence[RowRead], members: Collection[int]) -> bool:
    """Two systems may count alike, so something besides the number must be the same."""
    if members:
        return set(members) == {family.key}
    named = {folded(row.family_name) for row in rows}
    return folded(family.name) in named or any(
        family.has_adult(parent.details.name) for row in rows for parent in row.parents
    )


def settle(found: Found | None, rows: Sequence[RowRead], joins: Joins | None) -> Settled:
    """`joins` is None where nobody can be asked. A row that nobody answered for is never added to a family."""
    ticked = (joins or {}).get(rows[0].number, "")
    refused = _refused(found, rows, ticked)
    if refused or found is None:
        return Settled(refused=refused)
    [family] = found.families
    if found.sure:
        return Settled(family)
    if joins is None:
        return Settled(refused=NOT_ASKED)
    if ticked:
        return Settled(family, asked=found)
    return Settled(refused="" if found.tie is Tie.HOME else NOT_TICKED, asked=found)


def _refused(found: Found | None, rows: Sequence[RowRead], ticked: str) -> str:
    if found is None:
        return CHANGED if ticked else ""
    if len(found.families) != 1:
        return SEVERAL if found.families else ELSEWHERE
    [family] = found.families
    if any(row.person and family.has(row.person.details.name) for row in rows):
        return SAME_NAME
    return "" if ticked in {"", family.public_id} else CHANGED
