"""What a search found, as lines with what is needed to recognise each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from audit.parts import read_parts
from decisions.models import Decision
from decisions.presenters.authors import author_names
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people_on_lists import PARTS, who
from families.ages import age_in_words
from families.models import Person


@dataclass(frozen=True)
class PersonFound:
    name: str
    known_as: str
    role: str
    age: str
    family_id: UUID
    family: str
    reference: str
    last_decision: datetime | None


@dataclass(frozen=True)
class DecisionFound:
    public_id: UUID
    reference: str
    about: str
    outcome: str
    author: str
    decided_at: datetime | None


def people_found(people: Sequence[Person], last: dict[int, datetime], today: date) -> list[PersonFound]:
    return [
        PersonFound(
            name=person.name,
            known_as=person.known_as,
            role=person.get_role_display(),
            age=age_in_words(person, today),
            family_id=person.family.public_id,
            family=person.family.name,
            reference=person.family.reference,
            last_decision=last.get(person.family_id),
        )
        for person in people
    ]


def decisions_found(decisions: Sequence[Decision]) -> list[DecisionFound]:
    """The same number of queries for any number of decisions."""
    read_parts(decisions, PARTS)
    authors, whom = author_names(decisions), who(decisions)
    return [
        DecisionFound(
            public_id=decision.public_id,
            reference=decision.reference,
            about=whom[decision.pk].words,
            outcome=outcome_words(decision),
            author=authors[decision.pk],
            decided_at=decision.decided_at,
        )
        for decision in decisions
    ]
