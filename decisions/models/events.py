"""Sendings, consent and informing over time: a row for each event. The latest row is the current state."""

import uuid

from django.db import models
from django.db.models import Q

import audit
from accounts.written import Written
from decisions.models.answers import NOT_INFORMED_UNDER, ConsentAnswers, InformingAnswers
from decisions.models.decision import Decision
from decisions.models.parts import DecisionPart, DecisionPerson, DecisionRecipient, known
from rules.codes import NOT_INFORMED, Closing, Consent, Informing, Reason
from rules.contact import WayKnown


class DecisionEvent(Written, DecisionPart):
    """`written_at` and `written_by` say when and by whom it was recorded, whenever it happened."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Sending(DecisionEvent):
    """One sending to one recipient. It may be changed in a draft, and never after recording."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="sendings")
    recipient = models.ForeignKey(DecisionRecipient, on_delete=models.CASCADE, related_name="sendings")
    sent_at = models.DateTimeField()
    how = models.CharField(max_length=500)
    said_differently = models.TextField(max_length=2000, blank=True)
    received_by = models.CharField(max_length=500, blank=True)
    # What was agreed with the recipient: here and not on their own row, so that a later sending can have it too.
    conditions_agreed = models.TextField(max_length=1000, blank=True)
    return_agreed = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = "sending"


class ConsentEvent(DecisionEvent, ConsentAnswers):
    """One person's views and consent at one moment, or why they were not asked."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="consent_events")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="consent_events")
    consent_state = models.CharField(max_length=24, choices=Consent.choices())

    class Meta:
        ordering = ["pk"]
        verbose_name = "consent"


# Somebody who is not informed has a reason, and a day or an end; whoever agreed to an end or takes it on has a name.
WITHOUT_BEING_INFORMED = (
    models.CheckConstraint(
        condition=~Q(informing_state__in=sorted(NOT_INFORMED)) | ~Q(informing_reason="", informing_text=""),
        name="informing_event_has_a_reason",
    ),
    models.CheckConstraint(
        condition=~Q(informing_state__in=sorted(NOT_INFORMED))
        | Q(informing_review_on__isnull=False)
        | ~Q(informing_closing=""),
        name="informing_event_has_a_day_or_an_end",
    ),
    models.CheckConstraint(
        condition=Q(informing_closing="") | Q(informing_state=Informing.NOT_TELLING.value),
        name="informing_event_ends_where_not_informed",
    ),
    models.CheckConstraint(
        condition=Q(informing_closing="")
        | (Q(informing_closing=Closing.NEVER_BY_US.value) & ~Q(informing_agreed_with=""))
        | (Q(informing_closing=Closing.HANDED_OVER.value) & ~Q(handed_to="")),
        name="informing_event_ends_with_somebody",
    ),
)


class InformingEvent(DecisionEvent, InformingAnswers):
    """What one person was told at one moment, or why they were not informed."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="informing_events")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="informing_events")
    informing_state = models.CharField(max_length=20, choices=Informing.choices())
    # What was recorded about the way they were told by, when this was recorded. Never what is recorded about it since.
    way_known = models.CharField(max_length=7, choices=WayKnown.choices(), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "informing"
        constraints = [
            known("way_known", WayKnown, "informing_event_way_known"),
            known("informing_exemption", NOT_INFORMED_UNDER, "informing_event_exemption_known"),
            known("informing_reason", Reason, "informing_event_reason_known"),
            known("informing_closing", Closing, "informing_event_closing_known"),
            models.CheckConstraint(
                condition=Q(informing_state__in=sorted(Informing)), name="informing_event_state_known"
            ),
            *WITHOUT_BEING_INFORMED,
            # A record keeps which law it rested on by its name, and no name of a law that it did not rest on.
            models.CheckConstraint(
                condition=Q(informing_exemption="", informing_exemption_citation="", informing_exemption_version="")
                | ~(Q(informing_exemption="") | Q(informing_exemption_citation="") | Q(informing_exemption_version="")),
                name="informing_event_exemption_named",
            ),
        ]


for _model in (Sending, ConsentEvent, InformingEvent):
    audit.register(_model)
