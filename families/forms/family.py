from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import Team
from families.forms.correction import Correction
from ui import fields
from ui.forms import Form

NAME_HINT = (
    "As your team knows them. It is shown on the family's own pages and in lists, never in a link or a page title."
)


def family_name() -> forms.CharField:
    return forms.CharField(label="Family name", max_length=100, help_text=NAME_HINT)


class RegisterForm(Form):
    """A user in only one team is not asked which."""

    name = family_name()
    teams = forms.MultipleChoiceField(
        label="Which of your teams work with this family?",
        help_text="Everyone in these teams will see the family. Other teams will not.",
        widget=fields.Checkboxes,
        error_messages={"required": "Select at least one team, or nobody could see the family"},
    )

    def __init__(self, *args: Any, own_teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_teams = {str(team.public_id): team for team in own_teams}
        if len(self.own_teams) == 1:
            del self.fields["teams"]
        else:
            self.fields["teams"].choices = _choices(self.own_teams)  # type: ignore[attr-defined]  # a choice field, above

    def chosen_teams(self) -> list[Team]:
        chosen = self.cleaned_data.get("teams", list(self.own_teams))
        return [self.own_teams[key] for key in chosen]


class FamilyCorrection(Correction):
    name = family_name()


class TeamForm(Form):
    """Another team of the organisation, to be given access to the family."""

    team = forms.ChoiceField(
        label="Add another team to this family",
        help_text="Everyone in that team will see all that is written here.",
        widget=fields.Select,
        error_messages={"required": "Select a team"},
    )

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.public_id): team for team in teams}
        choices = [("", "Choose a team"), *_choices(self.teams)]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]  # a choice field, above

    def chosen_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]


def _choices(teams: dict[str, Team]) -> list[tuple[str, str]]:
    return [(key, team.name) for key, team in teams.items()]
