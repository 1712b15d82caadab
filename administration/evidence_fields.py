"""The fields of a decision in which somebody's words stand, in the words of the record, for an officer to leave out."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from administration.evidence_scope import About
from audit.disposal import plain
from audit.models import AuditedModel
from decisions.models import Decision
from decisions.presenters.record import sections
from ui.labels import numbered

# Closed lists, references, versions and hashes are shorter, and say nothing in anybody's own words.
LONGEST_OF_NO_WORDS = 64
MOST_SHOWN = 300
A_WORD = 20
NAMES = ("name", "known_as")
SHORTEST_NAME = 3
# What is in every row and is called nothing in the record; what has nobody's words in it.
CALLED = {"written_by_name": "who wrote it", "author_name": "author", "author_job": "job of the author"}
NO_WORDS = {("decisions.decisionprovision", "details"), ("decisions.decision", "organisation_name")}
Key = tuple[str, str, str]
Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """`words` are what the record calls it, `text` is what stands in it."""

    subject: str
    row: str
    name: str
    words: str
    text: str
    # Whether something that is left out elsewhere stands in it too.
    repeats: bool = False

    @property
    def key(self) -> Key:
        return self.subject, self.row, self.name

    @property
    def code(self) -> str:
        return "|".join(self.key)

    @property
    def beginning(self) -> str:
        return self.text if len(self.text) <= MOST_SHOWN else f"{self.text[:MOST_SHOWN]} …"


def still_in(fields: list[Field], out: Collection[Key]) -> list[Field]:
    """Those that are not left out, and which of them say in whole words what is. A name is each of its parts too."""
    gone = {text for field in fields if field.key in out for text in _sayings(field)}
    any_of_them = "|".join(map(re.escape, sorted(gone)))
    repeated = re.compile(rf"(?<!\w)(?:{any_of_them})(?!\w)", re.IGNORECASE) if gone else None
    return [
        replace(field, repeats=bool(repeated and repeated.search(field.text)))
        for field in fields
        if field.key not in out
    ]


def _sayings(field: Field) -> list[str]:
    parts = field.text.split() if field.name in NAMES else []
    return [text.strip(".!? ") for text in (field.text, *parts) if len(text) >= SHORTEST_NAME]


def columns_of_words(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        column for column in model._meta.concrete_fields
        if isinstance(column, kinds) and not column.choices
        and (column.max_length or LONGEST_OF_NO_WORDS + 1) > LONGEST_OF_NO_WORDS
    ]  # fmt: skip


def fields_of(about: About) -> list[Field]:
    """Of the decision and everything that belongs to it; no two are called the same."""
    shown = [
        (row.key, " ".join(line.split()))
        for decision in about.decisions
        for section in sections(Decision.objects.with_parts().get(pk=decision.pk))
        for row in section.rows
        for line in row.lines
    ]
    found = sorted(_fields(about, shown), key=lambda field: field.subject != Decision._meta.label_lower)
    return [
        replace(field, words=words)
        for field, words in zip(found, numbered([field.words for field in found]), strict=True)
    ]


def _fields(about: About, shown: Lines) -> Iterator[Field]:
    for model, keys in about.rows().items():
        subject = model._meta.label_lower
        columns = columns_of_words(model) if issubclass(model, AuditedModel) else []
        for row in plain(model).filter(pk__in=keys).order_by("pk") if columns else ():
            for column in columns:
                value = getattr(row, column.attname)
                if value and (subject, column.name) not in NO_WORDS:
                    text = " ".join(" ".join(_texts(value)).split())
                    otherwise = CALLED.get(column.name, column.verbose_name)
                    words = _called(text, shown) or f"{model._meta.verbose_name}: {otherwise}".capitalize()
                    yield Field(subject, str(row.pk), column.name, words, text)


def _texts(value: Any) -> Iterator[str]:
    """Everything that is said in a value of JSON, or the text itself."""
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif value is not None:
        yield str(value)


def _called(text: str, shown: Lines) -> str:
    """What the record calls it: the row of just this line, or of the shortest that says it. A word says too little."""
    if any(key == text for key, _ in shown):
        return f"{text}: name"
    saying = [(len(line), key) for key, line in shown if line == text or (len(text) > A_WORD and text in line)]
    return min(saying)[1] if saying else ""
