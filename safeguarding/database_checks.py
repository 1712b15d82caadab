"""What `manage.py check --deploy --database default` says of the database, before it serves people."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import DatabaseError, OperationalError, ProgrammingError, connections

from accounts.factor_secrets import encrypted_secrets, is_readable
from accounts.sign_on import account_matching
from safeguarding import database_log, grants, migrated

SHOWN = 3


@register(Tags.database, deploy=True)
def migrations_are_applied(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    if "default" not in (databases or ()):
        return []
    try:
        pending = migrated.pending()
    except ProgrammingError:  # the role may not read the table: the next check says so
        return []
    if not pending:
        return []
    return [
        checks.Error(
            f"Migrations were not applied: {_some([f'{app}.{name}' for app, name in pending])}.",
            hint="Run `manage.py migrate` as the role that owns the tables. Until then /health/ answers 503.",
            id="safeguarding.E003",
        )
    ]


@register(Tags.database, deploy=True)
def grants_are_there(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    if "default" not in (databases or ()) or not (missing := grants.missing(connections["default"])):
        return []
    return [
        checks.Error(
            f"The site's database role lacks {_some(missing)}.",
            hint="Run docs/runtime_role.sql as the role that owns the tables.",
            id="safeguarding.E004",
        )
    ]


@register(Tags.database, deploy=True)
def words_stay_out_of_its_log(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    if "default" not in (databases or ()) or not (names := database_log.open_settings(connections["default"])):
        return []
    return [
        checks.Error(
            f"What people type could reach the log of PostgreSQL: {_some(names)}.",
            hint="Run deploy/postgresql_logs.sql as a superuser, and check as each role.",
            id="safeguarding.E005",
        )
    ]


@register(Tags.database, deploy=True)
def sign_on_organisations_are_there(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """Each service belongs to exactly one organisation: until it does, nobody can sign on with it."""
    if "default" not in (databases or ()):
        return []
    try:
        nowhere = [service for service in settings.SIGN_ON if account_matching.organisation_of(service) is None]
    except DatabaseError:  # no table yet: the first check says so
        return []
    return [
        checks.Error(
            f"SIGN_ON: '{service.organisation}' is the name of no organisation here, or of two.",
            hint=f"Set SIGN_ON_{service.variable}_ORGANISATION to its name, or to its public id.",
            id="safeguarding.E007",
        )
        for service in nowhere
    ]


@register(Tags.database, deploy=True)
def second_factors_can_be_read(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """With another key than they were closed with, nobody's code is right."""
    if "default" not in (databases or ()):
        return []
    try:
        unread = sum(not is_readable(secret) for secret in encrypted_secrets())
    except (OperationalError, ProgrammingError):  # before the first migration: another check says so
        return []
    if not unread:
        return []
    return [
        checks.Error(
            f"{unread} of the second factors cannot be read: the key that they were encrypted with is not there.",
            hint="Put the old key back into second_factor_key, or into SECOND_FACTOR_KEYS after the new one.",
            id="safeguarding.E008",
        )
    ]


def _some(names: list[str]) -> str:
    """The first few: a database without any of them has a hundred."""
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
