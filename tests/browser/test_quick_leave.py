"""Quick leave in a browser: whoever is at the screen next finds nothing of a record, whatever they press."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect
from playwright.sync_api import TimeoutError as NotLoaded
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from tests.browser.hands import let_in
from tests.cast import Cast, make_cast
from tests.decisions import event_stories as stories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What the page, its title or its address would say of the record, or of what this is.
RECORD = (stories.MOTHER, stories.SCHOOL, "They move house", "/decisions/", "/families/")
SERVICE = ("safeguarding", "decision", "child", "family", "Northmere")
# What the title and the screen say when the server is asked. The name of a window outlives the page.
WATCH = """() => {
  const real = window.fetch
  window.fetch = (address, ...rest) => {
    if (address.endsWith("/leave/")) window.name = JSON.stringify([document.title, document.body.innerText.trim()])
    return real(address, ...rest)
  }
}"""


@pytest.fixture
def keeps_pages(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser that keeps whole pages for Back, as people's browsers do: a driven one does not, nor can the shell."""
    path = shutil.which("chromium") or shutil.which("google-chrome") or browser_type_launch_args["executable_path"]
    arguments = {**browser_type_launch_args, "executable_path": path}
    browser = browser_type.launch(**arguments, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def decision(cast: Cast) -> Decision:
    now: datetime = timezone.now()
    return stories.recorded(cast, stories.agreed(now), now)


def said(page: Page) -> str:
    """All that the screen and the bar above it show, hidden parts too."""
    return f"{page.url} {page.title()} {page.content()}"


def read_the_record(page: Page, site: str, decision: Decision) -> None:
    """Six entries in the history of the tab, the last with somebody's name on it."""
    address = f"{site}/decisions/{decision.public_id}/"
    for path in ("/", "/decisions/", address, f"{address}print/", f"{address}summary/", address):
        page.goto(path if path.startswith("http") else site + path)
    assert stories.MOTHER in said(page)


def why_not_kept(page: Page) -> list[str] | None:
    """Why Back loads the page anew; nothing from a browser that keeps no pages at all."""
    page.go_back()
    page.go_forward()
    entry = "performance.getEntriesByType('navigation')[0].notRestoredReasons"
    reasons: list[str] | None = page.evaluate(f"{entry}?.reasons.map((one) => one.reason)")
    return reasons


def count_tokens(page: Page, tokens: tuple[str, ...]) -> int:
    return sum(said(page).lower().count(token.lower()) for token in tokens)


def step(page: Page, way: str) -> None:
    """A page that the browser kept whole never loads, so nothing tells that it is there."""
    with suppress(NotLoaded):
        page.go_back(timeout=2000) if way == "back" else page.go_forward(timeout=2000)


def left_behind(context: BrowserContext, page: Page, addresses: list[str]) -> int:
    """Back five times, forward, and each page in a new tab, as a tab that is opened again would ask for it."""
    found = count_tokens(page, RECORD + SERVICE)
    for _ in range(5):
        step(page, "back")
        found += count_tokens(page, RECORD + SERVICE)
    for _ in range(5):
        step(page, "forward")
        found += count_tokens(page, RECORD + SERVICE)
    for address in addresses:
        tab = context.new_page()
        tab.goto(address)
        found += count_tokens(tab, RECORD + SERVICE)
    return found


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_nothing_is_left_behind(
    keeps_pages: Browser, live_server: LiveServer, cast: Cast, decision: Decision, *, script: bool
) -> None:
    context = keeps_pages.new_context(java_script_enabled=script)
    let_in(context, live_server.url, cast.practitioner)
    page = context.new_page()
    page.set_default_timeout(10_000)
    read_the_record(page, live_server.url, decision)
    reasons = why_not_kept(page)  # newer browsers add "masked" for what they do not say
    assert reasons is None or "response-cache-control-no-store" in reasons
    last = page.url
    entries = page.evaluate("history.length")
    page.evaluate(WATCH)
    page.get_by_role("button", name="Quick leave").click()
    expect(page.get_by_role("heading", name="Goodbye")).to_be_visible()
    assert page.evaluate("window.name") == ('["",""]' if script else "")
    # With a script the goodbye page takes the place of the record in the history of the tab.
    assert page.evaluate("history.length") == entries + (0 if script else 1)
    assert (
        left_behind(context, page, [last, f"{live_server.url}/", f"{live_server.url}/sign-in/?next=/decisions/"]) == 0
    )
    context.close()
