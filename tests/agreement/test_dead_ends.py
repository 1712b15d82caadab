"""What blocks can be mended on the page it names: two dead ends that the comparison brought to light."""

from collections.abc import Callable

import pytest

from rules.facts import Facts
from tests.agreement import compare
from tests.agreement.complete import complete
from tests.cast import Cast


def first(wanted: Callable[[Facts], bool]) -> Facts:
    return next(facts for facts in map(complete, range(2000)) if wanted(facts))


def rests_on(facts: Facts, code: str) -> bool:
    """Whether it stands for somebody without paragraph 18 beside it."""
    chosen = {(row.code, row.person_ref) for row in facts.basis}
    return any((code, person.ref) in chosen and ("S1_P18", person.ref) not in chosen for person in facts.people)


@pytest.mark.parametrize("code", ["S1_P19", "S8_P4"])
def test_every_condition_for_use_without_consent_can_be_given_its_reason(cast: Cast, code: str) -> None:
    """It was asked under paragraph 18 alone."""
    facts = first(lambda facts: rests_on(facts, code))
    assert compare.through_the_forms(facts, cast) == []
    assert not {"P18_REASON", "P18_TEXT"} & {finding.code for finding in compare.by_schema(facts).blocking}


@pytest.mark.parametrize("trigger", ["COURT_ORDER", "MANDATORY"])
def test_nobody_is_stopped_for_an_answer_that_is_not_asked_for(trigger: str) -> None:
    """The questions about a request stand under "Someone has asked" alone, whatever the door."""
    facts = first(lambda facts: facts.entry_route == "ASKED" and facts.trigger == trigger)
    blocking = {finding.code for finding in compare.by_schema(facts).blocking}
    assert blocking & {"REQUEST_WHO", "REQUEST_WHAT", "REQUEST_IDENTITY"} == set()
