"""Law notices: what a data protection officer has decided about legal provisions. Append-only."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from accounts.written import Written
from decisions.law_queries import LawNoticeQuerySet
from decisions.models.parts import DecisionPart


class LawNotice(Written):
    """One notice about one legal provision. The latest notice about a provision counts.

    That a law has commenced is proposed by one person, and said by a second who read the source: ADR 45.
    """

    class What(models.TextChoices):
        PROPOSED = "proposed", "It has commenced, to be checked"
        NOT_CONFIRMED = "not_confirmed", "Checked, and not confirmed"
        COMMENCED = "commenced", "It has commenced"
        NOT_COMMENCED = "not_commenced", "Commencement withdrawn"
        LOCAL = "local", "Our own provision"
        RETIRED = "retired", "No longer used here"
        NOT_RETIRED = "not_retired", "Retirement withdrawn"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="law_notices")
    what = models.CharField(max_length=13, choices=What)
    code = models.CharField(max_length=30)
    # The first day on which the provision is in force here, or no longer used here.
    on_day = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500)
    # Of a commencement: what the source is called, and when whoever wrote this notice read it.
    source_title = models.CharField(max_length=200, blank=True)
    looked_up_on = models.DateField(null=True, blank=True)
    # What a second person answers.
    proposal = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by")
    why = models.TextField(max_length=1000, blank=True)
    # A local provision as JSON, as `rules.law.Provision` has it. Empty in every other notice.
    provision = models.JSONField(default=dict, blank=True)
    # The code again in a notice that adds a local provision, so that a code is added only once.
    local_code = models.CharField(max_length=30, null=True, blank=True)  # noqa: DJ001 - NULL is not equal to NULL

    objects: ClassVar[Any] = LawNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "local_code"], name="law_notice_local_code_once"),
            models.CheckConstraint(
                condition=Q(what="local", local_code__isnull=False, local_code=models.F("code"))
                | ~Q(what="local") & Q(local_code__isnull=True),
                name="law_notice_local_has_its_code",
            ),
            models.CheckConstraint(
                condition=Q(what__in=["proposed", "commenced", "local", "retired"], on_day__isnull=False)
                | Q(what__in=["not_confirmed", "not_commenced", "not_retired"], on_day__isnull=True),
                name="law_notice_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(what="proposed", proposal__isnull=True, looked_up_on__isnull=False) & ~Q(source_title="")
                | Q(what="commenced", proposal__isnull=False, looked_up_on__isnull=False) & ~Q(source_title="")
                | Q(what="not_confirmed", proposal__isnull=False) & ~Q(why="")
                | Q(what__in=["local", "retired", "not_commenced", "not_retired"], proposal__isnull=True),
                name="law_notice_of_a_commencement",
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(code=""), name="law_notice_has_a_source"),
        ]

    def ledger_reference(self) -> str:
        return f"law {self.code}"


class GuidanceSeen(DecisionPart):
    """One passage of guidance as a page showed it when the page was answered."""

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
