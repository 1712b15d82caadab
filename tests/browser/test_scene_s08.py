"""A girl moves to another school, her mother objects, and her whole child protection file goes with her.

Five school days for sending it, an overdue badge after that, and a receipt that is outstanding until it is entered.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from drafting import actions
from families.details import PersonDetails
from rules.working_days import add_working_days
from tests.browser.hands import Axe
from tests.browser.scenes import NOTHING_IN_THE_WAY, PRIMARY, Scene, informed, said_no, set_scene, too_young, weighed
from ui.moments import moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHILD, MOTHER, SCHOOL = "Mabel Orchard", "Ruth Orchard", "Hollin Bank Academy"
FACTS = "She has been on a child protection plan since March. Her file holds two strategy meetings."
WHOLE = "The duty to protect her passes to the new school, which needs all of it."
VIEWS = "I want a fresh start for her."
MEETING = "A parent cannot stop the transfer. She was offered a meeting with the new school's lead."


def people(day: datetime) -> list[PersonDetails]:
    on = timezone.localdate(day)
    return [
        PersonDetails(name=CHILD, role="child", age=11, age_on=on, parental_responsibility="no"),
        PersonDetails(name=MOTHER, role="mother", parental_responsibility="yes"),
    ]


def test_a_file_on_its_way(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    scene = set_scene(browser_page, live_server, axe, PRIMARY)
    scene.knows(SCHOOL, kind="school")
    family = scene.family("Orchard", people(scene.now))
    draft = scene.begins(family)
    scene.filled(draft, story(scene.now), "people", "concern")
    started(scene, draft)
    what_they_say(scene)
    give_and_basis(scene)
    nothing_sent_yet(scene)
    decision = recorded(scene, draft)
    sent(scene, decision)
    receipt(scene, decision)


def story(at: datetime, *, days: int = 0) -> dict[str, Any]:
    """All of it, for the file that nobody sent in time."""
    decided = at - timedelta(minutes=15, days=days)
    return {
        "people": {"people": {CHILD: {"on": "on"}, MOTHER: {"on": "on"}}},
        "concern": {"facts": FACTS, "level": "s17"},
        "request": {"trigger": "KCSIE_TRANSFER", "recipients": [SCHOOL]},
        "outcome": {"outcome": "SHARED_WHOLE_FILE", "whole_file_reason": WHOLE, "decided_at": decided,
                   "why_now": "She starts at her new school this week."},
        "consent": {
            "consent": {
                CHILD: {"spoken": "cannot", "cannot": "NOT_COMPETENT", "looked_at": "yes",
                        "competence": "NOT_COMPETENT", "could_hear": "no",
                        "competence_note": "She is 11 and it is not hers to stop."},
                MOTHER: {"spoken": "yes", "said": "OBJECTED", "consent_at": decided, "consent_how": "in person",
                         "views": VIEWS, "could_hear": "yes"},
            },
            "choices": {SCHOOL: {"choice": "no"}},
            "why_outweighs": MEETING,
        },
        "information": {"item": [{"text": "Her child protection file", "kind": "document", "about": [CHILD, MOTHER],
                           "give_to": [SCHOOL]}]},
        "legal_basis": {"why_no_more": "All of it is needed.", "risk_if_shared": "Her mother may lose trust.",
                  "risk_if_not": "The new school does not know the risk."},
        "sending": {"sending": [],
                 "informing": {CHILD: {"informed": "none"},
                          MOTHER: {"informed": "yes", "informed_state": "TOLD_BEFORE", "informed_at": decided,
                                   "informed_how": "In person", "informed_safely": "yes"}}},
    }  # fmt: skip


def started(scene: Scene, draft: Decision) -> None:
    """How it began leaves no doubt; the whole file is asked for a reason of its own."""
    hands = scene.hands
    scene.opens(draft, "request")
    hands.sees("Who you are sharing with")
    hands.choose("How did this start?", "A child is moving to another school or college")
    hands.when("When does the child start at the new school?", timezone.localdate(scene.now - timedelta(minutes=15)))
    hands.choose("Who would you share it with?", f"{SCHOOL}, secure email")
    hands.continue_from("Who you are sharing with")
    hands.sees("Your decision and reasons")
    hands.choose("What is your decision?", "Share the whole file")
    hands.type("What are your reasons, and why now?", "She starts at her new school this week.")
    hands.when("When did you decide?", scene.now - timedelta(minutes=15))
    hands.continue_from("Your decision and reasons", refused="Why the whole file, when part is nearly always enough?")
    hands.type("Why the whole file, when part is nearly always enough?", WHOLE)
    hands.continue_from("Your decision and reasons")


def what_they_say(scene: Scene) -> None:
    hands = scene.hands
    hands.sees("Views and consent")
    child, mother = hands.within(CHILD), hands.within(MOTHER)
    too_young(hands, child, "She is 11 and it is not hers to stop.")
    hands.choose("Could they find out about this through someone else?", "No", child)
    said_no(hands, mother, "They were informed, and object", VIEWS, scene.now - timedelta(hours=2))
    hands.choose("Could they find out about this through someone else?", "Yes", mother)
    hands.choose("Do they have a real choice about this?", "No, it will be sent whatever they say")
    hands.type("Why does sharing outweigh their views, or not having asked them?", MEETING)
    hands.continue_from("Views and consent")


def give_and_basis(scene: Scene) -> None:
    hands = scene.hands
    hands.sees("What you will share")
    hands.press("Add another item")
    row = hands.within("Item 3")
    hands.type("What is it? One piece of information", "Her child protection file", row)
    hands.choose("What kind is it?", "A document or record", row)
    for name in (CHILD, MOTHER):
        hands.choose("Who is this about?", name)
    hands.tick("Share", row)
    hands.choose("Does what you share include any of these?", "None of these")
    hands.continue_from("What you will share")
    hands.sees("Lawful basis")
    for name in ("Public task", "Child protection file to the new school", "Schools and colleges: pupils' welfare",
                 "Overriding public interest"):  # fmt: skip
        expect(hands.page.get_by_label(name, exact=True)).to_be_checked()
    weighed(
        hands,
        no_more="All of it is needed: the duty passes on.",
        if_shared="Her mother may lose trust; she is offered a meeting.",
        if_not="The new school does not know the risk.",
    )


def nothing_sent_yet(scene: Scene) -> None:
    hands = scene.hands
    hands.sees("What was sent and who was told")
    hands.choose("Have they been told who gets what, and why?", "There is nothing to tell them", hands.within(CHILD))
    informed(hands, hands.within(MOTHER), "Informed before sharing", scene.now - timedelta(hours=2), "In person")
    hands.continue_from("What was sent and who was told")


def recorded(scene: Scene, draft: Decision) -> Decision:
    """From then on the days are counted down."""
    hands = scene.hands
    hands.sees("Check your answers")
    hands.reads(NOTHING_IN_THE_WAY)
    decision = scene.records(draft)
    last = add_working_days(timezone.localdate(decision.decided_at), 5)
    hands.reads("Decided to share – not yet sent", WHOLE, VIEWS, MEETING, "Not sent yet",
                f"Send the file to the next school by {moment(last)}", "school days left",
                "within 5 school days")  # fmt: skip
    assert WHOLE in scene.summary(decision)
    scene.reads_record(decision)
    return decision


def sent(scene: Scene, decision: Decision) -> None:
    """Apart from the main file, by a secure system; that it has arrived is still to be heard."""
    hands = scene.hands
    hands.follow("Record that you sent it")
    hands.sees("Record that you sent it")
    hands.select("Sent to", SCHOOL)
    hands.when("When?", timezone.now())
    hands.type("How?", "By the secure system, apart from her main file")
    hands.press("Add to the record")
    hands.sees(f"Decision {decision.reference}")
    hands.reads("Shared the whole file", "Receipt outstanding",
                f"{SCHOOL} has not confirmed that the file has arrived.",
                "By the secure system, apart from her main file")  # fmt: skip


def receipt(scene: Scene, decision: Decision) -> None:
    hands = scene.hands
    hands.page.get_by_role("button", name="Record a receipt").click()
    hands.sees("Record a receipt")
    hands.when("When was it received?", timezone.now())
    hands.type("Who confirmed it?", "Their safeguarding lead, by phone")
    hands.press("Add to the record")
    hands.sees(f"Decision {decision.reference}")
    hands.reads("Received", "Sent, and received.", "Their safeguarding lead, by phone")
    assert "Receipt outstanding" not in hands.page.locator("main").inner_text()


def test_a_file_nobody_sent(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    """Ten days on the record's page says overdue, in words as well as in red, and so does the home page."""
    scene = set_scene(browser_page, live_server, axe, PRIMARY)
    scene.knows(SCHOOL, kind="school")
    then = scene.now - timedelta(days=12)
    draft = scene.begins(scene.family("Orchard", people(then)), at=then - timedelta(hours=1))
    keys = ("people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending")
    scene.filled(draft, story(then), *keys, at=then)
    decision = actions.record(decision=draft, by=scene.author, at=then)
    scene.reads_record(decision)
    scene.hands.reads("Overdue", "The file was due at the next school by", "Send it now.")
    scene.hands.go("/")
    scene.hands.sees("Home")
    due = scene.hands.page.get_by_role("listitem").filter(has_text=decision.reference)
    expect(due.first).to_contain_text("Overdue")
    due.first.get_by_role("link").click()
    scene.hands.sees(f"Decision {decision.reference}")
