"""What the facts say about people: whose information is shared, who has agreed, and who can decide."""

from rules import codes
from rules.codes import Competence, Consent, Paragraph18, PersonRole, Sensitivity
from rules.facts import BasisFacts, Facts, ItemFacts, PersonFacts, RecipientFacts

ADULT_AGE = 18
PRESUMED_CAPABLE_AGE = 16
# Below this age a child is presumed unable to decide, unless somebody has assessed otherwise.
MAY_UNDERSTAND_AGE = 12
# Below this age nobody would ask a child, or assess their competence.
TALKING_AGE = 2


def is_shared(facts: Facts) -> bool:
    return facts.outcome in codes.SHARED


def is_asked(facts: Facts) -> bool:
    """Whether somebody asked who has to say who they are. Orders and duties say it themselves."""
    was_requested = facts.entry_route == codes.EntryRoute.ASKED and facts.trigger not in codes.DUTY_TRIGGERS
    return was_requested or facts.trigger == codes.Trigger.REQ


def given_items(facts: Facts) -> tuple[ItemFacts, ...]:
    return tuple(item for item in facts.items if item.given_to)


def given_to(facts: Facts) -> tuple[RecipientFacts, ...]:
    """The recipients who get something."""
    refs = {ref for item in facts.items for ref in item.given_to}
    return tuple(recipient for recipient in facts.recipients if recipient.ref in refs)


def named(facts: Facts) -> frozenset[str]:
    """References of the people that a shared item says it is about."""
    return frozenset(ref for item in given_items(facts) for ref in item.about)


def concerned(facts: Facts) -> tuple[PersonFacts, ...]:
    """People whose information is shared, and those who speak for such a child who cannot decide.

    Everybody if no shared item names anybody.
    """
    refs = named(facts)
    theirs = [person for person in facts.people if person.ref in refs]
    if not theirs:
        return facts.people
    for_a_child = any(needs_a_parent(person) for person in theirs)
    return tuple(person for person in facts.people if person.ref in refs or (for_a_child and is_parent(person)))


def is_parent(person: PersonFacts) -> bool:
    return person.parental_responsibility == codes.YesNoUnknown.YES


def needs_a_parent(person: PersonFacts) -> bool:
    """A child who cannot decide, or was not assessed: a parent's consent counts for them.

    It depends on what is recorded and not on the age, so that the recording checks in SQL can do the same.
    """
    if person.role == PersonRole.UNBORN or person.consent_state == Consent.NOT_COMPETENT:
        return True
    unable = person.competence in codes.UNABLE_TO_DECIDE or person.consent_state in codes.CHILD_UNANSWERED
    return person.role == PersonRole.CHILD and unable


def consent_state(person: PersonFacts) -> str:
    """The consent state, filled in for a child who is unborn or recorded as too young."""
    if person.consent_state not in {Consent.UNKNOWN, ""}:
        return person.consent_state
    if person.role == PersonRole.UNBORN or person.competence == Competence.NOT_COMPETENT:
        return Consent.NOT_COMPETENT
    if person.competence == Competence.LACKS_CAPACITY:
        return Consent.LACKS_CAPACITY
    if person.p18_reason == Paragraph18.CANNOT_GIVE and too_young(person):
        return Consent.NOT_COMPETENT
    return Consent.UNKNOWN


def is_adult(person: PersonFacts) -> bool:
    if person.age is not None:
        return person.age >= ADULT_AGE
    return person.role in codes.ADULT_ROLES


def is_baby(person: PersonFacts) -> bool:
    """Unborn, or too young to be asked or told anything."""
    return person.role == PersonRole.UNBORN or (person.age is not None and person.age < TALKING_AGE)


def too_young(person: PersonFacts) -> bool:
    """Unborn, assessed as not able to decide, or a young child whom nobody assessed as able."""
    if person.role == PersonRole.UNBORN:
        return True
    if person.competence in codes.UNABLE_TO_DECIDE or person.consent_state in codes.CANNOT_DECIDE:
        return not is_adult(person)
    return person.competence not in codes.ABLE_TO_DECIDE and person.age is not None and person.age < MAY_UNDERSTAND_AGE


