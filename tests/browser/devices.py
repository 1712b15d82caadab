"""Devices on which words are typed, and which can be killed."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.hands import let_in

# A word of its own for every box in which words are typed; gives what was typed where.
TYPE_EVERYWHERE = """(letters) => {
  const typed = {}
  let count = 0
  for (const box of document.querySelectorAll("form[data-autosave] textarea, form[data-autosave] input")) {
    if (!box.name) continue  // narrows what is shown, and is no answer
    if (box.tagName === "INPUT" && !["text", "email", "tel", "search"].includes(box.type)) continue
    box.value = `${letters}${count} word${count}`
    count += 1
    box.dispatchEvent(new Event("input", { bubbles: true }))
    typed[box.name] = box.value
  }
  return typed
}"""
STANDING = """() => Object.fromEntries(
  [...document.querySelectorAll("form[data-autosave] textarea, form[data-autosave] input")]
    .filter((box) => box.name && !["hidden", "radio", "checkbox", "submit"].includes(box.type))
    .map((box) => [box.name, box.value]))"""


class Device:
    """A browser of its own, with somebody signed in past the sign-in page. It can be killed."""

    def __init__(self, browser: Browser, site: str, user: User | None) -> None:
        self.context: BrowserContext = browser.new_context()
        self.site = site
        if user:
            self.sign_in(user)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)

    def sign_in(self, user: User) -> None:
        let_in(self.context, self.site, user)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.site}{path}")
        return self.page

    def open_tab(self, path: str) -> Page:
        tab = self.context.new_page()
        tab.set_default_timeout(10_000)
        tab.goto(f"{self.site}{path}")
        return tab

    def kill(self) -> None:
        self.context.close()


Devices = Callable[[User | None], Device]


@pytest.fixture
def new_device(browser: Browser, live_server: LiveServer) -> Iterator[Devices]:
    made: list[Device] = []

    def make(user: User | None) -> Device:
        made.append(Device(browser, live_server.url, user))
        return made[-1]

    yield make
    for one in made:
        one.kill()


def saved(page: Page) -> None:
    expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()


def words_lost(typed: dict[str, str], found: dict[str, str]) -> list[str]:
    return [name for name, text in typed.items() if found.get(name) != text]


def words_in(typed: dict[str, dict[str, str]]) -> int:
    return sum(len(text.split()) for page in typed.values() for text in page.values())
