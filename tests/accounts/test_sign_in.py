"""Coming in: who may, what is told, and when it stops."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from accounts import actions
from accounts.adapter import NOT_MATCHED, TOO_MANY
from accounts.guesses import MINUTE, of_account, of_address, take
from accounts.models import User
from tests import shared
from tests.accounts.entries import entered
from tests.cast import PASSWORD, Cast
from tests.pages import PageClient

cast = shared.cast

SignIn = Callable[[User], PageClient]


def try_to_sign_in(client: PageClient, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"login": email, "password": password, **more})


def is_in(client: PageClient) -> bool:
    return bool(client.get(reverse("account_change_password")).status_code == 200)


def test_the_right_password_lets_in(cast: Cast) -> None:
    client = PageClient()
    answer = try_to_sign_in(client, cast.practitioner.email.upper())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)
    assert entered(cast.organisation) == ["account.signed_in accounts.user"]


def test_the_session_id_is_new(cast: Cast) -> None:
    client = PageClient()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["session"] = str(planted)
    try_to_sign_in(client, cast.practitioner.email)
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_back_to_the_page_that_was_asked_for(cast: Cast) -> None:
    path = f"/administration/people/{uuid4()}/"
    assert PageClient().get(path).headers["Location"] == f"/sign-in/?next={path}"
    page = PageClient().get("/sign-in/", {"next": path}).content.decode()
    assert f'name="next" value="{path}"' in page
    answer = try_to_sign_in(PageClient(), cast.administrator.email, next=path)
    assert answer.headers["Location"] == path


@pytest.mark.parametrize("away", ["https://elsewhere.test/", "//elsewhere.test/", "javascript:alert(1)"])
def test_never_on_to_another_site(cast: Cast, away: str) -> None:
    assert try_to_sign_in(PageClient(), cast.practitioner.email, next=away).headers["Location"] == "/"


def refused(answer: Any) -> str:
    page: str = answer.content.decode()
    return page[page.index("govuk-error-summary") : page.index("</ul>", page.index("govuk-error-summary"))]


def test_the_page_does_not_tell_who_exists(cast: Cast) -> None:
    """Unknown, wrong, deactivated with the right password, invited without any: one answer."""
    actions.deactivate(user=cast.teammate, by=cast.administrator, at=timezone.now())
    invited = actions.invite(full_name="New", email="new@north.test", by=cast.administrator, at=timezone.now())
    tries = [
        ("nobody@north.test", PASSWORD),
        (cast.practitioner.email, "wrong-wrong-wrong"),
        (cast.teammate.email, PASSWORD),
        (invited.email, PASSWORD),
        (cast.stranger.practitioner.email, "wrong-wrong-wrong"),
    ]
    answers = [try_to_sign_in(PageClient(), *one) for one in tries]
    assert {answer.status_code for answer in answers} == {422}
    assert len({refused(answer) for answer in answers}) == 1
    assert NOT_MATCHED in refused(answers[0])


def test_a_wrong_password_is_an_entry_of_that_account(cast: Cast) -> None:
    try_to_sign_in(PageClient(), cast.practitioner.email, "wrong-wrong-wrong")
    assert entered(cast.organisation) == ["account.sign_in_failed accounts.user"]


def test_an_unknown_address_is_not_kept(cast: Cast) -> None:
    try_to_sign_in(PageClient(), "nobody@north.test")
    assert entered(None) == ["account.sign_in_failed"]


def test_what_was_typed_stays_but_not_the_password(cast: Cast) -> None:
    page = try_to_sign_in(PageClient(), "nobody@north.test", "secret-secret-secret").content.decode()
    assert 'value="nobody@north.test"' in page
    assert "secret-secret-secret" not in page


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("", ""),
        ("not an address", PASSWORD),
        ("a@b.test\x00", PASSWORD),
        ("a@b.test", "nul\x00nul"),
        ("a" * 10_000 + "@b.test", PASSWORD),
        ("a@b.test", "x" * 100_000),
        ("\u202eevil@b.test", "\U0001f600" * 20),
    ],
    ids=["empty", "no address", "nul", "nul in password", "long", "long password", "odd"],
)
def test_bad_input_gets_a_clear_page(db: None, email: str, password: str) -> None:
    answer = try_to_sign_in(PageClient(), email, password)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_ten_guesses_then_the_right_password_must_wait(cast: Cast) -> None:
    for _ in range(10):
        assert try_to_sign_in(PageClient(), cast.practitioner.email, "wrong-wrong-wrong").status_code == 422
    held = try_to_sign_in(PageClient(), cast.practitioner.email)
    assert held.status_code == 429
    assert TOO_MANY in refused(held)
    assert "account.sign_in_throttled accounts.user" in entered(cast.organisation)
    assert try_to_sign_in(PageClient(), cast.teammate.email).status_code == 302


def test_coming_in_does_not_reset_the_count(cast: Cast) -> None:
    """Otherwise an attacker with one account of their own could guess for ever."""
    for _ in range(8):
        take(of_account(cast.practitioner.email))
    for guess in ["wrong-wrong-wrong", PASSWORD, "wrong-wrong-wrong"]:
        try_to_sign_in(PageClient(), cast.practitioner.email, guess)
    assert try_to_sign_in(PageClient(), cast.practitioner.email).status_code == 429


def test_sixty_tries_a_minute_from_one_place(db: None) -> None:
    """Nearly all of them counted as the page counts them."""
    client = PageClient()
    for _ in range(57):
        take(of_address("127.0.0.1", "sign-in", seconds=MINUTE))
    for number in range(3):
        assert try_to_sign_in(client, f"nobody{number}@north.test").status_code == 422
    answer = try_to_sign_in(client, "one-more@north.test")
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()


def test_a_deactivated_person_is_out_at_the_next_request(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    assert is_in(client)
    actions.deactivate(user=cast.practitioner, by=cast.administrator, at=timezone.now())
    assert not is_in(client)


def test_a_new_link_ends_open_sessions(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    actions.withdraw_password(user=cast.practitioner, by=cast.administrator, at=timezone.now())
    assert not is_in(client)


def test_signing_out_ends_the_session(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    key = client.session.session_key
    answer = client.post("/sign-out/")
    assert answer.headers["Location"] == "/sign-in/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    assert not is_in(client)
    assert entered(cast.organisation)[-1] == "account.signed_out accounts.user"


def test_a_link_signs_nobody_out(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    assert client.get("/sign-out/").status_code == 405
    assert is_in(client)


def test_only_what_is_used_of_allauth_is_mounted() -> None:
    names = {
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(("account_", "mfa_"))
    }
    assert names == {
        "mfa_authenticate",
        "account_login",
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
    }
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


@pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/", "/sign-up/", "/password/reset/", "/inactive/"])
def test_there_is_no_sign_up(db: None, path: str) -> None:
    assert PageClient().get(path).status_code in {302, 404}
    assert PageClient().post(path, {"email": "me@evil.test", "password1": PASSWORD}).status_code in {302, 404}
    assert not User.objects.filter(email="me@evil.test").exists()


def test_answers_are_pages_only(cast: Cast) -> None:
    answer = PageClient().post("/sign-in/", {"login": "x", "password": "y"}, headers={"accept": "application/json"})
    assert answer.headers["Content-Type"].startswith("text/html")
