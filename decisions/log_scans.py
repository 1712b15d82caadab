"""The indexed rows, of `FiledUnder` or `DecisionTeam`, that the log scans for its filters.

A scan yields every decision that matches, and perhaps some that do not: `log_filters` checks the rest of each. Where
several filters are chosen, the one that usually has fewest decisions is scanned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from accounts.models import Recipient, Team, User
from accounts.roles import Role
from audit.statements import rows_where
from decisions.log_filters import DAY, NOT_IN_ADDRESS_BOOK, NOT_SENT, OTHER_TEAMS, SUPERVISED, WAITING, start_of

# What each kind of overdue is among, as `OpenMatter` has it.
OPEN_KINDS = {
    "sending": ("not_sent",), "informing": ("informing",), "reply": ("unanswered",), "review_date": ("dated",),
    "group": ("dated",), "anything": ("not_sent", "informing", "unanswered", "dated"),
}  # fmt: skip
REVIEW_KINDS = {WAITING: "open:review", "RETURNED": "open:question"}


@dataclass(frozen=True)
class Scan:
    """`under` are texts of `FiledUnder`, none for the whole log; several only of what few decisions have.

    `own_only`: it is filed for the decision's own team alone.
    """

    under: tuple[str, ...] = ()
    own_only: bool = False
    author: int | None = None
    first: datetime | None = None
    end: datetime | None = None
    own_teams: frozenset[int] = frozenset()
    other_teams: frozenset[int] = frozenset()
    # Also what this person wrote, wherever.
    mine: bool = True

    def days(self, moment: str) -> Q:
        after = Q(**{f"{moment}__gte": self.first}) if self.first else Q()
        return after & Q(**{f"{moment}__lt": self.end}) if self.end else after


def whole(user: User) -> Scan:
    return Scan(own_teams=user.team_ids(), other_teams=user.team_ids(Role.PRACTITIONER))


def scan(chosen: Mapping[str, Any], user: User) -> Scan:
    """`chosen` are codes, public ids and days."""
    under, own_only = _under(chosen)
    first, last, author = chosen.get("decided_from"), chosen.get("decided_to"), chosen.get("author")
    return Scan(
        under, own_only, _key(User, author) if author else None, _start(first), _start(last + DAY) if last else None,
        *_teams(chosen.get("team"), user),
    )  # fmt: skip


def _start(day: date | None) -> datetime | None:
    return start_of(day) if day else None


def _teams(team: str | None, user: User) -> tuple[frozenset[int], frozenset[int], bool]:
    """Of their own teams and of other teams; what one wrote in one's own team is among the first."""
    if not team:
        return user.team_ids(), user.team_ids(Role.PRACTITIONER), True
    if team == SUPERVISED:
        return user.team_ids(Role.SUPERVISOR), frozenset(), False
    if team == OTHER_TEAMS:
        return frozenset(), user.team_ids(Role.PRACTITIONER), True
    own = {row.pk for row in rows_where(Team, "pk", user.team_ids()) if str(row.public_id) == team}
    return frozenset(own), frozenset(), False


def _under(chosen: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """The usually rarest first."""
    if what := chosen.get("overdue"):
        return tuple(f"open:{kind}" for kind in OPEN_KINDS[what]), True
    if chosen.get("outcome") == NOT_SENT:
        return ("open:not_sent",), True
    if review := chosen.get("review"):
        return (REVIEW_KINDS.get(review, f"review:{review}"),), True
    return _closed(chosen), False


def _closed(chosen: Mapping[str, Any]) -> tuple[str, ...]:
    if recipient := chosen.get("recipient"):
        key = recipient if recipient == NOT_IN_ADDRESS_BOOK else _key(Recipient, recipient)
        return (f"recipient:{key}",)
    if group := chosen.get("consent"):
        return (f"consent:{group}",)
    if code := chosen.get("legal_basis"):
        return (f"basis:{code}",)
    return (f"outcome:{chosen['outcome']}",) if chosen.get("outcome") else ()


def _key(model: Any, public_id: str) -> int:
    """Nothing has the key 0."""
    found = rows_where(model, "public_id", [public_id])
    return found[0].pk if found else 0
