"""Consent refused, significant harm: from signing in to the export of the audit log, in a real browser.

A designated safeguarding lead registers the family, writes the disclosure down and records that she shared it over a
mother's objection; the supervisor reviews it; the administrator verifies and exports, and sees no case text.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from safeguarding.demo.stories import SOCIAL_CARE
from tests.browser.exports import administer
from tests.browser.hands import Axe, Hands
from tests.browser.places import DEMO, furnish
from tests.browser.scenes import details_of, includes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHILD, MOTHER, PARTNER = "Tomos Ashdown", "Rhian Ashdown", "Kit Dunmore"
FACTS = "Bruise to the left cheek. Second bruise in three weeks."
WORDS = "He got cross and hit me."
OPINION = "The bruise does not fit a fall from a bunk bed."
CRIME = "Criminal offence or allegation"
SENTENCES: tuple[tuple[str, list[str], list[str]], ...] = (
    ("Bruise to the left cheek.", [CHILD], ["Health"]),
    ("Second bruise in three weeks.", [CHILD], ["Health"]),
    (OPINION, [CHILD], []),
    (WORDS, [CHILD, PARTNER], [CRIME]),
)
RESPONSIBLE = "Do they have parental responsibility for a child of this family?"
VIEWS = "Says it was an accident and does not want social care involved."
PURPOSE = "So that children's services can decide whether he is safe to go home today."
OUTWEIGHS = "Her view is passed on in full; the injury and his own account outweigh it."
NO_MORE = "Only the bruises, his account and attendance. No wider file."
IF_NOT, IF_SHARED = "A further assault tonight.", "She may stop trusting us; she is rung straight after."
PREJUDICE = "Telling him first could affect the account."
HELD = "Unrelated file on special educational needs"
COMMENT = "Right to share, and clearly reasoned."
CASE_TEXT = (CHILD, MOTHER, PARTNER, FACTS, WORDS, OPINION, VIEWS, PURPOSE, OUTWEIGHS, NO_MORE, IF_NOT, PREJUDICE, HELD,
             COMMENT, "Ashdown")  # fmt: skip


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_from_the_first_page_to_the_export(
    browser_page: Page, live_server: LiveServer, axe: Axe, now: datetime
) -> None:
    furnish(DEMO, now - timedelta(days=1))
    hands = Hands(browser_page, live_server.url, axe)
    hands.go("/")
    hands.sees("Sign in")
    hands.press("Sign in")
    hands.is_refused("Sign in", "Enter")
    hands.sign_in("practitioner@demo.test")
    register(hands, now)
    before_the_decision(hands, now)
    what_they_say(hands, now)
    give_and_basis(hands)
    sent_and_informed(hands, now)
    check_and_record(hands)
    decision = Decision.objects.get()
    assert decision.state == Decision.State.RECORDED
    hands.sign_out()
    supervise(hands, decision)
    hands.sign_out()
    administer(hands, CASE_TEXT)


def register(hands: Hands, now: datetime) -> None:
    """The family, three people and a disclosure, through the families' own pages."""
    hands.follow("Families")
    hands.sees("Families")
    hands.press("Register a family")
    hands.sees("Register a family")
    hands.press("Register")
    hands.is_refused("Register a family", "Enter family name")
    hands.type("Family name", "Ashdown")
    hands.press("Register")
    hands.press("Add a person")
    hands.press("Save")
    hands.is_refused("Add a person", "Enter name")
    person(hands, CHILD, "Child or young person", age=8, day=now)
    hands.press("Save and add another")
    person(hands, MOTHER, "Mother", "Yes")
    hands.press("Save and add another")
    person(hands, PARTNER, "Partner of a parent", "No")
    hands.press("Save")
    hands.press("Add a disclosure")
    hands.sees("Add a disclosure")
    hands.type("Who said or saw it?", "Tomos, to his class teacher")
    hands.when("When were they told, or when did they see it?", now - timedelta(minutes=90))
    hands.type("What was seen or heard", FACTS)
    hands.type("Your professional opinion", OPINION)
    hands.type("The child's own words", WORDS)
    hands.choose("What is the level of concern?", "Significant harm, or likely (section 47)")
    hands.press("Save")
    hands.reads(FACTS, WORDS)
    hands.press("Record a decision about this family")


def person(
    hands: Hands, name: str, role: str, responsible: str = "", *, age: int = 0, day: datetime | None = None
) -> None:
    """A child of eight is not asked for parental responsibility."""
    hands.sees("Add a person")
    hands.type("Name", name)
    hands.choose("Who are they in this family?", role)
    if day:
        hands.choose("What do you know about their age?", "Age in years")
        hands.type("Age", str(age))
        hands.when("On which day were they that age?", timezone.localdate(day))
    else:
        hands.choose("What do you know about their age?", "Not known")
    hands.follow_summary("More about them")
    if responsible:
        hands.choose(RESPONSIBLE, responsible)
    else:
        expect(hands.within(RESPONSIBLE)).to_have_count(0)


