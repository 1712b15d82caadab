"""How a person is described: the same words on screen, in print and in exports."""

from datetime import date

from families.ages import Aged


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def age_words(person: Aged) -> str:
    """Only what is known, and how it is known: these words stay true however much later they are read."""
    if person.date_of_birth:
        return f"born {day_words(person.date_of_birth)}"
    if person.due_on:
        return f"due {day_words(person.due_on)}"
    if person.age is not None and person.age_on:
        return f"aged {person.age} on {day_words(person.age_on)}"
    return ""
