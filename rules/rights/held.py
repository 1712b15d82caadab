"""What is held about a person, item by item, and who is on the record of it, as facts for the suggestions."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.codes import PersonRole
from rules.facts import PersonFacts
from rules.people import is_adult, is_capable


@dataclass(frozen=True, kw_only=True)
class HeldItem:
    """One item as it would be given. References are those of people on the decision.

    `whose`: whose words, views or talk it is. `is_concern`: part of what worried us; `is_review`: a supervisor's words.
    """

    text: str
    about: frozenset[str] = frozenset()
    whose: str = ""
    source: bool = False
    kept_from: frozenset[str] = frozenset()
    handling: str = ""
    is_concern: bool = False
    is_advice: bool = False
    is_review: bool = False

    @property
    def is_information(self) -> bool:
        """Something that was told or seen, whose words may stand elsewhere too: no row with dates and labels."""
        return bool(self.about or self.source or self.kept_from or self.handling)

    @property
    def people(self) -> frozenset[str]:
        return self.about | ({self.whose} if self.whose else frozenset())


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who reads the answer, and about whom they ask. Without `reader` they are not on this decision."""

    people: tuple[PersonFacts, ...]
    subject: str
    reader: str = ""
    is_parent: bool = False  # asking for the subject, who is their child
    names: Mapping[str, str]
    details: Mapping[str, tuple[str, ...]]  # other names, numbers and addresses

    @property
    def known(self) -> frozenset[str]:
        """Those whose information they ask for, and themselves."""
        return frozenset({self.subject, self.reader} - {""})

    def person(self, ref: str) -> PersonFacts | None:
        return next((person for person in self.people if person.ref == ref), None)

    def decides_alone(self, ref: str) -> bool:
        """A young person who can decide for themselves, and is not the one who asks."""
        found = self.person(ref)
        young = found is not None and found.role == PersonRole.CHILD and not is_adult(found)
        return young and found is not None and is_capable(found) and ref != self.reader