def before_the_decision(hands: Hands, now: datetime) -> None:
    hands.sees("Record a decision")
    hands.press("Start")
    hands.is_refused("Record a decision", "Choose what you need to do")
    hands.choose("What do you need to do?", "I am deciding whether to share")
    hands.press("Start")

    hands.sees("Who this is about")
    hands.continue_from("Who this is about", refused="Tick at least one person this is about")
    for name in (CHILD, MOTHER, PARTNER):
        hands.tick("Part of this decision", hands.within(name))
    hands.tick("Alleged or suspected source of harm", hands.within(PARTNER))
    hands.continue_from("Who this is about")

    hands.sees("Your concern")
    hands.continue_from("Your concern", refused="What is this decision about?")
    # What was written down already comes first: nothing is typed twice.
    hands.within("What is this decision about?").get_by_role("radio").first.check()
    hands.continue_from("Your concern")

    hands.sees("Who you are sharing with")
    hands.continue_from("Who you are sharing with", refused="How did this start")
    hands.choose("How did this start?", "I have a concern and am thinking of sharing")
    hands.choose("Who would you share it with?", f"{SOCIAL_CARE}, telephone")
    hands.continue_from("Who you are sharing with")

    hands.sees("Your decision and reasons")
    hands.continue_from("Your decision and reasons", refused="What is your decision?")
    hands.choose("What is your decision?", "Share what is needed")
    hands.type("What are your reasons, and why now?", PURPOSE)
    hands.when("When did you decide?", now - timedelta(minutes=40))
    hands.continue_from("Your decision and reasons")


def what_they_say(hands: Hands, now: datetime) -> None:
    hands.sees("Views and consent")
    warning = f"{PARTNER} is an alleged or suspected source of harm. Do not contact them about this."
    hands.reads(warning, "Be open with them")
    hands.continue_from("Views and consent", refused=f"{CHILD}: Answer the question: Have you spoken with them")
    child, mother, partner = (hands.within(name) for name in (CHILD, MOTHER, PARTNER))
    hands.choose(
        "Have you spoken with them about this?",
        "They cannot decide this: not Gillick competent",
        child,
    )
    hands.choose("Is the child Gillick competent?", "Assessed", child)
    hands.choose("What did the assessment find?", "Not Gillick competent for this decision", child)
    hands.type("What is the evidence for this?", "He is 8, not able to decide this.", child)
    hands.choose("Could they find out about this through someone else?", "No", child)
    hands.choose("Have you spoken with them about this?", "Yes", mother)
    hands.choose("What did they say?", "They were informed, and object", mother)
    hands.when("When?", now - timedelta(minutes=50), mother)
    hands.type("How?", "by phone", mother)
    hands.type("What did they say, in their own words?", VIEWS, mother)
    hands.choose("Could they find out about this through someone else?", "Yes", mother)
    # For the possible source of harm, not asking is already the answer.
    hands.select("Which reason?", "It could prejudice a criminal investigation", partner)
    hands.type("What makes you think so?", PREJUDICE, partner)
    hands.type("Who agreed with you?", "Duty manager, children's services", partner)
    hands.choose("Could they find out about this through someone else?", "Yes", partner)
    hands.choose("Do they have a real choice about this?", "No, it will be sent whatever they say")
    hands.type("Why does sharing outweigh their views, or not having asked them?", OUTWEIGHS)
    hands.continue_from("Views and consent")


def give_and_basis(hands: Hands) -> None:
    """Each sentence of page two is one choice; what is new is typed; one thing is held back."""
    hands.sees("What you will share")
    hands.continue_from("What you will share", refused="Choose at least one sentence, or add an item")
    hands.choose("Who is this about?", CHILD)
    for number, (sentence, about, touches) in enumerate(SENTENCES, 1):
        row = hands.within(f"Sentence {number}")
        details_of(row)
        expect(row.get_by_label("What is it? One piece of information")).to_have_value(sentence)
        item(hands, row, about=about, touches=touches)
    hands.press("Add another item")
    row = hands.within(f"Item {len(SENTENCES) + 1}")
    item(hands, row, about=[CHILD], text="Attendance this term", kind="Seen or said")
    hands.press("Add another item")
    row = hands.within(f"Item {len(SENTENCES) + 2}")
    item(hands, row, about=[MOTHER], text="What his mother said on the phone", kind="Seen or said", touches=["Health"])
    hands.press("Add another item")
    row = hands.within(f"Item {len(SENTENCES) + 3}")
    nothing = "It has nothing to do with the injury."
    item(hands, row, about=[CHILD], text=HELD, kind="A document or record", held=nothing)
    hands.continue_from("What you will share")

    hands.sees("Lawful basis")
    hands.follow_summary("Why this?")
    hands.reads("This is a reading of the law in plain words")
    hands.continue_from("Lawful basis", refused="What could happen if you share")
    child, partner = (hands.within(f"{name}: sensitive information") for name in (CHILD, PARTNER))
    hands.type("Why does this apply to them?", "8, not competent for this.", child)
    hands.type("Why does this apply to them?", PREJUDICE, partner)
    hands.type("Why is this no more than is needed?", NO_MORE)
    hands.type("What could happen if you share?", IF_SHARED)
    hands.type("What could happen if you do not?", IF_NOT)
    hands.continue_from("Lawful basis")


