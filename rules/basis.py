"""What lets you share: rows of law that were in force, are yours to use, and stand for each person."""

from collections.abc import Iterator

from rules import codes
from rules.agreement import why_no_yes
from rules.codes import AgreedTo, Consent, Layer, Sensitivity, YesNoUnknown
from rules.empty_reasons import is_empty_reason
from rules.facts import BasisFacts, Facts, PersonFacts, day_of
from rules.findings import Finding, finding
from rules.law import Law, Provision
from rules.people import concerned, consent_state, given_items, is_shared, without_agreement
from rules.suggestions import suggest


def law_row(row: BasisFacts, facts: Facts, law: Law) -> Provision | None:
    day = day_of(facts)
    return (law.row(row.code, day) if day else None) or law.any_provision(row.code)


def layer_of(row: BasisFacts, law: Law) -> str:
    known = law.any_provision(row.code)
    return known.layer if known else row.layer


def title(row: BasisFacts, law: Law) -> str:
    known = law.any_provision(row.code)
    return known.short_name if known else row.code


def offer(facts: Facts, law: Law) -> str:
    """The usual set in words, for a message that has to send someone back."""
    suggestion = suggest(facts, law)
    first = law.any_provision(suggestion.l1[0]) if suggestion.l1 else None
    return f"for you it is usually “{first.short_name}”" if first else "ask your manager or data protection officer"


def applies(row: BasisFacts, person: PersonFacts) -> bool:
    return not row.person_ref or row.person_ref == person.ref


def something_lets_you(facts: Facts, law: Law) -> Iterator[Finding]:
    """Everybody whose data goes is covered by an Article 6 basis (UK GDPR Article 6(1); guidance 2024, rule 3)."""
    if not is_shared(facts):
        return
    first = tuple(row for row in facts.basis if layer_of(row, law) == Layer.L1)
    if not first:
        yield finding("NO_L1")
        return
    for person in concerned(facts):
        if not any(applies(row, person) for row in first):
            yield finding("NO_L1", person=person.ref)
    if any(row.code == "ART6_EA" for row in first) and not any(layer_of(r, law) == Layer.ANNEX1 for r in facts.basis):
        yield finding("ANNEX1_MISSING")


def consent_is_consent(facts: Facts, law: Law) -> Iterator[Finding]:
    """V1: a basis of consent is only for those who gave it (UK GDPR Articles 4(11) and 7)."""
    if not is_shared(facts):
        return
    for row in facts.basis:
        if row.code in codes.CONSENT_PROVISIONS:
            for person in concerned(facts):
                if applies(row, person) and (wrong := why_no_yes(facts, person, yes_for(row.code))):
                    yield finding(wrong, person=person.ref, provision=title(row, law), suggestion=offer(facts, law))


def yes_for(code: str) -> str:
    """Passing on a confidence needs a yes to that; the others a yes to the sharing."""
    return AgreedTo.CONFIDENCE if code == "CONF_CONSENT" else AgreedTo.SHARING


def what_the_yes_was(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Consent is specific and informed: to what (UK GDPR Articles 4(11) and 7(1))."""
    if not is_shared(facts) or not any(row.code in codes.CONSENT_PROVISIONS for row in facts.basis):
        return
    for person in facts.people:
        if consent_state(person) == Consent.GIVEN and not person.agreed_to:
            yield finding("CONSENT_TO_WHAT", person=person.ref)


def stands(facts: Facts, law: Law) -> Iterator[Finding]:
    """For those who have not agreed, no row falls with a no, and an "if" has its question answered."""
    if not is_shared(facts):
        return
    for person in without_agreement(facts):
        for row in facts.basis:
            if applies(row, person) and row.code not in codes.CONSENT_PROVISIONS:
                yield from _stands(row, person, facts, law)


def _stands(row: BasisFacts, person: PersonFacts, facts: Facts, law: Law) -> Iterator[Finding]:
    known = law_row(row, facts, law)
    says = {row.refused_ok, known.refused_ok if known else ""}
    if "no" in says:
        yield finding("BASIS_FALLS", person=person.ref, provision=title(row, law), suggestion=offer(facts, law))
    elif "if" in says and all(is_empty_reason(answer) for answer in row.answers.values()):
        test = known.refused_test if known else "why it may be used"
        yield finding("TEST_OPEN", person=person.ref, provision=title(row, law), test=test)


def consent_where_harm(facts: Facts, law: Law) -> Iterator[Finding]:
    """Consent is rarely the right basis where someone may come to harm (2024 guidance, rule 3)."""
    if _rests_on_consent(facts) and facts.level in codes.RISK_OF_HARM:
        yield finding("CONSENT_WITH_RISK", suggestion=offer(facts, law))


def would_share_anyway(facts: Facts, law: Law) -> Iterator[Finding]:
    """Consent that would not be honoured is none (UK GDPR Article 4(11): freely given)."""
    if _rests_on_consent(facts) and facts.share_anyway == YesNoUnknown.YES:
        yield finding("CONSENT_ANYWAY", suggestion=offer(facts, law))


def _rests_on_consent(facts: Facts) -> bool:
    return is_shared(facts) and any(row.code in {"ART6_A", "ART9_A"} for row in facts.basis)


def confidence(facts: Facts, law: Law) -> Iterator[Finding]:
    """V10: something told in confidence needs what lifts it (common law)."""
    told = any(Sensitivity.CONFIDENCE in item.sensitivities for item in given_items(facts))
    if not is_shared(facts) or not told:
        return
    chosen = {row.code for row in facts.basis if layer_of(row, law) == Layer.L4}
    if not chosen:
        yield finding("CONFIDENCE_NO_PROVISION")
    elif chosen == {"CONF_NONE"}:
        yield finding("CONFIDENCE_DOUBT")


RULES = (
    something_lets_you,
    consent_is_consent,
    stands,
    consent_where_harm,
    would_share_anyway,
    what_the_yes_was,
    confidence,
)
