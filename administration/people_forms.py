from typing import Any

from django import forms
from django.forms import ModelChoiceField

from accounts.forms import email_field
from accounts.models import Membership, Team, User
from accounts.queries import open_teams_visible_to
from ui import fields
from ui.forms import Form

ORGANISATION_ROLES = [
    ("", "None"),
    ("administrator", "Administrator"),
    ("data_protection_officer", "Data protection officer"),
]
ORGANISATION_ROLE_HINTS = {
    "": "Works in one or more teams",
    "administrator": "Manages people, teams, settings and the audit log. Sees no case text",
    "data_protection_officer": "The same, and responds to courts and to people who ask for their records",
}
ROLE_HINTS = {
    "practitioner": "Records decisions, and sees the team's families and decisions",
    "supervisor": "Reviews the team's decisions. Cannot change them",
}


def organisation_role_field() -> forms.ChoiceField:
    widget = fields.Radios(hints=ORGANISATION_ROLE_HINTS)
    return forms.ChoiceField(
        label="Role in the organisation", choices=ORGANISATION_ROLES, required=False, widget=widget
    )


class DetailsForm(Form):
    full_name = forms.CharField(label="Full name", max_length=120)
    job_title = forms.CharField(
        label="Job title (optional)", max_length=120, required=False, help_text="Shown on decisions with the name."
    )


class InviteForm(DetailsForm):
    email = email_field("Work email address", "off", "The person signs in with it")
    organisation_role = organisation_role_field()


class LostFactorForm(Form):
    reason = forms.CharField(
        label="What happened, and how do you know it is them?", max_length=300, widget=fields.Textarea(rows=3),
        help_text="It is kept in the audit log.",
        error_messages={"required": "Enter what happened and how you know it is them"},
    )  # fmt: skip


class OrganisationRoleForm(Form):
    organisation_role = organisation_role_field()


class TeamChoice(ModelChoiceField[Team]):
    def label_from_instance(self, obj: Team) -> str:
        return obj.name


class AddToTeamForm(Form):
    team = TeamChoice(
        queryset=Team.objects.none(), to_field_name="public_id", widget=fields.Select, empty_label="Choose one"
    )
    role = forms.ChoiceField(
        choices=Membership._meta.get_field("role").choices or [], widget=fields.Radios(hints=ROLE_HINTS)
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = open_teams_visible_to(user)  # type: ignore[attr-defined]  # a TeamChoice
