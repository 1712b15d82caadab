"""What is asked before an inspector may read decisions."""

from typing import Any

from django import forms
from django.forms import ModelMultipleChoiceField

from accounts.actions.inspections import Scope
from accounts.forms import email_field
from accounts.inspection_models import LONGEST
from accounts.models import Team, User
from accounts.queries import teams_visible_to
from ui import fields
from ui.forms import Form

WHOLE, SOME = "all", "some"
YES_NO = [("yes", "Yes, they may read this"), ("no", "No")]


class TeamsChoice(ModelMultipleChoiceField[Team]):
    def label_from_instance(self, obj: Team) -> str:
        return f"{obj.name} (closed)" if obj.closed else obj.name


class InspectionForm(Form):
    full_name = forms.CharField(
        label="Full name of the inspector", max_length=120,
        error_messages={"required": "Enter the full name of the inspector"},
    )  # fmt: skip
    email = email_field("Their work email address", "off", "They sign in with it. It must be theirs, not one of yours")
    body = forms.CharField(
        label="Who sends them?", max_length=100, help_text="Such as Ofsted, CQC, HMICFRS or an auditor",
        error_messages={"required": "Enter who sends them"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why do they need to read decisions?", max_length=500, widget=fields.Textarea(rows=3),
        help_text="It is kept, so do not name anyone in a family",
        error_messages={"required": "Enter why they need to read decisions"},
    )  # fmt: skip
    whole = forms.ChoiceField(
        label="Whose decisions do they read?",
        choices=[(WHOLE, "Those of the whole organisation"), (SOME, "Those of some teams")],
        widget=fields.Radios(reveals={SOME: ["teams"]}),
        error_messages={"required": "Choose whose decisions they read"},
    )  # fmt: skip
    teams = TeamsChoice(
        label="Which teams?", queryset=Team.objects.none(), to_field_name="public_id", widget=fields.Checkboxes,
        error_messages={"required": "Choose at least one team"},
    )  # fmt: skip
    recorded_from = fields.DateField(
        label="Recorded on or after", error_messages={"required": "Enter the first day of what was recorded"}
    )
    recorded_to = fields.DateField(
        label="Recorded on or before", help_text="It may be a day to come",
        error_messages={"required": "Enter the last day of what was recorded"},
    )  # fmt: skip
    opens_on = fields.DateField(
        label="First day on which they read", when="future",
        error_messages={"required": "Enter the first day on which they read"},
    )  # fmt: skip
    ends_on = fields.DateField(
        label="Last day on which they read", when="future",
        help_text=f"At most {LONGEST} days. Then it ends automatically",
        error_messages={"required": "Enter the last day on which they read"},
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = teams_visible_to(user)  # type: ignore[attr-defined]  # a TeamsChoice

    @property
    def scope(self) -> Scope:
        """Of a form that is valid."""
        data = self.cleaned_data
        teams = tuple(data["teams"]) if data["whole"] == SOME else ()
        return Scope(teams, *(data[name] for name in ("recorded_from", "recorded_to", "opens_on", "ends_on")))


class InspectionAnswerForm(Form):
    agreed = forms.ChoiceField(
        label="Do you agree?", choices=YES_NO, widget=fields.Radios,
        error_messages={"required": "Choose whether you agree"},
    )  # fmt: skip
