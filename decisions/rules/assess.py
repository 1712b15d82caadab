"""The one question asked of a decision before it is recorded, and of a draft at any time."""

from dataclasses import dataclass

from decisions.rules import (
    able,
    asking,
    basis,
    consent,
    duties,
    not_sharing,
    recording,
    roads,
    rows,
    sensitive,
    sharing,
    since,
    telling,
)
from decisions.rules.codes import Severity
from decisions.rules.facts import Facts
from decisions.rules.findings import PAGES, Finding
from decisions.rules.law import Law
from decisions.rules.law_files import load

RULES = (
    *recording.RULES,
    *asking.RULES,
    *duties.RULES,
    *consent.RULES,
    *able.RULES,
    *sharing.RULES,
    *not_sharing.RULES,
    *roads.RULES,
    *basis.RULES,
    *rows.RULES,
    *sensitive.RULES,
    *telling.RULES,
    *since.RULES,
)


@dataclass(frozen=True)
class Assessment:
    """What the rules found, in the order of the pages."""

    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == Severity.BLOCKS)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == Severity.WARNS)

    @property
    def may_be_recorded(self) -> bool:
        return not self.blocking

    def on_page(self, page: str) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.page == page)


def assess(facts: Facts, law: Law | None = None) -> Assessment:
    """Everything that blocks or warns; each finding once, whatever the number of items or rows that show it."""
    law = (law or load()).for_us(facts.commencements, facts.local_rows, facts.retired)
    found = dict.fromkeys(finding for rule in RULES for finding in rule(facts, law))
    return Assessment(tuple(sorted(found, key=lambda finding: PAGES.index(finding.page))))
