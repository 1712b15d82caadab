"""What the nightly timer deletes, of each kind the old and not the new."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts import left_sessions
from accounts.guesses import of_account, take
from accounts.models import AutosavedText, GuessCount
from audit.models import LedgerEntry
from tests.cast import Cast
from tests.pages import PageClient

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


def test_what_is_old_goes_and_the_rest_stays(cast: Cast) -> None:
    now = timezone.now()
    for number, expires in enumerate((now - timedelta(minutes=1), now + timedelta(minutes=1))):
        Session.objects.create(session_key=str(number) * 32, session_data="", expire_date=expires)
    for email, last in (("a@b.test", now - timedelta(days=2)), ("b@b.test", now)):
        take(of_account(email))
        GuessCount.objects.filter(key=of_account(email).key).update(last_at=last)
    for path, saved in (("/old/", now - timedelta(days=31)), ("/young/", now - timedelta(days=29))):
        AutosavedText.objects.create(
            user=cast.practitioner, organisation=cast.organisation, path=path, form_data={}, saved_at=saved
        )
    call_command("clear_old")
    assert [row.session_key for row in Session.objects.all()] == ["1" * 32]
    assert [row.key for row in GuessCount.objects.all()] == [of_account("b@b.test").key]
    assert [row.path for row in AutosavedText.objects.all()] == ["/young/"]


def test_a_session_that_was_left_while_the_database_was_away_ends(cast: Cast) -> None:
    client = PageClient()
    client.force_login(cast.practitioner)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert left_sessions.write(key, at=timezone.now(), address=None)
    call_command("clear_old")
    assert not Session.objects.filter(session_key=key).exists()
    assert LedgerEntry.objects.filter(actor=cast.practitioner, event="account.quick_leave").count() == 1
    assert list(left_sessions.waiting()) == []
