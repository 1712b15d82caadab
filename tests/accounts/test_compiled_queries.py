"""A query compiled once finds for each user what its queryset finds for them, and never what it found for another."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Case, Count, Max, QuerySet, When
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.compiled_figures import CompiledFigures
from accounts.compiled_queries import CompiledQuery
from accounts.models import Membership, ReviewCover, Team, User
from accounts.roles import Permission, Role
from tests import shared
from tests.cast import Cast
from tests.decisions.cases import plain

cast = shared.cast

DAY = timedelta(days=1)


def mates(user: User) -> "QuerySet[User]":
    """Everybody in one of the user's teams, from those who may see decisions alone."""
    if not user.has(Permission.SEE_DECISIONS):
        return User.objects.none()
    held = Membership.objects.filter(organisation_id=user.organisation_id, team_id__in=user.team_ids()).values("user")
    return User.objects.filter(pk__in=held).exclude(pk=user.pk).order_by("pk")


@pytest.fixture
def users(cast: Cast) -> list[User]:
    """Two of the cast have two teams, one of whom has only one role in them."""
    places = [
        Membership(organisation=cast.organisation, user=user, team=cast.other_team_row, role=role)
        for user, role in ((cast.teammate, Role.PRACTITIONER), (cast.supervisor, Role.PRACTITIONER))
    ]
    plain(Membership).bulk_create(places)
    return list(User.objects.filter(pk__in=[one.pk for one in (*cast.everybody, *cast.stranger.everybody)]))


def test_rows_and_their_number_are_those_of_the_queryset(users: list[User]) -> None:
    query = CompiledQuery(User, mates)
    for user in (*users, *reversed(users)):
        assert query.rows(user) == list(mates(user))
        assert query.count(user) == mates(user).count()


def test_it_is_made_once_for_users_alike(cast: Cast) -> None:
    made: list[Any] = []

    def build(user: User) -> "QuerySet[User]":
        made.append(user)
        return mates(user)

    query = CompiledQuery(User, build)
    for user in (cast.practitioner, cast.other_team, cast.stranger.practitioner):
        query.rows(user)
    assert len(made) == 1
    query.rows(cast.supervisor)
    assert len(made) == 2


def test_what_nobody_may_see_is_not_asked_for(cast: Cast) -> None:
    query = CompiledQuery(User, mates)
    with CaptureQueriesContext(connection) as seen:
        cast.officer.roles  # noqa: B018 - read before counting
        before = len(seen)
        assert query.rows(cast.officer) == []
        assert query.count(cast.officer) == 0
    assert len(seen) == before


def chosen(user: User, keys: list[int], others: list[int]) -> "QuerySet[User]":
    return mates(user).filter(pk__in=keys).exclude(pk__in=others)


def test_lists_of_keys_may_have_any_length(users: list[User], cast: Cast) -> None:
    query = CompiledQuery(User, chosen)
    keys = [user.pk for user in users]
    for user in users:
        for some, others in ((keys, keys[:1]), (keys[1:4], keys[2:9]), (keys[:1], keys)):
            assert query.rows(user, some, others) == list(chosen(user, some, others))
    assert query.count(cast.practitioner, keys, keys[:1]) == chosen(cast.practitioner, keys, keys[:1]).count() > 0
    assert query.rows(cast.practitioner, [], keys) == []


@pytest.fixture
def cover(cast: Cast) -> ReviewCover:
    today = timezone.localdate()
    row = ReviewCover(
        organisation=cast.organisation, team=cast.team, user=cast.supervisor, why="away", starts_on=today,
        ends_on=today + DAY, made_by=cast.administrator,
    )  # fmt: skip
    [made] = plain(ReviewCover).bulk_create([row])
    return made


def covers(user: User, day: date) -> "QuerySet[ReviewCover]":
    found: QuerySet[ReviewCover] = ReviewCover.objects.on(day)
    return found.filter(organisation_id=user.organisation_id).annotate(last=Max("ends_on"))


