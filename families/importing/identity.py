"""Whether two records are of one person: by a number that only one person has, else by name and date of birth. Pure."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Known(StrEnum):
    """What the register has about a person."""

    SAME = "same"
    SAME_NUMBER = "same_number"  # of their system, with another name and another date of birth


@dataclass(frozen=True)
class Identity:
    """`name` is folded: accents, capitals and hyphens make no difference."""

    upn: str = ""
    nhs_number: str = ""
    system_number: str = ""
    born: date | None = None
    name: str = ""

    def found_by(self) -> list[tuple[str, str]]:
        """What could find the same person."""
        found = [("upn", self.upn), ("nhs", self.nhs_number), ("system", self.system_number)]
        return [
            *((kind, value) for kind, value in found if value),
            *([(str(self.born), self.name)] if self.born else []),
        ]

    def compare(self, other: "Identity") -> Known | None:
        """A UPN or NHS number that both have decides alone: names change. Two systems may count alike."""
        for own, theirs in ((self.upn, other.upn), (self.nhs_number, other.nhs_number)):
            if own and theirs:
                return Known.SAME if own == theirs else None
        same_birth = self.born is not None and self.born == other.born
        same_name = self.name == other.name
        same_number = bool(self.system_number) and self.system_number == other.system_number
        if (same_birth and same_name) or (same_number and (same_birth or same_name)):
            return Known.SAME
        return Known.SAME_NUMBER if same_number else None


@dataclass
class Registered:
    """People of the register or of a file, found by what tells them apart. `number` says where: a family or a row."""

    _by_key: dict[tuple[str, str], list[tuple[Identity, int]]] = field(default_factory=dict)

    def add(self, who: Identity, number: int = 0) -> None:
        for key in who.found_by():
            self._by_key.setdefault(key, []).append((who, number))

    def compare(self, who: Identity) -> Known | None:
        found = {who.compare(other) for other, _ in self._near(who)}
        return Known.SAME if Known.SAME in found else Known.SAME_NUMBER if Known.SAME_NUMBER in found else None

    def first(self, who: Identity) -> int:
        """The number of the first who is the same, or has the same number."""
        return min(number for other, number in self._near(who) if who.compare(other))

    def where(self, who: Identity) -> set[int]:
        """The numbers of those who are the same person."""
        return {number for other, number in self._near(who) if who.compare(other) is Known.SAME}

    def _near(self, who: Identity) -> list[tuple[Identity, int]]:
        return [near for key in who.found_by() for near in self._by_key.get(key, ())]
