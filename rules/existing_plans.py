"""A risk assessment or safety plan that was there before the decision."""

from collections.abc import Iterator

from rules.codes import YesNoUnknown
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts
from rules.findings import Finding, finding
from rules.law import Law


def departs_from_the_plan(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A decision may depart from a plan that was agreed, and says why (2024 guidance, rule 7)."""
    if facts.plan.in_line == YesNoUnknown.NO and is_empty_reason(facts.plan.departure):
        yield finding("PLAN_DEPARTURE")


def which_plan(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Whoever reads that a decision is in line with a plan, or is not, can find that plan."""
    if facts.plan.in_line in {YesNoUnknown.YES, YesNoUnknown.NO} and is_empty_reason(facts.plan.reference):
        yield finding("PLAN_WHICH")


RULES = (departs_from_the_plan, which_plan)
