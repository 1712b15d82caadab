"""audit/statements.py finds what a queryset finds."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Team, User
from audit.statements import rows_where
from tests.cast import Cast


def values(rows: list[User]) -> list[dict[str, object]]:
    return [{field.attname: getattr(row, field.attname) for field in User._meta.concrete_fields} for row in rows]


def test_the_rows_and_values_of_a_queryset_in_its_order(cast: Cast) -> None:
    everybody = [user.pk for user in (*cast.everybody, *cast.stranger.everybody)]
    for wanted in (everybody, everybody[:1], everybody[::-1], [-1]):
        assert values(rows_where(User, "pk", wanted)) == values(list(User.objects.filter(pk__in=wanted)))


@pytest.mark.parametrize("column", ["organisation", "organisation_id"])
def test_by_a_foreign_key(cast: Cast, column: str) -> None:
    found = rows_where(Team, column, [cast.organisation.pk])
    assert found == list(Team.objects.filter(organisation=cast.organisation))
    assert found


def test_by_a_uuid(cast: Cast) -> None:
    assert rows_where(Team, "public_id", [cast.team.public_id]) == [cast.team]
    assert rows_where(Team, "public_id", [uuid.uuid4()]) == []


def test_rows_can_be_saved_and_know_their_database(cast: Cast) -> None:
    team = rows_where(Team, "pk", [cast.team.pk])[0]
    assert not team._state.adding
    assert team._state.db == cast.team._state.db


def test_no_values_ask_nothing(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert rows_where(Team, "pk", []) == []
    assert not queries.captured_queries


def test_its_sql_is_composed_once(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        rows_where(Team, "pk", [1])
        rows_where(Team, "pk", [2, 3])
    one, two = (query["sql"] for query in queries.captured_queries)
    assert one.split(" IN ")[0] == two.split(" IN ")[0]
