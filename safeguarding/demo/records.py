"""Families, recorded decisions and a review for one demonstration organisation."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from decisions.actions import add_addition, add_receipt, add_response
from decisions.models import Decision
from drafting.actions import start
from families.actions import add_disclosure, add_person, register_family
from families.details import DisclosureDetails, PersonDetails
from families.models import Family, Person
from reviews.actions import record_review
from rights.actions import add_event, pass_on_request
from safeguarding.demo import stories
from safeguarding.demo.filling import Story, record_story
from safeguarding.demo.organisations import SeededOrganisation

SHOWN: tuple[tuple[str, str, list[PersonDetails], Callable[[datetime], Story], int], ...] = (
    ("Ashdown", "DECIDING", stories.BRUISE_PEOPLE, stories.refused_and_shared, 9),
    ("Pellworth", "ASKED", stories.HOUSING_PEOPLE, stories.refused_and_not_shared, 6),
    ("Marlowe", "DECIDING", stories.FEAR_PEOPLE, stories.unsafe_to_tell, 2),
)

REVIEWS = {
    "Ashdown": (
        "AGREED_WITH_ADVICE",
        "Right to share, and clearly reasoned. Next time note who was with him until he was collected.",
    ),
    "Pellworth": ("RETURNED", "What would make you reconsider before the review date?"),
}


def make(seeded: SeededOrganisation, now: datetime, say: Callable[[str], None]) -> None:
    for name, entry_route, people, story, days in SHOWN[: 3 if seeded.public else 2]:
        at = now - timedelta(days=days)
        answers = story(at) if seeded.public or name != "Ashdown" else stories.refused_and_shared(at, public=False)
        decision = _decision(seeded, name, entry_route, people, answers, at)
        say(f"  {decision.reference}: {decision.get_outcome_display().lower()}")
        if name in REVIEWS:
            outcome, comment = REVIEWS[name]
            record_review(
                decision=decision, outcome=outcome, comment=comment, by=seeded.supervisor, at=at + timedelta(days=1)
            )
        if name == "Ashdown":
            _record_outcome(seeded, decision, at)


def _record_outcome(seeded: SeededOrganisation, decision: Decision, at: datetime) -> None:
    """A receipt, a response, and a correction to the record."""
    by, later = seeded.practitioner, at + timedelta(hours=3)
    for sending in decision.sendings.all():
        answers = {"received_at": later, "received_by": "Duty social worker", "reference_given": "RV-2291"}
        add_receipt(decision=decision, sending=sending, answers=answers, submission_id=uuid4(), by=by, at=later)
    acting = {"kind": "ACTING", "at": later, "text": "A social worker sees him at home this evening.", "answered": "",
              "escalated_to": ""}  # fmt: skip
    add_response(
        decision=decision, recipient=decision.recipients.first(), answers=acting, submission_id=uuid4(), by=by, at=later
    )
    right = {"kind": "AMENDMENT", "section": "concern", "text": "The first bruise was on the left arm, not the right.",
             "why": "I looked at the body map again."}  # fmt: skip
    add_addition(decision=decision, person=None, answers=right, submission_id=uuid4(), by=by, at=at + timedelta(days=1))


def _decision(
    seeded: SeededOrganisation, name: str, entry_route: str, people: list[PersonDetails], story: Story, at: datetime
) -> Decision:
    by = seeded.practitioner
    family = family_of(seeded, name, people, at - timedelta(days=1))
    draft = start(entry_route=entry_route, team=seeded.team, family=family, by=by, at=at - timedelta(minutes=30))
    return record_story(decision=draft, story=story, by=by, at=at)


def family_of(seeded: SeededOrganisation, name: str, people: list[PersonDetails], at: datetime) -> Family:
    family = register_family(name=name, teams=[seeded.team], by=seeded.practitioner, at=at)
    for details in people:
        add_person(family=family, details=details, by=seeded.practitioner, at=at)
    return family


def unfinished(seeded: SeededOrganisation, now: datetime) -> None:
    """A family without a decision, with a disclosure that is already recorded."""
    people = [
        PersonDetails(name="Ellis Harrow", role="child", age=11, age_on=now.date()),
        PersonDetails(name="Dana Harrow", role="mother", parental_responsibility="yes"),
    ]
    family = family_of(seeded, "Harrow", people, now - timedelta(hours=3))
    add_disclosure(
        family=family,
        details=DisclosureDetails(
            said_by="Ellis",
            said_to="Form tutor",
            received_at=now - timedelta(hours=3),
            facts="Came without a coat for the third day and asked for food twice.",
            opinion="May not be getting enough to eat at home.",
            child_words="There is nothing in the cupboard.",
            level="s17",
        ),
        by=seeded.practitioner,
        at=now - timedelta(hours=2),
    )


def ask_for_their_record(seeded: SeededOrganisation, now: datetime) -> None:
    """A mother asks for what is held about her; a practitioner passed it on, and the officer has checked who she is."""
    mother = Person.objects.get(organisation=seeded.team.organisation, name=stories.BRUISE_PEOPLE[1].name)
    asked = {"kind": "ACCESS", "wanted": "Everything you hold about me and what you told social services.",
             "asker": "SELF", "asked_by_name": "", "received_on": (now - timedelta(days=4)).date(),
             "answer_how": "On paper, handed over at the school"}  # fmt: skip
    request = pass_on_request(
        person=mother, answers=asked, submission_id=uuid4(), by=seeded.practitioner, at=now - timedelta(days=4)
    )
    checked = {"text": "She came in with her passport.", "on_day": (now - timedelta(days=3)).date()}
    add_event(
        request=request, kind="IDENTITY", answers=checked, submission_id=uuid4(), by=seeded.everybody[-1],
        at=now - timedelta(days=3),
    )  # fmt: skip
