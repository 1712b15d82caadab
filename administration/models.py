"""Evidence that officers asked for, and what a second officer said to it. Append-only: administration/triggers.py.

A record is named by its reference alone, so that what left the site is known after the record was disposed of. Reasons
are kept for ever, so they name nobody of a family.
"""

import datetime as dt
import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q, Value

import audit
from accounts.models import Organisation, User
from accounts.roles import Permission
from accounts.written import Written
from audit.models import AuditedModel, AuditedQuerySet
from decisions.models import Decision
from families.models import Family
from families.models.constraints import one_of, says
from families.references import new_reference

# Of more decisions and families together, a second officer agrees first.
MOST_ALONE = 50
DAYS_OPEN = dt.timedelta(days=7)
LONGEST_REASON = 1000


def new_evidence_reference() -> str:
    return new_reference("E")


class EvidenceQuerySet(AuditedQuerySet["EvidenceRequest"]):
    def visible_to(self, user: User) -> Self:
        if not user.has(Permission.TAKE_EVIDENCE):
            return self.none()
        rows = self.filter(organisation_id=user.organisation_id)
        if not (user.closed_families or user.closed_decisions):
            return rows
        # Of what is closed to them; and of everything, where they have a conflict with a part of it.
        decisions = Decision.objects.filter(pk__in=user.closed_decisions).values("reference")
        families = Family.objects.filter(pk__in=user.closed_families).values("reference")
        if user.families_closed_on_duty or user.decisions_closed_on_duty:
            rows = rows.exclude(what__in=["period", "log"])
        return rows.exclude(Q(record__in=decisions) | Q(record__in=families))


class EvidenceRequest(Written):
    """What an officer wants evidence of, why, and how much that was when they asked."""

    class What(models.TextChoices):
        DECISION = "decision", "One decision"
        FAMILY = "family", "One family and the decisions about it"
        PERIOD = "period", "A period of the audit log"
        LOG = "log", "The whole audit log"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=10, default=new_evidence_reference, editable=False)
    what = models.CharField(max_length=10, choices=What)
    record = models.CharField(max_length=20, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    reason = models.TextField(max_length=LONGEST_REASON)
    their_reference = models.CharField(max_length=120, blank=True)
    addresses = models.BooleanField(default=False)
    why_addresses = models.TextField(max_length=LONGEST_REASON, blank=True)
    needs_second = models.BooleanField()
    entries = models.PositiveIntegerField()
    decisions = models.PositiveIntegerField()
    families = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    with_words = models.PositiveIntegerField()

    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "request for evidence"
        constraints = [
            one_of("what", ["decision", "family", "period", "log"], "evidence_what_known"),
            models.UniqueConstraint(fields=["organisation", "reference"], name="evidence_reference_once"),
            models.CheckConstraint(condition=says("reason"), name="evidence_says_why"),
            models.CheckConstraint(
                condition=Q(addresses=False) | says("why_addresses"), name="evidence_says_why_addresses"
            ),
            models.CheckConstraint(
                condition=~Q(what__in=["decision", "family"]) | says("record"), name="evidence_names_its_record"
            ),
            models.CheckConstraint(
                condition=~Q(what="period") | Q(first_day__isnull=False, last_day__gte=F("first_day")),
                name="evidence_period_has_days",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=True) | Q(decisions__lte=Value(MOST_ALONE) - F("families")),
                name="evidence_of_many_needs_a_second",
            ),
        ]

    def ledger_reference(self) -> str:
        return self.reference

    @property
    def ends_at(self) -> dt.datetime:
        return self.written_at + DAYS_OPEN

    @property
    def answered(self) -> "EvidenceAnswer | None":
        return getattr(self, "answer", None)

    def is_agreed(self) -> bool:
        return self.answered is not None and self.answered.agreed


class EvidenceAnswer(Written):
    """What a second officer said. Who asked never answers themselves: the database refuses it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(EvidenceRequest, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    reason = models.TextField(max_length=LONGEST_REASON)

    class Meta:
        ordering = ["pk"]
        verbose_name = "answer to a request for evidence"
        constraints = [models.CheckConstraint(condition=says("reason"), name="evidence_answer_says_why")]

    def ledger_reference(self) -> str:
        return self.request.reference


class LeftOut(AuditedModel):
    """One field of one row that stays out of the evidence of a decision, and why. The value is nowhere in it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(EvidenceRequest, on_delete=models.PROTECT, related_name="left_out")
    subject = models.CharField(max_length=100)
    row = models.CharField(max_length=40)
    field = models.CharField(max_length=100)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "subject", "row", "field"], name="evidence_left_out_once"),
            models.CheckConstraint(condition=says("reason"), name="evidence_left_out_says_why"),
        ]

    def ledger_reference(self) -> str:
        return self.request.reference


for _model in (EvidenceRequest, EvidenceAnswer, LeftOut):
    audit.register(_model)
