"""Quick leave: for somebody who must be gone before the door opens."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts import autosave
from accounts.models import User
from tests import shared
from tests.accounts.entries import entered
from tests.cast import PASSWORD, Cast
from tests.pages import Page, PageClient

cast = shared.cast

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


class TestAfterwards:
    """What Back, Forward and a tab opened again ask for, in the browser somebody left."""

    @pytest.fixture
    def gone(self, cast: Cast, as_user: SignIn) -> PageClient:
        client = as_user(cast.practitioner)
        client.post("/leave/")
        return client

    def test_every_page_is_the_goodbye_page(self, gone: PageClient) -> None:
        pages = ["/families/", "/decisions/", f"/decisions/{UUID(int=9)}/", "/reviews/", "/administration/people/",
                 "/law/", "/password/", "/nowhere/"]  # fmt: skip
        for path in pages:
            for answer in (gone.get(path), gone.post(path)):
                assert (answer.status_code, answer.headers["Location"]) == (302, "/goodbye/"), path

    def test_the_way_back_in_names_no_page(self, gone: PageClient) -> None:
        for path in ("/", "/sign-in/?next=/decisions/", "/sign-in/?x=1"):
            assert gone.get(path).headers["Location"] == "/sign-in/", path

    def test_the_sign_in_page_names_no_service(self, gone: PageClient) -> None:
        for answer in (gone.get("/sign-in/"), gone.post("/sign-in/", {"login": "a@north.test", "password": "wrong"})):
            text = answer.content.decode().lower()
            assert "sign in" in text
            assert not [word for word in ("safeguarding", "child", "decision", "demonstration") if word in text]

    def test_signing_in_ends_it(self, gone: PageClient, cast: Cast) -> None:
        answer = gone.post("/sign-in/", {"login": cast.practitioner.email, "password": PASSWORD})
        assert answer.headers["Location"] == "/"
        assert "Safeguarding" in gone.get("/families/").content.decode()
        gone.post("/sign-out/")
        assert gone.get("/families/").headers["Location"] == "/sign-in/?next=/families/"

    def test_what_was_typed_is_offered_once(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        page = reverse("families:register")
        client.post("/autosave/", {"name": "The Mallards", "autosave": autosave.token(cast.practitioner, page)})
        client.post("/leave/")
        answer = client.post("/sign-in/", {"login": cast.practitioner.email, "password": PASSWORD}, follow=True)
        assert [link.attrs["href"] for link in Page(answer.content.decode()).all("a") if "Go back" in link.text] == [
            page
        ]
        assert "You left quickly" not in client.get("/").content.decode()

    def test_a_script_is_still_told_that_nobody_is_signed_in(self, gone: PageClient, cast: Cast) -> None:
        """Words typed in another tab reach their owner."""
        page = reverse("families:register")
        answer = gone.post("/autosave/", {"name": "Late", "autosave": autosave.token(cast.practitioner, page)})
        assert (answer.status_code, answer.json()["saved"]) == (401, True)

    def test_another_site_cannot_hide_the_pages(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        assert client.post("/leave/", headers={"Sec-Fetch-Site": "cross-site"}).headers["Location"] == "/goodbye/"
        assert client.get("/families/").headers["Location"] == "/sign-in/?next=/families/"

    @pytest.mark.django_db
    def test_it_holds_when_the_session_had_run_out(self) -> None:
        client = PageClient()
        client.post("/leave/", headers={"Sec-Fetch-Site": "same-origin"})
        assert client.get("/families/").headers["Location"] == "/goodbye/"

    def test_whoever_only_signs_out_is_led_back(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        client.post("/sign-out/")
        assert client.get("/families/").headers["Location"] == "/sign-in/?next=/families/"
