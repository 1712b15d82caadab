"""A finding's severity, the page that corrects it and its message. What would be false or unlawful blocks."""

from dataclasses import dataclass

from rules.codes import Severity

BLOCKS, WARNS = Severity.BLOCKS, Severity.WARNS


@dataclass(frozen=True)
class FindingType:
    severity: Severity
    page: str
    message: str
