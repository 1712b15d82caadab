"""A decision not to share needs reasons as full, by the database too; and the whole short list has been tried."""

import pytest

from decisions.models import Decision, Sending
from decisions.shortlist import refusals
from tests.decisions.cases import Case, dialect, plain, refused
from tests.decisions.test_triggers_becoming import BREAKS, REASONS, become

SENT = "not shared: something was sent"
NOT_SHARED = {
    "why_now": ("see notes", "not shared: reasons are missing"),
    "instead": (" ", "not shared: what was done instead is missing"),
    "look_again_on": (None, "not shared: the day to look again is missing"),
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


def test_each_condition_has_been_tried() -> None:
    tried = {
        SENT,
        *REASONS.values(),
        *(message for _, message in BREAKS),
        *(message for _, message in NOT_SHARED.values()),
    }
    assert tried == {message for _, message in refusals(dialect())}
