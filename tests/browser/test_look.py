"""What a phone of 375 x 667 shows before anybody scrolls."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from drafting import actions
from families.models import Family
from tests.browser.scenes import Scene, set_scene

PHONE: ViewportSize = {"width": 375, "height": 667}
DESK: ViewportSize = {"width": 1280, "height": 900}
MOST_HEADER = 150
URGENT = ("I need to tell someone now", "I have already told someone")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("demo"),
]


@pytest.fixture
def demo(settings: LazySettings) -> None:
    """The site with its demonstration banner."""
    settings.DEMO = True


@pytest.fixture
def scene(browser_page: Page, live_server: LiveServer) -> Scene:
    browser_page.set_viewport_size(PHONE)
    return set_scene(browser_page, live_server, None)


def bottom(page: Page, selector: str) -> float:
    """How far below the top of the unscrolled page an element ends."""
    return float(page.locator(selector).first.evaluate("element => element.getBoundingClientRect().bottom + scrollY"))


def draft_page(scene: Scene, key: str) -> None:
    draft = actions.start(
        entry_route="DECIDING", team=scene.made.team, family=Family.objects.get(), by=scene.author,
        at=scene.now - timedelta(minutes=5),
    )  # fmt: skip
    scene.opens(draft, key)


def test_the_header_leaves_room_for_the_page(scene: Scene) -> None:
    for path in ("/", "/decisions/start/", "/families/"):
        scene.hands.go(path)
        expect(scene.hands.page.locator(".app-demo")).to_be_visible()
        assert bottom(scene.hands.page, ".app-demo") < MOST_HEADER, path


@pytest.mark.parametrize("path", ["/", "/decisions/start/"])
def test_urgent_buttons_are_above_the_fold(scene: Scene, path: str) -> None:
    page = scene.hands.page
    scene.hands.go(path)
    for name in URGENT:
        button = page.get_by_role("button", name=name, exact=True)
        box = button.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], name
    page.get_by_role("button", name=URGENT[0], exact=True).click()
    scene.hands.sees("Tell someone now")


def test_quick_leave_stays_in_reach(scene: Scene) -> None:
    page = scene.hands.page
    scene.hands.go("/decisions/urgent/?entry_route=NOW")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    leave = page.get_by_role("button", name="Quick leave")
    expect(leave).to_be_in_viewport(ratio=1)
    # Nothing in the header lies over it.
    for size in (PHONE, DESK, {"width": 320, "height": 568}, {"width": 800, "height": 600}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate("scrollTo(0, 0)")
        leave.click(trial=True)
        page.get_by_role("link", name="Safeguarding decisions", exact=True).click(trial=True)
        page.get_by_role("button", name="Sign out").click(trial=True)


def test_the_page_list_is_above_the_form_on_a_phone(scene: Scene) -> None:
    page = scene.hands.page
    scene.family("Ashdown", [])
    draft_page(scene, "people")
    form = page.locator("form[data-autosave]")
    pages = page.get_by_role("navigation", name="Pages of this decision")
    expect(pages).to_be_hidden()
    page.locator("summary.app-steps__summary").click()
    expect(pages).to_be_visible()
    assert bottom(page, ".app-steps") <= form.evaluate("element => element.getBoundingClientRect().top + scrollY")
    for status in ("In progress", "Cannot start yet"):
        expect(pages).to_contain_text(status)


def test_the_page_list_is_open_beside_the_form_at_a_desk(scene: Scene) -> None:
    page = scene.hands.page
    page.set_viewport_size(DESK)
    scene.family("Ashdown", [])
    draft_page(scene, "people")
    pages = page.get_by_role("navigation", name="Pages of this decision").bounding_box()
    form = page.locator("form[data-autosave]").bounding_box()
    assert pages is not None
    assert form is not None
    assert pages["x"] >= form["x"] + form["width"]
    assert pages["height"] > 0


def test_the_table_of_families_fits_a_phone(scene: Scene) -> None:
    scene.family("Ashdown", [])
    scene.hands.go("/families/")
    page = scene.hands.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    cell = page.locator("main td").first.bounding_box()
    assert cell is not None
    assert cell["width"] > PHONE["width"] / 2
