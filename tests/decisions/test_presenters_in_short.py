"""What stands at the head of a decision follows the rows that came since."""

from datetime import timedelta

import pytest

from decisions.models import ConsentEvent, DecisionPerson
from decisions.presenters.in_short import in_short
from reviews.actions import record_review, reply
from reviews.models import Review
from rules.codes import Consent
from tests.decisions.cases import Case, plain
from ui.moments import moment

MINUTE = timedelta(minutes=1)


def row(case: Case, key: str) -> str:
    return "\n".join(line for row in in_short(case.again()) if row.key == key for line in row.lines)


def consent(case: Case, person: DecisionPerson, state: Consent, after: int) -> ConsentEvent:
    at = case.at + after * MINUTE
    event = ConsentEvent(
        organisation=case.cast.organisation, decision=case.decision, person=person, written_at=at,
        written_by=case.cast.practitioner, written_by_name="Asha Verrall", consent_state=state, consent_at=at,
    )  # fmt: skip
    return plain(ConsentEvent).bulk_create([event])[0]


def given(case: Case, outcome: str, comment: str = "Seen.") -> Review:
    return record_review(
        decision=case.decision, outcome=outcome, comment=comment, by=case.cast.supervisor, at=case.at + MINUTE
    )


@pytest.mark.parametrize("state", [Consent.WITHDRAWN, Consent.GIVEN, Consent.OBJECTED])
def test_what_they_said_last_stands_beside_what_they_said_then(closed: Case, state: Consent) -> None:
    before = row(closed, "Consent")
    person = next(person for person in closed.again().people.all() if person.consent_state not in {"", state})
    event = consent(closed, person, state, 10)
    after = row(closed, "Consent")
    assert set(before.splitlines()) < set(after.splitlines())
    assert f"{person.name}, since {moment(event.consent_at)}: {state.label}" in after


def test_the_latest_of_several_counts(closed: Case) -> None:
    person = next(person for person in closed.again().people.all() if person.consent_state)
    consent(closed, person, Consent.WITHDRAWN, 10)
    consent(closed, person, Consent(person.consent_state), 20)
    assert "since" not in row(closed, "Consent")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("AGREED", "Reviewed: agreed"),
        ("AGREED_WITH_ADVICE", "Reviewed: agreed, with advice"),
        ("RETURNED", "Sent back for clarification"),
        ("DISAGREED", "Reviewed: disagreed"),
    ],
)
def test_every_outcome_of_a_review_is_told(closed: Case, outcome: str, words: str) -> None:
    assert row(closed, "Review") == "Not reviewed yet"
    given(closed, outcome)
    assert row(closed, "Review") == words


def test_a_reply_waits_for_the_next_review(closed: Case) -> None:
    review = given(closed, "RETURNED")
    reply(review=review, text="His grandmother was with him.", by=closed.cast.practitioner, at=closed.at + 2 * MINUTE)
    assert row(closed, "Review") == (
        "Sent back for clarification, and the author has replied: waiting for the next review"
    )
