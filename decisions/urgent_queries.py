"""Who may see which urgent record, and who may complete it."""

from datetime import date
from typing import Self, TypeVar

from django.db.models import Model, Q

from accounts.closed import without_closed
from accounts.inspecting import within_inspection
from accounts.models import User
from accounts.roles import Permission, Role
from audit.models import AuditedQuerySet

Row = TypeVar("Row", bound=Model)


class UrgentQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of one's teams: it names no family, so no family opens it to another team."""
        if not user.has(Permission.READ_DECISIONS):
            return self.none()
        rows = self.filter(organisation_id=user.organisation_id).filter(
            Q(author_id=user.pk) | Q(team_id__in=user.team_ids())
        )
        return within_inspection(without_closed(rows, "decisions", user.closed_decisions), user)

    def to_be_completed(self) -> Self:
        """No recorded decision completes them yet."""
        return self.exclude(decisions__state="recorded")

    def overdue(self, today: date) -> Self:
        """Not completed by the day it was due."""
        return self.to_be_completed().filter(complete_by__lt=today)

    def may_be_completed_by(self, user: User) -> Self:
        """Any practitioner of its team may complete it: the author may be off duty when it is due."""
        if not user.has(Permission.START_DECISIONS):
            return self.none()
        teams = user.team_ids(Role.PRACTITIONER)
        return self.to_be_completed().filter(organisation_id=user.organisation_id, team_id__in=teams)
