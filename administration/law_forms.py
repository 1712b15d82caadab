"""Forms about legal provisions, for the data protection officer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from decisions.presenters.law_labels import CONFIDENCE, JURISDICTIONS, KINDS, ON_A_NO, WHO
from rules.codes import Layer
from rules.law import Provision
from rules.local_provisions import BAD_NAME, KINDS_OF, code_of
from ui import fields
from ui.forms import Form
from ui.labels import numbered

SOURCE = "Where it says so, such as the number of the commencement regulations."
MOST_TESTS, LONGEST_TEST = 8, 200
LAYERS = [(layer.value, layer.label) for layer in Layer if layer in KINDS_OF]


def _source(label: str = "Source", hint: str = SOURCE) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, help_text=hint, widget=fields.Textarea(rows=2))


def _why(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=fields.Textarea(rows=3))


class CommencementForm(Form):
    code = forms.ChoiceField(label="Which law has commenced?", widget=fields.Radios)
    on_day = fields.DateField(label="First day it is in force here", help_text="It can be in the future.")
    source_title = forms.CharField(
        label="What is the source called?", max_length=200,
        help_text="Such as “The Children Act 2004 (Commencement) Regulations 2026”.",
    )  # fmt: skip
    source = _source("Where can it be read?", "Its number or its address, so that somebody else can find it.")
    looked_up_on = fields.DateField(label="When did you look it up?", when="past")

    def __init__(self, *args: Any, rows: Iterable[Provision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row.code: row for row in rows}
        self.fields["code"].widget = fields.Radios(hints={code: row.citation for code, row in known.items()})
        self.fields["code"].choices = [(code, row.short_name) for code, row in known.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["code"].error_messages["required"] = "Choose which law has commenced"


class CheckForm(Form):
    """What a second person says who read the source."""

    answer = forms.ChoiceField(
        label="Does the source say so?",
        choices=[("yes", "Yes. I have read it, and it says so"), ("no", "No, or I could not find it")],
        widget=fields.Radios(reveals={"no": ["why"]}),
        error_messages={"required": "Choose whether the source says so"},
    )
    why = _why("What does it say instead?")


class RetireForm(Form):
    code = forms.ChoiceField(
        label="Which legal provision?",
        widget=fields.Select,
        error_messages={"required": "Choose the legal provision to retire"},
    )
    on_day = fields.DateField(label="First day it is no longer used")
    why = _why("Why?")
    source = _source(hint="Who says so, or where it is written down.")

    def __init__(self, *args: Any, rows: Iterable[Provision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row.code: row.short_name for row in rows}
        names = numbered(list(known.values()))
        self.fields["code"].choices = [("", "Choose one"), *zip(known, names, strict=True)]  # type: ignore[attr-defined]  # a ChoiceField


class WithdrawForm(Form):
    why = _why("Why?")
    source = _source(hint="Who says so, or where it is written down.")


class LocalProvisionForm(Form):
    """A whole legal provision. It cannot be changed afterwards, so it is validated in full here."""

    name = forms.CharField(
        label="Name", max_length=30,
        help_text="Letters, digits and spaces, such as “Health protocol”. You cannot change it. Name no one in it.",
    )  # fmt: skip
    layer = forms.ChoiceField(
        label="Where does it belong?", choices=LAYERS,
        widget=fields.Radios(reveals={Layer.L3: ["kind"], Layer.SCHEDULE1: ["needs_policy_document"]}),
        error_messages={"required": "Choose where it belongs"},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What kind is it?",
        choices=[(kind, words) for kind, words in KINDS.items() if kind in KINDS_OF[Layer.L3]],
        widget=fields.Radios,
        error_messages={"required": "Choose what kind it is"},
    )
    needs_policy_document = forms.BooleanField(
        label="It needs an appropriate policy document", required=False, widget=fields.Checkbox
    )
    short_name = forms.CharField(label="Short name", max_length=100, help_text="What people choose by.")
    plain_english = forms.CharField(
        label="What it says, in plain English", max_length=500, widget=fields.Textarea(rows=3, count=True)
    )
    citation = forms.CharField(label="Citation", max_length=300, help_text="The Act and section, or the agreement.")
    who = forms.ChoiceField(
        label="Who may use it?", choices=list(WHO.items()), widget=fields.Radios,
        error_messages={"required": "Choose who may use it"},
    )  # fmt: skip
    tests = forms.CharField(
        label="What should people ask themselves?", max_length=1600, widget=fields.Textarea(rows=4),
        help_text=f"One question on each line, {MOST_TESTS} at most",
    )  # fmt: skip
    refused_ok = forms.ChoiceField(
        label="Does it still apply when someone refuses consent?", choices=list(ON_A_NO.items()),
        widget=fields.Radios(reveals={"if": ["refused_test"]}),
        error_messages={"required": "Choose whether it still applies when someone refuses consent"},
    )  # fmt: skip
    refused_test = forms.CharField(label="Which question must be answered then?", max_length=LONGEST_TEST)
    jurisdiction = forms.ChoiceField(
        label="Where does it apply?", choices=list(JURISDICTIONS.items()), widget=fields.Radios,
        error_messages={"required": "Choose where it applies"},
    )  # fmt: skip
    effective_from = fields.DateField(label="First day")
    source = _source(hint="Where you read it.")
    confidence = forms.ChoiceField(
        label="How sure are you?", choices=list(CONFIDENCE.items()), widget=fields.Radios,
        error_messages={"required": "Choose how sure you are"},
    )  # fmt: skip
    checked_on = fields.DateField(label="When did you last check the source?", when="past")

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not code_of(name):
            raise ValidationError(f"{BAD_NAME}, 24 characters at most")
        return name

    def clean_tests(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["tests"]).splitlines()]
        tests = list(dict.fromkeys(line for line in lines if line))
        if len(tests) > MOST_TESTS:
            raise ValidationError(f"There are {len(tests)} questions. Keep {MOST_TESTS} at most")
        if any(len(test) > LONGEST_TEST for test in tests):
            raise ValidationError(f"Each question must be {LONGEST_TEST} characters or fewer")
        return tests

    def answers(self) -> dict[str, Any]:
        """The answers as the fields of a provision."""
        answers = {name: value for name, value in self.cleaned_data.items() if name != "name"}
        if answers["layer"] != Layer.L3:
            (answers["kind"],) = KINDS_OF[answers["layer"]]
        asked = " ".join(answers["refused_test"].split())
        if asked and asked not in answers["tests"]:
            answers["tests"] = [*answers["tests"], asked]
        return {**answers, "refused_test": asked, "needs_policy_document": bool(answers["needs_policy_document"])}
