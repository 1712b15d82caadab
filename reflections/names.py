"""Words in a reflection that may say who it is about. A warning only: it compares spellings and understands nothing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import User
from decisions.models import Decision
from decisions.presenters.summary_doubts import Protected, protected
from families.models import Family, Person
from reflections.questions import QUESTIONS
from rules.codes import PersonRole

# An e-mail address, a reference of this site, a number of six digits or more, a postcode.
IDENTIFYING = re.compile(
    r"(?<!\S)[^\s@]+@[^\s@]+\.\w+|\b[CDFU]-[0-9A-HJKMNP-TV-Z]{6}\b|\+?\d(?:[\s().-]?\d){5,}"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b",
    re.IGNORECASE,
)
# People without a name are recorded as "Mother" or "Sibling of the child": such a word names nobody.
ROLE_WORDS = frozenset(word for role in PersonRole for word in re.findall(r"\w+", role.label.lower()))
MOST_SHOWN = 10


@dataclass(frozen=True)
class Doubt:
    """Words of one answer, as they were typed."""

    question: str
    words: tuple[str, ...]


def names_of_case(decision: Decision, user: User) -> list[str]:
    """The people on the decision as copied, the people of its families, and the families. Three queries."""
    families = Family.objects.visible_to(user).filter(decision_families__decision=decision)
    people = Person.objects.visible_to(user).filter(family__decision_families__decision=decision)
    named = [*((person.name, person.known_as) for person in decision.people.all()),
             *people.values_list("name", "known_as")]  # fmt: skip
    return [*(name for pair in named for name in pair), *families.values_list("name", flat=True)]


def doubts(words: Mapping[str, str], names: Iterable[str]) -> list[Doubt]:
    """The answers that hold a name from the case, in any spelling, or a number or address that could identify."""
    case = protected(names=names, texts=(), named_anyway=ROLE_WORDS)
    found = ((QUESTIONS[name].label, doubtful_words(text, case)) for name, text in words.items())
    return [Doubt(label, tuple(shown[:MOST_SHOWN])) for label, shown in found if shown]


def doubtful_words(text: str, case: Protected) -> list[str]:
    """In the order of the text, each once."""
    found = [*case.named_in(text), *(hit[0].strip() for hit in IDENTIFYING.finditer(text))]
    return sorted(dict.fromkeys(found), key=text.find)
