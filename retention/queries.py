"""Who may see what is kept how long, and what was disposed of: the data protection officer, in their organisation."""

from typing import Self, TypeVar

from django.db.models import Exists, Model, OuterRef

from accounts.closed import without_closed
from accounts.models import User
from accounts.roles import Permission
from audit.models import AuditedQuerySet
from retention.closed_on_duty import keys_closed_on_duty

Row = TypeVar("Row", bound=Model)


class RetentionQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        if not user.has(Permission.DISPOSE):
            return self.none()
        return self.filter(organisation_id=user.organisation_id)


class HoldQuerySet(RetentionQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        rows = without_closed(RetentionQuerySet.visible_to(self, user), "decision", user.decisions_closed_on_duty)
        return without_closed(rows, "family", user.families_closed_on_duty)

    def standing(self) -> Self:
        """Holds that nobody has lifted."""
        return self.filter(lifted=None)


class DisposalQuerySet(RetentionQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """Another officer answers for a disposal with anything in it that is closed to this one."""
        rows = RetentionQuerySet.visible_to(self, user)
        records = self.model._meta.get_field("records").related_model._default_manager  # type: ignore[union-attr]
        for kind, keys in keys_closed_on_duty(user):
            rows = rows.filter(~Exists(records.filter(disposal=OuterRef("pk"), kind=kind, record__in=keys)))
        return rows

    def unanswered(self) -> Self:
        """Disposals that wait for a second officer."""
        answers = self.model._meta.get_field("answer").related_model._default_manager  # type: ignore[union-attr]
        return self.filter(~Exists(answers.filter(disposal=OuterRef("pk"))), needs_second=True)
