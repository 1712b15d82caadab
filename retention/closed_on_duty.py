"""Records that an officer has nothing to do with: of a family that they know, or about themselves (ADR 46, ADR 51).

What is restricted to others stays in their duty, by reference and day.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from accounts.closed import without_closed
from accounts.models import User
from decisions.incident_links import TO_DECISIONS
from decisions.models import Decision, UrgentRecord
from families.models import Family
from incidents.models import Incident
from rights.models import RightsRequest
from rules.retention import RecordKind

Rows = TypeVar("Rows", bound=Any)
MODELS: Mapping[str, type[Model]] = {
    RecordKind.DECISION: Decision, RecordKind.URGENT: UrgentRecord, RecordKind.FAMILY: Family,
    RecordKind.REQUEST: RightsRequest, RecordKind.INCIDENT: Incident,
}  # fmt: skip
# From a record to the decisions and families that it is about.
DECISIONS: Mapping[str, tuple[str, ...]] = {
    RecordKind.DECISION: ("pk",), RecordKind.URGENT: ("decisions",), RecordKind.INCIDENT: TO_DECISIONS,
}  # fmt: skip
FAMILIES: Mapping[str, tuple[str, ...]] = {RecordKind.FAMILY: ("pk",), RecordKind.REQUEST: ("person__family",)}


def without_closed_on_duty(kind: str, rows: Rows, officer: User) -> Rows:
    """Exclude records closed to this officer on duty; unchanged when there are none."""
    for way in DECISIONS.get(kind, ()):
        rows = without_closed(rows, way, officer.decisions_closed_on_duty)
    for way in FAMILIES.get(kind, ()):
        rows = without_closed(rows, way, officer.families_closed_on_duty)
    return rows


def keys_closed_on_duty(officer: User) -> Iterator[tuple[str, Any]]:
    """By kind, the public ids of the records closed to this officer on duty; nothing where there are none."""
    if not (officer.families_closed_on_duty or officer.decisions_closed_on_duty):
        return
    for kind, model in MODELS.items():
        every = model._default_manager.filter(organisation_id=officer.organisation_id)
        closed = every.exclude(pk__in=without_closed_on_duty(kind, every, officer).order_by().values("pk"))
        yield kind, closed.order_by().values("public_id")
