"""The type of a finding: severity, the page that corrects it, and message."""

from dataclasses import dataclass

from rules.codes import Severity

BLOCKS, WARNS = Severity.BLOCKS, Severity.WARNS


@dataclass(frozen=True)
class FindingType:
    severity: Severity
    page: str
    message: str
    first: bool = False  # said before all others: somebody may come to harm while it is read
    on_page: bool = False  # shown on its page as soon as that is saved, and not only at Check
