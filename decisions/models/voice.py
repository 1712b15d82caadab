"""People's own voice after recording: their views read back to them, and what they say to the recipients.

Rows are added and never changed: what they said first stays beside what they say now.
"""

from django.db import models
from django.db.models import Q

import audit
from decisions.models.decision import Decision
from decisions.models.events import ConsentEvent, DecisionEvent
from decisions.models.parts import DecisionPerson, DecisionRecipient
from rules.contact import ReadBack


class ViewsReadBack(DecisionEvent):
    """One person's recorded views were read back to them: they confirmed them, or said how they should be."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="views_read_back")
    consent = models.ForeignKey(ConsentEvent, on_delete=models.CASCADE, related_name="read_back")
    outcome = models.CharField(max_length=20, choices=ReadBack.choices())
    corrected_to = models.TextField(max_length=2000, blank=True)
    read_back_at = models.DateTimeField()
    read_back_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["read_back_at", "pk"]
        verbose_name = "views read back"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=ReadBack.CONFIRMED.value, corrected_to="")
                | Q(outcome=ReadBack.CORRECTED.value) & ~Q(corrected_to=""),
                name="views_read_back_as_they_said",
            ),
        ]


class StatementToRecipients(DecisionEvent):
    """What a person wants the recipients to know, in their own words. Without `recipient` it is for all of them."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="statements_to_recipients")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="+")
    recipient = models.ForeignKey(DecisionRecipient, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=4000)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = "statement to the recipients"
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="statement_to_recipients_says_what")]


class StatementPassedOn(DecisionEvent):
    """A statement was passed on to one recipient, or why it was not."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="statements_passed_on")
    statement = models.ForeignKey(StatementToRecipients, on_delete=models.CASCADE, related_name="passed_on")
    recipient = models.ForeignKey(DecisionRecipient, on_delete=models.CASCADE, related_name="+")
    passed_on_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=500, blank=True)
    why_not = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "statement passed on"
        constraints = [
            models.CheckConstraint(
                condition=Q(passed_on_at__isnull=False, why_not="") & ~Q(how="")
                | Q(passed_on_at__isnull=True, how="") & ~Q(why_not=""),
                name="statement_passed_on_or_why_not",
            ),
        ]


for _model in (ViewsReadBack, StatementToRecipients, StatementPassedOn):
    audit.register(_model)
