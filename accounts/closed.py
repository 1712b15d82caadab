"""What is closed to somebody who knows a family or is related to it, whatever their role: ADR 46."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, TypeVar

Rows = TypeVar("Rows", bound=Any)


def without_closed(rows: Rows, lookup: str, closed: Collection[int]) -> Rows:
    """Without rows that lead to one of these. The query stays as it is where nothing is closed, as for most people."""
    if not closed:
        return rows
    others: Rows = rows.exclude(**{f"{lookup}__in": sorted(closed)})
    return others


class ClosedTo:
    """Of a user. Read once a request, and not at all for those to whom nothing was ever closed."""

    has_conflicts: Any
    declared_conflicts: Any

    @cached_property
    def closed_families(self) -> frozenset[int]:
        """Families that they know or are related to."""
        if not self.has_conflicts:
            return frozenset()
        return frozenset(self.declared_conflicts.filter(ended=None).values_list("family", flat=True))

    @cached_property
    def closed_decisions(self) -> frozenset[int]:
        """Decisions about such a family, or about somebody of it, drafts among them."""
        if not self.has_conflicts:
            return frozenset()
        standing = self.declared_conflicts.filter(ended=None)
        ways = ("family__decision_families__decision", "family__people__on_decisions__decision")
        return frozenset(key for way in ways for key in standing.values_list(way, flat=True) if key)
