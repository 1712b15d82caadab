"""What comes after a sending is compared with it as soon as it is added, and found by the rules of its record."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from decisions import actions
from decisions.facts.decision import assessed
from decisions.models import Complaint, Correction, Decision, Response, WrongInformation
from tests.cast import Cast
from tests.decisions import agreed
from tests.decisions import event_stories as stories
from tests.decisions.test_times_added import ASKED, post
from tests.decisions.test_views_events import at, url
from tests.pages import PageClient

pytestmark = pytest.mark.sqlite

cast, now, decision = agreed.cast, agreed.now, agreed.decision
HOUR = timedelta(hours=1)


@pytest.fixture
def client(cast: Cast, as_user: Callable[[User], PageClient]) -> PageClient:
    return as_user(cast.practitioner)


def school(decision: Decision) -> str:
    return str(decision.recipients.get(name=stories.SCHOOL).pk)


def found(decision: Decision) -> set[str]:
    again: Decision = Decision.objects.recorded().get(pk=decision.pk)
    return {finding.code for finding in assessed(again).findings}


def asked_once(client: PageClient, path: str, answers: Mapping[str, str], words: str) -> None:
    """It is said, and sent again it is taken."""
    text, seen = post(client, path, answers, 422)
    assert ASKED in text
    assert words in text
    post(client, path, {**answers, "seen": seen}, 302)


def response(decision: Decision, when: datetime) -> dict[str, str]:
    return {"recipient": school(decision), "kind": "ACTING", "text": "They see her daily.", **at("at", when)}


def test_a_response_before_it_was_sent(client: PageClient, decision: Decision, now: datetime) -> None:
    asked_once(client, url("add_response", decision), response(decision, now - HOUR), f"{stories.SCHOOL} responded")
    assert "RESPONSE_EARLY" in found(decision)


def test_a_response_after_it_was_sent(client: PageClient, decision: Decision, now: datetime) -> None:
    post(client, url("add_response", decision), response(decision, now), 302)
    assert Response.objects.filter(decision=decision).exists()
    assert "RESPONSE_EARLY" not in found(decision)


def test_a_complaint_before_the_decision(client: PageClient, decision: Decision, now: datetime) -> None:
    answers = {
        "kind": "COMPLAINT", "made_by": "else", "made_by_other": "Her aunt", "text": "It was shared too late.",
    }  # fmt: skip
    answers |= at("received_at", now - 4 * HOUR)
    asked_once(client, url("add_complaint", decision), answers, "came before the decision")
    assert Complaint.objects.filter(decision=decision).exists()
    assert "COMPLAINT_EARLY" in found(decision)


def wrong(when: datetime) -> dict[str, str]:
    return {"item_wrong": "else", "what_is_wrong": "It was her cousin.", **at("found_at", when)}


def test_wrong_information_that_was_sent_though_it_was_known(
    client: PageClient, decision: Decision, now: datetime
) -> None:
    path = url("add_wrong_information", decision)
    asked_once(client, path, wrong(now - HOUR), f"wrong before it was sent to {stories.SCHOOL}")
    assert "KNOWN_WRONG" in found(decision)


def test_a_recipient_told_before_anybody_found_out(client: PageClient, decision: Decision, now: datetime) -> None:
    post(client, url("add_wrong_information", decision), wrong(now), 302)
    known = WrongInformation.objects.get(decision=decision)
    path = url("add_correction", decision, known.public_id, school(decision))
    answers = {"was_notified": "yes", "notified_to": "Duty desk", "how": "By phone"}
    text, _ = post(client, path, {**answers, **at("notified_at", now - HOUR)}, 422)
    assert f"{stories.SCHOOL} was told that it was wrong before anybody found out" in text
    assert not Correction.objects.filter(decision=decision).exists()
    post(client, path, {**answers, **at("notified_at", now)}, 302)


def test_a_receipt_that_a_form_did_not_see_is_found_too(decision: Decision, cast: Cast, now: datetime) -> None:
    sending = decision.sendings.get()
    answers = {"received_at": sending.sent_at - HOUR, "received_by": "The office", "reference_given": ""}
    actions.add_receipt(
        decision=decision, sending=sending, answers=answers, submission_id=uuid4(), by=cast.practitioner, at=now
    )
    assert "RECEIVED_EARLY" in found(decision)
