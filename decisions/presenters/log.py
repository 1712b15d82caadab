"""A line of the decision log: enough to choose from, no case text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from decisions.models import Decision
from decisions.presenters.labels import outcome_done
from rules.codes import AGREED, CANNOT_DECIDE, NOT_ASKED, SAID_NO, Consent


@dataclass(frozen=True)
class ConsentGroup:
    """Answers the log says in the same words, and filters by with the same key."""

    key: str
    words: str
    states: frozenset[str]


# Gravest first: a line shows the first group somebody is in. Every state is in one, and so is no answer at all.
CONSENT_GROUPS = (
    ConsentGroup("no", "Someone said no", SAID_NO),
    ConsentGroup("not_asked", "Someone was not asked", NOT_ASKED),
    ConsentGroup("no_answer", "Someone has not answered", frozenset({Consent.NO_RESPONSE, Consent.NOT_CONTACTABLE})),
    ConsentGroup("unanswered", "Someone's answer is missing", frozenset({Consent.UNKNOWN, ""})),
    ConsentGroup("part", "Someone agreed to part", frozenset({Consent.GIVEN_PARTIAL})),
    ConsentGroup("agreed", "Someone agreed", AGREED),
    ConsentGroup("cannot", "Someone cannot decide", CANNOT_DECIDE),
    ConsentGroup("not_needed", "No answer needed", frozenset({Consent.NOT_NEEDED_ANON})),
)
NOBODY = "Nobody to ask"


@dataclass(frozen=True)
class Line:
    public_id: UUID
    reference: str
    author: str
    decided_at: datetime | None
    outcome: str
    shared: bool
    consent: str
    basis: str
    review_outcome: str


def lines(decisions: "QuerySet[Decision] | Iterable[Decision]") -> list[Line]:
    """The same number of queries for any number of lines."""
    rows = (
        decisions.prefetch_related("people", "provisions", "reviews") if isinstance(decisions, QuerySet) else decisions
    )
    return [_line(decision) for decision in rows]


def _line(decision: Decision) -> Line:
    return Line(
        public_id=decision.public_id,
        reference=decision.reference,
        author=decision.author_name,
        decided_at=decision.decided_at,
        outcome=outcome_done(decision.outcome),
        shared=decision.is_shared,
        consent=consent_words(person.consent_state for person in decision.people.all()),
        basis=basis_words(decision),
        review_outcome=next((one.outcome for one in reversed(decision.reviews.all())), ""),  # hangs on from above, by name
    )


def consent_words(states: Iterable[str]) -> str:
    """The gravest answer, in a few words."""
    held = set(states)
    return next((group.words for group in CONSENT_GROUPS if held & group.states), NOBODY)


def basis_words(decision: Decision) -> str:
    names = [str(row.row.get("short_name", row.code)) for row in decision.provisions.all() if row.layer == "L1"]
    return ", ".join(names) or "None"
