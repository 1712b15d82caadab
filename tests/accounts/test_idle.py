"""Signed out after a quarter of an hour without a sign of life, and after twelve hours in any case."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.utils import timezone

from accounts import autosave
from accounts.idle import SEEN, SIGNED_IN, STEPS, TOO_LONG, seconds_left
from accounts.models import AutosavedText, User
from audit.models import LedgerEntry
from tests import shared
from tests.cast import Cast
from tests.pages import PageClient

cast = shared.cast

SignIn = Callable[[User], PageClient]
HOME, HERE = "/", "/session/extend/"


def age(client: PageClient, **seconds: int) -> SessionBase:
    """As if each had been so long ago."""
    session = client.session
    for name, ago in seconds.items():
        session[name] = timezone.now().timestamp() - ago
    session.save()
    return session


def is_in(client: PageClient) -> bool:
    return bool(client.get(HOME).status_code == 200)


class TestIdle:
    @pytest.mark.parametrize(("minutes", "still_in"), [(0, True), (14, True), (16, False), (600, False)])
    def test_a_quarter_of_an_hour(self, cast: Cast, as_user: SignIn, minutes: int, *, still_in: bool) -> None:
        client = as_user(cast.practitioner)
        age(client, **{SEEN: minutes * 60})
        assert is_in(client) is still_in

    def test_every_page_opened_is_a_sign_of_life(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        for _ in range(3):
            age(client, **{SEEN: 14 * 60})
            assert is_in(client)

    def test_so_is_what_the_page_keeps_while_somebody_types(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        age(client, **{SEEN: 14 * 60})
        sent = {"name": "x", "autosave": autosave.token(cast.practitioner, "/families/register/")}
        assert client.post("/autosave/", sent).status_code == 200
        assert client.get(HERE).json()["left"] > 890

    def test_asking_how_long_is_left_is_none(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        age(client, **{SEEN: 14 * 60})
        assert 55 <= client.get(HERE).json()["left"] <= 60
        assert 55 <= client.get(HERE).json()["left"] <= 60
        client.post(HERE)
        assert client.get(HERE).json()["left"] > 890

    def test_says_why_and_leads_back(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        age(client, **{SEEN: 16 * 60})
        answer = client.get("/families/")
        assert answer.headers["Location"] == "/sign-in/?next=/families/"
        assert TOO_LONG in client.get(answer.headers["Location"]).content.decode()

    def test_the_session_itself_is_gone_and_the_ledger_knows(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        key = age(client, **{SEEN: 16 * 60}).session_key
        client.get(HOME)
        assert not Session.objects.filter(session_key=key).exists()
        assert LedgerEntry.objects.filter(event="account.signed_out").count() == 1

    def test_a_script_is_told_401(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        age(client, **{SEEN: 16 * 60})
        assert client.post(HERE).status_code == 401

    @override_settings(IDLE_SECONDS=30)
    def test_can_be_set(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        assert client.get(HERE).json()["left"] <= 30
        age(client, **{SEEN: 31})
        assert not is_in(client)


class TestWhole:
    @pytest.mark.parametrize(("hours", "still_in"), [(11, True), (13, False)])
    def test_twelve_hours_however_busy(self, cast: Cast, as_user: SignIn, hours: int, *, still_in: bool) -> None:
        client = as_user(cast.practitioner)
        age(client, **{SEEN: 0, SIGNED_IN: hours * 3600})
        assert is_in(client) is still_in

    def test_the_shorter_of_both_is_what_is_left(self) -> None:
        now = timezone.now()
        session = SessionBase()
        session[SEEN], session[SIGNED_IN] = now.timestamp() - 60, now.timestamp() - 12 * 3600 + 100
        assert 99 <= seconds_left(session, now) <= 100
        session[SIGNED_IN] = now.timestamp()
        assert 839 <= seconds_left(session, now) <= 840

    def test_never_less_than_none(self) -> None:
        session = SessionBase()
        session[SEEN] = 0
        assert seconds_left(session, timezone.now()) == 0


def seen(client: PageClient) -> float:
    return float(client.session[SEEN])


def test_it_is_not_written_down_at_every_page(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    age(client, **{SEEN: 900 // STEPS - 5})
    before = seen(client)
    client.get(HOME)
    assert seen(client) == before
    age(client, **{SEEN: 900 // STEPS + 1})
    before = seen(client)
    client.get(HOME)
    assert seen(client) > before


def test_a_session_from_before_there_were_times_begins_now(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    session = client.session
    del session[SEEN], session[SIGNED_IN]
    session.save()
    assert is_in(client)
    assert seen(client) > 0


def test_whoever_signs_in_clears_away_what_is_old(cast: Cast, as_user: SignIn) -> None:
    now: datetime = timezone.now()
    for days in (29, 31):
        key = autosave.PageKey(cast.teammate.pk, f"/{days}/")
        autosave.save_text(key, autosave.to_querydict({"a": ["x"]}), at=now - timedelta(days=days))
    as_user(cast.practitioner)
    assert [row.path for row in AutosavedText.objects.all()] == ["/29/"]


def test_the_page_carries_the_warning_and_how_long_is_left(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    html = client.get(HOME).content.decode()
    assert 'role="alertdialog"' in html
    assert 'data-warning="120"' in html
    assert 'data-cover="120"' in html
    assert "2 minutes" in html
    assert 'role="alertdialog"' not in PageClient().get("/sign-in/").content.decode()
