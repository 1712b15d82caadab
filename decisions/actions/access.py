from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.models import Decision, UrgentRecord
from decisions.queries import may_add_to, may_see_who_looked_at


def open_draft(*, decision: Decision, page: str, by: User, at: datetime) -> None:
    """Enter in the ledger that a page of the author's draft was opened: it shows people and case text."""
    require(by, Permission.RECORD_DECISIONS)
    with ledger.recording(actor=by, at=at):
        ledger.append(
            "decision.draft_opened", organisation=decision.organisation_id, obj=decision, details={"page": page}
        )


def open_talk(*, decision: Decision, person: int, their_copy: bool, by: User, at: datetime) -> None:
    """Enter in the ledger that the page for a talk with somebody was shown, or the copy that they may read."""
    require(by, Permission.RECORD_DECISIONS)
    details = {"person": person, "their_copy": their_copy}
    with ledger.recording(actor=by, at=at):
        ledger.append("decision.talk_shown", organisation=decision.organisation_id, obj=decision, details=details)


def open_decision(*, decision: Decision, by: User, at: datetime) -> None:
    """Enter in the ledger that a decision was opened, before it is shown. If that fails, nothing is shown."""
    _enter("decision.opened", decision, by, at, Permission.READ_DECISIONS)


def list_decisions(
    *, listed: str, references: Iterable[str], filters: Iterable[str] = (), by: User, at: datetime
) -> None:
    """Enter in the ledger that a list was shown, before it is: which, the kinds of its filters, and what it shows.

    For everybody whose home page or report has lines of records. What the lines say has been asked of `visible_to`.
    """
    if not by.is_active:
        raise PermissionDenied
    with ledger.recording(actor=by, at=at):
        ledger.append_list(
            "decisions.listed", organisation=by.organisation_id, shown={"decisions": references}, list=listed,
            filters=", ".join(sorted(filters)),
        )  # fmt: skip


def open_law(*, decision: Decision, by: User, at: datetime) -> None:
    """Enter in the ledger that the law for a decision was opened, which shows whom each provision is for."""
    if decision.is_draft:
        open_draft(decision=decision, page="law", by=by, at=at)
    else:
        _enter("decision.law_opened", decision, by, at, Permission.READ_DECISIONS)


def print_decision(*, decision: Decision, by: User, at: datetime) -> None:
    """Enter in the ledger that a copy to print was made, before it is shown."""
    _enter("decision.printed", decision, by, at)


def show_who_looked(*, decision: Decision, by: User, at: datetime) -> None:
    """Enter in the ledger that somebody asked who has looked at a decision, before it is shown."""
    require(by, Permission.SEE_WHO_LOOKED)
    if not may_see_who_looked_at(decision, by):
        raise Http404
    with ledger.recording(actor=by, at=at):
        ledger.append("decision.who_looked_shown", organisation=decision.organisation_id, obj=decision)


def summarise_decision(*, decision: Decision, by: User, at: datetime) -> None:
    """Enter in the ledger that a summary for another system was made, before it is shown."""
    _enter("decision.summarised", decision, by, at)


def write_decline_letter(*, decision: Decision, by: User, at: datetime) -> None:
    """Enter in the ledger that a letter declining a request was made, before it is shown.

    For those who may add to the decision: it answers for the organisation. Raises Http404 for everybody else.
    """
    require(by, Permission.RECORD_DECISIONS)
    if not may_add_to(decision, by):
        raise Http404
    _enter("decision.decline_letter_made", decision, by, at)


def open_urgent(*, urgent: UrgentRecord, by: User, at: datetime) -> None:
    """Enter in the ledger that an urgent record was opened, before it is shown."""
    require(by, Permission.READ_DECISIONS)
    with ledger.recording(actor=by, at=at):
        ledger.append("urgent.opened", organisation=urgent.organisation_id, obj=urgent)


def _enter(event: str, decision: Decision, by: User, at: datetime, asks: Permission = Permission.SEE_DECISIONS) -> None:
    require(by, asks)
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=decision.organisation_id, obj=decision)
