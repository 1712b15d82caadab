"""For each finding about times that contradict each other: facts that show it, and facts that just do not."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import AdviceFacts, Facts, PlanFacts, SendingFacts
from rules.facts_after_recording import ComplaintFacts, CorrectionFacts, FollowUpFacts, LaterConsentFacts, ResponseFacts
from tests.rules import more_scenarios as more
from tests.rules.cases import at, with_informing, with_item, with_person, with_request
from tests.rules.scenarios import early_help, s01, s02

DAY = "2026-03-10"  # of S01: decided at 10:00, recorded at 10:40


def sent(*times: str, facts: Facts | None = None, day: str = DAY) -> Facts:
    return replace(facts or s01(), sendings=tuple(SendingFacts(recipient_ref="R1", at=at(day, time)) for time in times))


def advised(time: str) -> Facts:
    return replace(s01(), advice=(AdviceFacts(who="Duty manager", gist="Share it now", at=at(DAY, time)),))


def informed(state: str, time: str, facts: Facts | None = None) -> Facts:
    return with_informing(facts or s01(), "P1", state=state, at=at(DAY, time))


def ordered(**changes: Any) -> Facts:
    return replace(more.s06(), order=replace(more.s06().order, **changes))


def agreed(time: str) -> Facts:
    """Early help of 1 June, agreed to at this time and sent at noon."""
    return with_person(sent("12:00", facts=early_help(), day="2026-06-01"), "P2", consent_at=at("2026-06-01", time))


def refused_later(day: str) -> Facts:
    row = LaterConsentFacts(person_ref="P2", state="REFUSED", at=at(day))
    return replace(early_help(), follow_up=FollowUpFacts(consent=(row,)))


def until(day: str) -> Facts:
    return with_person(agreed("09:00"), "P2", until=date.fromisoformat(day))


def received(time: str) -> Facts:
    """Sent at ten past ten."""
    facts = sent("10:10")
    return replace(facts, sendings=(replace(facts.sendings[0], received_at=at(DAY, time)),))


def responded(time: str) -> Facts:
    row = ResponseFacts(recipient_ref="R1", kind="ACTING", at=at(DAY, time))
    return replace(sent("10:10", "10:30"), follow_up=FollowUpFacts(responses=(row,)))


def corrected(found: str, notified: str = "") -> Facts:
    """Sent at ten past ten, and found to be wrong."""
    row = CorrectionFacts(
        recipient_ref="R1", found_at=at(DAY, found), notified_at=at(DAY, notified) if notified else None
    )
    return replace(sent("10:10"), follow_up=FollowUpFacts(corrections=(row,)))


def complained(received: str, answered: str = "") -> Facts:
    row = ComplaintFacts(received_at=at(DAY, received), answered_at=at(DAY, answered) if answered else None)
    return replace(s01(), follow_up=FollowUpFacts(complaints=(row,)))


def happened(text: str) -> Facts:
    """Somebody was told on 9 March, the day before the decision."""
    return replace(s01(), happened=text, disclosed_at=at("2026-03-09"))


TIME_TABLE: dict[str, tuple[Facts, Facts]] = {
    "URGENT_AHEAD": (
        replace(s01(), urgent_recorded_at=at(DAY, "10:41")),
        replace(s01(), urgent_recorded_at=at(DAY, "10:40")),
    ),
    "URGENT_BEFORE_DECIDED": (
        replace(s01(), urgent_recorded_at=at(DAY, "09:59")),
        replace(s01(), urgent_recorded_at=at(DAY, "10:00")),
    ),
    "CONSENT_AHEAD": (
        with_person(s01(), "P2", consent_at=at(DAY, "10:41")),
        with_person(s01(), "P2", consent_at=at(DAY, "10:40")),
    ),
    "COMPETENCE_AHEAD": (
        with_person(s01(), "P1", competence_on=date(2026, 3, 11)),
        with_person(s01(), "P1", competence_on=date(2026, 3, 10)),
    ),
    "COMPETENCE_AFTER": (
        with_person(replace(s01(), recorded_at=at("2026-03-12")), "P1", competence_on=date(2026, 3, 11)),
        with_person(replace(s01(), recorded_at=at("2026-03-12")), "P1", competence_on=date(2026, 3, 10)),
    ),
    "ADVICE_AHEAD": (advised("10:41"), advised("10:40")),
    "ADVICE_AFTER": (advised("10:01"), advised("10:00")),
    "ASKED_AHEAD": (
        with_request(s02(), asked_at=at("2026-04-03")),
        with_request(s02(), asked_at=at("2026-04-02", "16:00")),
    ),
    "ASKED_AFTER": (
        with_request(s02(), asked_at=at("2026-04-02", "16:05")),
        with_request(s02(), asked_at=at("2026-04-02", "15:55")),
    ),
    "REPLY_LATE": (
        with_request(s02(), reply_by=date(2026, 4, 1)),
        with_request(s02(), reply_by=date(2026, 4, 2)),
    ),
    "REPLY_BEFORE_ASKED": (
        with_request(s02(), reply_by=date(2026, 3, 31)),
        with_request(s02(), reply_by=date(2026, 4, 1)),
    ),
    "ORDER_PERIOD": (
        ordered(covers_to=date(2023, 12, 31)),
        ordered(covers_from=date(2024, 1, 1), covers_to=date(2024, 1, 1)),
    ),
    "ORDER_LATE": (ordered(due_on=date(2026, 2, 15)), ordered(due_on=date(2026, 2, 16))),
    "ORDER_DUE_EARLY": (ordered(due_on=date(2026, 2, 8)), ordered(due_on=date(2026, 2, 9))),
    "ITEM_PERIOD": (
        with_item(s01(), "I3", dated_from=date(2026, 2, 2), dated_to=date(2026, 2, 1)),
        with_item(s01(), "I3", dated_from=date(2026, 2, 2), dated_to=date(2026, 2, 2)),
    ),
    "PLAN_AFTER": (
        replace(s01(), plan=PlanFacts(made_on=date(2026, 3, 11))),
        replace(s01(), plan=PlanFacts(made_on=date(2026, 3, 10))),
    ),
    "CONSENT_UNTIL": (until("2026-05-31"), until("2026-06-01")),
    "CONSENT_AFTER_SENDING": (agreed("12:01"), agreed("12:00")),
    "INFORMED_BEFORE_LATE": (
        informed("TOLD_BEFORE", "10:31", sent("10:10", "10:30")),
        informed("TOLD_BEFORE", "10:20", sent("10:10", "10:30")),
    ),
    "INFORMED_AFTER_EARLY": (
        informed("TOLD_AFTER", "10:09", sent("10:10")),
        informed("TOLD_AFTER", "10:10", sent("10:10")),
    ),
    "INFORMED_BEFORE_DECIDED": (informed("TOLD_AT_TIME", "09:59"), informed("TOLD_AT_TIME", "10:00")),
    "INFORMING_REVIEW_EARLY": (
        with_informing(s01(), "P3", review_on=date(2026, 3, 9)),
        with_informing(s01(), "P3", review_on=date(2026, 3, 10)),
    ),
    "INFORMING_REVIEW_PASSED": (
        with_informing(replace(s01(), recorded_at=at("2026-03-12")), "P3", review_on=date(2026, 3, 11)),
        with_informing(replace(s01(), recorded_at=at("2026-03-12")), "P3", review_on=date(2026, 3, 12)),
    ),
    "REVIEW_PASSED": (
        replace(s02(), recorded_at=at("2026-04-10"), look_again_on=date(2026, 4, 9)),
        replace(s02(), recorded_at=at("2026-04-10"), look_again_on=date(2026, 4, 10)),
    ),
    "RECEIVED_EARLY": (received("10:09"), received("10:10")),
    "NOTIFIED_EARLY": (corrected("11:00", "10:59"), corrected("11:00", "11:00")),
    "KNOWN_WRONG": (corrected("10:09"), corrected("10:10")),
    "ANSWERED_EARLY": (complained("11:00", "10:59"), complained("11:00", "11:00")),
    "COMPLAINT_EARLY": (complained("09:59"), complained("10:00")),
    "RESPONSE_EARLY": (responded("10:09"), responded("10:10")),
    "DISCLOSED_EARLY": (happened("10 March 2026"), happened("9 March 2026")),
    "HAPPENED_AFTER": (happened("11 March 2026"), happened("Tuesday 10 March 2026, about 8am")),
    "SENT_BEFORE_DECIDED": (sent("09:59"), sent("10:00", "10:30")),
    "REFUSED_BEFORE_DECIDED": (refused_later("2026-05-31"), refused_later("2026-06-02")),
}
