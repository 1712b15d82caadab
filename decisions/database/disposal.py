"""How a recorded decision is disposed of, as conditions for the triggers: only with a tombstone, and to its skeleton.

The tombstone is a row of the app `retention`, which stands above. What is not named here is blanked, so that a new
column is too.
"""

from typing import Any

from django.db import models

from decisions.models import Decision

TOMBSTONES = "retention_tombstone"
SKELETON = frozenset({
    "id", "public_id", "organisation", "reference", "team", "author", "state", "started_at", "recorded_at",
    "decided_at",
})  # fmt: skip
BECOMES_DISPOSED = "OLD.state = 'recorded' AND NEW.state = 'disposed'"


def has_tombstone(kind: str, row: str) -> str:
    """SQL: the row with this key may go."""
    return f"EXISTS (SELECT 1 FROM {TOMBSTONES} t WHERE t.kind = '{kind}' AND t.row = {row})"


def of_disposed(decision: str = "OLD.decision_id") -> str:
    """SQL: the decision with this key is disposed of, so what belongs to it may go."""
    return f"EXISTS (SELECT 1 FROM {Decision._meta.db_table} d WHERE d.id = {decision} AND d.state = 'disposed')"


def blanks() -> dict[str, Any]:
    """Every column of a decision that is disposed of, but its skeleton: as a new row has it, or empty."""
    fields = [field for field in Decision._meta.concrete_fields if field.name not in SKELETON]
    return {field.attname: _blank(field) for field in fields}


def _blank(field: "models.Field[Any, Any]") -> Any:
    if field.null:
        return None
    return field.get_default() if field.has_default() else ""


def disposal_checks() -> list[tuple[str, str]]:
    """(condition, message): what refuses to make a recorded decision one that is disposed of."""
    stays = [Decision._meta.get_field(name) for name in sorted(SKELETON - {"state"})]
    moved = [f"NEW.{field.column} <> OLD.{field.column}" for field in stays]  # type: ignore[union-attr]
    filled = [_filled(column, value) for column, value in blanks().items()]
    return [
        (f"{BECOMES_DISPOSED} AND NOT {has_tombstone('decision', 'OLD.id')}", "disposal needs a tombstone"),
        (
            f"{BECOMES_DISPOSED} AND ({' OR '.join(moved)})",
            "what stays of a decision that is disposed of stays as it is",
        ),
        (f"{BECOMES_DISPOSED} AND ({' OR '.join(filled)})", "a decision that is disposed of says nothing"),
    ]


def _filled(column: str, value: Any) -> str:
    if value is None:
        return f"NEW.{column} IS NOT NULL"
    if isinstance(value, bool):
        return f"NEW.{column} <> {'TRUE' if value else 'FALSE'}"
    return f"NEW.{column} <> {value}" if isinstance(value, int) else f"NEW.{column} <> ''"
