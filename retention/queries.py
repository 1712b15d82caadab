"""Who may see what is kept how long, and what was disposed of: the data protection officer, in their organisation."""

from typing import Self, TypeVar

from django.db.models import Exists, Model, OuterRef

from accounts.models import User
from accounts.roles import Permission
from audit.models import AuditedQuerySet

Row = TypeVar("Row", bound=Model)


class RetentionQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        if not user.has(Permission.DISPOSE):
            return self.none()
        return self.filter(organisation_id=user.organisation_id)

    def standing(self) -> Self:
        """Holds that nobody has lifted."""
        return self.filter(lifted=None)

    def unanswered(self) -> Self:
        """Disposals that wait for a second officer."""
        answers = self.model._meta.get_field("answer").related_model._default_manager  # type: ignore[union-attr]
        return self.filter(~Exists(answers.filter(disposal=OuterRef("pk"))), needs_second=True)
