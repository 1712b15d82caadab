"""How late something was is told in words, beside the time, on the record and in what leaves the site."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from decisions import actions
from decisions.models import Decision
from decisions.presenters import lateness
from decisions.presenters.summary import summary
from tests.decisions.cases import MOTHER, Case, shown

AT = datetime(2026, 7, 18, 21, 5, tzinfo=timezone.get_default_timezone())


def decision(**times: Any) -> Decision:
    return Decision(**{"decided_at": AT, "recorded_at": AT, "outcome": "SHARED_PART", **times})


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, ""), (4, ""), (5, "5 minutes"), (665, "11 hours 5 minutes"), (3 * 1440, "3 days"), (-60, "")],
)
def test_recorded_after_the_decision(minutes: int, words: str) -> None:
    late = decision(recorded_at=AT + timedelta(minutes=minutes))
    assert lateness.recorded_late(late) == (f"Recorded {words} after the decision" if words else "")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, ""), (59, ""), (60, "1 hour"), (125, "2 hours 5 minutes"), (2 * 1440 + 60, "2 days 1 hour")],
)
def test_sent_after_the_decision(minutes: int, words: str) -> None:
    said = lateness.sent_late(decision(), AT + timedelta(minutes=minutes))
    assert said == (f"Sent {words} after the decision" if words else "")


def test_a_group_that_shares_when_it_meets_is_never_late() -> None:
    assert lateness.sent_late(decision(standing_until=AT.date()), AT + timedelta(days=9)) == ""


@pytest.mark.parametrize(("minutes", "words"), [(None, ""), (-90, ""), (4, ""), (90, "1 hour 30 minutes")])
def test_informed_after_it_was_recorded(minutes: int | None, words: str) -> None:
    at = None if minutes is None else AT + timedelta(minutes=minutes)
    assert lateness.informed_late(decision(), at) == (f"Told {words} after this was recorded" if words else "")


def test_the_record_and_the_summary_tell_it(closed: Case) -> None:
    later = closed.at + timedelta(days=3)
    common: dict[str, Any] = {"submission_id": uuid4(), "by": closed.cast.practitioner, "at": later}
    sent = {"sent_at": later, "how": "By post", "said_differently": "", "received_by": ""}
    actions.add_sending(decision=closed.decision, recipient=closed.decision.recipients.get(), answers=sent, **common)
    informing = {"informing_state": "TOLD_AFTER", "informed_at": later, "informed_how": "In person"}
    mother = closed.decision.people.get(name=MOTHER)
    actions.add_informing(decision=closed.decision, person=mother, answers=informing, **common)
    again = closed.again()
    for text in (shown(again), summary(again).text):
        assert "Sent 3 days" in text
        assert "Told 3 days after this was recorded" in text
