"""Which decisions are read again: anybody can draw the sample anew, and what is graver is drawn more often."""

from collections import Counter
from datetime import date, timedelta
from hashlib import sha256

import pytest

from rules.sampling import RISKS, Candidate, Risk, number_of, sample, sample_size, seed_of

FIRST, LAST = date(2026, 9, 7), date(2026, 11, 29)
GRAVE = frozenset({Risk.SIGNIFICANT_HARM, Risk.NOT_SHARED})


def candidates(count: int, risks: frozenset[Risk] = frozenset(), start: int = 0) -> list[Candidate]:
    return [Candidate(key, f"D-{key:06}", risks) for key in range(start, start + count)]


def test_it_can_be_worked_out_by_hand() -> None:
    seed = sha256(b"Northmere Council 2026-09-07 2026-11-29").hexdigest()
    assert seed_of("Northmere Council", FIRST, LAST) == seed
    figures = sha256(f"{seed} D-7KQ2MX".encode()).hexdigest()[:12]
    assert number_of(seed, Candidate(1, "D-7KQ2MX", frozenset())) == int(figures, 16)
    assert number_of(seed, Candidate(1, "D-7KQ2MX", GRAVE)) == int(figures, 16) // 6


def test_other_days_or_another_organisation_draw_otherwise() -> None:
    seeds = {
        seed_of(name, first, LAST)
        for name in ("Northmere Council", "Southfold Youth Trust")
        for first in (FIRST, FIRST + timedelta(days=7))
    }
    assert len(seeds) == 4
    assert len({tuple(each.candidate.key for each in sample(candidates(50), seed, 5)) for seed in seeds}) == 4


def test_the_order_in_which_they_come_makes_no_difference() -> None:
    rows = candidates(30) + candidates(10, GRAVE, start=30)
    assert sample(rows, "seed", 6) == sample(rows[::-1], "seed", 6)


def test_one_more_decision_pushes_out_one_at_most() -> None:
    before = {each.candidate.key for each in sample(candidates(40), "seed", 6)}
    after = {each.candidate.key for each in sample(candidates(41), "seed", 6)}
    assert len(before - after) <= 1


@pytest.mark.parametrize("risk", list(Risk))
def test_a_risk_is_drawn_more_often(risk: Risk) -> None:
    """Over 300 periods, ten of forty: nearly by its weight."""
    found: Counter[bool] = Counter()
    rows = candidates(20) + candidates(20, frozenset({risk}), start=20)
    for number in range(300):
        found.update(bool(each.candidate.risks) for each in sample(rows, f"period {number}", 10))
    assert found[True] > found[False] * (1 + RISKS[risk].weight) * 0.6
    assert found[False] > 0


@pytest.mark.parametrize(("rest", "size"), [(0, 0), (2, 2), (3, 3), (30, 3), (31, 4), (1000, 100)])
def test_one_in_ten_and_no_fewer_than_three(rest: int, size: int) -> None:
    assert sample_size(rest) == size
    assert len(sample(candidates(rest), "seed", size)) == size
