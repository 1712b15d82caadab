"""Closing a family's records to somebody who knows them or is related to them, and opening them again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from accounts.access import require
from accounts.actions.notices import tell_of_team
from accounts.models import AccessNotice, User
from accounts.roles import Permission
from audit import ledger
from families.models import ConflictEnded, DeclaredConflict, Family
from families.queries import may_see_who_looked_at_family

OWN = "It is about you. Somebody else has to say that it is over"


def may_enter_for_others(user: User) -> bool:
    return user.has(Permission.REVIEW_DECISIONS) or user.has(Permission.MANAGE_PEOPLE)


def declare_conflict(*, reference: str, user: User, how: str, by: User, at: datetime) -> DeclaredConflict | None:
    """Close the records of the family with this reference to a person, from their next request, whatever their role.

    Whoever acts instead in each of its teams is told at once. None where no family has the reference, which the page
    does not say. Declared again, it is the one that stands.
    """
    with ledger.recording(actor=by, at=at):
        rows = User.objects.select_for_update(no_key=True).filter(organisation_id=by.organisation_id, is_active=True)
        actor, person = rows.filter(pk=by.pk).first(), rows.filter(pk=user.pk).first()
        if actor is None or person is None or (person.pk != actor.pk and not may_enter_for_others(actor)):
            raise PermissionDenied
        family = Family.objects.filter(organisation_id=actor.organisation_id, reference=reference.strip().upper())
        found = family.first()
        if found is None:
            return None
        standing: DeclaredConflict | None = (
            DeclaredConflict.objects.standing().filter(family=found, user=person).first()
        )
        if standing:
            return standing
        person.has_conflicts = True
        person.save(update_fields=["has_conflicts"])
        row = DeclaredConflict(
            organisation_id=actor.organisation_id, family=found, user=person, how=how, written_by=actor, written_at=at
        )
        row.save()
        for place in found.family_teams.select_related("team").order_by("pk"):
            tell_of_team(person, place.team, AccessNotice.Change.CONFLICT, role="", by=actor, at=at)
        return row


def end_conflict(*, conflict: DeclaredConflict, why: str, by: User, at: datetime) -> ConflictEnded:
    """Open the records again, to whatever their roles allow. By somebody else who may see who looked at the family."""
    require(by, Permission.SEE_WHO_LOOKED)
    with ledger.recording(actor=by, at=at):
        found = DeclaredConflict.objects.select_for_update().filter(pk=conflict.pk).first()
        if found is None or not may_see_who_looked_at_family(found.family, by):
            raise Http404
        if found.user_id == by.pk:
            raise ValidationError(OWN)
        ended: ConflictEnded | None = ConflictEnded.objects.filter(conflict=found).first()
        if ended:
            return ended
        row = ConflictEnded(
            organisation_id=found.organisation_id, conflict=found, why=why, written_by=by, written_at=at
        )
        row.save()
        return row
