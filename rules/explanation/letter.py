"""One person's letter, composed from what they may know and the phrases of their version."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from rules.basis import applies
from rules.explanation.choice import choice, lawful_bases, rests_on_consent, why
from rules.explanation.facts import Block, Choices, Explanation, ExplanationFacts, Section
from rules.explanation.may_know import (
    Received,
    known_people,
    may_know,
    name_of,
    reader_of,
    reasons_left_out,
)
from rules.explanation.phrases import ENGLISH, Say, phrase
from rules.explanation.versions import Version
from rules.explanation.whose_words import names_in, says_the_same
from rules.facts import ItemFacts

TWICE = 2
# Lawful bases under which a person may object (UK GDPR Article 21).
MAY_OBJECT = frozenset({"ART6_E", "ART6_EA", "ART6_F"})
NAMES_SOMEBODY = (
    "Your words name {name}, or have a number or an address of theirs. Take them out unless {reader} may know."
)
REPEATS = "Your words repeat something that is left out of this letter. Take it out unless {reader} may know."


def explain(explained: ExplanationFacts, choices: Choices, say: Say, language: str = ENGLISH) -> Explanation:
    """The letter, what it leaves out and what its author should look at again. Without sendings it has no content."""
    known = may_know(explained, choices)
    sections = _sections(explained, known.received, choices, say) if known.received else ()
    return Explanation(
        title=say("title"),
        language=language,
        layout=str(choices.layout),
        sections=tuple(section for section in sections if section.blocks),
        left_out=known.left_out,
        doubts=tuple(doubts(explained, choices)),
    )


def _sections(
    explained: ExplanationFacts, received: tuple[Received, ...], choices: Choices, say: Say
) -> Iterable[Section]:
    if choices.version == Version.CHILD:
        return (Section("", tuple(_for_a_child(explained, received, choices, say))),)
    name = explained.names.get(explained.reader, "")
    return (
        Section("", (*head(explained, say), Block(say("greeting", name=name)), Block(say("intro")))),
        Section(say("heading.what"), tuple(what(explained, received, choices, say))),
        Section(say("heading.why"), tuple(reasons(explained, choices, say))),
        Section(say("heading.used"), blocks(uses(explained, received, choices, say))),
        Section(say("heading.choice"), blocks(choices_they_had(explained, received, choices, say))),
        Section(say("heading.rights"), blocks(rights(say, object_too=may_object(explained)))),
        Section(say("heading.complain"), blocks([say("complain.us"), say("complain.ico")])),
        Section(say("heading.contact"), tuple(whom_to_ask(choices, say))),
    )  # fmt: skip


def _for_a_child(
    explained: ExplanationFacts, received: tuple[Received, ...], choices: Choices, say: Say
) -> Iterator[Block]:
    yield from head(explained, say)
    yield Block(say("greeting", name=explained.names.get(explained.reader, "")))
    for each in received:
        yield Block(say("sent.child", recipient=name_of(each.recipient)))
        yield from own_words(each, choices)
    yield from reasons(explained, choices, say)
    yield from blocks(dict.fromkeys(uses(explained, received, choices, say)))
    yield from blocks(choice(explained, received, choices.version, say))
    yield from whom_to_ask(choices, say)


def blocks(texts: Iterable[str]) -> tuple[Block, ...]:
    return tuple(Block(text) for text in texts)


def head(explained: ExplanationFacts, say: Say) -> Iterator[Block]:
    """Whose letter it is, and of which day."""
    if explained.organisation:
        yield Block(explained.organisation)
    yield Block(in_words(explained.day, say))


def in_words(day: date, say: Say) -> str:
    return f"{day.day} {say(f'month.{day.month}')} {day.year}"


def what(explained: ExplanationFacts, received: tuple[Received, ...], choices: Choices, say: Say) -> Iterator[Block]:
    for each in received:
        yield Block(_when(each, say))
        if each.items:
            yield Block(items=tuple(item.text for item in each.items))
        yield from own_words(each, choices)
        for item in each.items:
            yield from _wrong(explained, each, item, say)


def _when(each: Received, say: Say) -> str:
    days = sorted({_day_of(sending.at) for sending in each.sendings if sending.at})
    if not days:
        return name_of(each.recipient)
    kind = "sent.once" if len(days) == 1 else "sent.twice" if len(days) == TWICE else "sent.often"
    return say(kind, first=in_words(days[0], say), last=in_words(days[-1], say), recipient=name_of(each.recipient))


def _day_of(at: datetime) -> date:
    return at.date()


def own_words(each: Received, choices: Choices) -> Iterator[Block]:
    written = choices.own_words.get(each.recipient.ref, "").strip()
    if written:
        yield Block(written)


def _wrong(explained: ExplanationFacts, each: Received, item: ItemFacts, say: Say) -> Iterator[Block]:
    if item.ref in explained.wrong_items:
        yield Block(say("wrong", item=item.text))
        if (item.ref, each.recipient.ref) in explained.corrected_with:
            yield Block(say("wrong.notified", recipient=name_of(each.recipient)))


def reasons(explained: ExplanationFacts, choices: Choices, say: Say) -> Iterator[Block]:
    yield Block(say(why(explained, choices.version)))
    if choices.why.strip():
        yield Block(choices.why.strip())


def uses(explained: ExplanationFacts, received: tuple[Received, ...], choices: Choices, say: Say) -> Iterator[str]:
    for each in received:
        yield how_used(explained, each, choices, say)


def how_used(explained: ExplanationFacts, each: Received, choices: Choices, say: Say) -> str:
    """In the author's words, else in those of the address book, else by the kind of recipient."""
    written = choices.how_used.get(each.recipient.ref, "").strip()
    if not written and choices.version != Version.CHILD:
        written = explained.how_used.get(each.recipient.ref, "").strip()
    kind = each.recipient.kind if phrase(f"used.{each.recipient.kind}") else "other"
    return written or say(f"used.{kind}", recipient=name_of(each.recipient))


