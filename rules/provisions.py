"""Each row of the law that was chosen: known, in force on the day, and open to this organisation."""

from collections.abc import Iterator

from rules import codes
from rules.agreement import said_yes_to_help
from rules.basis import law_row, layer_of
from rules.codes import Layer, Trigger
from rules.facts import BasisFacts, Facts, day_of
from rules.findings import Finding, finding
from rules.law import RECIPIENTS, Law, Provision
from rules.people import concerned, given_to, is_shared
from rules.suggestions import PUBLIC_KINDS

LAW_ENFORCEMENT = "LE"
Chosen = tuple[BasisFacts, Provision]


def power(facts: Facts, law: Law) -> Iterator[Finding]:
    """V11: a public body names the power or duty it shares under; an order or a duty is named as such."""
    if not is_shared(facts):
        return
    own = tuple(row for row in facts.basis if layer_of(row, law) == Layer.L3 and not is_recipients(row, facts, law))
    own = tuple(row for row in own if (known := law.any_provision(row.code)) is None or known.kind != "limits")
    if facts.organisation.kind in PUBLIC_KINDS and not own:
        yield finding("POWER_MISSING")
    duties = {row.code for row in own if (known := law.any_provision(row.code)) and known.hides_choice}
    wanted = {"COURT_ORDER"} & duties if facts.trigger == Trigger.COURT_ORDER else duties
    if facts.trigger in codes.DUTY_TRIGGERS and not wanted:
        yield finding("DUTY_PROVISION_MISSING")


def is_recipients(row: BasisFacts, facts: Facts, law: Law) -> bool:
    """Whether the row stands for what the recipient does with it (the corrections to section 47: a school refers)."""
    known = law.any_provision(row.code)
    return row.kind == RECIPIENTS or (known is not None and law.is_recipients(known, facts.organisation.sector))


def chosen_rows(facts: Facts, law: Law) -> tuple[Chosen, ...]:
    """Each row of the tables that was chosen, once."""
    by_code = {row.code: row for row in reversed(facts.basis)}
    return tuple((row, known) for row in by_code.values() if (known := law_row(row, facts, law)) is not None)


def known_provisions(facts: Facts, law: Law) -> Iterator[Finding]:
    """A code that is in no table is no law; a record's own copy of a row that has left the tables still counts."""
    for row in facts.basis:
        if law_row(row, facts, law) is not None:
            continue
        if law.knows(row.code):
            yield finding("PROVISION_NOT_IN_FORCE", provision=row.code)
        elif not (row.layer and row.refused_ok):
            yield finding("PROVISION_UNKNOWN", provision=row.code)


def in_force(facts: Facts, law: Law) -> Iterator[Finding]:
    """V14: by the law of the day of the decision, not of the recording; unconfirmed law is not in force."""
    day = day_of(facts)
    for _, known in chosen_rows(facts, law):
        if not known.on or (day is not None and not known.in_force(day)):
            yield finding("PROVISION_NOT_IN_FORCE", provision=known.short_name)


def interests_of_a_public_body(facts: Facts, law: Law) -> Iterator[Finding]:
    """V4: a public authority cannot rest its tasks on interests (UK GDPR Article 6(1); ICO guidance, March 2026)."""
    for row, known in chosen_rows(facts, law):
        if facts.organisation.kind in PUBLIC_KINDS and row.code in {"ART6_EA", "ART6_F"}:
            yield finding("PUBLIC_BODY_INTERESTS", provision=known.short_name)


def yours(facts: Facts, law: Law) -> Iterator[Finding]:
    """Whose row it is: for this kind of organisation, and its own function or the recipient's."""
    ours = facts.organisation
    for row, known in chosen_rows(facts, law):
        closed = bool(ours.kind) and not known.open_to(ours.kind, ours.sector)
        others = known.kind_for(ours.sector) == RECIPIENTS and not is_recipients(row, facts, law)
        public = ours.kind in PUBLIC_KINDS and row.code in {"ART6_EA", "ART6_F"}
        if closed and known.who == LAW_ENFORCEMENT:
            yield finding("PROVISION_POLICE_ONLY", provision=known.short_name)
        elif (closed or others) and not public:
            yield finding("PROVISION_NOT_YOURS", provision=known.short_name)


def both_ends(facts: Facts, law: Law) -> Iterator[Finding]:
    """V7: the duty to share binds only those within it, on both ends (Children Act 2004 section 16LA)."""
    for _, known in chosen_rows(facts, law):
        if known.scope != "16la":
            continue
        if not facts.organisation.in_scope_16la:
            yield finding("PROVISION_OUT_OF_SCOPE", provision=known.short_name)
        if is_shared(facts) and not any(one.in_scope_16la for one in given_to(facts)):
            yield finding("RECIPIENT_OUT_OF_SCOPE", provision=known.short_name)


def policy_document(facts: Facts, law: Law) -> Iterator[Finding]:
    """An appropriate policy document stands behind the condition (Data Protection Act 2018 Schedule 1 Part 4)."""
    made, day = facts.organisation.policy_document_on, day_of(facts)
    if made is not None and (day is None or made <= day):
        return
    kinds = {one.kind for one in given_to(facts)}
    for _, known in chosen_rows(facts, law):
        excused = bool(kinds) and kinds <= set(known.policy_document_unless)
        if known.needs_policy_document and not excused:
            yield finding("POLICY_DOCUMENT", provision=known.short_name)


def help_they_want(facts: Facts, law: Law) -> Iterator[Finding]:
    """Some help is only for those who want it (Housing Act 1996 s213B; Channel, Counter-Terrorism and Security Act)."""
    if not is_shared(facts):
        return
    for _, known in chosen_rows(facts, law):
        if known.kind == "needs_agreement" and not any(said_yes_to_help(one) for one in concerned(facts)):
            yield finding("HELP_NOT_WANTED", provision=known.short_name)


RULES = (
    power,
    known_provisions,
    in_force,
    interests_of_a_public_body,
    yours,
    both_ends,
    policy_document,
    help_they_want,
)
