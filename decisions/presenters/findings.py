from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.findings import Finding


@dataclass(frozen=True)
class Found:
    code: str
    page: str
    message: str


def found(findings: Iterable[Finding], people: Mapping[str, str]) -> list[Found]:
    """Findings with the name of the person each is about, for the page that shows them."""
    return [
        Found(one.code, one.page, f"{people[one.person]}: {one.message}" if one.person in people else one.message)
        for one in findings
    ]
