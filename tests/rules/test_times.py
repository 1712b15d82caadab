"""Times that contradict each other: the list of them is whole, the order is data, and nothing impossible passes."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.assess import assess
from rules.codes import Severity
from rules.facts import AdviceFacts, Facts, InformingFacts, PersonFacts, RecipientFacts, RequestFacts, SendingFacts
from rules.facts_file.schema import hints
from rules.findings import FINDING_TYPES, PAGES
from rules.times import ORDERS, TIMES, UNRELATED, contradictions, in_order
from tests.rules.cases import at, codes_of
from tests.rules.scenarios import s01
from tests.rules.test_facts_schema import classes
from tests.rules.time_cases import TIME_TABLE, informed, sent

START = datetime(2026, 6, 1, 12, tzinfo=UTC)
MOMENTS = st.integers(-3, 3).map(lambda hours: START + timedelta(hours=hours))


def times_of(cls: type) -> list[str]:
    """Fields that hold a time or a day, or several."""
    names = {name: {hint, *get_args(hint)} for name, hint in hints(cls).items()}
    return [f"{cls.__name__}.{one.name}" for one in fields(cls) if {date, datetime} & names[one.name]]


def test_every_time_of_the_facts_is_ordered_or_there_is_a_reason() -> None:
    known = {name for cls in classes() for name in times_of(cls)}
    assert {name for name in TIMES if "." in name} | set(UNRELATED) == known
    assert not set(TIMES) & set(UNRELATED)


def test_every_time_that_is_listed_has_an_order() -> None:
    ordered = {name for order in ORDERS for name in (order.earlier, order.later)}
    assert ordered == set(TIMES)


def test_an_order_is_about_times_and_findings_that_there_are() -> None:
    assert {order.code for order in ORDERS} <= set(FINDING_TYPES)
    assert {time.page for time in TIMES.values()} <= {*PAGES, ""}


@pytest.mark.parametrize("code", sorted(TIME_TABLE))
def test_a_contradiction_is_said_on_the_pages_where_it_is_typed(code: str) -> None:
    facts = TIME_TABLE[code][0]
    pages = {page for order in ORDERS if order.code == code for page in order.pages if page}
    for page in pages:
        assert code in {finding.code for finding in contradictions(facts, page)}
    for page in set(PAGES) - pages:
        assert code not in {finding.code for finding in contradictions(facts, page)}
    assert FINDING_TYPES[code].on_page


def test_what_is_typed_to_the_minute_is_compared_to_the_minute() -> None:
    decided = at("2026-03-10", "10:00").replace(second=50)
    assert "SENT_BEFORE_DECIDED" not in codes_of(replace(sent("10:00"), decided_at=decided))


def test_the_same_moment_by_two_clocks_is_the_same() -> None:
    summer = timezone(timedelta(hours=1))
    facts = replace(sent("10:00"), decided_at=datetime(2026, 3, 10, 11, tzinfo=summer))
    assert "SENT_BEFORE_DECIDED" not in codes_of(facts)


def test_the_message_names_who_got_it() -> None:
    facts = replace(sent("09:00"), recipients=(RecipientFacts(ref="R1", organisation="Wendlebury Council"),))
    [found] = [each for each in in_order(facts) if each.code == "SENT_BEFORE_DECIDED"]
    assert "Wendlebury Council" in found.message


def test_a_recipient_and_a_person_of_one_key_are_not_mixed_up() -> None:
    """In the site's own facts both are numbers of their tables."""
    person, recipient = PersonFacts(ref="1"), RecipientFacts(ref="1", organisation="Wendlebury Council")
    facts = replace(sent("09:00"), people=(person,), recipients=(recipient,))
    facts = replace(facts, sendings=(replace(facts.sendings[0], recipient_ref="1"),))
    [found] = [each for each in in_order(facts) if each.code == "SENT_BEFORE_DECIDED"]
    assert found.person == ""


def test_what_is_odd_and_true_can_be_recorded() -> None:
    """A colleague rang first, and the decision was made an hour later."""
    facts = sent("09:00")
    assert "SENT_BEFORE_DECIDED" in codes_of(facts)
    assert assess(facts).may_be_recorded


def test_what_was_sent_or_told_after_recording_is_no_contradiction() -> None:
    later = informed("TOLD_AFTER", "18:00", sent("17:00"))
    assert not list(in_order(later))


def facts_of_times(**times: Any) -> Facts:
    """One of each that has a time."""
    person = PersonFacts(
        ref="P1", consent_state="GIVEN", consent_at=times["consent"],
        informing=InformingFacts(state=times["state"], at=times["informed"]),
    )  # fmt: skip
    return Facts(
        outcome="SHARED_ALL_NECESSARY", decided_at=times["decided"], recorded_at=times["recorded"], people=(person,),
        request=RequestFacts(asked_at=times["asked"]), advice=(AdviceFacts(at=times["advised"]),),
        sendings=(SendingFacts(recipient_ref="R1", at=times["sent"]),), recipients=(RecipientFacts(ref="R1"),),
    )  # fmt: skip


NAMES = ("decided", "recorded", "consent", "informed", "asked", "advised", "sent")
INFORMED_STATES = st.sampled_from(["TOLD_BEFORE", "TOLD_AFTER", "TOLD_AT_TIME"])


@given(st.fixed_dictionaries({**dict.fromkeys(NAMES, MOMENTS), "state": INFORMED_STATES}))
def test_no_times_that_cannot_be_pass(times: dict[str, Any]) -> None:
    """Said here once more, by hand: what had happened when it was recorded, and whether they knew before or after."""
    recorded, state = times["recorded"], times["state"]
    impossible = {
        "DECIDED_AHEAD": times["decided"] > recorded,
        "CONSENT_AHEAD": times["consent"] > recorded,
        "ASKED_AHEAD": times["asked"] > recorded,
        "ADVICE_AHEAD": times["advised"] > recorded,
        "INFORMED_BEFORE_LATE": state == "TOLD_BEFORE" and times["informed"] > times["sent"],
        "INFORMED_AFTER_EARLY": state == "TOLD_AFTER" and times["informed"] < times["sent"],
    }
    found = {finding.code for finding in in_order(facts_of_times(**times)) if finding.severity == Severity.BLOCKS}
    assert found == {code for code, is_so in impossible.items() if is_so}


@given(st.lists(MOMENTS, min_size=7, max_size=7))
def test_times_in_order_are_left_alone(moments: list[datetime]) -> None:
    asked, advised, consent, decided, sent_at, informed, recorded = sorted(moments)
    times = {"asked": asked, "advised": advised, "consent": consent, "decided": decided, "sent": sent_at}
    facts = facts_of_times(**times, informed=informed, recorded=recorded, state="TOLD_AFTER")
    assert not list(in_order(facts))


def test_nothing_is_compared_with_a_time_that_nobody_knows() -> None:
    assert not list(in_order(Facts()))
    assert not list(in_order(replace(s01(), decided_at=None, recorded_at=None)))
