"""Every page of the site under axe, for the first person its row of the access table lets in: fresh, and sent empty.

The pages come from the table that is held against the URLconf, so a new page is looked at without a line here. Half of
them each day: what they are made of is looked at every day in test_components.py and in the journeys.
"""

from collections.abc import Callable, Iterator
from itertools import groupby

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from safeguarding import errors
from tests.browser.hands import Axe, Hands, let_in
from tests.cast import make_cast
from tests.in_turn import in_turn
from tests.test_access_matrix import PEOPLE, Row, rows, whole_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOT_A_PAGE = frozenset(
    {
        "health",
        "metrics",
        "extend_session",
        "letters:pdf",
        "shared:pdf",
        "rights:copy_pdf",
        "reports:pack_pdf",
        "decisions:proof",
    }
)
# The journeys look at these, fresh and refused, with more on them than here.
IN_JOURNEYS = frozenset(
    {
        "account_login",
        "drafting:check",
        "drafting:page",
        "drafting:start",
        "families:disclosure_add",
        "families:list",
        "families:person_add",
        "families:register",
        "home",
        "administration:ledger",
        "reviews:queue",
        "reviews:review",
    }
)
# Forms whose boxes may all be left empty: that there is no risk and no number is an answer.
MAY_BE_EMPTY = frozenset({"families:risks", "administration:duty_numbers", "administration:school_holidays"})
# It says why there is nothing to fill in.
WITHOUT_A_FORM = frozenset(
    {
        "letters:letter (declined)", "letters:ask (declined)", "rights:make_copy (asked)",
        "retention:disposal (disposal)", "administration:evidence_request (evidence)",
    }
)  # fmt: skip
REFUSED = "u"
SHOWN = "."
# What an empty request would send: nothing ticked, nothing typed, nothing chosen.
EMPTY = """() => {
  for (const form of document.querySelectorAll("main form")) for (const one of form.elements) {
    if (one.type === "radio" || one.type === "checkbox") one.checked = false;
    else if (one.tagName === "SELECT") one.value = "";
    else if (one.type !== "hidden" && one.type !== "submit") one.value = "";
  }
}"""


def first_let_in(row: Row) -> int:
    """The first person to whom the page is shown, best one whose empty form comes back."""
    both = [
        at for at, (got, sent) in enumerate(zip(row.get, row.post, strict=True)) if got == SHOWN and sent == REFUSED
    ]
    return both[0] if both else row.get.index(SHOWN)


def visits() -> Iterator[tuple[str, list[Row]]]:
    shown = [row for row in rows() if SHOWN in row.get and row.name not in NOT_A_PAGE | IN_JOURNEYS]
    shown.sort(key=lambda row: (first_let_in(row), row.name))
    for at, found in groupby(shown, key=first_let_in):
        yield PEOPLE[at], in_turn(found)


# One long test would keep one worker busy when the other has nothing left to do.
AT_ONCE = 25
VISITS = [(name, pages[at : at + AT_ONCE]) for name, pages in visits() for at in range(0, len(pages), AT_ONCE)]


@pytest.mark.parametrize(("name", "pages"), VISITS, ids=[f"{name} {pages[0].name}" for name, pages in VISITS])
def test_every_page(browser_page: Page, live_server: LiveServer, axe: Axe, name: str, pages: list[Row]) -> None:
    scene = whole_scene()
    hands = Hands(browser_page, live_server.url, axe)
    if user := scene.people()[PEOPLE.index(name)]:
        let_in(browser_page.context, live_server.url, user)
    for row in pages:
        hands.go(scene.path(row))
        hands.inspect(row.name)
        has_a_form = row.name not in MAY_BE_EMPTY and str(row) not in WITHOUT_A_FORM
        if row.post[PEOPLE.index(name)] == REFUSED and has_a_form:
            send_empty(hands, row)


def send_empty(hands: Hands, row: Row) -> None:
    """The form comes back, and an error leads to each field that is missing."""
    hands.page.evaluate(EMPTY)
    hands.page.locator("main form button.govuk-button").first.click()
    expect(hands.page.locator(".govuk-error-summary")).to_be_visible()
    hands.inspect(f"{row.name} refused")


def test_nothing_may_be_looked_for_and_not_found(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    cast = make_cast()
    hands = Hands(browser_page, live_server.url, axe)
    let_in(browser_page.context, live_server.url, cast.practitioner)
    for path in (
        "/nowhere/",
        reverse("administration:people"),
        reverse("decisions:detail", args=[cast.team.public_id]),
    ):
        hands.go(path)
        hands.inspect(path.strip("/").replace("/", "-"))


def _csrf(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


@pytest.mark.parametrize("answer", [errors.server_error, errors.bad_request, _csrf, _too_many])
def test_pages_of_an_error(
    browser_page: Page, live_server: LiveServer, axe: Axe, answer: Callable[..., HttpResponse]
) -> None:
    """Made to happen: the page as the handler writes it, put where the browser asks."""
    request = RequestFactory().get("/", headers={"host": "localhost"})
    given = answer(request) if answer in {errors.server_error, _csrf, _too_many} else answer(request, None)
    address = f"{live_server.url}/goodbye/"
    browser_page.route(address, lambda route: route.fulfill(body=given.content.decode(), content_type="text/html"))
    hands = Hands(browser_page, live_server.url, axe)
    hands.go("/goodbye/")
    expect(browser_page.get_by_role("heading", level=1)).to_be_visible()
    hands.inspect(answer.__name__.strip("_"))


def test_the_pages_visited_are_those_of_the_site() -> None:
    visited = {row.name for _, found in VISITS for row in found}
    assert len(visited) > 30
    assert not visited & IN_JOURNEYS
