"""Neglect below the threshold, and a mother who says that they are managing: not shared, and two weeks later shared.

Early help is her choice, and the form says so. Her no makes nothing worse by itself. What does is a child alone at
eight in the evening; then social care asks for her consent, and is answered.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from families.details import PersonDetails
from safeguarding.demo.stories import SOCIAL_CARE
from tests.browser.hands import Axe
from tests.browser.scenes import (
    NOTHING_IN_THE_WAY,
    PRIMARY,
    Scene,
    item,
    one_more_item,
    said_no,
    set_scene,
    too_young,
    weighed,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHILD, MOTHER = "Perry Sallow", "Dawn Sallow"
FACTS = "He comes hungry, three weeks now. Two letters from the dentist were not answered."
NEED = "A child in need of help (section 17)"
HARM = "Significant harm, or likely (section 47)"
VIEWS = "We are managing."
HER_CHOICE = "Early help is her choice, and nothing says that he comes to significant harm."
INSTEAD = "A place at breakfast club and the school nurse's drop-in; we talk again in two weeks."
QUESTION, ANSWER = "Who looks at his weight until then?", "The school nurse, each Monday."
CHANGED = "He has lost weight, and was found alone at eight in the evening."
REFUSED = "They ask for his mother's consent first."
ANSWERED = "What lets us share is not consent: it is likely significant harm now."
LEVEL = "How serious is it, by your local levels of concern?"
DIVIDED = "His sister's school report"


def test_not_shared_and_shared_when_more_is_known(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    scene = set_scene(browser_page, live_server, axe, PRIMARY)
    day = timezone.localdate(scene.now)
    people = [
        PersonDetails(name=CHILD, role="child", age=6, age_on=day, parental_responsibility="no"),
        PersonDetails(name=MOTHER, role="mother", parental_responsibility="yes"),
    ]
    draft = scene.begins(scene.family("Sallow", people))
    scene.filled(draft, story(), "people", "concern", "request")
    her_choice(scene, draft)
    why_not(scene)
    first = recorded(scene, draft)
    reviewed(scene, first)
    draft = superseded(scene, first)
    with_her_no(scene)
    given(scene)
    second = recorded_again(scene, draft, first)
    would_not_take_it(scene, second)


def story() -> dict[str, Any]:
    return {
        "people": {"people": {name: {"on": "on"} for name in (CHILD, MOTHER)}},
        "concern": {"facts": FACTS, "level": "s17"},
        "request": {"trigger": "PRO", "recipients": [SOCIAL_CARE]},
    }  # fmt: skip


def her_choice(scene: Scene, draft: Decision) -> None:
    """Whether she has a choice is asked here too, and the answer is yes: a school's duty to have arrangements takes
    none away."""
    hands = scene.hands
    scene.opens(draft, "outcome")
    hands.choose("What is your decision?", "Do not share")
    hands.type("What are your reasons, and why now?", HER_CHOICE)
    hands.when("When did you decide?", scene.now - timedelta(minutes=15))
    hands.continue_from("Your decision and reasons")
    hands.sees("Views and consent")
    too_young(hands, hands.within(CHILD), "He is 6.")
    said_no(hands, hands.within(MOTHER), "Consent refused", VIEWS, scene.now - timedelta(hours=20))
    hands.reads("Early help stays the family's choice.")
    hands.choose("Do they have a real choice about this?", "Yes, they can say no and it will not be sent",
                 hands.within(SOCIAL_CARE))  # fmt: skip
    hands.continue_from("Views and consent")


def why_not(scene: Scene) -> None:
    hands = scene.hands
    hands.sees("Reasons for not sharing")
    hands.choose("Could you have shared it?", "There is a lawful basis, but I decided not to share")
    hands.type("What are your reasons for not sharing?", HER_CHOICE)
    hands.type("What could happen if you share?", "She stops talking to us.")
    hands.type("What could happen if you do not?", "He stays hungry until she takes help.")
    hands.continue_from("Reasons for not sharing")
    hands.sees("What you did instead")
    hands.type("What protects the child now, and what did you do instead?", INSTEAD)
    hands.when("When will you review this?", timezone.localdate(scene.now))
    for name, answer in ((CHILD, "There is nothing to tell them"), (MOTHER, "Yes, or in part")):
        hands.choose("Have they been told what you decided, and why?", answer, hands.within(name))
    mother = hands.within(MOTHER)
    hands.choose("When were they informed, or how much?", "Informed at the time", mother)
    hands.when("When were they told?", scene.now - timedelta(minutes=15), mother)
    hands.type("How were they told?", "In person", mother)
    hands.choose("Was that way of reaching them safe?", "Yes", mother)
    hands.continue_from("What you did instead")


def recorded(scene: Scene, draft: Decision) -> Decision:
    """The level is what it was before she said no."""
    hands = scene.hands
    hands.sees("Check your answers")
    hands.reads(NOTHING_IN_THE_WAY, NEED)
    first = scene.records(draft)
    hands.reads("Not shared", f"Choice about {SOCIAL_CARE}", "Yes, they can say no and it will not be sent")
    hands.reads(VIEWS, HER_CHOICE, INSTEAD, NEED)
    assert first.level == "s17"
    assert f"Choice about {SOCIAL_CARE}: Yes, they can say no" in scene.summary(first)
    return first


def reviewed(scene: Scene, first: Decision) -> None:
    """Sent back for clarification; the author's answer; agreed."""
    hands = scene.hands
    outcome(scene, first, "Sent back for clarification", QUESTION)
    hands.reads("Waiting for the author to reply.")
    scene.enters("practitioner")
    hands.reads("Reply to a request for clarification", "Review date")
    hands.page.get_by_role("listitem").filter(has_text="Reply to a request for clarification").get_by_role(
        "link"
    ).click()
    hands.sees("Reply to a request for clarification")
    hands.reads(QUESTION)
    hands.press("Add this reply")
    hands.is_refused("Reply to a request for clarification", "Enter your reply")
    hands.type("Your reply", ANSWER)
    hands.press("Add this reply")
    hands.sees(f"Decision {first.reference}")
    hands.reads(
        "Your reply has been added to the review.", QUESTION, ANSWER, "The decision is waiting for the next review."
    )
    outcome(scene, first, "Agreed", "")
    hands.reads(QUESTION, ANSWER, "Agreed, ")
    scene.enters("practitioner")


