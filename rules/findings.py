"""Every finding type in one table: its code, severity, the page that corrects it and its message.

A message says what to do. What would be false or unlawful blocks recording; anything else warns the supervisor.
"""

from dataclasses import dataclass, field

from rules.finding_type import FindingType
from rules.finding_types_needs import OF_NEEDS
from rules.finding_types_openness import OF_OPENNESS
from rules.finding_types_people import OF_PEOPLE
from rules.finding_types_sharing import OF_SHARING
from rules.finding_types_times import OF_TIMES

FINDING_TYPES: dict[str, FindingType] = {**OF_PEOPLE, **OF_SHARING, **OF_OPENNESS, **OF_NEEDS, **OF_TIMES}
PAGES = ("people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending")


@dataclass(frozen=True)
class Finding:
    """Something to correct, or to show the supervisor; `person` is the reference of the person it is about.

    `rule` is the module and name of the rule that found it, and no part of what makes two findings the same.
    """

    code: str
    severity: str
    message: str
    page: str
    person: str = ""
    rule: str = field(default="", compare=False)

    @property
    def first(self) -> bool:
        """Whether it is said before all others."""
        return FINDING_TYPES[self.code].first

    @property
    def on_page(self) -> bool:
        """Whether its page shows it as soon as it is saved."""
        return FINDING_TYPES[self.code].shown_on_page


def finding(code: str, *, person: str = "", **words: str) -> Finding:
    """A finding of this type, with the given words in its message."""
    finding_type = FINDING_TYPES[code]
    return Finding(code, finding_type.severity, finding_type.message.format(**words), finding_type.page, person)
