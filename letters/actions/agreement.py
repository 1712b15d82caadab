"""A way of reaching somebody that is not known to be safe: asking a supervisor, who agrees or does not."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.models import Decision, DecisionPerson
from letters.actions.making import locked_to_add
from letters.agreements import is_open
from letters.household import household_of
from letters.models import LetterMade, RouteAgreement
from letters.routes import AGREEMENT_LASTS, REQUEST_LASTS

Step = RouteAgreement.Step
ASKED_ALREADY = "A supervisor has already been asked about this route, and has not answered yet"
NOT_ASKED = "Nobody is waiting for an answer about this route"
NOT_NEEDED = "A letter can now go by this route, so no agreement is needed"


def ask_to_agree(
    *, decision: Decision, person: DecisionPerson, route: str, reason: str, submission_id: UUID, by: User, at: datetime
) -> RouteAgreement:
    """Ask the supervisors of the team to agree to a route that is refused now: it stands among what is due to them.

    For whoever may add to the decision (Http404). Raises ValidationError where the route is not refused, or where
    somebody has asked already.
    """
    with ledger.recording(actor=by, at=at):
        locked = locked_to_add(decision, by)
        row = _said(Step.ASKED, locked, person, route, reason, submission_id, by, at)
        return row if row.pk else _kept(row, "decision.route_requested", at + REQUEST_LASTS)


def agree_to_route(
    *, decision: Decision, person: DecisionPerson, route: str, reason: str, submission_id: UUID, by: User, at: datetime
) -> RouteAgreement:
    """Agree that the next letter to this person may go by a route that is refused now. It counts for a short time.

    For a supervisor of the team who is not the author (PermissionDenied), and not whoever then makes the letter.
    Submitting the same form twice agrees once. Raises ValidationError where the route is not refused.
    """
    with ledger.recording(actor=by, at=at):
        locked = _supervised(decision, by)
        row = _said(Step.AGREED, locked, person, route, reason, submission_id, by, at)
        return row if row.pk else _kept(row, "decision.route_agreed", at + AGREEMENT_LASTS)


def refuse_to_agree(
    *, decision: Decision, person: DecisionPerson, route: str, reason: str, submission_id: UUID, by: User, at: datetime
) -> RouteAgreement:
    """Answer that a letter must not go by the route that was asked about, and why: the author reads it.

    For whoever could agree. Raises ValidationError where nobody waits for an answer.
    """
    with ledger.recording(actor=by, at=at):
        locked = _supervised(decision, by)
        row = _said(Step.NOT_AGREED, locked, person, route, reason, submission_id, by, at)
        return row if row.pk else _kept(row, "decision.route_not_agreed", None)


def _supervised(decision: Decision, by: User) -> Decision:
    """The decision, locked, if this person supervises its team. PermissionDenied for its author."""
    require(by, Permission.REVIEW_DECISIONS)
    locked: Decision | None = Decision.objects.supervised_by(by).select_for_update().filter(pk=decision.pk).first()
    if locked is None:
        raise Http404
    if locked.author_id == by.pk:
        raise PermissionDenied
    return locked


def _said(
    answer: Step, decision: Decision, person: DecisionPerson, route: str, reason: str, submission_id: UUID, by: User,
    at: datetime,
) -> RouteAgreement:  # fmt: skip
    """The row that this submission made already, or the one to be kept."""
    reader: DecisionPerson = get_object_or_404(decision.people.all(), pk=person.pk)
    rows: list[RouteAgreement] = list(RouteAgreement.objects.of(decision))
    existing = next((row for row in rows if row.public_id == submission_id), None)
    if existing:
        return existing
    letters = list(LetterMade.objects.of(decision).filter(person=reader)) if rows else []
    asked = [
        row for row in rows if (row.person_id, row.route) == (reader.pk, route) and is_open(row, rows, letters, at)
    ]
    if answer == Step.ASKED and asked:
        raise ValidationError({"route": ASKED_ALREADY})
    if answer == Step.NOT_AGREED and not any(row.written_by_id != by.pk for row in asked):
        raise ValidationError({"route": NOT_ASKED})
    if answer != Step.NOT_AGREED and not household_of(reader).why_not_by(route, timezone.localdate(at)):
        raise ValidationError({"route": NOT_NEEDED})
    return RouteAgreement(
        public_id=submission_id, organisation_id=decision.organisation_id, decision=decision, person=reader,
        route=route, reason=reason, step=answer, written_by=by, written_at=at,
    )  # fmt: skip


def _kept(row: RouteAgreement, event: str, valid_until: datetime | None) -> RouteAgreement:
    row.valid_until = valid_until
    row.save()
    details = {"agreement": row.pk, "person": row.person_id, "route": row.route}
    ledger.append(event, organisation=row.organisation_id, obj=row.decision, details=details)
    return row