def outcome(scene: Scene, decision: Decision, words: str, comment: str) -> None:
    scene.enters("supervisor")
    hands = scene.hands
    hands.follow("1 decision to review")
    hands.follow(decision.reference)
    hands.sees(f"Review decision {decision.reference}")
    hands.choose("What is the outcome of your review?", words)
    if comment:
        hands.press("Record this review")
        hands.is_refused(f"Review decision {decision.reference}", "Enter your advice, your question or your reasons")
        hands.type("Your comment", comment)
    hands.press("Record this review")
    hands.sees(f"Decision {decision.reference}")


def superseded(scene: Scene, first: Decision) -> Decision:
    """From the task on the home page: what was known stands there, and the level is raised by hand for a reason."""
    hands = scene.hands
    hands.page.get_by_role("listitem").filter(has_text="Review date").get_by_role("link").click()
    hands.sees(f"Decision {first.reference}")
    hands.follow("Make a new decision")
    hands.press("Start the new decision")
    hands.sees("Your concern")
    expect(hands.page.get_by_label("What was seen or said")).to_have_value(FACTS)
    expect(hands.within(LEVEL).get_by_label(NEED, exact=True)).to_be_checked()
    hands.type(f"What has changed since decision {first.reference}?", CHANGED)
    hands.type("What was seen or said", f"{FACTS} {CHANGED}")
    hands.choose(LEVEL, HARM)
    hands.continue_from("Your concern")
    hands.sees("Your decision and reasons")
    hands.choose("What is your decision?", "Share part of it")
    hands.type("What are your reasons, and why now?", "So that somebody sees him tonight.")
    hands.continue_from("Your decision and reasons")
    return Decision.objects.get(supersedes=first)


