"""Concerns about somebody who works with children: an employee, a volunteer or an agency worker."""

from collections.abc import Iterator

from rules.empty_reasons import is_empty_reason
from rules.facts import Facts
from rules.findings import Finding, finding
from rules.law import Law
from rules.organisations import RecipientKind


def designated_officer_informed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Informed within one working day where the harm threshold may be met, or somebody says why not."""
    is_informed = any(recipient.kind == RecipientKind.LADO for recipient in facts.recipients)
    if facts.about_staff and not is_informed and is_empty_reason(facts.lado_not_informed):
        yield finding("LADO_NOT_INFORMED")


RULES = (designated_officer_informed,)
