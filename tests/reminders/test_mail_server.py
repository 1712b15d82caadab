"""Emails handed to a real mail server on this machine: what arrives, and what is kept when it does not."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.models import LedgerEntry
from decisions.models import Decision
from reminders.management.commands import send_reminders as command
from reminders.models import Problem, Reminder, State
from reminders.sending import Outcome, send_reminders
from tests.cast import Cast
from tests.decisions import event_stories
from tests.drafting import scenario_cases as cases
from tests.reading import typed_text
from tests.reminders.test_due import cast, decision, now, recorded

# The engine has no part in it.
pytestmark = pytest.mark.sqlite
__all__ = ["cast", "decision", "now"]


class Inbox:
    """Takes every email, or refuses at the step that is named."""

    def __init__(self) -> None:
        self.emails: list[tuple[list[str], str]] = []
        self.refuse = ""

    async def handle_RCPT(self, *given: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        envelope, address = given[2:4]
        if self.refuse == "address":
            return f"550 5.1.1 {address} is unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, *given: Any) -> str:  # noqa: N802
        envelope = given[2]
        if self.refuse == "email":
            return "554 5.7.1 refused"
        self.emails.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


Start = Callable[..., Controller]


@pytest.fixture
def start(inbox: Inbox, settings: LazySettings) -> Iterator[Start]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.DEFAULT_FROM_EMAIL = "no-reply@mail.example.test"
    settings.REMINDERS = True
    running: list[Controller] = []

    def begin(**options: Any) -> Controller:
        server = Controller(inbox, hostname="127.0.0.1", port=settings.EMAIL_PORT, **options)
        server.start()
        running.append(server)
        return server

    yield begin
    for server in running:
        server.stop()


@pytest.fixture(scope="module")
def morning(cast: Cast, decision: Decision, now: datetime) -> datetime:
    """Of a working day on which much is due: decisions of three kinds, recorded with words of their own."""
    recorded(cast, now, cases.S02)
    event_stories.recorded(cast, event_stories.transfer(now), now)
    day = timezone.localdate(now) + timedelta(days=60)
    monday = day + timedelta(days=7 - day.weekday())
    return timezone.make_aware(datetime.combine(monday, time(9)))


def test_everybody_with_something_due_gets_one_and_it_holds_no_word_of_a_case(
    cast: Cast, morning: datetime, start: Start, inbox: Inbox
) -> None:
    start()
    outcomes = send_reminders(at=morning)
    assert outcomes[Outcome.SENT] == len(inbox.emails) >= 2
    addresses = {address for to, _ in inbox.emails for address in to}
    assert {cast.practitioner.email, cast.supervisor.email} <= addresses
    assert not addresses & {user.email for user in (cast.administrator, cast.officer, *cast.stranger.everybody)}
    typed = [text for text in typed_text() if len(text) > 3]
    assert len(typed) > 100
    for to, text in inbox.emails:
        body = text.replace(to[0], "")
        assert [word for word in typed if word in body] == []
        assert not [hint for hint in ("D-", "http", "/decisions", "hild", "amil") if hint in body]


def test_a_second_run_sends_nothing(morning: datetime, start: Start, inbox: Inbox) -> None:
    start()
    send_reminders(at=morning)
    count = len(inbox.emails)
    assert count
    for minutes in (0, 1, 600):
        assert set(send_reminders(at=morning + timedelta(minutes=minutes))) == {Outcome.NOTHING}
    assert len(inbox.emails) == count


def test_nothing_is_lost_while_the_server_is_down(morning: datetime, start: Start, inbox: Inbox) -> None:
    down = send_reminders(at=morning)
    assert down[Outcome.FAILED] >= 2
    assert down[Outcome.SENT] == 0
    assert set(Reminder.objects.values_list("problem", "state")) == {(Problem.NO_ANSWER, State.WAITING)}
    start()
    assert send_reminders(at=morning + timedelta(minutes=14))[Outcome.SENT] == 0
    assert send_reminders(at=morning + timedelta(minutes=15))[Outcome.SENT] == down[Outcome.FAILED] == len(inbox.emails)
    events = list(LedgerEntry.objects.filter(event__startswith="reminder.").values_list("event", flat=True))
    assert sorted(events) == ["reminder.failed"] * len(inbox.emails) + ["reminder.sent"] * len(inbox.emails)


class TestRefused:
    @pytest.mark.parametrize(
        ("refuse", "problem"), [("address", Problem.ADDRESS_REFUSED), ("email", Problem.EMAIL_REFUSED)]
    )
    def test_by_the_server(
        self, morning: datetime, start: Start, inbox: Inbox, caplog: pytest.LogCaptureFixture, refuse: str, problem: str
    ) -> None:
        start()
        inbox.refuse = refuse
        with caplog.at_level(logging.DEBUG):
            assert send_reminders(at=morning)[Outcome.FAILED] >= 2
        assert set(Reminder.objects.values_list("problem", flat=True)) == {problem}
        # The server of this test tells all it hears.
        logged = " ".join(row.getMessage() for row in caplog.records if row.name != "mail.log")
        assert problem in logged
        assert "@" not in logged
        rows = [str(row.additional_data) for row in LedgerEntry.objects.filter(event="reminder.failed")]
        assert rows
        assert [row for row in rows if "@" in row or "unknown" in row] == []

    def test_a_password(self, morning: datetime, start: Start, settings: LazySettings) -> None:
        start(
            authenticator=lambda *_: AuthResult(success=False, handled=False, message="535 5.7.8 no"),
            auth_require_tls=False,
        )
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", "wrong"
        assert send_reminders(at=morning)[Outcome.SENT] == 0
        assert set(Reminder.objects.values_list("problem", flat=True)) == {Problem.SIGN_IN_REFUSED}

    def test_a_server_without_encryption(self, morning: datetime, start: Start, settings: LazySettings) -> None:
        start()
        settings.EMAIL_USE_TLS = True
        assert send_reminders(at=morning)[Outcome.SENT] == 0
        assert set(Reminder.objects.values_list("problem", flat=True)) == {Problem.NOT_SECURE}


class TestCommand:
    @pytest.mark.django_db
    def test_says_that_it_is_off(self) -> None:
        with pytest.raises(CommandError, match="REMINDERS=1") as refused:
            call_command("send_reminders")
        assert refused.value.returncode == 2

    @pytest.mark.django_db
    @pytest.mark.usefixtures("start")
    @pytest.mark.parametrize("missing", ["EMAIL_HOST", "DEFAULT_FROM_EMAIL"])
    def test_says_what_it_needs(self, settings: LazySettings, missing: str) -> None:
        setattr(settings, missing, "")
        with pytest.raises(CommandError, match="EMAIL_URL and EMAIL_FROM"):
            call_command("send_reminders")

    def test_counts_and_says_by_its_exit_that_some_failed(
        self, morning: datetime, start: Start, inbox: Inbox, capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(command, "send_reminders", lambda at: send_reminders(at=max(at, morning)))
        with pytest.raises(SystemExit, match="1"):
            call_command("send_reminders")
        failed = Reminder.objects.count()
        assert capsys.readouterr().out == f"0 sent, {failed} failed\n"
        start()
        monkeypatch.setattr(
            command, "send_reminders", lambda at: send_reminders(at=max(at, morning) + timedelta(hours=1))
        )
        call_command("send_reminders")
        assert capsys.readouterr().out == f"{len(inbox.emails)} sent, 0 failed\n"
        assert len(inbox.emails) == failed >= 2
