"""Information that was given and turned out to be wrong, and who was told. Rows are added and never changed."""

from django.db import models
from django.db.models import Q

import audit
from decisions.models.decision import Decision
from decisions.models.events import DecisionEvent
from decisions.models.items import DecisionItem
from decisions.models.parts import DecisionRecipient


class WrongInformation(DecisionEvent):
    """One thing on the record that turned out to be wrong: an item, or something said that is no item of its own."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="wrong_information")
    item = models.ForeignKey(DecisionItem, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField()
    what_is_wrong = models.TextField(max_length=2000)
    what_is_right = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["found_at", "pk"]
        verbose_name = "wrong information"
        constraints = [
            models.CheckConstraint(condition=~Q(what_is_wrong=""), name="wrong_information_says_what"),
        ]


class Correction(DecisionEvent):
    """One recipient was told that something they got was wrong, or why they were not told."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="corrections")
    wrong = models.ForeignKey(WrongInformation, on_delete=models.CASCADE, related_name="corrections")
    recipient = models.ForeignKey(DecisionRecipient, on_delete=models.CASCADE, related_name="+")
    notified_at = models.DateTimeField(null=True, blank=True)
    notified_to = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=500, blank=True)
    why_not_notified = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "correction"
        constraints = [
            models.CheckConstraint(
                condition=Q(notified_at__isnull=False, why_not_notified="") & ~Q(notified_to="")
                | Q(notified_at__isnull=True, notified_to="") & ~Q(why_not_notified=""),
                name="correction_notified_or_why_not",
            ),
        ]


for _model in (WrongInformation, Correction):
    audit.register(_model)
