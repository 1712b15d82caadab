"""Random people: who they are, what they say, and what they were told."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from decisions.forms.informing import TIME_FIELDS
from rules.codes import (
    CONSENT_NOT_SOUGHT,
    SHARED,
    WITHOUT_AGREEMENT,
    AgreedTo,
    Closing,
    Competence,
    Consent,
    Informing,
    Level,
    Outcome,
    PersonRole,
    Reason,
    YesNoUnknown,
)
from rules.exemptions import from_informing
from rules.facts import AtRiskFacts, Facts, InformingFacts, PersonFacts
from rules.people import MAY_UNDERSTAND_AGE, PRESUMED_CAPABLE_AGE, is_adult, is_baby, is_capable, is_shared
from rules.times import in_order
from tests.agreement.drawing import chance, day_near, line, moment_before, optional, reason, some

NAMES = ("Ada Brook", "Ben Brook", "Cara Moss", "Dan Pell", "Effie Lowe")
KNOWN = tuple(YesNoUnknown)
ANSWERED = ("", *YesNoUnknown)
SAID_YES = (Consent.GIVEN, Consent.GIVEN_PARTIAL)
SAID = (*SAID_YES, Consent.GIVEN, Consent.GIVEN, Consent.AGREED_NOT_BASIS, Consent.REFUSED, Consent.OBJECTED,
        Consent.WITHDRAWN, Consent.NO_RESPONSE)  # fmt: skip
NOT_SAID = (*sorted(CONSENT_NOT_SOUGHT), Consent.NOT_CONTACTABLE)
ROLES = (*[PersonRole.CHILD] * 5, *[PersonRole.MOTHER] * 2, *PersonRole)
TOLD = (Informing.TOLD_BEFORE, Informing.TOLD_AT_TIME, Informing.TOLD_AFTER, Informing.PARTLY_TOLD)
LATER = (Informing.DEFERRED, Informing.NOT_TELLING, Informing.ATTEMPTED, Informing.DELEGATED)


def people(rng: Random, facts: Facts) -> tuple[PersonFacts, ...]:
    return tuple(_person(rng, facts, name) for name in NAMES[: rng.randint(1, 5)])


def _person(rng: Random, facts: Facts, name: str) -> PersonFacts:
    role = rng.choice(ROLES)
    unborn = role == PersonRole.UNBORN
    ages = (0, 5, 9, 11, 12, 13, 15, 16, 17, 18) if role == PersonRole.CHILD else (15, 17, 18, 19, 34, 62, 91)
    assert facts.decided_at
    person = PersonFacts(
        ref=name,
        role=role.value,
        age=None if unborn or chance(rng, 0.3) else float(rng.choice(ages)),
        due_on=day_near(rng, facts.decided_at, 10, 200) if unborn and chance(rng, 0.7) else None,
        alleged_source_of_harm=not unborn and chance(rng, 0.15),
        parental_responsibility=str(rng.choice(KNOWN)),
    )
    if is_baby(person):
        return replace(person, parental_responsibility=str(YesNoUnknown.NO), alleged_source_of_harm=False)
    return person


def said(rng: Random, facts: Facts) -> Facts:
    """What each of them says, or why they were not asked."""
    easy = chance(rng, 0.3)
    facts = replace(facts, people=tuple(_says(rng, facts, person, easy=easy) for person in facts.people))
    if facts.outcome not in SHARED:
        return facts
    overruled = any(person.consent_state in WITHOUT_AGREEMENT for person in facts.people)
    return replace(facts, why_outweighs=reason(rng) if overruled or chance(rng, 0.2) else "")


def _says(rng: Random, facts: Facts, person: PersonFacts, *, easy: bool) -> PersonFacts:
    adult = is_adult(person)
    unable = (Consent.LACKS_CAPACITY,) if adult else (Consent.NOT_COMPETENT, Consent.LACKS_CAPACITY)
    ways = [SAID, SAID, NOT_SAID, unable, (Consent.NOT_NEEDED_ANON,)]
    state = _can_be(rng.choice((Consent.GIVEN, Consent.AGREED_NOT_BASIS) if easy else rng.choice(ways)), person)
    hears = "" if is_baby(person) else str(rng.choice(ANSWERED))
    person = replace(person, consent_state=state.value, could_hear=hears)
    if state in SAID:
        person = replace(person, consent_how=optional(rng), views=optional(rng), consent_at=_asked_at(rng, facts))
    if state in SAID_YES:
        person = _yes(rng, facts, person)
    if state in NOT_SAID:
        unsafe = state == Consent.NOT_SOUGHT_UNSAFE
        text = reason(rng) if unsafe else optional(rng, 0.85)
        why = str(rng.choice(tuple(Reason) if unsafe or chance(rng, 0.5) else ("",)))
        person = replace(person, not_asked_reason=why, not_asked_text=text, agreed_with=optional(rng))
    if state in unable and not is_baby(person):
        person = replace(person, views=optional(rng))
    person = _found(rng, facts, person)
    if state == Consent.LACKS_CAPACITY and (adult or person.role != PersonRole.UNBORN):
        person = replace(person, best_interests=optional(rng))
    if adult and facts.level == Level.ADULT_AT_RISK:
        tests = (YesNoUnknown.YES,) if chance(rng, 0.5) else ANSWERED
        drawn = {name: str(rng.choice(tests)) for name in ("needs", "harm", "unable")}
        person = replace(person, at_risk=AtRiskFacts(**drawn))
    return person


def _can_be(state: Consent, person: PersonFacts) -> Consent:
    """Nobody speaks with a baby, a small child is never tested for capacity, and from 16 nothing else is asked."""
    age = person.age
    small = person.role == PersonRole.UNBORN or (age is not None and age < MAY_UNDERSTAND_AGE)
    if is_baby(person) and state != Consent.NOT_NEEDED_ANON:
        return Consent.NOT_COMPETENT
    if small and state == Consent.LACKS_CAPACITY:
        return Consent.NOT_COMPETENT
    grown = age is not None and age >= PRESUMED_CAPABLE_AGE
    return Consent.LACKS_CAPACITY if grown and state == Consent.NOT_COMPETENT else state


def _asked_at(rng: Random, facts: Facts) -> datetime | None:
    assert facts.decided_at
    return moment_before(rng, facts.decided_at) if chance(rng, 0.85) else None


def _yes(rng: Random, facts: Facts, person: PersonFacts) -> PersonFacts:
    part = person.consent_state == Consent.GIVEN_PARTIAL
    to = some(rng, tuple(one.value for one in AgreedTo), 3, least=1)
    # Nobody says yes for somebody who can decide, as far as that is known when the page is opened.
    refs = tuple(one.ref for one in facts.people if one.ref == person.ref or not is_capable(one))
    assert facts.decided_at
    return replace(
        person,
        agreed_to=(AgreedTo.SHARING.value,) if chance(rng, 0.5) else to,
        covers=refs if chance(rng, 0.5) else some(rng, refs, len(refs), least=1),
        limits=reason(rng) if part else optional(rng, 0.3),
        until=day_near(rng, facts.decided_at, 0, 90) if chance(rng, 0.3) else None,
    )


def _found(rng: Random, facts: Facts, person: PersonFacts) -> PersonFacts:
    """Whether they can decide: asked of the young, and of an adult only as part of lacking capacity."""
    if is_adult(person):
        looked = person.consent_state == Consent.LACKS_CAPACITY
    else:
        if is_baby(person) or chance(rng, 0.2):
            return person
        looked = chance(rng, 0.8)
        found = rng.choice(_tests(person)) if looked else Competence.NOT_ASSESSED
        person = replace(person, competence=found.value)
    if not looked:
        return person
    assert facts.decided_at
    when = facts.decided_at.date() - timedelta(days=rng.choice((0, 0, 3)))
    return replace(person, competence_note=optional(rng, 0.85), competence_by=optional(rng), competence_on=when)


def _tests(person: PersonFacts) -> tuple[Competence, ...]:
    gillick = (Competence.COMPETENT, Competence.PARTIAL, Competence.NOT_COMPETENT)
    capacity = (Competence.CAPABLE, Competence.LACKS_CAPACITY)
    if person.age is None:
        return (*gillick, *capacity)
    return gillick if person.age < PRESUMED_CAPABLE_AGE else capacity


def informed(rng: Random, facts: Facts) -> Facts:
    """What each was told; whoever passes it up has nothing to tell yet."""
    if facts.outcome == Outcome.PASSED_UP:
        return facts
    found = [(person, _informing(rng, facts)) for person in facts.people]
    return replace(
        facts,
        people=tuple(replace(one, informing=informing, look_again_on=informing.review_on) for one, informing in found),
    )


def as_it_can_be(facts: Facts) -> Facts:
    """The form refuses a time before which, or after which, it cannot have been: then nobody says when."""
    refused = {finding.person for finding in in_order(facts) if finding.code in TIME_FIELDS}
    facts = replace(
        facts,
        people=tuple(
            replace(person, informing=replace(person.informing, at=None)) if person.ref in refused else person
            for person in facts.people
        ),
    )
    times = {sending.at for sending in facts.sendings}
    return replace(facts, people=tuple(_informed_as_sent(person, times) for person in facts.people))


def _informed_as_sent(person: PersonFacts, times: set[datetime | None]) -> PersonFacts:
    """Whoever was informed at the time, and nobody says when, was informed as it was sent, where that was once."""
    at_time = person.informing.state == Informing.TOLD_AT_TIME and person.informing.at is None
    if not at_time or len(times) != 1:
        return person
    return replace(person, informing=replace(person.informing, at=next(iter(times))))


def _informing(rng: Random, facts: Facts) -> InformingFacts:
    state = rng.choice(rng.choice((TOLD, TOLD, LATER, (Informing.NOT_APPLICABLE,))))
    informing = InformingFacts(state=state.value, safe_contact_note=optional(rng, 0.3))
    if state in TOLD:
        no_choice = chance(rng, 0.3) and is_shared(facts)  # where nothing is shared it is not asked
        return replace(
            informing, at=_asked_at(rng, facts), how=optional(rng), by_whom=optional(rng, 0.3), text=optional(rng),
            who_what_why=chance(rng, 0.7), no_choice_explained=no_choice, safe_contact=str(rng.choice(ANSWERED)),
        )  # fmt: skip
    if state not in LATER:
        return informing
    needs = state in {Informing.DEFERRED, Informing.NOT_TELLING}
    closes = state == Informing.NOT_TELLING and chance(rng, 0.5)
    closing = str(rng.choice(tuple(Closing))) if closes else ""
    agreed = line(rng) if closing == Closing.NEVER_BY_US else optional(rng)
    by_whom = line(rng) if closing == Closing.HANDED_OVER else ""
    text = optional(rng)
    if state == Informing.ATTEMPTED:
        informing = replace(
            informing, at=_asked_at(rng, facts), how=optional(rng), safe_contact=str(rng.choice(ANSWERED))
        )
    return replace(
        informing,
        reason=str(rng.choice(tuple(Reason))) if needs or chance(rng, 0.3) else "",
        exemption=str(rng.choice(from_informing()).code) if needs and chance(rng, 0.3) else "",
        text=text,
        by_whom=optional(rng) if state == Informing.DELEGATED else by_whom,
        agreed_with=agreed,
        approver=agreed,
        review_on=day_near(rng, facts.decided_at, 0, 40) if needs and not closes and facts.decided_at else None,
        closing=closing,
    )
