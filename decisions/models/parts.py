from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation, Recipient
from audit.models import AuditedModel
from decisions.models.decision import Decision
from families.models import Person
from rules.codes import (
    Closing,
    Code,
    Competence,
    Consent,
    Informing,
    Layer,
    Paragraph18,
    PersonRole,
    Reason,
    YesNoUnknown,
)


def known(name: str, codes: type[Code], constraint: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q((f"{name}__in", ["", *sorted(codes)])), name=constraint)


class DecisionPart(AuditedModel):
    """A row that belongs to one decision and is closed with it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def ledger_reference(self) -> str:
        decision: Decision = self.decision  # type: ignore[attr-defined]  # every part has one
        return f"{decision.reference} {self._meta.verbose_name} {self.pk}"

    def ledger_hides_values(self) -> bool:
        decision: Decision = self.decision  # type: ignore[attr-defined]
        return decision.is_draft


class DecisionPerson(DecisionPart):
    """One person on one decision: who they were then, what they said, and what they were told.

    Answers about asking and telling stand here while it is a draft; recording turns them into the person's
    first events. The present is always the latest event.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="on_decisions")
    source_of_harm = models.BooleanField(default=False)

    # as the family's record had it when the decision was recorded
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=PersonRole.choices())
    date_of_birth = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    age_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    parental_responsibility = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    communication_need = models.CharField(max_length=200, blank=True)

    # what they say
    competence = models.CharField(max_length=20, choices=Competence.choices(), blank=True)
    competence_note = models.TextField(max_length=1000, blank=True)
    competence_by = models.CharField(max_length=200, blank=True)
    competence_on = models.DateField(null=True, blank=True)
    best_interests = models.TextField(max_length=1000, blank=True)
    needs_support = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    may_be_harmed = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    cannot_protect = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    consent_state = models.CharField(max_length=24, choices=Consent.choices(), blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_how = models.CharField(max_length=200, blank=True)
    # What a yes was a yes to: none of them stands for another.
    yes_to_sharing = models.BooleanField(default=False)
    yes_to_confidence = models.BooleanField(default=False)
    yes_to_service = models.BooleanField(default=False)
    consent_limits = models.CharField(max_length=1000, blank=True)
    consent_until = models.DateField(null=True, blank=True)
    views = models.TextField(max_length=2000, blank=True)
    not_asked_reason = models.CharField(max_length=24, choices=Reason.choices(), blank=True)
    not_asked_text = models.TextField(max_length=1000, blank=True)
    not_asked_agreed_with = models.CharField(max_length=200, blank=True)
    could_hear = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)

    # what lets you, for this person's information
    p18_reason = models.CharField(max_length=32, choices=Paragraph18.choices(), blank=True)
    p18_text = models.TextField(max_length=1000, blank=True)

    # told
    informing_state = models.CharField(max_length=20, choices=Informing.choices(), blank=True)
    informed_at = models.DateTimeField(null=True, blank=True)
    informed_how = models.CharField(max_length=500, blank=True)
    informed_by = models.CharField(max_length=200, blank=True)
    informed_who_what_why = models.BooleanField(default=False)
    informed_no_choice = models.BooleanField(default=False)
    informing_reason = models.CharField(max_length=24, choices=Reason.choices(), blank=True)
    informing_text = models.TextField(max_length=1000, blank=True)
    informing_review_on = models.DateField(null=True, blank=True)
    informing_closing = models.CharField(max_length=24, choices=Closing.choices(), blank=True)
    informing_agreed_with = models.CharField(max_length=200, blank=True)
    safe_contact = models.CharField(max_length=500, blank=True)
    informed_safely = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "person"
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="decision_person_once"),
            # An unknown code would slip past every rule that asks for a known one.
            known("consent_state", Consent, "decision_person_consent_known"),
            known("competence", Competence, "decision_person_competence_known"),
            known("informing_state", Informing, "decision_person_telling_known"),
        ]


class ConsentCovers(DecisionPart):
    """Whose information one person's yes covers: the giver may speak for others too, or not for themselves."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    giver = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="covers")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="covered_by")

    class Meta:
        ordering = ["pk"]
        verbose_name = "consent covers"
        constraints = [models.UniqueConstraint(fields=["giver", "person"], name="consent_covers_once")]


class DecisionRecipient(DecisionPart):
    """Somebody it goes to, or who asked for it."""

    class Choice(models.TextChoices):
        YES = "yes", "Yes, they can say no and it will not be sent"
        NO = "no", "No, it will be sent whatever they say"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="recipients")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True)
    route_kind = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=300, blank=True)
    route_checked_on = models.DateField(null=True, blank=True)
    person_or_role = models.CharField(max_length=200, blank=True)
    in_scope_16la = models.BooleanField(default=False)
    is_asker = models.BooleanField(default=False)
    choice = models.CharField(max_length=3, choices=Choice, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "recipient"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="decision_recipient_has_a_name")]


# As the choices below; the names inside a class are not known to its Meta.
STANDINGS = ["yes", "no", "if", "na"]


class DecisionProvision(DecisionPart):
    """One row of the law the decision stands on, kept by value: later corrections do not rewrite it."""

    class RefusedOk(models.TextChoices):
        YES = "yes", "Stands when someone says no"
        NO = "no", "Falls when someone says no"
        IF = "if", "Stands only if its test is answered"
        NOT_APPLICABLE = "na", "Does not turn on it"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="provisions")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, null=True, blank=True, related_name="basis")
    code = models.CharField(max_length=30)
    layer = models.CharField(max_length=12, choices=Layer.choices())
    refused_ok = models.CharField(max_length=3, choices=RefusedOk)
    answer = models.TextField(max_length=2000, blank=True)
    row = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        verbose_name = "basis"
        constraints = [
            models.CheckConstraint(condition=Q(refused_ok__in=STANDINGS), name="basis_refused_ok_known"),
            models.CheckConstraint(condition=Q(layer__in=sorted(Layer)), name="basis_layer_known"),
            # Consent and going ahead without it are never the same fact.
            models.CheckConstraint(
                condition=~Q(code__in=["ART6_A", "ART9_A", "CONF_CONSENT"]) | Q(refused_ok="no"),
                name="basis_consent_falls_on_refusal",
            ),
        ]


class Advice(DecisionPart):
    """Who was asked for advice, when, and the gist of it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="advice")
    who = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    gist = models.TextField(max_length=2000)

    class Meta:
        ordering = ["pk"]
        verbose_name = "advice"


for _model in (DecisionPerson, ConsentCovers, DecisionRecipient, DecisionProvision, Advice):
    audit.register(_model)
