"""A line of the decision log: whom it is about, and no other case text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from audit.parts import read_parts
from decisions.models import Decision
from decisions.presenters import due
from decisions.presenters.authors import author_names
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people_on_lists import Who, who
from rules.codes import AGREED, CANNOT_DECIDE, CONSENT_NOT_SOUGHT, REFUSALS, Consent


@dataclass(frozen=True)
class ConsentGroup:
    """Consent states that the log shows in the same words and filters with the same key."""

    key: str
    words: str
    states: frozenset[str]


# Most serious first: a line shows the first group that a person is in. Every state is in one group.
CONSENT_GROUPS = (
    ConsentGroup("no", "Someone refused, objected or withdrew", REFUSALS),
    ConsentGroup("not_asked", "Someone was not asked", CONSENT_NOT_SOUGHT),
    ConsentGroup("no_answer", "Someone has not answered", frozenset({Consent.NO_RESPONSE, Consent.NOT_CONTACTABLE})),
    ConsentGroup("unanswered", "Someone's answer is missing", frozenset({Consent.UNKNOWN, ""})),
    ConsentGroup("part", "Someone consented to part of it", frozenset({Consent.GIVEN_PARTIAL})),
    ConsentGroup("agreed", "Someone agreed", AGREED),
    ConsentGroup("cannot", "Someone cannot decide", CANNOT_DECIDE),
    ConsentGroup("not_needed", "No answer needed", frozenset({Consent.NOT_NEEDED_ANON})),
)
NOBODY = "Nobody to ask"
TO_BE_REVIEWED = "To be reviewed"
# What came of the latest review, whose model is in the reviews app: by its code, in words.
REVIEWS = {
    "RETURNED": "Sent back for clarification",
    "AGREED": "Agreed",
    "AGREED_WITH_ADVICE": "Agreed, with advice",
    "DISAGREED": "Disagreed",
}


@dataclass(frozen=True)
class Line:
    public_id: UUID
    reference: str
    who: Who
    author: str
    decided_at: datetime | None
    outcome: str
    shared: bool
    consent: str
    legal_basis: str
    review_outcome: str
    due: due.Due | None

    @property
    def review(self) -> tuple[str, str]:
        """Its tag: words and colour."""
        return review_tag(self.review_outcome)


def lines(decisions: Sequence[Decision], today: date) -> list[Line]:
    """The same number of queries for any number of lines."""
    read_parts(decisions, ("people", "provisions", "reviews__reply"))
    read_parts(decisions, ("recipients", *due.PARTS))
    names, about = author_names(decisions), who(decisions)
    return [_line(decision, names[decision.pk], about[decision.pk], today) for decision in decisions]


def _line(decision: Decision, author: str, about: Who, today: date) -> Line:
    return Line(
        public_id=decision.public_id,
        reference=decision.reference,
        who=about,
        author=author,
        decided_at=decision.decided_at,
        outcome=outcome_words(decision),
        shared=decision.is_shared,
        consent=consent_words(person.consent_state for person in decision.people.all()),
        legal_basis=legal_basis_words(decision),
        review_outcome=review_outcome(decision),
        due=due.due_first(decision, today),
    )


def review_tag(outcome: str) -> tuple[str, str]:
    colours = {"RETURNED": "blue", "DISAGREED": "red"}
    return (REVIEWS[outcome], colours.get(outcome, "green")) if outcome else (TO_BE_REVIEWED, "yellow")


def review_outcome(decision: Decision) -> str:
    """Of the latest review; empty while the decision waits for one, as it does after a reply to a question."""
    reviews = decision.reviews.all()  # reverse relation from reviews
    if not reviews:
        return ""
    latest = reviews[len(reviews) - 1]
    answered = latest.outcome == "RETURNED" and getattr(latest, "reply", None) is not None
    return "" if answered else str(latest.outcome)


def consent_words(states: Iterable[str]) -> str:
    """The most serious consent state, in a few words."""
    present = set(states)
    return next((group.words for group in CONSENT_GROUPS if present & group.states), NOBODY)


def legal_basis_words(decision: Decision) -> str:
    names = [str(row.details.get("short_name", row.code)) for row in decision.provisions.all() if row.layer == "L1"]
    return ", ".join(names) or "None"
