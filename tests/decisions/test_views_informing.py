"""Somebody who was to be informed later, followed for thirty days: due, deferred again, closed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.facts.informing import informing_now
from decisions.models import Decision, InformingEvent
from reminders.due import tasks
from tests.decisions import closed
from tests.decisions.cases import PARTNER
from tests.decisions.test_views_events import at, words
from tests.pages import PageClient, parsed

# What a page asks and says is the same on every engine.
pytestmark = pytest.mark.sqlite
cast, now, decision = closed.cast, closed.now, closed.decision
DAY = timedelta(days=1)
DUE, ASK = "Review who has been informed", "Ask whether somebody was informed"
SAFE = "Is it safe to tell them now?"
WORKER = "Ines Marlow, social worker"
NO = {"safe_now": "no", "informing_reason": "RISK_ADULT", "informing_text": "He is at home all day.",
      "informing_agreed_with": "Named nurse", "informing_closing": ""}  # fmt: skip
TRIED = {"safe_now": "yes", "informed": "no", "not_informed_state": "ATTEMPTED", "attempted_how": "By phone",
         "attempted_safely": "yes", "attempted_note": "Nobody answered"}  # fmt: skip
TOLD = {"safe_now": "yes", "informed": "yes", "informed_state": "TOLD_AFTER", "informed_how": "In person",
        "informed_safely": "yes", "informed_who_what_why": "on", "informed_no_choice": "on"}  # fmt: skip
SignIn = Callable[[User], PageClient]


def on(day: date, name: str = "informing_review_on") -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


class Followed:
    """One decision, whose partner is to be informed later, on whatever day it is."""

    def __init__(self, decision: Decision, as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
        self.decision, self.as_user, self.monkeypatch = decision, as_user, monkeypatch
        self.person = decision.people.get(name=PARTNER)
        self.author = decision.author
        self.path = reverse("decisions:add_informing", args=[decision.public_id, self.person.pk])

    @property
    def due_on(self) -> date:
        row = InformingEvent.objects.filter(person=self.person).exclude(informing_review_on=None).latest("pk")
        assert row.informing_review_on
        return row.informing_review_on

    def go_to(self, day: date) -> None:
        moment = timezone.make_aware(datetime.combine(day, time(9, 30)))
        self.monkeypatch.setattr(timezone, "now", lambda: moment)
        self.moment = moment

    def home(self, user: User) -> str:
        return words(parsed(self.as_user(user).get(reverse("home")).content.decode()))

    def tasks(self, user: User) -> dict[str, bool]:
        """What the home page has for them about this decision, and whether it is overdue."""
        found = tasks(User.objects.get(pk=user.pk), timezone.localdate(self.moment))
        return {task.what: task.overdue for task in found if task.reference == self.decision.reference}

    def page(self) -> str:
        return words(parsed(self.as_user(self.author).get(self.path).content.decode()))

    def post(self, answers: dict[str, str], status: int = 302) -> str:
        sent = {"submission_id": str(uuid4()), **answers}
        answer = self.as_user(self.author).post(self.path, sent)
        assert answer.status_code == status, words(parsed(answer.content.decode()))
        return answer.content.decode()


@pytest.fixture
def followed(decision: Decision, as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> Followed:
    return Followed(decision, as_user, monkeypatch)


def test_followed_for_thirty_days(followed: Followed) -> None:
    supervisor = next(user for user in User.objects.filter(email="supervisor@north.test"))
    first = followed.due_on
    followed.go_to(first - DAY)
    assert DUE not in followed.tasks(followed.author)
    followed.go_to(first)
    for user in (followed.author, supervisor):
        assert followed.tasks(user)[DUE] is False
    page = followed.page()
    assert page.index(SAFE) < page.index("Have they been told")
    assert "Last answer: will be informed later." in page

    followed.post({**NO, **on(first + 7 * DAY)})
    for user in (followed.author, supervisor):
        assert DUE not in followed.tasks(user)
    followed.go_to(first + 8 * DAY)
    assert followed.tasks(followed.author)[DUE] is True
    home = followed.home(supervisor)
    assert DUE in home
    assert "Overdue" in home

    followed.post({**TRIED, **at("attempted_at", followed.moment - timedelta(hours=1))})
    assert DUE in followed.tasks(supervisor), "an attempt closed it"
    detail = words(parsed(followed.as_user(supervisor).get(_detail(followed)).content.decode()))
    assert "Will be informed later, tried 1 time. Review date" in detail

    handed = {"safe_now": "yes", "informed": "no", "not_informed_state": "DELEGATED", "handed_to": WORKER,
              "handed_to_agency": "Wendlebury Council"}  # fmt: skip
    followed.post({**handed, **on(first + 12 * DAY, "informed_by_date")})
    followed.go_to(first + 13 * DAY)
    assert ASK in followed.tasks(supervisor)
    page = followed.page()
    assert f"Has {WORKER} told them?" in page
    assert SAFE not in page

    followed.go_to(first + 20 * DAY)
    told = {name: value for name, value in TOLD.items() if name != "safe_now"}
    followed.post({**told, "informed_by": WORKER, **at("informed_at", followed.moment - timedelta(hours=1))})
    followed.go_to(first + 30 * DAY)
    for user in (followed.author, supervisor):
        assert not {DUE, ASK} & {*followed.tasks(user)}
    assert DUE not in followed.home(supervisor)
    assert "Not informed yet" not in words(parsed(followed.as_user(supervisor).get(_detail(followed)).content.decode()))


def _detail(followed: Followed) -> str:
    return reverse("decisions:detail", args=[followed.decision.public_id])


@pytest.mark.parametrize(("missing", "message"), [
    ({"safe_now": ""}, "Choose whether it is safe to tell them now"),
    ({"informing_reason": ""}, "Choose why they are not told now"),
    ({f"informing_review_on_{part}": "" for part in ("day", "month", "year")},
     "Enter when you will review this, or choose how it ends"),
    ({"informing_closing": "NEVER_BY_US", "informing_agreed_with": ""}, "Enter who agreed that they are never told"),
    ({"informing_closing": "HANDED_OVER", "closing_handed_to": ""}, "Enter who will tell them"),
])  # fmt: skip
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    followed: Followed, missing: dict[str, str], message: str
) -> None:
    followed.go_to(followed.due_on)
    page = followed.post({**NO, **on(followed.due_on + 7 * DAY), **missing}, 422)
    assert message in words(parsed(page))
    assert "He is at home all day." in page


@pytest.mark.parametrize(("missing", "message"), [
    ("attempted_at_day", "day"), ("attempted_how", "Enter how you tried"),
])  # fmt: skip
def test_an_attempt_says_when_and_how(followed: Followed, missing: str, message: str) -> None:
    followed.go_to(followed.due_on)
    tried = {**TRIED, **at("attempted_at", followed.moment - timedelta(hours=1)), missing: ""}
    page = followed.post(tried, 422)
    assert message in words(parsed(page))
    assert "Nobody answered" in page


@pytest.mark.parametrize(("changed", "message"), [
    ({}, "choose a date within 7 days"),
    ({"informing_agreed_with": ""}, "Enter who agreed that this person is told later"),
    ({"informing_text": "He would be angry."}, "is a concern to manage"),
])  # fmt: skip
def test_a_doubt_is_said_once_and_then_recorded(followed: Followed, changed: dict[str, str], message: str) -> None:
    day = followed.due_on + (8 if not changed else 7) * DAY
    followed.go_to(followed.due_on)
    answers = {**NO, "informing_reason": "DELAY", **on(day), **changed}
    page = parsed(followed.post(answers, 422))
    assert message in words(page)
    [seen] = [one.attrs["value"] for one in page.all("input") if one.attrs.get("name") == "seen"]
    followed.post({**answers, "seen": seen})
    assert followed.due_on == day


@pytest.mark.parametrize(("answers", "state", "due"), [
    ({"informing_closing": "NEVER_BY_US"}, "NOT_TELLING", False),
    ({"informing_closing": "HANDED_OVER", "closing_handed_to": WORKER}, "NOT_TELLING", True),
    ({}, "DEFERRED", True),
])  # fmt: skip
def test_no_says_how_it_ends_or_when_it_is_asked_again(
    followed: Followed, answers: dict[str, str], state: str, *, due: bool
) -> None:
    followed.go_to(followed.due_on)
    followed.post({**NO, **on(followed.due_on + 7 * DAY), **answers})
    now = informing_now(Decision.objects.get(pk=followed.decision.pk))[followed.person.pk]
    assert (now.row.informing_state, now.due_on is not None) == (state, due)
    assert now.row.handed_to == answers.get("closing_handed_to", "")
