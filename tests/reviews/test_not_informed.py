"""Whoever was to be informed by now and was not, where a supervisor reviews: also when the review is done."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.actions import add_informing
from decisions.models import Decision, DecisionPerson
from tests.cast import Cast
from tests.decisions import closed
from tests.pages import PageClient, parsed
from tests.reviews.people import give

SignIn = Callable[[User], PageClient]
cast, now, decision = closed.cast, closed.now, closed.decision
pytestmark = pytest.mark.sqlite
OVERDUE = "Not informed yet, and overdue"
QUEUE = reverse("reviews:queue")


def due_in(decision: Decision, days: int, cast: Cast, now: datetime) -> DecisionPerson:
    """Somebody is to be informed that many days from now."""
    person: DecisionPerson = decision.informing_events.exclude(informing_review_on=None).earliest("pk").person
    later = {
        "informing_state": "DEFERRED", "informing_reason": "RISK_ADULT", "informing_text": "He is violent",
        "informing_agreed_with": "The police", "informing_review_on": timezone.localdate(now) + timedelta(days=days),
    }  # fmt: skip
    add_informing(decision=decision, person=person, answers=later, submission_id=uuid4(), by=cast.practitioner, at=now)
    return person


def text(client: PageClient, path: str) -> str:
    return parsed(client.get(path).content.decode()).root.text


def section(client: PageClient, path: str) -> str:
    page = text(client, path)
    return page[page.index(OVERDUE) :].partition("Waiting for review")[0] if OVERDUE in page else ""


@pytest.mark.parametrize(("days", "listed"), [(-1, True), (0, False)])
def test_it_is_listed_once_the_day_is_over(
    cast: Cast, decision: Decision, now: datetime, as_user: SignIn, days: int, *, listed: bool
) -> None:
    person, client = due_in(decision, days, cast, now), as_user(cast.supervisor)
    queue = section(client, QUEUE)
    assert (decision.reference in queue) is listed
    assert person.name not in queue
    assert (person.name in section(client, reverse("reviews:review", args=[decision.public_id]))) is listed
    assert not listed or section(as_user(cast.stranger.supervisor), QUEUE) == ""


def test_a_review_does_not_end_it_and_informing_does(
    cast: Cast, decision: Decision, now: datetime, as_user: SignIn
) -> None:
    person = due_in(decision, -5, cast, now)
    give(decision, cast.supervisor, "AGREED", 1, now)
    client = as_user(cast.supervisor)
    assert decision.reference in section(client, f"{QUEUE}?show=mine")
    told = {"informing_state": "TOLD_AFTER", "informed_at": now, "informed_how": "At home", "informed_safely": "yes"}
    add_informing(decision=decision, person=person, answers=told, submission_id=uuid4(), by=cast.practitioner, at=now)
    assert section(client, QUEUE) == ""
