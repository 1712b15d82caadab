"""What a list no longer has because the time for keeping it was over. Only its skeleton is left, so it is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.inspecting import within_inspection
from accounts.models import User
from accounts.roles import Permission
from decisions import log_filters
from decisions.models import Decision

BECAUSE = "because the time for keeping {} was over"


@dataclass(frozen=True)
class Gone:
    """`is_certain`: what was asked for stays of each, so that they belong in the list."""

    number: int
    is_certain: bool

    @property
    def words(self) -> str:
        """Empty where there is none."""
        if not self.number:
            return ""
        may = "" if self.is_certain else "may "
        if self.number == 1:
            belongs = "may belong" if may else "belongs"
            return f"1 decision of your teams that {belongs} in this list was disposed of, {BECAUSE.format('it')}."
        were = f"that {may}belong in this list were disposed of"
        return f"{self.number} decisions of your teams {were}, {BECAUSE.format('them')}."


def disposed() -> "QuerySet[Decision]":
    rows: QuerySet[Decision] = Decision.objects.filter(state=Decision.State.DISPOSED)
    return rows


def of_teams(user: User) -> "QuerySet[Decision]":
    """Of the teams of somebody who sees decisions."""
    if not user.has(Permission.READ_DECISIONS):
        return disposed().none()
    rows = disposed().filter(organisation_id=user.organisation_id, team_id__in=user.team_ids())
    return within_inspection(rows, user)


def of_team() -> Exists:
    """Whether a team that is read has any."""
    return Exists(disposed().filter(organisation=OuterRef("organisation"), team=OuterRef("pk")))


def gone_from(user: User, chosen: Mapping[str, Any]) -> Gone:
    """How many would stand in the log of somebody who chose these filters, or may have stood there."""
    known = {name: chosen.get(name) for name in log_filters.OF_SKELETON}
    rows = log_filters.narrowed(of_teams(user), known, user, log_filters.NO_DAY)
    others = {name for name, value in chosen.items() if value} - set(known)
    return Gone(rows.count(), not others)


def not_found(typed: str, user: User) -> tuple[Decision | None, str]:
    """For a search that found nothing: the decision of this reference, or how many no word finds any more."""
    rows, reference = of_teams(user), typed.strip().upper()
    named = rows.filter(reference__in=[reference, f"D-{reference}"]).first()
    number = 0 if named else rows.count()
    if number == 1:
        return (
            None,
            f"1 decision of your teams was disposed of, {BECAUSE.format('it')}. You can find it only by its reference.",
        )
    of_several = f"{number} decisions of your teams were disposed of, {BECAUSE.format('them')}."
    return named, f"{of_several} You can find them only by their references." if number else ""
