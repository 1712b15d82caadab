"""A girl of fifteen who can decide this herself says no: her mother is not asked in her place, and part is shared.

Two months of cutting, thoughts of ending her life, a crisis team that has to know tonight. What she told in
confidence about herself stays with the school.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from families.details import PersonDetails
from tests.browser.hands import Axe
from tests.browser.scenes import NOTHING_IN_THE_WAY, PRIMARY, Scene, details_of, informed, item, said_no, set_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GIRL, MOTHER, CRISIS = "Isla Fenwick", "Joanne Fenwick", "Ravensmere young people's crisis team"
FACTS = "She has cut her arms for two months. She thought this week of ending her life. She denies a plan."
HELD = "What she told in confidence about who she loves"
VIEWS = "Mum will be told about the cutting."
WISH = "She agreed to go with me today if her mother is not told today."
CAPABLE = "This person is able to give consent and refused"
AFTER_NO = "a refusal alone is not one of the three reasons"


def story(scene: Scene) -> dict[str, Any]:
    return {
        "people": {"people": {GIRL: {"on": "on"}, MOTHER: {"on": "on"}}},
        "concern": {"facts": FACTS, "level": "s17_high"},
        "request": {"trigger": "PRO", "recipients": [CRISIS]},
        "outcome": {"outcome": "SHARED_PART", "why_now": "So that she is seen for her mental health today.",
                   "decided_at": scene.now - timedelta(minutes=20)},
    }  # fmt: skip


def test_a_young_person_who_can_decide(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    scene = set_scene(browser_page, live_server, axe, PRIMARY)
    scene.knows(CRISIS, kind="health")
    day = timezone.localdate(scene.now)
    people = [
        PersonDetails(name=GIRL, role="child", age=15, age_on=day, parental_responsibility="no"),
        PersonDetails(name=MOTHER, role="mother", parental_responsibility="yes"),
    ]
    draft = scene.begins(scene.family("Fenwick", people))
    scene.filled(draft, story(scene), "people", "concern", "request", "outcome")
    what_they_say(scene, draft)
    give_and_hold(scene)
    not_for_want_of_her_word(scene)
    sent_and_informed(scene)
    decision = recorded(scene, draft)
    supervised(scene, decision)


def what_they_say(scene: Scene, draft: Decision) -> None:
    """She is asked about herself; nothing lets her mother answer for her."""
    hands = scene.hands
    scene.opens(draft, "consent")
    hands.sees("Views and consent")
    girl, mother = hands.within(GIRL), hands.within(MOTHER)
    said_no(hands, girl, "Consent refused", VIEWS, scene.now - timedelta(minutes=45))
    hands.choose("Is the child Gillick competent?", "Assessed", girl)
    hands.choose("What did the assessment find?", "Gillick competent for this decision", girl)
    understands = "Understands what could follow, explains her reasons, nobody presses her."
    hands.type("What is the evidence for this?", understands, girl)
    for row in (girl, mother):
        assert "for the child" not in row.inner_text().lower()
        assert "on behalf" not in row.inner_text().lower()
    hands.choose("Could they find out about this through someone else?", "Yes", girl)
    hands.choose("Have you spoken with them about this?", "No", mother)
    hands.choose("Why not?", "Not asked: it is not safe to ask", mother)
    hands.select("Which reason?", "A competent young person asked us not to", mother)
    hands.type("What makes you think so?", WISH, mother)
    hands.type("Who agreed with you?", "Head teacher", mother)
    hands.choose("Could they find out about this through someone else?", "Yes", mother)
    hands.choose("Do they have a real choice about this?", "No, it will be sent whatever they say")
    why = "Her wish is kept as to her mother. Her life is in danger, so the crisis team has to know."
    hands.type("Why does sharing outweigh their views, or not having asked them?", why)
    hands.continue_from("Views and consent")


def give_and_hold(scene: Scene) -> None:
    """What is held back needs its own reason: left empty, or with a dash, the page stays."""
    hands = scene.hands
    hands.sees("What you will share")
    for number in range(1, len(FACTS.rstrip(".").split(". ")) + 1):
        row = hands.within(f"Sentence {number}")
        item(hands, row, about=[GIRL], touches=["Health"])
    hands.press("Add another item")
    held = hands.within("Item 4")
    hands.type("What is it? One piece of information", HELD, held)
    hands.choose("What kind is it?", "Seen or said", held)
    details_of(held)
    hands.choose("Who is this one about, if it is different?", GIRL, held)
    hands.tick("Withhold", held)
    hands.choose("Is it any of these?", "Told in confidence", held)
    hands.choose("Must not be disclosed to", MOTHER, held)
    hands.continue_from("What you will share", refused="Enter why it is withheld")
    hands.type("Why is it withheld?", "Not needed to keep her safe, and told in confidence.", hands.within("Item 4"))
    hands.continue_from("What you will share")


def not_for_want_of_her_word(scene: Scene) -> None:
    """She is able to give consent and refused, so "not able to give consent" is not true of her."""
    hands = scene.hands
    hands.sees("Lawful basis")
    row = hands.within(f"{GIRL}: sensitive information")
    expect(row.get_by_label("A function the law gives you", exact=True)).to_be_checked()
    paragraph_18(scene, "They are not able to give consent")
    hands.type("Why is this no more than is needed?", "Only the risk. What she told about herself is held back.")
    hands.type("What could happen if you share?", "She may stop talking to us.")
    hands.type("What could happen if you do not?", "She may die.")
    hands.continue_from("Lawful basis", refused="Why does this apply to them?")
    hands.type("Why does this apply to them?", "She is fifteen.", hands.within(f"{GIRL}: sensitive information"))
    hands.continue_from("Lawful basis")


def paragraph_18(scene: Scene, reason: str) -> None:
    hands = scene.hands
    row = hands.within(f"{GIRL}: sensitive information")
    condition = hands.within("Which further condition? (Data Protection Act 2018 Schedule 1)", row)
    folded = condition.locator("details:not([open]) > summary")
    if folded.count():
        folded.first.click()
    condition.get_by_label("A function the law gives you", exact=True).uncheck()
    condition.get_by_label("Safeguarding children and people at risk", exact=True).check()
    hands.choose("Why without their consent?", reason, row)


def sent_and_informed(scene: Scene) -> None:
    hands = scene.hands
    hands.sees("What was sent and who was told")
    sending = hands.within("Sending 1")
    hands.when("When?", scene.now - timedelta(minutes=15), sending)
    hands.type("How?", "By phone, then secure e-mail", sending)
    hands.type("Who received it?", "The nurse on duty", sending)
    informed(hands, hands.within(GIRL), "Informed before sharing", scene.now - timedelta(minutes=45), "In person")
    mother = hands.within(MOTHER)
    hands.choose("Have they been told who gets what, and why?", "Not yet, or not by me", mother)
    hands.choose("What will happen?", "Will be informed later", mother)
    hands.select("Which reason?", "A competent young person asked us not to", mother)
    hands.type("What makes you think so, or what happened?", WISH, mother)
    tomorrow = timezone.localdate(scene.now) + timedelta(days=1)
    hands.when("When will you review this, or by when will they be told?", tomorrow, mother)
    hands.continue_from("What was sent and who was told")


def recorded(scene: Scene, draft: Decision) -> Decision:
    """Blocked with that reason; with another, explained, it may be recorded and the supervisor is told first."""
    hands = scene.hands
    hands.sees("Check your answers")
    hands.reads("Before you can record this", CAPABLE)
    hands.press("Record this decision")
    hands.sees("Check your answers")
    assert not Decision.objects.recorded().exists()
    scene.opens(draft, "legal_basis")
    hands.choose("Why without their consent?", "Asking would make it harder to protect someone",
                 hands.within(f"{GIRL}: sensitive information"))  # fmt: skip
    why = "Asking her mother would end her coming with us to be seen."
    hands.type("Why does this apply to them?", why, hands.within(f"{GIRL}: sensitive information"))
    hands.continue_from("Lawful basis")
    hands.sees("Check your answers")
    hands.reads(NOTHING_IN_THE_WAY, AFTER_NO, "A young person's wish is not enough alone")
    decision = scene.records(draft)
    hands.reads("Shared part of it", "Gillick competent for this decision", "Consent refused", VIEWS, HELD, why)
    hands.reads(f"Not shared with {CRISIS}", "Will be informed later", "A competent young person asked us not to")
    summary = scene.summary(decision)
    assert FACTS.split(". ", maxsplit=1)[0] in summary
    assert HELD not in summary
    return decision


def supervised(scene: Scene, decision: Decision) -> None:
    scene.enters("supervisor")
    hands = scene.hands
    hands.follow("1 decision to review")
    hands.follow(decision.reference)
    hands.sees(f"Review decision {decision.reference}")
    hands.reads("Check this first", AFTER_NO, "A young person's wish is not enough alone", HELD)
    hands.choose("What is the outcome of your review?", "Agreed")
    hands.press("Record this review")
    hands.sees(f"Decision {decision.reference}")
