"""From an incident to the decisions that it is about. Its app and the reports are beside each other, and both ask."""

from collections.abc import Collection
from typing import Any, TypeVar

from accounts.closed import without_closed

Rows = TypeVar("Rows", bound=Any)
# The decision it was reported from, others that it is about, and those that complete its urgent record.
TO_DECISIONS = ("decision", "further__decision", "urgent__decisions")


def incidents_without(incidents: Rows, closed: Collection[int]) -> Rows:
    """Without incidents about one of these decisions, whatever else they are about."""
    for way in TO_DECISIONS:
        incidents = without_closed(incidents, way, closed)
    return incidents