def choices_they_had(
    explained: ExplanationFacts, received: tuple[Received, ...], choices: Choices, say: Say
) -> Iterator[str]:
    yield from choice(explained, received, choices.version, say)
    yield from basis(explained, say)


def basis(explained: ExplanationFacts, say: Say) -> Iterator[str]:
    first = lawful_bases(explained, reader_of(explained))
    names = dict.fromkeys(explained.lawful_basis.get(row.code, "") for row in first)
    for name in filter(None, names):
        yield say("basis", basis=name)


def rights(say: Say, *, object_too: bool) -> Iterator[str]:
    yield say("right.access")
    yield say("right.correct")
    if object_too:
        yield say("right.object")
    yield say("right.other")


def may_object(explained: ExplanationFacts) -> bool:
    person = reader_of(explained)
    used = {row.code for row in explained.facts.basis if applies(row, person)}
    return bool(used & MAY_OBJECT) and not rests_on_consent(explained, person)


def whom_to_ask(choices: Choices, say: Say) -> Iterator[Block]:
    yield Block(say("contact", contact=choices.contact.strip()))
    if choices.version != Version.ADULT:
        yield Block(say("childline"))


def doubts(explained: ExplanationFacts, choices: Choices) -> Iterator[str]:
    """What the author wrote is theirs to judge: it is flagged, never taken out."""
    known, reader = known_people(explained), explained.names.get(explained.reader, "they")
    written = [*choices.own_words.values(), *choices.how_used.values(), choices.why, choices.contact]
    why_not = reasons_left_out(explained)
    hidden = [*explained.left_out_elsewhere, *(item.text for item in explained.facts.items if why_not[item.ref])]
    for text in filter(None, map(str.strip, written)):
        name = names_in(text, explained, known)
        if name:
            yield NAMES_SOMEBODY.format(name=name, reader=reader)
        if says_the_same(text, hidden):
            yield REPEATS.format(reader=reader)
