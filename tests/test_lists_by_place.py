"""Lists are read from a place: page by page each row once and in order, there and back, and nothing counts them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from decisions.models import Decision
from families import newest as newest_families
from families.models import Family, FamilyTeam
from reviews import queue_pages
from reviews.queries import awaiting_review_by, in_turn
from reviews.queue_pages import Turn
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import plain, recorded_twin
from ui.newer_older import NewestPage, Place, newest_page
from ui.templatetags.ui import counted

cast, now, decision = closed.cast, closed.now, closed.decision
LENGTH, MOST_PAGES, HOUR = 2, 5, timedelta(hours=1)


@pytest.fixture(scope="module")
def five(cast: Cast, decision: Decision, now: datetime) -> list[Decision]:
    """Three of them recorded at the very same moment."""
    return [decision, *(recorded_twin(decision, at=now - age * HOUR) for age in (1, 1, 1, 2))]


@pytest.fixture(scope="module")
def families(cast: Cast, decision: Decision) -> list[int]:
    """Of both teams in turn, and one of both: the supervisor sees three, whoever is in both teams five, each once."""
    organisation, moment = cast.organisation, decision.started_at
    made = plain(Family).bulk_create(
        Family(organisation=organisation, name=name, reference=f"F-00000{name}", registered_at=moment)
        for name in "1234"
    )
    places = [(made[0], cast.team), (made[1], cast.other_team_row), (made[2], cast.team), (made[3], cast.team),
              (made[3], cast.other_team_row)]  # fmt: skip
    plain(FamilyTeam).bulk_create(
        FamilyTeam(organisation=organisation, family=family, team=team) for family, team in places
    )
    return [family.pk for family in made]


def of_families(user: User, query: QueryDict) -> NewestPage[Any]:
    return newest_families.page(query, user, LENGTH, lambda rows: rows)


def of_queue(user: User, query: QueryDict) -> NewestPage[Any]:
    return queue_pages.queue_page(user, query, LENGTH)


def of_own(user: User, query: QueryDict) -> NewestPage[Any]:
    return queue_pages.queue_page_of_own(user, timezone.localdate(), query, LENGTH)


def by_time(user: User, query: QueryDict) -> NewestPage[Any]:
    return newest_page(Decision.objects.supervised_by(user), "recorded_at", query, LENGTH)


def queue_of(user: User) -> Any:
    return in_turn(awaiting_review_by(user))


LISTS: dict[str, tuple[Callable[[User, QueryDict], NewestPage[Any]], Callable[[User], Any]]] = {
    "families": (of_families, lambda user: Family.objects.visible_to(user).order_by("-pk")),
    "queue": (of_queue, queue_of),
    "queue, mine": (of_own, queue_of),
    "by a time": (by_time, lambda user: Decision.objects.supervised_by(user).order_by("-recorded_at", "-pk")),
}


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the queue is read more than once for a page of what is nobody else's."""
    monkeypatch.setattr(queue_pages, "AT_ONCE", 2)
    asked = {way: CompiledQuery(Decision, query._build) for way, query in queue_pages._ASKED.items()}
    monkeypatch.setattr(queue_pages, "_ASKED", asked)


def asked(**place: object) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name: str(where) for name, where in place.items()})
    return query


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("name", LISTS)
def test_the_pages_together_are_the_list(name: str, cast: Cast, five: object, families: object) -> None:
    read, whole = LISTS[name]
    expected = [row.pk for row in whole(cast.supervisor)]
    with CaptureQueriesContext(connection) as statements:
        pages = [read(cast.supervisor, asked())]
        while pages[-1].older and len(pages) < MOST_PAGES:
            pages.append(read(cast.supervisor, asked(before=pages[-1].older)))
    assert [row.pk for page in pages for row in page.rows] == expected
    assert len(pages) > 1
    assert not [one["sql"] for one in statements if re.match(r"SELECT COUNT\(", one["sql"])]
    back, there = pages[-1], pages[:-1]
    while back.newer:
        back = read(cast.supervisor, asked(after=back.newer))
        assert [row.pk for row in back.rows] == [row.pk for row in there.pop().rows]
    assert not there


@pytest.mark.in_turn(4)
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("typed", ["", "x", "1-2-3-4", "9" * 30, "\u0661-\u0662-\u0663"])
def test_what_is_no_place_shows_the_first(name: str, typed: str, cast: Cast, five: object, families: object) -> None:
    read, _ = LISTS[name]
    first = [row.pk for row in read(cast.supervisor, asked()).rows]
    for way in ("before", "after"):
        assert [row.pk for row in read(cast.supervisor, asked(**{way: typed})).rows] == first


@pytest.mark.parametrize("who", ["practitioner", "other_team", "officer", "administrator", "stranger"])
def test_families_are_those_that_they_may_see(who: str, cast: Cast, families: list[int]) -> None:
    user: User = cast.stranger.practitioner if who == "stranger" else getattr(cast, who)
    found = list(newest_families.newest_families(user, 10))
    assert found == list(Family.objects.visible_to(user).order_by("-pk"))
    assert bool(found) == (who in {"practitioner", "other_team"})


def test_a_place_in_the_queue_says_only_when_and_which(now: datetime) -> None:
    place = Turn(1, now, 12)
    assert Turn.read(str(place)) == place
    assert set(str(place)) <= set("0123456789-")
    assert Place.read(str(place)) is None


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (1, "1"), (1000, "1,000"), (1001, "More than 1,000")])
def test_a_number_is_counted_so_far_and_no_further(number: int, words: str) -> None:
    assert counted(number) == words
