"""Records that an officer has nothing to do with: of a family that they know, or about themselves (ADR 46, ADR 51).

What is restricted to others stays in their duty, by reference and day.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from accounts.closed import without_closed
from accounts.models import User
from decisions.models import Decision, UrgentRecord
from decisions.went_wrong import TO_DECISIONS
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


def without_shut(kind: str, rows: Rows, officer: User) -> Rows:
    """The query stays as it is for whoever nothing is shut to."""
    for way in DECISIONS.get(kind, ()):
        rows = without_closed(rows, way, officer.shut_decisions)
    for way in FAMILIES.get(kind, ()):
        rows = without_closed(rows, way, officer.shut_families)
    return rows


def shut_keys(officer: User) -> Iterator[tuple[str, Any]]:
    """By kind, the addresses of those that are shut to them; nothing for whoever nothing is shut to."""
    if not (officer.shut_families or officer.shut_decisions):
        return
    for kind, model in MODELS.items():
        every = model._default_manager.filter(organisation_id=officer.organisation_id)
        shut = every.exclude(pk__in=without_shut(kind, every, officer).order_by().values("pk"))
        yield kind, shut.order_by().values("public_id")
