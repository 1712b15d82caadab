"""Somebody is to be informed later: followed for thirty days, from the day it falls due until it is closed."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from accounts.models import User
from decisions import actions
from decisions.models import Decision
from reminders import due, due_now
from reminders.actions import choose_frequency
from reminders.models import Frequency
from reminders.sending import send_reminders
from rules.working_days import is_working_day
from tests.cast import Cast
from tests.decisions.cases import plain
from tests.in_turn import in_turn
from tests.reminders.test_due import cast, decision

__all__ = ["cast", "decision"]
DAY = timedelta(days=1)
CLOSED_AFTER = 10


@pytest.fixture
def followed(cast: Cast, decision: Decision, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Decision:
    """S01. Of all that is due for it, only informing is looked at here, and nobody is asked about next door."""
    settings.REMINDERS = True
    kept = cast.stranger.administrator.pk  # the database keeps the last of an organisation
    plain(User).filter(organisation=cast.stranger.organisation).exclude(pk=kept).update(is_active=False)
    monkeypatch.setattr(due, "SOURCES", (due._informing_due,))
    monkeypatch.setattr(due_now, "_reviews", lambda *_: iter(()))
    return decision


def run(day: date, *, twice: bool) -> list[tuple[str, str]]:
    """To whom, and what the email says first. Of two runs in one morning only one sends."""
    mail.outbox.clear()
    for minutes in (0, 15) if twice else (0,):
        send_reminders(at=timezone.make_aware(datetime.combine(day, time(9, minutes))))
    return [(str(one.to[0]), str(one.body).splitlines()[2]) for one in mail.outbox]


def close(decision: Decision, cast: Cast) -> None:
    person = decision.informing_events.exclude(informing_review_on=None).get().person
    closed = {"informing_state": "NOT_TELLING", "informing_reason": "RISK_ADULT", "informing_text": "He is violent",
              "informing_closing": "HANDED_OVER", "handed_to": "A named social worker"}  # fmt: skip
    actions.add_informing(
        decision=decision, person=person, answers=closed, submission_id=uuid4(), by=cast.practitioner,
        at=timezone.now(),
    )  # fmt: skip


def test_followed_for_thirty_days(cast: Cast, followed: Decision) -> None:
    """The author asked for each thing as it falls due; the supervisor gets the daily email, as who has not chosen."""
    choose_frequency(frequency=Frequency.AS_DUE, by=cast.practitioner, at=timezone.now())
    day = followed.informing_events.exclude(informing_review_on=None).get().informing_review_on
    assert day
    first = day - 7 * DAY
    emails: dict[int, list[tuple[str, str]]] = {}
    twice = in_turn(range(30), of=3)
    for number in range(30):
        today = first + number * DAY
        if today == day + CLOSED_AFTER * DAY:
            close(followed, cast)
        emails[(today - day).days] = run(today, twice=number in twice)
    on_the_day, overdue = "You have 1 thing due.", "You have 1 thing due. It is overdue."
    author = {when: text for when, sent in emails.items() for to, text in sent if to == cast.practitioner.email}
    assert author == {0: on_the_day, 1: overdue}
    supervisor = {when: text for when, sent in emails.items() for to, text in sent if to == cast.supervisor.email}
    working = [when for when in range(CLOSED_AFTER) if is_working_day(day + when * DAY)]
    assert supervisor == {when: overdue if when else on_the_day for when in working}
    assert {to for sent in emails.values() for to, _ in sent} == {cast.practitioner.email, cast.supervisor.email}
    assert all(len(sent) == len(set(sent)) for sent in emails.values())
