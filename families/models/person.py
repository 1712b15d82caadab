import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

import audit
from accounts.models import Organisation
from audit.models import AuditedModel
from families.models.constraints import not_blank, one_of
from families.models.family import Family
from families.queries import FamilyRowQuerySet, PersonRowQuerySet
from rules.codes import PersonRole, YesNoUnknown

OLDEST = 120


class Person(AuditedModel):
    """One person, or an unborn child. The age is a date of birth, an age on a day, or a due date."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20, choices=PersonRole.choices())
    date_of_birth = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    age_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    parental_responsibility = models.CharField(
        max_length=7, choices=YesNoUnknown.choices(), default=YesNoUnknown.UNKNOWN.value
    )
    communication_need = models.CharField(max_length=200, blank=True)
    # Other names and spellings, with commas between them.
    known_as = models.CharField(max_length=300, blank=True)
    at_home = models.CharField(max_length=7, choices=YesNoUnknown.choices(), default=YesNoUnknown.UNKNOWN.value)
    # Acted on before somebody is informed: who could learn of it from a letter, or from what another person is told.
    opens_post = models.CharField(max_length=7, choices=YesNoUnknown.choices(), default=YesNoUnknown.UNKNOWN.value)
    hears_through = models.CharField(max_length=200, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    # Of the system whose file they were imported from. Nobody types or corrects it: triggers.py
    system_number = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = FamilyRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        # Whether somebody of a file is registered already, and what a search by a number would ask.
        indexes = [
            models.Index(fields=["organisation", "date_of_birth"], name="person_born"),
            models.Index(fields=["organisation", "upn"], name="person_upn", condition=~Q(upn="")),
            models.Index(fields=["organisation", "nhs_number"], name="person_nhs", condition=~Q(nhs_number="")),
            models.Index(
                fields=["organisation", "system_number"], name="person_system", condition=~Q(system_number="")
            ),
        ]
        constraints = [
            not_blank("name", "person_has_a_name"),
            one_of("role", [code.value for code in PersonRole], "person_role_known"),
            one_of("parental_responsibility", [code.value for code in YesNoUnknown], "person_responsibility_known"),
            one_of("at_home", [code.value for code in YesNoUnknown], "person_at_home_known"),
            one_of("opens_post", [code.value for code in YesNoUnknown], "person_opens_post_known"),
            models.CheckConstraint(
                condition=~Q(role="unborn") | (Q(hears_through="") & ~Q(opens_post="yes")),
                name="person_unborn_hears_nothing",
            ),
            models.CheckConstraint(
                condition=Q(age__isnull=True, age_on__isnull=True) | Q(age__isnull=False, age_on__isnull=False),
                name="person_age_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(date_of_birth__isnull=True) | Q(age__isnull=True), name="person_one_kind_of_age"
            ),
            models.CheckConstraint(condition=Q(due_on__isnull=True) | Q(role="unborn"), name="person_due_only_unborn"),
            models.CheckConstraint(
                condition=~Q(role="unborn") | Q(date_of_birth__isnull=True, age__isnull=True),
                name="person_unborn_has_no_age",
            ),
            models.CheckConstraint(
                condition=~Q(role="unborn")
                | (Q(communication_need="", nhs_number="", upn="") & ~Q(parental_responsibility="yes")),
                name="person_unborn_asked_nothing",
            ),
            models.CheckConstraint(condition=Q(age__isnull=True) | Q(age__lte=OLDEST), name="person_age_possible"),
        ]

    def ledger_reference(self) -> str:
        return f"{self.family.reference} person {self.pk}"


class SafeContact(AuditedModel):
    """Whether one way to contact a person is safe, why, and when that was last checked."""

    class Kind(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        PHONE = "phone", "Phone call"
        TEXT = "text", "Text message"
        EMAIL = "email", "Email"
        LETTER = "letter", "Letter to the home"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="safe_contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    detail = models.CharField(max_length=200, blank=True)
    safe = models.CharField(max_length=7, choices=YesNoUnknown.choices(), default=YesNoUnknown.UNKNOWN.value)
    why = models.CharField(max_length=500, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = PersonRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("kind", ["in_person", "phone", "text", "email", "letter"], "safe_contact_kind_known"),
            one_of("safe", [code.value for code in YesNoUnknown], "safe_contact_safe_known"),
            models.CheckConstraint(
                condition=Q(safe="unknown") | Q(checked_on__isnull=False), name="safe_contact_answer_has_its_day"
            ),
        ]

    def ledger_reference(self) -> str:
        return f"person {self.person_id} contact {self.pk}"


class KnownRisk(AuditedModel):
    """A known risk about a person, asked once and used everywhere."""

    class Kind(models.TextChoices):
        VIOLENCE = "violence_at_home", "Violence at home"
        HONOUR = "honour_based", "Honour-based abuse, forced marriage or FGM"
        MUST_NOT_FIND_OUT = "must_not_find_out", "Must not find out"
        WORKER = "risk_to_workers", "Risk to people who visit"
        OTHER = "other", "Another risk"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="known_risks")
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = PersonRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="known_risk_once"),
            one_of(
                "kind",
                ["violence_at_home", "honour_based", "must_not_find_out", "risk_to_workers", "other"],
                "known_risk_kind_known",
            ),
        ]

    def ledger_reference(self) -> str:
        return f"person {self.person_id} risk {self.pk}"


for _model in (Person, SafeContact):
    audit.register(_model)
audit.register(KnownRisk)
