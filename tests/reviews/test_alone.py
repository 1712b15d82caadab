"""Where nobody but the author could review: the next working day, and their own second look, which is not a review."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from accounts.actions import add_cover, add_membership, deactivate, reactivate
from accounts.models import User
from accounts.roles import Role
from audit.models import LedgerEntry
from reviews.actions import AlreadyWritten, add_second_look, may_add_second_look
from reviews.models import Review, SecondLook
from reviews.queries import alone_decisions_of, awaiting_review_by, second_look_due
from tests.decisions.cases import Case
from tests.reviews.people import give, supervisors

LATER = timedelta(days=7)  # past the next working day, whatever day it is


@pytest.fixture
def alone(closed: Case) -> Case:
    """The team's only supervisor has left."""
    deactivate(user=closed.cast.supervisor, by=closed.cast.administrator, at=closed.at)
    return closed


def look(case: Case, *, at: datetime | None = None, text: str = "I would ring sooner.") -> SecondLook:
    return add_second_look(decision=case.decision, text=text, by=case.cast.practitioner, at=at or case.at + LATER)


@pytest.mark.parametrize(
    ("recorded", "due"),
    [
        (datetime(2026, 11, 20, 16, tzinfo=UTC), date(2026, 11, 23)),  # a Friday
        (datetime(2026, 11, 21, 23, tzinfo=UTC), date(2026, 11, 23)),  # a Saturday night
        (datetime(2026, 12, 24, 12, tzinfo=UTC), date(2026, 12, 29)),  # Christmas, and Boxing Day's substitute
        (datetime(2026, 6, 3, 23, 30, tzinfo=UTC), date(2026, 6, 5)),  # past midnight in London
    ],
)
def test_the_next_working_day(recorded: datetime, due: date) -> None:
    assert second_look_due(recorded) == due


class TestAlone:
    def test_told_with_the_day(self, alone: Case) -> None:
        today = timezone.localdate()
        [found] = alone_decisions_of(alone.cast.practitioner, today)
        assert (found.decision, found.due) == (alone.decision, second_look_due(alone.at))
        assert not found.is_due
        assert alone_decisions_of(alone.cast.practitioner, found.due)[0].is_due

    def test_not_where_somebody_may_review(self, closed: Case) -> None:
        assert alone_decisions_of(closed.cast.practitioner, timezone.localdate()) == []

    def test_of_the_author_alone(self, alone: Case) -> None:
        cast, today = alone.cast, timezone.localdate()
        for user in (cast.teammate, cast.administrator, cast.stranger.practitioner):
            assert alone_decisions_of(user, today) == []

    def test_a_supervisor_of_their_own_team_is_alone_too(self, alone: Case) -> None:
        cast = alone.cast
        add_membership(user=cast.practitioner, team=cast.team, role=Role.SUPERVISOR, by=cast.administrator, at=alone.at)
        both = User.objects.get(pk=cast.practitioner.pk)
        assert [one.decision for one in alone_decisions_of(both, timezone.localdate())] == [alone.decision]

    def test_cover_ends_it(self, alone: Case) -> None:
        cast, today = alone.cast, timezone.localdate()
        [helper] = supervisors(cast, 1, team=cast.other_team_row)
        add_cover(
            team=cast.team, user=helper, starts_on=today, ends_on=today, why="nobody", by=cast.administrator,
            at=alone.at,
        )  # fmt: skip
        assert alone_decisions_of(cast.practitioner, today) == []
        assert alone_decisions_of(cast.practitioner, today + timedelta(days=1))

    def test_the_same_queries_for_any_number(self, alone: Case, django_assert_max_num_queries: object) -> None:
        user = User.objects.get(pk=alone.cast.practitioner.pk)
        with django_assert_max_num_queries(5):  # type: ignore[operator]
            alone_decisions_of(user, timezone.localdate())


class TestSecondLook:
    def test_from_the_day_on(self, alone: Case) -> None:
        due = second_look_due(alone.at)
        midnight = datetime.combine(due, time(), timezone.get_current_timezone())
        assert not may_add_second_look(alone.decision, midnight - timedelta(minutes=1))
        with pytest.raises(Http404):
            look(alone, at=midnight - timedelta(minutes=1))
        made = look(alone, at=midnight)
        assert (made.author, made.author_name, made.text) == (
            alone.cast.practitioner,
            "Asha Verrall",
            "I would ring sooner.",
        )

    def test_is_no_review(self, alone: Case) -> None:
        look(alone)
        assert not Review.objects.exists()
        reactivate(user=alone.cast.supervisor, by=alone.cast.administrator, at=alone.at)
        back = User.objects.get(pk=alone.cast.supervisor.pk)
        assert list(awaiting_review_by(back)) == [alone.decision]
        give(alone.decision, back, "AGREED", 1, alone.at + LATER)

    def test_is_entered(self, alone: Case) -> None:
        look(alone)
        chain = LedgerEntry.objects.filter(organisation=alone.cast.organisation.pk).order_by("-seq")
        assert [entry.event for entry in chain[:2]] == ["decision.second_look_added", "created"]

    def test_once(self, alone: Case) -> None:
        first = look(alone)
        assert look(alone) == first
        with pytest.raises(AlreadyWritten):
            look(alone, text="Something else.")
        assert alone_decisions_of(alone.cast.practitioner, timezone.localdate()) == []

    def test_not_where_somebody_may_review(self, closed: Case) -> None:
        with pytest.raises(Http404):
            look(closed)

    def test_not_after_a_review(self, closed: Case) -> None:
        """The one who gave it has left since: it was reviewed all the same."""
        give(closed.decision, closed.cast.supervisor, "AGREED", 1, closed.at)
        deactivate(user=closed.cast.supervisor, by=closed.cast.administrator, at=closed.at)
        with pytest.raises(Http404):
            look(closed)

    @pytest.mark.parametrize("who", ["teammate", "other_team"])
    def test_nobody_elses(self, alone: Case, who: str) -> None:
        with pytest.raises(Http404):
            add_second_look(decision=alone.decision, text="Mine.", by=getattr(alone.cast, who), at=alone.at + LATER)

    @pytest.mark.parametrize("who", ["administrator", "officer"])
    def test_no_office(self, alone: Case, who: str) -> None:
        with pytest.raises(PermissionDenied):
            add_second_look(decision=alone.decision, text="Mine.", by=getattr(alone.cast, who), at=alone.at + LATER)

    def test_next_door_knows_nothing(self, alone: Case) -> None:
        with pytest.raises(Http404):
            add_second_look(
                decision=alone.decision, text="M.", by=alone.cast.stranger.practitioner, at=alone.at + LATER
            )
