"""A child protection team asks a health visitor for the full records of both parents: it gets what it needs.

Each thing held back has its reason, the answer to the team is on the record, and when it asks again a new decision
is linked to the first.
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
from tests.browser.scenes import CLINIC, NOTHING_IN_THE_WAY, Scene, item, one_more_item, set_scene, unfold, weighed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHILD, MOTHER, FATHER = "Noah Tarn", "Gwen Tarn", "Iwan Tarn"
TEAM = "Ravensmere child protection team"
FACTS = "His weight has dropped two lines since March. He missed three appointments."
SCORE, HISTORY, EARLIER = (
    "Her latest score for low mood",
    "His father's history with his doctor",
    "An operation in 2015",
)
NOT_RELEVANT, NOT_SHOWN = "It says nothing about this child.", "We do not hold it, and no need for it is shown."
REPLY = "Tell us what you need the rest for, and we will look again."
CHANGED = "They now say that she told them of the operation herself and ask only for its date."


def test_more_is_asked_for_than_is_needed(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    scene = set_scene(browser_page, live_server, axe, CLINIC)
    day = timezone.localdate(scene.now)
    people = [
        PersonDetails(name=CHILD, role="child", age=2, age_on=day, parental_responsibility="no"),
        PersonDetails(name=MOTHER, role="mother", parental_responsibility="yes"),
        PersonDetails(name=FATHER, role="father", parental_responsibility="yes"),
    ]
    draft = scene.begins(scene.family("Tarn", people), entry_route="ASKED")
    scene.filled(draft, story(scene), "people", "concern")
    asked(scene, draft)
    scene.filled(draft, story(scene), "outcome", "consent")
    item_by_item(scene, draft)
    what_lets_you(scene)
    answered(scene, draft)
    decision = recorded(scene, draft)
    asked_again(scene, decision)


def story(scene: Scene) -> dict[str, Any]:
    now = scene.now
    return {
        "people": {"people": {name: {"on": "on"} for name in (CHILD, MOTHER, FATHER)}},
        "concern": {"facts": FACTS, "level": "s47"},
        "outcome": {"outcome": "SHARED_PART", "decided_at": now - timedelta(minutes=20),
                   "why_now": "So that the team can see how he grows and whether he is hurt."},
        "consent": {
            "consent": {
                CHILD: {"spoken": "cannot", "cannot": "NOT_COMPETENT", "looked_at": "yes",
                        "competence": "NOT_COMPETENT", "competence_note": "He is 2.", "could_hear": "no"},
                MOTHER: {"spoken": "yes", "said": "OBJECTED", "consent_at": now - timedelta(hours=3),
                         "consent_how": "by phone", "views": "My health is nobody's business.", "could_hear": "yes"},
                FATHER: {"spoken": "no", "not_said": "NOT_CONTACTABLE", "could_hear": "yes",
                         "not_asked_text": "Rang on three days; he did not answer and the enquiry cannot wait."},
            },
            "choices": {TEAM: {"choice": "no"}},
            "why_outweighs": "The enquiry needs to know how he grows; her objection goes with it.",
        },
    }  # fmt: skip


def asked(scene: Scene, draft: Decision) -> None:
    """Who asked becomes the first recipient by that alone."""
    hands = scene.hands
    scene.opens(draft, "request")
    hands.sees("Who you are sharing with")
    expect(hands.page.get_by_label("Someone has asked for information", exact=True)).to_be_checked()
    hands.type("Who asked?", "A social worker")
    hands.type("Their organisation", TEAM)
    hands.when("When did they ask?", timezone.localdate(scene.now))
    hands.type("What did they ask for?", "The full records of both parents")
    hands.type("What do they say it is for?", "A child protection enquiry")
    hands.type("How did you check who they are?", "Rang back on the switchboard number")
    hands.type("Their reference", "inv-17")
    hands.continue_from("Who you are sharing with")
    hands.sees("Your decision and reasons")


def item_by_item(scene: Scene, draft: Decision) -> None:
    hands = scene.hands
    scene.opens(draft, "information")
    hands.sees("What you will share")
    for number in (1, 2):
        item(hands, hands.within(f"Sentence {number}"), about=[CHILD], touches=["Health"])
    item(hands, one_more_item(hands), about=[MOTHER], text=SCORE, touches=["Health"])
    item(hands, one_more_item(hands), about=[FATHER], text=HISTORY, touches=["Health"], held=NOT_SHOWN)
    last = one_more_item(hands)
    item(hands, last, about=[MOTHER], text=EARLIER, touches=["Health"], held=NOT_RELEVANT)
    hands.continue_from("What you will share")


def what_lets_you(scene: Scene) -> None:
    """A duty that is made and not in force cannot be chosen."""
    hands = scene.hands
    hands.sees("Lawful basis")
    unfold(hands)
    expect(hands.page.get_by_label("Child protection enquiries", exact=True)).to_be_visible()
    expect(hands.page.get_by_label("Duty to share information about a child", exact=True)).to_have_count(0)
    child = hands.within(f"{CHILD}: sensitive information")
    hands.type("Why does this apply to them?", "2 years old.", child)
    weighed(
        hands,
        no_more="Each thing was looked at by itself.",
        if_shared="She may miss our visits.",
        if_not="Nobody sees that he is losing weight.",
    )


def answered(scene: Scene, draft: Decision) -> None:
    """What the team was told stands on the record; that they were left without a word is said on the check page."""
    hands = scene.hands
    told = {CHILD: {"informed": "none"},
            MOTHER: {"informed": "yes", "informed_state": "TOLD_BEFORE", "informed_at": scene.now - timedelta(hours=3),
                     "informed_how": "By phone", "informed_safely": "yes", "informed_who_what_why": "on"},
            FATHER: {"informed": "no", "not_informed_state": "ATTEMPTED",
                     "informing_text": "Rang on three days."}}  # fmt: skip
    sending = {"recipient": TEAM, "sent_at": scene.now - timedelta(minutes=10), "how": "Secure e-mail"}
    hands.sees("What was sent and who was told")
    scene.filled(draft, {"sending": {"sending": [sending], "informing": told}}, "sending")
    scene.checks(draft)
    hands.reads("Tell the person who asked why they get part of it")
    scene.opens(draft, "sending")
    hands.type("What was the person who asked told?", REPLY)
    hands.continue_from("What was sent and who was told")
    hands.sees("Check your answers")
    hands.reads(NOTHING_IN_THE_WAY)
    expect(hands.page.locator("main")).not_to_contain_text("Tell the person who asked")


def recorded(scene: Scene, draft: Decision) -> Decision:
    hands = scene.hands
    decision = scene.records(draft)
    hands.reads("Shared part of it", "inv-17", "The full records of both parents", REPLY, SCORE, HISTORY, EARLIER)
    hands.reads(
        NOT_SHOWN, NOT_RELEVANT, f"Not shared with {TEAM}", "Tried, but could not contact them", "Tried to inform them"
    )
    hands.follow("Record the outcome")
    hands.sees("Record the outcome")
    hands.select("Which recipient is this about?", TEAM)
    hands.choose("What happened?", "They asked for more")
    hands.type("In a few words", "They ask again about 2015.")
    hands.press("Add to the record")
    hands.sees(f"Decision {decision.reference}")
    hands.reads("They asked for more", "They ask again about 2015.")
    assert REPLY in scene.summary(decision)
    return decision


def asked_again(scene: Scene, first: Decision) -> None:
    """It is taken up in a decision of its own; the first stays as it is and names the second."""
    hands = scene.hands
    scene.reads_record(first)
    hands.follow("Make a new decision")
    hands.sees("Make a new decision")
    hands.press("Start the new decision")
    hands.sees("Your concern")
    hands.continue_from("Your concern", refused=f"Enter what has changed since decision {first.reference}")
    hands.type(f"What has changed since decision {first.reference}?", CHANGED)
    hands.continue_from("Your concern")
    hands.sees("Your decision and reasons")
    draft = Decision.objects.get(supersedes=first)
    scene.filled(draft, not_shared(scene), "outcome", "consent", "legal_basis", "sending")
    scene.checks(draft)
    second = scene.records(draft)
    hands.reads(f"What has changed since decision {first.reference}", CHANGED, "Shared part of it", "Not shared")
    scene.reads_record(first)
    hands.reads(f"Superseded by decision {second.reference}", REPLY)


def not_shared(scene: Scene) -> dict[str, Any]:
    day = timezone.localdate(scene.now)
    return {
        "outcome": {"outcome": "NOT_SHARED", "decided_at": scene.now, "why_now": "The date adds nothing for him."},
        "legal_basis": {"no_basis": "none", "no_basis_reason": "Not needed for the enquiry.",
                  "risk_if_shared": "She stops coming.", "risk_if_not": "None that we can see."},
        "sending": {"instead": "Offered to come to their meeting.", "asker_informed": "Not given, and why.",
                 "look_again_on": day + timedelta(days=7),
                 "informing": {name: {"informed": "none"} for name in (CHILD, MOTHER, FATHER)}},
    }  # fmt: skip
