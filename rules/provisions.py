"""Checks on each chosen provision: known, in force on the day, and available to this organisation."""

from collections.abc import Iterator

from rules import codes
from rules.basis import provision_on_day, title
from rules.codes import Trigger
from rules.facts import BasisFacts, Facts, day_of
from rules.findings import Finding, finding
from rules.law import RECIPIENTS, Law, Provision
from rules.law_files import kept_provision
from rules.people import given_to, is_shared
from rules.relied_on import is_recipients, own_powers
from rules.suggestions import PUBLIC_KINDS

LAW_ENFORCEMENT = "LE"
Chosen = tuple[BasisFacts, Provision]


def power(facts: Facts, law: Law) -> Iterator[Finding]:
    """V11: a public body names its power or duty to share; an order or a duty is named as such."""
    if not is_shared(facts):
        return
    own = own_powers(facts, law)
    if facts.organisation.kind in PUBLIC_KINDS and not own:
        yield finding("POWER_MISSING")
    duties = {
        provision.code for provision in own if (known := law.any_provision(provision.code)) and known.hides_choice
    }
    required = {"COURT_ORDER"} & duties if facts.trigger == Trigger.COURT_ORDER else duties
    if facts.trigger in codes.DUTY_TRIGGERS and not required:
        yield finding("DUTY_PROVISION_MISSING")


def chosen_provisions(facts: Facts, law: Law) -> tuple[Chosen, ...]:
    """Each chosen provision that is in the law tables, once."""
    by_code = {provision.code: provision for provision in reversed(facts.basis)}
    return tuple(
        (provision, known)
        for provision in by_code.values()
        if (known := provision_on_day(provision, facts, law)) is not None
    )


def known_provisions(facts: Facts, law: Law) -> Iterator[Finding]:
    """An unknown code is no law; a record's copy of a provision that has since been removed still counts.

    It counts as a version of the law had it: what a copy says of itself proves nothing.
    """
    for provision in facts.basis:
        if provision_on_day(provision, facts, law) is not None:
            continue
        if law.knows(provision.code):
            yield finding("PROVISION_NOT_IN_FORCE", provision=title(provision, law))
        elif not _is_kept_copy(provision):
            yield finding("PROVISION_UNKNOWN", provision=title(provision, law))


def _is_kept_copy(provision: BasisFacts) -> bool:
    copied = kept_provision(provision.law_version, provision.law_sha256, provision.code)
    return copied is not None and (copied.layer, copied.refused_ok) == (provision.layer, provision.refused_ok)


def in_force(facts: Facts, law: Law) -> Iterator[Finding]:
    """V14: the law on the day of the decision counts, not of the recording; unconfirmed law is not in force."""
    day = day_of(facts)
    for _, known in chosen_provisions(facts, law):
        if not known.on or (day is not None and not known.in_force(day)):
            yield finding("PROVISION_NOT_IN_FORCE", provision=known.short_name)


def interests_of_a_public_body(facts: Facts, law: Law) -> Iterator[Finding]:
    """V4: a public authority cannot use legitimate interests for its tasks (UK GDPR Article 6(1); ICO, March 2026)."""
    for provision, known in chosen_provisions(facts, law):
        if facts.organisation.kind in PUBLIC_KINDS and provision.code in {"ART6_EA", "ART6_F"}:
            yield finding("PUBLIC_BODY_INTERESTS", provision=known.short_name)


def own_function(facts: Facts, law: Law) -> Iterator[Finding]:
    """The provision is for this kind of organisation: its own function, or the recipient's."""
    organisation = facts.organisation
    for provision, known in chosen_provisions(facts, law):
        closed = bool(organisation.kind) and not known.open_to(organisation.kind, organisation.sector)
        others = known.kind_for(organisation.sector) == RECIPIENTS and not is_recipients(provision, facts, law)
        public = organisation.kind in PUBLIC_KINDS and provision.code in {"ART6_EA", "ART6_F"}
        if closed and known.who == LAW_ENFORCEMENT:
            yield finding("PROVISION_POLICE_ONLY", provision=known.short_name)
        elif (closed or others) and not public:
            yield finding("PROVISION_NOT_YOURS", provision=known.short_name)


def both_in_scope(facts: Facts, law: Law) -> Iterator[Finding]:
    """V7: the duty to share binds only those in its scope, on both sides (Children Act 2004 section 16LA)."""
    for _, known in chosen_provisions(facts, law):
        if known.scope != "16la":
            continue
        if not facts.organisation.in_scope_16la:
            yield finding("PROVISION_OUT_OF_SCOPE", provision=known.short_name)
        if is_shared(facts) and not any(recipient.in_scope_16la for recipient in given_to(facts)):
            yield finding("RECIPIENT_OUT_OF_SCOPE", provision=known.short_name)


def policy_document(facts: Facts, law: Law) -> Iterator[Finding]:
    """The condition needs an appropriate policy document (Data Protection Act 2018 Schedule 1 Part 4)."""
    dated, day = facts.organisation.policy_document_on, day_of(facts)
    if dated is not None and (day is None or dated <= day):
        return
    kinds = {recipient.kind for recipient in given_to(facts)}
    for _, known in chosen_provisions(facts, law):
        excused = bool(kinds) and kinds <= set(known.policy_document_unless)
        if known.needs_policy_document and not excused:
            yield finding("POLICY_DOCUMENT", provision=known.short_name)


RULES = (
    power,
    known_provisions,
    in_force,
    interests_of_a_public_body,
    own_function,
    both_in_scope,
    policy_document,
)
