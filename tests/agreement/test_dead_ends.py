"""What blocks can be mended on the page it names. Where that is not so yet, a strict mark says it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from decisions.rules.facts import Facts
from tests.agreement import compare
from tests.agreement.complete import complete
from tests.agreement.complete_law import SAFEGUARDING
from tests.agreement.drawing import PHRASES
from tests.cast import Cast

P18_ALONE = "the form asks why without consent under paragraph 18 alone; paragraph 19 and Schedule 8's 4 need it too"
ASKED_BY_A_COURT = "who came in by “I have been asked” and names an order or a duty is not asked who asked"


def first(wanted: Callable[[Facts], bool]) -> Facts:
    return next(facts for facts in map(complete, range(2000)) if wanted(facts))


def rests_on(facts: Facts, code: str) -> list[str]:
    """The people for whom it stands without paragraph 18 beside it."""
    chosen = {(row.code, row.person_ref) for row in facts.basis}
    return [one.ref for one in facts.people if (code, one.ref) in chosen and (SAFEGUARDING, one.ref) not in chosen]


@pytest.mark.xfail(strict=True, reason=P18_ALONE)
@pytest.mark.parametrize("code", ["S1_P19", "S8_P4"])
def test_every_condition_for_use_without_consent_can_be_given_its_reason(cast: Cast, code: str) -> None:
    facts = first(lambda facts: bool(rests_on(facts, code)))
    people = tuple(
        replace(one, p18_reason="NOT_REASONABLE_TO_OBTAIN", p18_text=PHRASES[0])
        if one.ref in rests_on(facts, code)
        else one
        for one in facts.people
    )
    assert compare.through_the_forms(replace(facts, people=people), cast) == []


@pytest.mark.xfail(strict=True, reason=ASKED_BY_A_COURT)
@pytest.mark.parametrize("trigger", ["COURT_ORDER", "MANDATORY"])
def test_nobody_is_stopped_for_an_answer_that_is_not_asked_for(trigger: str) -> None:
    """The questions about a request stand under “Someone has asked” alone."""
    facts = first(lambda facts: facts.door == "ASKED" and facts.trigger == trigger)
    blocking = {one.code for one in compare.by_schema(facts).blocking}
    assert blocking & {"REQUEST_WHO", "REQUEST_WHAT", "REQUEST_IDENTITY"} == set()