def with_her_no(scene: Scene) -> None:
    """Her words of then stand there; whether she has a choice is asked anew, and it is no now."""
    hands = scene.hands
    hands.sees("Views and consent")
    mother = hands.within(MOTHER)
    expect(mother.get_by_label("Consent refused", exact=True)).to_be_checked()
    expect(mother.get_by_label("What did they say, in their own words?").first).to_have_value(VIEWS)
    hands.continue_from("Views and consent", refused="Do they have a real choice about this?")
    hands.choose("Do they have a real choice about this?", "No, it will be sent whatever they say")
    hands.type("Why does sharing outweigh their views, or not having asked them?", "He is not safe at home now.")
    hands.continue_from("Views and consent")


def given(scene: Scene) -> None:
    hands = scene.hands
    hands.sees("What you will share")
    row = hands.page.get_by_role("group", name="Sentence 3", exact=True)
    item(hands, row, about=[CHILD], touches=["Health"])
    item(hands, one_more_item(hands), about=[MOTHER], text=DIVIDED, held="It is not about him.")
    hands.continue_from("What you will share")
    hands.sees("Lawful basis")
    hands.type("Why does this apply to them?", "He is 6.", hands.within(f"{CHILD}: sensitive information"))
    weighed(
        hands,
        no_more="What shows that he is not safe, and nothing of his sister.",
        if_shared="She may keep him at home.",
        if_not="He is alone again tonight.",
    )
    hands.sees("What was sent and who was told")
    hands.when("When?", timezone.now() - timedelta(minutes=1), hands.within("Sending 1"))
    hands.type("How?", "By phone", hands.within("Sending 1"))
    hands.choose("Have they been told who gets what, and why?", "There is nothing to tell them", hands.within(CHILD))
    hands.choose("Was that way of reaching them safe?", "Yes", hands.within(MOTHER))
    hands.continue_from("What was sent and who was told")


def recorded_again(scene: Scene, draft: Decision, first: Decision) -> Decision:
    hands = scene.hands
    hands.sees("Check your answers")
    hands.reads(NOTHING_IN_THE_WAY)
    second = scene.records(draft)
    hands.reads(f"What has changed since decision {first.reference}", CHANGED, "Not shared", "Shared part of it")
    changed = hands.page.get_by_role("row").filter(has_text="Level of concern")
    expect(changed).to_contain_text(NEED)
    expect(changed).to_contain_text(HARM)
    hands.go("/")
    hands.sees("Home")
    expect(hands.page.locator("main")).not_to_contain_text("Review date")
    return second


def would_not_take_it(scene: Scene, second: Decision) -> None:
    """The refusal, the answer to it, and whom it was taken up with: all three stand on the record."""
    hands = scene.hands
    scene.reads_record(second)
    hands.follow("Record the outcome")
    hands.sees("Record the outcome")
    hands.choose("What happened?", "They did not accept it")
    refusal = hands.page.locator("#conditional-id_kind_2")
    expect(refusal).to_contain_text("whoever your escalation route names")
    hands.type("In a few words", REFUSED)
    hands.press("Add to the record")
    hands.sees(f"Decision {second.reference}")
    scene.enters("supervisor")
    hands.go(f"/reviews/{second.public_id}/")
    hands.sees(f"Review decision {second.reference}")
    hands.reads("Check this first", "did not accept it, or will take no further action: enter who you escalated it to")
    scene.enters("practitioner")
    scene.reads_record(second)
    hands.follow("Record the outcome")
    hands.choose("What happened?", "They did not accept it")
    hands.type("What did you answer?", ANSWERED, hands.page.locator("#conditional-id_kind_2"))
    hands.type("Who did you escalate it to?", "The duty team's manager", hands.page.locator("#conditional-id_kind_2"))
    hands.type("In a few words", "They ask again.")
    hands.press("Add to the record")
    hands.sees(f"Decision {second.reference}")
    hands.reads("They did not accept it", REFUSED, ANSWERED, "The duty team's manager")
    summary = scene.summary(second)
    assert ANSWERED in summary
    assert CHANGED in summary
