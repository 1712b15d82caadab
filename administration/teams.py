"""Teams, whose members see the same families."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.access import SignedInRequest, allow
from accounts.models import Team
from accounts.queries import teams_visible_to
from accounts.roles import Permission
from administration.cover_queries import team_page
from administration.question_page import Question, ask, asks, confirm, posted, tell
from ui.forms import Form


class TeamForm(Form):
    name = forms.CharField(label="Name of the team", max_length=80)


def find_team(request: SignedInRequest, team: UUID) -> tuple[Team, str]:
    found = get_object_or_404(teams_visible_to(request.user), public_id=team)
    return found, reverse("administration:team", args=[team])


@allow(Permission.MANAGE_PEOPLE)
@require_safe
def teams(request: SignedInRequest) -> HttpResponse:
    rows = teams_visible_to(request.user).annotate(people=Count("memberships__user", distinct=True))
    return render(request, "administration/teams.html", {"teams": rows.order_by("closed", "name")})


@allow(Permission.MANAGE_PEOPLE)
@asks
def add(request: SignedInRequest) -> HttpResponse:
    back = reverse("administration:teams")

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.add_team(name=data["name"], by=request.user, at=timezone.now())
        return tell(request, "The team has been added.", back)

    return ask(request, Question("Add a team", "Add", back), TeamForm(posted(request)), act)


@allow(Permission.MANAGE_PEOPLE)
@require_safe
def team(request: SignedInRequest, team: UUID) -> HttpResponse:
    found, _ = find_team(request, team)
    return render(request, "administration/teams_team.html", team_page(found, request.user))


@allow(Permission.MANAGE_PEOPLE)
@asks
def rename(request: SignedInRequest, team: UUID) -> HttpResponse:
    found, back = find_team(request, team)

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.rename_team(team=found, name=data["name"], by=request.user, at=timezone.now())
        return tell(request, "The team has been renamed.", back)

    return ask(
        request, Question("Rename a team", "Save", back), TeamForm(posted(request), initial={"name": found.name}), act
    )


@allow(Permission.MANAGE_PEOPLE)
@asks
def close(request: SignedInRequest, team: UUID) -> HttpResponse:
    found, back = find_team(request, team)
    question = Question(
        "Close a team",
        "Close the team",
        back,
        ("Nobody can be added to a closed team. Nothing is deleted, and it can be reopened.",),
        grave=True,
        about=found.name,
    )

    def act() -> None:
        actions.close_team(team=found, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The team has been closed.")


@allow(Permission.MANAGE_PEOPLE)
@asks
def reopen(request: SignedInRequest, team: UUID) -> HttpResponse:
    found, back = find_team(request, team)
    question = Question(
        "Reopen a team", "Reopen the team", back, ("You can then add people to it again.",), about=found.name
    )

    def act() -> None:
        actions.reopen_team(team=found, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The team has been reopened.")
