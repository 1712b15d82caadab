"""A person's age from a date of birth, an age on a day, or a due date. Pure."""

from datetime import date
from typing import Protocol

ADULT = 18


class Aged(Protocol):
    """What a person's row has about their age."""

    @property
    def date_of_birth(self) -> date | None: ...
    @property
    def age(self) -> int | None: ...
    @property
    def age_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...


def birthdays(since: date, until: date) -> int:
    """Whole years between two days; somebody born on 29 February is a year older on 1 March."""
    years = until.year - since.year
    return years - 1 if (until.month, until.day) < (since.month, since.day) else years


def youngest_age(person: Aged, day: date) -> int | None:
    """The age somebody has reached at least, or None if it is unknown or they are not yet born."""
    if person.date_of_birth is not None:
        return birthdays(person.date_of_birth, day) if person.date_of_birth <= day else None
    if person.age is not None and person.age_on is not None:
        return person.age + max(0, birthdays(person.age_on, day))
    return None


def age_in_words(person: Aged, day: date) -> str:
    """Such as "4 months", "14" or "14 or 15"; empty if nothing is known."""
    if person.date_of_birth is not None:
        return _since_birth(person.date_of_birth, day)
    if person.age is not None and person.age_on is not None:
        return _informed_follow_up(person.age, person.age_on, day)
    return f"due {_day(person.due_on)}" if person.due_on else ""


def _since_birth(born: date, day: date) -> str:
    if born > day:
        return f"born {_day(born)}"
    years = birthdays(born, day)
    if years >= 2:  # noqa: PLR2004  (below two, months say more than years)
        return str(years)
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return f"{months} month{'' if months == 1 else 's'}"


def _informed_follow_up(age: int, told_on: date, day: date) -> str:
    if day <= told_on:
        return str(age)
    passed = birthdays(told_on, day)
    return f"{age + passed} or {age + passed + 1}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
