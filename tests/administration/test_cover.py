"""Cover as an administrator gives it, and what they are told before somebody is taken away."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import add_cover
from accounts.models import ReviewCover, User
from decisions.models import Decision
from drafting.actions import start
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions import closed
from tests.drafting import scenario_cases as cases
from tests.pages import PageClient, parsed
from tests.reviews.people import supervisors

SignIn = Callable[[User], PageClient]


cast, now, decision = closed.cast, closed.now, closed.decision


def at(name: str, *ids: Any) -> str:
    return reverse(f"administration:{name}", args=ids)


def text(client: PageClient, path: str) -> str:
    return parsed(client.get(path).content.decode()).root.text


def days(first: date, last: date) -> dict[str, str]:
    return {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("starts_on", first), ("ends_on", last))
        for part in ("day", "month", "year")
    }


def sent(user: User, first: date, last: date, /, **changed: str) -> dict[str, str]:
    return {"user": str(user.public_id), "why": "out_of_hours", "instead_of": "", **days(first, last), **changed}


class TestAdding:
    def test_somebody_of_another_team(self, cast: Cast, as_user: SignIn) -> None:
        today = timezone.localdate()
        client = as_user(cast.administrator)
        path = at("cover_add", cast.other_team_row.public_id)
        answer = client.post(path, sent(cast.supervisor, today, today + timedelta(days=3)))
        assert (answer.status_code, answer.headers["Location"]) == (302, at("team", cast.other_team_row.public_id))
        row = ReviewCover.objects.get()
        assert (row.user, row.team, row.made_by, row.instead_of) == (
            cast.supervisor,
            cast.other_team_row,
            cast.administrator,
            None,
        )
        page = text(client, at("team", cast.other_team_row.public_id))
        assert "Dilan Marsh" in page
        assert "Out of hours" in page

    def test_in_place_of_somebody(self, cast: Cast, as_user: SignIn) -> None:
        [helper] = supervisors(cast, 1, team=cast.other_team_row)
        today = timezone.localdate()
        data = sent(helper, today, today, why="away", instead_of=str(cast.supervisor.public_id))
        as_user(cast.administrator).post(at("cover_add", cast.team.public_id), data)
        assert ReviewCover.objects.get().instead_of == cast.supervisor
        page = text(as_user(cast.administrator), at("team", cast.team.public_id))
        assert "is away: Dilan Marsh" in page
        assert "Today Nell Ashby can review." in page

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"user": ""}, "Who covers"),
            ({"user": "x"}, ""),
            ({"why": ""}, "Why"),
            ({"why": "because"}, "Select"),
            ({"ends_on_year": "2020"}, "today or in the future"),
            ({"ends_on_day": "31", "ends_on_month": "2"}, ""),
            ({"starts_on_day": ""}, ""),
            ({"ends_on_year": "2099"}, "a year at most"),
        ],
        ids=str,
    )
    def test_what_is_wrong_is_said_and_nothing_lost(
        self, cast: Cast, as_user: SignIn, changed: dict[str, str], said: str
    ) -> None:
        today = timezone.localdate()
        data = sent(cast.supervisor, today, today, **changed)
        answer = as_user(cast.administrator).post(at("cover_add", cast.other_team_row.public_id), data)
        assert answer.status_code == 422
        page = parsed(answer.content.decode())
        errors = page.classed("govuk-error-message")
        assert errors
        assert any(said.lower() in one.text.lower() for one in errors)
        assert not ReviewCover.objects.exists()

    def test_only_supervisors_of_this_organisation_are_offered(self, cast: Cast, as_user: SignIn) -> None:
        page = text(as_user(cast.administrator), at("cover_add", cast.other_team_row.public_id))
        assert "Dilan Marsh" in page
        for user in (cast.practitioner, cast.stranger.supervisor):
            assert user.full_name not in page


class TestEnding:
    def test_ends_at_once(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        today = timezone.localdate()
        row = add_cover(
            team=cast.other_team_row, user=cast.supervisor, starts_on=today, ends_on=today, why="away",
            by=cast.administrator, at=now,
        )  # fmt: skip
        client = as_user(cast.administrator)
        page = at("team", cast.other_team_row.public_id)
        assert at("cover_end", cast.other_team_row.public_id, row.public_id) in client.get(page).content.decode()
        client.post(at("cover_end", cast.other_team_row.public_id, row.public_id))
        row.refresh_from_db()
        assert row.ended_on == today
        assert "Nobody covers" in text(client, page)

    def test_not_through_another_teams_page(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        today = timezone.localdate()
        row = add_cover(
            team=cast.other_team_row, user=cast.supervisor, starts_on=today, ends_on=today, why="away",
            by=cast.administrator, at=now,
        )  # fmt: skip
        path = at("cover_end", cast.team.public_id, row.public_id)
        assert as_user(cast.administrator).post(path).status_code == 404


class TestNoticeInTime:
    @pytest.mark.usefixtures("decision")
    def test_the_last_supervisor_of_a_team_where_something_waits(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.administrator)
        for path in (
            at("person_deactivate", cast.supervisor.public_id),
            at("person_end_membership", cast.supervisor.public_id, cast.supervisor.memberships.get().public_id),
        ):
            page = text(client, path)
            assert "Nobody else reviews for Harbour" in page
            assert "1 decision is waiting for review" in page

    @pytest.mark.usefixtures("decision")
    def test_not_where_somebody_else_reviews(self, cast: Cast, as_user: SignIn) -> None:
        supervisors(cast, 1)
        page = text(as_user(cast.administrator), at("person_deactivate", cast.supervisor.public_id))
        assert "Nobody else reviews" not in page

    def test_not_where_nothing_waits(self, cast: Cast, as_user: SignIn) -> None:
        there = cast.stranger
        page = text(as_user(there.administrator), at("person_deactivate", there.supervisor.public_id))
        assert "Nobody else reviews" not in page

    def test_drafts_that_would_lie(self, cast: Cast, now: datetime, as_user: SignIn) -> None:
        family = cases.set_scene(cases.S01, cast, now)
        path = at("person_deactivate", cast.practitioner.public_id)
        client = as_user(cast.administrator)
        assert "leave a draft" not in text(client, path)
        start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
        assert "They have a draft" in text(client, path)
        start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
        assert "They have 2 drafts" in text(client, path)

    def test_the_teams_page_warns_where_nobody_reviews(self, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.administrator)
        assert "Nobody can review" in text(client, at("team", cast.other_team_row.public_id))
        assert "Nobody can review" not in text(client, at("team", cast.team.public_id))

    def test_an_administrator_sees_a_number_and_no_case_text(
        self, cast: Cast, decision: Decision, as_user: SignIn
    ) -> None:
        client = as_user(cast.administrator)
        shown = text(client, at("team", cast.team.public_id))
        assert "1 decision is waiting for review" in shown
        typed = {decision.reference, decision.why_now, *(person.name for person in stories.BRUISE_PEOPLE)}
        for path in (at("team", cast.team.public_id), at("person_deactivate", cast.supervisor.public_id)):
            page = text(client, path)
            assert [words for words in typed if words in page] == []
