"""Nothing typed is lost: the browser goes, the connection goes, the session goes, another tab comes. Words counted."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.idle import SEEN
from accounts.models import AutosavedText, User
from decisions.models import DraftPage
from tests.browser.hands import Hands, let_in
from tests.browser.killed_pages import guided_pages
from tests.cast import PASSWORD, Cast, make_cast
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_cases import begin_at
from tests.drafting.scenario_walk import Walk
from tests.test_access_matrix import Scene, rows, whole_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A word of its own for every box in which words are typed; gives what was typed where.
TYPE_EVERYWHERE = """(letters) => {
  const typed = {}
  let count = 0
  for (const box of document.querySelectorAll("form[data-autosave] textarea, form[data-autosave] input")) {
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
    .filter((box) => !["hidden", "radio", "checkbox", "submit"].includes(box.type))
    .map((box) => [box.name, box.value]))"""
AWAY = "No connection. What you typed is on this page only. We keep trying."


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


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
def device(browser: Browser, live_server: LiveServer) -> Iterator[Devices]:
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


def draft_at(key: str, cast: Cast, now: datetime) -> Walk:
    return begin_at(key, cases.S01, cases.s01(now), cast, now)


class TestBrowserKilled:
    def test_every_page_of_the_guided_form(self, device: Devices, cast: Cast, now: datetime) -> None:
        paths = guided_pages(cases.set_scene(cases.S01, cast, now), cast, now)
        typed = typed_and_killed(device(cast.practitioner), paths)
        again = device(cast.practitioner)
        for key, path in paths.items():
            stand_there(again.open(path), typed[key], key)
        assert words_in(typed) > 50

    @pytest.mark.parametrize(("who", "pages"), [("practitioner", 15), ("others", 10)])
    def test_every_other_form_words_are_typed_in(self, device: Devices, who: str, pages: int) -> None:
        counted, scene = 0, whole_scene()
        for user, paths in kept_forms(scene).items():
            if (user == scene.cast.practitioner) != (who == "practitioner"):
                continue
            typed = typed_and_killed(device(user), paths)
            again = device(user)
            for name, text in typed.items():
                if text:
                    page = again.open(paths[name])
                    expect(page.get_by_text("What you typed here was saved on")).to_be_visible()
                    stand_there(page, text, name)
                    counted += 1
        assert counted >= pages


def typed_and_killed(mine: Device, paths: dict[str, str]) -> dict[str, dict[str, str]]:
    """Words typed in a tab for each page; the browser is killed once every page says that they are saved."""
    typed = {}
    for name, path in paths.items():
        tab = mine.open_tab(path)
        typed[name] = tab.evaluate(TYPE_EVERYWHERE, name)
    for name, tab in zip(paths, mine.context.pages[-len(paths) :], strict=True):
        if typed[name]:
            saved(tab)
    mine.kill()
    return typed


def stand_there(page: Page, typed: dict[str, str], name: str) -> None:
    assert words_lost(typed, page.evaluate(STANDING)) == [], name
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def words_in(typed: dict[str, dict[str, str]]) -> int:
    return sum(len(text.split()) for page in typed.values() for text in page.values())


def kept_forms(scene: Scene) -> dict[User, dict[str, str]]:
    """The pages with a form of words, by the first person whom each lets in."""
    found: dict[User, dict[str, str]] = {}
    for row in rows():
        if row.name == "drafting:page" or row.get == row.post:
            continue
        user = next((user for answer, user in zip(row.get, scene.people(), strict=True) if answer == "."), None)
        if user and has_words(scene.path(row), user):
            found.setdefault(user, {})[str(row)] = scene.path(row)
    return found


def has_words(path: str, user: User) -> bool:
    client = Client()
    client.force_login(user)
    return b"data-autosave" in client.get(path).content


class TestTabs:
    def test_the_second_is_told_and_keeps_its_words(self, device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        mine = device(cast.practitioner)
        first, second = mine.open(walk.path("concern")), mine.context.new_page()
        second.goto(f"{mine.site}{walk.path('concern')}")
        one, two = first.evaluate(TYPE_EVERYWHERE, "first"), {}
        saved(first)
        two = second.evaluate(TYPE_EVERYWHERE, "second")
        expect(second.get_by_text("Nothing was overwritten")).to_be_visible()
        assert words_lost(two, second.evaluate(STANDING)) == []
        with mine.context.expect_page() as opened:
            second.get_by_role("link", name="Open the newer one in a new tab").click()
        # A new tab is there before its page is.
        expect(opened.value.get_by_role("button", name="Save and continue").last).to_be_visible()
        assert words_lost(one, opened.value.evaluate(STANDING)) == []

    def test_typing_on_and_saving_in_one_tab_is_never_stale(self, device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("outcome", cast, now)
        page = device(cast.practitioner).open(walk.path("outcome"))
        for letters in ("a", "b"):
            page.evaluate(TYPE_EVERYWHERE, letters)
            saved(page)
        page.get_by_role("button", name="Save and continue").last.click()
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        expect(page.get_by_text("saved somewhere else")).to_have_count(0)
        page.evaluate(TYPE_EVERYWHERE, "c")
        saved(page)


class TestNoSignal:
    def test_says_so_tries_again_and_saves(self, device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        mine = device(cast.practitioner)
        page = mine.open(walk.path("concern"))
        mine.context.set_offline(True)
        typed = page.evaluate(TYPE_EVERYWHERE, "offline")
        expect(page.get_by_text(AWAY)).to_be_visible()
        mine.context.set_offline(False)
        saved(page)
        expect(page.get_by_text(AWAY)).to_have_count(0)
        mine.kill()
        again = device(cast.practitioner).open(walk.path("concern"))
        assert words_lost(typed, again.evaluate(STANDING)) == []

    def test_sending_without_a_signal_stays_on_the_page(self, device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        mine = device(cast.practitioner)
        page = mine.open(walk.path("concern"))
        mine.context.set_offline(True)
        typed = page.evaluate(TYPE_EVERYWHERE, "offline")
        page.get_by_role("button", name="Save and continue").last.click()
        expect(page.get_by_text(AWAY)).to_be_visible()
        assert words_lost(typed, page.evaluate(STANDING)) == []
        mine.context.set_offline(False)
        saved(page)
        # By Enter: the button itself lets no second press through within a second.
        page.get_by_label("When it happened").press("Enter")
        expect(page.locator(".govuk-error-summary")).to_be_visible()

    def test_a_page_nobody_touched_keeps_nothing(self, device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        page = device(cast.practitioner).open(walk.path("concern"))
        page.get_by_role("link", name="Home", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Home")
        assert not DraftPage.objects.filter(page="concern").exists()


class TestLeaving:
    def test_what_was_typed_last_is_kept_on_the_way_out(self, device: Devices, cast: Cast, now: datetime) -> None:
        """Typed and left at once, before anything was kept."""
        walk = draft_at("concern", cast, now)
        page = device(cast.practitioner).open(walk.path("concern"))
        typed = page.evaluate(TYPE_EVERYWHERE, "late")
        page.get_by_role("link", name="Home", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Home")
        page.goto(f"{page.url.rstrip('/')}{walk.path('concern')}")
        assert words_lost(typed, page.evaluate(STANDING)) == []

    def test_quick_leave_keeps_the_words_and_waits_for_nothing(
        self, device: Devices, cast: Cast, now: datetime
    ) -> None:
        walk = draft_at("concern", cast, now)
        page = device(cast.practitioner).open(walk.path("concern"))
        typed = page.evaluate(TYPE_EVERYWHERE, "quick")
        page.get_by_role("button", name="Quick leave").click()
        page.wait_for_url("**/goodbye/")
        again = device(cast.practitioner).open(walk.path("concern"))
        assert words_lost(typed, again.evaluate(STANDING)) == []

    def test_leaving_a_form_on_purpose_forgets_it(self, device: Devices, cast: Cast) -> None:
        page = device(cast.practitioner).open(reverse("families:register"))
        page.evaluate(TYPE_EVERYWHERE, "wrong")
        saved(page)
        assert AutosavedText.objects.count() == 1
        # The answer comes to a page that is gone, so it is not waited for: the next pages are.
        with page.expect_request("**/autosave/delete/"):
            page.get_by_role("link", name="Leave without saving").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Families")
        for _ in range(20):
            if not AutosavedText.objects.exists():
                break
            page.reload()
        assert AutosavedText.objects.count() == 0

    def test_start_again(self, device: Devices, cast: Cast) -> None:
        page = device(cast.practitioner).open(reverse("families:register"))
        page.evaluate(TYPE_EVERYWHERE, "old")
        saved(page)
        page.reload()
        page.get_by_role("button", name="Start again").click()
        expect(page.get_by_text("What you typed here was saved on")).to_have_count(0)
        assert set(page.evaluate(STANDING).values()) == {""}


def sign_in_by_hand(page: Page, user: User) -> None:
    hands = Hands(page, "")
    hands.type("Email address", user.email)
    hands.type("Password", PASSWORD)
    hands.press("Sign in")


class TestSessionOver:
    @pytest.mark.parametrize("key", ["concern", "outcome"])
    def test_without_script_the_page_is_back_with_its_text(
        self, browser: Browser, live_server: LiveServer, cast: Cast, now: datetime, key: str
    ) -> None:
        walk = draft_at(key, cast, now)
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{live_server.url}{walk.path(key)}")
        sign_in_by_hand(page, cast.practitioner)
        typed: dict[str, str] = {}
        for box in page.locator("main form textarea").all():
            if box.is_visible():
                box.fill(f"words of {len(typed)}")
                typed[str(box.get_attribute("name"))] = f"words of {len(typed)}"
        assert typed
        Session.objects.all().delete()
        page.get_by_role("button", name="Save and continue").last.click()
        expect(page.get_by_text("What you typed has been saved.")).to_be_visible()
        sign_in_by_hand(page, cast.practitioner)
        expect(page).to_have_url(f"{live_server.url}{walk.path(key)}")
        for name, text in typed.items():
            expect(page.locator(f"[name='{name}']")).to_have_value(text)
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
        context.close()

    def test_somebody_else_who_signs_in_sees_nothing_of_it(
        self, browser: Browser, live_server: LiveServer, cast: Cast
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{live_server.url}{reverse('families:register')}")
        sign_in_by_hand(page, cast.practitioner)
        page.locator("main form input[type=text]").first.fill("A secret name")
        Session.objects.all().delete()
        page.get_by_role("button", name="Register").click()
        sign_in_by_hand(page, cast.teammate)
        expect(page.get_by_role("heading", level=1)).to_have_text("Register a family")
        assert "A secret name" not in page.content()
        Session.objects.all().delete()
        page.reload()
        sign_in_by_hand(page, cast.practitioner)
        expect(page.locator("main form input[type=text]").first).to_have_value("A secret name")
        context.close()

    def test_with_script_the_page_waits_for_a_sign_in_elsewhere(
        self, device: Devices, cast: Cast, now: datetime
    ) -> None:
        walk = draft_at("concern", cast, now)
        mine = device(cast.practitioner)
        page = mine.open(walk.path("concern"))
        Session.objects.all().delete()
        typed = page.evaluate(TYPE_EVERYWHERE, "over")
        page.get_by_role("button", name="Save and continue").last.click()
        expect(page.get_by_text("You were signed out. What you typed is still here.")).to_be_visible()
        with mine.context.expect_page() as opened:
            page.get_by_role("link", name="Sign in in a new tab").click()
        sign_in_by_hand(opened.value, cast.practitioner)
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("Home")
        page.bring_to_front()
        saved(page)
        assert words_lost(typed, page.evaluate(STANDING)) == []
        page.get_by_role("button", name="Save and continue").last.click()
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        assert words_lost(typed, page.evaluate(STANDING)) == []

    def test_somebody_else_signing_in_elsewhere_does_not_get_them(self, device: Devices, cast: Cast) -> None:
        mine = device(cast.practitioner)
        page = mine.open(reverse("families:register"))
        mine.sign_in(cast.teammate)
        page.evaluate(TYPE_EVERYWHERE, "not theirs")
        expect(page.get_by_text("Someone else is signed in now.")).to_be_visible()
        assert not AutosavedText.objects.filter(user=cast.teammate).exists()


class TestWarning:
    def age(self, seconds: int) -> None:
        """As if nothing had been done for so long."""
        for row in Session.objects.all():
            store = SessionStore(row.session_key)
            store[SEEN] = timezone.now().timestamp() - seconds
            store.save()

    def warned(self, device: Devices, cast: Cast, path: str) -> Page:
        mine = device(cast.practitioner)
        mine.page.clock.install()
        page = mine.open(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        self.age(13 * 60 + 30)
        page.clock.fast_forward("13:05")
        expect(page.get_by_role("alertdialog")).to_be_visible()
        return page

    def test_comes_before_and_can_be_put_off(self, device: Devices, cast: Cast) -> None:
        page = self.warned(device, cast, reverse("families:list"))
        expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
        page.get_by_role("button", name="Stay signed in").click()
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Families")

    def test_escape_puts_it_off_too(self, device: Devices, cast: Cast) -> None:
        page = self.warned(device, cast, reverse("families:list"))
        page.keyboard.press("Escape")
        expect(page.get_by_role("alertdialog")).to_have_count(0)

    def test_is_not_given_while_another_tab_is_used(self, device: Devices, cast: Cast) -> None:
        mine = device(cast.practitioner)
        mine.page.clock.install()
        page = mine.open(reverse("families:list"))
        with page.expect_response("**/session/extend/"):
            page.clock.fast_forward("13:05")
        expect(page.get_by_role("alertdialog")).to_have_count(0)

    def test_then_the_page_goes_and_comes_back_with_its_words(self, device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        page = self.warned(device, cast, walk.path("concern"))
        typed = page.evaluate(TYPE_EVERYWHERE, "idle")
        self.age(16 * 60)
        page.clock.fast_forward("03:00")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        sign_in_by_hand(page, cast.practitioner)
        expect(page.get_by_role("heading", level=1)).to_have_text("Your concern")
        assert words_lost(typed, page.evaluate(STANDING)) == []
