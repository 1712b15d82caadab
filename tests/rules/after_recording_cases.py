"""Recorded decisions and what has come since: for each finding, facts that show it and facts that do not."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.facts import Facts, SendingFacts
from rules.facts_after_recording import FollowUpFacts, LaterConsentFacts, ResponseFacts
from tests.rules.cases import at
from tests.rules.scenarios import early_help, s01


def said(facts: Facts, *events: tuple[str, str, str], **since: Any) -> Facts:
    """Events are (person, state, day)."""
    rows = tuple(LaterConsentFacts(person_ref=ref, state=state, at=at(day)) for ref, state, day in events)
    return replace(facts, follow_up=FollowUpFacts(consent=rows, **since))


def sent(facts: Facts, *days: str) -> Facts:
    return replace(facts, sendings=tuple(SendingFacts(recipient_ref="R1", at=at(day)) for day in days))


def answered(*responses: tuple[str, str, str]) -> Facts:
    """S01, and responses as (recipient, kind, taken up with)."""
    rows = tuple(ResponseFacts(recipient_ref=ref, kind=kind, escalated_to=to) for ref, kind, to in responses)
    return replace(s01(), follow_up=FollowUpFacts(responses=rows))


def followed(**since: Any) -> Facts:
    return replace(s01(), follow_up=FollowUpFacts(**since))


def in_a_group(*days: str, outside: bool = False) -> Facts:
    facts = replace(early_help(), standing_until=date(2026, 9, 1), standing_scope="her mornings")
    return replace(sent(facts, *days), follow_up=FollowUpFacts(outside_group=outside))


def withdrawn() -> Facts:
    """S10: she agreed on 1 June and took it back on 9 June."""
    return said(early_help(), ("P2", "WITHDRAWN", "2026-06-09"))


AFTER_RECORDING_TABLE: dict[str, tuple[Facts, Facts]] = {
    "REFUSED_SINCE": (
        withdrawn(),
        said(early_help(), ("P2", "WITHDRAWN", "2026-06-09"), ("P2", "GIVEN", "2026-06-11")),
    ),
    "SENT_AFTER_WITHDRAWAL": (sent(withdrawn(), "2026-06-10"), sent(withdrawn(), "2026-06-02", "2026-06-08")),
    "NOT_ESCALATED": (
        answered(("R1", "WOULD_NOT_TAKE_IT", "")),
        answered(("R1", "WOULD_NOT_TAKE_IT", "Head of the front door")),
    ),
    "NOT_CORRECTED": (followed(to_be_corrected=("R1",)), followed(to_be_corrected=())),
    "OBJECTION_OPEN": (followed(objections_open=True), followed(objections_open=False, complaints_open=True)),
    "COMPLAINT_OPEN": (followed(complaints_open=True), followed(complaints_open=False)),
    "GROUP_ENDED": (in_a_group("2026-09-02"), in_a_group("2026-09-01")),
    "GROUP_OUTSIDE": (in_a_group(outside=True), in_a_group()),
}
