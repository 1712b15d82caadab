"""A person at the keyboard: finds everything by the words on the screen, and never by an id."""

import os
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import User
from ui.moments import clock

Axe = Callable[[Page], list[str]]
PASSWORD = "lantern-orchard-37"


def _question(label: str) -> re.Pattern[str]:
    """The whole label, which says "(optional)" at its end where no answer is needed."""
    return re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")


def let_in(context: BrowserContext, site: str, user: User) -> None:
    """Past the sign-in page, which has tests of its own. Whoever was signed in there before is so no more."""
    client = Client()
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])


class Hands:
    """What is on a page is asked for by role and label, so what cannot be found so cannot be used by everybody."""

    def __init__(self, page: Page, site: str, axe: Axe | None = None) -> None:
        self.page = page
        self.site = site
        self.axe = axe
        self.looked_at = 0

    def go(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def sign_in(self, email: str) -> None:
        self.go("/sign-in/")
        self.type("Email address", email)
        self.type("Password", PASSWORD)
        self.press("Sign in")
        self.sees("Home")

    def sign_out(self) -> None:
        self.press("Sign out")
        expect(self.page.get_by_role("button", name="Sign out")).to_have_count(0)

    def sees(self, heading: str) -> None:
        """The page with that heading, and nothing on it that breaks WCAG or runs off its side."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.inspect(heading)

    def inspect(self, name: str) -> None:
        self.looked_at += 1
        self._picture(name)
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(sideways) <= 0, f"{name} is wider than its window"
        if self.axe:
            assert self.axe(self.page) == [], name

    def is_refused(self, heading: str, message: str) -> None:
        """Back on the same page, the message in its summary."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(message)
        self.sees(heading)

    def within(self, legend: str, where: Locator | Page | None = None) -> Locator:
        return (where or self.page).get_by_role("group", name=_question(legend)).first

    def type(self, label: str, text: str, where: Locator | Page | None = None) -> None:
        box = (where or self.page).get_by_label(_question(label)).first
        folded = box.locator("xpath=ancestor::details[not(@open)]")
        if folded.count():
            folded.locator("summary").click()
        box.fill(text)

    def tick(self, label: str, where: Locator | Page | None = None) -> None:
        (where or self.page).get_by_label(label, exact=True).first.check()

    def choose(self, question: str, answer: str, where: Locator | Page | None = None) -> None:
        """A radio button or a tick under a question."""
        self.within(question, where).get_by_label(answer, exact=True).first.check()

    def select(self, label: str, answer: str, where: Locator | Page | None = None) -> None:
        (where or self.page).get_by_label(_question(label)).first.select_option(label=answer)

    def when(self, question: str, when: datetime | date, where: Locator | Page | None = None) -> None:
        """A date in three parts, and its time where there is one."""
        group = self.within(question, where)
        local = timezone.localtime(when) if isinstance(when, datetime) else when
        for part in ("day", "month", "year"):
            group.get_by_label(part.capitalize(), exact=True).fill(str(getattr(local, part)))
        if isinstance(local, datetime):
            group.get_by_label("Time", exact=True).fill(clock(local))

    def press(self, name: str) -> None:
        """What is typed is kept before it is sent, so the next page comes a moment after the click."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def follow_summary(self, text: str, where: Locator | Page | None = None) -> None:
        """Opens what is folded away under those words."""
        (where or self.page).locator("summary", has_text=text).first.click()

    def continue_from(self, heading: str, *, refused: str = "") -> None:
        """Save and continue; with `refused` the page must say that and stay.

        A page that has something to say first is read, and sent again.
        """
        self.press("Save and continue")
        if refused:
            self.is_refused(heading, refused)
        elif self.page.get_by_role("heading", name="Before you go on").count():
            self.sees(heading)
            self.press("Save and continue")

    def reads(self, *texts: str) -> None:
        main = self.page.locator("main")
        for text in texts:
            expect(main).to_contain_text(text)

    def _picture(self, name: str) -> None:
        """Kept for a person's eyes when PICTURES names a folder."""
        folder = os.environ.get("PICTURES")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{self.looked_at:02}-{name.lower()}.png", full_page=True)
