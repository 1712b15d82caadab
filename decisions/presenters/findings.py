from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.findings import Finding


@dataclass(frozen=True)
class NamedFinding:
    code: str
    page: str
    message: str
    first: bool = False  # to be acted on at once


def named_findings(findings: Iterable[Finding], people: Mapping[str, str]) -> list[NamedFinding]:
    """Findings with the name of the person each is about; one that would read the same again is said once."""
    named = [
        NamedFinding(
            finding.code,
            finding.page,
            f"{people[finding.person]}: {finding.message}" if finding.person in people else finding.message,
            finding.first,
        )
        for finding in findings
    ]
    return list(dict.fromkeys(named))


def warnings_in_two(findings: Iterable[Finding], people: Mapping[str, str]) -> dict[str, list[NamedFinding]]:
    """For a template: `act_now`, where somebody may come to harm while it is read, and the other `warnings`."""
    named = named_findings(findings, people)
    return {
        "act_now": [finding for finding in named if finding.first],
        "warnings": [finding for finding in named if not finding.first],
    }
