"""By when a complaint is acknowledged and an objection answered, and how each can end."""

from datetime import date, timedelta

import pytest

from rules.complaints import OUTCOMES, ComplaintKind, ComplaintOutcome, last_day, limits


@pytest.mark.parametrize(
    ("kind", "received", "last"),
    [
        ("COMPLAINT", date(2026, 7, 1), date(2026, 7, 31)),
        ("COMPLAINT", date(2027, 2, 1), date(2027, 3, 3)),
        ("OBJECTION", date(2026, 7, 1), date(2026, 8, 1)),
        # A month that has no such day ends the time with its own last day.
        ("OBJECTION", date(2027, 1, 31), date(2027, 2, 28)),
        ("OBJECTION", date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_the_last_day_is_counted_from_the_day_it_came(kind: str, received: date, last: date) -> None:
    assert last_day(kind, received) == last


def test_no_limit_is_longer_than_the_law_gives() -> None:
    days = [date(2026, 1, 1) + timedelta(number) for number in range(800)]
    assert {(last_day("COMPLAINT", day) - day).days for day in days} == {30}
    assert {(last_day("OBJECTION", day) - day).days for day in days} <= {28, 29, 30, 31}


@pytest.mark.parametrize("kind", ComplaintKind)
def test_every_kind_has_a_limit_with_its_source(kind: ComplaintKind) -> None:
    limit = limits()[kind]
    assert bool(limit.days) != bool(limit.months)
    assert limit.citation
    assert limit.source
    assert limit.confidence in {"C", "P", "K", "N"}


@pytest.mark.parametrize("kind", ComplaintKind)
def test_every_kind_can_end_and_in_its_own_ways(kind: ComplaintKind) -> None:
    assert OUTCOMES[kind]
    assert frozenset().union(*OUTCOMES.values()) == frozenset(ComplaintOutcome)
    assert ComplaintOutcome.UPHELD not in OUTCOMES[ComplaintKind.OBJECTION]
