"""audit/statements.py finds what a queryset finds."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import add_cover
from accounts.models import Membership, ReviewCover, Team, User
from audit.statements import key_pairs, models_with, rows_of, rows_where
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


def test_the_tables_that_have_a_row(cast: Cast) -> None:
    asked = (Team, User, Membership)
    assert models_with(asked, "public_id", cast.team.public_id) == [Team]
    assert models_with(asked, "public_id", cast.officer.public_id) == [User]
    assert models_with(asked, "public_id", uuid.uuid4()) == []


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


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_of_rows_with_days_those_that_are_not_over(cast: Cast, days: int) -> None:
    today = timezone.localdate()
    add_cover(
        team=cast.other_team_row, user=cast.supervisor, starts_on=today, ends_on=today, why="away",
        by=cast.administrator, at=timezone.now(),
    )  # fmt: skip
    day = today + timedelta(days=days)
    found = rows_where(ReviewCover, "team", [cast.other_team_row.pk], not_before=("ends_on", day))
    assert found == list(ReviewCover.objects.filter(team=cast.other_team_row, ends_on__gte=day))
    assert bool(found) == (days <= 0)
    assert [row for row in found if row.counts_on(day)] == list(ReviewCover.objects.on(day))


def test_rows_that_a_foreign_key_points_to_come_with_them(cast: Cast) -> None:
    today = timezone.localdate()
    asked = {"team": cast.other_team_row, "user": cast.supervisor, "why": "away", "by": cast.administrator}
    add_cover(starts_on=today, ends_on=today, at=timezone.now(), **asked)  # type: ignore[arg-type]
    with CaptureQueriesContext(connection) as queries:
        [row] = rows_where(ReviewCover, "user", [cast.supervisor.pk], related=("team", "instead_of", "made_by"))
        assert (row.team, row.instead_of, row.made_by) == (cast.other_team_row, None, cast.administrator)
        assert row.team.name == cast.other_team_row.name
    assert len(queries.captured_queries) == 1
    [plain] = rows_where(ReviewCover, "user", [cast.supervisor.pk])
    assert all(getattr(plain, field.attname) == getattr(row, field.attname) for field in row._meta.concrete_fields)


def _called(names: list[str], organisations: list[int]) -> "QuerySet[User]":
    return User.objects.filter(organisation_id__in=organisations, full_name__in=names).order_by("-full_name")


def test_by_several_lists_as_the_queryset_that_was_built_with_them(cast: Cast) -> None:
    names, ours = [user.full_name for user in cast.everybody], [cast.organisation.pk]
    both = [*ours, cast.stranger.organisation.pk]
    for wanted in ((names, ours), (names[:1], ours), (names, both), (["Nobody"], both)):
        assert values(rows_of(User, _called, *wanted)) == values(list(_called(*wanted)))
    assert rows_of(User, _called, names, ours)


def test_an_empty_list_asks_nothing(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert rows_of(User, _called, [], [cast.organisation.pk]) == []
    assert not queries.captured_queries


def test_one_key_by_another(cast: Cast) -> None:
    ours = Membership.objects.filter(team=cast.team)
    found = key_pairs(Membership, "team", [cast.team.pk], "pk", "user_id")
    assert found == dict(ours.values_list("pk", "user_id"))
    assert found
    assert key_pairs(Membership, "team", [], "pk", "user_id") == {}
