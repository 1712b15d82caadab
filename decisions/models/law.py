"""What an organisation has said about the law it uses: dated notices, one after another, never changed."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from audit.models import AuditedModel
from decisions.models.parts import DecisionPart
from decisions.queries import LawNoticeQuerySet


class LawNotice(AuditedModel):
    """One word of a data protection officer about one row of the law; the latest about a row is what holds."""

    class What(models.TextChoices):
        COMMENCED = "commenced", "It has begun"
        NOT_COMMENCED = "not_begun", "It has not begun after all"
        LOCAL = "local", "A row of our own"
        RETIRED = "retired", "Not used here any more"
        KEPT = "kept", "Used here after all"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="law_notices")
    what = models.CharField(max_length=10, choices=What)
    code = models.CharField(max_length=30)
    # The first day on which it holds, or on which the row is used no longer.
    on_day = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500)
    why = models.TextField(max_length=1000, blank=True)
    # A row of the organisation's own, as LawRow has it; empty for the others.
    row = models.JSONField(default=dict, blank=True)
    # The code again where this makes a row, so that no code is ever made twice.
    made_code = models.CharField(max_length=30, null=True, blank=True)  # noqa: DJ001 - NULL is not equal to NULL
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = LawNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "made_code"], name="law_notice_makes_a_code_once"),
            models.CheckConstraint(
                condition=Q(what="local", made_code__isnull=False, made_code=models.F("code"))
                | ~Q(what="local") & Q(made_code__isnull=True),
                name="law_notice_local_makes_its_code",
            ),
            models.CheckConstraint(
                condition=Q(what__in=["commenced", "local", "retired"], on_day__isnull=False)
                | Q(what__in=["not_begun", "kept"], on_day__isnull=True),
                name="law_notice_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(code=""), name="law_notice_has_a_source"),
        ]

    def ledger_reference(self) -> str:
        return f"law {self.code}"


class GuidanceSeen(DecisionPart):
    """One passage of guidance as it stood on a page when the page was answered."""

    decision = models.ForeignKey("decisions.Decision", on_delete=models.CASCADE, related_name="guidance_seen")
    page = models.CharField(max_length=30)
    passage = models.CharField(max_length=40)
    version = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        verbose_name = "guidance"
        constraints = [
            models.UniqueConstraint(fields=["decision", "page", "passage"], name="guidance_seen_once_on_a_page"),
        ]


for _model in (LawNotice, GuidanceSeen):
    audit.register(_model)
