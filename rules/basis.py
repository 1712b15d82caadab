"""Lawful basis: provisions in force, available to the organisation, and valid for each person."""

from collections.abc import Iterator, Mapping

from rules import codes
from rules.codes import Consent, Layer, Sensitivity, YesNoUnknown
from rules.empty_reasons import is_empty_reason
from rules.facts import BasisFacts, Facts, PersonFacts, day_of
from rules.findings import Finding, finding
from rules.law import Law, Provision
from rules.people import concerned, consent_state, given_items, is_shared, without_agreement
from rules.suggestions import suggest


def provision_on_day(provision: BasisFacts, facts: Facts, law: Law) -> Provision | None:
    day = day_of(facts)
    return (law.provision(provision.code, day) if day else None) or law.any_provision(provision.code)


def layer_of(provision: BasisFacts, law: Law) -> str:
    known = law.any_provision(provision.code)
    return known.layer if known else provision.layer


def title(provision: BasisFacts, law: Law) -> str:
    """The plain name in the law or in the decision's copy; the code if neither has one."""
    known = law.any_provision(provision.code)
    return known.short_name if known else provision.name or provision.code


# What is chosen in each layer, as a message names it.
OF_LAYER: Mapping[str, str] = {
    Layer.L1: "lawful basis",
    Layer.ANNEX1: "legitimate interest",
    Layer.L2: "condition",
    Layer.SCHEDULE1: "condition",
    Layer.SCHEDULE8: "condition",
    Layer.L3: "power or duty",
    Layer.L4: "reason to share something confidential",
}
CONSENTED = codes.CONSENT_PROVISIONS


def suggested_basis(facts: Facts, law: Law, layer: str = Layer.L1) -> str:
    """What is suggested in this layer, in words, for a finding that asks for another. Consent is not another."""
    suggestion = suggest(facts, law)
    suggested = {
        Layer.L1: suggestion.l1,
        Layer.ANNEX1: suggestion.annex1,
        Layer.L2: suggestion.l2,
        Layer.SCHEDULE1: suggestion.schedule1,
        Layer.SCHEDULE8: suggestion.schedule8,
        Layer.L3: suggestion.l3,
        Layer.L4: suggestion.l4,
    }
    others = [code for code in suggested.get(Layer(layer), ()) if code not in CONSENTED]
    first = law.any_provision(others[0]) if others else None
    return f"for you it is usually “{first.short_name}”" if first else "ask your manager or data protection officer"


def instead_of(provision: BasisFacts, facts: Facts, law: Law) -> dict[str, str]:
    """The words of a finding that asks for another provision of the same layer."""
    layer = layer_of(provision, law)
    return {
        "provision": title(provision, law),
        "layer": OF_LAYER.get(layer, "provision"),
        "suggestion": suggested_basis(facts, law, layer) if layer in OF_LAYER else "ask your manager",
    }


def applies(provision: BasisFacts, person: PersonFacts) -> bool:
    return not provision.person_ref or provision.person_ref == person.ref


def has_lawful_basis(facts: Facts, law: Law) -> Iterator[Finding]:
    """Everybody whose information is shared has an Article 6 basis (UK GDPR Article 6(1); guidance 2024, rule 3)."""
    if not is_shared(facts):
        return
    first = tuple(provision for provision in facts.basis if layer_of(provision, law) == Layer.L1)
    if not first:
        yield finding("NO_L1")
        return
    for person in concerned(facts):
        if not any(applies(provision, person) for provision in first):
            yield finding("NO_L1", person=person.ref)
    if any(provision.code == "ART6_EA" for provision in first) and not any(
        layer_of(r, law) == Layer.ANNEX1 for r in facts.basis
    ):
        yield finding("ANNEX1_MISSING")


def consent_is_specific(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Consent is specific and informed: to what (UK GDPR Articles 4(11) and 7(1))."""
    if not is_shared(facts) or not any(provision.code in codes.CONSENT_PROVISIONS for provision in facts.basis):
        return
    for person in facts.people:
        if consent_state(person) == Consent.GIVEN and not person.agreed_to:
            yield finding("CONSENT_TO_WHAT", person=person.ref)


def stands_without_agreement(facts: Facts, law: Law) -> Iterator[Finding]:
    """For people who have not agreed, no provision needs consent, and every conditional one has its test answered."""
    if not is_shared(facts):
        return
    for person in without_agreement(facts):
        for provision in facts.basis:
            if applies(provision, person) and provision.code not in codes.CONSENT_PROVISIONS:
                yield from _stands_for_person(provision, person, facts, law)


def _stands_for_person(provision: BasisFacts, person: PersonFacts, facts: Facts, law: Law) -> Iterator[Finding]:
    known = provision_on_day(provision, facts, law)
    says = {provision.refused_ok, known.refused_ok if known else ""}
    if "no" in says:
        yield finding("BASIS_FALLS", person=person.ref, **instead_of(provision, facts, law))
    elif "if" in says and all(is_empty_reason(answer) for answer in provision.answers.values()):
        test = known.refused_test if known else "why it may be used"
        yield finding("TEST_OPEN", person=person.ref, provision=title(provision, law), test=test)


def consent_where_risk_of_harm(facts: Facts, law: Law) -> Iterator[Finding]:
    """Consent is rarely the right basis where someone may come to harm (2024 guidance, rule 3)."""
    if _rests_on_consent(facts) and facts.level in codes.RISK_OF_HARM:
        yield finding("CONSENT_WITH_RISK", suggestion=suggested_basis(facts, law))


def would_share_anyway(facts: Facts, law: Law) -> Iterator[Finding]:
    """Consent that would be overridden is not freely given (UK GDPR Article 4(11))."""
    if _rests_on_consent(facts) and facts.share_anyway == YesNoUnknown.YES:
        yield finding("CONSENT_ANYWAY", suggestion=suggested_basis(facts, law))


def _rests_on_consent(facts: Facts) -> bool:
    return is_shared(facts) and any(provision.code in {"ART6_A", "ART9_A"} for provision in facts.basis)


def confidence(facts: Facts, law: Law) -> Iterator[Finding]:
    """V10: sharing what was told in confidence needs a justification (common law)."""
    in_confidence = any(Sensitivity.CONFIDENCE in item.sensitivities for item in given_items(facts))
    if not is_shared(facts) or not in_confidence:
        return
    chosen = {provision.code for provision in facts.basis if layer_of(provision, law) == Layer.L4}
    if not chosen:
        yield finding("CONFIDENCE_NO_PROVISION")


RULES = (
    has_lawful_basis,
    stands_without_agreement,
    consent_where_risk_of_harm,
    would_share_anyway,
    consent_is_specific,
    confidence,
)
