"""Which decisions somebody sees, as scans of indexes put together: docs/adr/0031-lists-that-do-not-grow.md."""

from typing import Any

from django.db.models import Model, OuterRef, QuerySet

from accounts.models import User
from accounts.roles import Role
from decisions.database.of_each import none
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
    others = rows.filter(none(unknown), own=False, team_id__in=user.team_ids(Role.PRACTITIONER))
    return rows.filter(own=True, team_id__in=user.team_ids()), others


def known_to(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """Those of which every family is known to a team in which they are a practitioner."""
    return rows.filter(none(_unknown(rows.model, user, OuterRef("pk"))))


def _unknown(decisions: type[Model], user: User, decision: OuterRef) -> QuerySet[Any]:
    """Families on a decision that none of the teams in which they are a practitioner works with."""
    teams = user.team_ids(Role.PRACTITIONER)
    known = FamilyTeam.objects.filter(organisation_id=user.organisation_id, team_id__in=teams)
    families = _parts(decisions, "decision_families").filter(decision=decision)
    return families.filter(none(known.filter(family=OuterRef("family"))))


def _parts(decisions: type[Model], name: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = decisions._meta.get_field(name).related_model.objects.all()  # type: ignore[union-attr]
    return rows
