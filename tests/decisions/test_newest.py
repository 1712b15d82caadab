"""Reading the log page by page, from a place in it: every decision once, in order, whatever is asked of it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from accounts.models import Membership, User
from accounts.roles import Role
from decisions import newest
from decisions.authors_seen import first_of_each_name
from decisions.models import Decision
from families.models import FamilyTeam
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import plain, recorded_twin
from ui.newer_older import NewestPage, Place

cast, now, decision = closed.cast, closed.now, closed.decision
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module", autouse=True)
def _two_a_page() -> Iterator[None]:
    """Statements are composed once for pages of one length."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(newest, "PER_PAGE", 2)
        for name in ("_NEWEST", "_ON", "_BACK"):
            patch.setattr(getattr(newest, name), "_compiled", {})
        yield


@pytest.fixture(scope="module")
def seven(cast: Cast, decision: Decision, now: datetime) -> list[Decision]:
    """Of two teams and two authors, three of them decided at the very same moment."""
    ages = (1, 2, 2, 2, 3, 4)
    twins = [recorded_twin(decision, at=now - age * HOUR, by=by, team=team) for age, by, team in zip(
        ages, [cast.practitioner, cast.teammate] * 3, [cast.team, cast.team, cast.other_team_row] * 2, strict=True
    )]  # fmt: skip
    return [decision, *twins]


def _works_in_both(cast: Cast) -> User:
    place = {"organisation": cast.organisation, "team": cast.other_team_row, "role": Role.PRACTITIONER}
    plain(Membership).bulk_create([Membership(user=cast.teammate, **place)])
    found: User = User.objects.get(pk=cast.teammate.pk)
    return found


def _asked(**place: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name: str(where) for name, where in place.items() if where})
    return query


def _all_pages(user: User, narrowed: Any = None) -> list[NewestPage[Decision]]:
    pages = [newest.page(user, _asked(), narrowed)]
    while pages[-1].older:
        pages.append(newest.page(user, _asked(before=pages[-1].older), narrowed))
    return pages


def _keys(pages: list[NewestPage[Decision]]) -> list[int]:
    return [row.pk for page in pages for row in page.rows]


def _in_order(rows: Any) -> list[int]:
    return list(rows.recorded().order_by("-decided_at", "-pk").values_list("pk", flat=True))


def _everything(rows: Any) -> Any:
    return rows


WHO: dict[str, Callable[[Cast], User]] = {
    "author": lambda cast: cast.practitioner,
    "in both teams": _works_in_both,
    "other team": lambda cast: cast.other_team,
    "supervisor": lambda cast: cast.supervisor,
    "stranger": lambda cast: cast.stranger.practitioner,
    "administrator": lambda cast: cast.administrator,
}


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("shared", [False, True], ids=["alone", "with another team"])
@pytest.mark.parametrize("who", WHO)
def test_the_pages_together_are_what_they_see_newest_first(
    who: str, *, shared: bool, cast: Cast, seven: list[Decision]
) -> None:
    user = WHO[who](cast)
    if shared:
        _share(cast, seven[0])
    expected = _in_order(Decision.objects.visible_to(user))
    assert _keys(_all_pages(user)) == expected
    assert _keys(_all_pages(user, _everything)) == expected


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("shared", [False, True], ids=["alone", "with another team"])
@pytest.mark.parametrize("who", WHO)
def test_the_filter_offers_every_name_of_those_who_wrote_what_they_see(
    who: str, *, shared: bool, cast: Cast, seven: list[Decision], now: datetime
) -> None:
    cast.teammate.full_name = "Bram Before"
    recorded_twin(seven[0], at=now, by=cast.teammate)
    user = WHO[who](cast)
    if shared:
        _share(cast, seven[0])
    names = Decision.objects.recorded().visible_to(user).values_list("author", "author_name")
    found = Decision.objects.filter(pk__in=first_of_each_name(user)).values_list("author", "author_name")
    assert set(found) == set(names)
    assert Decision.objects.filter(pk__in=first_of_each_name(user)).visible_to(user).count() == len(found)


def _share(cast: Cast, decision: Decision) -> None:
    """All of them are about this one family."""
    [link] = decision.decision_families.all()
    row = FamilyTeam(organisation=cast.organisation, family_id=link.family_id, team=cast.other_team_row)
    plain(FamilyTeam).bulk_create([row])


def test_a_filter_leaves_out_and_keeps_the_order(cast: Cast, seven: list[Decision]) -> None:
    def of_teammate(rows: Any) -> Any:
        return rows.filter(author=cast.teammate)

    expected = _in_order(of_teammate(Decision.objects.visible_to(cast.practitioner)))
    assert _keys(_all_pages(cast.practitioner, of_teammate)) == expected
    assert 1 < len(expected) < len(seven)


def test_going_back_shows_the_same_pages(cast: Cast, seven: list[Decision]) -> None:
    there = _all_pages(cast.practitioner)
    assert len(there) == 4
    page, back = there[-1], []
    while page.newer:
        page = newest.page(cast.practitioner, _asked(after=page.newer))
        back.append([row.pk for row in page.rows])
    assert back == [[row.pk for row in page.rows] for page in reversed(there[:-1])]


def test_a_page_keeps_its_rows_when_others_are_recorded(cast: Cast, seven: list[Decision], now: datetime) -> None:
    first, second = _all_pages(cast.practitioner)[:2]
    recorded_twin(seven[0], at=now)
    assert _keys([newest.page(cast.practitioner, _asked(before=first.older))]) == [row.pk for row in second.rows]


@pytest.mark.parametrize("typed", ["", "5", "x-y", "-1-5", "1-2-3", "9" * 30 + "-1", "1-" + "9" * 30, "\u0661-\u0662"])
def test_what_is_no_place_shows_the_newest(typed: str, cast: Cast, seven: list[Decision]) -> None:
    first = _keys([newest.page(cast.practitioner, _asked())])
    for name in ("before", "after"):
        assert _keys([newest.page(cast.practitioner, _asked(**{name: typed}))]) == first


def test_a_place_says_only_when_and_which(now: datetime) -> None:
    place = Place(now, 12)
    assert Place.read(str(place)) == place
    assert set(str(place)) <= set("0123456789-")
