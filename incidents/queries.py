"""Who may see an incident: whoever reported it or sees its record, its supervisors, data protection officers."""

from collections.abc import Collection
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.roles import Permission, Role
from audit.models import AuditedQuerySet
from decisions.incident_links import incidents_without
from decisions.models import Decision, UrgentRecord
from decisions.queries import is_supervised_by, may_add_to

if TYPE_CHECKING:
    from incidents.models import Incident

Row = TypeVar("Row", bound=Model)
ENDS = ("CLOSED", "REOPENED")
# What somebody typed, and the reference.
WRITTEN = ("reference", "what_happened", "what_other", "went_to", "who_harmed", "noticed_by")


class IncidentQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        if not user.has(Permission.REPORT_INCIDENTS):
            return self.none()
        rows = incidents_without(self.filter(organisation_id=user.organisation_id), user.decisions_closed_on_duty)
        if user.has(Permission.FOLLOW_INCIDENTS):
            return rows
        seen = Decision.objects.each_visible_to(user)
        further = self.model._meta.get_field("further").related_model._default_manager  # type: ignore[union-attr]
        of_further = further.filter(incident=OuterRef("pk"), decision__in=seen)
        of_records = Exists(seen.filter(pk=OuterRef("decision"))) | Exists(of_further)
        of_urgent = Q(urgent__in=UrgentRecord.objects.visible_to(user).values("pk"))
        supervised = Q(team_id__in=user.team_ids(Role.SUPERVISOR))
        return rows.filter(Q(written_by_id=user.pk) | supervised | of_urgent | of_records)

    def found_by(self, words: Collection[str], decisions: Collection[int], urgent: Collection[int]) -> Self:
        """Those with all of these words in what was written, and those about these records.

        Incidents are few, so no index is kept of their words.
        """
        events = self.model._meta.get_field("events").related_model._default_manager  # type: ignore[union-attr]
        with_words = reduce(and_, (_with_word(word, events) for word in words)) if words else Q(pk__in=[])
        about = Q(decision__in=decisions) | Q(urgent__in=urgent) | Q(further__decision__in=decisions)
        return self.filter(with_words | about).distinct()

    def open(self) -> Self:
        """Not closed, or opened again since."""
        events = self.model._meta.get_field("events").related_model._default_manager  # type: ignore[union-attr]
        ends = events.filter(incident=OuterRef("pk"), kind__in=ENDS).order_by("-pk")
        return self.alias(ended=Coalesce(Subquery(ends.values("kind")[:1]), Value(""))).exclude(ended="CLOSED")


def _with_word(word: str, events: Any) -> Q:
    in_report = reduce(or_, (Q(**{f"{column}__icontains": word}) for column in WRITTEN))
    return in_report | Q(Exists(events.filter(incident=OuterRef("pk"), text__icontains=word)))


class IncidentPartQuerySet(AuditedQuerySet[Row]):
    """Rows that belong to an incident are seen with it."""

    def of(self, incident: "Incident") -> Self:
        return self.filter(incident=incident, organisation_id=incident.organisation_id)


def may_report(decision: Decision, user: User) -> bool:
    """Whether this person reports what went wrong with a decision. Costs no query."""
    return user.has(Permission.REPORT_INCIDENTS) and (may_add_to(decision, user) or is_supervised_by(decision, user))


def may_report_urgent(urgent: UrgentRecord, user: User) -> bool:
    """Of an urgent record that this person sees: whoever is in its team. Costs no query."""
    return user.has(Permission.REPORT_INCIDENTS) and urgent.team_id in user.team_ids()


def may_add_events(incident: "Incident", user: User) -> bool:
    """Of an incident that this person sees: its team, as long as they are in it, and data protection officers."""
    return user.has(Permission.FOLLOW_INCIDENTS) or incident.team_id in user.team_ids()
