"""What a search found, as lines with what is needed to recognise each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from audit.parts import read_parts
from decisions.models import Decision
from decisions.presenters.authors import author_names
from decisions.presenters.log import review_outcome, review_tag
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people_on_lists import PARTS, who
from decisions.queries import is_supervised_by
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
    review: str
    # For those who review this team's decisions, while it waits for a review.
    may_review: bool


@dataclass(frozen=True)
class UrgentFound:
    public_id: UUID
    reference: str
    who: str
    author: str
    shared_at: datetime
    completed: bool
    complete_by: date
    overdue: bool


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


def decisions_found(decisions: Sequence[Decision], user: User) -> list[DecisionFound]:
    """The same number of queries for any number of decisions."""
    read_parts(decisions, (*PARTS, "reviews__reply"))
    authors, whom = author_names(decisions), who(decisions)
    reviews = {decision.pk: review_outcome(decision) for decision in decisions}
    return [
        DecisionFound(
            public_id=decision.public_id,
            reference=decision.reference,
            about=whom[decision.pk].words,
            outcome=outcome_words(decision),
            author=authors[decision.pk],
            decided_at=decision.decided_at,
            review=review_tag(reviews[decision.pk])[0],
            may_review=not reviews[decision.pk] and is_supervised_by(decision, user) and decision.author_id != user.pk,
        )
        for decision in decisions
    ]


def urgent_found(records: Sequence[Any], today: date) -> list[UrgentFound]:
    """Annotated with AUTHOR_NOW and whether a decision has completed each: `completed`."""
    authors = author_names(records)
    return [
        UrgentFound(
            public_id=urgent.public_id,
            reference=urgent.reference,
            who=urgent.who,
            author=authors[urgent.pk],
            shared_at=urgent.shared_at,
            completed=urgent.completed,
            complete_by=urgent.complete_by,
            overdue=not urgent.completed and urgent.complete_by < today,
        )
        for urgent in records
    ]
