"""Quick leave: for somebody who must be gone before the door opens."""

from collections.abc import Callable

from django.contrib.sessions.models import Session

from accounts.models import User
from tests.accounts.entries import entered
from tests.cast import Cast
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]


def test_it_ends_the_session_and_clears_the_browser(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    key = client.session.session_key
    answer = client.post("/leave/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/goodbye/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/password/").status_code == 302
    assert "account.quick_leave accounts.user" in entered(cast.organisation)


def test_it_never_fails_on_a_stale_token(cast: Cast) -> None:
    client = PageClient(enforce_csrf_checks=True)
    client.force_login(cast.practitioner)
    assert client.post("/leave/", {"csrfmiddlewaretoken": "stale"}).status_code == 303
    assert client.get("/password/").status_code == 302


def test_it_works_when_the_session_has_run_out(db: None) -> None:
    answer = PageClient().post("/leave/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/goodbye/")
    assert entered(None) == []


def test_a_link_does_not_leave(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    assert client.get("/leave/").status_code == 405
    assert client.get("/password/").status_code == 200


def test_goodbye_says_nothing_of_what_this_is(client: object, db: None) -> None:
    page = PageClient().get("/goodbye/")
    text = page.content.decode().lower()
    assert page.status_code == 200
    assert not [word for word in ("safeguarding", "child", "decision", "sign in", "family") if word in text]
    assert PageClient().post("/goodbye/").status_code == 405
