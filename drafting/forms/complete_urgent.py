from typing import Any

from accounts.models import Team, User
from drafting.forms.start import FamilyForm


class CompleteForm(FamilyForm):
    """Which family the urgent record is about."""

    def __init__(self, *args: Any, user: User, team: Team, **kwargs: Any) -> None:
        self.team = team
        super().__init__(*args, user=user, **kwargs)

    def _visible(self) -> Any:
        """Only families of the team that made the urgent record."""
        return super()._visible().of_team(self.team.pk)
