"""A youth worker rings the police at night: an urgent record by phone, completed before it is due.

The street, the times and the words are invented. No family is on record when the urgent record is made.
"""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from decisions.models import Decision, UrgentRecord
from rules.codes import Consent, Informing
from rules.working_days import next_working_day
from tests.browser.effort import Effort, count_taps, swipes_to, taps
from tests.browser.hands import Axe, Hands, let_in
from tests.browser.places import OTHER, furnish
from ui.moments import between, clock, weekday

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# 25 words.
WHO = "boy 14, red coat, bus station"
TOLD = "seen forced into grey car by two adults, his text says help"
WHY = "he was taken away just minutes ago"
POLICE = "Police, 999"
CHILD, FATHER = "Jory Venn", "Col Venn"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def worker(now: datetime) -> User:
    made = furnish(OTHER, now - timedelta(days=3))
    return User.objects.get(pk=made.practitioner.pk)


def on_a_phone(hands: Hands) -> None:
    hands.page.set_viewport_size({"width": 375, "height": 667})


def test_urgent_record_takes_a_minute(browser: Browser, live_server: LiveServer, worker: User) -> None:
    """By touch, on a phone, right after the call: operators counted in the browser, seconds by the model."""
    context = browser.new_context(viewport={"width": 375, "height": 667}, has_touch=True, is_mobile=True)
    page = context.new_page()
    let_in(context, live_server.url, worker)
    count_taps(page)
    page.goto(f"{live_server.url}/decisions/urgent/?entry_route=TOLD")
    swipes = swipes_to(page, "main form button.govuk-button")
    for label, text in (("Who is it about?", WHO), ("What did you tell them?", TOLD)):
        tap_and_type(page, label, text)
    tap(page, "Who did you tell?", POLICE)
    tap_and_type(page, "Why could it not wait?", WHY)
    tap(page, "When did you tell them?", "Just now")
    tap(page, "How did you tell them?", "By phone")
    page.get_by_role("button", name="Record now").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Urgent record")
    effort = Effort(taps=taps(page), characters=len(WHO + TOLD + WHY), thoughts=6, swipes=swipes)
    context.close()
    assert len(f"{WHO} {TOLD} {WHY}".split()) == 25
    assert effort.taps == 7
    assert effort.seconds <= 60
    assert effort.is_no_more_than_written("Urgent record"), effort.row("Urgent record")
    assert UrgentRecord.objects.get().information == TOLD


def tap_and_type(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).tap()
    page.keyboard.type(text)


def tap(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).tap()


def test_from_the_call_to_the_whole_record(
    browser_page: Page, live_server: LiveServer, axe: Axe, now: datetime, worker: User
) -> None:
    hands = Hands(browser_page, live_server.url, axe)
    on_a_phone(hands)
    hands.sign_in(worker.email)
    shared_at = now - timedelta(minutes=664)
    urgent_record_form(hands, shared_at)
    urgent = UrgentRecord.objects.get()
    still_due(hands, urgent)
    the_rest(hands, urgent)
    who_was_informed(hands, urgent, now)
    recorded(hands, urgent)


def urgent_record_form(hands: Hands, shared_at: datetime) -> None:
    hands.go("/decisions/start/")
    hands.press("I need to tell someone now")
    hands.sees("Tell someone now")
    hands.reads("Call first, record later.", "Do not let this delay the call.")
    expect(hands.page.get_by_role("link", name="999", exact=True)).to_have_attribute("href", "tel:999")
    hands.press("Record now")
    hands.is_refused("Tell someone now", "Enter who it is about")
    hands.type("Who is it about?", WHO)
    hands.type("What did you tell them?", TOLD)
    hands.choose("Who did you tell?", POLICE)
    hands.type("Why could it not wait?", "see notes")
    hands.choose("When did you tell them?", "Another day")
    hands.when("On which day, and at what time?", shared_at)
    hands.choose("How did you tell them?", "By phone")
    hands.press("Record now")
    hands.is_refused("Tell someone now", "in words another reader would understand")
    hands.type("Why could it not wait?", WHY)
    hands.press("Record now")
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text("Urgent record")


def still_due(hands: Hands, urgent: UrgentRecord) -> None:
    """Its page and the log say what is due and when, until it is done."""
    due = weekday(next_working_day(timezone.localdate(urgent.recorded_at)))
    hands.sees(f"Urgent record {urgent.reference}")
    hands.reads(f"Recorded. Complete it by {due}.", WHO, TOLD, WHY, POLICE, "By phone", "Nobody can change it")
    hands.go("/decisions/")
    hands.reads("Urgent records, to be completed", urgent.reference, f"Due {due}")
    hands.follow(urgent.reference)


