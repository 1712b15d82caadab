"""How people are named where several are listed: by name, and by as much more as tells two of one name apart."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol

from families.ages import Aged
from ui.labels import distinct_names
from ui.moments import moment


class Described(Aged, Protocol):
    """A person of a family, or a decision's copy of one."""

    @property
    def name(self) -> str: ...

    def get_role_display(self) -> str: ...


def age_words(person: Aged) -> str:
    """Only what is known, with the date it was known, so that it stays true when read later."""
    if person.date_of_birth:
        return f"born {moment(person.date_of_birth)}"
    if person.due_on:
        return f"due {moment(person.due_on)}"
    if person.age is not None and person.age_on:
        return f"aged {person.age} on {moment(person.age_on)}"
    return ""


def names_of(people: Iterable[tuple[int, Described]]) -> dict[int, str]:
    """By key, as each is named on every page of one decision or family: Sam, or Sam (father) where there are two."""
    by_key = dict(people)
    return distinct_names({key: person.name for key, person in by_key.items()}, lambda key: _differences(by_key[key]))


def first_name_and_initial(name: str) -> str:
    """Mia K. for Mia Kent, on a list. A name of one word is whole, and one whose last word begins with no letter."""
    first, *others = unicodedata.normalize("NFC", name).split()
    initial = _first_letter(others[-1]) if others else ""
    return f"{first} {initial}." if initial else name


def _first_letter(word: str) -> str:
    """With the marks that belong to it, which some scripts write as characters of their own."""
    if not word[0].isalpha():
        return ""
    end = next((place for place in range(1, len(word)) if not unicodedata.category(word[place]).startswith("M")), None)
    return word[:end].upper()


def _differences(person: Described) -> tuple[str, ...]:
    return person.get_role_display().lower(), age_words(person)
