from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.actions.acting import acting, lock, lock_organisation
from accounts.actions.notices import tell_of_team
from accounts.models import AccessNotice, Membership, ReviewCover, Team, User
from accounts.roles import Permission, Role

LONGEST = timedelta(days=366)


def add_cover(
    *,
    team: Team,
    user: User,
    starts_on: date,
    ends_on: date,
    why: str,
    instead_of: User | None = None,
    by: User,
    at: datetime,
) -> ReviewCover:
    """From the first day to the last, `user` may review for `team` too, and `instead_of` is not expected to.

    Only a supervisor can cover: cover gives access to a team, never a role.
    """
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        row, person = lock(team, by=actor), lock(user, by=actor)
        away = lock(instead_of, by=actor) if instead_of else None
        if person.pk == actor.pk:
            raise ValidationError({"user": "You cannot give cover to yourself. Ask another administrator."})
        _refuse_person(row, person, away)
        _refuse_days(starts_on, ends_on, timezone.localdate(at))
        _refuse_twice(row, person, starts_on, ends_on)
        cover = ReviewCover(
            organisation_id=actor.organisation_id, team=row, user=person, instead_of=away, starts_on=starts_on,
            ends_on=ends_on, why=ReviewCover.Why(why), made_by=actor,
        )  # fmt: skip
        cover.save()
        tell_of_team(person, row, AccessNotice.Change.COVER, role=Role.SUPERVISOR, by=actor, at=at)
        return cover


def end_cover(*, cover: ReviewCover, by: User, at: datetime) -> ReviewCover:
    """End it now. Ending it twice changes nothing."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        row = lock(cover, by=actor)
        if row.ended_on is None:
            row.ended_on = timezone.localdate(at)
            row.save()
        return row


def _refuse_person(team: Team, person: User, away: User | None) -> None:
    supervising = Membership.objects.filter(role=Role.SUPERVISOR)
    if not person.is_active or not supervising.filter(user=person).exists():
        raise ValidationError({"user": "Choose someone who is active and supervises a team."})
    if away is None and supervising.filter(user=person, team=team).exists():
        raise ValidationError({"user": "This person supervises the team already. Choose someone else."})
    if away and away.pk == person.pk:
        raise ValidationError({"instead_of": "Nobody covers for themselves. Choose two people."})
    if away and not supervising.filter(user=away, team=team).exists():
        raise ValidationError({"instead_of": "Choose a supervisor of this team."})


def _refuse_days(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise ValidationError({"ends_on": "The last day must be the first day or later."})
    if ends_on < today:
        raise ValidationError({"ends_on": "The last day must be today or later."})
    if ends_on - starts_on > LONGEST:
        raise ValidationError({"ends_on": "Cover lasts a year at most. Choose an earlier last day."})


def _refuse_twice(team: Team, person: User, starts_on: date, ends_on: date) -> None:
    same = ReviewCover.objects.filter(team=team, user=person, ended_on__isnull=True)
    if same.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ValidationError({"user": "This person covers the team on some of these days already."})
