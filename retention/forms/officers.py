"""What an officer is asked: how long, why it is held, and a reason before anything goes."""

from typing import Any

from django import forms

from accounts.models import User
from decisions.models import Decision
from families.models import Family
from rules.retention import FEWEST_YEARS, MOST_YEARS, Confidence, CountedFrom
from ui.fields import Radios, Textarea
from ui.forms import Form

NOT_FOUND = "No decision or family of your organisation has this reference. Check it, such as D-7K2M9Q"
NO_NAMES = "It is kept for ever, so do not name anyone in the family."


def _reason(label: str, hint: str = "", message: str = "Enter why") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=1000, help_text=hint, widget=Textarea(rows=3), error_messages={"required": message}
    )


class RuleForm(Form):
    counted_from = forms.ChoiceField(
        label="From which day do the years count?",
        choices=CountedFrom.choices(),
        widget=Radios(hints={
            CountedFrom.BORN: "Where the date is not known, from the day of the record.",
            CountedFrom.LAST: "The latest decision about the family, or what was added to it since.",
        }),
        error_messages={"required": "Choose from which day the years count"},
    )  # fmt: skip
    years = forms.IntegerField(
        label="How many years?", min_value=FEWEST_YEARS, max_value=MOST_YEARS,
        error_messages={
            "required": "Enter how many years",
            "invalid": "Enter the years as a whole number, such as 25",
            "min_value": f"Enter a number of years from {FEWEST_YEARS} to {MOST_YEARS}",
            "max_value": f"Enter a number of years from {FEWEST_YEARS} to {MOST_YEARS}",
        },
    )  # fmt: skip
    source = forms.CharField(
        label="Where does it say so?", max_length=500, widget=Textarea(rows=2),
        help_text="Your own retention schedule, or the law or guidance it follows.",
        error_messages={"required": "Enter where it says so"},
    )  # fmt: skip
    confidence = forms.ChoiceField(
        label="How sure are you of the source?", choices=Confidence.choices(), widget=Radios(),
        error_messages={"required": "Choose how sure you are of the source"},
    )  # fmt: skip
    reason = _reason("Why is this right for your organisation?", message="Enter why this is right for you")


class HoldForm(Form):
    reference = forms.CharField(
        label="Reference of the decision or family", max_length=20,
        error_messages={"required": "Enter the reference of the decision or family"},
    )  # fmt: skip
    reason = _reason("Why must it be kept?", "Such as a court case or an inquiry.", "Enter why it must be kept")
    record: Decision | Family

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_reference(self) -> str:
        """By reference alone: a data protection officer sees no list of families."""
        wanted = str(self.cleaned_data["reference"]).strip().upper()
        for rows in (Decision.objects.recorded(), Family.objects.all()):
            found = rows.filter(organisation=self.officer.organisation_id, reference=wanted).first()
            if found is not None:
                self.record = found
                return wanted
        raise forms.ValidationError(NOT_FOUND)


class LiftForm(Form):
    reason = _reason("Why is it no longer on hold?", message="Enter why it is no longer on hold")


class DisposeForm(Form):
    reason = _reason("Why do you dispose of this now?", NO_NAMES, "Enter why you dispose of this now")


class AnswerForm(Form):
    agreed = forms.ChoiceField(
        label="Do you agree?", choices=[("yes", "Yes, dispose of all of it"), ("no", "No, keep all of it")],
        widget=Radios(), error_messages={"required": "Choose whether you agree"},
    )  # fmt: skip
    reason = _reason("Why?", NO_NAMES)
