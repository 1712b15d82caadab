"""An inspector's access: asked for by one person, agreed to by another, and over by itself (ADR 0053)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.actions.acting import acting, lock, lock_organisation
from accounts.actions.agreements import ANSWERED, DEACTIVATED, NO_LONGER, refuse_made_link
from accounts.actions.notices import officers, settle_inspection, tell_of_inspection, tell_to_agree_to
from accounts.actions.people import add_person
from accounts.inspection_models import LONGEST
from accounts.models import Inspection, InspectionTeam, Team, User
from accounts.roles import Permission, Role

NOBODY_AGREES = (
    "Nobody else can agree to it. Invite a data protection officer or a second administrator first, and ask them."
)
HAS_ACCESS = "This inspector can read decisions already, or waits for somebody to agree to it. End that first."
NOT_ALONE = "Somebody else must agree to what you asked for."
NOT_YOURS = "A data protection officer must agree to this. Ask one."
TOO_LONG = f"An inspector reads for {LONGEST} days at most. Choose an earlier last day, and ask again later."
OVER = "The last day is over. Refuse it, and ask again for other days."


@dataclass(frozen=True)
class Scope:
    """What is read, and on which days: `teams` none for the whole organisation. First and last days included."""

    teams: tuple[Team, ...]
    recorded_from: date
    recorded_to: date
    opens_on: date
    ends_on: date


def who_may_agree_to_inspector(inspector: User, asked_by: User) -> list[User]:
    """Data protection officers beside whoever asked; administrators only where there is no other officer."""
    others = list(officers(inspector, asked_by))
    return [user for user in others if user.organisation_role == Role.DATA_PROTECTION_OFFICER] or others


def ask_inspection(
    *, full_name: str, email: str, body: str, reason: str, scope: Scope, by: User, at: datetime
) -> Inspection:
    """Ask for it, with an account that is an inspector's alone; the one they had before, if there is one."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        _refuse_days(scope, timezone.localdate(at))
        teams = [lock(team, by=actor) for team in scope.teams]
        person = _account(full_name, email, body, actor, at)
        agreeing = who_may_agree_to_inspector(person, actor)
        if not agreeing:
            raise ValidationError({"email": NOBODY_AGREES})
        row = Inspection(
            organisation_id=actor.organisation_id, user=person, body=body.strip(), reason=reason.strip(),
            all_teams=not teams, recorded_from=scope.recorded_from, recorded_to=scope.recorded_to,
            opens_on=scope.opens_on, ends_on=scope.ends_on, asked_by=actor, asked_at=at,
        )  # fmt: skip
        row.save()
        for team in teams:
            InspectionTeam(organisation_id=actor.organisation_id, inspection=row, team=team).save()
        tell_to_agree_to(row, agreeing, by=actor, at=at)
        return row


def answer_inspection(*, inspection: Inspection, agreed: bool, by: User, at: datetime) -> Inspection:
    """Agree, and the supervisors of these teams are told; or refuse. Whoever asked may only take it back."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        row = lock(inspection, by=actor)
        if row.answered_at:
            raise ValidationError({"agreed": ANSWERED})
        if agreed:
            _refuse_agreeing(row, actor, timezone.localdate(at))
        row.agreed, row.answered_by, row.answered_at = agreed, actor, at
        row.save()
        settle_inspection(row, at)
        if agreed:
            tell_of_inspection(row, by=actor, at=at)
        return row


def end_inspection(*, inspection: Inspection, by: User, at: datetime) -> Inspection:
    """End it now, before its last day. Ending it twice changes nothing."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        row = lock(inspection, by=actor)
        if not row.agreed:
            raise ValidationError("Nobody has agreed to this yet. Refuse it instead.")
        if row.ended_at is None:
            row.ended_by, row.ended_at = actor, at
            row.save()
        return row


def _account(full_name: str, email: str, body: str, actor: User, at: datetime) -> User:
    """Another period of somebody who was here before is asked for and agreed to like the first."""
    known = User.objects.filter(organisation_id=actor.organisation_id, is_inspector=True, email=email.strip().lower())
    person: User | None = known.first()
    if person is None:
        return add_person(
            organisation=actor.organisation, full_name=full_name, email=email,
            job_title=f"Inspector, {body.strip()}", is_inspector=True,
        )  # fmt: skip
    if not person.is_active:
        raise ValidationError({"email": "The account of this inspector has been deactivated. Reactivate it first."})
    held = person.inspections.exclude(agreed=False).filter(ended_at=None, ends_on__gte=timezone.localdate(at))
    if held.exists():
        raise ValidationError({"email": HAS_ACCESS})
    # Asked for and never answered, until its days were over.
    for row in person.inspections.filter(answered_at=None):
        row.agreed, row.answered_by, row.answered_at = False, actor, at
        row.save()
    return person


def _refuse_days(scope: Scope, today: date) -> None:
    if scope.recorded_to < scope.recorded_from:
        raise ValidationError({"recorded_to": "The last day must be the first day or later."})
    if scope.ends_on < scope.opens_on:
        raise ValidationError({"ends_on": "The last day must be the first day or later."})
    if scope.ends_on < today:
        raise ValidationError({"ends_on": "The last day must be today or later."})
    if (scope.ends_on - scope.opens_on).days >= LONGEST:
        raise ValidationError({"ends_on": TOO_LONG})


def _refuse_agreeing(row: Inspection, actor: User, today: date) -> None:
    if actor.pk == row.asked_by_id:
        raise ValidationError({"agreed": NOT_ALONE})
    if actor.pk not in {user.pk for user in who_may_agree_to_inspector(row.user, row.asked_by)}:
        raise ValidationError({"agreed": NOT_YOURS})
    if not (row.asked_by.is_active and row.asked_by.organisation_role):
        raise ValidationError({"agreed": NO_LONGER})
    if not row.user.is_active:
        raise ValidationError({"agreed": DEACTIVATED})
    if row.ends_on < today:
        raise ValidationError({"agreed": OVER})
    refuse_made_link(row.asked_by, row.asked_at, actor)
