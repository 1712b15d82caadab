"""A charity's youth worker is asked for a report, a mother says no, nobody is at risk: not shared, and fully reasoned.

Once without script, and once on a phone 375 pixels wide.
"""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from safeguarding.demo.records import family_of
from safeguarding.demo.stories import HOUSING_PEOPLE
from tests.browser.hands import Axe, Hands
from tests.browser.places import OTHER, furnish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHILD, MOTHER = (person.name for person in HOUSING_PEOPLE)
FACTS = "The family is overcrowded. No worry about welfare was seen."
CLAIMED = "To help put rehousing in order"
WHY = "It is a housing matter that she can take up herself; nobody's welfare needs it."
VIEWS = "The housing dispute is private."
REASON = "Not necessary for safeguarding, and housing can ask her themselves."
IF_SHARED, IF_NOT = "A breach of trust, and her child stops coming.", "A delay to rehousing; she can apply herself."
INSTEAD = "Gave her the housing form and offered to help with it."
REPLY = "Declined, with reasons; will look again if there is something new."


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_without_script(page_without_script: Page, live_server: LiveServer, now: datetime) -> None:
    """axe is a script itself, so here it stays away."""
    page_without_script.set_default_timeout(10_000)
    walk(Hands(page_without_script, live_server.url), now)


def test_on_a_phone(browser_page: Page, live_server: LiveServer, axe: Axe, now: datetime) -> None:
    browser_page.set_viewport_size({"width": 375, "height": 700})
    walk(Hands(browser_page, live_server.url, axe), now)


def walk(hands: Hands, now: datetime) -> None:
    made = furnish(OTHER, now - timedelta(days=1))
    family = family_of(made, "Pellworth", HOUSING_PEOPLE, now - timedelta(hours=5))
    hands.sign_in("practitioner@other.test")
    hands.go(f"/families/{family.public_id}/")
    hands.sees(f"Family {family.reference}")
    hands.press("Record a decision about this family")
    asked(hands, now)
    answered(hands, now)
    instead(hands, now)
    hands.sees("Check your answers")
    hands.press("Record this decision")
    decision = Decision.objects.get()
    assert decision.state == Decision.State.RECORDED
    hands.sees(f"Decision {decision.reference}")
    hands.reads(
        "Not shared", "Jude Marlin, Youth worker", "Consent refused", "There is no lawful basis to share this",
        "Informed afterwards", "Ravensmere Homes",
        CLAIMED, FACTS, WHY, VIEWS, REASON, IF_SHARED, IF_NOT, INSTEAD,
        REPLY,
    )  # fmt: skip
    hands.sign_out()
    reviewed(hands, decision)


def asked(hands: Hands, now: datetime) -> None:
    today = timezone.localdate(now)
    hands.sees("Record a decision")
    hands.choose("What do you need to do?", "I have been asked for information")
    hands.press("Start")
    hands.sees("Who this is about")
    for name in (CHILD, MOTHER):
        hands.tick("Part of this decision", hands.within(name))
    hands.continue_from("Who this is about")
    hands.sees("Your concern")
    hands.type("What was seen or said", FACTS)
    hands.choose("How serious is it, by your local levels of concern?", "No concern about harm, or early help")
    hands.continue_from("Your concern")
    hands.sees("Who you are sharing with")
    # The door said that somebody asked: that is chosen already, and what is missing is said.
    hands.continue_from("Who you are sharing with", refused="Who asked?")
    hands.type("Who asked?", "A housing officer")
    hands.type("Their organisation", "Ravensmere Homes")
    hands.when("When did they ask?", today - timedelta(days=1))
    hands.type("What did they ask for?", "A report on the family")
    hands.type("What do they say it is for?", CLAIMED)
    hands.type("How did you check who they are?", "Rang back on the switchboard number")
    hands.continue_from("Who you are sharing with")


def answered(hands: Hands, now: datetime) -> None:
    hands.sees("Your decision and reasons")
    hands.choose("What is your decision?", "Do not share")
    hands.type("What are your reasons, and why now?", WHY)
    hands.when("When did you decide?", now - timedelta(minutes=15))
    hands.continue_from("Your decision and reasons")
    hands.sees("Views and consent")
    for name, views in ((CHILD, "It is mum's business."), (MOTHER, VIEWS)):
        row = hands.within(name)
        hands.choose("Have you spoken with them about this?", "Yes", row)
        hands.choose("What did they say?", "Consent refused", row)
        hands.when("When?", now - timedelta(hours=2), row)
        hands.type("How?", "in person", row)
        hands.type("What did they say, in their own words?", views, row)
    hands.choose("Is the child Gillick competent?", "Assessed")
    hands.choose("What did the assessment find?", "Gillick competent for part of this decision")
    hands.type("What is the evidence for this?", "Understands the request, less what follows from it.")
    hands.continue_from("Views and consent")
    hands.sees("Reasons for not sharing")
    hands.continue_from("Reasons for not sharing", refused="Could you have shared it?")
    hands.choose("Could you have shared it?", "There is no lawful basis to share this")
    hands.type("What are your reasons for not sharing?", REASON)
    hands.type("What could happen if you share?", IF_SHARED)
    hands.type("What could happen if you do not?", IF_NOT)
    hands.continue_from("Reasons for not sharing")


def instead(hands: Hands, now: datetime) -> None:
    hands.sees("What you did instead")
    hands.continue_from("What you did instead", refused="What protects the child now, and what did you do instead?")
    hands.type("What protects the child now, and what did you do instead?", INSTEAD)
    hands.type("What was the person who asked told?", REPLY)
    hands.when("When will you review this?", timezone.localdate(now) + timedelta(days=30))
    for name in (CHILD, MOTHER):
        row = hands.within(name)
        hands.choose("Have they been told what you decided, and why?", "Yes, or in part", row)
        hands.choose("When were they informed, or how much?", "Informed afterwards", row)
        hands.when("When were they told?", now - timedelta(minutes=10), row)
        hands.type("How were they told?", "In person", row)
        hands.choose("Was that way of reaching them safe?", "Yes", row)
    hands.continue_from("What you did instead")


def reviewed(hands: Hands, decision: Decision) -> None:
    """A refusal goes to the supervisor just as a sharing does."""
    hands.sign_in("supervisor@other.test")
    hands.follow("1 decision to review")
    hands.follow(decision.reference)
    hands.sees(f"Review decision {decision.reference}")
    hands.reads("Not shared", REASON, INSTEAD)
    hands.choose("What is the outcome of your review?", "Agreed")
    hands.press("Record this review")
    hands.sees(f"Decision {decision.reference}")
    hands.reads("Rowan Pike")
