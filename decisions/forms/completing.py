from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.models import Team, User
from families.models import Family
from ui import forms


class CompleteForm(forms.Form):
    """Which family it is about: all that has to be known before the rest can be asked."""

    family = django_forms.CharField(
        label="Which family is it about?",
        help_text="The family's reference, such as F-7K2M9Q.",
        error_messages={"required": "Enter the family's reference"},
    )

    def __init__(self, *args: Any, user: User, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        self.visible = Family.objects.visible_to(user).of_team(team.pk).order_by("-registered_at", "-pk")
        self.families = list(self.visible[:30])

    def clean_family(self) -> Family:
        reference = str(self.cleaned_data["family"]).strip().upper()
        found: Family | None = self.visible.filter(reference=reference).first()
        if found is None:
            raise ValidationError(f"Check the reference: no family of {self.team.name} has it")
        return found
