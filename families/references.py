"""Short references for people to say on the phone and write on paper."""

import secrets

# Without I, L, O and U: nothing to mistake for another character, and no accidental words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference(letter: str) -> str:
    """Such as F-7K2M9Q. Random, so that it neither counts cases nor can be guessed."""
    return f"{letter}-{''.join(secrets.choice(ALPHABET) for _ in range(6))}"


def new_family_reference() -> str:
    return new_reference("F")


def new_disclosure_reference() -> str:
    return new_reference("C")
