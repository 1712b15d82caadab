"""One person's letter about several decisions: what was shared about them, to whom, when and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from rules.codes import Informing
from rules.explanation.choice import choice
from rules.explanation.facts import Block, Choices, Explanation, ExplanationFacts, LeftOut, Section
from rules.explanation.letter import (
    blocks,
    choices_they_had,
    doubts,
    head,
    in_words,
    may_object,
    own_words,
    reasons,
    rights,
    uses,
    what,
    whom_to_ask,
)
from rules.explanation.may_know import Received, may_know, name_of, reader_of
from rules.explanation.phrases import ENGLISH, Say
from rules.explanation.together import Part
from rules.explanation.versions import Version

# Of somebody informed in part, saying so would show that there is more.
INFORMED_IN_FULL = frozenset({Informing.TOLD_BEFORE, Informing.TOLD_AT_TIME, Informing.TOLD_AFTER})
ALL_OF_IT = "All of it"
Included = tuple[ExplanationFacts, tuple[Received, ...]]


def explain_several(parts: Sequence[Part], choices: Choices, say: Say, language: str = ENGLISH) -> Explanation:
    """The letter about these decisions, in this order, after `together`.

    A decision of which its reader must not be told stays out, as does one that leaves nothing to say, and nothing in
    the letter shows it. Its author learns which and why.
    """
    known = [(part.explained, may_know(part.explained, choices)) for part in parts if not part.refused]
    included = [(explained, found.received) for explained, found in known if found.received]
    return Explanation(
        title=say("shared.title"),
        language=language,
        layout=str(choices.layout),
        sections=tuple(section for section in _sections(included, choices, say) if section.blocks) if included else (),
        left_out=tuple(chain.from_iterable(_left_out(part, choices) for part in parts)),
        doubts=tuple(dict.fromkeys(chain.from_iterable(doubts(part.explained, choices) for part in parts))),
    )


def is_included(part: Part, choices: Choices) -> bool:
    """Whether the letter has anything of this decision."""
    return not part.refused and bool(may_know(part.explained, choices).received)


def _left_out(part: Part, choices: Choices) -> Iterator[LeftOut]:
    if part.refused:
        yield LeftOut(ALL_OF_IT, part.refused, part.name)
        return
    for each in may_know(part.explained, choices).left_out:
        yield replace(each, decision=part.name)


def _sections(included: Sequence[Included], choices: Choices, say: Say) -> Iterator[Section]:
    first = included[0][0]
    name = first.names.get(first.reader, "")
    yield Section("", (*head(first, say), Block(say("greeting", name=name)), Block(say("shared.intro"))))
    # Under one heading what was shared on the same days.
    by_days: dict[str, list[Block]] = {}
    for explained, got in included:
        by_days.setdefault(_heading(got, say), []).extend(_of_decision(explained, got, choices, say))
    for heading, found in by_days.items():
        yield Section(heading, tuple(dict.fromkeys(found) if choices.version == Version.CHILD else found))
    used = blocks(dict.fromkeys(chain.from_iterable(uses(each, got, choices, say) for each, got in included)))
    if choices.version == Version.CHILD:
        yield Section("", (*used, *whom_to_ask(choices, say)))
        return
    yield Section(say("heading.used"), used)
    yield Section(say("heading.rights"), blocks(rights(say, object_too=any(may_object(each) for each, _ in included))))
    yield Section(say("heading.complain"), blocks([say("complain.us"), say("complain.ico")]))
    yield Section(say("heading.contact"), tuple(whom_to_ask(choices, say)))


def _heading(received: Iterable[Received], say: Say) -> str:
    days = sorted({sending.at.date() for each in received for sending in each.sendings if sending.at})
    if not days:
        return say("shared.title")
    kind = "shared.on" if len(days) == 1 else "shared.from"
    return say(kind, first=in_words(days[0], say), last=in_words(days[-1], say))


def _of_decision(
    explained: ExplanationFacts, received: tuple[Received, ...], choices: Choices, say: Say
) -> Iterator[Block]:
    if choices.version == Version.CHILD:
        for each in received:
            yield Block(say("sent.child", recipient=name_of(each.recipient)))
            yield from own_words(each, choices)
        yield from reasons(explained, choices, say)
        yield from blocks(choice(explained, received, choices.version, say))
    else:
        yield from what(explained, received, choices, say)
        yield from reasons(explained, choices, say)
        yield from blocks(choices_they_had(explained, received, choices, say))
    yield from blocks(_since(explained, received, say))


def _since(explained: ExplanationFacts, received: Iterable[Received], say: Say) -> Iterator[str]:
    informing = reader_of(explained).informing
    if informing.state in INFORMED_IN_FULL and informing.at:
        yield say("shared.informed", first=in_words(informing.at.date(), say))
    names = {each.recipient.ref: name_of(each.recipient) for each in received}
    for ref, day in explained.passed_on:
        if ref in names:
            yield say("shared.passed_on", recipient=names[ref], first=in_words(day, say))
