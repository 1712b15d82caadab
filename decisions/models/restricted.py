"""Families and decisions that only named people read: ADR 51. Append-only."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation, User
from accounts.written import Written
from audit.models import AuditedQuerySet
from decisions.models.decision import Decision
from families.models import Family


class RestrictionQuerySet(AuditedQuerySet["Restriction"]):
    def standing(self) -> "RestrictionQuerySet":
        return self.filter(lifted=None)


class Restriction(Written):
    """A family with everything about it, or one decision. It stands until a `RestrictionLifted` ends it.

    `concerned` is the colleague whom it is about: it is closed to them for ever, whoever lifts this.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="restrictions")
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, blank=True, related_name="restrictions"
    )  # fmt: skip
    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="restrictions"
    )  # fmt: skip
    about_staff = models.BooleanField(default=False)
    concerned = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why = models.TextField(max_length=1000)

    objects: ClassVar[Any] = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(family__isnull=True, decision__isnull=False)
                | Q(family__isnull=False, decision__isnull=True),
                name="restriction_of_one_record",
            ),
            models.CheckConstraint(
                condition=Q(concerned__isnull=True) | Q(about_staff=True), name="restriction_concerned_of_staff"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="restriction_says_why"),
        ]

    @property
    def record(self) -> "Family | Decision":
        return self.family or self.decision  # type: ignore[return-value]  # one of the two: the constraint above

    def ledger_reference(self) -> str:
        return f"{self.record.reference} restriction {self.pk}"


class RestrictionPart(Written):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class NamedReader(RestrictionPart):
    """Somebody who may read it, as far as their role goes. A `keeper` names others and removes them."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    keeper = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def ledger_reference(self) -> str:
        return f"{self.restriction.record.reference} named reader {self.pk}"


class ReaderRemoved(RestrictionPart):
    """The removal of a named reader, with the reason."""

    reader = models.OneToOneField(NamedReader, on_delete=models.CASCADE, related_name="removed")
    why = models.TextField(max_length=1000)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="reader_removed_says_why")]

    def ledger_reference(self) -> str:
        return f"{self.reader.restriction.record.reference} named reader {self.reader_id} removed"


class RestrictionLifted(RestrictionPart):
    """The end of a restriction, with the reason."""

    restriction = models.OneToOneField(Restriction, on_delete=models.CASCADE, related_name="lifted")
    why = models.TextField(max_length=1000)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="restriction_lifted_says_why")]

    def ledger_reference(self) -> str:
        return f"{self.restriction.record.reference} restriction {self.restriction_id} lifted"


for _model in (Restriction, NamedReader, ReaderRemoved, RestrictionLifted):
    audit.register(_model)
