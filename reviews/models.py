"""Reviews of recorded decisions and the replies to them. Append-only: see reviews/triggers.py."""

import uuid

from django.conf import settings
from django.db import models

import audit
from accounts.models import Organisation
from accounts.namesakes import MOST_OF_A_NAME
from audit.models import AuditedModel
from decisions.models import Decision

WHO = settings.AUTH_USER_MODEL


class ReviewOutcome(models.TextChoices):
    AGREED = "AGREED", "Agreed"
    AGREED_WITH_ADVICE = "AGREED_WITH_ADVICE", "Agreed, with advice"
    RETURNED = "RETURNED", "Sent back for clarification"
    DISAGREED = "DISAGREED", "Disagreed"


class ReviewRow(AuditedModel):
    """A row about one decision, of the decision's own organisation."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Review(ReviewRow):
    """A supervisor's review in one round. It does not change the decision.

    The unique constraint allows one review a round. docs/adr/0016-rounds-of-review.md says when the
    next round opens.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField(default=1)
    reviewer = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=MOST_OF_A_NAME)
    outcome = models.CharField(max_length=20, choices=ReviewOutcome)
    comment = models.TextField(max_length=2000, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=ReviewOutcome.values), name="review_outcome_known"),
            models.UniqueConstraint(fields=["decision", "round"], name="review_once_a_round"),
            models.CheckConstraint(
                condition=models.Q(outcome="AGREED") | ~models.Q(comment=""), name="review_has_a_reason"
            ),
        ]

    def ledger_reference(self) -> str:
        return f"{self.decision.reference} review {self.pk}"


class Reply(ReviewRow):
    """The author's reply to a review, at most one to each."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="reply")
    author = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=MOST_OF_A_NAME)
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"

    def ledger_reference(self) -> str:
        return f"{self.review.decision.reference} reply {self.pk}"


class Assignment(ReviewRow):
    """Who is asked to do the next review. The latest assignment counts, while that person can review."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=MOST_OF_A_NAME)
    assigned_by = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    assigned_by_name = models.CharField(max_length=MOST_OF_A_NAME)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reviewer_name="") & ~models.Q(assigned_by_name=""), name="assignment_keeps_names"
            )
        ]

    def ledger_reference(self) -> str:
        return f"{self.decision.reference} assignment {self.pk}"


class SecondLook(ReviewRow):
    """The author's own second look at a decision that nobody else may review. Not a review."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="second_look")
    author = models.ForeignKey(WHO, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=MOST_OF_A_NAME)
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()

    def ledger_reference(self) -> str:
        return f"{self.decision.reference} second look {self.pk}"


for _model in (Review, Reply, Assignment, SecondLook):
    audit.register(_model)
