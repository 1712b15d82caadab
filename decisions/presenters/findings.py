from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.findings import Finding


@dataclass(frozen=True)
class NamedFinding:
    code: str
    page: str
    message: str


def named_findings(findings: Iterable[Finding], people: Mapping[str, str]) -> list[NamedFinding]:
    """Findings with the name of the person each is about."""
    return [
        NamedFinding(
            finding.code,
            finding.page,
            f"{people[finding.person]}: {finding.message}" if finding.person in people else finding.message,
        )
        for finding in findings
    ]
