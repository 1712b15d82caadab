"""Concerns about somebody who works with children: an employee, a volunteer or an agency worker."""

from collections.abc import Iterator

from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, aware
from rules.findings import Finding, finding
from rules.law import Law
from rules.organisations import RecipientKind
from rules.working_days import next_working_day


def designated_officer_informed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Informed within one working day where the harm threshold may be met, or somebody says why not."""
    is_informed = any(recipient.kind == RecipientKind.LADO for recipient in facts.recipients)
    if facts.about_staff and not is_informed and is_empty_reason(facts.lado_not_informed):
        yield finding("LADO_NOT_INFORMED")


def designated_officer_in_time(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Within one working day of when it was known here; what was not sent when it was recorded was not told yet.

    The guidance counts from when the employer knew: the disclosure, or else the decision.
    """
    officers = {recipient.ref for recipient in facts.recipients if recipient.kind == RecipientKind.LADO}
    known_at = facts.disclosed_at or facts.decided_at
    if not (facts.about_staff and officers and known_at):
        return
    sent = [sending.at for sending in facts.sendings if sending.at and sending.recipient_ref in officers]
    reported_at = min(sent, key=aware, default=facts.recorded_at or facts.decided_at)
    if reported_at and reported_at.date() > next_working_day(known_at.date()):
        yield finding("LADO_LATE")


RULES = (designated_officer_informed, designated_officer_in_time)
