from typing import Any

from accounts.models import Team, User
from drafting.forms.start import FamilyForm


class CompleteForm(FamilyForm):
    """Which family it is about: all that has to be known before the rest can be asked."""

    def __init__(self, *args: Any, user: User, team: Team, **kwargs: Any) -> None:
        self.team = team
        super().__init__(*args, user=user, **kwargs)

    def _visible(self) -> Any:
        """The team that told is the one that says the rest."""
        return super()._visible().of_team(self.team.pk)
