"""How hard the fixed words of a page are to read. What is counted and what is not: docs/words.md."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import CharField, TextField

from tests.elements import Element, Page

# A child of grade 7 is 12.
AGE_OF_GRADE_NOUGHT = 5
OLDEST = 12.0
# Shorter ones are words on a button or an answer such as "Yes": they would flatter the page.
FEWEST_WORDS = 5
INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "span", "strong", "time"})
NOT_READ = frozenset({"script", "style", "svg", "textarea", "title"})
WORD = re.compile(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*")
# Between spaces and with a digit in it: a date, a reference, a number to ring. Addresses have an at-sign or slashes.
NO_WORD = re.compile(r"\S*(?:\d|@|//)\S*")
END = re.compile(r"(?<=[.!?])\s+")
INVENTED = "Sam"
# "Somebody", "everything", "safety": the e inside is not heard.
PARTED = re.compile(r"\b(som|ev|saf|wher|ther)e(?=[bdgnptvwr](?!$))")
SILENT = re.compile(
    r"[^aeiouyl]e$|[aeiouy]le$|rle$|lle$|[^aeioudt]ed$|[^aeiouscxzg]es$|[^cs]hes$|[^aeiou]e(?:ful|ly|ment|less|ness)$"
)
# "Violent", "idea", "being", "situation", "create", "actual".
APART = re.compile(r"i(?:a(?!l$|l[lst]|n$|ge)|o(?!us|n)|ety|en[ct])|eing|uing|ying|eate|(?<=[^qg])ua[lr]")


def syllables(word: str) -> int:
    """By rule: a group of vowels is one, less an e that is not heard, more where two vowels are heard apart."""
    text = PARTED.sub(r"\1", re.sub(r"[^a-z]", "", word.lower()))
    count = len(re.findall(r"[aeiouy]+", text))
    if SILENT.search(text):
        count -= 1
    return max(1, count + len(APART.findall(text)))


@dataclass(frozen=True)
class Reading:
    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch and Kincaid (1975)."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def age(self) -> float:
        return max(AGE_OF_GRADE_NOUGHT, self.grade + AGE_OF_GRADE_NOUGHT)


def read(sentences: Iterable[str]) -> Reading:
    counted = [words for words in map(WORD.findall, sentences) if len(words) >= FEWEST_WORDS]
    return Reading(sum(map(len, counted)), len(counted), sum(syllables(word) for words in counted for word in words))


def sentences(html: str, typed: Iterable[str]) -> Iterator[str]:
    """The fixed sentences of a page's main part, each once."""
    main = Page(html).all("main")
    strange = [text for text in typed if text]
    seen: set[str] = set()
    for block in blocks(main[0] if main else Page(html).root):
        for text in END.split(plain(block, strange)):
            if text not in seen:
                seen.add(text)
                yield text


def blocks(element: Element) -> Iterator[str]:
    """The texts that stand by themselves: a label, a hint, a paragraph, an answer."""
    line = ""
    for part in element.texts:
        if isinstance(part, str):
            line += part
        elif part.tag in INLINE and not any(child.tag not in INLINE for child in _below(part)):
            line += f" {part.raw_text} "
        elif part.tag not in NOT_READ:
            yield line
            line = ""
            yield from blocks(part)
    yield line


def _below(element: Element) -> Iterator[Element]:
    for part in element.texts:
        if isinstance(part, Element):
            yield part
            yield from _below(part)


def plain(block: str, typed: Iterable[str]) -> str:
    """Without what somebody typed, references and dates."""
    text = " ".join(block.split())
    for strange in typed:
        if strange in text:
            text = text.replace(strange, INVENTED)
    return NO_WORD.sub("", text)


WITH_TEXT = {
    "accounts", "families", "wording", "decisions", "reviews", "letters", "reflections", "rights", "incidents",
    "emergencies", "retention", "administration",
}  # fmt: skip


def typed_text() -> list[str]:
    """Everything people typed into the database: longest first, so that a name inside a sentence goes with it."""
    found: set[str] = set()
    for model in apps.get_models():
        fields = [one for one in model._meta.concrete_fields if isinstance(one, CharField | TextField)]
        names = [one.attname for one in fields if not one.choices]
        if model._meta.app_label in WITH_TEXT and names:
            for row in model._base_manager.values_list(*names):
                found |= {" ".join(str(value).split()) for value in row if value}
    names_too = {word for text in found if text.istitle() for word in text.split()}
    return sorted({text for text in found | names_too if text[0].isupper() or " " in text}, key=len, reverse=True)
