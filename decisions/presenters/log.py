"""A line of the decision log: enough to choose from, no case text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from decisions.models import Decision
from decisions.presenters.words import outcome_done
from decisions.rules.codes import WITHOUT_AGREEMENT, Consent


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
    reviewed: bool


def lines(decisions: "QuerySet[Decision] | Iterable[Decision]") -> list[Line]:
    """The same number of queries for any number of lines."""
    rows = (
        decisions.prefetch_related("people", "basis_rows", "reviews") if isinstance(decisions, QuerySet) else decisions
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
        reviewed=bool(decision.reviews.all()),  # reviews stand above decisions and hang on by name
    )


def consent_words(states: Iterable[str]) -> str:
    """The gravest answer given, in a few words."""
    held = set(states)
    if held & {Consent.REFUSED, Consent.OBJECTED, Consent.WITHDRAWN}:
        return "Someone said no"
    if held & WITHOUT_AGREEMENT:
        return "Someone was not asked"
    if held & {Consent.GIVEN, Consent.AGREED_NOT_BASIS}:
        return "Agreed"
    return "No answer needed"


def basis_words(decision: Decision) -> str:
    names = [str(row.row.get("short_name", row.code)) for row in decision.basis_rows.all() if row.layer == "L1"]
    return ", ".join(names) or "None"
