"""One condition of a rule at a time: a finding, facts that turn on the condition, and whether it is found in them."""

from dataclasses import dataclass

from rules.assess import assess
from rules.facts import Facts


@dataclass(frozen=True)
class Case:
    code: str
    facts: Facts
    fires: bool
    why: str
    person: str = ""  # of whom it is said; empty: of anybody
    words: str = ""  # what its message says

    def is_found(self) -> bool:
        return any(
            finding.code == self.code and self.person in {"", finding.person} and self.words in finding.message
            for finding in assess(self.facts).findings
        )


def fires(code: str, facts: Facts, why: str, **more: str) -> Case:
    return Case(code, facts, fires=True, why=why, **more)


def quiet(code: str, facts: Facts, why: str, **more: str) -> Case:
    return Case(code, facts, fires=False, why=why, **more)
