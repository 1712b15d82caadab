"""How a person is described: the same words on screen, in print and in exports."""

from families.ages import Aged
from ui.moments import moment


def age_words(person: Aged) -> str:
    """Only what is known, and how it is known: these words stay true however much later they are read."""
    if person.date_of_birth:
        return f"born {moment(person.date_of_birth)}"
    if person.due_on:
        return f"due {moment(person.due_on)}"
    if person.age is not None and person.age_on:
        return f"aged {person.age} on {moment(person.age_on)}"
    return ""
