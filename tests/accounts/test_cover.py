"""Cover lends a team to a supervisor for some days: never a role, never longer, never to anybody else."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import add_cover, add_membership, deactivate, end_cover, end_membership
from accounts.models import ReviewCover, User
from accounts.queries import covers_visible_to, reviewers_of, supervisors_visible_to
from accounts.roles import Permission, Role
from tests import shared
from tests.accounts.entries import entered, last
from tests.cast import Cast

cast = shared.cast

DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def cover(cast: Cast, now: datetime, **changed: Any) -> ReviewCover:
    """The supervisor of the first team helps the other one out today."""
    today = timezone.localdate(now)
    asked: dict[str, Any] = {
        "team": cast.other_team_row, "user": cast.supervisor, "starts_on": today, "ends_on": today, "why": "away",
        "by": cast.administrator, "at": now,
    }  # fmt: skip
    return add_cover(**{**asked, **changed})


def again(user: User) -> User:
    found: User = User.objects.get(pk=user.pk)
    return found


class TestLending:
    def test_the_team_is_supervised_today(self, cast: Cast, now: datetime) -> None:
        assert again(cast.supervisor).team_ids(Role.SUPERVISOR) == {cast.team.pk}
        cover(cast, now)
        both = {cast.team.pk, cast.other_team_row.pk}
        assert again(cast.supervisor).team_ids(Role.SUPERVISOR) == both
        assert again(cast.supervisor).team_ids() == both
        assert again(cast.supervisor).team_ids(Role.PRACTITIONER) == frozenset()

    def test_a_user_read_before_learns_of_it(self, cast: Cast, now: datetime) -> None:
        assert cast.supervisor.team_ids() == {cast.team.pk}
        cover(cast, now)
        cast.supervisor.forget_roles()
        assert cast.other_team_row.pk in cast.supervisor.team_ids()

    @pytest.mark.parametrize(
        ("first", "last_day", "counts"), [(0, 0, True), (-0, 5, True), (1, 1, False), (1, 9, False)]
    )
    def test_only_on_its_days(self, cast: Cast, now: datetime, first: int, last_day: int, *, counts: bool) -> None:
        today = timezone.localdate(now)
        cover(cast, now, starts_on=today + first * DAY, ends_on=today + last_day * DAY)
        assert (cast.other_team_row.pk in again(cast.supervisor).team_ids()) is counts

    def test_it_is_over_the_day_after(self, cast: Cast, now: datetime) -> None:
        """Made days ago, for days ago."""
        cover(cast, now - 3 * DAY, ends_on=timezone.localdate(now) - DAY, starts_on=timezone.localdate(now) - 2 * DAY)
        assert again(cast.supervisor).team_ids() == {cast.team.pk}

    def test_ending_it_takes_the_team_away_at_once(self, cast: Cast, now: datetime) -> None:
        row = cover(cast, now, ends_on=timezone.localdate(now) + 30 * DAY)
        end_cover(cover=row, by=cast.administrator, at=now)
        assert again(cast.supervisor).team_ids() == {cast.team.pk}
        row.refresh_from_db()
        assert row.ended_on == timezone.localdate(now)

    def test_ending_it_twice_changes_nothing(self, cast: Cast, now: datetime) -> None:
        row = cover(cast, now)
        end_cover(cover=row, by=cast.administrator, at=now)
        before = len(entered(cast.organisation))
        end_cover(cover=row, by=cast.administrator, at=now + 2 * DAY)
        assert len(entered(cast.organisation)) == before

    def test_it_lends_no_role(self, cast: Cast, now: datetime) -> None:
        """Taken out of their own team, the supervisor's cover counts for nothing."""
        cover(cast, now)
        end_membership(membership=cast.supervisor.memberships.get(), by=cast.administrator, at=now)
        left = again(cast.supervisor)
        assert not left.has(Permission.REVIEW_DECISIONS)
        assert left.team_ids() == frozenset()
        assert reviewers_of([cast.other_team_row.pk], timezone.localdate(now)) == {cast.other_team_row.pk: []}

    def test_practitioners_are_asked_no_more_queries(self, cast: Cast, django_assert_num_queries: Any) -> None:
        person = again(cast.practitioner)
        with django_assert_num_queries(1):
            person.team_ids()
            person.team_ids(Role.SUPERVISOR)


