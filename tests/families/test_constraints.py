"""What the database itself refuses, tried by SQL on whichever engine runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit import triggers
from families import actions
from tests.cast import Cast
from tests.families.household import NOW, Household

REFUSED = [
    ("family", "name", ""),
    ("family", "name", "   "),
    ("person", "name", ""),
    ("person", "name", "  "),
    ("person", "role", "uncle"),
    ("person", "role", ""),
    ("person", "parental_responsibility", "perhaps"),
    ("person", "opens_post", "often"),
    ("person", "age", 4),  # without its day
    ("person", "age_on", "2026-01-01"),  # without the age
    ("person", "due_on", "2027-01-01"),  # not unborn
    ("person", "role", "unborn"),  # has a birth date
    ("contact", "kind", "pigeon"),
    ("contact", "safe", "maybe"),
    ("contact", "safe", ""),
    ("contact", "checked_on", None),  # yes without its day
    ("risk", "kind", "ghosts"),
    ("disclosure", "facts", ""),  # nothing said at all
    ("disclosure", "facts", "   "),
    ("disclosure", "said_by", ""),
    ("disclosure", "said_to", " "),
    ("disclosure", "level", "some"),
    ("disclosure", "written_at", "2020-01-01 10:00:00+00:00"),  # before it was received
]
TABLES = {
    "family": "families_family",
    "person": "families_person",
    "contact": "families_safecontact",
    "risk": "families_knownrisk",
    "disclosure": "families_disclosure",
}


@pytest.fixture(scope="module", autouse=True)
def risky_home(cast: Cast, home: Household) -> Iterator[Household]:
    """Without what keeps the history, which would refuse these statements before the constraints are asked."""
    with transaction.atomic():
        actions.set_known_risks(person=home.child, notes={"other": "A dog"}, version=1, by=cast.practitioner, at=NOW)
        triggers.drop_all(connection)
        yield home
        transaction.set_rollback(True)


def _row(home: Household, what: str) -> Any:
    rows = {"family": home.family, "person": home.child, "contact": home.contact, "disclosure": home.disclosure}
    return rows[what] if what in rows else home.child.known_risks.get()


def _sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(("what", "column", "value"), REFUSED)
def test_refused(risky_home: Household, what: str, column: str, value: object) -> None:
    row = _row(risky_home, what)
    with pytest.raises(IntegrityError):
        _sql(f"UPDATE {TABLES[what]} SET {column} = %s WHERE id = %s", value, row.pk)


def test_no_age_beyond_a_human_life(home: Household) -> None:
    with pytest.raises(IntegrityError):
        _sql("UPDATE families_person SET age = 121, age_on = '2026-01-01' WHERE id = %s", home.mother.pk)
    _sql("UPDATE families_person SET age = 120, age_on = '2026-01-01' WHERE id = %s", home.mother.pk)


def test_not_two_kinds_of_age(home: Household) -> None:
    with pytest.raises(IntegrityError):
        _sql("UPDATE families_person SET age = 10, age_on = '2026-01-01' WHERE id = %s", home.child.pk)


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("hears_through", "Her sister", "person_unborn_hears_nothing"),
        ("opens_post", "yes", "person_unborn_hears_nothing"),
        ("communication_need", "Large print", "person_unborn_asked_nothing"),
        ("nhs_number", "4505577104", "person_unborn_asked_nothing"),
        ("upn", "A123456789012", "person_unborn_asked_nothing"),
        ("parental_responsibility", "yes", "person_unborn_asked_nothing"),
        ("date_of_birth", "2026-01-01", "person_unborn_has_no_age"),
    ],
)
def test_nothing_is_asked_of_an_unborn_baby(home: Household, column: str, value: str, constraint: str) -> None:
    expected = (
        "UPDATE families_person SET role = 'unborn', date_of_birth = NULL, age = NULL, age_on = NULL, "
        "hears_through = '', opens_post = 'unknown', communication_need = '', nhs_number = '', upn = '', "
        "parental_responsibility = 'unknown' "
        "WHERE id = %s"
    )
    _sql(expected, home.child.pk)
    _sql("UPDATE families_person SET due_on = '2027-01-01', opens_post = 'no' WHERE id = %s", home.child.pk)
    with pytest.raises(IntegrityError, match=constraint):
        _sql(f"UPDATE families_person SET {column} = %s WHERE id = %s", value, home.child.pk)


def test_opinion_or_words_alone_are_enough(home: Household) -> None:
    _sql("UPDATE families_disclosure SET facts = '', opinion = 'Frightened' WHERE id = %s", home.disclosure.pk)
    _sql("UPDATE families_disclosure SET opinion = '', child_words = 'He hit me' WHERE id = %s", home.disclosure.pk)


@pytest.mark.parametrize(
    ("table", "columns", "where"),
    [
        ("families_knownrisk", "organisation_id, person_id, kind, note", "1 = 1"),
        ("families_familyteam", "organisation_id, family_id, team_id", "1 = 1"),
    ],
)
def test_not_the_same_thing_twice(risky_home: Household, table: str, columns: str, where: str) -> None:
    extra = ("public_id, ", "'00000000-0000-4000-8000-000000000001', ") if table == "families_knownrisk" else ("", "")
    with pytest.raises(IntegrityError):
        _sql(f"INSERT INTO {table} ({extra[0]}{columns}) SELECT {extra[1]}{columns} FROM {table} WHERE {where}")


def test_a_reference_stands_for_one_family_of_an_organisation(home: Household) -> None:
    columns = "organisation_id, reference, name, registered_at, version"
    with pytest.raises(IntegrityError):
        _sql(
            f"INSERT INTO families_family (public_id, {columns}) "
            f"SELECT '00000000-0000-4000-8000-000000000001', {columns} FROM families_family"
        )
