"""How a person is described on screen, in print and in exports."""

from families.ages import Aged
from ui.moments import moment


def age_words(person: Aged) -> str:
    """Only what is known, with the date it was known, so that it stays true when read later."""
    if person.date_of_birth:
        return f"born {moment(person.date_of_birth)}"
    if person.due_on:
        return f"due {moment(person.due_on)}"
    if person.age is not None and person.age_on:
        return f"aged {person.age} on {moment(person.age_on)}"
    return ""
