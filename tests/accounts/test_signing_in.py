"""Signed out in the middle of something: back to a page that can be opened, and told that nothing was kept."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.signing_in import NOT_SAVED, opens
from tests.cast import PASSWORD, Cast
from tests.pages import PageClient

DRAFT = "/decisions/6f1c1a52-0f5c-4d25-9d1f-3a8e3f1b7a10"
HERE = "http://testserver"


def back(path: str, referer: str = "") -> str:
    headers = {"referer": referer} if referer else {}
    answer = PageClient().post(path, {"anything": "x"}, headers=headers)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def sign_in(path: str) -> str:
    return f"/sign-in/?{urlencode({'next': path}, safe='/')}"


def test_a_page_that_can_be_opened_is_opened_again(db: None) -> None:
    assert back(f"{DRAFT}/draft/concern/") == sign_in(f"{DRAFT}/draft/concern/")


def test_an_address_that_only_takes_a_form_leads_to_the_form(db: None) -> None:
    assert back(f"{DRAFT}/record/", f"{HERE}{DRAFT}/check/") == sign_in(f"{DRAFT}/check/")


@pytest.mark.parametrize("referer", [
    "", f"{HERE}{DRAFT}/record/", f"https://elsewhere.test{DRAFT}/check/", f"{HERE}/no/such/page/",
    "//elsewhere.test/", "javascript:alert(1)", "http://[", f"{HERE}:99999999/",
])  # fmt: skip
def test_or_home_where_nothing_says_which(db: None, referer: str) -> None:
    assert back(f"{DRAFT}/record/", referer) == sign_in("/")


def test_that_nothing_was_kept_is_said_and_the_way_back_works(cast: Cast) -> None:
    client = PageClient()
    answer = client.post(f"/decisions/{uuid4()}/record/", headers={"referer": f"{HERE}/families/"})
    page = client.get(answer.headers["Location"])
    assert NOT_SAVED in page.content.decode()
    answer = client.post("/sign-in/", {"login": cast.practitioner.email, "password": PASSWORD, "next": "/families/"})
    assert client.get(answer.headers["Location"]).status_code == 200


def test_opening_a_page_says_nothing_of_the_kind(db: None) -> None:
    client = PageClient()
    answer = client.get("/families/?page=2")
    assert answer.headers["Location"] == "/sign-in/?next=/families/%3Fpage%3D2"
    assert NOT_SAVED not in client.get(answer.headers["Location"]).content.decode()


def views(patterns: list[URLPattern | URLResolver]) -> list[Callable[..., object]]:
    found = []
    for one in patterns:
        found += views(one.url_patterns) if isinstance(one, URLResolver) else [one.callback]
    return found


def test_which_addresses_only_take_a_form_is_known(db: None) -> None:
    """Read from Django's decorators: this fails when they change."""
    closed = {view.__name__ for view in views(get_resolver().url_patterns) if not opens(view)}
    assert "record" in closed
    assert not {"page", "check", "log", "detail", "home"} & closed
    assert not opens(get_resolver().resolve(reverse("drafting:record", args=[uuid4()])).func)
