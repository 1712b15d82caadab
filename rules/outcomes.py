"""Outcomes related to another decision: passed to a manager, stopped, superseded, or standing."""

from collections.abc import Iterator
from datetime import timedelta

from rules.codes import SHARED, Outcome
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts
from rules.findings import Finding, finding
from rules.law import Law

LONG = timedelta(days=183)


def passed_to_manager(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A named person decides, or nobody does (2024 guidance, rule 4: seek advice promptly)."""
    if facts.outcome == Outcome.PASSED_UP and not facts.passed_to:
        yield finding("PASSED_TO")


def stopped(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Consent may be withdrawn at any time, and what was shared cannot be recalled (UK GDPR Article 7(3))."""
    if facts.outcome != Outcome.STOPPED:
        return
    if not facts.follows:
        yield finding("STOPPED_WHAT")
    if not facts.cannot_recall.strip():
        yield finding("CANNOT_RECALL")


def superseded(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Be willing to reconsider when something is new (2024 guidance, rule 7): then say what is new."""
    if facts.follows and is_empty_reason(facts.what_changed):
        yield finding("WHAT_CHANGED")


def standing(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A standing decision has a scope and an end (ICO data sharing code: routine sharing)."""
    if facts.outcome not in SHARED or facts.standing_until is None:
        return
    if is_empty_reason(facts.standing_scope):
        yield finding("STANDING_SCOPE")
    if facts.decided_at is None:
        return
    lasts = facts.standing_until - facts.decided_at.date()
    if lasts > LONG:
        yield finding("STANDING_LONG")


RULES = (passed_to_manager, stopped, superseded, standing)
