"""A reflection as its author takes it away: plain, or under the headings that a regulator asks for. Pure.

The headings follow what each regulator published; whoever hands a copy in puts it into the form that is used then.
No copy has the decision's reference, an organisation, or a person's name that its author did not type.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reflections.questions import QUESTIONS
from rules.codes import Code
from ui.moments import moment


class Shape(Code):
    PLAIN = "plain", "Your answers as they are"
    SOCIAL_WORK = "social_work", "Social Work England: a CPD record"
    NURSING = "nursing", "Nursing and Midwifery Council: a reflective account"


class FileFormat(Code):
    TEXT = "txt", "Text"
    WEB_PAGE = "html", "Web page, to read or print"


class CodeTheme(Code):
    """The four themes of the Nursing and Midwifery Council's Code."""

    PEOPLE = "people", "Prioritise people"
    PRACTICE = "practice", "Practise effectively"
    SAFETY = "safety", "Preserve safety"
    TRUST = "trust", "Promote professionalism and trust"


class Heading(StrEnum):
    """The headings of the regulators' own forms."""

    ACTIVITY = "What kind of activity was it?"
    RELEVANT = "What did you do, and why was it relevant?"
    WHEN = "When was it?"
    LEARNT = "What did you learn?"
    IMPACT = "What was the impact on your practice, and on the people you work with?"
    PEER = "What did you learn from talking about it with a peer?"
    NATURE = "What was the nature of the event or experience in your practice?"
    NURSE_LEARNT = "What did you learn from it?"
    IMPROVED = "How did you change or improve your practice as a result?"
    CODE = "How is this relevant to the Code?"


ACTIVITY = "A written reflection on sharing information to keep somebody safe"
UNANSWERED = "(not answered)"
TITLES = {
    Shape.PLAIN: "Reflection",
    Shape.SOCIAL_WORK: "CPD record: reflection",
    Shape.NURSING: "Reflective account",
}


@dataclass(frozen=True)
class Part:
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Copy:
    title: str
    day: str
    parts: tuple[Part, ...]

    def as_text(self) -> str:
        blocks = [self.title, self.day]
        for part in self.parts:
            blocks += [part.heading.upper(), *part.paragraphs]
        return "\n\n".join(blocks) + "\n"


def copy_of(words: Mapping[str, str], day: date, shape: Shape, themes: Iterable[CodeTheme] = ()) -> Copy:
    parts = {Shape.PLAIN: _plain(words), Shape.SOCIAL_WORK: _social_work(words, day),
             Shape.NURSING: _nursing(words, [theme.label for theme in themes])}[shape]  # fmt: skip
    return Copy(TITLES[shape], f"Written on {moment(day)}", tuple(parts))


def _plain(words: Mapping[str, str]) -> list[Part]:
    return [Part(question.label, (words[name],)) for name, question in QUESTIONS.items() if words[name]]


def _social_work(words: Mapping[str, str], day: date) -> list[Part]:
    parts = [
        Part(Heading.ACTIVITY, (ACTIVITY,)),
        _part(Heading.RELEVANT, words, "what_happened", "how_managed"),
        Part(Heading.WHEN, (moment(day),)),
        _part(Heading.LEARNT, words, "went_well", "do_differently", "guidance_effect"),
        _part(Heading.IMPACT, words, "next_time"),
    ]
    return [*parts, _part(Heading.PEER, words, "discussion")] if words["discussion"] else parts


def _nursing(words: Mapping[str, str], themes: list[str]) -> list[Part]:
    return [
        _part(Heading.NATURE, words, "what_happened", "how_managed"),
        _part(Heading.NURSE_LEARNT, words, "went_well", "do_differently", "guidance_effect", "discussion"),
        _part(Heading.IMPROVED, words, "next_time"),
        Part(Heading.CODE, tuple(themes) or (UNANSWERED,)),
    ]


def _part(heading: str, words: Mapping[str, str], *names: str) -> Part:
    """Where it holds several answers, each under its own question."""
    found = [f"{QUESTIONS[name].label}\n{words[name]}" if names[1:] else words[name] for name in names if words[name]]
    return Part(heading, tuple(found) or (UNANSWERED,))
