"""Significant harm was shared over a mother's objection, and two supervisors see it differently.

A review that disagrees goes up to somebody else and never overwrites: both stand, with what the author says to it.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actions import add_membership
from accounts.models import User
from accounts.roles import Role
from decisions.models import Decision
from drafting import actions
from reviews.models import Review
from safeguarding.demo import stories
from tests.browser.hands import Axe
from tests.browser.scenes import Scene, set_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, SECOND = "Priya Wendell", "Owen Larch"
TOO_MUCH = "His attendance was not needed for that call."
REPLY = "It showed that both bruises came after weekends."
GOES_UP = "A reviewer disagreed, so another supervisor must review it too."


def test_a_disagreement_goes_up(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    scene = set_scene(browser_page, live_server, axe)
    second_supervisor(scene)
    decision = shared(scene)
    disagreed(scene, decision)
    not_twice(scene, decision)
    answered(scene, decision)
    agreed_above(scene, decision)
    both_stand(scene, decision)


def second_supervisor(scene: Scene) -> None:
    administrator = next(one for one in scene.made.everybody if one.organisation_role == "administrator")
    owen = User.objects.get(full_name=SECOND)
    at = scene.now - timedelta(days=2)
    add_membership(user=owen, team=scene.made.team, role=Role.SUPERVISOR, by=administrator, at=at)


def shared(scene: Scene) -> Decision:
    draft = scene.begins(scene.family("Ashdown", stories.BRUISE_PEOPLE))
    story = stories.refused_and_shared(scene.now)
    scene.filled(
        draft,
        story,
        "people",
        "concern",
        "request",
        "outcome",
        "consent",
        "information",
        "legal_basis",
        "sending",
        at=scene.now,
    )
    return actions.record(decision=draft, by=scene.author, at=scene.now)


def reads_it(scene: Scene, login: str, decision: Decision) -> None:
    """Through the queue, as it comes."""
    scene.enters(login)
    hands = scene.hands
    hands.follow("1 decision to review")
    hands.sees("Decisions to review")
    hands.follow(decision.reference)
    hands.sees(f"Review decision {decision.reference}")
    hands.reads("In short", "Your review", "Her view is passed on in full")


def disagreed(scene: Scene, decision: Decision) -> None:
    reads_it(scene, "supervisor", decision)
    hands = scene.hands
    hands.choose("What is the outcome of your review?", "Disagreed")
    hands.press("Record this review")
    hands.is_refused(f"Review decision {decision.reference}", "Enter your advice, your question or your reasons")
    hands.type("Your comment", TOO_MUCH)
    hands.press("Record this review")
    hands.sees(f"Decision {decision.reference}")
    hands.reads("Disagreed", FIRST, TOO_MUCH, GOES_UP)


def not_twice(scene: Scene, decision: Decision) -> None:
    """Whoever disagreed is not asked again, neither at home nor in the queue, nor by the address of the page."""
    hands = scene.hands
    expect(hands.page.get_by_role("link", name="Review this decision", exact=True)).to_have_count(0)
    hands.go(f"/reviews/{decision.public_id}/")
    hands.sees(f"Decision {decision.reference}")
    hands.go("/")
    hands.sees("Home")
    hands.reads("There are no decisions to review.")


def answered(scene: Scene, decision: Decision) -> None:
    """The author may reply to it; the review does not change."""
    scene.enters("practitioner")
    scene.reads_record(decision)
    hands = scene.hands
    hands.page.get_by_role("link", name="Reply to this").click()
    hands.sees("Reply to a review")
    hands.reads(TOO_MUCH)
    hands.type("Your reply", REPLY)
    hands.press("Add this reply")
    hands.sees(f"Decision {decision.reference}")
    hands.reads("Disagreed", TOO_MUCH, REPLY, GOES_UP)


def agreed_above(scene: Scene, decision: Decision) -> None:
    """Somebody else reads what was said so far beside the record, and adds a review of their own."""
    reads_it(scene, "practitioner2", decision)
    hands = scene.hands
    hands.reads("Reviews so far", "Disagreed", TOO_MUCH, REPLY)
    hands.choose("What is the outcome of your review?", "Agreed")
    hands.press("Record this review")
    hands.sees(f"Decision {decision.reference}")


def both_stand(scene: Scene, decision: Decision) -> None:
    hands = scene.hands
    for login in ("practitioner", "supervisor"):
        scene.enters(login)
        scene.reads_record(decision)
        hands.reads("Disagreed", FIRST, TOO_MUCH, REPLY, "Agreed", SECOND)
        expect(hands.page.locator("main")).not_to_contain_text(GOES_UP)
    given = Review.objects.filter(decision=decision).order_by("round").values_list("round", "outcome")
    assert list(given) == [(1, "DISAGREED"), (2, "AGREED")]
