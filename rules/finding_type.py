"""The type of a finding: severity, the page that corrects it, and message."""

from dataclasses import dataclass

from rules.codes import Severity

BLOCKS, WARNS = Severity.BLOCKS, Severity.WARNS

# Why a warning is not shown on its page as soon as that is saved.
LATER_PAGE = "it rests on an answer of a later page"
AFTER_RECORDING = "it comes after recording"
NOTHING_TO_CHANGE = "it says how to go on, and no answer on its page is wrong"
NOT_THEIRS = "somebody else has to do it"
REASONS_AT_CHECK = (LATER_PAGE, AFTER_RECORDING, NOTHING_TO_CHANGE, NOT_THEIRS)


@dataclass(frozen=True)
class FindingType:
    severity: Severity
    page: str
    message: str
    first: bool = False  # said before all others: somebody may come to harm while it is read
    on_page: bool = False  # of one that blocks: its page lets it be saved, so it is shown there and not only at Check
    only_at_check: str = ""  # a warning that is not shown on its page as soon as that is saved, and why

    @property
    def shown_on_page(self) -> bool:
        """Whether its page shows it as soon as that is saved: every warning does that gives no reason why not."""
        return self.on_page if self.severity == BLOCKS else not self.only_at_check
