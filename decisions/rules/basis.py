"""What lets you share: rows of law that were in force, are yours to use, and stand for each person."""

from collections.abc import Iterator

from decisions.rules import codes
from decisions.rules.bundles import PUBLIC_KINDS, suggest
from decisions.rules.codes import Layer, Sensitivity, Trigger
from decisions.rules.days import day_of
from decisions.rules.facts import BasisFacts, Facts, PersonFacts
from decisions.rules.findings import Finding, find
from decisions.rules.law import RECIPIENTS, Law, LawRow
from decisions.rules.people import agreed, concerned, given_items, is_shared, without_agreement
from decisions.rules.reasons import is_no_reason


def law_row(row: BasisFacts, facts: Facts, law: Law) -> LawRow | None:
    day = day_of(facts)
    return (law.row(row.code, day) if day else None) or law.any_row(row.code)


def layer_of(row: BasisFacts, law: Law) -> str:
    known = law.any_row(row.code)
    return known.layer if known else row.layer


def title(row: BasisFacts, law: Law) -> str:
    known = law.any_row(row.code)
    return known.short_name if known else row.code


def offer(facts: Facts, law: Law) -> str:
    """The usual set in words, for a message that has to send someone back."""
    bundle = suggest(facts, law)
    first = law.any_row(bundle.l1[0]) if bundle.l1 else None
    return f"for you it is usually “{first.short_name}”" if first else "ask your manager or data protection officer"


def applies(row: BasisFacts, person: PersonFacts) -> bool:
    return not row.person_ref or row.person_ref == person.ref


def something_lets_you(facts: Facts, law: Law) -> Iterator[Finding]:
    """Everybody whose data goes is covered by an Article 6 basis (UK GDPR Article 6(1); guidance 2024, rule 3)."""
    if not is_shared(facts):
        return
    first = tuple(row for row in facts.basis if layer_of(row, law) == Layer.L1)
    if not first:
        yield find("NO_L1")
        return
    for person in concerned(facts):
        if not any(applies(row, person) for row in first):
            yield find("NO_L1", person=person.ref)
    if any(row.code == "ART6_EA" for row in first) and not any(layer_of(r, law) == Layer.ANNEX1 for r in facts.basis):
        yield find("ANNEX1_MISSING")


def consent_is_consent(facts: Facts, law: Law) -> Iterator[Finding]:
    """V1: a basis of consent is only for those who gave it (UK GDPR Articles 4(11) and 7)."""
    if not is_shared(facts):
        return
    for row in facts.basis:
        if row.code in codes.CONSENT_ROWS:
            for person in concerned(facts):
                if applies(row, person) and not agreed(facts, person):
                    yield find("CONSENT_BASIS", person=person.ref, row=title(row, law), bundle=offer(facts, law))


def stands(facts: Facts, law: Law) -> Iterator[Finding]:
    """For those who have not agreed, no row falls with a no, and an "if" has its question answered."""
    if not is_shared(facts):
        return
    for person in without_agreement(facts):
        for row in facts.basis:
            if applies(row, person) and row.code not in codes.CONSENT_ROWS:
                yield from _stands(row, person, facts, law)


def _stands(row: BasisFacts, person: PersonFacts, facts: Facts, law: Law) -> Iterator[Finding]:
    known = law_row(row, facts, law)
    says = {row.refused_ok, known.refused_ok if known else ""}
    if "no" in says:
        yield find("BASIS_FALLS", person=person.ref, row=title(row, law), bundle=offer(facts, law))
    elif "if" in says and all(is_no_reason(answer) for answer in row.answers.values()):
        test = known.refused_test if known else "why it may be used"
        yield find("TEST_OPEN", person=person.ref, row=title(row, law), test=test)


def consent_where_harm(facts: Facts, law: Law) -> Iterator[Finding]:
    """Consent is rarely the right basis where someone may come to harm (2024 guidance, rule 3)."""
    chosen = any(row.code in {"ART6_A", "ART9_A"} for row in facts.basis)
    if chosen and is_shared(facts) and facts.level in codes.RISK_OF_HARM:
        yield find("CONSENT_WITH_RISK", bundle=offer(facts, law))


def confidence(facts: Facts, law: Law) -> Iterator[Finding]:
    """V10: something told in confidence needs what lifts it (common law)."""
    told = any(Sensitivity.CONFIDENCE in item.sensitivities for item in given_items(facts))
    if not is_shared(facts) or not told:
        return
    chosen = {row.code for row in facts.basis if layer_of(row, law) == Layer.L4}
    if not chosen:
        yield find("CONFIDENCE_NO_ROW")
    elif chosen == {"CONF_NONE"}:
        yield find("CONFIDENCE_DOUBT")


def power(facts: Facts, law: Law) -> Iterator[Finding]:
    """V11: a public body names the power or duty it shares under; an order or a duty is named as such."""
    if not is_shared(facts):
        return
    own = tuple(row for row in facts.basis if layer_of(row, law) == Layer.L3 and not _is_recipients(row, facts, law))
    if facts.organisation.kind in PUBLIC_KINDS and not own:
        yield find("POWER_MISSING")
    duties = {row.code for row in own if (known := law.any_row(row.code)) and known.hides_choice}
    wanted = {"COURT_ORDER"} & duties if facts.trigger == Trigger.COURT_ORDER else duties
    if facts.trigger in codes.DUTY_TRIGGERS and not wanted:
        yield find("DUTY_ROW_MISSING")


def _is_recipients(row: BasisFacts, facts: Facts, law: Law) -> bool:
    known = law.any_row(row.code)
    return row.kind == RECIPIENTS or (known is not None and law.is_recipients(known, facts.organisation.sector))


def usable(facts: Facts, law: Law) -> Iterator[Finding]:
    """V4, V7, V14: each row is known, in force on the day, and open to this kind of organisation."""
    for code in dict.fromkeys(row.code for row in facts.basis):
        row = next(row for row in facts.basis if row.code == code)
        known = law_row(row, facts, law)
        if known is not None:
            yield from _usable(row, known, facts, law)
        elif not (row.layer and row.refused_ok):
            yield find("ROW_UNKNOWN", row=code)


def _usable(row: BasisFacts, known: LawRow, facts: Facts, law: Law) -> Iterator[Finding]:
    ours, name = facts.organisation, known.short_name
    day = day_of(facts)
    if (day is not None and law.row(row.code, day) is None) or not known.on:
        yield find("ROW_NOT_IN_FORCE", row=name)
    if known.scope == "16la" and not ours.in_scope_16la:
        yield find("ROW_OUT_OF_SCOPE", row=name)
    if ours.kind in PUBLIC_KINDS and row.code in {"ART6_EA", "ART6_F"}:
        yield find("PUBLIC_BODY_INTERESTS", row=name)
    elif (ours.kind and not known.open_to(ours.kind)) or (
        known.kind_for(ours.sector) == RECIPIENTS and not _is_recipients(row, facts, law)
    ):
        yield find("ROW_NOT_YOURS", row=name)
    if known.needs_policy_document and ours.policy_document_on is None:
        yield find("POLICY_DOCUMENT", row=name)


RULES = (something_lets_you, consent_is_consent, stands, consent_where_harm, confidence, power, usable)