def test_days_are_given_each_time_and_annotations_converted(cast: Cast, cover: ReviewCover) -> None:
    query = CompiledQuery(ReviewCover, covers)
    for day, found in ((cover.starts_on, [cover]), (cover.ends_on, [cover]), (cover.ends_on + DAY, [])):
        rows = query.rows(cast.practitioner, day)
        assert rows == found
        assert [row.last for row in rows] == [cover.ends_on] * len(found)  # type: ignore[attr-defined]
    assert query.rows(cast.stranger.practitioner, cover.starts_on) == []


def changed(user: User, before: datetime, after: datetime) -> "QuerySet[Any]":
    entries: Any = User.objects.filter(organisation_id=user.organisation_id, autosaved_texts__saved_at__lt=before)
    return entries.filter(autosaved_texts__saved_at__gte=after)  # type: ignore[no-any-return]


def test_times_are_given_each_time(cast: Cast) -> None:
    now = timezone.now()
    cast.practitioner.autosaved_texts.create(organisation=cast.organisation, path="/", saved_at=now)
    query = CompiledQuery(User, changed)
    assert query.rows(cast.teammate, now + DAY, now) == [cast.practitioner]
    assert query.rows(cast.teammate, now, now - DAY) == []
    assert query.rows(cast.teammate, now + DAY, now + DAY) == []


def test_keys_are_given_each_time(cast: Cast) -> None:
    query = CompiledQuery(User, lambda user, key: mates(user).filter(pk=key))
    assert query.rows(cast.practitioner, cast.teammate.pk) == [cast.teammate]
    assert query.rows(cast.practitioner, cast.supervisor.pk) == [cast.supervisor]
    assert query.rows(cast.practitioner, cast.other_team.pk) == []


def test_a_day_of_its_own_is_refused(cast: Cast) -> None:
    query = CompiledQuery(ReviewCover, lambda user: covers(user, timezone.localdate()))
    with pytest.raises(ValueError, match="took a day"):
        query.rows(cast.practitioner)


def test_a_user_who_left_is_asked_about_as_one(cast: Cast) -> None:
    query = CompiledQuery(User, mates)
    assert query.rows(cast.practitioner)
    plain(User).filter(pk=cast.practitioner.pk).update(is_active=False)
    assert query.rows(User.objects.get(pk=cast.practitioner.pk)) == []


def test_nothing_is_kept_of_a_team(cast: Cast) -> None:
    """A person in another team of the same number of teams finds that team's."""
    query = CompiledQuery(User, mates)
    query.rows(cast.practitioner)
    team: Team = cast.other_team_row
    plain(Membership).filter(user=cast.practitioner).update(team=team)
    assert query.rows(User.objects.get(pk=cast.practitioner.pk)) == [cast.other_team]


def test_a_part_of_a_list_is_read(users: list[User]) -> None:
    query = CompiledQuery(User, mates)
    for user in users:
        everybody = list(mates(user))
        assert query.count(user) == len(everybody)
        for first in range(0, len(everybody) + 1, 2):
            assert query.between(first, first + 2, user) == everybody[first : first + 2]


def periods(teams: list[int], since: date, *days: date) -> "QuerySet[Any, tuple[Any, ...]]":
    """By reason, with which of the days has come: a figure of teams and days, and of no user."""
    ended = Case(*(When(ends_on__lt=day, then=number) for number, day in enumerate(days)), default=-1)
    rows = ReviewCover.objects.filter(team_id__in=teams, starts_on__gte=since).order_by()
    return rows.values("why", ended=ended).annotate(number=Count("pk")).values_list("why", "ended", "number")


def test_figures_are_of_the_values_given_each_time(cast: Cast, cover: ReviewCover) -> None:
    query, mine, other = CompiledFigures(periods), cast.team.pk, cast.other_team_row.pk
    days = [cover.ends_on + DAY * number for number in (0, 1, 9)]
    for teams in ([mine], [mine, other], [other]):
        for since in (cover.starts_on, cover.ends_on):
            for asked in (days, days[:1], days[1:]):
                assert query.rows(teams, since, *asked) == list(periods(teams, since, *asked))
    assert query.rows([mine], cover.starts_on, *days) == [("away", 1, 1)]
    assert query.rows([], cover.starts_on, *days) == []
