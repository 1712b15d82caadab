"""Working together with a person after recording: what was done, the next contact, and whether it was had.

Rows are added and never changed.
"""

from django.db import models
from django.db.models import Q

import audit
from decisions.models.answers import ContactAnswers
from decisions.models.decision import Decision
from decisions.models.events import DecisionEvent
from decisions.models.parts import DecisionPerson
from rules.contact import ContactHad


class ContactPlan(DecisionEvent, ContactAnswers):
    """What was done to keep working together with one person, the next contact with them, or both."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="contact_plans")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = "planned contact"
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_on__isnull=True, planned_how="", planned_by="") & ~Q(kept_working="")
                | Q(planned_on__isnull=False) & ~Q(planned_how="") & ~Q(planned_by=""),
                name="contact_plan_says_what",
            ),
        ]


class ContactOutcome(DecisionEvent):
    """A planned contact was had, or why it was not."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="contact_outcomes")
    plan = models.ForeignKey(ContactPlan, on_delete=models.CASCADE, related_name="outcomes")
    had = models.CharField(max_length=20, choices=ContactHad.choices())
    contact_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "outcome of a planned contact"
        constraints = [
            models.CheckConstraint(
                condition=Q(had=ContactHad.HAD.value, contact_at__isnull=False)
                | Q(had=ContactHad.NOT_HAD.value, contact_at__isnull=True) & ~Q(text=""),
                name="contact_outcome_had_or_why_not",
            ),
        ]


for _model in (ContactPlan, ContactOutcome):
    audit.register(_model)
