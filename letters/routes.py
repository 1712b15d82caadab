"""The ways in which a letter can reach somebody, and why one of them must not be taken today. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from families.contact_safety import ContactAnswer, ContactStanding, worst
from rules.codes import Code, YesNoUnknown

# How long a supervisor's agreement to a way that is not known to be safe counts.
AGREEMENT_LASTS = timedelta(hours=24)
# How long a supervisor is reminded that somebody asked: by then it is another day, and is to be asked anew.
REQUEST_LASTS = timedelta(days=7)


class Route(Code):
    """The values are those of the ways to contact somebody, except `SCREEN`."""

    IN_PERSON = "in_person", "Handed over in person"
    SCREEN = "screen", "Read together on a screen"
    HOME = "letter", "Letter to the home"
    EMAIL = "email", "Email"


TOGETHER = frozenset({Route.IN_PERSON, Route.SCREEN})
# None of these says an address, or whose safety it is about.
NEXT = "If there is no other way, ask a supervisor who did not write this decision to agree to it first."
NOT_KNOWN = f"It is not known to be safe. Ask them, on their own, how to reach them safely, and record it. {NEXT}"
NOT_TOGETHER = f"It is recorded that meeting them is not safe. Get advice on how to reach them. {NEXT}"
NOT_TO_HOME = (
    "Somebody who lives there, or may live there, could be put at risk by a letter, or must not learn of it. "
    f"Hand it over in person instead, or record who lives there. {NEXT}"
)


def in_short(why_not: str) -> str:
    """Its first sentence, for a list of ways."""
    return f"{why_not.partition('. ')[0]}."


class Contact(ContactAnswer, Protocol):
    @property
    def kind(self) -> str: ...


def why_not_by(
    route: str, contacts: Iterable[Contact], *, risk_in_family: bool, kept_at_home: bool, today: date
) -> str:
    """Why a letter must not go this way; empty if it may. `kept_at_home`: no letter about this may come to the home."""
    kind = Route.IN_PERSON if route in TOGETHER else route
    of_kind = [each for each in contacts if each.kind == kind]
    if route in TOGETHER:
        # Meeting is how the safe way is found out, so only a plain no stops it.
        return NOT_TOGETHER if any(each.safe == YesNoUnknown.NO for each in of_kind) else ""
    if route == Route.HOME and kept_at_home:
        return NOT_TO_HOME
    is_unsafe = worst(of_kind, risk_in_family=risk_in_family, today=today) is ContactStanding.NOT_SAFE
    return NOT_KNOWN if is_unsafe else ""
