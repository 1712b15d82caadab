"""What is still to do about an incident: each line with a case in which it is said and one in which it is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rules.incidents.addresses import reads_like_an_address
from rules.incidents.clock import Happened
from rules.incidents.codes import IncidentEventKind, IncidentKind
from rules.incidents.to_do import RULES, IncidentFacts, ToDo, to_do

AWARE = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
START = IncidentFacts(kind="WRONG_PLACE", aware_at=AWARE, danger="no", address_at_risk="no")


def happened(*events: str | tuple[str, str] | tuple[str, str, bool]) -> tuple[Happened, ...]:
    found = [(event,) if isinstance(event, str) else event for event in events]
    return tuple(Happened(kind, AWARE, *more) for kind, *more in found)


def found(hours: float = 1, **changed: Any) -> list[ToDo]:
    return to_do(replace(START, **changed), AWARE + timedelta(hours=hours))


def codes(hours: float = 1, **changed: Any) -> set[str]:
    return {each.code for each in found(hours, **changed)}


ASKED, ANSWERED = "RECALL_ASKED", "RECALL_ANSWERED"
CASES: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("DANGER", {"danger": "yes"}, [{"danger": "yes", "events": happened("SAFETY")}, {"danger": "unknown"}, {}]),
    ("DANGER_UNKNOWN", {"danger": "unknown"}, [{"danger": "unknown", "events": happened("SAFETY")}, {}]),
    ("ADDRESS", {"address_at_risk": "yes"}, [{"address_at_risk": "yes", "events": happened("PEOPLE_INFORMED")}, {}]),
    ("ADDRESS", {"address_at_risk": "unknown", "events": happened("PEOPLE_NOT_INFORMED")}, [{"address_found": True}]),
    ("ADDRESS_FOUND", {"address_found": True}, [{"address_found": True, "events": happened("PEOPLE_INFORMED")}, {}]),
    ("RECALL", {"kind": "TOO_WIDELY"}, [{"events": happened(ASKED)}, {"kind": "LOST"}, {"kind": "MUST_NOT_KNOW"}]),
    ("PASS_ON", {"kind": "MUST_NOT_KNOW"}, [{"kind": "LOST"}, {}]),
    ("PASS_ON", {"kind": "SEEN"}, [{"kind": "SEEN", "events": happened(ASKED)}]),
    ("LOST", {"kind": "LOST"}, [{"kind": "LOST", "events": happened("MORE_FOUND")}, {"kind": "SEEN"}, {}]),
    ("RECALL_ANSWER", {"events": happened(ASKED)}, [{"events": happened(ASKED, (ANSWERED, "DELETED"))}]),
    ("RECALL_ANSWER", {"kind": "LOST", "events": happened(ASKED)}, [{"kind": "SEEN", "events": happened(ASKED)}]),
    (
        "RECALL_ANSWER",
        {"events": happened(ASKED, (ANSWERED, "REFUSED"), ASKED)},
        [{"events": happened(ASKED, (ANSWERED, "REFUSED"))}, {"events": happened((ANSWERED, ""))}],
    ),
    ("NOT_RECALLED", {"events": happened((ANSWERED, "PASSED_ON"))}, [{"events": happened((ANSWERED, "RETURNED"))}]),
    (
        "RECALL_WRITTEN",
        {"events": happened(ASKED, (ANSWERED, "DELETED"))},
        [{"events": happened(ASKED, (ANSWERED, "DELETED", True))}, {"events": happened(ASKED, (ANSWERED, "REFUSED"))}],
    ),
    ("MANAGER", {}, [{"events": happened("MANAGER_INFORMED")}]),
    ("OFFICER", {}, [{"events": happened("OFFICER_INFORMED")}, {"events": happened(("RISK_JUDGED", "RISK"))},
                     {"officer_knows": True}]),
    ("RISK", {}, [{"events": happened(("RISK_JUDGED", "HIGH"))}]),
    ("REGULATOR", {}, [{"events": happened("REGULATOR_NOTIFIED")}, {"events": happened("REGULATOR_NOT_NOTIFIED")}]),
    ("REGULATOR", {"events": happened("REGULATOR_NOT_NOTIFIED", ("RISK_JUDGED", "RISK"))},
     [{"events": happened(("RISK_JUDGED", "UNLIKELY"))}]),
    ("REGULATOR_LATE", {"hours": 73}, [{"hours": 71}, {"hours": 73, "events": happened("REGULATOR_NOTIFIED")}]),
    (
        "REGULATOR_REASON",
        {"events": happened(("RISK_JUDGED", "UNLIKELY"))},
        [{"events": happened(("RISK_JUDGED", "UNLIKELY"), "REGULATOR_NOT_NOTIFIED")}, {}],
    ),
    (
        "PEOPLE",
        {"events": happened(("RISK_JUDGED", "HIGH"))},
        [{"events": happened(("RISK_JUDGED", "HIGH"), each)} for each in ("PEOPLE_INFORMED", "PEOPLE_NOT_INFORMED")]
        + [{"events": happened(("RISK_JUDGED", "RISK"))}],
    ),
    ("LEARNED", {}, [{"events": happened("LEARNED")}]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "said", "quiet"), CASES, ids=[f"{code} {place}" for place, (code, *_) in enumerate(CASES)]
)
def test_each_is_said_where_it_is_to_do_and_nowhere_else(
    code: str, said: dict[str, Any], quiet: list[dict[str, Any]]
) -> None:
    assert code in codes(**said)
    assert [each for each in quiet if code in codes(**each)] == []
    assert code not in codes(**{**said, "events": (*said.get("events", ()), *happened("CLOSED"))}), "it is closed"


def test_every_line_has_a_case() -> None:
    assert len(RULES) == 9
    assert {code for code, *_ in CASES} == {
        each.code for _, said, quiet in CASES for facts in (said, *quiet) for each in found(**facts)
    }


def test_danger_comes_before_everything_else() -> None:
    order = found(danger="yes", address_at_risk="unknown")
    assert [each.first for each in order] == sorted((each.first for each in order), reverse=True)
    assert order[0].code == "DANGER"
    assert "999" in order[0].message


def test_opened_again_it_is_to_do_again() -> None:
    assert found(events=happened("CLOSED")) == []
    assert "LEARNED" in codes(events=happened("CLOSED", "REOPENED"))


def test_every_line_leads_to_a_page_and_says_what_to_do() -> None:
    every = [each for _, said, _ in CASES for each in found(**said)]
    assert {each.page for each in every} <= set(IncidentEventKind)
    assert not [each.message for each in every if each.message.endswith(".")]


def test_where_no_harm_is_likely_nothing_says_that_it_must_be_reported() -> None:
    for kind in IncidentKind:
        assert not codes(90, kind=kind, events=happened(("RISK_JUDGED", "UNLIKELY"))) & {"REGULATOR", "REGULATOR_LATE"}
    for risk in ("RISK", "HIGH"):
        [line] = [each for each in found(events=happened(("RISK_JUDGED", risk))) if each.code == "REGULATOR"]
        assert "unless" not in line.message


@pytest.mark.parametrize(
    "text",
    ["She is at 14 Marsh Lane now", "ne12 4ab", "Flat 2, 9a St Mary's Close", "Their new address", "It is a refuge",
     "Staying at her sister's"],
)  # fmt: skip
def test_what_reads_like_an_address(text: str) -> None:
    assert reads_like_an_address(text)


@pytest.mark.parametrize("text", ["A bruise on his left arm", "Seen at 9 on Monday", "He was off school 14 days", ""])
def test_what_does_not(text: str) -> None:
    assert not reads_like_an_address(text)
