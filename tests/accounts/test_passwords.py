"""One-time links, and changing one's own password."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.links import OneTimeTokens, one_time_path
from accounts.models import User
from tests import shared
from tests.accounts.entries import entered
from tests.cast import PASSWORD, Cast
from tests.pages import PageClient

cast = shared.cast

SignIn = Callable[[User], PageClient]
NEW = "saltmarsh-heron-52"


@pytest.fixture
def invited(cast: Cast) -> User:
    return actions.invite(full_name="Noor Ashdown", email="noor@north.test", by=cast.administrator, at=timezone.now())


def choose(client: PageClient, path: str, first: str = NEW, again: str = NEW) -> Any:
    opened = client.get(path)
    if opened.status_code != 302:
        return opened
    return client.post(opened.headers["Location"], {"password1": first, "password2": again})


def test_a_link_lets_somebody_choose_and_come_in(cast: Cast, invited: User) -> None:
    client = PageClient()
    answer = choose(client, one_time_path(invited))
    assert answer.headers["Location"] == "/sign-in/"
    assert "Your password is set" in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/", {"login": invited.email, "password": NEW}).headers["Location"] == "/"
    assert entered(cast.organisation)[-2:] == [
        "account.password_chosen accounts.user",
        "account.signed_in accounts.user",
    ]


def test_choosing_does_not_sign_in(invited: User) -> None:
    client = PageClient()
    choose(client, one_time_path(invited))
    assert client.get("/password/").status_code == 302


def test_the_token_leaves_the_address_at_once(invited: User) -> None:
    path = one_time_path(invited)
    moved = PageClient().get(path).headers["Location"]
    assert moved == reverse("choose_password", args=[invited.public_id, "set-password"])
    assert invited.email not in path


def dead(answer: Any) -> bool:
    return bool(answer.status_code == 404 and "This link does not work" in answer.content.decode())


def test_a_link_works_once(invited: User) -> None:
    path = one_time_path(invited)
    choose(PageClient(), path)
    assert dead(PageClient().get(path))


def test_a_newer_link_ends_the_older(cast: Cast, invited: User) -> None:
    older = one_time_path(invited)
    newer = one_time_path(actions.withdraw_password(user=invited, by=cast.administrator, at=timezone.now()))
    assert dead(PageClient().get(older))
    assert choose(PageClient(), newer).status_code == 302


def test_a_deactivated_persons_link_does_nothing(cast: Cast, invited: User) -> None:
    path = one_time_path(invited)
    client = PageClient()
    opened = client.get(path).headers["Location"]
    actions.deactivate(user=invited, by=cast.administrator, at=timezone.now())
    assert dead(PageClient().get(path))
    assert dead(client.post(opened, {"password1": NEW, "password2": NEW}))
    assert not User.objects.get(pk=invited.pk).has_usable_password()


class Clock(OneTimeTokens):
    """Tokens made or read at a given moment."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now

    def _now(self) -> datetime:
        return self.now


def test_a_link_lives_seven_days(invited: User) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 7 * 24 * 3600
    made = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001  # Django's tokens count local seconds
    token = Clock(made).make_token(invited)
    assert Clock(made + timedelta(days=7)).check_token(invited, token)
    assert not Clock(made + timedelta(days=7, seconds=1)).check_token(invited, token)


def test_a_link_is_for_one_person(cast: Cast, invited: User) -> None:
    token = one_time_path(invited).rstrip("/").rpartition("/")[2]
    for person in (cast.practitioner.public_id, cast.stranger.administrator.public_id, uuid4()):
        assert dead(PageClient().get(reverse("choose_password", args=[person, token])))
    assert dead(PageClient().get(reverse("choose_password", args=[invited.public_id, "set-password"])))
    assert dead(PageClient().get(reverse("choose_password", args=[invited.public_id, "x" * 200])))


REFUSED = [
    ("", "", "Enter new password"),
    ("short", "short", "too short"),
    ("password1234", "password1234", "too common"),
    ("noor@north.test", "noor@north.test", "too similar"),
    ("qwerty123456789", "qwerty123456789", "data breach"),
    ("Mailcreated5240", "Mailcreated5240", "data breach"),
    ("Safeguarding2026!", "Safeguarding2026!", "words that others would try"),
    (NEW, "another-one-99", "not the same"),
    ("x" * 129, "x" * 129, "128 characters or fewer"),
    ("nul\x00nul-nul-nul", "nul\x00nul-nul-nul", "cannot be kept"),
]


def test_a_bad_password_is_refused_with_a_reason(invited: User) -> None:
    client = PageClient()
    opened = client.get(one_time_path(invited)).headers["Location"]
    for first, again, said in REFUSED:
        answer = client.post(opened, {"password1": first, "password2": again})
        assert answer.status_code == 422, said
        assert said in answer.content.decode()
    assert not User.objects.get(pk=invited.pk).has_usable_password()


def change(client: PageClient, old: str = PASSWORD, first: str = NEW, again: str = NEW) -> Any:
    return client.post("/password/", {"oldpassword": old, "password1": first, "password2": again})


def test_changing_ones_own_password(cast: Cast, as_user: SignIn) -> None:
    here, elsewhere = as_user(cast.practitioner), as_user(cast.practitioner)
    assert change(here).headers["Location"] == "/"
    assert here.get("/password/").status_code == 200
    assert elsewhere.get("/password/").status_code == 302
    assert User.objects.get(pk=cast.practitioner.pk).check_password(NEW)
    assert entered(cast.organisation)[-1] == "account.password_chosen accounts.user"


CHANGE_REFUSED = [
    ("wrong-wrong-wrong", NEW, NEW, "not your current password"),
    ("", NEW, NEW, "Enter your current password"),
    (PASSWORD, "short", "short", "too short"),
    (PASSWORD, NEW, "other-other-77", "not the same"),
]


def test_a_change_is_refused(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    for old, first, again, said in CHANGE_REFUSED:
        answer = change(client, old, first, again)
        assert answer.status_code == 422, said
        assert said in answer.content.decode()
    assert User.objects.get(pk=cast.practitioner.pk).check_password(PASSWORD)


def test_changing_needs_somebody(db: None) -> None:
    assert PageClient().get("/password/").headers["Location"] == "/sign-in/?next=/password/"
    assert change(PageClient()).status_code == 302
    assert PageClient().put("/password/").status_code in {302, 405}
