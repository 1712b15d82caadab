"""Whether a way to contact somebody is safe to use today. Pure."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from rules.contact import WayKnown

CHECK_LASTS = timedelta(days=90)


class ContactStanding(StrEnum):
    SAFE = "safe"
    ASK_AGAIN = "ask_again"
    NOT_SAFE = "not_safe"


class ContactAnswer(Protocol):
    @property
    def safe(self) -> str: ...
    @property
    def checked_on(self) -> date | None: ...


def standing(contact: ContactAnswer, *, risk_in_family: bool, today: date) -> ContactStanding:
    """An answer that is unknown or older than 90 days must be asked again. If a risk is known, it counts as no."""
    if contact.safe == "no":
        return ContactStanding.NOT_SAFE
    if contact.safe == "yes" and not _is_old(contact.checked_on, today):
        return ContactStanding.SAFE
    return ContactStanding.NOT_SAFE if risk_in_family else ContactStanding.ASK_AGAIN


def worst(contacts: Iterable[ContactAnswer], *, risk_in_family: bool, today: date) -> ContactStanding:
    """Of several ways of one kind the least safe one counts: nobody sees which of them is taken. None is not known."""
    found = {standing(each, risk_in_family=risk_in_family, today=today) for each in contacts}
    for each in (ContactStanding.NOT_SAFE, ContactStanding.ASK_AGAIN, ContactStanding.SAFE):
        if each in found:
            return each
    return ContactStanding.NOT_SAFE if risk_in_family else ContactStanding.ASK_AGAIN


# Words by which somebody says how they told a person, by the kind of contact they are of. Several may be named.
NAMED = {
    "in_person": r"in person|face to face|visit|\bmet\b|meeting|at the door|sat down with",
    "phone": r"phone|\bcall(ed)?\b|\brang\b|voicemail",
    "text": r"\btext|\bsms\b|whatsapp|\bmessaged?\b",
    "email": r"\be-?mail",
    "letter": r"\bletter|\bpost(ed)?\b|note through the door",
}


def kinds_named(how: str) -> frozenset[str]:
    """Which kinds of contact these words name; none where they cannot be told apart."""
    words = how.casefold()
    return frozenset(kind for kind, pattern in NAMED.items() if re.search(pattern, words))


def known(contacts: Iterable[ContactAnswer], today: date) -> str:
    """What was recorded about ways of the kinds that were taken, the least safe one first; empty if nothing was."""
    found = {
        WayKnown.STALE if each.safe == "yes" and _is_old(each.checked_on, today) else WayKnown(each.safe)
        for each in contacts
    }
    order = (WayKnown.NO, WayKnown.UNKNOWN, WayKnown.STALE, WayKnown.YES)
    return next((each.value for each in order if each in found), "")


def _is_old(checked_on: date | None, today: date) -> bool:
    return checked_on is None or today - checked_on > CHECK_LASTS
