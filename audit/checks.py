from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections

from audit import triggers


def check_triggers(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[checks.CheckMessage]:
    """Every trigger exists. `manage.py check --deploy --database default` runs it.

    A deployment check, because `migrate` runs the ordinary checks first, and is what restores triggers.
    """
    return [
        checks.Error(
            f"The database has lost the trigger {name}.",
            hint="Run `manage.py migrate`, which makes it again; then `manage.py verify_ledger`.",
            id="audit.E001",
        )
        for alias in databases or ()
        for name in triggers.missing(connections[alias])
    ]
