"""How a person is described: the same words on screen, in print and in exports."""

from datetime import date
from typing import Protocol


class Aged(Protocol):
    date_of_birth: date | None
    age: int | None
    age_on: date | None
    due_on: date | None


def years_between(born: date, day: date) -> int:
    """Whole years lived on `day`; a 29 February birthday is kept on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def age_words(person: Aged) -> str:
    """Only what is known, and how it is known."""
    if person.date_of_birth:
        return f"born {day_words(person.date_of_birth)}"
    if person.due_on:
        return f"due {day_words(person.due_on)}"
    if person.age is not None and person.age_on:
        return f"aged {person.age} on {day_words(person.age_on)}"
    return ""


def age_at(person: Aged, day: date) -> float | None:
    """Age in whole years on a day; None for the unborn and where it is not known."""
    if person.date_of_birth:
        return float(max(0, years_between(person.date_of_birth, day)))
    if person.age is not None and person.age_on:
        return float(max(0, person.age + years_between(person.age_on, day)))
    return None
