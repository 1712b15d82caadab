"""Complaints about a decision or about how information was shared, objections to it, and what became of them.

Rows are never changed.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from decisions.contact_queries import ComplaintQuerySet
from decisions.models.decision import Decision
from decisions.models.events import DecisionEvent
from decisions.models.parts import DecisionPerson
from rules.complaints import ComplaintKind, ComplaintOutcome


class Complaint(DecisionEvent):
    """Who complained or objected, when, and about what. `made_by_other` names somebody who is not on the decision."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="complaints")
    kind = models.CharField(max_length=20, choices=ComplaintKind.choices(), default=ComplaintKind.COMPLAINT.value)
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    made_by_other = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    text = models.TextField(max_length=2000)

    objects: ClassVar[Any] = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = "complaint"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) & ~Q(made_by_other="") | Q(person__isnull=False, made_by_other=""),
                name="complaint_made_by_one",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="complaint_says_what"),
            models.CheckConstraint(condition=Q(kind__in=sorted(ComplaintKind)), name="complaint_kind_known"),
        ]


class ComplaintAcknowledgement(DecisionEvent):
    """The person was told that their complaint or objection was received, and what happens next."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="complaint_acknowledgements")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="acknowledgements")
    acknowledged_at = models.DateTimeField()
    how = models.CharField(max_length=500)

    class Meta:
        ordering = ["acknowledged_at", "pk"]
        verbose_name = "acknowledgement of a complaint"
        constraints = [models.CheckConstraint(condition=~Q(how=""), name="complaint_acknowledgement_says_how")]


class ComplaintAnswer(DecisionEvent):
    """What the person who complained was answered, and how it ended."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="complaint_answers")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="answers")
    outcome = models.CharField(max_length=20, choices=ComplaintOutcome.choices())
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=200)
    text = models.TextField(max_length=2000)

    class Meta:
        ordering = ["answered_at", "pk"]
        verbose_name = "answer to a complaint"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=sorted(ComplaintOutcome)), name="complaint_answer_outcome_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="complaint_answer_says_what"),
        ]


for _model in (Complaint, ComplaintAcknowledgement, ComplaintAnswer):
    audit.register(_model)
