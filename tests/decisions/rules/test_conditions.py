"""What each condition of the rules is for: a case that turns on it (`python -m tests.mutation` takes them out)."""

import pytest

from tests.decisions.rules.condition_cases import Case

CASES: tuple[Case, ...] = ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.why}")
def test_it_is_so(case: Case) -> None:
    assert case.is_found() is case.fires
