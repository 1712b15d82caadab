"""Opening the record of a family in an emergency, and closing it again before its time is over."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts import guesses
from accounts.actions.acting import acting
from accounts.actions.notices import tell_of_emergency
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from emergencies.finding import Meant, family_meant
from emergencies.models import OPEN_FOR, EmergencyOpening, OpeningClosed, OpeningNotice
from emergencies.passed_over import readers_of
from families.models import Family, FamilyTeam

MOST, HOUR = 10, 3600
YOURS = "Your team works with this family. Open it from the list of families"
ONE_AT_A_TIME = "Close the record that you have open before you open another"
HELD = "You tried too many times in an hour. Call the family's team or your duty numbers"


def open_in_emergency(
    *, meant: Meant, why: str, reason: str, submission_id: UUID, by: User, at: datetime
) -> EmergencyOpening | None:
    """Open one family's record to this person for an hour, to be read. Those who were passed over are told at once.

    None where nothing opens: no such family, more than one, or one that is closed to them. Each try is counted and is
    an entry, without what was typed. Raises ValidationError for what they may know: that it is theirs already, that
    they have another one open, or that they tried too often. Sent twice, it opens one.
    """
    judged = guesses.take(guesses.Limit("emergency", str(by.pk), MOST, HOUR))
    with acting(by=by, permission=Permission.OPEN_IN_EMERGENCY, at=at) as user:
        existing: EmergencyOpening | None = EmergencyOpening.objects.filter(
            public_id=submission_id, written_by=user
        ).first()
        if existing:
            return existing
        if judged is not None:
            opened = _open(user, meant, why, reason, submission_id, at)
            if opened is not None:
                return opened
        event = "emergency.throttled" if judged is None else "emergency.nothing_opened"
        ledger.append(event, organisation=user.organisation_id, obj=user)
    if judged is None:
        raise ValidationError(HELD)
    return None


def close_opening(*, opening: EmergencyOpening, by: User, at: datetime) -> None:
    """Close one's own opening; does nothing once its time is over. Raises Http404 for anybody else's."""
    with acting(by=by, permission=Permission.OPEN_IN_EMERGENCY, at=at) as user:
        locked: EmergencyOpening | None = (
            EmergencyOpening.objects.select_for_update().filter(pk=opening.pk, written_by=user).first()
        )
        if locked is None:
            raise Http404
        if at < locked.closes_at and not OpeningClosed.objects.filter(opening=locked).exists():
            OpeningClosed(organisation_id=locked.organisation_id, opening=locked, written_by=user, written_at=at).save()


def _open(
    user: User, meant: Meant, why: str, reason: str, submission_id: UUID, at: datetime
) -> EmergencyOpening | None:
    person: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if EmergencyOpening.objects.open_to(person, at).exists():
        raise ValidationError(ONE_AT_A_TIME)
    family = family_meant(meant, person)
    if family is None:
        return None
    if _is_theirs(family, person):
        raise ValidationError(YOURS)
    if not person.has_emergencies:
        person.has_emergencies = True
        person.save(update_fields=["has_emergencies"])
    opening = EmergencyOpening(
        public_id=submission_id, organisation_id=person.organisation_id, family=family, why=why, reason=reason,
        closes_at=at + OPEN_FOR, written_by=person, written_at=at,
    )  # fmt: skip
    opening.save()
    _tell(opening, at)
    return opening


def _is_theirs(family: Family, user: User) -> bool:
    return FamilyTeam.objects.filter(family=family, team_id__in=user.team_ids()).exists()


def _tell(opening: EmergencyOpening, at: datetime) -> None:
    readers = readers_of(opening, at)
    for user, why in readers.items():
        OpeningNotice(
            organisation_id=opening.organisation_id, opening=opening, person=user, person_name=user.name_on_record,
            why=why,
        ).save()  # fmt: skip
    tell_of_emergency(opening.written_by, readers, at=at)
