"""Every number leads to as many decisions, of the reader's own teams, for the same number of queries."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.models import Decision
from reports.counts import counts
from reports.figures import FIGURES, Figure
from reports.forms import scope_asked_for
from reviews.due_dates import has_target, is_overdue
from reviews.overdue import late_before, overdue_among
from reviews.queries import with_open_round
from reviews.turns import has_a_day
from tests.cast import Cast
from tests.decisions import closed
from tests.pages import PageClient
from tests.reports.scene import others, reviewed

SignIn = Callable[[User], PageClient]
cast, now, family, decision = closed.cast, closed.now, closed.family, closed.decision
DASHBOARD, LIST = reverse("reports:dashboard"), reverse("reports:decisions")
LINK = re.compile(r'href="(/reports/decisions/\?[^"]*)">(\d+)')


@pytest.fixture
def rows(decision: Decision, cast: Cast, now: datetime) -> list[Decision]:
    made = others(decision, now)
    reviewed(made, cast, now)
    return made


def shown(page: str) -> int:
    return page.count('data-label="Decided"')


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("who", ["supervisor", "officer"])
def test_each_number_is_that_of_its_list(cast: Cast, as_user: SignIn, who: str) -> None:
    client = as_user(getattr(cast, who))
    links = LINK.findall(client.get(DASHBOARD).content.decode())
    assert len(links) > 12
    for address, number in links:
        page = client.get(address.replace("&amp;", "&")).content.decode()
        assert shown(page) == int(number), address


@pytest.mark.usefixtures("rows")
def test_the_days_bound_it(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    found = {weeks: shown(client.get(LIST, {"weeks": weeks}).content.decode()) for weeks in (4, 12, 52)}
    assert found == {4: 5, 12: 7, 52: 8}
    for weeks, number in found.items():
        form, scope = scope_asked_for(QueryDict(f"weeks={weeks}"), cast.supervisor, timezone.localdate())
        counted = counts(scope, timezone.localdate())
        assert (form.errors, len(counted.weeks)) == ({}, weeks)
        assert counted.all == sum(counted.weeks.values()) == number


@pytest.mark.usefixtures("rows")
def test_nobody_counts_what_is_not_theirs(cast: Cast, as_user: SignIn) -> None:
    for stranger in (cast.stranger.supervisor, cast.stranger.officer):
        assert "No decision was recorded" in as_user(stranger).get(DASHBOARD).content.decode()
        assert shown(as_user(stranger).get(LIST, {"weeks": 52}).content.decode()) == 0
    team = str(cast.other_team_row.public_id)
    answer = as_user(cast.supervisor).get(LIST, {"team": team})
    assert answer.status_code == 422
    assert "Choose one of your teams" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"figure": "nothing"}, 404), ({"figure": ""}, 404), ({"figure": "week", "value": "x"}, 200),
        ({"figure": "week", "value": "9999-12-31"}, 200), ({"figure": "consent", "value": "x"}, 200),
        ({"until": "0001-01-01"}, 200), ({"until": "x"}, 200), ({"weeks": "5000"}, 422), ({"weeks": "x"}, 422),
    ],
)  # fmt: skip
def test_an_address_that_means_nothing(cast: Cast, as_user: SignIn, asked: dict[str, str], status: int) -> None:
    answer = as_user(cast.supervisor).get(LIST, asked)
    assert answer.status_code == status


def test_an_officer_reads_no_record(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    page = as_user(cast.officer).get(LIST).content.decode()
    assert decision.reference in page
    assert reverse("decisions:detail", args=[decision.public_id]) not in page


def test_more_decisions_cost_no_more_queries(cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(DASHBOARD)
        return len(asked)

    client = as_user(cast.supervisor)
    client.get(DASHBOARD)
    few = queries()
    others(decision, now)
    assert queries() == few < 9


def test_late_reviews_are_the_same_as_of_one_decision(rows: list[Decision]) -> None:
    """On the day after the last day, and on the days around it."""
    today = timezone.localdate()
    everything: Any = with_open_round(Decision.objects.recorded())
    targets = {row.pk for row in Decision.objects.recorded().filter(has_a_day())}
    assert targets == {row.pk for row in Decision.objects.recorded() if has_target(row)}
    for later in (*range(12), 40):
        day = today + timedelta(days=later)
        one_by_one = {row.pk for row in everything if is_overdue(row, row.waiting_since, day)}
        assert {row.pk for row in overdue_among(Decision.objects.recorded(), late_before(day))} == one_by_one
    assert len(rows) + 1 > len(targets) > 0


def test_every_figure_has_a_rule() -> None:
    assert set(FIGURES) == set(Figure)
