"""Which provisions are suggested: for the decision, and for each person's sensitive information."""

from dataclasses import dataclass, replace
from datetime import date

from rules import codes
from rules.agreement import agreed
from rules.codes import AgreedTo, Consent, Paragraph18, Sensitivity
from rules.facts import Facts, PersonFacts
from rules.law import RECIPIENTS, Combination, Law
from rules.law_files import load
from rules.needs import Need, parsed
from rules.people import (
    concerned,
    consent_state,
    given_items,
    needs_offences,
    needs_special_category,
    told_in_confidence,
    too_young,
)

PUBLIC_KINDS = frozenset({"PUB", "LE"})
NEED_SCHEDULE1 = frozenset({"ART9_B", "ART9_G", "ART9_H"})
POLICE_PURPOSE = "LE_S35"
NOT_REACHED = frozenset({Consent.NOT_CONTACTABLE, Consent.NO_RESPONSE, Consent.NOT_SOUGHT_DELAY})
FIRST_LISTED_INTERESTS = date(2026, 2, 5)
ASKING_FIRST = "It is about a crime. Enter how asking this person first would prejudice its prevention or detection."
EXPLICIT_CONSENT = "They agreed: record their explicit consent to sharing this with these recipients."


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """The provisions suggested for a decision, by layer, and why."""

    code: str = ""
    name: str = ""
    why: str = ""
    l1: tuple[str, ...] = ()
    annex1: tuple[str, ...] = ()
    l2: tuple[str, ...] = ()
    schedule1: tuple[str, ...] = ()
    schedule8: tuple[str, ...] = ()
    l3: tuple[str, ...] = ()
    recipient_functions: tuple[str, ...] = ()
    l4: tuple[str, ...] = ()
    l5: tuple[str, ...] = ("HRA_8_2",)

    @property
    def codes(self) -> tuple[str, ...]:
        return (
            *(self.l1 + self.annex1 + self.l2 + self.schedule1 + self.schedule8),
            *(self.l3 + self.recipient_functions + self.l4 + self.l5),
        )


@dataclass(frozen=True, kw_only=True)
class PersonSuggestion:
    """The provisions suggested for one person's sensitive information; empty where none of theirs is shared."""

    person_ref: str
    l2: tuple[str, ...] = ()
    schedule1: tuple[str, ...] = ()
    schedule8: tuple[str, ...] = ()
    p18_reason: str = ""
    why: str = ""


def suggest(facts: Facts, law: Law | None = None) -> Suggestion:
    """The suggested combination for this organisation, trigger and concern; empty if none fits.

    Conditions for sensitive information depend on the shared items: without any, no condition is suggested.
    """
    law = (law or load()).for_us(facts.commencements, facts.local_provisions, facts.retired)
    chosen = next(
        (
            combination
            for combination in law.combinations
            if fits(combination, facts) and all(_for_recipients(code, facts, law) for code in combination.l3)
        ),
        None,
    )
    return _dated(_filled(chosen, facts, law), facts) if chosen else Suggestion()


def _for_recipients(code: str, facts: Facts, law: Law) -> bool:
    """Whether it is for sharing with one of those who get it, as far as their kinds are known."""
    provision = law.any_provision(code)
    theirs = provision is not None and provision.kind_for(facts.organisation.sector) == RECIPIENTS
    to_whom = {Need.RECIPIENT, Need.RECIPIENTS_FUNCTION} if theirs else {Need.RECIPIENT}
    kinds = {recipient.kind for recipient in facts.recipients}
    wanted = [set(values) for name, values in map(parsed, provision.needs if provision else ()) if name in to_whom]
    return not kinds or "" in kinds or all(values & kinds for values in wanted)


def _for_level(code: str, facts: Facts, law: Law) -> bool:
    """Section 47 is for significant harm, not for a child in need of help (Children Act 1989 sections 17 and 47)."""
    provision = law.any_provision(code)
    return not facts.level or provision is None or facts.level in (provision.usual_levels or (facts.level,))


def fits(combination: Combination, facts: Facts) -> bool:
    """Whether a combination fits these facts: every list it names has the fact, and no refusal is ignored."""
    pairs = (
        (combination.triggers, facts.trigger),
        (combination.duties, duty_code(facts)),
        (combination.kinds, facts.organisation.kind),
        (combination.sectors, facts.organisation.sector),
        (combination.levels, facts.level),
    )
    return all(not allowed or value in allowed for allowed, value in pairs) and (
        combination.situation != "agreed" or all_agreed(facts)
    )


def duty_code(facts: Facts) -> str:
    """The provision of the named duty, by code or in words; the words unchanged if no provision is known."""
    words = facts.duty.casefold()
    return "FGMA03_5B" if "fgm" in words or "female genital" in words else facts.duty


def all_agreed(facts: Facts) -> bool:
    """Everybody whose data is shared consented, or a parent did for a child, and it includes no offence."""
    people = concerned(facts)
    return bool(people) and not _gives_offences(facts) and all(agreed(facts, person) for person in people)


def _lifts_confidence(facts: Facts) -> bool:
    people = told_in_confidence(facts)
    return bool(people) and all(agreed(facts, person, AgreedTo.CONFIDENCE) for person in people)


def _gives_offences(facts: Facts) -> bool:
    return any(Sensitivity.OFFENCES in item.sensitivities for item in given_items(facts))


