"""Somebody else checks within two working days that a record had to be opened."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from emergencies import actions
from emergencies.due import check_by
from emergencies.models import EmergencyOpening, OpeningReview
from reminders.due import tasks
from tests.decisions.cases import Case, plain, refused, sql
from tests.emergencies.openings import opened
from tests.emergencies.test_opening import fresh, main_of
from tests.pages import PageClient

pytestmark = pytest.mark.sqlite
SignIn = Callable[[User], PageClient]


def check(opening: EmergencyOpening, by: User, *, justified: bool = True) -> OpeningReview:
    return actions.check_opening(
        opening=opening, justified=justified, words="We talked about it", submission_id=uuid4(), by=fresh(by),
        at=timezone.now(),
    )  # fmt: skip


def due(user: User, days: int = 0) -> list[str]:
    found = tasks(fresh(user), timezone.localdate() + timedelta(days=days))
    return [task.what for task in found if "emergency" in task.what]


class TestChecking:
    def test_a_supervisor_of_the_family_says_that_it_was_not(self, closed: Case, as_user: SignIn) -> None:
        opening = opened(closed.family, closed.cast.other_team)
        address = reverse("emergencies:detail", args=[opening.public_id])
        client = as_user(closed.cast.supervisor)
        missing = client.post(address, {"words": "ok"})
        assert missing.status_code == 422
        assert main_of(missing).count("Choose whether opening it was justified") == 2
        assert client.post(address, {"justified": "no", "words": "Their team was there"}).status_code == 302
        page = client.get(address)
        assert "Their team was there" in main_of(page)
        assert reverse("incidents:report") in page.content.decode()
        assert "Not justified" in main_of(as_user(closed.cast.other_team).get(reverse("emergencies:list")))
        with pytest.raises(ValidationError):
            check(opening, closed.cast.supervisor)

    @pytest.mark.parametrize("who", ["other_team", "practitioner", "officer", "administrator"])
    def test_nobody_else_does(self, closed: Case, who: str) -> None:
        """Neither whoever opened it, nor an officer while the family's team has a supervisor."""
        opening = opened(closed.family, closed.cast.other_team)
        with pytest.raises((Http404, PermissionDenied)):
            check(opening, getattr(closed.cast, who))
        assert not OpeningReview.objects.exists()

    def test_an_officer_where_there_is_no_supervisor(self, closed: Case) -> None:
        opening = opened(closed.family, closed.cast.other_team)
        sql("DELETE FROM accounts_membership WHERE user_id = %s", closed.cast.supervisor.pk)
        assert due(closed.cast.officer) == ["Check a record opened in an emergency"]
        check(opening, closed.cast.officer)
        assert due(closed.cast.officer) == []

    def test_the_database_refuses_whoever_opened_it(self, closed: Case) -> None:
        opening = opened(closed.family, closed.cast.other_team)
        row = OpeningReview(
            organisation=closed.cast.organisation, opening=opening, justified=True, words="It was right",
            written_by=closed.cast.other_team, written_by_name="Me", written_at=timezone.now(),
        )  # fmt: skip
        with refused("somebody else checks it"):
            plain(OpeningReview).bulk_create([row])


class TestWhenItIsDue:
    def test_to_supervisors_and_once_it_is_late_to_officers(self, closed: Case) -> None:
        opening = opened(closed.family, closed.cast.other_team)
        days = (check_by(opening) - timezone.localdate()).days
        assert 2 <= days <= 6
        for user in (closed.cast.practitioner, closed.cast.other_team, closed.cast.administrator):
            assert due(user, days + 1) == []
        assert due(closed.cast.supervisor) == ["Check a record opened in an emergency"]
        assert due(closed.cast.officer, days) == []
        assert due(closed.cast.officer, days + 1) == ["Ask who checks a record opened in an emergency"]
        check(opening, closed.cast.supervisor)
        assert due(closed.cast.officer, days + 1) == due(closed.cast.supervisor, days + 1) == []
