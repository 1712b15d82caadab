"""S03, S04, S08, S11, S12 and S19 go on: who was informed, who is later, on which day, and how each closes."""

from datetime import date, timedelta
from typing import Any

import pytest

from decisions.facts.informing import informing_now
from decisions.models import Decision, InformingEvent
from rules.assess import assess
from rules.codes import INFORMED, NOT_INFORMED
from rules.facts import Facts, InformingFacts
from rules.facts_file.reader import facts_from
from tests.rules.cases import with_informing
from tests.scenarios.files import scenarios

DAY = timedelta(days=1)
FACTS: dict[str, Facts] = {one.key: facts_from(dict(one.facts)) for one in scenarios()}
# Of each scenario: who knows, and who is to be informed on which day; whoever is in neither is too young, or closed.
STANDS: dict[str, tuple[set[str], dict[str, date]]] = {
    "S03": ({"P2"}, {"P3": date(2026, 5, 25)}),
    "S04": ({"P1"}, {"P2": date(2026, 6, 4)}),
    "S08": ({"P2"}, {}),
    "S11": ({"P2", "P3"}, {}),
    "S12": ({"P1"}, {"P2": date(2026, 10, 12)}),
    "S19": ({"P2"}, {}),
}
LATER = [pytest.param(key, ref, day, id=f"{key} {ref}") for key, (_, due) in STANDS.items() for ref, day in due.items()]
WORKER, POLICE = "Ines Marlow, social worker", "The police, MARAC on the day"


def event(informing: InformingFacts, **changed: Any) -> InformingEvent:
    columns: dict[str, Any] = {
        "person_id": 1, "informing_state": informing.state, "informing_reason": informing.reason,
        "informing_review_on": informing.review_on, "informing_closing": informing.closing,
        "handed_to": informing.by_whom, "informing_agreed_with": informing.agreed_with or informing.approver,
    }  # fmt: skip
    return InformingEvent(**{**columns, **changed})


def due_on(*events: InformingEvent) -> date | None:
    decision = Decision(pk=1, state="recorded")
    decision.__dict__["_prefetched_objects_cache"] = {"informing_events": list(events)}
    return informing_now(decision)[1].due_on


def of(key: str, ref: str) -> InformingFacts:
    return next(person.informing for person in FACTS[key].people if person.ref == ref)


@pytest.mark.parametrize("key", STANDS)
def test_the_right_people_know_and_the_others_have_a_day(key: str) -> None:
    knows, later = STANDS[key]
    people = {person.ref: person.informing for person in FACTS[key].people}
    assert {ref for ref, informing in people.items() if informing.state in INFORMED} == knows
    recorded = {ref: event(informing) for ref, informing in people.items() if informing.state}
    assert {ref: day for ref, row in recorded.items() if (day := due_on(row))} == later


def test_the_partner_of_s19_is_closed_from_the_first() -> None:
    assert of("S19", "P3").state in NOT_INFORMED
    assert due_on(event(of("S19", "P3"))) is None
    assert due_on(event(of("S19", "P3"), informing_review_on=date(2026, 8, 18))) == date(2026, 8, 18)


@pytest.mark.parametrize(("key", "ref", "day"), LATER)
class TestLater:
    def test_attempts_leave_the_day_alone(self, key: str, ref: str, day: date) -> None:
        tried = event(InformingFacts(state="ATTEMPTED"))
        assert due_on(event(of(key, ref)), tried, tried) == day

    def test_not_safe_yet_moves_it_within_bounds(self, key: str, ref: str, day: date) -> None:
        again = event(of(key, ref), informing_review_on=day + 7 * DAY)
        assert due_on(event(of(key, ref)), again) == day + 7 * DAY

    @pytest.mark.parametrize("days", [7, 29])
    def test_beyond_the_bounds_the_supervisor_sees_it(self, key: str, ref: str, day: date, days: int) -> None:
        again = with_informing(FACTS[key], ref, entered_on=day, review_on=day + days * DAY)
        found = {one.code for one in assess(again).warnings if one.person == ref}
        far = {"LATER_FAR", "LATER_FAR_HARM"} & found
        assert bool(far) == (days > 28)

    @pytest.mark.parametrize("end", [
        {"informing_state": "TOLD_AFTER", "informing_review_on": None},
        {"informing_state": "NOT_TELLING", "informing_closing": "NEVER_BY_US", "informing_agreed_with": POLICE},
        {"informing_state": "NOT_TELLING", "informing_closing": "HANDED_OVER", "handed_to": WORKER,
         "informing_review_on": None},
    ], ids=["told", "never by us", "handed over"])  # fmt: skip
    def test_it_closes(self, key: str, ref: str, day: date, end: dict[str, Any]) -> None:
        first = event(of(key, ref))
        assert due_on(first) == day
        assert due_on(first, event(of(key, ref), **end)) is None

    def test_handed_over_by_a_day_closes_once_they_have_told_them(self, key: str, ref: str, day: date) -> None:
        handed = event(InformingFacts(state="DELEGATED", by_whom=WORKER, review_on=day + 3 * DAY))
        assert due_on(event(of(key, ref)), handed) == day + 3 * DAY
        assert due_on(event(of(key, ref)), handed, event(InformingFacts(state="TOLD_AFTER", by_whom=WORKER))) is None
