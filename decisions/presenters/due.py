"""What is due first for each decision of a list, in a few words without case text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from decisions.facts.informing import informing_now
from decisions.models import Decision
from decisions.presenters.outcome import waiting_for

PARTS = ("informing_events", "followed_by")


@dataclass(frozen=True)
class Due:
    what: str
    day: date
    today: date

    @property
    def is_overdue(self) -> bool:
        return self.day < self.today


def due_first(decision: Decision, today: date) -> Due | None:
    """Costs no query on a decision found by `with_sendings` and read with PARTS."""
    return min(_due(decision, today), key=lambda due: due.day, default=None)


def _due(decision: Decision, today: date) -> Iterator[Due]:
    followed = any(not later.is_draft for later in decision.followed_by.all())
    if not followed and decision.recorded_at and waiting_for(decision).open:
        yield Due("Send it", timezone.localdate(decision.recorded_at), today)
    for now in informing_now(decision).values():
        if now.due_on:
            yield Due("Review who has been informed", now.due_on, today)
    if decision.look_again_on and not followed:
        yield Due("Review date", decision.look_again_on, today)
    if decision.standing_until and not followed:
        yield Due("Sharing in the group ends", decision.standing_until, today)
