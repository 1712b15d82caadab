"""Finding families by name, reference or the name of somebody in them."""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from families.models import Family, Person

MOST_WORDS = 8


def matching(families: "QuerySet[Family]", words: str) -> "QuerySet[Any]":
    """The families whose name or reference, or the name or other names of one of their people, has every word."""
    search_words = words.split()[:MOST_WORDS]
    if not search_words:
        return families.none()
    called = _every_word("name", search_words) | _every_word("known_as", search_words)
    people = Person.objects.filter(called).values("family")
    return families.filter(
        _every_word("name", search_words) | Q(reference__iexact="".join(search_words)) | Q(pk__in=people)
    )


def _every_word(column: str, words: list[str]) -> Q:
    return reduce(and_, (_any_case(column, word) for word in words))


def _any_case(column: str, word: str) -> Q:
    """SQLite only folds the case of ASCII letters, so the usual spellings of other words are listed."""
    spellings = {word, word.lower(), word.upper(), word.capitalize()} if not word.isascii() else {word}
    return reduce(or_, (Q((f"{column}__icontains", spelling)) for spelling in sorted(spellings)))
