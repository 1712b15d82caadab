"""Who may read what an organisation says of the law."""

from typing import Self, TypeVar

from django.db.models import Model

from accounts.models import User
from audit.models import AuditedQuerySet

Row = TypeVar("Row", bound=Model)


class LawNoticeQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """Everybody's to read in the organisation: what the law is taken to be there is no secret."""
        return self.filter(organisation_id=user.organisation_id)
