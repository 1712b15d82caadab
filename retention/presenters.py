"""Words for how long records are kept and what was disposed of."""

from collections.abc import Iterable
from dataclasses import dataclass

from retention.due import Due, rules_of
from retention.models import Disposal, RetentionRule
from rules.retention import Confidence, Proposal, RecordKind, in_words, proposal_for

ONE_OF = {
    "decision": "Decision",
    "urgent": "Urgent record",
    "family": "Family",
    "request": "Rights request",
    "incident": "Incident",
}


@dataclass(frozen=True)
class RuleLine:
    kind: str
    title: str
    words: str
    source: str
    is_confirmed: bool


def rule_lines(organisation: int, sector: str) -> list[RuleLine]:
    confirmed = rules_of(organisation)
    return [_line(kind, confirmed.get(kind.value), sector) for kind in RecordKind]


def _line(kind: RecordKind, rule: RetentionRule | None, sector: str) -> RuleLine:
    shown: RetentionRule | Proposal = rule or proposal_for(kind, sector)
    sure = Confidence.label_of(shown.confidence)
    # What no source says, says so itself.
    more = "" if shown.confidence == Confidence.PROPOSED else f" ({sure[0].lower()}{sure[1:]})"
    words = in_words(shown.counted_from, shown.years)
    return RuleLine(kind.value, kind.label, words, f"{shown.source}{more}", is_confirmed=rule is not None)


def due_lines(found: Iterable[Due]) -> list[tuple[Due, str]]:
    return [(due, ONE_OF[due.kind]) for due in found]


def status(disposal: Disposal) -> tuple[str, str]:
    """The tag of a disposal, and its colour."""
    if not disposal.needs_second:
        return "Disposed of", "green"
    answer = getattr(disposal, "answer", None)
    if answer is None:
        return "Waits for a second officer", "yellow"
    return ("Disposed of", "green") if answer.agreed else ("Kept", "grey")
