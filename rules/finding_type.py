"""The type of a finding: severity, the page that corrects it, and message."""

from dataclasses import dataclass

from rules.codes import Severity

BLOCKS, WARNS = Severity.BLOCKS, Severity.WARNS


@dataclass(frozen=True)
class FindingType:
    severity: Severity
    page: str
    message: str
