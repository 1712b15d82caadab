import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from audit.models import AuditedModel
from families.models.constraints import not_blank
from families.queries import FamilyQuerySet
from families.references import new_family_reference


class Family(AuditedModel):
    """A household or wider family. The teams working with it decide who may see it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="families")
    reference = models.CharField(max_length=10, default=new_family_reference, editable=False)
    name = models.CharField(max_length=100)
    registered_at = models.DateTimeField()
    # As of a person: of the system whose file it came from, so that its next child is added to it.
    system_number = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = FamilyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="family_reference_once"),
            not_blank("name", "family_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-registered_at"], name="family_newest"),
            models.Index(
                fields=["organisation", "system_number"], name="family_system", condition=~Q(system_number="")
            ),
        ]

    def ledger_reference(self) -> str:
        return self.reference


audit.register(Family)
