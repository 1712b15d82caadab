"""What is grave asks for the password again after five minutes; nothing that was typed is lost by that."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.forms import NOT_YOURS, StepUpForm
from accounts.guesses import of_account, take
from accounts.idle import SIGNED_IN
from accounts.models import User
from accounts.step_up import without_password
from tests import shared
from tests.accounts.entries import entered
from tests.cast import PASSWORD, Cast
from tests.elements import Page
from tests.pages import PageClient
from tests.test_access_matrix import addresses

SignIn = Callable[[User], PageClient]
cast = shared.cast
pytestmark = pytest.mark.sqlite
STEP_UP = reverse("account_reauthenticate")
LAW = reverse("administration:law_add")
GUARDED = {
    "decisions:print", "rights:print", "reports:export", "administration:role_agreement",
    "administration:invite", "administration:person_role", "administration:person_sign_in",
    "add_app", "add_passkey", "recovery_codes", "remove_factor",
    "administration:person_add_to_team", "administration:person_end_membership", "administration:person_link",
    "administration:person_deactivate", "administration:person_reactivate", "administration:cover_add",
    "administration:law_commence", "administration:law_add", "administration:law_retire", "administration:law_withdraw",
    "administration:evidence_ask", "administration:evidence_request", "administration:evidence_take",
    "administration:evidence_leave_out",
}  # fmt: skip


def stale(client: PageClient, seconds: int = 301) -> PageClient:
    """As if they had signed in so long ago."""
    session = client.session
    session[SIGNED_IN] = timezone.now().timestamp() - seconds
    session.save()
    return client


def kept(answer: Any) -> dict[str, str]:
    """What the page that asks would send again."""
    fields = Page(answer.content.decode()).all("input")
    return {one.attrs["name"]: one.attrs.get("value", "") for one in fields if one.attrs.get("name")}


def step_ups(cast: Cast) -> list[str]:
    return [event.split()[0] for event in entered(cast.organisation) if "step_up" in event]


def test_the_pages_that_ask() -> None:
    def guarded(view: Any) -> bool:
        while view is not None:
            if view.__code__.co_name == "asked_first":
                return True
            view = getattr(view, "__wrapped__", None)
        return False

    found = {name for name, view in addresses() if guarded(view)}
    assert found >= GUARDED


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("officer", "administration:law_retire"),
        ("administrator", "administration:invite"),
        ("supervisor", "reports:export"),
    ],
)
def test_it_is_asked_before_the_form_is_shown_and_leads_to_it(cast: Cast, as_user: SignIn, who: str, name: str) -> None:
    """Which pages ask, all by one rule: the test above."""
    page, client = f"{reverse(name)}?from=2026", as_user(getattr(cast, who))
    assert client.get(page).status_code == 200, "signing in counts"
    asked = stale(client).get(page)
    assert asked.status_code == 302
    form = kept(client.get(asked.headers["Location"]))
    before = client.session.session_key
    answer = client.post(STEP_UP, {**form, "password_again": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert client.session.session_key != before
    assert client.get(page).status_code == 200
    assert step_ups(cast) == ["account.step_up_confirmed"]


def test_it_lasts_five_minutes(cast: Cast, as_user: SignIn) -> None:
    client = stale(as_user(cast.officer))
    client.post(STEP_UP, {"password_again": PASSWORD})
    session = client.session
    shown = session["account_authentication_methods"]
    for ago, status in ((299, 200), (301, 302), (-60, 302)):
        shown[-1]["at"] = timezone.now().timestamp() - ago
        session["account_authentication_methods"] = shown
        session.save()
        assert client.get(LAW).status_code == status, ago


def test_a_form_that_comes_too_late_is_kept(cast: Cast, as_user: SignIn) -> None:
    typed = {"full_name": "Ffion “Fi” <Bevan>", "email": "fi@north.test", "job_title": "", "organisation_role": ""}
    client = stale(as_user(cast.administrator))
    path = reverse("administration:invite")
    asked = client.post(path, typed)
    assert asked.status_code == 200
    assert not User.objects.filter(email="fi@north.test").exists()
    wrong = client.post(path, {**kept(asked), "password_again": "wrong-wrong-wrong"})
    assert (wrong.status_code, NOT_YOURS in wrong.content.decode()) == (422, True)
    assert kept(wrong).items() >= typed.items()
    assert "wrong-wrong-wrong" not in wrong.content.decode()
    assert client.post(path, {**kept(wrong), "password_again": PASSWORD}).status_code == 200
    assert User.objects.get(email="fi@north.test").full_name == typed["full_name"]
    assert step_ups(cast) == ["account.step_up_refused", "account.step_up_confirmed"]
    assert "account.sign_in_failed" not in " ".join(entered(cast.organisation))


def test_the_view_never_sees_the_password() -> None:
    posted = RequestFactory().post("/", {"words": ["a", "b"], StepUpForm.FIELD: "secret"}).POST
    left = without_password(posted)
    assert dict(left.lists()) == {"words": ["a", "b"]}


def test_guesses_count_with_those_at_sign_in(cast: Cast, as_user: SignIn) -> None:
    client = stale(as_user(cast.officer))
    for _ in range(7):
        take(of_account(cast.officer.email))
    for _ in range(3):
        assert client.post(STEP_UP, {"password_again": "wrong-wrong-wrong"}).status_code == 422
    held = client.post(LAW, {"name": "Ours", "password_again": PASSWORD})
    assert (held.status_code, kept(held)["name"]) == (429, "Ours")
    assert PageClient().post("/sign-in/", {"login": cast.officer.email, "password": PASSWORD}).status_code == 429
    assert client.get(LAW).status_code == 302
    assert step_ups(cast) == ["account.step_up_refused"] * 3 + ["account.step_up_held"]


@pytest.mark.parametrize("away", ["https://elsewhere.test/", "//elsewhere.test/", "javascript:alert(1)", ""])
def test_never_on_to_another_site(cast: Cast, as_user: SignIn, away: str) -> None:
    client = stale(as_user(cast.officer))
    assert kept(client.get(STEP_UP, {"next": away})).get("next") is None
    assert client.post(STEP_UP, {"next": away, "password_again": PASSWORD}).headers["Location"] == "/"


def test_who_may_not_see_the_page_is_not_asked(cast: Cast, as_user: SignIn) -> None:
    client = stale(as_user(cast.practitioner))
    assert client.get(LAW).status_code == client.post(LAW, {"name": "Ours"}).status_code == 403
    assert stale(as_user(cast.officer)).delete(LAW).status_code == 405
