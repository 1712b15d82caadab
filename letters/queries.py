"""Who may read letters, and use an agreement to send one."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Exists, Model, OuterRef

from accounts.closed import without_closed
from accounts.models import User
from accounts.roles import Permission, Role
from audit.models import AuditedQuerySet

if TYPE_CHECKING:
    from decisions.models import Decision

Row = TypeVar("Row", bound=Model)


class LetterQuerySet(AuditedQuerySet[Row]):
    def of(self, decision: "Decision") -> Self:
        """Of a decision that this person may read: whoever may read it may read what was given to the family."""
        return self.filter(decision=decision, organisation_id=decision.organisation_id)


class SharedLetterQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """Those about whose every decision this person may read, to somebody of a family they see."""
        about = self.model._meta.get_field("about").related_model.objects.filter(letter=OuterRef("pk"))  # type: ignore[union-attr]
        decisions: Any = about.model._meta.get_field("decision").related_model
        readable = decisions.objects.recorded().visible_to(user).order_by().values("pk")
        people: Any = self.model._meta.get_field("person").related_model
        seen = people.objects.visible_to(user).order_by().values("pk")
        whole = Exists(about) & ~Exists(about.exclude(decision__in=readable))
        return self.filter(whole, organisation_id=user.organisation_id, person__in=seen)


class RouteAgreementQuerySet(LetterQuerySet[Row]):
    def usable_by(self, user: User, at: datetime) -> Self:
        """Those by which this person may make a letter now: somebody else's, not used and not over."""
        return self._unused().filter(step="agreed", written_at__lte=at, valid_until__gte=at).exclude(written_by=user)

    def _unused(self) -> Self:
        return self.filter(letter=None, shared_letter=None)

    def asked_of(self, user: User, at: datetime) -> Self:
        """What waits for this supervisor's answer: of their teams, of no decision of their own, and not over.

        It is over once a supervisor has answered, or a letter to that person was made. agreements.is_open says the
        same of one.
        """
        if not user.has(Permission.REVIEW_DECISIONS):
            return self.none()
        letters = self.model._meta.get_field("letter").related_model._default_manager  # type: ignore[union-attr]
        same = {name: OuterRef(name) for name in ("decision", "person", "route")}
        answered = self.model._default_manager.filter(**same, pk__gt=OuterRef("pk"))
        made = letters.filter(person=OuterRef("person"), written_at__gt=OuterRef("written_at"))
        rows = self.filter(organisation_id=user.organisation_id, step="asked", valid_until__gte=at)
        rows = rows.filter(~Exists(answered), ~Exists(made), decision__team_id__in=user.team_ids(Role.SUPERVISOR))
        rows = without_closed(rows, "decision", user.closed_decisions)
        return rows.exclude(decision__author_id=user.pk).exclude(written_by_id=user.pk)
