"""Assess the facts of a decision: before it is recorded, or a draft at any time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rules import (
    advice,
    after_recording,
    basis,
    capacity,
    consent,
    duties,
    existing_plans,
    family,
    identifiers,
    included,
    informing,
    not_disclosed,
    not_informed,
    not_sharing,
    openness,
    outcomes,
    preconditions,
    provisions,
    recording,
    requests_and_orders,
    serious_harm,
    sharing,
    special_category,
    staff,
    times,
)
from rules.codes import Severity
from rules.facts import Facts
from rules.findings import PAGES, Finding
from rules.law import Law
from rules.law_files import load

RULES = (
    *recording.RULES,
    *family.RULES,
    *identifiers.RULES,
    *existing_plans.RULES,
    *times.RULES,
    *requests_and_orders.RULES,
    *duties.RULES,
    *consent.RULES,
    *capacity.RULES,
    *sharing.RULES,
    *not_sharing.RULES,
    *outcomes.RULES,
    *included.RULES,
    *basis.RULES,
    *provisions.RULES,
    *preconditions.RULES,
    *special_category.RULES,
    *informing.RULES,
    *not_informed.RULES,
    *openness.RULES,
    *not_disclosed.RULES,
    *serious_harm.RULES,
    *staff.RULES,
    *advice.RULES,
    *after_recording.RULES,
)


@dataclass(frozen=True)
class Assessment:
    """What the rules found: what is said first, then the rest, each in the order of the pages."""

    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == Severity.BLOCKS)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == Severity.WARNS)

    @property
    def may_be_recorded(self) -> bool:
        return not self.blocking

    def on_page(self, page: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.page == page)


def assess(facts: Facts, law: Law | None = None) -> Assessment:
    """Everything that blocks or warns. Each finding appears once, however many items or provisions show it."""
    law = (law or load()).for_us(facts.commencements, facts.local_provisions, facts.retired)
    # No generator of its own around each rule: most find nothing.
    found = ((rule, finding) for rule in RULES for finding in rule(facts, law))
    findings = dict.fromkeys(replace(finding, rule=name_of(rule)) for rule, finding in found)
    return Assessment(tuple(sorted(findings, key=lambda finding: (not finding.first, PAGES.index(finding.page)))))


def name_of(rule: Callable[[Facts, Law], Iterator[Finding]]) -> str:
    """Such as `consent.not_asked`: stable enough to cite, and where to read what it promises."""
    return f"{rule.__module__.removeprefix('rules.')}.{rule.__name__}"
