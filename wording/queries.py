"""Whose wording somebody may read."""

from typing import Self, TypeVar

from django.db.models import Model

from accounts.models import User
from audit.models import AuditedQuerySet

Row = TypeVar("Row", bound=Model)


class PhraseQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        return self.filter(organisation_id=user.organisation_id)
