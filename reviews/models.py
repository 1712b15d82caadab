import uuid

from django.conf import settings
from django.db import models

import audit
from accounts.models import Organisation
from audit.models import AuditedModel
from decisions.models import Decision


class Verdict(models.TextChoices):
    AGREED = "AGREED", "Agreed"
    AGREED_WITH_ADVICE = "AGREED_WITH_ADVICE", "Agreed, with advice"
    RETURNED = "RETURNED", "Returned with a question"
    DISAGREED = "DISAGREED", "Disagreed"


class Review(AuditedModel):
    """A supervisor's verdict on one recorded decision. It stands beside the decision and changes nothing in it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=200)
    verdict = models.CharField(max_length=20, choices=Verdict)
    comment = models.TextField(max_length=2000, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=Verdict.values), name="review_verdict_known"),
            models.UniqueConstraint(fields=["decision"], name="review_one_verdict"),
            models.CheckConstraint(
                condition=models.Q(verdict="AGREED") | ~models.Q(comment=""), name="review_says_why"
            ),
        ]

    def ledger_reference(self) -> str:
        return f"{self.decision.reference} verdict {self.pk}"


audit.register(Review)
