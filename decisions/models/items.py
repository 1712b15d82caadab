from django.db import models

import audit
from decisions.models.decision import Decision
from decisions.models.parts import DecisionPart, DecisionPerson, DecisionRecipient
from rules.codes import ItemKind


class DecisionItem(DecisionPart):
    """One piece of information, shared or withheld as a whole."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    text = models.CharField(max_length=1000)
    kind = models.CharField(max_length=12, choices=ItemKind.choices())
    health = models.BooleanField(default=False)
    offences = models.BooleanField(default=False)
    ethnicity = models.BooleanField(default=False)
    religion = models.BooleanField(default=False)
    sex_life = models.BooleanField(default=False)
    other_special = models.BooleanField(default=False)
    in_confidence = models.BooleanField(default=False)
    proceedings = models.BooleanField(default=False)
    proceedings_permission = models.CharField(max_length=500, blank=True)
    protected_source = models.BooleanField(default=False)
    dated_from = models.DateField(null=True, blank=True)
    dated_to = models.DateField(null=True, blank=True)
    handling = models.CharField(max_length=200, blank=True)
    why_withheld = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "item"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dated_from__isnull=True)
                | models.Q(dated_to__isnull=True)
                | models.Q(dated_to__gte=models.F("dated_from")),
                name="decision_item_ends_after_it_begins",
            )
        ]


class ItemAbout(DecisionPart):
    """A person whose information an item is."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(DecisionItem, on_delete=models.CASCADE, related_name="about")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="items_about")

    class Meta:
        ordering = ["pk"]
        verbose_name = "item about"
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="item_about_once")]


class ItemNotDisclosedTo(DecisionPart):
    """Someone an item must not be disclosed to, in any copy of the record."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(DecisionItem, on_delete=models.CASCADE, related_name="not_disclosed_to")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="not_disclosed_items")

    class Meta:
        ordering = ["pk"]
        verbose_name = "item must not be disclosed to"
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="item_not_disclosed_to_once")]


class ItemRecipient(DecisionPart):
    """Whether an item is shared with one recipient, and if not, why it is withheld."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(DecisionItem, on_delete=models.CASCADE, related_name="grid")
    recipient = models.ForeignKey(DecisionRecipient, on_delete=models.CASCADE, related_name="grid")
    given = models.BooleanField()
    why_withheld = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "item for recipient"
        constraints = [models.UniqueConstraint(fields=["item", "recipient"], name="item_recipient_once")]


for _model in (DecisionItem, ItemAbout, ItemNotDisclosedTo, ItemRecipient):
    audit.register(_model)
