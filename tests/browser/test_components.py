"""The kitchen page in Chromium: with script and without, on a phone, on paper, by keyboard, under axe."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

Axe = Callable[[Page], list[str]]
PHONE: ViewportSize = {"width": 375, "height": 700}
WIDTHS = (375, 1280)
ERRORS = 15

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.ui.kitchen"),
]


def picture(page: Page, name: str) -> None:
    """Kept for a person's eyes when PICTURES names a folder."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    overflow: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return overflow


def fits(page: Page, axe: Axe, name: str) -> None:
    """On a phone and at a desk, and axe finds no fault."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        picture(page, f"{name}-{width}")
        assert axe(page) == []
        assert sideways(page) == 0


def test_a_fresh_page(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    browser_page.goto(f"{live_server.url}/?say=1")
    fits(browser_page, axe, "fresh")


def test_a_refused_form(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    browser_page.goto(live_server.url)
    browser_page.get_by_role("button", name="Continue").click()
    expect(browser_page).to_have_title(re.compile("^Error: Kitchen"))
    expect(browser_page.locator(".govuk-error-summary")).to_be_focused()
    fits(browser_page, axe, "refused")


def test_every_error_link_puts_the_cursor_in_an_input(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.goto(live_server.url)
    browser_page.get_by_role("button", name="Continue").click()
    links = browser_page.locator(".govuk-error-summary a")
    expect(links).to_have_count(ERRORS)
    for link in links.all():
        link.click()
        target = (link.get_attribute("href") or "").removeprefix("#")
        expect(browser_page.locator(f"[id='{target}']")).to_be_focused()


def test_an_answer_opens_its_question(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    browser_page.goto(live_server.url)
    which = browser_page.get_by_label("Which level?")
    expect(which).to_be_hidden()
    browser_page.locator("#id_level_2").check()
    expect(which).to_be_visible()
    browser_page.get_by_label("Somewhere else").check()
    browser_page.get_by_label("She agreed").check()
    expect(browser_page.get_by_label("In what words?")).to_be_visible()
    assert axe(browser_page) == []


def test_none_of_these_unticks_the_others(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.goto(live_server.url)
    browser_page.get_by_label("At school").check()
    browser_page.get_by_label("None of these").check()
    expect(browser_page.get_by_label("At school")).not_to_be_checked()


def test_characters_are_counted_down(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.goto(live_server.url)
    browser_page.get_by_label("What was seen or said").fill("x" * 1990)
    expect(browser_page.get_by_text("You have 10 characters remaining").first).to_be_visible()


def test_without_script_a_question_opens_under_its_answer(page_without_script: Page, live_server: LiveServer) -> None:
    page = page_without_script
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(live_server.url)
    expect(page.get_by_label("Which level?")).to_be_hidden()
    page.get_by_role("radio", name="Another level").first.check()
    expect(page.get_by_label("Which level?")).to_be_visible()
    page.get_by_role("radio", name="Low", exact=True).first.check()
    expect(page.get_by_label("Which level?")).to_be_hidden()
    expect(page.get_by_role("link", name="Decisions", exact=True)).to_be_visible()
    picture(page, "without-script-375")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title(re.compile("^Error: Kitchen"))


def test_the_bar_of_quick_leave_covers_nothing_in_focus(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.set_viewport_size(PHONE)
    browser_page.goto(live_server.url)
    browser_page.get_by_role("button", name="Continue").click()
    below = """() => document.activeElement.getBoundingClientRect().top
        >= document.querySelector('.app-leave').getBoundingClientRect().bottom"""
    for link in browser_page.locator(".govuk-error-summary a").all():
        link.click()
        assert browser_page.evaluate(below)


def test_quick_leave_is_one_tab_after_the_skip_link(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.goto(live_server.url)
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("link", name="Skip to main content")).to_be_focused()
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("button", name="Quick leave")).to_be_focused()
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("heading", name="Weather")).to_be_visible()


def test_escape_three_times_leaves(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.goto(live_server.url)
    for _ in range(3):
        browser_page.keyboard.press("Escape")
    expect(browser_page.get_by_role("heading", name="Weather")).to_be_visible()


def test_the_menu_folds_on_a_phone(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.set_viewport_size({"width": 375, "height": 700})
    browser_page.goto(live_server.url)
    families = browser_page.get_by_role("link", name="Families")
    expect(families).to_be_hidden()
    browser_page.get_by_role("button", name="Menu").click()
    expect(families).to_be_visible()


def test_at_400_percent_nothing_runs_off_the_page(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 256})
    browser_page.goto(live_server.url)
    assert sideways(browser_page) == 0


def test_on_paper_there_are_no_buttons(browser_page: Page, live_server: LiveServer) -> None:
    browser_page.goto(live_server.url)
    browser_page.emulate_media(media="print")
    picture(browser_page, "paper")
    expect(browser_page.get_by_role("button", name="Quick leave")).to_be_hidden()
    expect(browser_page.get_by_role("button", name="Continue")).to_be_hidden()
    expect(browser_page.get_by_text("Aisha Khan")).to_be_visible()


def test_pages_of_an_error_have_no_fault(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    browser_page.goto(f"{live_server.url}/nowhere/")
    picture(browser_page, "missing")
    assert axe(browser_page) == []


def test_axe_says_what_is_wrong(browser_page: Page, axe: Axe) -> None:
    """Of a page with two faults, and the one that is let off."""
    faulty = """<!doctype html><html lang="en"><title>Faults</title><main>
      <img src="data:,"><button class="govuk-radios__input" aria-expanded="x">Open</button>
      <label>Yes <input type="radio" class="govuk-radios__input" aria-controls="more" aria-expanded="false"></label>
      <p id="more">More</p></main></html>"""
    browser_page.goto(f"data:text/html,{quote(faulty)}")
    assert [fault.partition(" ")[0] for fault in axe(browser_page)] == ["aria-valid-attr-value", "image-alt"]


def test_axe_looks_again_for_what_is_new_on_a_page(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    """It passed with other words; then one picture comes without words for it, and it is told each time."""
    browser_page.goto(f"{live_server.url}/?say=1")
    assert axe(browser_page) == []
    browser_page.evaluate("() => { document.querySelector('h1').textContent = 'Other words' }")
    assert axe(browser_page) == []
    browser_page.evaluate("() => { document.querySelector('main').append(document.createElement('img')) }")
    for _ in range(2):
        assert [fault.partition(" ")[0] for fault in axe(browser_page)] == ["image-alt"]


def test_axe_looks_at_every_page_as_a_whole(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    """All that is on it passed elsewhere; yet it says nothing of itself, and a list that passed holds something new."""
    browser_page.goto(f"{live_server.url}/?say=1")
    assert axe(browser_page) == []
    browser_page.evaluate("() => { history.replaceState(null, '', '/other/'); document.title = '' }")
    assert [fault.partition(" ")[0] for fault in axe(browser_page)] == ["document-title"]
    no_item = "document.querySelector('main ul').innerHTML = '<b>No item</b>'"
    browser_page.evaluate(f"() => {{ document.title = 'Other'; {no_item} }}")
    assert [fault.partition(" ")[0] for fault in axe(browser_page)] == ["list"]
