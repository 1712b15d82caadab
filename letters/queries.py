"""Who may read letters, and use an agreement to send one."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Model

from accounts.models import User
from audit.models import AuditedQuerySet

if TYPE_CHECKING:
    from decisions.models import Decision

Row = TypeVar("Row", bound=Model)


class LetterQuerySet(AuditedQuerySet[Row]):
    def of(self, decision: "Decision") -> Self:
        """Of a decision that this person may read: whoever may read it may read what was given to the family."""
        return self.filter(decision=decision, organisation_id=decision.organisation_id)


class RouteAgreementQuerySet(LetterQuerySet[Row]):
    def usable_by(self, user: User, at: datetime) -> Self:
        """Those by which this person may make a letter now: somebody else's, not used and not over."""
        return self.filter(letter=None, written_at__lte=at, valid_until__gte=at).exclude(written_by=user)
