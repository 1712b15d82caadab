from typing import Any

from django import forms as django_forms

from accounts.models import Team, User
from accounts.queries import open_teams_visible_to
from accounts.roles import Role


def offer_teams(form: Any, user: User) -> dict[str, Team]:
    """Puts the teams a person may record for into the form's `team`; with one team there is nothing to ask."""
    mine = open_teams_visible_to(user).filter(pk__in=user.team_ids(Role.PRACTITIONER))
    teams = {str(team.public_id): team for team in mine}
    form.fields["team"].choices = [(key, team.name) for key, team in teams.items()]
    if len(teams) == 1:
        form.fields["team"].widget = django_forms.HiddenInput()
        form.fields["team"].initial = next(iter(teams))
    return teams
