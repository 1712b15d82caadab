"""A baby not yet born, a mother who lost the last one, and a partner who must not know: on a phone, in clinic.

Nobody of this family is on record when the midwife begins. She writes them down in passing, the baby by a due date.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from families.models import Person
from reminders.due import tasks
from safeguarding.demo.stories import SOCIAL_CARE
from tests.browser.hands import Axe
from tests.browser.scenes import (
    CLINIC,
    NOTHING_IN_THE_WAY,
    Scene,
    informed,
    item,
    one_more_item,
    said_no,
    set_scene,
    too_young,
    weighed,
)
from ui.moments import moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BABY, MOTHER, PARTNER = "Unborn baby of Sian", "Sian Harker", "Craig Dunley"
INJURIES = "She had bruises on both arms at booking."
EARLIER = "Her older child was removed in 2023."
PRESENT = "Her partner sat in at every visit."
HISTORY = "Her obstetric history"
VIEWS = "They took my last baby."
SAFELY = "Alone, at the clinic only. Nothing in writing."
DANGER = "He may turn on her if he learns of it."
WORKER = "Ffion Beck, the named social worker"
CRIME = "Criminal offence or allegation"
NEW = re.compile(r"^New person \d+$")


def test_an_unborn_child(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    browser_page.set_viewport_size({"width": 375, "height": 667})
    scene = set_scene(browser_page, live_server, axe, CLINIC)
    nobody_is_here_yet(scene)
    in_passing(scene)
    draft = Decision.objects.get()
    scene.filled(draft, story(scene), "concern", "request", "outcome")
    what_they_say(scene, draft)
    give_and_hold(scene)
    what_lets_you(scene)
    sent_and_informed(scene)
    decision = recorded(scene, draft)
    nothing_goes_home(scene, decision)
    without_reminders(scene, decision)


def story(scene: Scene) -> dict[str, Any]:
    return {
        "concern": {"facts": f"{INJURIES} {EARLIER} {PRESENT}", "level": "s47",
                  "known_risk": "Violence at home. He must not find out."},
        "request": {"trigger": "PRO", "recipients": [SOCIAL_CARE]},
        "outcome": {"outcome": "SHARED_PART", "decided_at": scene.now - timedelta(minutes=30),
                   "why_now": "So that a plan stands before the birth."},
    }  # fmt: skip


def nobody_is_here_yet(scene: Scene) -> None:
    hands = scene.hands
    hands.press("Record a decision")
    hands.sees("Record a decision")
    hands.choose("What do you need to do?", "I am deciding whether to share")
    # With no family to choose from, one that is not here yet is chosen already.
    expect(hands.page.get_by_label("A family that is not here yet", exact=True)).to_be_checked()
    hands.type("What do you call this family?", "Harker")
    hands.press("Start")
    hands.sees("Who this is about")


def in_passing(scene: Scene) -> None:
    """The baby has a due date and no date of birth; somebody born has no due date."""
    hands = scene.hands
    due = timezone.localdate(scene.now) + timedelta(days=83)
    baby = somebody(scene, BABY, "Child or young person", "Date of birth")
    hands.when("Date of birth", timezone.localdate(scene.now), baby)
    hands.select("Who are they in this family?", "Unborn child", baby)
    hands.continue_from("Who this is about", refused="An unborn child has a due date")
    baby = rows(scene).last
    for part in ("Day", "Month", "Year"):
        hands.type(part, "", hands.within("Date of birth", baby))
    hands.choose("What do you know about their age?", "Due date, not yet born", baby)
    hands.when("Due date", due, baby)
    another(scene)
    mother = somebody(scene, MOTHER, "Mother", "Not known")
    hands.follow_summary("More about them", mother)
    hands.choose("Do they have parental responsibility for a child of this family?", "No", mother)
    another(scene)
    partner = somebody(scene, PARTNER, "Partner of a parent", "Not known")
    hands.follow_summary("More about them", partner)
    hands.choose("Do they have parental responsibility for a child of this family?", "No", partner)
    hands.tick("Alleged or suspected source of harm", partner)
    hands.continue_from("Who this is about")
    hands.sees("Your concern")
    known = Person.objects.get(name=BABY)
    assert (known.role, known.due_on, known.date_of_birth, known.age) == ("unborn", due, None, None)


def rows(scene: Scene) -> Locator:
    return scene.hands.page.get_by_role("group", name=NEW)


def another(scene: Scene) -> None:
    before = rows(scene).count()
    scene.hands.press("Add a person")
    expect(rows(scene)).to_have_count(before + 1)


def somebody(scene: Scene, name: str, role: str, age: str) -> Locator:
    row = rows(scene).last
    scene.hands.type("Name", name, row)
    scene.hands.select("Who are they in this family?", role, row)
    scene.hands.choose("What do you know about their age?", age, row)
    return row


def what_they_say(scene: Scene, draft: Decision) -> None:
    hands = scene.hands
    scene.opens(draft, "consent")
    hands.sees("Views and consent")
    baby, mother, partner = (hands.within(name) for name in (BABY, MOTHER, PARTNER))
    expect(baby).to_contain_text("Unborn child, due ")
    expect(partner).to_contain_text("Do not contact them about this.")
    too_young(hands, baby)
    said_no(hands, mother, "They were informed, and object", VIEWS, scene.now - timedelta(hours=1))
    hands.choose("Could they find out about this through someone else?", "Yes", mother)
    expect(partner.get_by_label("Not asked: it is not safe to ask", exact=True)).to_be_checked()
    hands.select("Which reason?", "It puts an adult at risk of serious harm", partner)
    hands.type("What makes you think so?", DANGER, partner)
    hands.type("Who agreed with you?", "Named midwife", partner)
    hands.choose("Could they find out about this through someone else?", "Yes", partner)
    hands.choose("Do they have a real choice about this?", "No, it will be sent whatever they say")
    hands.type("Why does sharing outweigh their views, or not having asked them?", "The baby and she may be hurt.")
    hands.continue_from("Views and consent")


def give_and_hold(scene: Scene) -> None:
    hands = scene.hands
    hands.sees("What you will share")
    first, second = (hands.within(f"Sentence {number}") for number in (1, 2))
    item(hands, first, about=[MOTHER, PARTNER], touches=["Health", CRIME])
    hands.choose("Must not be disclosed to", PARTNER, first)
    item(hands, second, about=[MOTHER])
    item(hands, one_more_item(hands), about=[BABY, MOTHER], text="When it is due", touches=["Health"])
    held = one_more_item(hands)
    item(hands, held, about=[MOTHER], text=HISTORY, touches=["Health"], held="Not needed for a plan.")
    hands.continue_from("What you will share")


def what_lets_you(scene: Scene) -> None:
    hands = scene.hands
    hands.sees("Lawful basis")
    for name in ("Public task", "Safeguarding arrangements", "Child protection enquiries",
                 "Overriding public interest"):  # fmt: skip
        expect(hands.page.get_by_label(name, exact=True)).to_be_checked()
    for name, text in ((BABY, "Not born yet."), (PARTNER, DANGER)):
        hands.type("Why does this apply to them?", text, hands.within(f"{name}: sensitive information"))
    weighed(
        hands,
        no_more="What a plan before the birth needs, and no more.",
        if_shared="She may stop coming to clinic.",
        if_not="The baby is born with no plan.",
    )


def sent_and_informed(scene: Scene) -> None:
    """He will never hear it from us: somebody with a name takes that on, and no day stays."""
    hands = scene.hands
    hands.sees("What was sent and who was told")
    sending = hands.within("Sending 1")
    hands.when("When?", scene.now - timedelta(minutes=20), sending)
    hands.type("How?", "By phone", sending)
    hands.type("Who received it?", "Duty social worker", sending)
    baby, mother, partner = (hands.within(name) for name in (BABY, MOTHER, PARTNER))
    hands.choose("Have they been told who gets what, and why?", "There is nothing to tell them", baby)
    informed(hands, mother, "Informed before sharing", scene.now - timedelta(hours=1), "Alone, in clinic")
    hands.type("How can they be reached safely?", SAFELY, mother)
    hands.choose("What will happen?", "Will not be informed", partner)
    hands.choose("How will this end?", "A named social worker will inform them", partner)
    hands.type("Who will tell them instead?", WORKER, partner)
    hands.type("Who agreed to this?", "Named midwife", partner)
    hands.continue_from("What was sent and who was told")


def recorded(scene: Scene, draft: Decision) -> Decision:
    hands = scene.hands
    hands.sees("Check your answers")
    hands.reads(NOTHING_IN_THE_WAY)
    decision = scene.records(draft)
    due = Person.objects.get(name=BABY).due_on
    hands.reads("Shared part of it", f"Unborn child, due {moment(due)}", VIEWS, DANGER)
    hands.reads("Alleged or suspected source of harm")
    hands.reads("A named social worker will inform them", WORKER, "Crimes and allegations of crime", SAFELY)
    return decision


def nothing_goes_home(scene: Scene, decision: Decision) -> None:
    """He gets no letter, and hers may not go to the home; a text for another system says neither what he must not see
    nor how to reach her."""
    hands = scene.hands
    hands.follow_summary("Letters")
    links = hands.page.locator("main").get_by_role("link")
    expect(links.filter(has_text=f"Letter to {MOTHER}")).to_have_count(1)
    expect(links.filter(has_text=f"Letter to {PARTNER}")).to_have_count(0)
    hands.follow(f"Letter to {MOTHER}")
    hands.choose("How will it reach them?", "Letter to the home")
    hands.press("Make the letter")
    hands.is_refused("Letter that explains what was shared", "Somebody who lives there")
    summary = scene.summary(decision)
    assert summary.startswith("HIDE FROM ONLINE VIEW")
    assert EARLIER in summary
    for kept in (INJURIES, SAFELY):
        assert kept not in summary


def without_reminders(scene: Scene, decision: Decision) -> None:
    """Neither today nor in a year is anybody asked whether he has been told."""
    hands = scene.hands
    hands.go("/")
    hands.sees("Home")
    hands.reads("Nothing is due.")
    day = timezone.localdate(scene.now)
    for user in (scene.made.practitioner, scene.made.supervisor):
        for days in (0, 30, 365):
            assert [
                one.words for one in tasks(user, day + timedelta(days=days)) if one.reference == decision.reference
            ] == []
    scene.enters("supervisor")
    hands.follow("1 decision to review")
    hands.follow(decision.reference)
    hands.sees(f"Review decision {decision.reference}")
    hands.reads(f"{PARTNER}: Will not be informed", HISTORY)