class TestReviewers:
    def test_supervisors_of_the_team(self, cast: Cast, today: date) -> None:
        found = reviewers_of([cast.team.pk, cast.other_team_row.pk], today)
        assert found == {cast.team.pk: [cast.supervisor], cast.other_team_row.pk: []}

    def test_who_covers(self, cast: Cast, now: datetime, today: date) -> None:
        cover(cast, now)
        assert reviewers_of([cast.other_team_row.pk], today)[cast.other_team_row.pk] == [cast.supervisor]
        assert reviewers_of([cast.other_team_row.pk], today + DAY)[cast.other_team_row.pk] == []

    def test_nobody_who_has_left(self, cast: Cast, now: datetime, today: date) -> None:
        cover(cast, now)
        deactivate(user=cast.supervisor, by=cast.administrator, at=now)
        assert reviewers_of([cast.team.pk, cast.other_team_row.pk], today) == {
            cast.team.pk: [],
            cast.other_team_row.pk: [],
        }

    def test_nobody_who_is_away(self, cast: Cast, now: datetime, today: date) -> None:
        add_membership(
            user=cast.teammate, team=cast.other_team_row, role=Role.SUPERVISOR, by=cast.administrator, at=now
        )
        cover(cast, now, team=cast.team, user=cast.teammate, instead_of=cast.supervisor)
        assert reviewers_of([cast.team.pk], today)[cast.team.pk] == [cast.teammate]
        assert reviewers_of([cast.team.pk], today + DAY)[cast.team.pk] == [cast.supervisor]

    def test_somebody_away_still_supervises(self, cast: Cast, now: datetime) -> None:
        add_membership(
            user=cast.teammate, team=cast.other_team_row, role=Role.SUPERVISOR, by=cast.administrator, at=now
        )
        cover(cast, now, team=cast.team, user=cast.teammate, instead_of=cast.supervisor)
        assert again(cast.supervisor).team_ids(Role.SUPERVISOR) == {cast.team.pk}

    def test_four_queries_for_any_number(self, cast: Cast, now: datetime, django_assert_max_num_queries: Any) -> None:
        cover(cast, now)
        with django_assert_max_num_queries(4):
            reviewers_of([cast.team.pk, cast.other_team_row.pk], timezone.localdate(now))

    @pytest.mark.django_db
    def test_no_teams_no_reviewers(self, today: date) -> None:
        assert reviewers_of([], today) == {}


