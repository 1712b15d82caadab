"""Whether a letter may leave now. Asked before any letter is made, shown or sent as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from letters.household import household_of_person
from letters.models import AnyLetter, RouteAgreement


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """A letter about to leave: to whom, in which form and which way. Without a person it goes to whoever asked."""

    person: int | None  # of the family, by key
    version: str
    format: str
    route: str
    agreement: RouteAgreement | None  # a second person's, to this way for this letter
    at: datetime


class MayNotLeave(ValidationError):
    """A gate refused; its message says why, in words for the author of the letter."""


# Each answers with the reason why it must not leave, or with nothing.
Gate = Callable[[Leaving], str]


def not_by_this_way(leaving: Leaving) -> str:
    """A way that is not safe, or not known to be where there is a risk, unless a second person has agreed to it."""
    if leaving.person is None or (leaving.agreement and leaving.agreement.counts_at(leaving.at)):
        return ""
    return household_of_person(leaving.person).why_not_by(leaving.route, timezone.localdate(leaving.at))


gates: list[Gate] = [not_by_this_way]


def leaving_of(letter: AnyLetter, *, at: datetime) -> Leaving:
    return Leaving(
        person=letter.reader_key, version=letter.version, format=letter.format, route=letter.route,
        agreement=letter.agreement, at=at,
    )  # fmt: skip


def why_it_may_not_leave(leaving: Leaving) -> str:
    return next((reason for gate in gates if (reason := gate(leaving))), "")
