import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from accounts.namesakes import MOST_OF_A_NAME
from audit.models import AuditedModel
from families.models.constraints import not_blank, one_of, says
from families.models.family import Family
from families.queries import FamilyRowQuerySet


class EarlierWording(AuditedModel):
    """What a change replaced: the wording before, by whom it was changed, when and why. Append-only.

    `before` has the text of each changed answer as it was in that version of the row, and None where there was none.
    A known risk is an answer about its person. families/triggers.py refuses a change whose earlier wording is not kept.
    """

    class Subject(models.TextChoices):
        FAMILY = "family", "Family"
        PERSON = "person", "Person"
        CONTACT = "contact", "Contact details"
        DISCLOSURE = "disclosure", "Disclosure"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=10, choices=Subject)
    subject_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    before = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_by_name = models.CharField(max_length=MOST_OF_A_NAME)
    why = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = FamilyRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "version"], name="earlier_wording_once"),
            one_of("subject", ["family", "person", "contact", "disclosure"], "earlier_wording_subject_known"),
            not_blank("changed_by_name", "earlier_wording_has_a_name"),
            models.CheckConstraint(condition=~Q(subject="disclosure") | says("why"), name="earlier_wording_says_why"),
        ]

    def ledger_reference(self) -> str:
        return f"{self.subject} {self.subject_id} version {self.version}"


audit.register(EarlierWording)
