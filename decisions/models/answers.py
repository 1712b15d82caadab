"""Answers about consent and informing, which a person on a draft and a recorded decision's events share."""

from typing import Any

from django.db import models

from rules.codes import Closing, Consent, Informing, Reason, YesNoUnknown
from rules.contact import ReadBack
from rules.exemptions import ExemptionCode, exemption, exemptions_version, from_informing

# What lifts only access lets nobody be left uninformed.
NOT_INFORMED_UNDER = tuple(ExemptionCode(each.code) for each in from_informing())


class ConsentAnswers(models.Model):
    """A person's views and consent, or why they were not asked."""

    consent_state = models.CharField(max_length=24, choices=Consent.choices(), blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_how = models.CharField(max_length=200, blank=True)
    # What the person consented to: each is a separate agreement.
    agreed_to_sharing = models.BooleanField(default=False)
    agreed_to_confidence = models.BooleanField(default=False)
    agreed_to_service = models.BooleanField(default=False)
    consent_limits = models.CharField(max_length=1000, blank=True)
    consent_until = models.DateField(null=True, blank=True)
    views = models.TextField(max_length=2000, blank=True)
    not_asked_reason = models.CharField(max_length=24, choices=Reason.choices(), blank=True)
    not_asked_text = models.TextField(max_length=1000, blank=True)
    not_asked_agreed_with = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class InformingAnswers(models.Model):
    """What a person was told, or why they were not informed."""

    informing_state = models.CharField(max_length=20, choices=Informing.choices(), blank=True)
    informed_at = models.DateTimeField(null=True, blank=True)
    informed_how = models.CharField(max_length=500, blank=True)
    informed_by = models.CharField(max_length=200, blank=True)
    informed_who_what_why = models.BooleanField(default=False)
    informed_no_choice = models.BooleanField(default=False)
    informing_reason = models.CharField(max_length=24, choices=Reason.choices(), blank=True)
    informing_exemption = models.CharField(max_length=24, choices=ExemptionCode.choices(), blank=True)
    # The law as its list named it when this was recorded, and which version of the list that was.
    informing_exemption_citation = models.CharField(max_length=300, blank=True)
    informing_exemption_version = models.CharField(max_length=20, blank=True)
    informing_text = models.TextField(max_length=1000, blank=True)
    informing_review_on = models.DateField(null=True, blank=True)
    informing_closing = models.CharField(max_length=24, choices=Closing.choices(), blank=True)
    informing_agreed_with = models.CharField(max_length=200, blank=True)
    # Who informs them instead of us; `informing_review_on` is then by when.
    handed_to = models.CharField(max_length=200, blank=True)
    handed_to_agency = models.CharField(max_length=200, blank=True)
    safe_contact = models.CharField(max_length=500, blank=True)
    informed_safely = models.CharField(max_length=7, choices=YesNoUnknown.choices(), blank=True)

    class Meta:
        abstract = True


class ContactAnswers(models.Model):
    """What was done to keep working together with a person, and the next contact with them."""

    kept_working = models.TextField(max_length=2000, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    planned_how = models.CharField(max_length=200, blank=True)
    planned_by = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class ReadBackAnswers(models.Model):
    """Whether a person's words were read back to them, and how they should be. What they said first stays beside it."""

    read_back = models.CharField(max_length=20, choices=ReadBack.choices(), blank=True)
    corrected_to = models.TextField(max_length=2000, blank=True)
    read_back_at = models.DateTimeField(null=True, blank=True)
    read_back_by = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


def exemption_by_value(code: str) -> dict[str, str]:
    """The columns copied from the list of exemptions as it is now, kept whatever happens to the list."""
    found = exemption(code)
    return {
        "informing_exemption_citation": found.citation if found else "",
        "informing_exemption_version": exemptions_version() if found else "",
    }


CONSENT_FIELDS = tuple(field.name for field in ConsentAnswers._meta.local_fields)
INFORMING_FIELDS = tuple(field.name for field in InformingAnswers._meta.local_fields)
CONTACT_FIELDS = tuple(field.name for field in ContactAnswers._meta.local_fields)
READ_BACK_FIELDS = tuple(field.name for field in ReadBackAnswers._meta.local_fields)


def consent_answers(row: ConsentAnswers) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CONSENT_FIELDS}


def informing_answers(row: InformingAnswers) -> dict[str, Any]:
    return {name: getattr(row, name) for name in INFORMING_FIELDS}


def contact_answers(row: ContactAnswers) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CONTACT_FIELDS}
