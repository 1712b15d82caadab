"""A decision not to share needs reasons as full, by the database too; and the whole short list has been tried."""

import pytest

from decisions.database.recording_checks import refusals
from decisions.models import Decision, Sending, UrgentRecord
from tests.decisions.cases import Case, dialect, plain, refused, twin_of
from tests.decisions.test_triggers_becoming import BREAKS, REASONS, become

SENT = "not shared: something was sent"
NOT_SHARED = {
    "why_now": ("see notes", "not shared: reasons are missing"),
    "instead": (" ", "not shared: what was done instead is missing"),
    "look_again_on": (None, "not shared: the review date is missing"),
}


@pytest.mark.parametrize("outcome", ["NOT_SHARED", "DEFERRED"])
@pytest.mark.parametrize("name", NOT_SHARED)
def test_not_shared_without_what_it_needs(complete: Case, name: str, outcome: str) -> None:
    value, message = NOT_SHARED[name]
    plain(Sending).filter(decision=complete.decision)._raw_delete("default")
    answers = {"instead": "A teacher stays with him.", "look_again_on": complete.at.date(), name: value}
    plain(Decision).filter(pk=complete.decision.pk).update(outcome=outcome, **answers)
    with refused(message):
        become(complete)


@pytest.mark.parametrize("outcome", ["NOT_SHARED", "DEFERRED"])
def test_not_shared_with_what_it_needs(complete: Case, outcome: str) -> None:
    answers = {"instead": "A teacher stays with him.", "look_again_on": complete.at.date()}
    plain(Decision).filter(pk=complete.decision.pk).update(outcome=outcome, **answers)
    with refused(SENT):
        become(complete)
    plain(Sending).filter(decision=complete.decision)._raw_delete("default")
    become(complete)


PASSED, STOPPED = "passed to a manager: to whom is missing", "stopped: what is stopped is missing"
COMPLETED = "the urgent record is completed already"


@pytest.mark.parametrize(
    ("outcome", "name", "message"),
    [
        ("PASSED_UP", "passed_to", PASSED),
        ("STOPPED", "supersedes", STOPPED),
    ],
)
def test_another_route_without_where_it_leads(complete: Case, outcome: str, name: str, message: str) -> None:
    plain(Sending).filter(decision=complete.decision)._raw_delete("default")
    answers = {"instead": "A teacher stays with him.", "look_again_on": complete.at.date(), "outcome": outcome}
    plain(Decision).filter(pk=complete.decision.pk).update(**answers)
    with refused(message):
        become(complete)
    leads = {"passed_to": complete.cast.supervisor, "supersedes": complete.decision}[name]
    plain(Decision).filter(pk=complete.decision.pk).update(**{name: leads})
    become(complete)


def test_what_was_written_at_once_is_completed_once(complete: Case) -> None:
    twin = twin_of(complete.decision)
    cast = complete.cast
    urgent_record = UrgentRecord(
        organisation=cast.organisation,
        team=cast.team,
        author=cast.practitioner,
        who="A boy",
        information="Pulled into a car",
        recipient="Police",
        why="They had him",
        shared_at=complete.at,
        how="Phone",
        recorded_at=complete.at,
        complete_by=complete.at.date(),
        author_name="A",
        team_name="B",
        organisation_name="C",
    )
    plain(UrgentRecord).bulk_create([urgent_record])
    plain(Decision).filter(pk__in=[twin.pk, complete.decision.pk]).update(urgent=urgent_record)
    become(complete)
    with refused(COMPLETED):
        plain(Decision).filter(pk=twin.pk).update(state="recorded", recorded_at=complete.at)


def test_each_condition_has_been_tried() -> None:
    tried = {
        SENT,
        PASSED,
        STOPPED,
        COMPLETED,
        *REASONS.values(),
        *(message for _, message in BREAKS),
        *(message for _, message in NOT_SHARED.values()),
    }
    assert tried == {message for _, message in refusals(dialect())}
