"""Who got something about the person that turned out to be wrong, and has not been told so."""

from dataclasses import dataclass

from accounts.models import User
from audit.parts import read_parts
from decisions.facts.corrections import recipients_to_notify
from decisions.presenters.people import recipient_names
from rights.models import RightsRequest
from rights.queries import decisions_of
from rules.rights.codes import RequestKind

PARTS = ("recipients", "items__grid", "sendings", "wrong_information__corrections")


@dataclass(frozen=True)
class NotInformed:
    """A recipient of one decision; the team of it records that they were told."""

    reference: str
    team: str
    recipient: str


def not_informed(request: RightsRequest, user: User) -> list[NotInformed]:
    """Over all decisions that concern the person, each recipient once a decision. Empty for other requests."""
    if request.kind != RequestKind.CORRECTION:
        return []
    found = list(decisions_of(request, user))
    read_parts(found, PARTS)
    rows = [
        NotInformed(decision.reference, decision.team_name, recipient_names(decision)[recipient.pk])
        for decision in found
        for _, recipient in recipients_to_notify(decision)
    ]
    return list(dict.fromkeys(rows))
