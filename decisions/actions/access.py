from datetime import datetime

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.models import Decision, UrgentRecord


def open_draft(*, decision: Decision, page: str, by: User, at: datetime) -> None:
    """Enters that a page of one's own draft was read: it shows people and what was written down about them."""
    require(by, Permission.RECORD_DECISIONS)
    with ledger.recording(actor=by, at=at):
        ledger.append(
            "decision.draft_opened", organisation=decision.organisation_id, obj=decision, details={"page": page}
        )


def open_decision(*, decision: Decision, by: User, at: datetime) -> None:
    """Enters that somebody read it, before they are shown it: where this cannot be written, nothing is shown."""
    _enter("decision.opened", decision, by, at)


def open_law(*, decision: Decision, by: User, at: datetime) -> None:
    """Enters that somebody read what a decision rests on, and for whom."""
    if decision.is_draft:
        open_draft(decision=decision, page="law", by=by, at=at)
    else:
        _enter("decision.law_opened", decision, by, at)


def print_decision(*, decision: Decision, by: User, at: datetime) -> None:
    """Enters that a copy was made to be printed, before it is shown."""
    _enter("decision.printed", decision, by, at)


def summarise_decision(*, decision: Decision, by: User, at: datetime) -> None:
    """Enters that a summary was made to be pasted somewhere else, before it is shown."""
    _enter("decision.summarised", decision, by, at)


def open_urgent(*, urgent: UrgentRecord, by: User, at: datetime) -> None:
    """Enters that somebody read the six, before they are shown."""
    require(by, Permission.SEE_DECISIONS)
    with ledger.recording(actor=by, at=at):
        ledger.append("urgent.opened", organisation=urgent.organisation_id, obj=urgent)


def _enter(event: str, decision: Decision, by: User, at: datetime) -> None:
    require(by, Permission.SEE_DECISIONS)
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=decision.organisation_id, obj=decision)