def is_capable(person: PersonFacts) -> bool:
    """Assessed as able to decide, or 16 and over and not assessed as unable (Mental Capacity Act 2005 section 1)."""
    if person.competence in codes.ABLE_TO_DECIDE:
        return True
    if person.role == PersonRole.UNBORN:
        return False
    if person.competence in codes.UNABLE_TO_DECIDE or person.consent_state in codes.CANNOT_DECIDE:
        return False
    if person.age is not None:
        return person.age >= PRESUMED_CAPABLE_AGE
    return person.role in codes.ADULT_ROLES


def without_agreement(facts: Facts) -> tuple[PersonFacts, ...]:
    """People whose information is shared although they refused, objected or were not asked."""
    return tuple(person for person in concerned(facts) if consent_state(person) in codes.WITHOUT_AGREEMENT)


def provisions_for_everyone(facts: Facts) -> tuple[BasisFacts, ...]:
    return tuple(provision for provision in facts.basis if not provision.person_ref)


def provisions_for(facts: Facts, person: PersonFacts) -> tuple[BasisFacts, ...]:
    """The provisions chosen for this person or for the whole decision.

    A condition of Schedule 1 chosen for the person replaces that of the decision.
    """
    own = tuple(provision for provision in facts.basis if provision.person_ref == person.ref)
    has_condition = any(provision.code.startswith("S1_") for provision in own)
    shared = (
        provision
        for provision in provisions_for_everyone(facts)
        if not (has_condition and provision.code.startswith("S1_"))
    )
    return (*own, *shared)


def told_in_confidence(facts: Facts) -> tuple[PersonFacts, ...]:
    """Whose confidence a shared item is: those it is about, or everybody concerned if it names nobody."""
    items = [item for item in given_items(facts) if Sensitivity.CONFIDENCE in item.sensitivities]
    refs = {ref for item in items for ref in item.about}
    everybody = any(not item.about for item in items)
    return tuple(person for person in concerned(facts) if everybody or person.ref in refs)


def has_sensitive(facts: Facts, person: PersonFacts, kinds: frozenset[Sensitivity]) -> bool:
    """Whether a given item about this person is of one of these kinds."""
    return any(person.ref in item.about and kinds.intersection(item.sensitivities) for item in given_items(facts))


def needs_special_category(facts: Facts, person: PersonFacts) -> bool:
    return has_sensitive(facts, person, codes.SPECIAL_CATEGORY)


def needs_offences(facts: Facts, person: PersonFacts) -> bool:
    """Whether a shared item is about this person's crime, or alleged crime.

    If an item about a crime names a suspected source of harm, the crime is taken to be theirs.
    """
    sources = {person.ref for person in facts.people if person.alleged_source_of_harm}
    for item in given_items(facts):
        if Sensitivity.OFFENCES in item.sensitivities and person.ref in item.about:
            whose = sources.intersection(item.about)
            if not whose or person.ref in whose:
                return True
    return False


def carried_by(facts: Facts, conditions: frozenset[str]) -> tuple[PersonFacts, ...]:
    """People whose sensitive information relies on one of these, and those for whom one was chosen by name.

    Everybody with such a provision if no shared item says whom it is about.
    """
    named_none = not any(item.about for item in given_items(facts))
    return tuple(
        person
        for person in concerned(facts)
        if (own := [provision for provision in provisions_for(facts, person) if provision.code in conditions])
        and (
            named_none
            or any(provision.person_ref for provision in own)
            or needs_special_category(facts, person)
            or needs_offences(facts, person)
        )
    )


def recipient_name(facts: Facts, ref: str) -> str:
    """A recipient by their organisation, else by their own name; empty where neither is known."""
    return next((each.organisation or each.name for each in facts.recipients if each.ref == ref), "")
