"""Before the site is served: nothing that was disposed of is in the database again."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections

HINT = "Run `manage.py apply_tombstones`, which disposes of them again."


def check_tombstones(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[checks.CheckMessage]:
    """`manage.py check --deploy --database default` runs it. A restored backup is what it finds."""
    from retention.restored import there_again  # noqa: PLC0415 - models are loaded only now
    from retention.tombstone_file import Unreadable  # noqa: PLC0415

    if (
        "default" not in (databases or ())
        or "retention_tombstone" not in connections["default"].introspection.table_names()
    ):
        return []
    try:
        count = len(there_again())
    except Unreadable as error:
        return [checks.Error(str(error), id="retention.E002")]
    if not count:
        return []
    return [
        checks.Error(
            f"Records that were disposed of are in the database again: {count}.", hint=HINT, id="retention.E001"
        )
    ]
