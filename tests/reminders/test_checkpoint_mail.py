"""Checkpoints leave by email, where an organisation wishes it: once a day, to its officers, with nothing of a case."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core import mail

from accounts.models import Organisation
from audit import exported_checkpoints, ledger
from audit.checkpointing import MAILED, make_checkpoint
from audit.due_checkpoints import is_due
from audit.models import LedgerEntry
from reminders.checkpoint_mail import mail_checkpoints
from reminders.mail import MailServer
from reminders.models import Problem
from reminders.sending import Outcome
from tests import shared
from tests.audit.test_commands import run
from tests.cast import Cast, enter_people

cast, now = shared.cast, shared.now
pytestmark = pytest.mark.sqlite
DAY = timedelta(days=1)


@pytest.fixture
def signed(cast: Cast, now: datetime) -> None:
    _wish(cast, now, wished=True)
    make_checkpoint(cast.organisation.pk, by=None, at=now)


def _wish(cast: Cast, now: datetime, *, wished: bool) -> None:
    with ledger.recording(actor=None, at=now):
        organisation = Organisation.objects.get(pk=cast.organisation.pk)
        organisation.mail_checkpoints = wished
        organisation.save()


def more(cast: Cast, at: datetime) -> None:
    with ledger.recording(actor=None, at=at):
        ledger.append("decision.opened", organisation=cast.organisation.pk)
    make_checkpoint(cast.organisation.pk, by=None, at=at)


def test_an_officer_gets_a_note_that_verifies(cast: Cast, now: datetime, signed: None, tmp_path: Path) -> None:
    assert mail_checkpoints(at=now) == {Outcome.SENT: 1}
    [email] = mail.outbox
    assert email.to == [cast.officer.email]
    between = str(email.body).split("----------\n")[1]
    (tmp_path / "kept.txt").write_text(between)
    assert [len(heads) for heads in exported_checkpoints.read(tmp_path / "kept.txt").values()] == [1]
    enter_people(cast)
    assert run("verify_ledger", "--against", tmp_path / "kept.txt")[0] == 0


def test_once_a_day_and_only_what_is_new(cast: Cast, now: datetime, signed: None) -> None:
    mail_checkpoints(at=now)
    more(cast, now)
    assert not mail_checkpoints(at=now)
    assert mail_checkpoints(at=now + DAY)[Outcome.SENT] == 1
    # Its own entry gives no reason for another checkpoint, and so for another email.
    assert not is_due(cast.organisation.pk, at=now + 9 * DAY)
    assert not mail_checkpoints(at=now + 2 * DAY)
    entries = LedgerEntry.objects.filter(event=MAILED).order_by("seq")
    assert [entry.additional_data["sent"] for entry in entries] == [1, 1]
    assert cast.officer.email not in str([entry.additional_data for entry in entries])


def test_nobody_who_did_not_ask_gets_one(cast: Cast, now: datetime, signed: None) -> None:
    _wish(cast, now, wished=False)
    assert not mail_checkpoints(at=now)
    assert mail.outbox == []


def test_what_failed_is_tried_again(cast: Cast, now: datetime, signed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as down:
        down.setattr(MailServer, "send", lambda *_: Problem.NO_ANSWER)
        assert mail_checkpoints(at=now)[Outcome.FAILED] == 1
    assert mail_checkpoints(at=now)[Outcome.SENT] == 1


def test_the_command_needs_a_mail_server(cast: Cast, now: datetime, signed: None, settings: LazySettings) -> None:
    assert run("mail_checkpoints") == (2, "No mail server is named. Set EMAIL_URL and EMAIL_FROM.")
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.test", "no-reply@example.test"
    assert run("mail_checkpoints") == (0, "1 sent, 0 failed\n")
