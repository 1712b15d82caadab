"""Whether a way to contact somebody is safe to use today. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

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


def _is_old(checked_on: date | None, today: date) -> bool:
    return checked_on is None or today - checked_on > CHECK_LASTS
