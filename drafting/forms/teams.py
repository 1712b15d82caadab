from typing import Any

from django import forms as django_forms

from accounts.models import Team, User
from accounts.queries import open_teams_visible_to
from accounts.roles import Role


def offer_teams(form: Any, user: User) -> dict[str, Team]:
    """Offer the teams that the user may record for in the form's `team`, which is removed when there is only one."""
    mine = open_teams_visible_to(user).filter(pk__in=user.team_ids(Role.PRACTITIONER))
    teams = {str(team.public_id): team for team in mine}
    form.fields["team"].choices = [(key, team.name) for key, team in teams.items()]
    if len(teams) == 1:
        form.fields["team"].widget = django_forms.HiddenInput()
        form.fields["team"].initial = next(iter(teams))
    return teams
