"""The choice on one's own page, and who could not be emailed: told to them, and to an administrator."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reminders.models import Frequency, Problem, Reminder, ReminderChoice, State
from tests.cast import Cast
from tests.pages import PageClient, in_one_line, parsed

pytestmark = pytest.mark.sqlite
SignIn = Callable[[User], PageClient]
CHOICE, NOT_SENT, HOME = reverse("reminders:choice"), reverse("reminders:not_sent"), reverse("home")
WORDS = "could not email you"


@pytest.fixture(autouse=True)
def _sends(settings: LazySettings) -> None:
    settings.REMINDERS = True


def failed(user: User, why: Problem, **changed: Any) -> Reminder:
    at = timezone.now() - timedelta(hours=1)
    usual: dict[str, Any] = {
        "frequency": "daily", "day": at.date(), "next_attempt_at": at, "last_attempt_at": at, "attempts": 1,
        "problem": why,
    }  # fmt: skip
    return Reminder.objects.create(organisation_id=user.organisation_id, user=user, **{**usual, **changed})


def chosen(html: bytes) -> list[str]:
    return [one.attrs["value"] for one in parsed(html.decode()).all("input") if "checked" in one.attrs]


class TestChoice:
    @pytest.mark.parametrize("frequency", Frequency.values)
    def test_is_kept(self, cast: Cast, as_user: SignIn, frequency: str) -> None:
        client = as_user(cast.practitioner)
        assert chosen(client.get(CHOICE).content) == ["daily"]
        assert client.post(CHOICE, {"frequency": frequency}).headers["Location"] == HOME
        assert chosen(client.get(CHOICE).content) == [frequency]
        assert ReminderChoice.objects.get().user_id == cast.practitioner.pk

    @pytest.mark.parametrize("sent", [{}, {"frequency": ""}, {"frequency": "hourly"}])
    def test_must_be_one_of_three(self, cast: Cast, as_user: SignIn, sent: dict[str, str]) -> None:
        answer = as_user(cast.practitioner).post(CHOICE, sent)
        assert answer.status_code == 422
        assert not ReminderChoice.objects.exists()

    def test_says_that_nothing_is_sent_yet(self, cast: Cast, as_user: SignIn, settings: LazySettings) -> None:
        said = "does not send emails yet"
        client = as_user(cast.practitioner)
        assert said not in client.get(CHOICE).content.decode()
        settings.REMINDERS = False
        assert said in client.get(CHOICE).content.decode()


class TestNotSent:
    @pytest.mark.parametrize("problem", [Problem.NO_ANSWER, Problem.ADDRESS_REFUSED, Problem.SIGN_IN_REFUSED])
    def test_is_said_to_the_person_and_to_administrators(self, cast: Cast, as_user: SignIn, problem: Problem) -> None:
        failed(cast.practitioner, problem)
        mine = as_user(cast.practitioner)
        assert WORDS in mine.get(HOME).content.decode()
        assert problem.label in mine.get(CHOICE).content.decode()
        office = as_user(cast.administrator)
        assert "1 person could not be emailed" in in_one_line(office.get(HOME))
        text = office.get(NOT_SENT).content.decode()
        assert problem.label in text
        assert cast.practitioner.full_name in text

    def test_is_said_to_nobody_else(self, cast: Cast, as_user: SignIn) -> None:
        failed(cast.practitioner, Problem.NO_ANSWER)
        for user in (cast.teammate, cast.supervisor, cast.stranger.administrator):
            assert "email you about" not in as_user(user).get(HOME).content.decode()
        assert "Every email reminder was sent" in as_user(cast.stranger.administrator).get(NOT_SENT).content.decode()

    def test_ends_with_the_next_that_is_sent(self, cast: Cast, as_user: SignIn) -> None:
        failed(cast.practitioner, Problem.NO_ANSWER, state=State.GIVEN_UP, attempts=5, frequency="as_due")
        assert WORDS in as_user(cast.practitioner).get(HOME).content.decode()
        failed(cast.practitioner, Problem.NO_ANSWER, state=State.SENT, problem="", sent_at=timezone.now())
        assert WORDS not in as_user(cast.practitioner).get(HOME).content.decode()
        assert "could not be emailed" not in as_user(cast.administrator).get(HOME).content.decode()

    def test_one_given_up_is_shown_as_such(self, cast: Cast, as_user: SignIn) -> None:
        failed(cast.teammate, Problem.EMAIL_REFUSED, state=State.GIVEN_UP, attempts=5)
        failed(cast.practitioner, Problem.EMAIL_REFUSED)
        text = parsed(as_user(cast.officer).get(NOT_SENT).content.decode()).root.text
        assert "Not sent" in text
        assert "(5 of 5)" in text
        assert "Will try again" in text

    def test_costs_the_same_for_many(self, cast: Cast, as_user: SignIn) -> None:

        client, counts = as_user(cast.administrator), []
        for user in (cast.practitioner, cast.teammate, cast.supervisor):
            failed(user, Problem.NO_ANSWER)
            with CaptureQueriesContext(connection) as queries:
                client.get(NOT_SENT)
            counts.append(len(queries))
        assert len(set(counts)) == 1
