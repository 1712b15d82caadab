"""People see where they are signed in and end it; administrators end somebody else's."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import User
from accounts.open_sessions import handle_of, keys_of, open_sessions
from tests import shared
from tests.accounts.entries import entered
from tests.accounts.test_step_up import stale
from tests.cast import Cast
from tests.pages import PageClient

cast = shared.cast

SignIn = Callable[[User], PageClient]
pytestmark = pytest.mark.sqlite
YOURS = reverse("your_sessions")


def is_in(client: PageClient) -> bool:
    return client.get(reverse("home")).status_code == 200


def key(client: PageClient) -> str:
    return str(client.session.session_key)


def test_each_open_session_is_shown_and_no_key_of_it(cast: Cast, as_user: SignIn) -> None:
    here, elsewhere = as_user(cast.practitioner), as_user(cast.practitioner)
    as_user(cast.supervisor)
    page = here.get(YOURS).content.decode()
    assert page.count("This browser") == page.count("Another browser") == 1
    assert re.findall(r'name="end"\s+value="(\w+)"', page) == [handle_of(key(elsewhere))]
    assert key(here) not in page
    assert key(elsewhere) not in page


def test_one_is_ended_and_the_others_go_on(cast: Cast, as_user: SignIn) -> None:
    here, other, third = (as_user(cast.practitioner) for _ in range(3))
    answer: Any = here.post(YOURS, {"end": handle_of(key(other))}, follow=True)
    assert "One session has ended" in answer.content.decode()
    assert (is_in(here), is_in(other), is_in(third)) == (True, False, True)
    assert entered(cast.organisation)[-1] == "account.sessions_ended accounts.user"


def test_all_others_are_ended_at_once(cast: Cast, as_user: SignIn) -> None:
    here, other, third = (as_user(cast.practitioner) for _ in range(3))
    assert "2 sessions have ended" in here.post(YOURS, follow=True).content.decode()
    assert (is_in(here), is_in(other), is_in(third)) == (True, False, False)
    assert "not signed in anywhere else" in here.get(YOURS).content.decode()


def test_nobody_ends_anothers_by_its_handle(cast: Cast, as_user: SignIn) -> None:
    here, hers = as_user(cast.practitioner), as_user(cast.supervisor)
    before = entered(cast.organisation)
    assert "ended already" in here.post(YOURS, {"end": handle_of(key(hers))}, follow=True).content.decode()
    assert is_in(hers)
    assert entered(cast.organisation) == before


def test_it_asks_for_the_password_again(cast: Cast, as_user: SignIn) -> None:
    here, other = as_user(cast.practitioner), as_user(cast.practitioner)
    stale(here)
    assert here.get(YOURS).headers["Location"].startswith(reverse("account_reauthenticate"))
    here.post(YOURS)
    assert is_in(other)


def test_what_would_not_be_let_in_is_not_open(cast: Cast, as_user: SignIn) -> None:
    here = as_user(cast.practitioner)
    now = timezone.now()
    assert keys_of(cast.practitioner, at=now) == [key(here)]
    assert keys_of(cast.practitioner, at=now + timedelta(seconds=settings.IDLE_SECONDS + 1)) == []
    [shown] = open_sessions(cast.practitioner, this=key(here), at=now)
    assert shown.is_this
    assert now - shown.since < timedelta(minutes=1)
    actions.choose_password(user=cast.practitioner, password="saltmarsh-heron-52", at=now)
    assert keys_of(User.objects.get(pk=cast.practitioner.pk), at=now) == []


def test_an_administrator_signs_somebody_out_everywhere(cast: Cast, as_user: SignIn) -> None:
    administrator, theirs = as_user(cast.administrator), [as_user(cast.practitioner) for _ in range(2)]
    page = reverse("administration:person_sign_out", args=[cast.practitioner.public_id])
    assert "signed out everywhere" in administrator.post(page, follow=True).content.decode()
    assert [is_in(client) for client in theirs] == [False, False]
    assert is_in(administrator)
    assert entered(cast.organisation)[-1] == "account.sessions_ended accounts.user"


def test_who_may_not_ends_none(cast: Cast, as_user: SignIn) -> None:
    as_user(cast.practitioner)
    now = timezone.now()
    for other in (cast.supervisor, cast.stranger.administrator):
        with pytest.raises(PermissionDenied):
            actions.end_sessions(user=cast.practitioner, by=other, at=now)
    with pytest.raises(ValidationError):
        actions.end_sessions(user=cast.administrator, by=cast.administrator, at=now)
    assert len(keys_of(cast.practitioner, at=now)) == 1
