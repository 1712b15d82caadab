from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import QueryDict

from accounts.models import Team, User
from reports.scope import USUAL_WEEKS, WEEKS, Scope, first_day, teams_reported_to
from ui import forms
from ui.dates import FIRST_YEAR, LAST_YEAR
from ui.fields import Select
from ui.labels import Named, distinct

NO_PERIOD = "Choose for how many weeks"
NO_TEAM = "Choose one of your teams, or all"


class ScopeForm(forms.Form):
    """In the address: a number of weeks, the id of a team and a day. No name."""

    weeks = django_forms.TypedChoiceField(
        label="How many weeks", coerce=int, required=False, widget=Select(),
        choices=[(number, f"{number} weeks") for number in WEEKS], initial=USUAL_WEEKS,
        error_messages={"invalid_choice": NO_PERIOD},
    )  # fmt: skip
    team = django_forms.ChoiceField(
        label="Team", required=False, widget=Select(), error_messages={"invalid_choice": NO_TEAM}
    )
    until = django_forms.CharField(required=False, max_length=10, widget=django_forms.HiddenInput)

    def clean_until(self) -> date | None:
        """A day that cannot be read is today: nobody types it, and the page says which days it shows."""
        try:
            day = date.fromisoformat(self.cleaned_data["until"])
        except ValueError:
            return None
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = distinct({str(team.public_id): Named(team.name) for team in teams})
        self.fields["team"].choices = [("", "All teams"), *names.items()]  # type: ignore[attr-defined]


def scope_asked_for(data: QueryDict, user: User, today: date) -> tuple[ScopeForm, Scope]:
    """The form and what it asks for; what cannot be read leaves the usual weeks of all teams, and an error."""
    teams = teams_reported_to(user)
    form = ScopeForm({"weeks": USUAL_WEEKS, **data.dict()}, teams=teams)
    asked = form.cleaned_data if form.is_valid() else {}
    chosen = [team for team in teams if str(team.public_id) == asked.get("team")] or teams
    last = asked.get("until") or today
    first = first_day(last, asked.get("weeks") or USUAL_WEEKS)
    closed = (user.closed_decisions, user.decisions_closed_on_duty)
    return form, Scope(user.organisation_id, user.organisation.name, chosen, first, last, *closed)
