"""Which rows of the law an organisation may choose from on the day of a decision, and why not the others."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.codes import Code
from rules.facts import Facts, day_of
from rules.law import Law, Provision
from rules.suggestions import suggest


class WhyNot(Code):
    NOT_CONFIRMED = "NOT_CONFIRMED", "The law is made, and nobody here has confirmed that it has begun"
    NOT_YET = "NOT_YET", "It had not begun on the day of the decision"
    ENDED = "ENDED", "It had ended, or was used here no longer, on the day of the decision"
    OTHERS = "OTHERS", "It is for another kind of organisation"
    OUT_OF_SCOPE = "OUT_OF_SCOPE", "Your organisation is not entered as one that it covers"


@dataclass(frozen=True)
class Offer:
    """One row, whether it may be chosen, whether it is in the usual set, and for a row that may not be chosen, why."""

    row: Provision
    why_not: str = ""  # a code of WhyNot; empty: it may be chosen
    usual: bool = False

    @property
    def may_be_chosen(self) -> bool:
        return not self.why_not


def why_not(row: Provision, facts: Facts) -> str:
    """The first reason for which this row may not be chosen; empty where it may. No day yet: judged without one."""
    ours, day = facts.organisation, day_of(facts)
    if not row.on:
        return WhyNot.NOT_CONFIRMED
    if day and day < row.effective_from:
        return WhyNot.NOT_YET
    if day and row.effective_to is not None and row.effective_to < day:
        return WhyNot.ENDED
    if ours.kind and not row.open_to(ours.kind, ours.sector):
        return WhyNot.OTHERS
    if row.scope == "16la" and not ours.in_scope_16la:
        return WhyNot.OUT_OF_SCOPE
    return ""


def offers(facts: Facts, law: Law) -> Iterator[Offer]:
    """Every row of the law, in its order, as these facts find it."""
    usual = suggest(facts, law).codes
    for row in law.all_provisions:
        reason = why_not(row, facts)
        yield Offer(row, reason, not reason and row.code in usual)


def offered(layer: str, facts: Facts, law: Law) -> tuple[Provision, ...]:
    """What may be chosen in one layer: what the form offers."""
    return tuple(row for row in law.all_provisions if row.layer == layer and not why_not(row, facts))
