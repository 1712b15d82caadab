"""Review cover, and teams without a reviewer. Counts and colleagues' names only, never case text."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import ReviewCover, Team, User
from accounts.namesakes import colleague_names
from accounts.queries import reviewers_of
from accounts.roles import Role
from decisions.models import Decision
from decisions.restricted_queries import unrestricted
from reviews.queries import awaiting_review_in


def covers_to_show(team: Team, today: date) -> "QuerySet[ReviewCover]":
    """Current and future cover."""
    rows: QuerySet[ReviewCover] = ReviewCover.objects.filter(team=team, ended_on__isnull=True, ends_on__gte=today)
    return rows.select_related("user", "instead_of").order_by("starts_on", "pk")


def unreviewed_without(person: User, today: date, *, by: User, only: Team | None = None) -> list[str]:
    """Warnings about teams that would have decisions to review and no reviewer without this person."""
    memberships = person.memberships.filter(role=Role.SUPERVISOR).select_related("team")
    teams = {row.team_id: row.team for row in memberships if only is None or row.team_id == only.pk}
    reviewers, waits = reviewers_of(teams, today), awaiting_review_in(teams, by)
    return [
        f"Nobody else reviews for {teams[key].name} now, where {_decisions(waits[key])} waiting for review. "
        "Add cover on the team's page."
        for key in sorted(teams, key=lambda key: teams[key].name)
        if waits[key] and not any(reviewer.pk != person.pk for reviewer in reviewers[key])
    ]


def left_without(person: User, today: date, *, by: User) -> list[str]:
    """The same, and a warning about drafts the person would leave behind."""
    warnings = unreviewed_without(person, today, by=by)
    own_drafts = Decision.objects.filter(organisation_id=person.organisation_id, author=person, state="draft")
    drafts = unrestricted(own_drafts.open_to(by)).count()
    if drafts:
        own = "a draft" if drafts == 1 else f"{drafts} drafts"
        warnings.append(f"They have {own}. A supervisor of the team can hand over drafts from the decision log.")
    return warnings


def _decisions(count: int) -> str:
    return "1 decision is" if count == 1 else f"{count} decisions are"


@dataclass(frozen=True)
class MemberLine:
    user: User
    name: str
    role: str


@dataclass(frozen=True)
class CoverLine:
    cover: ReviewCover
    name: str
    instead_of: str


def team_page(team: Team, user: User) -> dict[str, Any]:
    """Members, cover, decisions waiting for review and today's reviewers, no two of whom read the same."""
    today = timezone.localdate()
    held = list(team.memberships.select_related("user").order_by("user__full_name", "role", "pk"))
    covers, reviewers = list(covers_to_show(team, today)), reviewers_of([team.pk], today)[team.pk]
    away = [cover.instead_of for cover in covers if cover.instead_of]
    names = colleague_names([*(row.user for row in held), *(cover.user for cover in covers), *away, *reviewers])
    return {
        "team": team,
        "members": [MemberLine(row.user, names[row.user_id], row.get_role_display().lower()) for row in held],
        "covers": [CoverLine(row, names[row.user_id], names.get(row.instead_of_id or 0, "")) for row in covers],
        "waiting": awaiting_review_in([team.pk], user)[team.pk],
        "reviewers": [names[reviewer.pk] for reviewer in reviewers],
    }
