"""Which provisions of the law an organisation may choose from on the day of a decision, and why not the others."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.codes import Code
from rules.facts import Facts, day_of
from rules.law import Law, Provision
from rules.suggestions import suggest


class WhyNot(Code):
    NOT_CONFIRMED = "NOT_CONFIRMED", "It is enacted, but nobody here has confirmed that it has commenced"
    NOT_YET = "NOT_YET", "It had not commenced on the day of the decision"
    ENDED = "ENDED", "It had ended, or is no longer used here, on the day of the decision"
    OTHERS = "OTHERS", "It is for another kind of organisation"
    OUT_OF_SCOPE = "OUT_OF_SCOPE", "Your organisation is not recorded as covered by it"


@dataclass(frozen=True)
class LegalOption:
    """A provision: whether it can be chosen, whether it is suggested, and why it cannot be chosen."""

    provision: Provision
    why_not: str = ""  # a code of WhyNot; empty: it may be chosen
    usual: bool = False

    @property
    def may_be_chosen(self) -> bool:
        return not self.why_not


def why_not(provision: Provision, facts: Facts) -> str:
    """The first reason why this provision may not be chosen, or empty. Without a date, dates are not checked."""
    ours, day = facts.organisation, day_of(facts)
    if not provision.on:
        return WhyNot.NOT_CONFIRMED
    if day and day < provision.effective_from:
        return WhyNot.NOT_YET
    if day and provision.effective_to is not None and provision.effective_to < day:
        return WhyNot.ENDED
    if ours.kind and not provision.open_to(ours.kind, ours.sector):
        return WhyNot.OTHERS
    if provision.scope == "16la" and not ours.in_scope_16la:
        return WhyNot.OUT_OF_SCOPE
    return ""


def options_for(facts: Facts, law: Law) -> Iterator[LegalOption]:
    """Every provision of the law in order, as an option for these facts."""
    usual = suggest(facts, law).codes
    for provision in law.all_provisions:
        reason = why_not(provision, facts)
        yield LegalOption(provision, reason, not reason and provision.code in usual)


def available_provisions(layer: str, facts: Facts, law: Law) -> tuple[Provision, ...]:
    """The provisions of one layer that can be chosen, which the form offers."""
    return tuple(
        provision for provision in law.all_provisions if provision.layer == layer and not why_not(provision, facts)
    )