def _filled(combination: Combination, facts: Facts, law: Law) -> Suggestion:
    """The combination with the conditions these items need: Article 10 beside Article 9 for allegations of crime."""
    offences = _gives_offences(facts)
    special = any(codes.SPECIAL_CATEGORY.intersection(item.sensitivities) for item in given_items(facts))
    l2 = tuple(code for code in combination.l2 if special and code != "ART10") + (("ART10",) if offences else ())
    schedule1 = combination.schedule1 if offences or NEED_SCHEDULE1.intersection(l2) else ()
    if POLICE_PURPOSE in combination.l1:
        # Part 3 has its own conditions for sensitive information, and no separate one for crime.
        l2, schedule1 = (), ()
    # Nothing was told in confidence, or nobody consented to passing it on: consent then justifies nothing.
    l4 = tuple(code for code in combination.l4 if code != "CONF_CONSENT" or _lifts_confidence(facts))
    return Suggestion(
        code=combination.code,
        name=combination.name,
        why=combination.why,
        l1=combination.l1,
        annex1=combination.annex1,
        l2=l2,
        schedule1=schedule1,
        schedule8=combination.schedule8 if special else (),
        l3=combination.l3,
        recipient_functions=_recipient_functions(combination, facts, law),
        l4=l4,
    )


def _recipient_functions(combination: Combination, facts: Facts, law: Law) -> tuple[str, ...]:
    """What the recipient will use it for, at this level. Before there is a level, the first."""
    fitting = tuple(
        code
        for code in combination.recipient_functions
        if _for_level(code, facts, law) and _for_recipients(code, facts, law)
    )
    return fitting if facts.level else fitting[:1]


def _dated(suggestion: Suggestion, facts: Facts) -> Suggestion:
    """Before the recognised interests commenced, legitimate interests are suggested instead."""
    if facts.decided_at is None or facts.decided_at.date() >= FIRST_LISTED_INTERESTS or "ART6_EA" not in suggestion.l1:
        return suggestion
    return replace(suggestion, l1=("ART6_F",), annex1=())


def suggest_for_person(facts: Facts, person: PersonFacts, suggestion: Suggestion | None = None) -> PersonSuggestion:
    """The conditions for this person's sensitive information, and why without their consent.

    Never paragraph 18 for someone who agreed. A refusal alone is not one of its reasons, so a public body relies on its
    own function instead and a charity is asked to explain.
    """
    suggestion = suggestion or suggest(facts)
    special, offences = needs_special_category(facts, person), needs_offences(facts, person)
    if not special and not offences:
        return PersonSuggestion(person_ref=person.ref)
    if POLICE_PURPOSE in suggestion.l1:
        return PersonSuggestion(
            person_ref=person.ref, schedule8=suggestion.schedule8 if special else (), why=suggestion.why
        )
    return _conditions(facts, person, suggestion, special=special, offences=offences)


def _conditions(
    facts: Facts, person: PersonFacts, suggestion: Suggestion, *, special: bool, offences: bool
) -> PersonSuggestion:
    own = tuple(code for code in suggestion.l2 if (special if code != "ART10" else offences))
    conditions = suggestion.schedule1 if offences or NEED_SCHEDULE1.intersection(own) else ()
    offered = PersonSuggestion(person_ref=person.ref, l2=own, schedule1=conditions, why=suggestion.why)
    if not {"S1_P6", "S1_P10", "S1_P18"}.intersection(conditions):
        return offered
    if consent_state(person) in codes.AGREED:
        return _for_agreed(facts, person, offered)
    reason, why = _reason_without_consent(facts, person)
    if "S1_P10" in conditions and reason != Paragraph18.CANNOT_GIVE:
        return replace(offered, why=ASKING_FIRST)
    if reason:
        return replace(offered, schedule1=("S1_P18",), p18_reason=reason, why=why)
    if facts.organisation.kind in PUBLIC_KINDS:
        return replace(offered, schedule1=("S1_P6",), why="They can decide, so the condition is your legal function.")
    return replace(
        offered,
        schedule1=("S1_P18",),
        why="They refused or were not asked. Choose which of the three reasons fits: a refusal alone is not one.",
    )


def _for_agreed(facts: Facts, person: PersonFacts, offered: PersonSuggestion) -> PersonSuggestion:
    if facts.organisation.kind in PUBLIC_KINDS:
        return replace(offered, schedule1=("S1_P6",), why="They agreed, but the condition is your legal function.")
    if needs_offences(facts, person):
        own = tuple("ART9_A" if code != "ART10" else code for code in offered.l2)
        return replace(offered, l2=own, schedule1=("S1_P29",), why=EXPLICIT_CONSENT)
    return replace(offered, l2=("ART9_A",), schedule1=(), why=EXPLICIT_CONSENT)


def _reason_without_consent(facts: Facts, person: PersonFacts) -> tuple[str, str]:
    state = consent_state(person)
    if too_young(person) or state in codes.CANNOT_DECIDE:
        return Paragraph18.CANNOT_GIVE, "They are not able to give consent to this."
    if state == Consent.NOT_SOUGHT_UNSAFE or (person.alleged_source_of_harm and state in codes.CONSENT_NOT_SOUGHT):
        return Paragraph18.WOULD_PREJUDICE_PROTECTION, "Asking them would make it harder to protect someone."
    if state in NOT_REACHED and (person.alleged_source_of_harm or facts.organisation.kind not in PUBLIC_KINDS):
        return Paragraph18.NOT_REASONABLE_TO_OBTAIN, "You could not reasonably be expected to get their consent."
    return "", ""
