"""Why there are no words for a person yet. The record of what was said to them is never refused: only this page is."""

from rules import codes
from rules.advice import advice_settled
from rules.codes import Consent, Informing, PersonRole
from rules.facts import Facts, PersonFacts
from rules.people import is_baby

NOT_FAMILY = frozenset({PersonRole.PROFESSIONAL, PersonRole.INFORMANT})
NOBODY_TO_TELL = "They are too young to be told."
NOT_OF_FAMILY = "These words are for the family. They are not for somebody who told us, or who works with them."
ADVICE_FIRST = (
    "They are an alleged or suspected source of harm. Do not talk to them about this yet. Ask children's social care "
    "or the police who talks to them, and when. Record their advice first."
)
UNSAFE = "You recorded that it is not safe to ask them. If that has changed, record it first."
LATER = "You recorded that they are not informed now. If that has changed, record it first."


def why_no_words(facts: Facts, person: PersonFacts) -> str:
    """In words for the practitioner; empty if they may be talked to."""
    if person.role in NOT_FAMILY:
        return NOT_OF_FAMILY
    if is_baby(person):
        return NOBODY_TO_TELL
    if person.alleged_source_of_harm and not advice_settled(facts):
        return ADVICE_FIRST
    informing = person.informing
    if informing.closing or informing.state in codes.NOT_INFORMED:
        return LATER
    unsafe = person.consent_state == Consent.NOT_SOUGHT_UNSAFE and not person.alleged_source_of_harm
    return UNSAFE if unsafe and informing.state in {"", Informing.ATTEMPTED} else ""
