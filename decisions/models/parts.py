from collections.abc import Iterable

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation, Recipient
from audit.models import AuditedModel
from decisions.models.answers import (
    NOT_INFORMED_UNDER,
    ConsentAnswers,
    ContactAnswers,
    InformingAnswers,
    ReadBackAnswers,
)
from decisions.models.decision import Decision
from families.models import Person
from rules.codes import (
    Code,
    Competence,
    Consent,
    Informing,
    Layer,
    Paragraph18,
    PersonRole,
    YesNoUnknown,
)
from rules.contact import ReadBack
from rules.identifiers import WITH_A_NUMBER, IdentifierKind


def known(name: str, codes: Iterable[Code], constraint: str) -> models.CheckConstraint:
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


class DecisionPerson(DecisionPart, ConsentAnswers, InformingAnswers, ContactAnswers, ReadBackAnswers):
    """One person on one decision: their details then, their views and consent, and what they were told.

    In a draft the answers about consent and informing are here. Recording copies them into the person's first events,
    and the latest event is the current state.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="on_decisions")
    # Which version of their details the author saw. After a correction they check them again (drafting/sources.py).
    person_version = models.PositiveIntegerField(default=1)
    source_of_harm = models.BooleanField(default=False)

    # copied from the family's record when the decision is recorded
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=PersonRole.choices())
    date_of_birth = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    age_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    parental_responsibility = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    communication_need = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=300, blank=True)
    at_home = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    opens_post = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    hears_through = models.CharField(max_length=200, blank=True)

    # Asked of a child where the law on the single identifier has begun. Kept as it was: a later correction of the
    # family's record does not change which number the information went with.
    identifier_kind = models.CharField(max_length=5, choices=IdentifierKind.choices(), blank=True)
    identifier = models.CharField(max_length=50, blank=True)
    why_no_identifier = models.TextField(max_length=1000, blank=True)

    # views and consent, besides the answers that its events share
    competence = models.CharField(max_length=20, choices=Competence.choices(), blank=True)
    competence_note = models.TextField(max_length=1000, blank=True)
    competence_by = models.CharField(max_length=200, blank=True)
    competence_on = models.DateField(null=True, blank=True)
    best_interests = models.TextField(max_length=1000, blank=True)
    needs_support = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    may_be_harmed = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    cannot_protect = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)
    could_hear = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)

    # lawful basis: why this person's sensitive information is used without their consent
    p18_reason = models.CharField(max_length=32, choices=Paragraph18.choices(), blank=True)
    p18_text = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "person"
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="decision_person_once"),
            # The rules compare known codes only, so an unknown code would pass every check.
            known("consent_state", Consent, "decision_person_consent_known"),
            known("competence", Competence, "decision_person_competence_known"),
            known("informing_state", Informing, "decision_person_informing_known"),
            known("informing_exemption", NOT_INFORMED_UNDER, "decision_person_exemption_known"),
            models.CheckConstraint(
                condition=Q(informing_closing="") | Q(informing_state=Informing.NOT_TELLING.value),
                name="decision_person_ends_where_not_informed",
            ),
            # Read back were words that are recorded; only a correction has other words.
            models.CheckConstraint(
                condition=Q(read_back="", corrected_to="", read_back_at__isnull=True, read_back_by="")
                | (
                    (Q(read_back=ReadBack.CONFIRMED.value) & Q(corrected_to=""))
                    | (Q(read_back=ReadBack.CORRECTED.value) & ~Q(corrected_to=""))
                )
                & Q(read_back_at__isnull=False)
                & ~Q(read_back_by="")
                & ~Q(views=""),
                name="decision_person_read_back_as_said",
            ),
            known("identifier_kind", IdentifierKind, "decision_person_identifier_known"),
            # A number has a kind, and a kind of number has one; a reason stands only where none is used.
            models.CheckConstraint(
                condition=Q(identifier_kind__in=sorted(WITH_A_NUMBER)) ^ Q(identifier=""),
                name="decision_person_identifier_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(why_no_identifier="") | Q(identifier_kind=IdentifierKind.NONE.value),
                name="decision_person_why_no_identifier",
            ),
        ]


class ConsentCovers(DecisionPart):
    """A person whose information somebody's consent covers: their own, or that of a child they speak for."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    giver = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="covers")
    person = models.ForeignKey(DecisionPerson, on_delete=models.CASCADE, related_name="covered_by")

    class Meta:
        ordering = ["pk"]
        verbose_name = "consent covers"
        constraints = [models.UniqueConstraint(fields=["giver", "person"], name="consent_covers_once")]


class DecisionRecipient(DecisionPart):
    """Somebody it is shared with, or who asked for it."""

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
    how_used = models.TextField(max_length=500, blank=True)
    # Changed for this decision: no longer the address book's.
    how_used_changed = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "recipient"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="decision_recipient_has_a_name"),
            models.UniqueConstraint(fields=["decision", "recipient"], name="decision_recipient_once"),
        ]


# The values of RefusedOk below, which its Meta cannot refer to.
REFUSED_OK_CODES = ["yes", "no", "if", "na"]


class DecisionProvision(DecisionPart):
    """A legal provision that the decision relies on, copied so that later corrections do not change it."""

    class RefusedOk(models.TextChoices):
        YES = "yes", "Applies even if consent is refused"
        NO = "no", "No longer applies if consent is refused"
        IF = "if", "Applies only if its test is answered"
        NOT_APPLICABLE = "na", "Does not depend on consent"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="provisions")
    person = models.ForeignKey(
        DecisionPerson, on_delete=models.CASCADE, null=True, blank=True, related_name="provisions"
    )
    code = models.CharField(max_length=30)
    layer = models.CharField(max_length=12, choices=Layer.choices())
    refused_ok = models.CharField(max_length=3, choices=RefusedOk)
    answer = models.TextField(max_length=2000, blank=True)
    # the provision as it stood on the day of the decision
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        verbose_name = "legal provision"
        constraints = [
            models.CheckConstraint(condition=Q(refused_ok__in=REFUSED_OK_CODES), name="provision_refused_ok_known"),
            models.CheckConstraint(condition=Q(layer__in=sorted(Layer)), name="provision_layer_known"),
            # A provision that rests on consent never applies when consent is refused.
            models.CheckConstraint(
                condition=~Q(code__in=["ART6_A", "ART9_A", "CONF_CONSENT"]) | Q(refused_ok="no"),
                name="provision_of_consent_needs_consent",
            ),
        ]


class Advice(DecisionPart):
    """Who gave advice, when, and a summary of it."""

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
