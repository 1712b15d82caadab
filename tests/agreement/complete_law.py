"""Random rows of the law among those offered to the organisation, the suggested ones half of the time."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from rules.codes import AGREED, CANNOT_DECIDE, RISK_OF_HARM, WITHOUT_CONSENT_PROVISIONS, Layer, Paragraph18
from rules.facts import BasisFacts, Facts, PersonFacts
from rules.law import Law
from rules.law_files import load
from rules.legal_options import available_provisions
from rules.people import needs_offences, needs_special_category
from rules.suggestions import suggest, suggest_for_person
from tests.agreement.drawing import chance, optional, reason, some

CONSENT, EXPLICIT_CONSENT, INTERESTS = "ART6_A", "ART9_A", "ART6_EA"
OF_A_PERSON = {"l2": Layer.L2, "schedule1": Layer.SCHEDULE1, "schedule8": Layer.SCHEDULE8}


def law_for(facts: Facts) -> Law:
    return load().for_us(facts.commencements, facts.local_provisions, facts.retired)


def is_simple(facts: Facts) -> bool:
    """Nobody may come to harm and everybody who can agree does: the form asks for no risks then."""
    return facts.level not in RISK_OF_HARM and all(
        not person.alleged_source_of_harm and person.consent_state in AGREED | CANNOT_DECIDE for person in facts.people
    )


def is_sensitive(facts: Facts, person: PersonFacts) -> bool:
    return needs_special_category(facts, person) or needs_offences(facts, person)


def basis(rng: Random, facts: Facts) -> Facts:
    law, usual = law_for(facts), chance(rng, 0.5)
    rows = list(_for_all(rng, facts, law, usual=usual))
    people = []
    for person in facts.people:
        if not is_sensitive(facts, person):
            people.append(person)
            continue
        mine = _own_codes(rng, facts, person, law, usual=usual)
        answered = _answered(rng, person, mine)
        people.append(answered)
        rows += [_row(rng, facts, law, code, answered) for code in mine]
    facts = replace(facts, people=tuple(people), basis=tuple(rows), why_no_more=reason(rng))
    if not is_simple(facts):
        facts = replace(facts, risk_if_shared=reason(rng), risk_if_not=reason(rng))
    rests = any(row.code in {CONSENT, EXPLICIT_CONSENT} for row in rows)
    return replace(facts, share_anyway="no") if rests and facts.level in RISK_OF_HARM else facts


def _for_all(rng: Random, facts: Facts, law: Law, *, usual: bool) -> list[BasisFacts]:
    suggestion = suggest(facts, law)
    codes = {layer: [row.code for row in available_provisions(layer, facts, law)] for layer in Layer}
    first = next((code for code in suggestion.l1 if code in codes[Layer.L1]), "") if usual else ""
    chosen = [first or rng.choice(codes[Layer.L1])]
    if chosen == [INTERESTS]:
        chosen += some(rng, codes[Layer.ANNEX1], 2, least=0 if chance(rng, 0.2) else 1)
    suggested = [code for code in (*suggestion.l3, *suggestion.recipient_functions) if code in codes[Layer.L3]]
    chosen += suggested if usual else some(rng, codes[Layer.L3], 3)
    lifts = [code for code in suggestion.l4 if code in codes[Layer.L4]] if usual else []
    chosen += lifts[:1] or ([rng.choice(codes[Layer.L4])] if chance(rng, 0.7) else [])
    return [_row(rng, facts, law, code, None) for code in dict.fromkeys(chosen)]


def _own_codes(rng: Random, facts: Facts, person: PersonFacts, law: Law, *, usual: bool) -> list[str]:
    here = {name: [row.code for row in available_provisions(layer, facts, law)] for name, layer in OF_A_PERSON.items()}
    if usual:
        suggestion = suggest_for_person(facts, person, suggest(facts, law))
        return [code for name in OF_A_PERSON for code in getattr(suggestion, name) if code in here[name]]
    return [code for name in OF_A_PERSON for code in some(rng, here[name], 2, least=1)]


def _answered(rng: Random, person: PersonFacts, mine: list[str]) -> PersonFacts:
    if not WITHOUT_CONSENT_PROVISIONS.intersection(mine):
        return person
    return replace(person, p18_reason=rng.choice(tuple(Paragraph18)).value, p18_text=reason(rng))


def _row(rng: Random, facts: Facts, law: Law, code: str, person: PersonFacts | None) -> BasisFacts:
    """The row as it is kept by value on the day of the decision."""
    assert facts.decided_at
    latest = law.any_provision(code)
    kept = law.provision(code, facts.decided_at.date()) or latest
    assert latest
    assert kept
    answers: Mapping[str, Any] = {}
    if latest.refused_test:
        answer = person.p18_text if code in WITHOUT_CONSENT_PROVISIONS and person else optional(rng, 0.85)
        answers = {latest.refused_test: answer}
    return BasisFacts(
        code=code, layer=kept.layer, refused_ok=kept.refused_ok, person_ref=person.ref if person else None,
        answers=answers, kind=kept.kind_for(facts.organisation.sector), name=kept.short_name,
        law_version=law.version, law_sha256=law.sha256,
    )  # fmt: skip
