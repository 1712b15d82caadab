import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation, Team
from accounts.namesakes import MOST_OF_A_NAME
from audit.models import AuditedModel
from decisions.urgent_queries import UrgentQuerySet
from families.references import new_reference

URGENT_FIELDS = ("who", "information", "recipient", "why", "how")


def new_urgent_reference() -> str:
    return new_reference("U")


class UrgentRecord(AuditedModel):
    """A short record of information shared urgently: six answers, closed as soon as it is made.

    It needs no family record. The decision that completes it refers to it and obeys every rule. `complete_by` is the
    last day for that, stored when the record is made.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=10, default=new_urgent_reference, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="urgent_records")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="urgent_records")

    who = models.TextField(max_length=500)
    information = models.TextField(max_length=4000)
    recipient = models.CharField(max_length=200)
    why = models.TextField(max_length=2000)
    shared_at = models.DateTimeField()
    how = models.CharField(max_length=200)

    recorded_at = models.DateTimeField()
    complete_by = models.DateField()
    author_name = models.CharField(max_length=MOST_OF_A_NAME)
    author_job = models.CharField(max_length=200, blank=True)
    team_name = models.CharField(max_length=200)
    organisation_name = models.CharField(max_length=200)

    objects: ClassVar[Any] = UrgentQuerySet.as_manager()

    class Meta:
        ordering = ["shared_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="urgent_reference_once"),
            models.CheckConstraint(
                condition=~Q(who="") & ~Q(information="") & ~Q(recipient="") & ~Q(why="") & ~Q(how=""),
                name="urgent_record_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__lte=models.F("recorded_at")), name="urgent_shared_then_recorded"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "team", "complete_by"], name="urgent_due")]

    def ledger_reference(self) -> str:
        return self.reference


audit.register(UrgentRecord)
