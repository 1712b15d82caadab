"""Whether somebody had a choice, in sentences. Nothing here may give a choice that there was not."""

from collections.abc import Iterator, Mapping

from rules import codes
from rules.basis import applies
from rules.codes import Consent, Trigger
from rules.explanation.facts import ExplanationFacts
from rules.explanation.may_know import Received, name_of, reader_of
from rules.explanation.phrases import Say
from rules.explanation.versions import Version
from rules.facts import BasisFacts, PersonFacts
from rules.people import consent_state

BY_STATE = {
    Consent.GIVEN: "choice.agreed",
    Consent.AGREED_NOT_BASIS: "choice.agreed",
    Consent.GIVEN_PARTIAL: "choice.partly",
    Consent.REFUSED: "choice.refused",
    Consent.OBJECTED: "choice.refused",
    Consent.WITHDRAWN: "choice.withdrawn",
    Consent.NOT_SOUGHT_UNSAFE: "choice.not_asked",
    Consent.NOT_SOUGHT_DELAY: "choice.no_time",
    Consent.NOT_SOUGHT_NO_CHOICE: "choice.not_asked",
    Consent.NOT_CONTACTABLE: "choice.not_reached",
    Consent.NO_RESPONSE: "choice.no_answer",
    Consent.LACKS_CAPACITY: "choice.unable",
    Consent.NOT_COMPETENT: "choice.unable",
}
BY_TRIGGER: Mapping[str, str] = {Trigger.COURT_ORDER: "why.court", Trigger.MANDATORY: "why.duty"}
BY_LEVEL: Mapping[str, str] = {
    codes.Level.NONE_OR_EARLY: "why.early",
    codes.Level.S17: "why.need",
    codes.Level.S17_HIGH: "why.need",
    codes.Level.S47: "why.harm",
}


def choice(explained: ExplanationFacts, received: tuple[Received, ...], version: str, say: Say) -> Iterator[str]:
    person, facts = reader_of(explained), explained.facts
    state = consent_state(person)
    free = [name_of(each.recipient) for each in received if each.recipient.choice == "yes"]
    bound = [name_of(each.recipient) for each in received if each.recipient.choice == "no"]
    must = facts.trigger in codes.DUTY_TRIGGERS
    if state in codes.AGREED and free and not must:
        yield say("choice.had", recipients=", ".join(free))
        if bound and version != Version.CHILD:
            yield say("choice.had_not", recipients=", ".join(bound))
    elif state in BY_STATE:
        yield say(BY_STATE[Consent(state)])
    said_no = _said_no_since(explained, person)
    if must:
        yield say("choice.must")
    elif not rests_on_consent(explained, person):
        yield say("choice.law")
    elif state in codes.AGREED and not said_no:
        yield say("choice.withdraw")
    if said_no and state not in codes.REFUSALS:
        yield say("choice.since")


def rests_on_consent(explained: ExplanationFacts, person: PersonFacts) -> bool:
    """Whether consent is the only lawful basis for this person's information."""
    first = lawful_bases(explained, person)
    return bool(first) and all(row.code in codes.CONSENT_PROVISIONS for row in first)


def lawful_bases(explained: ExplanationFacts, person: PersonFacts) -> list[BasisFacts]:
    return [
        row
        for row in explained.facts.basis
        if applies(row, person) and (row.layer == codes.Layer.L1 or row.code.startswith("ART6_"))
    ]


def _said_no_since(explained: ExplanationFacts, person: PersonFacts) -> bool:
    later = [row for row in explained.facts.follow_up.consent if row.person_ref == person.ref]
    return bool(later) and later[-1].state in codes.REFUSALS


def why(explained: ExplanationFacts, version: str) -> str:
    """The phrase that says why it was shared. Another text speaks to the only child on the decision."""
    facts = explained.facts
    if facts.trigger in BY_TRIGGER:
        return BY_TRIGGER[facts.trigger]
    found = "why.transfer" if facts.trigger == Trigger.KCSIE_TRANSFER else BY_LEVEL.get(facts.level, "why.someone")
    children = [person.ref for person in facts.people if person.role in {"child", "unborn"}]
    to_them = version != Version.ADULT and children == [explained.reader] and found != "why.someone"
    return f"{found}.you" if to_them else found
