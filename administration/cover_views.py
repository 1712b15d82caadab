"""Review cover for a team whose supervisor is away. Nothing here shows case text."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts import actions
from accounts.access import SignedInRequest, allow
from accounts.models import ReviewCover, Team, User
from accounts.namesakes import colleague_names
from accounts.queries import covers_visible_to, people_visible_to, supervisors_visible_to
from accounts.roles import Permission, Role
from accounts.step_up import needs_step_up
from administration.question_page import Question, ask, asks, confirm, posted, tell
from administration.teams import find_team
from ui import fields
from ui.forms import Form


class PersonChoice(ModelChoiceField[User]):
    """Colleagues, named so that no two read the same."""

    def label_from_instance(self, obj: User) -> str:
        if not hasattr(self, "names"):
            self.names = colleague_names(self.queryset or ())
        return self.names.get(obj.pk, obj.full_name)


class CoverForm(Form):
    user = PersonChoice(
        label="Who covers?", queryset=User.objects.none(), to_field_name="public_id", widget=fields.Select,
        empty_label="Choose one", help_text="A supervisor of another team.",
        error_messages={"required": "Choose who covers"},
    )  # fmt: skip
    why = forms.ChoiceField(
        label="Why?", choices=ReviewCover.Why.choices, widget=fields.Radios,
        error_messages={"required": "Choose why cover is needed"},
    )  # fmt: skip
    instead_of = PersonChoice(
        label="Who is away?", queryset=User.objects.none(), to_field_name="public_id", widget=fields.Select,
        empty_label="Nobody", required=False, help_text="They are not asked to review on these days.",
    )  # fmt: skip
    starts_on = fields.DateField(label="First day")
    ends_on = fields.DateField(label="Last day", when="future")

    def __init__(self, *args: Any, team: Team, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = team.memberships.filter(role=Role.SUPERVISOR).values("user")
        self._offer("user", supervisors_visible_to(user))
        self._offer("instead_of", people_visible_to(user).filter(pk__in=own))

    def _offer(self, name: str, people: "QuerySet[User]") -> None:
        self.fields[name].queryset = people  # type: ignore[attr-defined]  # a PersonChoice


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def add(request: SignedInRequest, team: UUID) -> HttpResponse:
    found, back = find_team(request, team)

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.add_cover(team=found, **data, by=request.user, at=timezone.now())
        return tell(request, "The cover has been added.", back)

    intro = (
        "On these days they can see and review this team's decisions. They cannot change them.",
        "The team's supervisors are told.",
    )
    form = CoverForm(posted(request), team=found, user=request.user, initial={"starts_on": timezone.localdate()})
    return ask(request, Question("Add cover", "Add", back, intro, about=found.name), form, act)


@allow(Permission.MANAGE_PEOPLE)
@asks
def end(request: SignedInRequest, team: UUID, cover: UUID) -> HttpResponse:
    found, back = find_team(request, team)
    row = get_object_or_404(covers_visible_to(request.user).filter(team=found), public_id=cover)
    question = Question(
        "End cover", "End it now", back,
        ("They will no longer see this team's decisions. Their reviews stay.",),
        grave=True, about=f"{row.user.name_on_record}, for {found.name}",
    )  # fmt: skip

    def act() -> None:
        actions.end_cover(cover=row, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The cover has ended.")
