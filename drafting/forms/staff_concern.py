from typing import Any

from django import forms as django_forms

from accounts.models import Team, User
from decisions.forms.restricted import PeopleForm, by_id
from decisions.restricted_queries import members_of
from drafting.forms.teams import offer_teams
from ui.fields import Radios


class StaffConcernForm(PeopleForm):
    """Who may read it is chosen before anything is written."""

    name = django_forms.CharField(
        label="What do you call this concern?",
        max_length=100,
        help_text="A name that you would know it by, such as “Sports hall, Tuesday”. Not the name of the person.",
        error_messages={"required": "Enter what you call this concern"},
    )
    team = django_forms.ChoiceField(label="For which of your teams?", widget=Radios())
    field_order = ["name", "concerned", "people", "team"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = offer_teams(self, user)
        keys = [team.pk for team in self.teams.values()]
        self.offer(by_id(members_of(user.organisation_id, keys).exclude(pk=user.pk)), user)
        self.fields["people"].label = "Who else may read it?"
        self.fields["people"].help_text = (
            "Do not choose the person it is about. Choose somebody who can review it. If it is about the head teacher "
            "or manager, choose whoever is above them."
        )
        self.fields["people"].error_messages["required"] = "Choose who else may read it"
        self.fields["concerned"].label = "Does the person it is about have an account here?"
        self.fields["concerned"].help_text = "If so, choose them. They will never be able to find it."

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]
