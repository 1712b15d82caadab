import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from accounts.written import Written
from families.models.constraints import not_blank, one_of, says
from families.models.family import Family
from families.queries import FamilyRowQuerySet
from families.references import new_disclosure_reference
from rules.codes import Level


class Disclosure(Written):
    """What somebody said or saw. Facts, opinion and the child's own words have separate fields."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="disclosures")
    reference = models.CharField(max_length=10, default=new_disclosure_reference, editable=False)
    said_by = models.CharField(max_length=200)
    said_to = models.CharField(max_length=200)
    happened = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    facts = models.TextField(max_length=4000, blank=True)
    opinion = models.TextField(max_length=4000, blank=True)
    child_words = models.TextField(max_length=4000, blank=True)
    level = models.CharField(max_length=20, choices=Level.choices())
    immediate_danger = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = FamilyRowQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="disclosure_reference_once"),
            models.CheckConstraint(
                condition=says("facts") | says("opinion") | says("child_words"), name="disclosure_says_something"
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=models.F("written_at")), name="disclosure_received_before_written"
            ),
            not_blank("written_by_name", "disclosure_written_by_somebody"),
            not_blank("said_by", "disclosure_said_by_somebody"),
            not_blank("said_to", "disclosure_said_to_somebody"),
            one_of("level", [code.value for code in Level], "disclosure_level_known"),
        ]

    def ledger_reference(self) -> str:
        return self.reference


audit.register(Disclosure)
