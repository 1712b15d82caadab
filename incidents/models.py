"""What went wrong with information, and what was done about it. Append-only: see incidents/triggers.py."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

import audit
from accounts.models import Organisation, Team
from accounts.written import Written
from decisions.models import Decision, DecisionItem, DecisionRecipient, UrgentRecord
from families.references import new_reference
from incidents.queries import IncidentPartQuerySet, IncidentQuerySet
from rules.codes import YesNoUnknown
from rules.incidents.clock import Happened
from rules.incidents.codes import IncidentEventKind, IncidentKind, IncidentRisk, RecallOutcome, RecallWay


def new_incident_reference() -> str:
    return new_reference("W")


class Incident(Written):
    """As it was reported. What is found out or done later is a row of its own.

    The law's clock runs from `noticed_at`, when somebody here first knew. `what_other` and `went_to` are what no list
    of the decision has. It is about a decision, an urgent record, or neither; further decisions are rows of their own.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="incidents")
    # None: a data protection officer reported it for no team.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    urgent = models.ForeignKey(UrgentRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    reference = models.CharField(max_length=10, default=new_incident_reference, editable=False)
    kind = models.CharField(max_length=13, choices=IncidentKind.choices())
    danger = models.CharField(max_length=7, choices=YesNoUnknown.choices())
    address_at_risk = models.CharField(max_length=7, choices=YesNoUnknown.choices())
    what_happened = models.TextField(max_length=4000)
    what_other = models.TextField(max_length=2000, blank=True)
    went_to = models.TextField(max_length=1000, blank=True)
    who_harmed = models.TextField(max_length=2000)
    noticed_at = models.DateTimeField()
    noticed_by = models.CharField(max_length=200)

    objects: ClassVar[Any] = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["noticed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="incident_reference_once"),
            models.CheckConstraint(condition=Q(kind__in=sorted(IncidentKind)), name="incident_kind_known"),
            models.CheckConstraint(
                condition=Q(danger__in=sorted(YesNoUnknown), address_at_risk__in=sorted(YesNoUnknown)),
                name="incident_danger_known",
            ),
            models.CheckConstraint(
                condition=~Q(Q(what_happened="") | Q(who_harmed="") | Q(noticed_by="")), name="incident_says_what"
            ),
            models.CheckConstraint(condition=Q(noticed_at__lte=F("written_at")), name="incident_noticed_before"),
            models.CheckConstraint(
                condition=Q(decision__isnull=True) | Q(urgent__isnull=True), name="incident_from_one_record"
            ),
        ]

    def ledger_reference(self) -> str:
        return self.reference


class IncidentPart(Written):
    """A row that belongs to an incident."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = IncidentPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def ledger_reference(self) -> str:
        incident: Incident = self.incident  # type: ignore[attr-defined]  # every part has one
        return f"{incident.reference} {self._meta.verbose_name} {self.pk}"


class IncidentDecision(IncidentPart):
    """A further decision that it is about too. What went out from it is said in words."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="further")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="further_incidents")

    class Meta:
        ordering = ["pk"]
        verbose_name = "incident decision"
        constraints = [models.UniqueConstraint(fields=["incident", "decision"], name="incident_decision_once")]


class IncidentItem(IncidentPart):
    """An item of the decision that went where it should not."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(DecisionItem, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "incident item"
        constraints = [models.UniqueConstraint(fields=["incident", "item"], name="incident_item_once")]


class IncidentRecipient(IncidentPart):
    """A recipient of the decision who got what they should not have."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="recipients")
    recipient = models.ForeignKey(DecisionRecipient, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "incident recipient"
        constraints = [models.UniqueConstraint(fields=["incident", "recipient"], name="incident_recipient_once")]


class IncidentEvent(IncidentPart):
    """What was done or found out, and when. `why_late`: why the regulator was not told within the time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=22, choices=IncidentEventKind.choices())
    at = models.DateTimeField()
    text = models.TextField(max_length=2000)
    way = models.CharField(max_length=9, choices=RecallWay.choices(), blank=True)
    outcome = models.CharField(max_length=9, choices=RecallOutcome.choices(), blank=True)
    in_writing = models.BooleanField(default=False)
    risk = models.CharField(max_length=8, choices=IncidentRisk.choices(), blank=True)
    why_late = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "incident event"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(IncidentEventKind)), name="incident_event_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="incident_event_says_what"),
            models.CheckConstraint(condition=Q(at__lte=F("written_at")), name="incident_event_has_happened"),
            models.CheckConstraint(
                condition=Q(kind="RECALL_ASKED", way__in=sorted(RecallWay)) | ~Q(kind="RECALL_ASKED") & Q(way=""),
                name="incident_event_way_of_asking",
            ),
            models.CheckConstraint(
                condition=Q(kind="RECALL_ANSWERED", outcome__in=sorted(RecallOutcome))
                | ~Q(kind="RECALL_ANSWERED") & Q(outcome="", in_writing=False),
                name="incident_event_outcome_of_asking",
            ),
            models.CheckConstraint(
                condition=Q(kind="RISK_JUDGED", risk__in=sorted(IncidentRisk)) | ~Q(kind="RISK_JUDGED") & Q(risk=""),
                name="incident_event_risk_decided",
            ),
            models.CheckConstraint(
                condition=Q(kind="REGULATOR_NOTIFIED") | Q(why_late=""), name="incident_event_late_report"
            ),
        ]

    @property
    def happened(self) -> Happened:
        return Happened(self.kind, self.at, self.risk or self.outcome, self.in_writing)


for _model in (Incident, IncidentDecision, IncidentItem, IncidentRecipient, IncidentEvent):
    audit.register(_model)
