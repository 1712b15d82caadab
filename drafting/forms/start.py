from collections import Counter
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.models import Team, User
from drafting.forms.teams import offer_teams
from families.models import Family
from families.newest import newest_families
from rules.codes import EntryRoute
from ui import forms
from ui.fields import Radios
from ui.labels import same_to_the_eye
from ui.moments import moment

OTHER, NEW = "other", "new"
# With more families than this, typing a reference is quicker than finding the radio button.
SHOWN = 8


def _family_names(families: list[Family]) -> list[tuple[str, str]]:
    """By reference. Where two have one name, with when each was registered: few know a reference by heart."""
    alike = Counter(same_to_the_eye(family.name) for family in families)
    registered = {
        family.pk: f", registered {moment(family.registered_at)}"
        for family in families
        if alike[same_to_the_eye(family.name)] > 1
    }
    return [
        (family.reference, f"{family.name} ({family.reference}{registered.get(family.pk, '')})") for family in families
    ]


class FamilyForm(forms.Form):
    """Which family: one of the latest, any other by its reference, or a new one."""

    family = django_forms.CharField(
        label="Which family is it about?",
        widget=Radios(reveals={OTHER: ["reference"], NEW: ["family_name"]}),
        error_messages={"required": "Choose the family it is about"},
    )
    reference = django_forms.CharField(label="Its reference", max_length=10, help_text="Such as F-7K2M9Q.")
    family_name = django_forms.CharField(
        label="What do you call this family?",
        max_length=100,
        help_text="A name you would know it by. You add its people on the next page.",
    )

    def __init__(self, *args: Any, user: User, family: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        preselected = self._asked_family(family)
        latest = [known for known in newest_families(self.user, SHOWN) if known != preselected]
        shown = [preselected, *latest] if preselected else latest
        # Their references, for the entry that says which were shown.
        self.offered = [known.reference for known in shown]
        choices = _family_names(shown)
        more = [(OTHER, "Another family")] if len(shown) >= SHOWN else []
        widget: Any = self.fields["family"].widget
        widget.choices = [*choices, *more, (NEW, "A family that is not here yet")]
        widget.dividers = {more[0][0] if more else NEW: "or"} if choices else {}
        if not more:
            widget.reveals = {NEW: ["family_name"]}
            del self.fields["reference"]
        self.fields["family"].initial = preselected.reference if preselected else "" if choices else NEW

    def _visible(self) -> Any:
        return Family.objects.visible_to(self.user)

    def _asked_family(self, family: str) -> Family | None:
        try:
            key = UUID(family)
        except ValueError:
            return None
        known: Family | None = self._visible().filter(public_id=key).first()
        return known

    @property
    def chosen(self) -> Family | None:
        """The family, or None for a new one, which will be called `family_name`."""
        answers = self.cleaned_data
        return None if answers["family"] == NEW else self._found(answers.get("reference") or answers["family"])

    def _found(self, reference: str) -> Family | None:
        known: Family | None = self._visible().filter(reference=reference.strip().upper()).first()
        return known

    def clean_family(self) -> str:
        reference = str(self.cleaned_data["family"])
        offered = {key for key, _ in self.fields["family"].widget.choices} & {OTHER, NEW}
        if reference not in offered and self._found(reference) is None:
            raise ValidationError("Check the reference: no family your team works with has it")
        return reference

    def clean_reference(self) -> str:
        reference = str(self.cleaned_data["reference"])
        if self.cleaned_data.get("family") == OTHER and self._found(reference) is None:
            raise ValidationError("Check the reference: no family your team works with has it")
        return reference


class StartForm(FamilyForm):
    entry_route = django_forms.ChoiceField(
        label="What do you need to do?",
        choices=[(entry_route.value, entry_route.label) for entry_route in (EntryRoute.DECIDING, EntryRoute.ASKED)],
        widget=Radios(),
        error_messages={"required": "Choose what you need to do"},
    )
    team = django_forms.ChoiceField(label="For which of your teams?", widget=Radios())

    field_order = ["entry_route", "family", "reference", "family_name", "team"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.teams = offer_teams(self, user)

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]

    def clean(self) -> None:
        team = self.cleaned_data.get("team")
        if not team or "family" not in self.cleaned_data or self.errors or self.chosen is None:
            return
        if not self._visible().of_team(team.pk).filter(pk=self.chosen.pk).exists():
            field = "reference" if self.cleaned_data["family"] == OTHER else "family"
            self.add_error(field, f"{team.name} does not work with this family. Add the team to the family first")