class TestRefusals:
    @pytest.mark.parametrize("who", ["practitioner", "other_team", "administrator"])
    def test_only_supervisors_cover(self, cast: Cast, now: datetime, who: str) -> None:
        with pytest.raises(ValidationError) as refused:
            cover(cast, now, user=getattr(cast, who))
        assert list(refused.value.message_dict) == ["user"]

    def test_not_somebody_who_has_left(self, cast: Cast, now: datetime) -> None:
        deactivate(user=cast.supervisor, by=cast.administrator, at=now)
        with pytest.raises(ValidationError, match="is active and supervises"):
            cover(cast, now)

    def test_not_the_teams_own_supervisor(self, cast: Cast, now: datetime) -> None:
        with pytest.raises(ValidationError, match="supervises the team already"):
            cover(cast, now, team=cast.team)

    def test_a_colleague_of_the_same_team_can_stand_in_for_another(self, cast: Cast, now: datetime) -> None:
        add_membership(user=cast.teammate, team=cast.team, role=Role.SUPERVISOR, by=cast.administrator, at=now)
        cover(cast, now, team=cast.team, user=cast.teammate, instead_of=cast.supervisor)
        assert reviewers_of([cast.team.pk], timezone.localdate(now))[cast.team.pk] == [cast.teammate]

    def test_nobody_for_themselves(self, cast: Cast, now: datetime) -> None:
        with pytest.raises(ValidationError, match="two people"):
            cover(cast, now, team=cast.team, instead_of=cast.supervisor)

    def test_away_is_a_supervisor_of_the_team(self, cast: Cast, now: datetime) -> None:
        with pytest.raises(ValidationError) as refused:
            cover(cast, now, instead_of=cast.other_team)
        assert list(refused.value.message_dict) == ["instead_of"]

    @pytest.mark.parametrize(
        ("first", "last_day", "said"),
        [(2, 1, "first day or later"), (-9, -1, "today or later"), (0, 367, "a year at most")],
    )
    def test_days_that_make_no_sense(self, cast: Cast, now: datetime, first: int, last_day: int, said: str) -> None:
        today = timezone.localdate(now)
        with pytest.raises(ValidationError, match=said) as refused:
            cover(cast, now, starts_on=today + first * DAY, ends_on=today + last_day * DAY)
        assert list(refused.value.message_dict) == ["ends_on"]

    def test_not_twice_on_the_same_day(self, cast: Cast, now: datetime) -> None:
        first = cover(cast, now)
        with pytest.raises(ValidationError, match="some of these days"):
            cover(cast, now, ends_on=timezone.localdate(now) + 9 * DAY)
        end_cover(cover=first, by=cast.administrator, at=now)
        cover(cast, now)

    @pytest.mark.parametrize("who", ["practitioner", "supervisor"])
    def test_only_offices_give_it(self, cast: Cast, now: datetime, who: str) -> None:
        with pytest.raises(PermissionDenied):
            cover(cast, now, by=getattr(cast, who))
        row = cover(cast, now)
        with pytest.raises(PermissionDenied):
            end_cover(cover=row, by=getattr(cast, who), at=now)

    @pytest.mark.parametrize("name", ["team", "user", "instead_of"])
    def test_nothing_of_another_organisation(self, cast: Cast, now: datetime, name: str) -> None:
        there = cast.stranger
        theirs = {"team": there.team, "user": there.supervisor, "instead_of": there.supervisor}
        with pytest.raises(PermissionDenied):
            cover(cast, now, **{name: theirs[name]})

    def test_another_organisation_ends_none(self, cast: Cast, now: datetime) -> None:
        row = cover(cast, now)
        with pytest.raises(PermissionDenied):
            end_cover(cover=row, by=cast.stranger.administrator, at=now)

    @pytest.mark.parametrize("changed", [{"why": "because"}, {"ends_on": date(2020, 1, 1)}])
    def test_the_database_refuses_what_is_unknown(self, cast: Cast, now: datetime, changed: dict[str, Any]) -> None:
        row = cover(cast, now)
        with pytest.raises(DatabaseError), transaction.atomic():
            QuerySet(ReviewCover).filter(pk=row.pk).update(**changed)


class TestSight:
    def test_covers_of_ones_own_organisation(self, cast: Cast, now: datetime) -> None:
        row = cover(cast, now)
        assert list(covers_visible_to(cast.administrator)) == [row]
        assert not covers_visible_to(cast.stranger.administrator)

    def test_those_who_can_cover(self, cast: Cast, now: datetime) -> None:
        assert list(supervisors_visible_to(cast.administrator)) == [cast.supervisor]
        deactivate(user=cast.supervisor, by=cast.administrator, at=now)
        assert not supervisors_visible_to(cast.administrator)

    def test_it_is_entered_without_a_name(self, cast: Cast, now: datetime) -> None:
        row = cover(cast, now)
        entry = last(cast.organisation)
        assert (entry.event, entry.subject) == ("created", "accounts.reviewcover")
        assert cast.supervisor.full_name not in entry.object_repr
        end_cover(cover=row, by=cast.administrator, at=now)
        assert last(cast.organisation).changes["ended_on"][0] is None
