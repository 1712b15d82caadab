"""Legal duties to share: no choice to offer, conditions to meet, deadlines to keep."""

from collections.abc import Iterator
from datetime import date

from rules import codes
from rules.codes import Level, Outcome, Trigger, YesNoUnknown
from rules.deadlines import fgm
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, day_of
from rules.findings import Finding, finding
from rules.law import Law
from rules.organisations import RecipientKind
from rules.people import given_to, is_shared
from rules.relied_on import own_powers
from rules.suggestions import duty_code

FGM = "FGMA03_5B"
SHARE_DUTY = "CA04_16LA"


def leaves_no_choice(facts: Facts, law: Law) -> bool:
    """Whether there is a court order or a duty to disclose; a duty to have arrangements leaves a choice."""
    provisions = (law.any_provision(provision.code) for provision in facts.basis)
    return facts.trigger in codes.DUTY_TRIGGERS or any(
        provision is not None and provision.hides_choice for provision in provisions
    )


def nothing_to_weigh(facts: Facts, law: Law) -> bool:
    """Whether every power chosen is an order or a duty, or it started with one and no other power was chosen."""
    powers = [law.any_provision(row.code) for row in own_powers(facts, law)]
    if not powers:
        return facts.trigger in codes.DUTY_TRIGGERS
    return all(power is not None and power.hides_choice for power in powers)


def duty_not_known_yet(facts: Facts) -> bool:
    """Whether somebody asked and no law is chosen yet: the request may be one that has to be answered."""
    return facts.trigger == Trigger.REQ and not facts.basis


def duty_named(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A duty that leaves no choice is named."""
    if facts.trigger == Trigger.MANDATORY and not facts.duty.strip():
        yield finding("DUTY_NOT_NAMED")


def duty_complied_with(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Not complying with the law or a court order can be recorded, and the supervisor sees it."""
    excused = under_share_duty(facts.trigger, facts.duty) and not is_empty_reason(facts.share_duty.detriment)
    if facts.trigger in codes.DUTY_TRIGGERS and facts.outcome in codes.NOT_SHARED and not excused:
        yield finding("DUTY_NOT_DONE")


def no_choice_offered(facts: Facts, law: Law) -> Iterator[Finding]:
    """V8: a choice that does not exist is not offered (GMC, Confidentiality; 2024 guidance, rule 3)."""
    offered = any(recipient.choice == YesNoUnknown.YES for recipient in given_to(facts))
    if is_shared(facts) and offered and leaves_no_choice(facts, law):
        yield finding("CHOICE_NOT_THEIRS")


def early_help_needs_agreement(facts: Facts, law: Law) -> Iterator[Finding]:
    """V8: only a duty to disclose hides the choice, or early help would never be asked for (Children Act 2004 s10)."""
    early = facts.level == Level.NONE_OR_EARLY and facts.trigger != Trigger.KCSIE_TRANSFER
    hidden = any(recipient.choice == YesNoUnknown.NO for recipient in given_to(facts))
    if is_shared(facts) and early and hidden and not leaves_no_choice(facts, law):
        yield finding("EARLY_HELP_CHOICE")


def under_share_duty(trigger: str | None, duty: str | None) -> bool:
    """Whether the duty to share was chosen on the request page, so that its conditions are asked there."""
    return trigger == Trigger.MANDATORY and duty == SHARE_DUTY


def share_duty_binds(facts: Facts, law: Law) -> bool:
    """Whether the duty to share was in force on the day of the decision and binds both, as far as is known."""
    day = day_of(facts)
    other_end = not facts.recipients or any(recipient.in_scope_16la for recipient in facts.recipients)
    return (
        day is not None
        and law.provision(SHARE_DUTY, day) is not None
        and facts.organisation.in_scope_16la
        and other_end
    )


def detriment(facts: Facts, law: Law) -> Iterator[Finding]:
    """V7: under the duty to share, only harm to the child is a reason not to (Children Act 2004 section 16LA(4))."""
    if facts.outcome not in codes.NOT_SHARED or not share_duty_binds(facts, law):
        return
    if "" in _conditions(facts):
        yield finding("SHARE_DUTY_UNSAID")
    if _conditions(facts) == {YesNoUnknown.YES} and is_empty_reason(facts.share_duty.detriment):
        yield finding("DETRIMENT")


def _conditions(facts: Facts) -> set[str]:
    return {facts.share_duty.holds, facts.share_duty.relevant, facts.share_duty.helps}


def is_fgm(facts: Facts) -> bool:
    named = facts.trigger == Trigger.MANDATORY and duty_code(facts) == FGM
    return named or any(provision.code == FGM for provision in facts.basis)


def fgm_personal(facts: Facts, _law: Law) -> Iterator[Finding]:
    """V13: whoever was told must report it themselves; they cannot pass it on (FGM Act 2003 section 5B(1))."""
    if is_fgm(facts) and facts.outcome == Outcome.PASSED_UP:
        yield finding("FGM_PERSONAL")


def fgm_in_time(facts: Facts, _law: Law) -> Iterator[Finding]:
    """V13: by the next working day, as guidance expects; a month at most (FGM Act 2003 section 5B(5)(c))."""
    if not is_fgm(facts):
        return
    if facts.discovered_at is None:
        yield finding("DISCOVERED_MISSING")
        return
    reported, due = _reported_on(facts), fgm(facts.discovered_at.date())
    if reported and reported > due.last:
        yield finding("FGM_MONTH")
    elif reported and reported > due.expected:
        yield finding("FGM_LATE")


def _reported_on(facts: Facts) -> date | None:
    """When the police were first told, or when it was decided to tell them."""
    police = {recipient.ref for recipient in facts.recipients if recipient.kind == RecipientKind.POLICE}
    reported = [sending.at.date() for sending in facts.sendings if sending.at and sending.recipient_ref in police]
    return min(reported, default=day_of(facts))


def transfer(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A child protection file follows within five school days of the start (Keeping children safe in education)."""
    if facts.trigger != Trigger.KCSIE_TRANSFER or not is_shared(facts):
        return
    if facts.starts_on is None:
        yield finding("TRANSFER_START")
    if not any(recipient.kind in {"", RecipientKind.SCHOOL} for recipient in given_to(facts)):
        yield finding("TRANSFER_SCHOOL")


RULES = (
    duty_named,
    duty_complied_with,
    no_choice_offered,
    early_help_needs_agreement,
    detriment,
    fgm_personal,
    fgm_in_time,
    transfer,
)
