"""The server is killed after it said "Saved", on every page words are typed on; started again, no word is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hands import Hands
from tests.browser.killed_server import Server
from tests.browser.test_autosave import STANDING, TYPE_EVERYWHERE, saved, words_lost
from tests.cast import PASSWORD
from tests.drafting.scenario_cases import SHARE_ROAD

GUIDED = len(SHARE_ROAD)

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


def test_no_word_is_lost_when_server_and_browser_are_killed(browser: Browser, server: Server) -> None:
    made = server.prepare()
    email = made.pop("email")
    pages = list(made.items())
    typed: dict[str, dict[str, str]] = {}
    guided, others = pages[:GUIDED], pages[GUIDED:]
    for at_once in [*([one] for one in guided), others]:
        server.start()
        hands = signed_in(browser, server, email)
        for name, path in at_once:
            hands.page = hands.page.context.new_page()
            hands.go(path)
            expect(hands.page).to_have_url(f"{server.url}{path}")
            typed[name] = hands.page.evaluate(TYPE_EVERYWHERE, name)
            if typed[name]:
                saved(hands.page)
        server.kill()
        hands.page.context.close()
    server.start()
    hands = signed_in(browser, server, email)
    lost = {}
    for name, path in pages:
        hands.go(path)
        lost[name] = words_lost(typed[name], hands.page.evaluate(STANDING))
    hands.page.context.close()
    words = sum(len(text.split()) for page in typed.values() for text in page.values())
    assert {name: boxes for name, boxes in lost.items() if boxes} == {}
    assert words > 100
    print(f"\nServer and browser killed {GUIDED + 1} times, {words} words typed on {len(pages)} pages: 0 lost")  # noqa: T201  the figure