def item(
    hands: Hands, row: Locator, *, about: list[str], text: str = "", kind: str = "", touches: Sequence[str] = (),
    held: str = "",
) -> None:  # fmt: skip
    details_of(row)
    if text:
        hands.type("What is it? One piece of information", text, row)
    if kind:
        hands.choose("What kind is it?", kind, row)
    for name in about:
        if name != CHILD or len(about) > 1:
            hands.choose("Who is this one about, if it is different?", name, row)
    hands.tick("Withhold" if held else "Share", row)
    if held:
        hands.type("Why is it withheld?", held, row)
    for one in touches:
        includes(hands, one, row)


def sent_and_informed(hands: Hands, now: datetime) -> None:
    hands.sees("What was sent and who was told")
    hands.continue_from("What was sent and who was told", refused=f"{CHILD}: Choose whether they have been told")
    sending = hands.within("Sending 1")
    hands.when("When?", now - timedelta(minutes=35), sending)
    hands.type("How?", "By phone, then the secure form", sending)
    informed(hands, CHILD, "Informed at the time", now - timedelta(minutes=34), "In words he understood")
    # The talk with her on page five told her: it stands here already.
    expect(hands.within(MOTHER).get_by_label("Informed before sharing", exact=True)).to_be_checked()
    hands.choose("Was that way of reaching them safe?", "Yes", hands.within(MOTHER))
    hands.tick("They know who gets what, and why", hands.within(MOTHER))
    hands.tick("They know that they had no choice about this", hands.within(MOTHER))
    # Why he was not asked is why he is not told yet: it stands here already.
    expect(hands.within(PARTNER).get_by_label("What makes you think so, or what happened?")).to_have_value(PREJUDICE)
    review = timezone.localdate(now) + timedelta(days=3)
    hands.when("When will you review this, or by when will they be told?", review, hands.within(PARTNER))
    hands.continue_from("What was sent and who was told")


def informed(hands: Hands, name: str, state: str, at: datetime, how: str) -> None:
    row = hands.within(name)
    hands.choose("Have they been told who gets what, and why?", "Yes, or in part", row)
    hands.choose("When were they informed, or how much?", state, row)
    hands.when("When were they told?", at, row)
    hands.type("How were they told?", how, row)
    hands.choose("Was that way of reaching them safe?", "Yes", row)
    hands.tick("They know who gets what, and why", row)


def check_and_record(hands: Hands) -> None:
    hands.sees("Check your answers")
    hands.reads("Ready to record", *CASE_TEXT[:-2])
    hands.press("Record this decision")
    decision = Decision.objects.get()
    hands.sees(f"Decision {decision.reference}")
    hands.reads(
        "Shared what was needed", "Maya Thornhill, Designated safeguarding lead",
        "They were informed, and object",
        "Not asked: it is not safe to ask", "It could prejudice a criminal investigation",
        "No, it will be sent whatever",
        "Public task", "Child protection enquiries", "Academies and independent schools",
        "Overriding public interest", "They are not able to give consent", "A function the law gives you",
        "Asking would make it harder to protect someone", "Not shared with " + SOCIAL_CARE, "Informed before sharing",
        "Informed at the time", "Will be informed later", *CASE_TEXT[:-2],
    )  # fmt: skip


def supervise(hands: Hands, decision: Decision) -> None:
    hands.sign_in("supervisor@demo.test")
    hands.follow("1 decision to review")
    hands.sees("Decisions to review")
    hands.reads("Shared what was needed")
    hands.follow(decision.reference)
    heading = f"Review decision {decision.reference}"
    hands.sees(heading)
    hands.reads(VIEWS, OUTWEIGHS)
    hands.press("Record this review")
    hands.is_refused(heading, "Choose the outcome of your review")
    hands.choose("What is the outcome of your review?", "Agreed, with advice")
    hands.type("Your comment", COMMENT)
    hands.press("Record this review")
    hands.sees(f"Decision {decision.reference}")
    hands.reads("Agreed, with advice", "Priya Wendell", COMMENT)
    hands.type("Find a person, a family or a decision", CHILD)
    hands.press("Search")
    hands.sees("Search")
    hands.reads(CHILD, decision.reference, "Agreed, with advice")
