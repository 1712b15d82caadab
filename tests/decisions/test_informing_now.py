"""Where informing stands: attempts are counted and close nothing; an end names somebody, in the database too."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from decisions import actions
from decisions.facts.decision import assessed, facts_of
from decisions.facts.informing import InformingNow, informing_now
from decisions.models import Decision, DecisionPerson, InformingEvent
from decisions.presenters.in_short import in_short
from rules.codes import Informing, Reason
from tests.decisions.cases import PARTNER, Case, copy, plain, refused, shown

DAY = timedelta(days=1)
WORKER = "Ines Marlow, social worker"
LATER: dict[str, Any] = {"informing_state": "DEFERRED", "informing_reason": "RISK_ADULT"}
NEVER: dict[str, Any] = {"informing_state": "NOT_TELLING", "informing_reason": "RISK_ADULT"}


def add(case: Case, **answers: Any) -> None:
    """One more row about the partner, who was to be told later when it was recorded."""
    row = {name: value for name, value in answers.items() if value is not None}
    actions.add_informing(
        decision=case.decision, person=partner(case), answers=row, submission_id=uuid4(), by=case.cast.practitioner,
        at=case.at + DAY,
    )  # fmt: skip


def attempt(case: Case, at: datetime | None = None, **answers: Any) -> None:
    add(case, **{"informing_state": "ATTEMPTED", "informed_at": at or case.at, "informed_how": "By phone", **answers})


def partner(case: Case) -> DecisionPerson:
    return case.decision.people.get(name=PARTNER)


def now_of(case: Case) -> InformingNow:
    return informing_now(case.again())[partner(case).pk]


def is_due(case: Case, day: date) -> bool:
    return Decision.objects.informing_due(case.cast.practitioner, day).filter(pk=case.decision.pk).exists()


class TestAttempts:
    def test_three_are_counted_and_what_was_planned_stands(self, closed: Case) -> None:
        planned = now_of(closed).due_on
        assert planned
        for minutes in range(3):
            attempt(closed, closed.at + timedelta(minutes=minutes))
        now = now_of(closed)
        assert (now.row.informing_state, len(now.attempts), now.due_on) == ("DEFERRED", 3, planned)
        assert (is_due(closed, planned - DAY), is_due(closed, planned)) == (False, True)
        said = "\n".join(line for row in in_short(closed.again()) for line in row.lines)
        assert f"{PARTNER}: Will be informed later, tried 3 times" in said

    def test_one_with_a_day_of_its_own_moves_the_day(self, closed: Case) -> None:
        planned = now_of(closed).due_on
        assert planned
        attempt(closed, informing_review_on=planned + 2 * DAY)
        assert now_of(closed).due_on == planned + 2 * DAY
        assert (is_due(closed, planned + DAY), is_due(closed, planned + 2 * DAY)) == (False, True)

    def test_each_is_on_the_record_with_how_and_what_happened(self, closed: Case) -> None:
        attempt(closed, informed_how="Rang the doorbell", informing_text="Nobody came to the door")
        attempt(closed, informed_how="By letter to his work", informing_text="It came back")
        page = shown(closed.again())
        for words in ("Rang the doorbell", "Nobody came to the door", "By letter to his work", "It came back"):
            assert words in page

    @pytest.mark.parametrize("safely", ["no", "unknown"])
    def test_one_that_was_not_safe_is_seen_by_the_supervisor(self, closed: Case, safely: str) -> None:
        attempt(closed, informed_safely=safely)
        attempt(closed, closed.at + timedelta(hours=1), informed_safely="yes")
        found = {(each.code, each.person) for each in assessed(closed.again()).warnings}
        assert ("INFORMING_UNSAFE", str(partner(closed).pk)) in found

    def test_the_facts_keep_the_reason_of_the_plan(self, closed: Case) -> None:
        attempt(closed)
        [facts] = [one for one in facts_of(closed.again()).people if one.ref == str(partner(closed).pk)]
        assert (facts.informing.state, facts.informing.reason) == ("DEFERRED", "PREJUDICE_CRIME")
        assert [each.at for each in facts.informing.attempts] == [timezone.localtime(closed.at)]

    def test_of_attempts_alone_the_last_one_stands(self, closed: Case) -> None:
        decision = closed.again()
        tried = {"person_id": 1, "informing_state": "ATTEMPTED"}
        phone, school = (InformingEvent(informed_how=how, **tried) for how in ("By phone", "At school"))
        decision.__dict__["_prefetched_objects_cache"] = {"informing_events": [phone, school]}
        assert informing_now(decision) == {1: InformingNow(school, phone, (phone, school))}


FAR = date(2031, 1, 1)
ENDS = [
    pytest.param({"informing_state": "TOLD_AFTER"}, None, id="told"),
    pytest.param({**NEVER, "informing_closing": "NEVER_BY_US", "informing_agreed_with": "MARAC"}, None, id="never"),
    pytest.param({**NEVER, "informing_closing": "HANDED_OVER", "handed_to": WORKER}, None, id="handed over"),
    pytest.param(
        {**NEVER, "informing_closing": "HANDED_OVER", "handed_to": WORKER, "informing_review_on": FAR}, FAR,
        id="handed over, until they have",
    ),
    pytest.param({"informing_state": "DELEGATED", "handed_to": WORKER, "informing_review_on": FAR}, FAR, id="other"),
    pytest.param({**LATER, "informing_review_on": FAR}, FAR, id="later again"),
    pytest.param(
        {**NEVER, "informing_closing": "NEVER_BY_US", "informing_agreed_with": "The police",
         "informing_review_on": FAR}, None, id="never, with a day",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "due"), ENDS)
@pytest.mark.parametrize("tried_since", [False, True], ids=["", "and tried since"])
def test_python_and_the_database_say_the_same_of_what_is_due(
    closed: Case, answers: dict[str, Any], due: date | None, *, tried_since: bool
) -> None:
    add(closed, **answers)
    if tried_since:
        attempt(closed)
    assert now_of(closed).due_on == due
    assert is_due(closed, FAR) == (due is not None)
    assert not is_due(closed, FAR - DAY)


class TestByTheDatabase:
    """A row that would be false of somebody who is not informed is refused, whatever way it comes."""

    def insert(self, case: Case, **changes: Any) -> None:
        row = InformingEvent.objects.filter(person=partner(case)).latest("pk")
        blank = {"informing_exemption": "", "informing_exemption_citation": "", "informing_exemption_version": "",
                 "informing_reason": "", "informing_text": "", "informing_review_on": None, "informing_closing": "",
                 "informing_agreed_with": "", "handed_to": ""}  # fmt: skip
        plain(InformingEvent).bulk_create([copy(row, **{**blank, **changes})])

    @pytest.mark.parametrize("changes", [
        {**NEVER, "informing_closing": "NEVER_BY_US"},
        {**NEVER, "informing_closing": "NEVER_BY_US", "handed_to": WORKER},
        {**NEVER, "informing_closing": "HANDED_OVER"},
        {**NEVER, "informing_closing": "HANDED_OVER", "informing_agreed_with": "The police"},
    ])  # fmt: skip
    def test_an_end_without_somebody(self, closed: Case, changes: dict[str, Any]) -> None:
        with refused("informing_event_ends_with_somebody"):
            self.insert(closed, **changes)

    @pytest.mark.parametrize("state", [LATER, NEVER])
    def test_neither_a_day_nor_an_end(self, closed: Case, state: dict[str, Any]) -> None:
        with refused("informing_event_has_a_day_or_an_end"):
            self.insert(closed, **state)

    @pytest.mark.parametrize("state", ["DEFERRED", "NOT_TELLING"])
    def test_no_reason(self, closed: Case, state: str) -> None:
        with refused("informing_event_has_a_reason"):
            self.insert(closed, informing_state=state, informing_review_on=FAR)

    @pytest.mark.parametrize("state", sorted(set(Informing) - {Informing.NOT_TELLING}))
    def test_an_end_of_what_has_not_ended(self, closed: Case, state: Informing) -> None:
        with refused("informing_event_ends_where_not_informed"):
            self.insert(closed, informing_state=state.value, informing_reason="DELAY", informing_review_on=FAR,
                        informing_closing="HANDED_OVER", handed_to=WORKER)  # fmt: skip

    @pytest.mark.parametrize(("column", "name"), [
        ("informing_state", "state"), ("informing_reason", "reason"), ("informing_closing", "closing"),
    ])  # fmt: skip
    def test_a_code_that_nobody_knows(self, closed: Case, column: str, name: str) -> None:
        whole = {"informing_state": "NOT_TELLING", "informing_reason": Reason.DELAY.value, "informing_review_on": FAR}
        with refused(f"informing_event_({name}_known|ends_.*)"):
            self.insert(closed, **{**whole, column: "SOMETHING"})

    @pytest.mark.parametrize("changes", [
        {**NEVER, "informing_closing": "NEVER_BY_US", "informing_agreed_with": "The police"},
        {**NEVER, "informing_closing": "HANDED_OVER", "handed_to": WORKER},
        {**LATER, "informing_review_on": FAR},
        {"informing_state": "DEFERRED", "informing_text": "In words", "informing_review_on": FAR},
        {"informing_state": "ATTEMPTED"},
        {"informing_state": "DELEGATED"},
    ])  # fmt: skip
    def test_what_is_true_is_taken(self, closed: Case, changes: dict[str, Any]) -> None:
        self.insert(closed, **changes)
