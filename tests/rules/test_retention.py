"""When a record's time is over, and who proposed it. Pure."""

from datetime import date

import pytest

from rules.organisations import Sector
from rules.retention import (
    FEWEST_YEARS,
    MOST_YEARS,
    Confidence,
    CountedFrom,
    RecordKind,
    due_on,
    in_words,
    latest_birth,
    proposal_for,
    proposals,
    years_after,
)

RECORDED = date(2026, 11, 29)
BORN, LAST = CountedFrom.BORN, CountedFrom.LAST


@pytest.mark.parametrize(
    ("counted_from", "born", "due"),
    [
        (BORN, date(2015, 3, 4), date(2040, 3, 4)),
        (BORN, date(2016, 2, 29), date(2041, 3, 1)),
        (BORN, None, date(2051, 11, 29)),
        (LAST, date(2015, 3, 4), date(2051, 11, 29)),
    ],
)
def test_the_day_from_which_it_is_due(counted_from: str, born: date | None, due: date) -> None:
    assert due_on(counted_from, 25, youngest_born=born, last=RECORDED) == due


@pytest.mark.parametrize(
    ("known", "latest"),
    [
        ({"born": date(2015, 3, 4)}, date(2015, 3, 4)),
        ({"age": 7, "age_on": date(2026, 1, 10)}, date(2019, 1, 10)),
        ({"due": date(2027, 2, 1)}, date(2027, 2, 1)),
        ({"due": date(2026, 2, 1)}, RECORDED),
        ({}, RECORDED),
    ],
)
def test_a_child_counts_as_born_as_late_as_can_be(known: dict[str, object], latest: date) -> None:
    nothing = dict.fromkeys(("born", "age", "age_on", "due"))
    assert latest_birth(**{**nothing, **known}, last=RECORDED) == latest  # type: ignore[arg-type]


@pytest.mark.parametrize("sector", list(Sector))
@pytest.mark.parametrize("kind", list(RecordKind))
def test_every_kind_has_a_proposal_that_says_how_sure_it_is(kind: RecordKind, sector: str) -> None:
    proposal = proposal_for(kind, sector)
    assert proposal.kind == kind
    assert FEWEST_YEARS <= proposal.years <= MOST_YEARS
    assert proposal.source
    assert (proposal.confidence == Confidence.PROPOSED) == proposal.source.startswith("No source")


def test_a_sector_that_is_named_exists() -> None:
    assert {sector for proposal in proposals() for sector in proposal.sectors} <= set(Sector)
    assert proposal_for(RecordKind.DECISION, "la").years == 35
    assert proposal_for(RecordKind.DECISION, "academy").counted_from == BORN


def test_in_words() -> None:
    assert in_words("BORN", 25) == "25 years from the birth of the youngest child"
    assert in_words("LAST", 1) == "1 year from the latest record"
    assert years_after(date(2024, 2, 29), -4) == date(2020, 3, 1)
