"""Every number leads to as many decisions, of the reader's own teams, for the same number of queries."""

import html
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

from accounts.models import Membership, Team, User
from accounts.roles import Role
from decisions.log_filters import narrowed
from decisions.models import Decision
from reports import newest
from reports.counts import counts
from reports.figures import FIGURES, Figure
from reports.forms import scope_asked_for
from reviews.due_dates import has_target, is_overdue
from reviews.overdue import late_before, overdue_among
from reviews.queries import with_open_round
from reviews.turns import has_a_day
from tests.cast import Cast
from tests.decisions import closed, event_stories
from tests.decisions.cases import plain, recorded_twin
from tests.in_turn import in_turn
from tests.pages import PageClient, parsed
from tests.reports.scene import DAY, others, reviewed

SignIn = Callable[[User], PageClient]
cast, now, family, decision = closed.cast, closed.now, closed.family, closed.decision
DASHBOARD, LIST, LOG = reverse("reports:dashboard"), reverse("reports:decisions"), reverse("decisions:log")
LINK = re.compile(r'href="([^"]*\?[^"]*)">(\d+)')


@pytest.fixture(scope="module")
def rows(decision: Decision, cast: Cast, now: datetime) -> list[Decision]:
    made = others(decision, now)
    reviewed(made, cast, now)
    return made


def shown(page: str) -> int:
    return page.count('data-label="Outcome"')


def opened(client: PageClient, query: str = "", one_of: int = 1) -> dict[str, list[str]]:
    """The numbers of the page, by the list they lead to. Each that is followed leads to as many decisions."""
    found: dict[str, list[str]] = {LOG: [], LIST: []}
    links = LINK.findall(html.unescape(client.get(f"{DASHBOARD}{query}").content.decode()))
    for address, number in in_turn(links, one_of):
        assert shown(client.get(address).content.decode()) == int(number), address
    for address, number in links:
        found[address.partition("?")[0]].append(number)
    return found


@pytest.mark.usefixtures("rows")
def test_each_number_is_that_of_the_log_or_of_a_list(cast: Cast, as_user: SignIn) -> None:
    """A supervisor's lead to the log where its filters say the same; an officer may not open the log."""
    supervisor, officer = opened(as_user(cast.supervisor)), opened(as_user(cast.officer), one_of=4)
    assert len(supervisor[LOG]) > 11
    assert len(supervisor[LIST]) == 7
    assert officer[LOG] == []
    assert sorted(officer[LIST]) == sorted(supervisor[LOG] + supervisor[LIST])


@pytest.mark.usefixtures("rows")
def test_each_number_is_that_of_all_teams_or_of_the_one_chosen(cast: Cast, now: datetime, as_user: SignIn) -> None:
    """Also where they see decisions of a team that they do not supervise."""
    third = plain(Team).bulk_create([Team(organisation=cast.organisation, name="The third team")])[0]
    places = ((cast.other_team_row, Role.SUPERVISOR), (third, Role.PRACTITIONER))
    held = {"organisation": cast.organisation, "user": cast.supervisor}
    plain(Membership).bulk_create([Membership(**held, team=team, role=role) for team, role in places])
    waiting = event_stories.recorded(cast, event_stories.agreed(now), now)
    for team in (cast.other_team_row, third):
        recorded_twin(waiting, at=now - DAY, team=team)
    client = as_user(User.objects.get(pk=cast.supervisor.pk))
    all_of_them = opened(client, one_of=4)
    one = opened(client, f"?team={cast.other_team_row.public_id}", one_of=4)
    assert (all_of_them[LOG][0], one[LOG][0]) == ("9", "1")
    assert len(one[LIST]) == 2, "waiting for review, and not sent"


@pytest.mark.usefixtures("rows")
def test_a_list_is_read_by_place_there_and_back(
    cast: Cast, decision: Decision, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two decisions are of the same moment; one that is recorded meanwhile shifts nothing."""
    recorded_twin(decision, at=timezone.now(), decided_at=decision.decided_at)
    monkeypatch.setattr(newest, "PER_PAGE", 2)
    client, seen, back = as_user(cast.supervisor), list[list[str]](), ""
    address = f"{LIST}?weeks=52&figure=all"
    while address:
        page = parsed(client.get(address).content.decode())
        seen.append([row.text for row in page.all("th") if row.attrs.get("scope") == "row"])
        links = {one.attrs["rel"]: f"{LIST}{one.attrs['href']}" for one in page.all("a") if "rel" in one.attrs}
        address, back = links.get("next", ""), links.get("prev", "")
        assert "weeks=52" in address or not address
    recorded = Decision.objects.recorded().order_by("-decided_at", "-pk").values_list("reference", flat=True)
    assert [line.split()[0] for lines in seen for line in lines] == list(recorded)
    recorded_twin(decision, at=timezone.now())
    before_last = parsed(client.get(back).content.decode())
    assert [row.text for row in before_last.all("th") if row.attrs.get("scope") == "row"] == seen[-2]


def test_what_is_overdue_is_overdue_in_the_log(decision: Decision, cast: Cast) -> None:
    """Informing somebody: the rule of the number and that of the log's filter are written each in its own way."""
    recorded_twin(decision, at=timezone.now(), look_again_on=None)
    for days in (0, 1, 30, 400):
        when, recorded = timezone.localdate() + timedelta(days=days), Decision.objects.recorded()
        figure = FIGURES[Figure.NOT_INFORMED](recorded, "", when)
        assert set(figure) == set(narrowed(recorded, {"overdue": "informing"}, cast.supervisor, when)), days
        assert bool(figure) == (days > 1), days


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
        assert "There are no decisions from this period" in as_user(stranger).get(DASHBOARD).content.decode()
        assert shown(as_user(stranger).get(LIST, {"weeks": 52}).content.decode()) == 0
    team = str(cast.other_team_row.public_id)
    answer = as_user(cast.supervisor).get(LIST, {"team": team})
    assert answer.status_code == 422
    assert "Choose one of your teams" in answer.content.decode()


@pytest.mark.in_turn(3)
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
    assert f'href="{reverse("decisions:detail", args=[decision.public_id])}"' not in page


def test_more_decisions_cost_no_more_queries(cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    client = as_user(cast.supervisor)
    client.get(LIST)
    few = [queries(address) for address in (DASHBOARD, LIST)]
    others(decision, now)
    assert queries(DASHBOARD) == few[0] < 9
    assert queries(LIST) <= few[1] + 2, "a table that had nothing of the first decision is asked now"


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
