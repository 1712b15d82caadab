"""The words for the room: who, what, why, what happens next, the choice, and how to object. Of what is intended."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from rules import codes
from rules.basis import applies
from rules.codes import Trigger, YesNoUnknown
from rules.explanation.choice import rests_on_consent, why
from rules.explanation.facts import Block, ExplanationFacts, LeftOut, Section
from rules.explanation.letter import MAY_OBJECT
from rules.explanation.may_know import name_of, reader_of, reasons_left_out, why_not_named
from rules.explanation.phrases import Say
from rules.explanation.versions import Version, version_for
from rules.facts import ItemFacts, RecipientFacts
from rules.people import consent_state, is_adult, is_capable
from rules.talk.not_to_say import not_to_say
from rules.talk.phrases import found
from rules.talk.refusals import why_no_words

NOTHING_TO_SAY = "Nothing of this may be said to them yet. Agree with your safeguarding lead what they can be told."
CHOICE_OPEN = "Answer whether they have a choice about {recipient} before you talk to them."
WHAT_OPEN = "You have not chosen yet what to share. Do that first, if you can: then their own copy says it."


@dataclass(frozen=True)
class Intended:
    """A recipient whom this person may hear of, and the items they may hear of."""

    recipient: RecipientFacts
    items: tuple[ItemFacts, ...]


@dataclass(frozen=True)
class Talk:
    """`sections` are for the person; everything else is for the practitioner alone."""

    title: str
    sections: tuple[Section, ...]
    refused: str  # why there are no words for them yet
    not_to_say: tuple[LeftOut, ...]
    to_settle: tuple[str, ...]  # what should be answered before the talk


def talk(explained: ExplanationFacts, say: Say, *, no_choice: bool, contact: str) -> Talk:
    """`no_choice`: a duty to disclose or an order leaves none. Nothing that must not be said is in the sections."""
    person = reader_of(explained)
    intended = tuple(_intended(explained))
    refused = why_no_words(explained.facts, person) or ("" if intended else NOTHING_TO_SAY)
    sections = () if refused else tuple(_sections(explained, intended, no_choice=no_choice, contact=contact, say=say))
    return Talk(
        title=say("title"),
        sections=sections,
        refused=refused,
        not_to_say=not_to_say(explained),
        to_settle=tuple(_to_settle(explained, intended, no_choice=no_choice)),
    )


def _intended(explained: ExplanationFacts) -> Iterator[Intended]:
    """Before any item is chosen, the recipients alone; then whoever is to get something that may be spoken of."""
    facts, reasons = explained.facts, reasons_left_out(explained)
    for recipient in facts.recipients:
        if why_not_named(explained, recipient):
            continue
        items = tuple(item for item in facts.items if recipient.ref in item.given_to and not reasons[item.ref])
        if items or not facts.items:
            yield Intended(recipient, items)


def _sections(
    explained: ExplanationFacts, intended: tuple[Intended, ...], *, no_choice: bool, contact: str, say: Say
) -> Iterator[Section]:
    version = version_for(reader_of(explained))
    parts: Iterable[tuple[str, Callable[[], Iterable[Block]]]] = (
        ("heading.who", lambda: _who(intended, version, say)),
        ("heading.why", lambda: _texts([say(why(explained, version))])),
        ("heading.next", lambda: _texts(_next(explained, intended, version, say))),
        ("heading.choice", lambda: _texts(_choice(explained, intended, no_choice=no_choice, say=say))),
        ("heading.together", lambda: _texts([say("together")])),
        ("heading.object", lambda: _texts(_object(explained, contact, version, say))),
    )
    for heading, blocks in parts:
        made = tuple(blocks())
        if made:
            yield Section(say(heading), made)


def _texts(texts: Iterable[str]) -> Iterator[Block]:
    return (Block(text) for text in dict.fromkeys(texts) if text)


def _who(intended: tuple[Intended, ...], version: str, say: Say) -> Iterator[Block]:
    for each in intended:
        yield Block(say("who.what" if each.items else "who.not_yet", recipient=name_of(each.recipient)))
        if each.items and version != Version.CHILD:
            yield Block(items=tuple(item.text for item in each.items))


def _next(explained: ExplanationFacts, intended: tuple[Intended, ...], version: str, say: Say) -> Iterator[str]:
    for each in intended:
        written = "" if version == Version.CHILD else explained.how_used.get(each.recipient.ref, "").strip()
        kind = each.recipient.kind if found(f"used.{each.recipient.kind}") else "other"
        yield written or say(f"used.{kind}", recipient=name_of(each.recipient))


def _choice(explained: ExplanationFacts, intended: tuple[Intended, ...], *, no_choice: bool, say: Say) -> Iterator[str]:
    """A child who cannot decide is offered no choice of their own: they are asked what they think."""
    person = reader_of(explained)
    refused = consent_state(person) in codes.REFUSALS
    free, bound = (_named(intended, answer, say) for answer in (YesNoUnknown.YES, YesNoUnknown.NO))
    if refused:
        yield say("said.no")
    if no_choice:
        yield say("choice.court" if explained.facts.trigger == Trigger.COURT_ORDER else "choice.law")
        return
    if not is_adult(person) and not is_capable(person):
        yield say("choice.adults")
        return
    if free:
        yield say("choice.free.no" if refused else "choice.free", recipients=free)
    if bound:
        yield say("choice.none", recipients=bound)
        if refused:
            yield say("said.no.still")


def _named(intended: tuple[Intended, ...], choice: str, say: Say) -> str:
    names = [name_of(each.recipient) for each in intended if each.recipient.choice == choice]
    return reduce(lambda before, name: say("and", first=before, last=name), names) if names else ""


def _object(explained: ExplanationFacts, contact: str, version: str, say: Say) -> Iterator[str]:
    person = reader_of(explained)
    used = {row.code for row in explained.facts.basis if applies(row, person)}
    yield say("object")
    if used & MAY_OBJECT and not rests_on_consent(explained, person) and version != Version.CHILD:
        yield say("right.object")
    yield from () if version == Version.CHILD else (say("complain.us"), say("complain.ico"))
    yield say("contact", contact=contact)
    if version != Version.ADULT:
        yield say("childline")


def _to_settle(explained: ExplanationFacts, intended: tuple[Intended, ...], *, no_choice: bool) -> Iterator[str]:
    if not explained.facts.items:
        yield WHAT_OPEN
    for each in intended if not no_choice else ():
        if each.recipient.choice not in {YesNoUnknown.YES, YesNoUnknown.NO}:
            yield CHOICE_OPEN.format(recipient=name_of(each.recipient))
