"""What the scenarios in the browser have in common: an organisation, a draft filled as far as a scene begins, and
what every recorded decision ends with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actions import add_recipient
from accounts.models import User
from decisions.models import Decision
from drafting import actions
from drafting.draft import load
from drafting.steps import step_on_path
from families.details import PersonDetails
from families.models import Family
from rules.included import INCLUDED_KINDS
from safeguarding.demo.filling import filled_page
from safeguarding.demo.organisations import DemoOrganisation, SeededOrganisation
from safeguarding.demo.records import family_of
from tests.browser.hands import Axe, Hands, let_in
from tests.browser.places import DEMO, OTHER, furnish

Story = Mapping[str, Any]
PRIMARY = replace(DEMO, name="Alderbrook Primary School", sector="maintained_school")
CLINIC = replace(DEMO, name="Alderbrook Community Health", sector="nhs")
FAMILY_CHARITY = replace(OTHER, name="Lanternway Family Support", sector="charity")
NOTHING_IN_THE_WAY = "Ready to record"


@dataclass
class Scene:
    """One organisation, its person at the keyboard, and the moment it is."""

    made: SeededOrganisation
    hands: Hands
    now: datetime
    domain: str

    @property
    def author(self) -> User:
        return self.made.practitioner

    def enters(self, login: str) -> None:
        """Somebody sits down, in the place of whoever did before. Journeys sign out and in by hand."""
        let_in(self.hands.page.context, self.hands.site, User.objects.get(email=f"{login}@{self.domain}"))
        self.hands.go("/")
        self.hands.sees("Home")

    def family(self, name: str, people: list[PersonDetails]) -> Family:
        return family_of(self.made, name, people, self.now - timedelta(days=1))

    def knows(self, *recipients: str, kind: str = "other") -> None:
        """In the address book."""
        administrator = next(one for one in self.made.everybody if one.organisation_role == "administrator")
        for name in recipients:
            add_recipient(
                name=name, kind=kind, route_kind="secure_email", route="safe@ravensmere.test",
                checked_on=timezone.localdate(self.now), by=administrator, at=self.now - timedelta(days=1),
            )  # fmt: skip

    def begins(self, family: Family, *, entry_route: str = "DECIDING", at: datetime | None = None) -> Decision:
        begun = at or self.now - timedelta(minutes=50)
        return actions.start(entry_route=entry_route, team=self.made.team, family=family, by=self.author, at=begun)

    def filled(self, draft: Decision, story: Story, *keys: str, at: datetime | None = None) -> None:
        """Pages a scene is not about: their own forms and actions, without the browser between.

        The form reads the day from the clock, so a decision of some weeks ago says why it is late.
        """
        late = {"late_reason": "It was written down on paper first."} if at else {}
        for key in keys:
            read = load(draft, self.author)
            step = step_on_path(read, key)
            assert step is not None, f"{key} is not on the path"
            page = step.page(read, filled_page(read, key, {**story.get(key, {}), **(late if key == "outcome" else {})}))
            assert page.is_valid(), [form.errors for form in page.forms if form.errors]
            version = read.version(step.page.key)
            actions.save_page(page=page, version=version, by=self.author, at=at or self.now - timedelta(minutes=5))

    def opens(self, draft: Decision, key: str) -> None:
        self.hands.go(f"/decisions/{draft.public_id}/draft/{key}/")

    def checks(self, draft: Decision) -> None:
        self.hands.go(f"/decisions/{draft.public_id}/check/")
        self.hands.sees("Check your answers")

    def records(self, draft: Decision) -> Decision:
        """Presses the button on the check page, and stands on the record's own page."""
        self.hands.press("Record this decision")
        made: Decision = Decision.objects.recorded().get(pk=draft.pk)
        self.hands.sees(f"Decision {made.reference}")
        return made

    def reads_record(self, decision: Decision) -> None:
        self.hands.go(f"/decisions/{decision.public_id}/")
        self.hands.sees(f"Decision {decision.reference}")

    def summary(self, decision: Decision) -> str:
        """The text for another case system, as its box holds it."""
        self.hands.go(f"/decisions/{decision.public_id}/summary/")
        self.hands.sees("Summary for another case system")
        return self.hands.page.get_by_label("The summary").input_value()


