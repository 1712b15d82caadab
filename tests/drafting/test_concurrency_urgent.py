"""Two at once, on the six and on what says the rest: one is kept, and the other is told."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from accounts.models import User
from decisions.models import Decision, UrgentRecord
from drafting import actions
from tests.cast import Cast
from tests.decisions.cases import Case, complete_case, plain, twin_of
from tests.decisions.concurrency import at_once
from tests.drafting.test_actions_urgent import URGENT_FIELDS
from tests.in_turn import THOROUGH

pytestmark = pytest.mark.django_db(transaction=True)

# SQLite lets one write at a time, so that few rounds show what there is to see.
ON_POSTGRESQL = 10 if THOROUGH else 5
ROUNDS = ON_POSTGRESQL if connection.vendor == "postgresql" else 1


@pytest.fixture
def case(transactional_db: None) -> Case:
    return complete_case()


def write(cast: Cast, case: Case, submission_id: UUID) -> UrgentRecord:
    given = {**URGENT_FIELDS, "shared_at": case.at - timedelta(hours=1)}
    by = User.objects.get(pk=cast.practitioner.pk)
    return actions.record_urgent(team=cast.team, answers=given, submission_id=submission_id, by=by, at=case.at)


def test_two_taps_at_once_are_one_record(case: Case) -> None:
    for number in range(1, ROUNDS + 1):
        submission_id = uuid4()
        assert at_once(*[lambda submission_id=submission_id: write(case.cast, case, submission_id)] * 2) == []
        assert UrgentRecord.objects.count() == number


def test_of_two_that_say_the_rest_at_once_one_is_recorded(case: Case) -> None:
    for _ in range(ROUNDS):
        urgent = write(case.cast, case, uuid4())
        pair = [twin_of(case.decision) for _ in range(2)]
        for one in pair:
            plain(Decision).filter(pk=one.pk).update(urgent_id=urgent.pk)

        def finish(one: Decision) -> None:
            by = User.objects.get(pk=one.author_id)
            actions.record(decision=one, by=by, at=case.at + timedelta(minutes=5))

        failures = at_once(*[lambda one=one: finish(one) for one in pair])
        assert [type(failure) for failure in failures] == [actions.AlreadyRecorded]
        states = sorted(Decision.objects.filter(urgent=urgent).values_list("state", flat=True))
        assert states == ["draft", "recorded"]
