from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.models import Team, User
from accounts.queries import open_teams_visible_to
from accounts.roles import Role
from decisions.rules.codes import Door
from families.models import Family
from ui import forms
from ui.fields import Radios


class StartForm(forms.Form):
    door = django_forms.ChoiceField(
        label="What do you need to do?",
        choices=[(door.value, door.label) for door in (Door.DECIDING, Door.ASKED)],
        widget=Radios(),
        error_messages={"required": "Choose what you need to do"},
    )
    family = django_forms.CharField(
        label="Which family is it about?",
        help_text="The family's reference, such as F-7K2M9Q.",
        error_messages={"required": "Enter the family's reference"},
    )
    team = django_forms.ChoiceField(label="For which of your teams?", widget=Radios())

    def __init__(self, *args: Any, user: User, family: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        mine = open_teams_visible_to(user).filter(pk__in=user.team_ids(Role.PRACTITIONER))
        self.teams = {str(team.public_id): team for team in mine}
        self.fields["team"].choices = [(key, team.name) for key, team in self.teams.items()]  # type: ignore[attr-defined]
        if len(self.teams) == 1:
            self.fields["team"].widget = django_forms.HiddenInput()
            self.fields["team"].initial = next(iter(self.teams))
        asked = self._asked_family(family)
        self.families = list(self._visible()[:30])
        self.fields["family"].initial = asked.reference if asked else ""

    def _visible(self) -> Any:
        return Family.objects.visible_to(self.user).order_by("-registered_at", "-pk")

    def _asked_family(self, family: str) -> Family | None:
        try:
            key = UUID(family)
        except ValueError:
            return None
        found: Family | None = self._visible().filter(public_id=key).first()
        return found

    def clean_family(self) -> Family:
        reference = str(self.cleaned_data["family"]).strip().upper()
        found: Family | None = self._visible().filter(reference=reference).first()
        if found is None:
            raise ValidationError("Check the reference: no family your team works with has it")
        return found

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]

    def clean(self) -> None:
        family, team = self.cleaned_data.get("family"), self.cleaned_data.get("team")
        if family and team and not self._visible().of_team(team.pk).filter(pk=family.pk).exists():
            self.add_error("family", f"{team.name} does not work with this family. Put the team on the family first")
