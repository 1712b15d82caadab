"""Why there is no letter for a person. Blocked only where a letter would be false, or tell who must not be told."""

from rules.codes import Consent, Informing, PersonRole
from rules.explanation.facts import ExplanationFacts
from rules.explanation.may_know import reader_of
from rules.facts import PersonFacts
from rules.people import is_baby

NOT_FAMILY = frozenset({PersonRole.PROFESSIONAL, PersonRole.INFORMANT})
NOTHING_SENT = "Nothing has been sent, so there is no sharing to explain. If something was sent, record that first."
NOBODY_TO_READ = "They are too young to be told."
NOT_OF_FAMILY = "This letter is for the family. It is not for somebody who told us, or who works with them."
NOT_INFORMED = "You recorded that they will not be informed. If that has changed, record it first."
LATER = "You recorded that they will be informed later. When it is safe, record that they were informed. Then write."
NOT_BY_US = "You recorded that we never inform them ourselves. If that has changed, record it first."
ASK_FIRST = (
    "It may not be safe to tell them, and nobody has recorded that they were informed. "
    "Record first what was decided about informing them."
)
# Said where they may read nothing, and where nothing of what they may read is ticked.
NOTHING_LEFT = (
    "Nothing that was sent is in this letter. Tick what they may read, if there is a list. "
    "Or write it in your own words."
)


def why_no_letter(explained: ExplanationFacts) -> str:
    """In words for its author; empty if a letter may be written."""
    if why := why_not_to(reader_of(explained)):
        return why
    return "" if explained.facts.sendings else NOTHING_SENT


def why_not_to(person: PersonFacts) -> str:
    """The same of who would read it, whatever was sent."""
    informing = person.informing
    if person.role in NOT_FAMILY:
        return NOT_OF_FAMILY
    if is_baby(person):
        return NOBODY_TO_READ
    if informing.closing:
        return NOT_BY_US
    if informing.state in {Informing.NOT_TELLING, Informing.DEFERRED}:
        return NOT_INFORMED if informing.state == Informing.NOT_TELLING else LATER
    unsafe = person.alleged_source_of_harm or person.consent_state == Consent.NOT_SOUGHT_UNSAFE
    return ASK_FIRST if unsafe and informing.state in {"", Informing.ATTEMPTED} else ""