def set_scene(
    page: Page, server: LiveServer, axe: Axe | None, plan: DemoOrganisation = DEMO, login: str = "practitioner"
) -> Scene:
    """The organisation furnished, and its practitioner signed in."""
    now = timezone.now()
    scene = Scene(furnish(plan, now - timedelta(days=40)), Hands(page, server.url, axe), now, plan.domain)
    scene.enters(login)
    return scene


def said_no(hands: Hands, row: Locator, answer: str, views: str, when: datetime) -> None:
    """Somebody was spoken with, and did not agree."""
    hands.choose("Have you spoken with them about this?", "Yes", row)
    hands.choose("What did they say?", answer, row)
    hands.when("When?", when, row)
    hands.type("How?", "in person", row)
    hands.type("What did they say, in their own words?", views, row)


def too_young(hands: Hands, row: Locator, note: str = "") -> None:
    """With what showed it. Whether an unborn child can decide is not asked, nor why a small child cannot."""
    words = "They cannot decide this: not Gillick competent" if note else "They are too young to be asked"
    hands.choose("Have you spoken with them about this?", words, row)
    if note:
        hands.choose("Is the child Gillick competent?", "Assessed", row)
        hands.choose("What did the assessment find?", "Not Gillick competent for this decision", row)
        hands.type("What is the evidence for this?", note, row)


def informed(hands: Hands, row: Locator, state: str, when: datetime, how: str) -> None:
    hands.choose("Have they been told who gets what, and why?", "Yes, or in part", row)
    hands.choose("When were they informed, or how much?", state, row)
    hands.when("When were they told?", when, row)
    hands.type("How were they told?", how, row)
    hands.choose("Was that way of reaching them safe?", "Yes", row)
    hands.tick("They know who gets what, and why", row)


def weighed(hands: Hands, *, no_more: str, if_shared: str, if_not: str) -> None:
    """The reasons that end the page about the law."""
    hands.type("Why is this no more than is needed?", no_more)
    hands.type("What could happen if you share?", if_shared)
    hands.type("What could happen if you do not?", if_not)
    hands.continue_from("Lawful basis")


def item(
    hands: Hands, row: Locator, *, about: Sequence[str], text: str = "", touches: Sequence[str] = (),
    held: str = "",
) -> None:  # fmt: skip
    """One thing about somebody: given, or held back for a reason; what few need stands behind its details."""
    details_of(row)
    if text:
        hands.type("What is it? One piece of information", text, row)
        hands.choose("What kind is it?", "Seen or said", row)
    for name in about:
        hands.choose("Who is this one about, if it is different?", name, row)
    hands.tick("Withhold" if held else "Share", row)
    if held:
        hands.type("Why is it withheld?", held, row)
    for one in touches:
        includes(hands, one, row)


INCLUDED = {kind.label for kind in INCLUDED_KINDS}


def details_of(row: Locator) -> None:
    folded = row.locator("details:not([open]) > summary")
    if folded.count():
        folded.first.click()


def includes(hands: Hands, one: str, row: Locator) -> None:
    """What the decision includes is asked once, then in which of the items it is."""
    if one not in INCLUDED:
        hands.choose("Is it any of these?", one, row)
        return
    hands.choose("Does what you share include any of these?", one)
    words = row.locator("legend").first.inner_text().strip()
    hands.choose(f"Which of it includes “{one}”?", words)


def unfold(hands: Hands) -> None:
    """Opens everything that is folded away in the form."""
    folded = hands.page.locator("main form details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def one_more_item(hands: Hands) -> Locator:
    """A fresh row at the end of the page."""
    rows = hands.page.get_by_role("group", name=re.compile(r"^(Item|Sentence) \d+$"))
    before = rows.count()
    hands.press("Add another item")
    expect(rows).to_have_count(before + 1)
    return rows.last
