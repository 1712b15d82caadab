"""By when a request about one's rights is answered: the month, more time, and the days on which it stands still."""

from datetime import date

import pytest

from rules.rights.clock import Clock, Happened, clock, request_limits, why_no_extension
from rules.rights.codes import OUTCOMES_OF, RequestKind

RECEIVED = date(2026, 3, 10)  # a Tuesday


def at(
    kind: str,
    *events: tuple[str, date] | tuple[str, date, int],
    received: date = RECEIVED,
    wanted_by: date | None = None,
) -> Clock:
    return clock(kind, received, [Happened(*event) for event in events], wanted_by)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (RECEIVED, date(2026, 4, 10)),
        (date(2026, 1, 30), date(2026, 3, 2)),  # no 30 February: the 28th, a Saturday
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, a bank holiday and a weekend
        (date(2026, 12, 1), date(2027, 1, 4)),
    ],
)
def test_it_is_answered_within_a_month_and_on_a_working_day(received: date, last: date) -> None:
    for kind in (RequestKind.ACCESS, RequestKind.OBJECTION, RequestKind.CORRECTION):
        assert at(kind, received=received).last_day == last


def test_three_months_are_counted_from_the_day_it_came() -> None:
    assert at("ACCESS", ("EXTENDED", date(2026, 4, 1), 2), received=date(2026, 1, 31)).last_day == date(2026, 4, 30)
    assert at("ACCESS", ("EXTENDED", RECEIVED, 1)).last_day == date(2026, 5, 11)


def test_the_time_begins_when_they_have_shown_who_they_are() -> None:
    asked = ("ASKED_IDENTITY", date(2026, 3, 12))
    waiting = at("ACCESS", asked)
    assert (waiting.last_day, waiting.waiting_since) == (None, date(2026, 3, 12))
    for ends in ("REPLIED", "IDENTITY"):
        assert at("ACCESS", asked, (ends, date(2026, 3, 20))).last_day == date(2026, 4, 20)
    assert at("ACCESS", ("IDENTITY", date(2026, 3, 20))).last_day == date(2026, 4, 10), "nobody was in doubt"


def test_asking_what_they_mean_stops_the_time_of_an_access_request_only() -> None:
    asked, replied = ("ASKED_CLARIFICATION", date(2026, 3, 12)), ("REPLIED", date(2026, 3, 19))
    assert at("ACCESS", asked).last_day is None
    assert at("ACCESS", asked, ("IDENTITY", date(2026, 3, 13))).last_day is None, "that is no reply"
    assert at("ACCESS", asked, replied).last_day == date(2026, 4, 17)
    assert at("CORRECTION", asked).last_day == date(2026, 4, 10)
    assert at("CORRECTION", asked, replied).last_day == date(2026, 4, 10)


def test_a_complaint_is_acknowledged_in_thirty_days_and_then_has_no_day() -> None:
    assert at("COMPLAINT").last_day == date(2026, 4, 9)
    assert at("COMPLAINT", ("ACKNOWLEDGED", date(2026, 3, 11))).last_day is None
    assert at("OBJECTION", ("ACKNOWLEDGED", date(2026, 3, 11))).last_day == date(2026, 4, 10)


@pytest.mark.parametrize("kind", ["COURT_ORDER", "REGULATOR"])
def test_a_court_or_a_regulator_names_the_day(kind: str) -> None:
    assert at(kind).last_day is None
    assert not at(kind).is_overdue(date(2030, 1, 1))
    assert at(kind, wanted_by=date(2026, 3, 14)).last_day == date(2026, 3, 14), "a Saturday, as they said"
    assert at(kind, wanted_by=date(2026, 3, 14)).is_overdue(date(2026, 3, 15))
    assert "cannot be given more time" in why_no_extension(kind, RECEIVED, [], RECEIVED)
    assert at("ACCESS", wanted_by=date(2026, 3, 14)).last_day == date(2026, 4, 10), "the law's, whatever they ask"


def test_overdue_is_the_day_after_and_never_once_it_is_answered() -> None:
    assert not at("ACCESS").is_overdue(date(2026, 4, 10))
    assert at("ACCESS").is_overdue(date(2026, 4, 11))
    answered = at("ACCESS", ("CLOSED", date(2026, 4, 20)))
    assert answered.is_closed
    assert not answered.is_overdue(date(2026, 4, 21))


@pytest.mark.parametrize(
    ("kind", "events", "day", "refused"),
    [
        ("ACCESS", [], date(2026, 4, 10), ""),
        ("CORRECTION", [], date(2026, 3, 11), ""),
        ("ACCESS", [], date(2026, 4, 11), "within the first month"),
        ("ACCESS", [("EXTENDED", RECEIVED, 1)], date(2026, 3, 12), "already"),
        ("COMPLAINT", [], RECEIVED, "cannot be given more time"),
    ],
)
def test_they_know_of_more_time_within_the_first_month(
    kind: str, events: list[tuple[str, date, int]], day: date, refused: str
) -> None:
    found = why_no_extension(kind, RECEIVED, [Happened(*event) for event in events], day)
    assert (refused in found) if refused else found == ""


def test_every_kind_has_a_limit_with_its_source_and_its_outcomes() -> None:
    assert set(request_limits()) == set(RequestKind) == set(OUTCOMES_OF)
    for limit in request_limits().values():
        assert [bool(limit.months), bool(limit.days), limit.they_name_the_day].count(True) == 1
        assert limit.citation
        assert limit.source
        assert limit.confidence in {"C", "P", "K", "N"}
    assert all(len(codes) > 2 for codes in OUTCOMES_OF.values())
