"""A mother agrees that a charity shares for early help, and changes her mind after the school has it.

What she said first stays. Nothing more may rest on it: the sharing with housing that was planned is refused, and what
is recorded instead is that it stopped, who was told, and what cannot be recalled.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from decisions.models import ConsentEvent, Decision
from drafting import actions
from tests.browser.hands import Axe
from tests.browser.scenes import FAMILY_CHARITY, NOTHING_IN_THE_WAY, Scene, set_scene, unfold, weighed
from tests.decisions import event_stories as stories
from tests.decisions.event_stories import CHILD, HOUSING, MOTHER, SCHOOL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YES, NO = "Yes, please help us.", "Please share nothing more about us."
PAGES = ("people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending")
NO_RISK = "No worry about anybody's safety was seen, so it stops. She may come to us at any time."
INFORMED_THEM = "The school was told on the day after that she has withdrawn."
STAYS = "The report that the school has. The school was asked to keep it closed."


def test_consent_is_taken_back(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    scene = set_scene(browser_page, live_server, axe, FAMILY_CHARITY)
    first = shared(scene)
    withdrawn(scene, first)
    nothing_more(scene, first)
    draft = planned_for_housing(scene, first)
    stopped(scene, draft)
    second = recorded(scene, draft, first)
    in_the_queue(scene, first, second)


def shared(scene: Scene) -> Decision:
    """Four weeks ago, on her word: the school has it, housing has not yet."""
    then = scene.now - timedelta(days=28)
    scene.knows(SCHOOL, HOUSING)
    draft = scene.begins(scene.family("Hartwell", stories.PEOPLE), at=then - timedelta(minutes=50))
    scene.filled(draft, stories.agreed(then), *PAGES, at=then)
    return actions.record(decision=draft, by=scene.author, at=then)


def withdrawn(scene: Scene, first: Decision) -> None:
    """One more row: what she said four weeks ago is as it was."""
    hands = scene.hands
    scene.reads_record(first)
    hands.follow(f"Record {MOTHER}'s views")
    hands.sees("Record their views")
    hands.choose("What do they say now?", "Consent given, then withdrawn")
    hands.when("When did they say so?", scene.now - timedelta(hours=2))
    hands.type("How?", "In writing")
    hands.type("What did they say, in their own words?", NO)
    hands.press("Add to the record")
    hands.sees(f"Decision {first.reference}")
    hands.reads(
        "do not send anything more that relies on it", "Consent given", YES, "Consent given, then withdrawn", NO
    )
    said = ConsentEvent.objects.filter(person__name=MOTHER).order_by("pk").values_list("consent_state", flat=True)
    assert list(said) == ["GIVEN", "WITHDRAWN"]


def nothing_more(scene: Scene, first: Decision) -> None:
    """Whoever goes to send it to housing is told not to."""
    hands = scene.hands
    hands.follow("Record that you sent it")
    hands.sees("Record that you sent it")
    hands.reads("Consent was withdrawn: do not send anything more.")
    scene.reads_record(first)


def planned_for_housing(scene: Scene, first: Decision) -> Decision:
    """In a new decision her answer of today stands there already, and consent lets nobody share against it."""
    hands = scene.hands
    hands.follow("Make a new decision")
    hands.press("Start the new decision")
    hands.sees("Your concern")
    hands.type(f"What has changed since decision {first.reference}?", "She has taken her consent back.")
    hands.continue_from("Your concern")
    hands.sees("Your decision and reasons")
    draft = Decision.objects.get(supersedes=first)
    story = stories.agreed(scene.now)
    say = {"choices": story["consent"]["choices"], "why_outweighs": "Housing would like to know."}
    scene.filled(draft, {**story, "consent": say}, "outcome", "consent", "information")
    scene.opens(draft, "legal_basis")
    hands.sees("Lawful basis")
    unfold(hands)
    hands.page.get_by_label("Consent", exact=True).check()
    weighed(
        hands,
        no_more="Only the moves.",
        if_shared="She stops coming to us.",
        if_not="Housing does not know of the moves.",
    )
    scene.checks(draft)
    blocked = "This person has not consented, so “Consent” cannot be your lawful basis"
    hands.reads("Before you can record this", blocked, "Consent given, then withdrawn")
    hands.press("Record this decision")
    hands.sees("Check your answers")
    assert Decision.objects.recorded().count() == 1
    return draft


def stopped(scene: Scene, draft: Decision) -> None:
    """Who was told, and what cannot be called back, are asked and must be answered."""
    hands = scene.hands
    scene.opens(draft, "outcome")
    hands.choose("What is your decision?", "Stop sharing")
    hands.type("What are your reasons, and why now?", "It was her choice from the start.")
    hands.continue_from("Your decision and reasons")
    hands.sees("What you did instead")
    hands.type("Is anyone at risk now, and what do you do instead?", NO_RISK)
    hands.continue_from("What you did instead", refused="Who was told that it has stopped, and when?")
    hands.type("Who was told that it has stopped, and when?", INFORMED_THEM)
    hands.continue_from("What you did instead", refused="What was sent already, to whom, and cannot be recalled?")
    hands.type("What was sent already, to whom, and cannot be recalled?", STAYS)
    child, mother = hands.within(CHILD), hands.within(MOTHER)
    question = "Have they been told what you decided, and why?"
    hands.choose(question, "There is nothing to tell them", child)
    hands.choose(question, "Yes, or in part", mother)
    hands.choose("When were they informed, or how much?", "Informed afterwards", mother)
    hands.when("When were they told?", timezone.now() - timedelta(minutes=1), mother)
    hands.type("How were they told?", "In writing", mother)
    hands.choose("Was that way of reaching them safe?", "Yes", mother)
    hands.type("What they said, or what was left out", "Told what was sent already, and to whom.", mother)
    hands.continue_from("What you did instead")
    hands.sees("Check your answers")
    hands.reads(NOTHING_IN_THE_WAY)


def recorded(scene: Scene, draft: Decision, first: Decision) -> Decision:
    hands = scene.hands
    second = scene.records(draft)
    hands.reads("Stopped sharing", NO_RISK, INFORMED_THEM, STAYS, "Told what was sent already, and to whom.", NO)
    hands.reads(f"What has changed since decision {first.reference}", "She has taken her consent back.")
    summary = scene.summary(second)
    assert INFORMED_THEM in summary
    assert STAYS in summary
    scene.reads_record(first)
    hands.reads(f"Superseded by decision {second.reference}", YES, NO, SCHOOL, HOUSING)
    # A worry that comes later has a decision of its own to begin, with a basis of its own.
    scene.reads_record(second)
    expect(hands.page.get_by_role("link", name="Make a new decision", exact=True)).to_be_visible()
    expect(hands.page.get_by_role("link", name="Record that you sent it", exact=True)).to_have_count(0)
    return second


def in_the_queue(scene: Scene, first: Decision, second: Decision) -> None:
    scene.enters("supervisor")
    hands = scene.hands
    hands.follow("2 decisions to review")
    hands.reads(first.reference, second.reference, "Stopped sharing")
    hands.follow(second.reference)
    hands.sees(f"Review decision {second.reference}")
    hands.reads("Stopped sharing", NO_RISK)
