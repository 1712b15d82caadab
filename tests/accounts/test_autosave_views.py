"""The addresses a page's script asks, and what becomes of a form sent when the session is over."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from accounts import autosave
from accounts.models import AutosavedText, User
from accounts.signing_in import NOT_SAVED, SAVED
from audit.models import LedgerEntry
from families.models import Family
from tests import shared
from tests.cast import PASSWORD, Cast
from tests.pages import Page, PageClient

cast = shared.cast

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
PAGE = reverse("families:register")
KEEP, DISCARD, HERE = "/autosave/", "/autosave/delete/", "/session/extend/"


def token(user: User, path: str = PAGE) -> dict[str, str]:
    return {"autosave": autosave.token(user, path)}


def box(html: bytes, name: str) -> str:
    return next(one for one in Page(html.decode()).all("input") if one.attrs.get("name") == name).attrs.get("value", "")


class TestKeep:
    def test_puts_back_what_was_typed_and_says_when(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        answer = client.post(KEEP, {"name": "The Mallards", **token(cast.practitioner)})
        assert answer.status_code == 200
        assert set(answer.json()) == {"saved_at"}
        page = client.get(PAGE)
        assert box(page.content, "name") == "The Mallards"
        assert "What you typed here was saved on" in page.content.decode()
        assert not Page(page.content.decode()).classed("govuk-error-message")

    def test_is_gone_when_the_form_is_accepted(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        client.post(KEEP, {"name": "Half", **token(cast.practitioner)})
        sent = {"name": "The Mallards", "teams": str(cast.team.public_id), **token(cast.practitioner)}
        assert client.post(PAGE, sent).status_code == 302
        assert not AutosavedText.objects.exists()
        assert box(client.get(PAGE).content, "name") == ""

    def test_stays_when_the_form_is_refused(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        client.post(KEEP, {"name": "", "other": "x", **token(cast.practitioner)})
        assert client.post(PAGE, {"name": "", **token(cast.practitioner)}).status_code == 422
        assert AutosavedText.objects.count() == 1

    def test_the_page_that_was_sent_shows_what_was_sent(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        client.post(KEEP, {"name": "Kept", **token(cast.practitioner)})
        answer = client.post(PAGE, {"name": "x" * 500, **token(cast.practitioner)})
        assert "Kept" not in answer.content.decode()

    def test_anothers_page_is_refused_whoever_is_signed_in(self, cast: Cast, as_user: SignIn) -> None:
        answer = as_user(cast.teammate).post(KEEP, {"name": "x", **token(cast.practitioner)})
        assert (answer.status_code, answer.json()) == (403, {"other": True})
        assert not AutosavedText.objects.exists()

    @pytest.mark.parametrize("keep", ["", "x", "\x00", "x" * 5000])
    def test_a_wrong_token_is_refused(self, cast: Cast, as_user: SignIn, keep: str) -> None:
        assert as_user(cast.practitioner).post(KEEP, {"name": "x", "autosave": keep}).status_code == 403

    def test_too_much_is_said(self, cast: Cast, as_user: SignIn) -> None:
        text = "x" * (autosave.MOST_CHARACTERS + 1)
        assert as_user(cast.practitioner).post(KEEP, {"name": text, **token(cast.practitioner)}).status_code == 413

    def test_only_by_post_and_signed_in(self, cast: Cast, as_user: SignIn) -> None:
        assert as_user(cast.practitioner).get(KEEP).status_code == 405
        answer = Client().post(KEEP, {"name": "x"})
        assert (answer.status_code, answer.json()) == (401, {"signed_out": True, "saved": False})

    def test_signed_out_it_still_keeps_for_the_owner(self, cast: Cast, as_user: SignIn) -> None:
        """Quick leave ends the session while the last words are on their way."""
        answer = Client().post(KEEP, {"name": "Last words", **token(cast.practitioner)})
        assert (answer.status_code, answer.json()) == (401, {"signed_out": True, "saved": True})
        assert box(as_user(cast.practitioner).get(PAGE).content, "name") == "Last words"

    def test_another_never_sees_it(self, cast: Cast, as_user: SignIn) -> None:
        as_user(cast.practitioner).post(KEEP, {"name": "A secret name", **token(cast.practitioner)})
        for user in (cast.teammate, cast.other_team, cast.stranger.practitioner):
            assert "A secret name" not in as_user(user).get(PAGE).content.decode()

    def test_no_word_of_it_enters_the_ledger(self, cast: Cast, as_user: SignIn) -> None:
        before = LedgerEntry.objects.count()
        client = as_user(cast.practitioner)
        signed_in = LedgerEntry.objects.count() - before
        client.post(KEEP, {"name": "zq00001qz", **token(cast.practitioner)})
        assert LedgerEntry.objects.count() == before + signed_in


class TestStartAgain:
    def test_forgets_and_opens_the_page_again(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        client.post(KEEP, {"name": "Old", **token(cast.practitioner)})
        answer = client.post(DISCARD, token(cast.practitioner))
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
        assert box(client.get(PAGE).content, "name") == ""

    def test_touches_nobody_elses(self, cast: Cast, as_user: SignIn) -> None:
        as_user(cast.practitioner).post(KEEP, {"name": "Mine", **token(cast.practitioner)})
        answer = as_user(cast.teammate).post(DISCARD, token(cast.practitioner))
        assert answer.headers["Location"] == reverse("home")
        assert AutosavedText.objects.count() == 1

    def test_leads_nowhere_else(self, cast: Cast, as_user: SignIn) -> None:
        answer = as_user(cast.practitioner).post(DISCARD, {"autosave": "https://elsewhere.test/"})
        assert answer.headers["Location"] == reverse("home")

    def test_only_by_post(self, cast: Cast, as_user: SignIn) -> None:
        assert as_user(cast.practitioner).get(DISCARD).status_code == 405


class TestStillHere:
    def test_says_how_long_is_left(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        for answer in (client.get(HERE), client.post(HERE)):
            assert 890 < answer.json()["left"] <= 900
            assert set(answer.json()) == {"left"}

    def test_gives_the_new_token_of_forms_to_the_same_person_only(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        mine, other = token(cast.practitioner)["autosave"], token(cast.teammate)["autosave"]
        assert len(client.get(HERE, headers={"autosave-token": mine}).json()["token"]) == 64
        assert "token" not in client.get(HERE, headers={"autosave-token": other}).json()
        assert "token" not in client.get(HERE, headers={"autosave-token": "x"}).json()

    @pytest.mark.django_db
    def test_signed_out(self) -> None:
        assert Client().get(HERE).status_code == Client().post(HERE).status_code == 401


class TestSessionOver:
    """Django's token of forms stays good: it changes at sign-in only."""

    @pytest.fixture
    def client(self, cast: Cast) -> PageClient:
        client = PageClient(enforce_csrf_checks=True)
        page = client.get("/sign-in/")
        self.sign_in(client, cast.practitioner, box(page.content, "csrfmiddlewaretoken"))
        return client

    def sign_in(self, client: PageClient, user: User, csrf: str, onward: str = "/") -> None:
        data = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": csrf, "next": onward}
        answer = client.post("/sign-in/", data)
        assert (answer.status_code, answer.headers.get("Location")) == (302, onward)

    def form(self, client: PageClient) -> dict[str, str]:
        html = client.get(PAGE).content
        return {
            "csrfmiddlewaretoken": box(html, "csrfmiddlewaretoken"),
            "autosave": box(html, "autosave"),
            "name": "Mallard",
        }

    def test_the_page_is_back_with_its_text(self, cast: Cast, client: PageClient) -> None:
        sent = self.form(client)
        Session.objects.all().delete()
        answer = client.post(PAGE, sent)
        assert answer.headers["Location"] == f"/sign-in/?{urlencode({'next': PAGE}, safe='/')}"
        shown = client.get(answer.headers["Location"])
        assert SAVED in shown.content.decode()
        assert "Mallard" not in shown.content.decode()
        self.sign_in(client, cast.practitioner, box(shown.content, "csrfmiddlewaretoken"), PAGE)
        assert box(client.get(PAGE).content, "name") == "Mallard"
        assert not Family.objects.exists()

    def test_a_wrong_token_keeps_nothing_and_says_so(self, client: PageClient) -> None:
        sent = {**self.form(client), "autosave": "forged"}
        Session.objects.all().delete()
        answer = client.post(PAGE, sent)
        assert NOT_SAVED in client.get(answer.headers["Location"]).content.decode()
        assert not AutosavedText.objects.exists()

    def test_signed_in_again_elsewhere_the_old_page_is_refused_and_its_text_kept(
        self, cast: Cast, client: PageClient
    ) -> None:
        sent = self.form(client)
        client.get("/sign-in/")
        Session.objects.all().delete()
        self.sign_in(client, cast.practitioner, box(client.get("/sign-in/").content, "csrfmiddlewaretoken"))
        answer = client.post(PAGE, sent)
        assert answer.status_code == 403
        page = Page(answer.content.decode())
        assert [one.attrs["href"] for one in page.all("a") if one.text == "Open the page again"] == [PAGE]
        assert box(client.get(PAGE).content, "name") == "Mallard"

    def test_somebody_else_signed_in_the_owner_alone_gets_it(self, cast: Cast, client: PageClient) -> None:
        sent = self.form(client)
        Session.objects.all().delete()
        self.sign_in(client, cast.teammate, box(client.get("/sign-in/").content, "csrfmiddlewaretoken"))
        assert client.post(PAGE, sent).status_code == 403
        assert "Mallard" not in client.get(PAGE).content.decode()
        assert AutosavedText.objects.get().user == cast.practitioner

    def test_a_script_with_an_old_token_is_told_so(self, client: PageClient) -> None:
        answer = client.post(KEEP, {**self.form(client), "csrfmiddlewaretoken": "old"})
        assert (answer.status_code, answer.json()) == (403, {"old_token": True})

    def test_passwords_are_never_kept(self, cast: Cast) -> None:
        data = QueryDict(mutable=True)
        data.update({"password1": "lantern-orchard-38", "oldpassword": PASSWORD, **token(cast.practitioner)})
        assert Client().post("/password/", data.dict()).status_code == 302
        assert AutosavedText.objects.get().form_data == {}
