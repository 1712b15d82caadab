"""Something that went wrong with a recorded decision, reported yesterday and not finished."""

from datetime import datetime, timedelta
from uuid import uuid4

from decisions.models import Decision
from incidents.actions import add_incident_event, report_incident
from safeguarding.demo.organisations import SeededOrganisation
from safeguarding.demo.stories import BRUISE_PEOPLE

LEFT_LYING = {
    "kind": "SEEN",
    "danger": "no",
    "address_at_risk": "no",
    "what_happened": "A printed copy lay in the staff room for an hour. A volunteer found it and read it.",
    "what_other": "",
    "went_to": "A volunteer who reads with the younger children",
    "who_harmed": "The boy and his mother, if it is talked about at the school gate.",
    "noticed_by": "Office manager",
}
ASKED = "I asked her not to speak of it to anybody. She gave the copy back and says that she told nobody."


def make(seeded: SeededOrganisation, now: datetime) -> None:
    noticed, by = now - timedelta(hours=20), seeded.practitioner
    about = Decision.objects.recorded().filter(people__name=BRUISE_PEOPLE[0].name)
    decision = about.get(organisation=seeded.team.organisation)
    incident = report_incident(
        decision=decision, team=None, answers={**LEFT_LYING, "noticed_at": noticed},
        items=list(decision.items.all()[:1]), submission_id=uuid4(), by=by, at=noticed + timedelta(minutes=25),
    )  # fmt: skip
    asked = {"text": ASKED, "way": "IN_PERSON", "at": noticed + timedelta(minutes=10)}
    add_incident_event(
        incident=incident, kind="RECALL_ASKED", answers=asked, submission_id=uuid4(), by=by,
        at=noticed + timedelta(minutes=30),
    )  # fmt: skip
