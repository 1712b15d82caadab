"""Which decisions somebody sees, as scans of indexes put together: docs/adr/0031-lists-that-do-not-grow.md."""

from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Role
from families.models import FamilyTeam


def keys_visible_to(decisions: type[Model], user: User) -> QuerySet[Any]:
    """Keys of all that they wrote, recorded or not, and of all that their teams see.

    A union, because an OR of conditions would be asked of every decision there is.
    """
    own = decisions._default_manager.filter(author_id=user.pk).values("pk")
    return own.union(*(rows.values("decision") for rows in seen_by_teams(decisions, user)), all=True)


def seen_by_teams(decisions: type[Model], user: User) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The rows of `DecisionTeam` by which they see recorded decisions: of their teams, and of other teams.

    Of another team's decision every family must be known to a team in which they are a practitioner. That is asked of
    the families themselves, so that a row too many shows nobody anything.
    """
    rows = _parts(decisions, "decision_teams").filter(organisation_id=user.organisation_id)
    unknown = _unknown(decisions, user, OuterRef("decision"))
    others = rows.filter(~Exists(unknown), own=False, team_id__in=user.team_ids(Role.PRACTITIONER))
    return rows.filter(own=True, team_id__in=user.team_ids()), others


def by_team(rows: QuerySet[Any], user: User, bounds: Q) -> list[QuerySet[Any]]:
    """These decisions as they are seen, team by team: first each team's own, then those of other teams.

    Joined to the rows of `DecisionTeam`, so that each can be read in their order. `bounds` is about the same rows, as
    `decision_teams__...`: in a filter of its own, Django would join them once more.
    """
    own = [rows.filter(bounds, decision_teams__own=True, decision_teams__team=team) for team in user.team_ids()]
    known = rows.filter(~Exists(_unknown(rows.model, user, OuterRef("pk"))))
    of_others = user.team_ids(Role.PRACTITIONER)
    return [*own, *(known.filter(bounds, decision_teams__own=False, decision_teams__team=team) for team in of_others)]


def _unknown(decisions: type[Model], user: User, decision: OuterRef) -> QuerySet[Any]:
    """Families on a decision that none of the teams in which they are a practitioner works with."""
    teams = user.team_ids(Role.PRACTITIONER)
    known = FamilyTeam.objects.filter(organisation_id=user.organisation_id, team_id__in=teams).values("family")
    return _parts(decisions, "decision_families").filter(decision=decision).exclude(family_id__in=known)


def _parts(decisions: type[Model], name: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = decisions._meta.get_field(name).related_model.objects.all()  # type: ignore[union-attr]
    return rows
