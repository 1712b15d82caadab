"""Before the site is served: migrations applied, and the role that serves has what it needs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import CheckMessage, run_checks
from django.db import ProgrammingError, connection
from django.test import Client

from accounts.sign_on import configured
from safeguarding import grants, migrated
from safeguarding.database_checks import sign_on_organisations_are_there
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "runtime_role.sql"
ROLE = "checked_role"


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def found() -> list[CheckMessage]:
    messages = run_checks(include_deployment_checks=True, databases=["default"])
    return [message for message in messages if message.id in {"safeguarding.E003", "safeguarding.E004"}]


def test_a_database_of_this_version_has_nothing_to_mend() -> None:
    assert found() == []


@pytest.mark.parametrize("app", ["decisions", "sessions"])
def test_a_migration_that_was_not_applied_is_named(client: Client, app: str) -> None:
    execute(f"DELETE FROM django_migrations WHERE app = '{app}' AND name = '0001_initial'")
    [message] = found()
    assert message.msg == f"Migrations were not applied: {app}.0001_initial."
    response = client.get("/health/")
    assert (response.status_code, response.content) == (503, b"migrations pending\n")


def test_an_empty_database_names_a_few_and_how_many_more(client: Client) -> None:
    execute("DELETE FROM django_migrations")
    [message] = found()
    assert re.fullmatch(r"Migrations were not applied: (\w+\.\w+, ){2}\w+\.\w+ and [1-9]\d more\.", message.msg)


@pytest.mark.sqlite
def test_a_service_of_no_organisation_is_named(cast: Cast, settings: LazySettings) -> None:
    settings.SIGN_ON = configured.read(environment("Northmere Council"))
    assert sign_on_organisations_are_there(None, ["default"]) == []
    settings.SIGN_ON = configured.read(environment("Nowhere"))
    [message] = sign_on_organisations_are_there(None, ["default"])
    assert "'Nowhere'" in message.msg
    assert "SIGN_ON_NORTH_SCHOOL_ORGANISATION" in str(message.hint)


def environment(name: str) -> dict[str, str]:
    more = {"KIND": "google", "CLAIM": "north.test", "CLIENT_ID": "us", "CLIENT_SECRET": "x", "ORGANISATION": name}
    return {"SIGN_ON": "north-school", **{f"SIGN_ON_NORTH_SCHOOL_{key}": value for key, value in more.items()}}


@pytest.fixture
def serving() -> Iterator[None]:
    execute(f"CREATE ROLE {ROLE}")
    execute(re.sub(r"^--.*$", "", SCRIPT.read_text(), flags=re.MULTILINE).replace(':"runtime"', ROLE))
    yield
    execute("RESET ROLE")


@pytest.mark.postgres
def test_what_the_script_grants_is_enough(serving: None) -> None:
    execute(f"SET LOCAL ROLE {ROLE}")
    assert grants.missing(connection) == []


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("taken", "named"),
    [
        ("REVOKE INSERT ON decisions_decision", "INSERT on decisions_decision"),
        ("REVOKE SELECT ON audit_treetile", "SELECT on audit_treetile"),
        ("REVOKE USAGE ON SEQUENCE families_family_id_seq", "USAGE on families_family_id_seq"),
    ],
)
def test_what_was_taken_is_named(serving: None, taken: str, named: str) -> None:
    execute(f"{taken} FROM {ROLE}")
    execute(f"SET LOCAL ROLE {ROLE}")
    assert grants.missing(connection) == [named]
    [message] = found()
    assert message.msg == f"The site's database role lacks {named}."


@pytest.mark.postgres
def test_a_role_that_may_not_read_the_migrations_is_told_so(serving: None, monkeypatch: pytest.MonkeyPatch) -> None:
    execute(f"REVOKE SELECT ON django_migrations FROM {ROLE}")
    execute(f"SET LOCAL ROLE {ROLE}")

    def refused() -> list[migrated.Name]:
        raise ProgrammingError("permission denied for table django_migrations")

    monkeypatch.setattr(migrated, "pending", refused)
    assert [message.msg for message in found()] == ["The site's database role lacks SELECT on django_migrations."]


@pytest.mark.postgres
def test_a_role_without_the_script_is_told_how_much_it_lacks() -> None:
    execute(f"CREATE ROLE {ROLE}")
    execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {ROLE}")
    execute(f"SET LOCAL ROLE {ROLE}")
    [message] = found()
    execute("RESET ROLE")
    assert re.search(r"lacks DELETE on \w+, INSERT on \w+, UPDATE on \w+ and \d+ more\.", message.msg)


@pytest.mark.sqlite
def test_sqlite_has_no_roles() -> None:
    assert grants.missing(connection) == []
