"""Words for how long records are kept and what was disposed of."""

from collections.abc import Iterable
from dataclasses import dataclass

from retention.due import Due, rules_of
from retention.models import Disposal
from rules.retention import Confidence, RecordKind, in_words, proposal_for

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


def _line(kind: RecordKind, rule: object, sector: str) -> RuleLine:
    shown = rule or proposal_for(kind, sector)
    sure = Confidence.label_of(shown.confidence)  # type: ignore[attr-defined]  # a rule and a proposal have the same
    return RuleLine(
        kind=kind.value, title=kind.label, words=in_words(shown.counted_from, shown.years),  # type: ignore[attr-defined]
        source=f"{shown.source} ({sure[0].lower()}{sure[1:]})", is_confirmed=rule is not None,  # type: ignore[attr-defined]
    )  # fmt: skip


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
