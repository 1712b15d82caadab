"""The database itself refuses, on both engines, and what happens round a migration."""

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations.exceptions import IrreversibleError

from accounts.models import Team
from audit import triggers
from audit.models import LedgerEntry
from audit.triggers import Trigger
from tests.audit.conftest import TABLE, Write, chain, sql, tampering

pytestmark = pytest.mark.django_db

COPY = f"INSERT INTO {TABLE} ({{}}) SELECT {{}} FROM {TABLE} WHERE organisation = 7 AND seq = 1"
COLUMNS = [field.column for field in LedgerEntry._meta.concrete_fields]


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET event = 'x'",
        f"UPDATE {TABLE} SET event = event",
        f"DELETE FROM {TABLE}",
        f"DELETE FROM {TABLE} WHERE seq = 2",
        pytest.param(f"TRUNCATE {TABLE}", marks=pytest.mark.postgres),
        pytest.param(f"UPDATE OR REPLACE {TABLE} SET seq = 1", marks=pytest.mark.sqlite),
        pytest.param(f"UPDATE OR IGNORE {TABLE} SET event = 'x'", marks=pytest.mark.sqlite),
        pytest.param(f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = 1", marks=pytest.mark.sqlite),
    ],
)
def test_the_database_refuses(write: Write, statement: str) -> None:
    write(2)
    before = list(LedgerEntry.objects.order_by("seq").values())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(statement)
    assert list(LedgerEntry.objects.order_by("seq").values()) == before


@pytest.mark.sqlite
@pytest.mark.parametrize("key", [("id",), ("organisation", "seq")])
def test_replacing_over_either_key_is_refused(write: Write, key: tuple[str, ...]) -> None:
    write(2)
    other = {"id": "99", "organisation": "8"}
    chosen = [column if column in {*key, "seq"} or column not in other else other[column] for column in COLUMNS]
    statement = COPY.format(", ".join(COLUMNS), ", ".join(chosen)).replace("INSERT", "INSERT OR REPLACE")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(statement)
    assert len(chain(7)) == 2


@pytest.mark.postgres
def test_an_upsert_is_refused(write: Write) -> None:
    write(2)
    statement = COPY.format(", ".join(COLUMNS), ", ".join(COLUMNS)) + " ON CONFLICT (id) DO UPDATE SET event = 'x'"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(statement)


def test_none_is_missing_after_migrating() -> None:
    assert triggers.missing(connection) == []


def test_each_missing_one_is_named(write: Write) -> None:
    write()
    names = {item.name for item in triggers.ours(connection) if item.table == TABLE and not item.stays}
    assert len(names) == (2 if connection.vendor == "postgresql" else 3)
    with tampering():
        assert names <= set(triggers.missing(connection))
    assert triggers.missing(connection) == []


@pytest.mark.postgres
def test_one_that_is_switched_off_is_missing() -> None:
    sql(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_append_only")
    assert triggers.missing(connection) == [f"{TABLE}_append_only"]


def test_the_check_names_what_is_missing_and_what_to_do() -> None:
    def found() -> list[str]:
        messages = run_checks(tags=["database"], include_deployment_checks=True, databases=["default"])
        return [f"{message.id} {message.msg} {message.hint}" for message in messages if message.id == "audit.E001"]

    assert found() == []
    with tampering():
        assert any(TABLE in message and "manage.py migrate" in message for message in found())


def test_migrating_is_not_stopped_by_the_check_it_mends() -> None:
    with tampering():
        messages = run_checks(tags=["database"], databases=["default"])
    assert [message.id for message in messages if message.id == "audit.E001"] == []


@pytest.mark.django_db(transaction=True)
def test_the_ledgers_migration_does_not_go_back_and_the_next_makes_the_triggers_again(write: Write) -> None:
    write()
    try:
        with pytest.raises(IrreversibleError):
            call_command("migrate", "audit", "zero", verbosity=0, stdout=StringIO())
        assert triggers.missing(connection) == sorted(
            trigger.name for trigger in triggers.ours(connection) if not trigger.stays
        )
    finally:
        call_command("migrate", verbosity=0, stdout=StringIO())
    assert triggers.missing(connection) == []
    assert len(chain(7)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_flush_command_is_refused(write: Write) -> None:
    write()
    with pytest.raises(DatabaseError):
        sql(f"DELETE FROM {TABLE}" if connection.vendor == "sqlite" else f"TRUNCATE {TABLE}")
    assert len(chain(7)) == 1


@pytest.fixture
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers, "_registered", {})


@pytest.mark.usefixtures("_nothing_registered")
def test_two_triggers_may_not_share_a_name() -> None:
    first = Trigger("one", "t", "a", "b")
    triggers.register(first)
    triggers.register(first)
    with pytest.raises(ValueError, match="another name"):
        triggers.register(Trigger("one", "t", "a", "c"))


@pytest.mark.usefixtures("_nothing_registered")
def test_a_table_that_is_not_there_yet_has_no_trigger() -> None:
    triggers.register(Trigger("one", "no_such_table", "nonsense", "nonsense"))
    triggers.make_all(connection)
    assert triggers.missing(connection) == []


def test_every_unique_key_is_guarded() -> None:
    assert set(triggers.unique_keys(LedgerEntry)) == {("id",), ("organisation", "seq")}
    assert ("public_id",) in set(triggers.unique_keys(models_with_plain_keys()))


def models_with_plain_keys() -> type[models.Model]:
    class Ticket(models.Model):
        public_id = models.IntegerField(unique=True)
        colour = models.IntegerField()

        class Meta:
            app_label = "audit_tests"
            unique_together = [("public_id", "colour")]

    return Ticket


def test_a_key_made_of_an_expression_must_be_guarded_by_hand() -> None:
    with pytest.raises(ValueError, match="by hand"):
        list(triggers.unique_keys(Team))
