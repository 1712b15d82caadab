"""How grave a finding is, which page mends it, what it says. What would be false or unlawful blocks."""

from dataclasses import dataclass

from rules.codes import Severity

BLOCKS, WARNS = Severity.BLOCKS, Severity.WARNS


@dataclass(frozen=True)
class FindingType:
    severity: Severity
    page: str
    message: str
