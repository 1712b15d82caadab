"""How long records are kept, what keeps them longer, and what was disposed of. Append-only: retention/triggers.py."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from accounts.namesakes import MOST_OF_A_NAME
from accounts.written import Written
from audit.models import AuditedModel
from decisions.models import Decision
from families.models import Family
from families.models.constraints import one_of, says
from families.references import new_reference
from retention.queries import DisposalQuerySet, HoldQuerySet, RetentionQuerySet
from rules.retention import FEWEST_YEARS, MOST_YEARS, Confidence, CountedFrom, RecordKind

LONGEST_RULE = 300


def new_disposal_reference() -> str:
    return new_reference("X")


class Kept(Written):
    """A row that an officer writes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = RetentionQuerySet.as_manager()

    class Meta:
        abstract = True

    def ledger_reference(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class RetentionRule(Kept):
    """How long records of a kind are kept, as an officer confirmed it. The latest of a kind counts."""

    kind = models.CharField(max_length=10, choices=RecordKind.choices())
    counted_from = models.CharField(max_length=4, choices=CountedFrom.choices())
    years = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=500)
    confidence = models.CharField(max_length=10, choices=Confidence.choices())
    reason = models.TextField(max_length=1000)

    class Meta:
        ordering = ["pk"]
        verbose_name = "retention rule"
        constraints = [
            one_of("kind", sorted(RecordKind), "retention_rule_kind_known"),
            one_of("counted_from", sorted(CountedFrom), "retention_rule_day_known"),
            one_of("confidence", sorted(Confidence), "retention_rule_confidence_known"),
            models.CheckConstraint(
                condition=Q(years__gte=FEWEST_YEARS, years__lte=MOST_YEARS), name="retention_rule_years_possible"
            ),
            models.CheckConstraint(condition=says("source") & says("reason"), name="retention_rule_says_why"),
        ]


class Hold(Kept):
    """Why a decision, or everything about a family, is kept whatever its rule says, until the hold is lifted."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="holds")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="holds")
    reason = models.TextField(max_length=1000)

    objects: ClassVar[Any] = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "hold"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=True, family__isnull=False)
                | Q(decision__isnull=False, family__isnull=True),
                name="hold_on_one_record",
            ),
            models.CheckConstraint(condition=says("reason"), name="hold_says_why"),
        ]

    @property
    def reference(self) -> str:
        record: Decision | Family = self.decision or self.family  # type: ignore[assignment]  # one of the two
        return record.reference


class HoldLifted(Kept):
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="lifted")
    reason = models.TextField(max_length=1000)

    class Meta:
        ordering = ["pk"]
        verbose_name = "lifted hold"
        constraints = [models.CheckConstraint(condition=says("reason"), name="hold_lifted_says_why")]


class Disposal(Kept):
    """What an officer decided to dispose of at one time. `reason` is kept for ever, so it names nobody."""

    reference = models.CharField(max_length=10, default=new_disposal_reference, editable=False)
    reason = models.TextField(max_length=1000)
    needs_second = models.BooleanField()

    objects: ClassVar[Any] = DisposalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "disposal"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="disposal_reference_once"),
            models.CheckConstraint(condition=says("reason"), name="disposal_says_why"),
        ]

    def ledger_reference(self) -> str:
        return self.reference


class DisposalRecord(AuditedModel):
    """One record of a disposal: by its kind, its address and its reference, with the rule in words."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=10, choices=RecordKind.choices())
    record = models.UUIDField()
    reference = models.CharField(max_length=20)
    rule = models.CharField(max_length=LONGEST_RULE)

    objects: ClassVar[Any] = RetentionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["disposal", "record"], name="disposal_record_once")]

    def ledger_reference(self) -> str:
        return self.reference


class DisposalAnswer(Kept):
    """What a second officer said to a disposal of records of more than one family."""

    disposal = models.OneToOneField(Disposal, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    reason = models.TextField(max_length=1000)

    class Meta:
        ordering = ["pk"]
        verbose_name = "answer to a disposal"
        constraints = [models.CheckConstraint(condition=says("reason"), name="disposal_answer_says_why")]


class Tombstone(AuditedModel):
    """The disposal of one row: the rule, the time and the authority. The database lets no such row go without one.

    `row` is the key it had. What goes with a record and belongs to others too, such as a letter about several
    decisions, has a tombstone of its own.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "Decision"
        URGENT = "urgent", "Urgent record"
        FAMILY = "family", "Family"
        REQUEST = "request", "Rights request"
        INCIDENT = "incident", "Incident"
        COPY = "copy", "Copy for a rights request"
        LETTER = "letter", "Letter about several decisions"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    row = models.BigIntegerField()
    record = models.UUIDField()
    reference = models.CharField(max_length=20, blank=True)
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="tombstone"
    )  # its skeleton stays
    rule = models.CharField(max_length=LONGEST_RULE)
    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, null=True, related_name="tombstones")
    # Applied again to a backup of the time before, by the file of tombstones.
    again = models.BooleanField(default=False)
    disposed_at = models.DateTimeField()
    disposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    disposed_by_name = models.CharField(max_length=MOST_OF_A_NAME)

    objects: ClassVar[Any] = RetentionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "row"], name="tombstone_once"),
            models.CheckConstraint(
                condition=Q(again=True, disposal__isnull=True) | Q(again=False, disposal__isnull=False),
                name="tombstone_has_its_disposal",
            ),
        ]

    def ledger_reference(self) -> str:
        return self.reference


for _model in (RetentionRule, Hold, HoldLifted, Disposal, DisposalRecord, DisposalAnswer, Tombstone):
    audit.register(_model)
