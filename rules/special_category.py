"""Sensitive information, person by person: Articles 9 and 10 and the conditions of Schedule 1."""

from collections.abc import Iterator

from rules import codes
from rules.codes import Layer, Sensitivity
from rules.facts import Facts, PersonFacts
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import (
    concerned,
    given_items,
    is_shared,
    needs_offences,
    needs_special_category,
    provisions_for,
    provisions_for_everyone,
)
from rules.suggestions import NEED_SCHEDULE1, POLICE_PURPOSE

# Data Protection Act 2018 section 10: Part 1 paragraph 1 for (b) and 2 for (h), Part 2 for (g).
CONDITIONS_OF = {
    "ART9_B": frozenset({"S1_P1"}),
    "ART9_G": frozenset({"S1_P6", "S1_P10", "S1_P17", "S1_P18", "S1_P19"}),
    "ART9_H": frozenset({"S1_P2"}),
}


def conditions_chosen(facts: Facts, law: Law) -> Iterator[Finding]:
    """V9: each person whose sensitive information is given has the provisions for it (UK GDPR Articles 9 and 10)."""
    if not is_shared(facts):
        return
    for person in concerned(facts):
        chosen = {provision.code for provision in provisions_for(facts, person)}
        if POLICE_PURPOSE in chosen:
            yield from _in_police_work(facts, person, chosen)
            continue
        article9 = {code for code in chosen if code.startswith("ART9_")}
        special, offences = needs_special_category(facts, person), needs_offences(facts, person)
        if special and not article9:
            yield finding("SPECIAL_NO_PROVISION", person=person.ref)
        if offences and "ART10" not in chosen:
            yield finding("OFFENCES_NO_PROVISION", person=person.ref)
        yield from _conditioned(person, chosen, law, special=special, offences=offences)
    yield from _about_nobody(facts)


def _in_police_work(facts: Facts, person: PersonFacts, chosen: set[str]) -> Iterator[Finding]:
    """Sensitive information needs a condition of Schedule 8 (Data Protection Act 2018 section 35(5))."""
    if needs_special_category(facts, person) and not any(code.startswith("S8_") for code in chosen):
        yield finding("POLICE_CONDITION", person=person.ref)


def _conditioned(
    person: PersonFacts, chosen: set[str], law: Law, *, special: bool, offences: bool
) -> Iterator[Finding]:
    """Articles 9(2)(g), 9(2)(h) and 10 need a condition of Schedule 1 (Data Protection Act 2018 sections 10 and 11)."""
    needing = sorted(chosen & NEED_SCHEDULE1) if special else []
    if offences and "ART10" in chosen:
        needing.append("ART10")
    for code in needing:
        if not any(_serves(condition, code, law) for condition in chosen):
            provision = law.any_provision(code)
            yield finding("CONDITION_MISSING", person=person.ref, provision=provision.short_name if provision else code)
            return


def _serves(condition: str, code: str, law: Law) -> bool:
    """Article 10 needs any condition of Schedule 1; each part of Article 9(2) one of its own, or a local one."""
    provision = law.any_provision(condition)
    if provision is None or provision.layer != Layer.SCHEDULE1:
        return False
    return code not in CONDITIONS_OF or condition in CONDITIONS_OF[code] or not condition.startswith("S1_")


def _about_nobody(facts: Facts) -> Iterator[Finding]:
    """A sensitive item that names nobody needs provisions for the whole decision, or a name."""
    chosen = {provision.code for provision in provisions_for_everyone(facts)}
    unnamed = {kind for item in given_items(facts) if not item.about for kind in item.sensitivities}
    police = POLICE_PURPOSE in chosen
    begins = "S8_" if police else "ART9_"
    special = unnamed & codes.SPECIAL_CATEGORY and not any(code.startswith(begins) for code in chosen)
    if special or (Sensitivity.OFFENCES in unnamed and "ART10" not in chosen and not police):
        yield finding("ABOUT_NOBODY")


RULES = (conditions_chosen,)
