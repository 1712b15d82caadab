from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accounts.models import DutyNumber
from rules.organisations import OrganisationKind, Sector
from ui import fields, phones
from ui.forms import Form

KIND_HINTS = {
    "PUB": "Such as a council, a council-run school, an academy or an NHS trust",
    "NON": "Such as a charity, a firm or a private school",
    "LE": "Such as a police force: Part 3 of the Data Protection Act 2018 is about them",
}
WEB_ADDRESS = "Enter a web address that starts with https:// or http://, such as https://www.example.test/policy"
MOST_NUMBERS = 10


class OrganisationForm(Form):
    name = forms.CharField(label="Name of the organisation", max_length=120)
    kind = forms.ChoiceField(choices=OrganisationKind.choices(), widget=fields.Radios(hints=KIND_HINTS))
    sector = forms.ChoiceField(choices=Sector.choices(), widget=fields.Select)
    in_scope_16la = forms.BooleanField(
        label="Section 16LA of the Children Act 2004 applies to us",
        required=False,
        help_text="Tick it only if your lawyer says so.",
        widget=fields.Checkbox,
    )
    policy_document_on = fields.DateField(
        label="Date of your appropriate policy document (optional)",
        required=False,
        when="past",
        help_text="For example, 27 3 2026",
    )
    policy_document_link = forms.CharField(
        label="Where your appropriate policy document can be read (optional)",
        max_length=500,
        required=False,
        validators=[URLValidator(schemes=["https", "http"], message=WEB_ADDRESS)],
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    mail_checkpoints = forms.BooleanField(
        label="Email a checkpoint of the audit log to data protection officers each day",
        required=False,
        help_text="It shows later that the log was not rewritten. It says nothing about any person.",
        widget=fields.Checkbox,
    )


class DutyNumberForm(Form):
    label = forms.CharField(label="Who answers", max_length=80, required=False)
    number = forms.CharField(label="Telephone number", max_length=40, required=False)

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if number and (refused := phones.refusal(number)):
            raise ValidationError(refused)
        return number

    def clean(self) -> dict[str, Any]:
        label, number = self.cleaned_data.get("label"), self.cleaned_data.get("number")
        if number and label == "":
            self.add_error("label", "Enter who answers this number")
        if label and number == "":
            self.add_error("number", "Enter the telephone number, or clear the whole line to remove it")
        return self.cleaned_data


DutyNumberRows = forms.formset_factory(
    DutyNumberForm, extra=2, max_num=MOST_NUMBERS, absolute_max=MOST_NUMBERS + 2, validate_max=True
)


def duty_number_rows(data: Any, numbers: list[DutyNumber]) -> "forms.BaseFormSet[DutyNumberForm]":
    """Every number, and two empty rows. Incomplete POST data is ignored, as if nothing was submitted."""
    if data is not None and not _is_whole(data):
        data = None
    rows = DutyNumberRows(data, initial=[{"label": row.label, "number": row.number} for row in numbers], prefix="rows")
    for place, form in enumerate(rows, start=1):
        form.error_prefix = f"Line {place}"
    return rows


def _is_whole(data: Any) -> bool:
    """Whether the number of rows was submitted too. Otherwise a missing row would be deleted."""
    return str(data.get("rows-TOTAL_FORMS", "")) in {str(count) for count in range(1, MOST_NUMBERS + 3)}
