"""Nothing typed is lost: the connection goes, the session goes, another tab comes. Words counted."""

from datetime import datetime

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.idle import SEEN
from accounts.models import AutosavedText, User
from accounts.session_store import SessionStore
from decisions.models import DraftPage
from tests.browser.devices import STANDING, TYPE_EVERYWHERE, Devices, saved, words_lost
from tests.browser.hands import Hands
from tests.cast import PASSWORD, Cast, make_cast
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_cases import begin_at
from tests.drafting.scenario_walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AWAY = "No connection. What you typed is on this page only. We keep trying."


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def draft_at(key: str, cast: Cast, now: datetime) -> Walk:
    return begin_at(key, cases.S01, cases.s01(now), cast, now)


class TestTabs:
    def test_the_second_is_told_and_keeps_its_words(self, new_device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        mine = new_device(cast.practitioner)
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

    def test_typing_on_and_saving_in_one_tab_is_never_stale(
        self, new_device: Devices, cast: Cast, now: datetime
    ) -> None:
        walk = draft_at("outcome", cast, now)
        page = new_device(cast.practitioner).open(walk.path("outcome"))
        for letters in ("a", "b"):
            page.evaluate(TYPE_EVERYWHERE, letters)
            saved(page)
        page.get_by_role("button", name="Save and continue").last.click()
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        expect(page.get_by_text("saved somewhere else")).to_have_count(0)
        page.evaluate(TYPE_EVERYWHERE, "c")
        saved(page)


class TestNoSignal:
    def test_says_so_tries_again_and_saves(self, new_device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        mine = new_device(cast.practitioner)
        page = mine.open(walk.path("concern"))
        mine.context.set_offline(True)
        typed = page.evaluate(TYPE_EVERYWHERE, "offline")
        expect(page.get_by_text(AWAY)).to_be_visible()
        mine.context.set_offline(False)
        saved(page)
        expect(page.get_by_text(AWAY)).to_have_count(0)
        mine.kill()
        again = new_device(cast.practitioner).open(walk.path("concern"))
        assert words_lost(typed, again.evaluate(STANDING)) == []

    def test_sending_without_a_signal_stays_on_the_page(self, new_device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        mine = new_device(cast.practitioner)
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

    def test_a_page_nobody_touched_keeps_nothing(self, new_device: Devices, cast: Cast, now: datetime) -> None:
        walk = draft_at("concern", cast, now)
        page = new_device(cast.practitioner).open(walk.path("concern"))
        page.get_by_role("link", name="Home", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Home")
        assert not DraftPage.objects.filter(page="concern").exists()


class TestLeaving:
    def test_what_was_typed_last_is_kept_on_the_way_out(self, new_device: Devices, cast: Cast, now: datetime) -> None:
        """Typed and left at once, before anything was kept."""
        walk = draft_at("concern", cast, now)
        page = new_device(cast.practitioner).open(walk.path("concern"))
        typed = page.evaluate(TYPE_EVERYWHERE, "late")
        page.get_by_role("link", name="Home", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Home")
        page.goto(f"{page.url.rstrip('/')}{walk.path('concern')}")
        assert words_lost(typed, page.evaluate(STANDING)) == []

    def test_quick_leave_keeps_the_words_and_waits_for_nothing(
        self, new_device: Devices, cast: Cast, now: datetime
    ) -> None:
        walk = draft_at("concern", cast, now)
        page = new_device(cast.practitioner).open(walk.path("concern"))
        typed = page.evaluate(TYPE_EVERYWHERE, "quick")
        page.get_by_role("button", name="Quick leave").click()
        page.wait_for_url("**/goodbye/")
        again = new_device(cast.practitioner).open(walk.path("concern"))
        assert words_lost(typed, again.evaluate(STANDING)) == []

    def test_leaving_a_form_on_purpose_forgets_it(self, new_device: Devices, cast: Cast) -> None:
        page = new_device(cast.practitioner).open(reverse("families:register"))
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

    def test_start_again(self, new_device: Devices, cast: Cast) -> None:
        page = new_device(cast.practitioner).open(reverse("families:register"))
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
        self, new_device: Devices, cast: Cast, now: datetime
    ) -> None:
        walk = draft_at("concern", cast, now)
        mine = new_device(cast.practitioner)
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

    def test_somebody_else_signing_in_elsewhere_does_not_get_them(self, new_device: Devices, cast: Cast) -> None:
        mine = new_device(cast.practitioner)
        page = mine.open(reverse("families:register"))
        mine.sign_in(cast.teammate)
        page.evaluate(TYPE_EVERYWHERE, "not theirs")
        expect(page.get_by_text("Someone else is signed in now.")).to_be_visible()
        assert not AutosavedText.objects.filter(user=cast.teammate).exists()


class TestCover:
    def test_after_two_minutes_without_anybody(self, new_device: Devices, cast: Cast) -> None:
        """Nothing of the page can be seen, nothing of it is lost, and quick leave is there."""
        mine = new_device(cast.practitioner)
        mine.page.clock.install()
        page = mine.open(reverse("families:register"))
        cover, name, title = page.get_by_role("dialog"), page.locator("[name=name]"), page.title()
        name.fill("The Mallards")
        for _ in range(2):
            page.clock.fast_forward("01:50")
            page.keyboard.press("Shift")
        expect(cover).to_have_count(0)
        page.clock.fast_forward("02:01")
        expect(cover).to_be_visible()
        on_top = (
            "[.1, .5, .9].every((at) => document.elementFromPoint(innerWidth * at, innerHeight * at).closest('dialog'))"
        )
        assert (page.title(), page.evaluate(on_top)) == ("Page covered", True)
        page.get_by_role("button", name="Show the page").click()
        expect(name).to_have_value("The Mallards")
        expect(page).to_have_title(title)
        page.clock.fast_forward("02:01")
        cover.get_by_role("button", name="Quick leave").click()
        page.wait_for_url("**/goodbye/")


class TestWarning:
    def age(self, seconds: int) -> None:
        """As if nothing had been done for so long."""
        for row in Session.objects.all():
            store = SessionStore(row.session_key)
            store[SEEN] = timezone.now().timestamp() - seconds
            store.save()

    def warned(self, new_device: Devices, cast: Cast, path: str) -> Page:
        mine = new_device(cast.practitioner)
        mine.page.clock.install()
        page = mine.open(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        self.age(13 * 60 + 30)
        page.clock.fast_forward("13:05")
        expect(page.get_by_role("alertdialog")).to_be_visible()
        return page

    def test_comes_before_and_can_be_put_off(self, new_device: Devices, cast: Cast) -> None:
        page = self.warned(new_device, cast, reverse("families:list"))
        expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
        page.get_by_role("button", name="Stay signed in").click()
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Families")

    def test_escape_puts_it_off_too(self, new_device: Devices, cast: Cast) -> None:
        page = self.warned(new_device, cast, reverse("families:list"))
        page.keyboard.press("Escape")
        expect(page.get_by_role("alertdialog")).to_have_count(0)

    def test_is_not_given_while_another_tab_is_used(self, new_device: Devices, cast: Cast) -> None:
        mine = new_device(cast.practitioner)
        mine.page.clock.install()
        page = mine.open(reverse("families:list"))
        with page.expect_response("**/session/extend/"):
            page.clock.fast_forward("13:05")
        expect(page.get_by_role("alertdialog")).to_have_count(0)

    def test_then_the_page_goes_and_comes_back_with_its_words(
        self, new_device: Devices, cast: Cast, now: datetime
    ) -> None:
        walk = draft_at("concern", cast, now)
        page = self.warned(new_device, cast, walk.path("concern"))
        typed = page.evaluate(TYPE_EVERYWHERE, "idle")
        self.age(16 * 60)
        page.clock.fast_forward("03:00")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        sign_in_by_hand(page, cast.practitioner)
        expect(page.get_by_role("heading", level=1)).to_have_text("Your concern")
        assert words_lost(typed, page.evaluate(STANDING)) == []
