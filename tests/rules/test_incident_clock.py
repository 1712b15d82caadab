"""By when the regulator is told of an incident: 72 hours on the clock, also where the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.incidents.clock import Clock, Happened, Regime, clock, incident_limits, is_closed, limit_of, risk_of
from rules.organisations import OrganisationKind

LONDON = ZoneInfo("Europe/London")
AWARE = datetime(2026, 11, 27, 16, 30, tzinfo=LONDON)  # a Friday
HOUR = timedelta(hours=1)
NOTIFIED, EXPLAINED, JUDGED = "REGULATOR_NOTIFIED", "REGULATOR_NOT_NOTIFIED", "RISK_JUDGED"


def after(hours: float, *events: tuple[str, float] | tuple[str, float, str]) -> tuple[Clock, datetime]:
    """The clock, and the moment that is so many hours after becoming aware."""
    happened = [Happened(event[0], AWARE + event[1] * HOUR, "".join(event[2:])) for event in events]
    return clock(AWARE, happened), AWARE + hours * HOUR


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        (AWARE, datetime(2026, 11, 30, 16, 30, tzinfo=LONDON)),  # over a weekend
        (datetime(2026, 12, 24, 12, tzinfo=LONDON), datetime(2026, 12, 27, 12, tzinfo=LONDON)),  # over bank holidays
        (datetime(2026, 10, 23, 16, tzinfo=LONDON), datetime(2026, 10, 26, 15, tzinfo=LONDON)),  # an hour comes twice
        (datetime(2027, 3, 26, 16, tzinfo=LONDON), datetime(2027, 3, 29, 17, tzinfo=LONDON)),  # an hour is left out
        (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1), datetime(2026, 10, 28, 1, 30, tzinfo=LONDON)),
    ],
)
def test_it_is_72_hours_on_the_clock(aware: datetime, due: datetime) -> None:
    found = clock(aware, []).due
    assert found == due
    assert found - aware.astimezone(UTC) == 72 * HOUR


@pytest.mark.parametrize(
    ("hours", "left"),
    [(0, "72 hours left"), (0.1, "71 hours left"), (70.5, "1 hour left"), (71.5, "Less than 1 hour left"),
     (72, "Less than 1 hour left"), (72.01, "Late"), (500, "Late")],
)  # fmt: skip
def test_hours_left_are_never_more_than_there_are(hours: float, left: str) -> None:
    found, now = after(hours)
    assert found.left(now) == left
    assert found.is_late(now) == (left == "Late")


@pytest.mark.parametrize(("reported", "late"), [(2, False), (72, False), (73, True)])
def test_a_report_settles_it_and_stays_late_or_in_time(reported: float, *, late: bool) -> None:
    found, now = after(400, (NOTIFIED, reported))
    assert (found.left(now), found.is_late(now), found.is_notified) == ("", late, True)


def test_a_second_report_makes_the_first_no_later() -> None:
    found, now = after(400, (NOTIFIED, 10), (NOTIFIED, 90))
    assert not found.is_late(now)


@pytest.mark.parametrize(
    ("risks", "settled"), [((), True), (("UNLIKELY",), True), (("RISK",), False), (("HIGH",), False),
                           (("HIGH", "UNLIKELY"), True), (("UNLIKELY", "RISK"), False)],
)  # fmt: skip
def test_a_reason_why_not_holds_only_while_no_harm_is_likely(risks: tuple[str, ...], *, settled: bool) -> None:
    found, now = after(80, (EXPLAINED, 3), *((JUDGED, 4 + place, risk) for place, risk in enumerate(risks)))
    assert bool(found.settled_at) == settled
    assert found.left(now) == ("" if settled else "Late")


def test_the_latest_word_counts() -> None:
    events = [Happened(kind, AWARE, code) for kind, code in
              ((JUDGED, "HIGH"), ("CLOSED", ""), ("REOPENED", ""), (JUDGED, "RISK"), ("LEARNED", ""))]  # fmt: skip
    assert risk_of(events) == "RISK"
    assert [is_closed(events[:count]) for count in (1, 2, 3, 5)] == [False, True, False, False]


def test_every_limit_has_its_source_and_each_organisation_its_limit() -> None:
    assert set(incident_limits()) == set(Regime)
    for limit in incident_limits().values():
        assert limit.hours == 72
        assert limit.confidence in {"C", "P", "K", "N"}
        assert min(len(limit.citation), len(limit.people_citation), len(limit.source)) > 15
    assert {kind: limit_of(kind).regime for kind in OrganisationKind} == {
        "PUB": "GENERAL", "NON": "GENERAL", "LE": "LAW_ENFORCEMENT"
    }  # fmt: skip
