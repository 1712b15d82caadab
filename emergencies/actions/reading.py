"""Reading what is open in an emergency. Each is an entry that says so, made before the page is shown."""

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from audit.models import AuditedModel
from decisions.models import Decision, UrgentRecord
from emergencies.models import EmergencyOpening
from families.models import Disclosure, Family, Person


def read_family(*, opening: EmergencyOpening, family: Family, by: User, at: datetime) -> None:
    _read("family.emergency_opened", opening, family, by=by, at=at)


def read_contacts(*, opening: EmergencyOpening, person: Person, by: User, at: datetime) -> None:
    _read("contacts.emergency_opened", opening, person, by=by, at=at)


def read_disclosure(*, opening: EmergencyOpening, disclosure: Disclosure, by: User, at: datetime) -> None:
    _read("disclosure.emergency_opened", opening, disclosure, by=by, at=at)


def read_decision(*, opening: EmergencyOpening, decision: Decision, by: User, at: datetime) -> None:
    _read("decision.emergency_opened", opening, decision, by=by, at=at)


def read_urgent(*, opening: EmergencyOpening, urgent: UrgentRecord, by: User, at: datetime) -> None:
    _read("urgent.emergency_opened", opening, urgent, by=by, at=at)


def see_opening(*, opening: EmergencyOpening, by: User, at: datetime) -> None:
    """Before it is shown what somebody opened, and why: the reason may have words about the family."""
    require(by, Permission.SEE_EMERGENCIES)
    with ledger.recording(actor=by, at=at):
        ledger.append("emergency.seen", organisation=opening.organisation_id, obj=opening)


def list_openings(*, openings: Sequence[EmergencyOpening], by: User, at: datetime) -> None:
    """Before the list of them is shown, which has the references of families."""
    require(by, Permission.SEE_EMERGENCIES)
    references = [row.reference for row in openings]
    families = [row.family.reference for row in openings]
    with ledger.recording(actor=by, at=at):
        ledger.append_list(
            "emergencies.listed", organisation=by.organisation_id, shown={"openings": references, "families": families}
        )


def _read(event: str, opening: EmergencyOpening, row: AuditedModel, *, by: User, at: datetime) -> None:
    """Asked again here: an hour may have ended since the page was found."""
    require(by, Permission.OPEN_IN_EMERGENCY)
    if not EmergencyOpening.objects.open_to(by, at).filter(pk=opening.pk).exists():
        raise Http404
    details = {"opening": opening.pk, "reference": opening.reference}
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=opening.organisation_id, obj=row, details=details)
