"""The first decisions of each part of what somebody sees, each part read along one index, put together.

The parts are what each of their teams recorded, what other teams recorded about families that they know, and what they
wrote themselves, wherever. A scan (log_scans.py) says by which rows each part is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.union_first_rows import union_first_rows
from decisions.database.of_each import some
from decisions.log_scans import Scan
from decisions.models import FiledUnder
from decisions.visibility import known_to
from ui.newer_older import Place, beyond

Rows = QuerySet[Any]
# In the names of columns: by which rows a part is read.
TEAMS, FILED, OF_DECISION = "decision_teams__", "filed_under__", ""


@dataclass(frozen=True)
class LogUnion:
    user: User
    scan: Scan

    def keys(self, rows: Rows, place: Place | None, count: int, *, back: bool) -> Any:
        """Keys of the next decisions of `rows` that this person sees, at most so many, away from the place."""
        parts = self._several(rows) if len(self.scan.under) > 1 else self._one(rows)
        return union_first_rows([self._listed(*part, place, back=back) for part in parts], count=count, back=back)

    @property
    def _mine(self) -> bool:
        return self.scan.mine and self.scan.author in (None, self.user.pk)

    def _one(self, rows: Rows) -> Iterator[tuple[Rows, str, Q]]:
        """Decisions, by which rows they are read, and which of those."""
        under = self.scan.under[0] if self.scan.under else ""
        table, filed = (FILED, Q(filed_under__under=under)) if under else (TEAMS, Q())
        of_own = filed & Q(filed_under__own=True) if under else Q()
        if self._mine and under:
            yield rows, FILED, of_own & Q(filed_under__author=self.user.pk)
        elif self._mine:
            yield rows, OF_DECISION, Q(author_id=self.user.pk)
        for team in self.scan.own_teams:
            yield rows, table, filed & self._of(table, team, own=True)
        known = known_to(rows, self.user)
        for team in self.scan.other_teams:
            if self.scan.own_only:
                yield known, TEAMS, of_own & self._of(TEAMS, team, own=False)
            else:
                yield known, table, filed & self._of(table, team, own=False)

    def _several(self, rows: Rows) -> Iterator[tuple[Rows, str, Q]]:
        """A decision may be filed under more than one of them, and is found once. They are few, and put in order."""
        filed = FiledUnder.objects.filter(own=True, under__in=self.scan.under)
        mine = filed.filter(author=self.user.pk if self._mine else None)
        for own in (mine, filed.filter(team__in=self.scan.own_teams)):
            yield rows.filter(pk__in=own.values("decision")), OF_DECISION, Q()
        known = known_to(rows, self.user).filter(some(filed.filter(decision=OuterRef("pk"))))
        for team in self.scan.other_teams:
            yield known, TEAMS, self._of(TEAMS, team, own=False)

    def _of(self, table: str, team: int, *, own: bool) -> Q:
        author = {f"{table}author": self.scan.author} if self.scan.author is not None else {}
        return Q(**{f"{table}team": team, f"{table}own": own, **author})

    def _listed(self, rows: Rows, table: str, which: Q, place: Place | None, *, back: bool) -> Rows:
        """In order, from the place on. All is in one filter: in another, Django would join the rows once more."""
        moment, key = f"{table}decided_at", f"{table}decision" if table else "pk"
        bounds = beyond(moment, key, place, back=back) & self.scan.days(moment)
        order = (moment, key) if back else (f"-{moment}", f"-{key}")
        return rows.filter(which & bounds).order_by(*order).values("id", listed_at=F(moment))
