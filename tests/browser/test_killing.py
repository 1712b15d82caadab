"""The server is killed after it said "Saved", on every page words are typed on; started again, no word is missing."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.devices import STANDING, TYPE_EVERYWHERE, saved, words_in, words_lost
from tests.browser.hands import Hands
from tests.browser.killed_server import Server
from tests.cast import PASSWORD

# So many pages are open each time that the server and the browser are killed.
AT_ONCE = 6

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.kill()


def signed_in(browser: Browser, server: Server, email: str) -> Hands:
    hands = Hands(browser.new_context().new_page(), server.url)
    hands.go("/sign-in/")
    hands.type("Email address", email)
    hands.type("Password", PASSWORD)
    hands.press("Sign in")
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Home")
    return hands


def type_and_kill(hands: Hands, server: Server, pages: dict[str, str]) -> dict[str, dict[str, str]]:
    """A tab for each page; nothing is killed before each has said "Saved"."""
    typed, context = {}, hands.page.context
    for name, path in pages.items():
        hands.page = context.new_page()
        hands.go(path)
        expect(hands.page).to_have_url(f"{server.url}{path}")
        typed[name] = hands.page.evaluate(TYPE_EVERYWHERE, name)
    for page, text in zip(context.pages[1:], typed.values(), strict=True):
        if text:
            saved(page)
    server.kill()
    context.close()
    return typed


def test_no_word_is_lost_when_server_and_browser_are_killed(browser: Browser, server: Server) -> None:
    made = server.prepare()
    email = made.pop("email")
    waiting = iter(made.items())
    typed: dict[str, dict[str, str]] = {}
    while pages := dict(islice(waiting, AT_ONCE)):
        server.start()
        typed |= type_and_kill(signed_in(browser, server, email), server, pages)
    server.start()
    hands = signed_in(browser, server, email)
    lost = {}
    for name, path in made.items():
        hands.go(path)
        lost[name] = words_lost(typed[name], hands.page.evaluate(STANDING))
    hands.page.context.close()
    assert {name: boxes for name, boxes in lost.items() if boxes} == {}
    assert words_in(typed) > 100
