"""Rows about what happens after a decision is recorded. They never change the record."""

from django.db import models
from django.db.models import Q

import audit
from decisions.models.decision import Decision
from decisions.models.events import DecisionEvent, Sending
from decisions.models.parts import DecisionPerson, DecisionRecipient
from rules.codes import AdditionKind, ResponseKind


class NotSent(DecisionEvent):
    """Why it will not be sent to one recipient of a decision to share: without it, sending stays due."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="not_sent")
    recipient = models.ForeignKey(DecisionRecipient, on_delete=models.CASCADE, related_name="not_sent")
    why = models.TextField(max_length=2000)

    class Meta:
        ordering = ["pk"]
        verbose_name = "reason for not sending"


class Receipt(DecisionEvent):
    """A recipient's confirmation that they have it: when, and who said so."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="receipts")
    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="receipts")
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=200)
    reference_given = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = "receipt"


class Response(DecisionEvent):
    """What a recipient did with it, that they were chased, or how it ended; and how that was escalated."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="responses")
    recipient = models.ForeignKey(
        DecisionRecipient, on_delete=models.CASCADE, null=True, blank=True, related_name="responses"
    )
    kind = models.CharField(max_length=20, choices=ResponseKind.choices())
    at = models.DateTimeField()
    text = models.TextField(max_length=2000)
    answered = models.TextField(max_length=2000, blank=True)
    escalated_to = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "response"
        constraints = [models.CheckConstraint(condition=Q(kind__in=sorted(ResponseKind)), name="response_kind_known")]


class Addition(DecisionEvent):
    """An addition to a section of the record: an amendment by the author, or a person's own account."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="additions")
    kind = models.CharField(max_length=20, choices=AdditionKind.choices())
    section = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(
        DecisionPerson, on_delete=models.CASCADE, null=True, blank=True, related_name="statements"
    )
    text = models.TextField(max_length=4000)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = "addition"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(AdditionKind)), name="addition_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="addition_says_something"),
        ]


for _model in (NotSent, Receipt, Response, Addition):
    audit.register(_model)
