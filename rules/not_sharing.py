"""Not sharing needs reasons as full as sharing does: why not, what is done instead, and a review date."""

from collections.abc import Iterator

from rules import codes
from rules.codes import NoBasis, Outcome
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import is_asked


def instead(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A child is not left at risk because nothing was sent (2024 guidance, rules 4 and 7)."""
    if facts.outcome in codes.NEEDS_INSTEAD and is_empty_reason(facts.instead):
        yield finding("INSTEAD")


def review_date(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Be willing to reconsider (2024 guidance, rule 7): a review date."""
    if facts.outcome in codes.NEEDS_REVIEW_DATE and facts.look_again_on is None:
        yield finding("LOOK_AGAIN")


def reasons_not_to_share(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Whether there was no lawful basis or a choice not to share; why; and both risks (2024 guidance, rule 7).

    A deferred decision does not say yet whether there is a lawful basis.
    """
    if facts.outcome not in codes.NOT_SHARED:
        return
    if facts.outcome == Outcome.NOT_SHARED:
        if facts.no_basis not in frozenset(NoBasis):
            yield finding("NO_BASIS")
        if is_empty_reason(facts.no_basis_reason):
            yield finding("NO_BASIS_REASON")
    if is_empty_reason(facts.risk_if_shared):
        yield finding("NOT_SHARED_RISK_IF_SHARED")
    if is_empty_reason(facts.risk_if_not):
        yield finding("NOT_SHARED_RISK_IF_NOT")


def asker_informed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Somebody who asked is told of the refusal and may ask again with more (2024 guidance, rule 7)."""
    informed = facts.request.neither_confirmed or not is_empty_reason(facts.request.reply)
    if facts.outcome in codes.NOT_SHARED and is_asked(facts) and not informed:
        yield finding("ASKER_NOT_INFORMED")


def nothing_sent(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A record that is not shared must not have a sending, and a sending is never dropped."""
    if facts.outcome in codes.NEEDS_INSTEAD and facts.sendings:
        yield finding("SENT_ALREADY")


RULES = (instead, review_date, reasons_not_to_share, asker_informed, nothing_sent)
