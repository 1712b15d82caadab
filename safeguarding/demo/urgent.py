"""Two urgent records: one completed by a decision, the other still to be completed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from decisions.models import UrgentRecord
from drafting.actions import complete, record_urgent
from families.details import PersonDetails
from safeguarding.demo.filling import Story, record_story
from safeguarding.demo.organisations import SeededOrganisation
from safeguarding.demo.records import family_of

CHILD, FATHER = "Jory Venn", "Col Venn"
POLICE = "Police, 999"
SEEN = "Seen forced into a grey car by two adults. His text says help."
NIGHT = {
    "who": "Jory, about 14, red coat, at the bus station",
    "information": SEEN,
    "recipient": POLICE,
    "why": "He had been taken minutes before.",
    "how": "By phone",
}
WAITING = {
    "who": "A girl of 9 or 10 who gave her name as Wren. No family on record.",
    "information": "She is alone in the park after dark and does not know where her mother is.",
    "recipient": "Ravensmere children's services, day and night",
    "why": "She had nobody to take her home.",
    "how": "By phone",
}


def make(seeded: SeededOrganisation, now: datetime, say: Callable[[str], None]) -> None:
    written = now - timedelta(days=4)
    night = _urgent(seeded, NIGHT, shared_at=written - timedelta(minutes=664), at=written)
    people = [
        PersonDetails(name=CHILD, role="child", age=14, age_on=written.date(), parental_responsibility="no"),
        PersonDetails(name=FATHER, role="father", parental_responsibility="yes"),
    ]
    family = family_of(seeded, "Venn", people, written)
    at = written + timedelta(hours=2)
    draft = complete(urgent=night, family=family, by=seeded.practitioner, at=at)
    decision = record_story(decision=draft, story=_remaining_answers(at), by=seeded.practitioner, at=at)
    waiting = _urgent(seeded, WAITING, shared_at=now - timedelta(hours=2), at=now - timedelta(hours=1))
    say(f"  {night.reference}: urgent record, completed in {decision.reference}")
    say(f"  {waiting.reference}: urgent record, to be completed")


def _urgent(seeded: SeededOrganisation, answers: dict[str, str], *, shared_at: datetime, at: datetime) -> UrgentRecord:
    given = {**answers, "shared_at": shared_at}
    return record_urgent(team=seeded.team, answers=given, submission_id=uuid4(), by=seeded.practitioner, at=at)


def _remaining_answers(at: datetime) -> Story:
    """The answers that the urgent record does not have."""
    not_asked = {"spoken": "no", "could_hear": "no"}
    informed = {"informed": "yes", "informed_state": "TOLD_AFTER", "informed_at": at, "informed_how": "In person",
            "informed_safely": "yes", "informed_who_what_why": "on"}  # fmt: skip
    return {
        "people": {"people": {CHILD: {"on": "on"}, FATHER: {"on": "on"}}},
        "concern": {"level": "crime"},
        "request": {"trigger": "PRO"},
        "consent": {
            "consent": {
                CHILD: {**not_asked, "not_said": "NOT_SOUGHT_DELAY",
                        "not_asked_text": "He was gone, and minutes counted."},
                FATHER: {**not_asked, "not_said": "NOT_CONTACTABLE",
                         "not_asked_text": "Called at ten past ten, no answer."},
            },
            "choices": {POLICE: {"choice": "no"}},
            "why_outweighs": "A child in danger that minute.",
        },
        "information": {"item": [
            {"text": SEEN, "kind": "fact", "about": [CHILD], "give_to": [POLICE], "sensitivities": ["offences"]},
        ]},
        "legal_basis": {
            "why_no_more": "Only what was needed to find him.",
            "risk_if_shared": "He may be angry that the police came.",
            "risk_if_not": "He may be hurt, or taken further away.",
        },
        "sending": {"informing": {CHILD: informed, FATHER: {**informed, "informed_by": "The police"}}},
    }  # fmt: skip
