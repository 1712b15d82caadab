"""By SQL: no wording is changed or deleted unless the earlier wording is kept, and what is kept never changes."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from families import actions
from families.models import EarlierWording, KnownRisk
from families.wording import SUBJECTS
from tests.cast import Cast
from tests.families.household import NOW, Household, disclosure_details

CHANGES: list[tuple[str, str, object]] = [
    ("disclosure", "facts", "Nothing was seen."),
    ("disclosure", "immediate_danger", True),
    ("disclosure", "received_at", "2026-11-20 11:00:00+00:00"),
    ("disclosure", "level", "s17"),
    ("child", "name", "Another"),
    ("child", "date_of_birth", "2016-03-28"),
    ("child", "date_of_birth", None),
    ("mother", "parental_responsibility", "no"),
    ("mother", "communication_need", "Signs"),
    ("contact", "detail", "07700 900999"),
    ("contact", "why", ""),
    ("family", "name", "Another"),
]
EACH = pytest.mark.parametrize(("what", "column", "value"), CHANGES)


def sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(message: str) -> Any:
    return pytest.raises(DatabaseError, match=message)


def change(row: Any, column: str, value: object, version: int) -> None:
    table = row._meta.db_table
    sql(f"UPDATE {table} SET {column} = %s, version = %s WHERE id = %s", value, version, row.pk)


def keep(row: Any, home: Household, cast: Cast, before: dict[str, Any], version: int = 1) -> None:
    """An earlier wording by SQL, as honest or dishonest as `before` is."""
    sql(
        "INSERT INTO families_earlierwording (public_id, organisation_id, family_id, subject, subject_id, version, "
        "before, changed_at, changed_by_id, changed_by_name, why) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        "00000000-0000-4000-8000-000000000009" if connection.vendor == "postgresql" else "0" * 31 + "9",
        cast.organisation.pk, home.family.pk, SUBJECTS[type(row)].value, row.pk, version, json.dumps(before),
        timezone.now(), cast.practitioner.pk, "Asha Verrall", "Misheard",
    )  # fmt: skip


@EACH
def test_no_wording_changes_without_its_earlier_one(home: Household, what: str, column: str, value: object) -> None:
    row = getattr(home, what)
    with refused("the earlier wording is not kept"):
        change(row, column, value, version=2)


@EACH
def test_nor_with_another_than_was_there(cast: Cast, home: Household, what: str, column: str, value: object) -> None:
    row = getattr(home, what)
    keep(row, home, cast, {column: "something else"})
    with refused("the earlier wording is not kept"):
        change(row, column, value, version=2)


@EACH
def test_what_is_kept_as_it_was_may_change(cast: Cast, home: Household, what: str, column: str, value: object) -> None:
    row = getattr(home, what)
    row.refresh_from_db()
    now = getattr(row, column)
    keep(row, home, cast, {column: None if now is None else row._meta.get_field(column).value_to_string(row)})
    change(row, column, value, version=2)


@pytest.mark.parametrize("version", [1, 3, 0])
def test_each_change_is_one_version(cast: Cast, home: Household, version: int) -> None:
    keep(home.disclosure, home, cast, {"facts": home.disclosure.facts})
    with refused("a changed wording is a new version|versions are counted one by one"):
        change(home.disclosure, "facts", "Else", version)


@pytest.mark.parametrize(("what", "column", "value"), [
    ("disclosure", "written_by_name", "Nobody"), ("disclosure", "reference", "C-000000"),
    ("disclosure", "written_at", "2026-11-21 11:00:00+00:00"), ("family", "reference", "F-000000"),
])  # fmt: skip
def test_what_it_is_about_stays(home: Household, what: str, column: str, value: object) -> None:
    with refused("what a row is about stays as it is"):
        change(getattr(home, what), column, value, version=1)


@pytest.mark.parametrize("what", ["disclosure", "contact", "child"])
def test_nothing_written_is_deleted(home: Household, what: str) -> None:
    row = getattr(home, what)
    with refused("is not deleted|FOREIGN KEY"):
        sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)


@pytest.mark.sqlite
@pytest.mark.parametrize("what", ["disclosure", "contact", "family"])
def test_nothing_written_is_replaced(home: Household, what: str) -> None:
    row = getattr(home, what)
    table = row._meta.db_table
    with refused("is not deleted"):
        sql(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = %s", row.pk)


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["families_disclosure", "families_knownrisk", "families_earlierwording"])
def test_no_table_is_truncated(home: Household, table: str) -> None:
    assert home
    with refused("append-only"):
        sql(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")


class TestRisk:
    @pytest.fixture
    def risk(self, cast: Cast, home: Household) -> KnownRisk:
        actions.set_known_risks(person=home.child, notes={"other": "A dog"}, version=1, by=cast.practitioner, at=NOW)
        found: KnownRisk = home.child.known_risks.get()
        return found

    @pytest.mark.parametrize("statement", [
        "UPDATE families_knownrisk SET note = 'A cat'", "UPDATE families_knownrisk SET kind = 'honour_based'",
        "DELETE FROM families_knownrisk",
    ])  # fmt: skip
    def test_it_is_not_changed_or_taken_away(self, risk: KnownRisk, statement: str) -> None:
        with refused("the earlier wording is not kept"):
            sql(f"{statement} WHERE id = %s", risk.pk)

    def test_it_is_when_it_is_kept(self, cast: Cast, home: Household, risk: KnownRisk) -> None:
        keep(home.child, home, cast, {"risk_other": "A dog"}, version=2)
        sql("DELETE FROM families_knownrisk WHERE id = %s", risk.pk)


class TestKept:
    @pytest.fixture
    def kept(self, cast: Cast, home: Household) -> EarlierWording:
        actions.correct_disclosure(
            disclosure=home.disclosure, details=disclosure_details(facts="Other"), version=1, why="Misheard",
            by=cast.practitioner, at=NOW,
        )  # fmt: skip
        found: EarlierWording = EarlierWording.objects.get()
        return found

    @pytest.mark.parametrize("statement", [
        "UPDATE families_earlierwording SET before = '{}'", "UPDATE families_earlierwording SET why = 'Else'",
        "UPDATE families_earlierwording SET changed_by_name = 'Else'", "DELETE FROM families_earlierwording",
    ])  # fmt: skip
    def test_it_never_changes(self, kept: EarlierWording, statement: str) -> None:
        with refused("append-only"):
            sql(f"{statement} WHERE id = %s", kept.pk)

    @pytest.mark.parametrize("column", ["organisation_id", "family_id", "changed_by_id", "subject_id"])
    def test_it_is_about_a_row_of_its_own_family(
        self, cast: Cast, home: Household, kept: EarlierWording, column: str
    ) -> None:
        theirs = {"organisation_id": cast.stranger.organisation.pk, "changed_by_id": cast.stranger.practitioner.pk}
        columns = [field.column for field in EarlierWording._meta.concrete_fields if field.column != "id"]
        values = {**{name: name for name in columns}, column: str(theirs.get(column, home.family.pk + 900)),
                  "version": "2", "public_id": "'00000000-0000-4000-8000-000000000007'"}  # fmt: skip
        chosen = ", ".join(values[name] for name in columns)
        with refused("belongs to its own family"):
            sql(
                f"INSERT INTO families_earlierwording ({', '.join(columns)}) SELECT {chosen} "
                "FROM families_earlierwording WHERE id = %s",
                kept.pk,
            )