def the_rest(hands: Hands, urgent: UrgentRecord) -> None:
    """Who, how serious, how it began, what they said, what was given, what lets them, who was told: no more."""
    hands.press("Complete your urgent record")
    hands.sees("Complete your urgent record")
    hands.reads(WHO)
    hands.tick("A family that is not here yet")
    hands.type("What do you call this family?", "Boy at the bus station")
    hands.press("Continue")
    hands.sees("Who this is about")
    hands.follow_summary("Show what you recorded")
    hands.reads(TOLD, WHY)
    somebody(hands, CHILD, "Child or young person", "New person 1", "No")
    hands.press("Add a person")
    expect(hands.page.get_by_role("group", name="New person 2", exact=True)).to_have_count(1)
    somebody(hands, FATHER, "Father", "New person 2", "Yes")
    hands.continue_from("Who this is about")
    hands.sees("Your concern")
    expect(hands.page.get_by_label("What was seen or said")).to_have_value(TOLD)
    hands.choose("How serious is it, by your local levels of concern?", "A criminal offence, with no other concern")
    hands.continue_from("Your concern")
    hands.sees("Who you are sharing with")
    hands.choose("How did this start?", "I have a concern and am thinking of sharing")
    hands.continue_from("Who you are sharing with")
    what_they_say(hands)
    what_was_given(hands)


def somebody(hands: Hands, name: str, role: str, legend: str, responsible: str) -> None:
    row = hands.page.get_by_role("group", name=legend, exact=True).last
    hands.type("Name", name, row)
    hands.select("Who are they in this family?", role, row)
    hands.choose("What do you know about their age?", "Not known", row)
    hands.follow_summary("More about them", row)
    hands.choose("Do they have parental responsibility for a child of this family?", responsible, row)


def what_they_say(hands: Hands) -> None:
    """What was meant, why, when and for whom is not asked again: the page of that is passed by."""
    hands.sees("Views and consent")
    for name, why, text in (
        (CHILD, Consent.NOT_SOUGHT_DELAY, "He was gone, and minutes counted."),
        (FATHER, Consent.NOT_CONTACTABLE, "Rang at ten past ten, no answer."),
    ):
        row = hands.within(name)
        hands.choose("Have you spoken with them about this?", "No", row)
        hands.choose("Why not?", why.label, row)
        hands.type("What makes you think so?", text, row)
        hands.choose("Could they find out about this through someone else?", "No", row)
    hands.choose("Do they have a real choice about this?", "No, it will be sent whatever they say")
    hands.type("Why does sharing outweigh their views, or not having asked them?", "A child in danger that minute.")
    hands.continue_from("Views and consent")


def what_was_given(hands: Hands) -> None:
    hands.sees("What you will share")
    hands.tick("Share")
    hands.choose("Who is this about?", CHILD)
    hands.choose("Does what you share include any of these?", "Criminal offence or allegation")
    hands.continue_from("What you will share")
    hands.sees("Lawful basis")
    hands.type("Why is this no more than is needed?", "Only what was needed to find him.")
    hands.type("What could happen if you share?", "He may be angry that the police came.")
    hands.type("What could happen if you do not?", "He may be hurt or taken further away.")
    hands.continue_from("Lawful basis")


def who_was_informed(hands: Hands, urgent: UrgentRecord, now: datetime) -> None:
    hands.sees("What was sent and who was told")
    sending = hands.within("Sending 1")
    expect(sending.get_by_label("How?", exact=True)).to_have_value("By phone")
    expect(sending.get_by_label("Time", exact=True)).to_have_value(clock(timezone.localtime(urgent.shared_at)))
    for name in (CHILD, FATHER):
        row = hands.within(name)
        hands.choose("Have they been told who gets what, and why?", "Yes, or in part", row)
        hands.choose("When were they informed, or how much?", Informing.TOLD_AFTER.label, row)
        hands.when("When were they told?", now - timedelta(minutes=60), row)
        hands.type("How were they told?", "In person", row)
        hands.choose("Was that way of reaching them safe?", "Yes", row)
        hands.tick("They know who gets what, and why", row)
    hands.type("By whom, if not you?", "The police", hands.within(FATHER))
    hands.continue_from("What was sent and who was told")


def recorded(hands: Hands, urgent: UrgentRecord) -> None:
    """Both stand there: as it was first written, and the whole; each with when it happened and when it was written."""
    hands.sees("Check your answers")
    hands.press("Record this decision")
    decision = Decision.objects.recorded().get()
    assert decision.urgent == urgent
    hands.sees(f"Decision {decision.reference}")
    after = between(urgent.shared_at, urgent.recorded_at)
    hands.reads(
        "Shared what was needed", f"The urgent record was made {after} the decision.",
        f"Urgent record {urgent.reference}", WHO, TOLD, WHY, POLICE,
        f"Urgent record {urgent.reference} made",
    )  # fmt: skip
    hands.follow("Decision log")
    assert "Urgent records, to be completed" not in hands.page.locator("main").inner_text()
