"""Where informing each person stands: an attempt is counted, and closes nothing that was planned before it."""

from dataclasses import dataclass
from datetime import date

from decisions.models import Decision, InformingEvent
from rules.codes import Closing, Informing


@dataclass(frozen=True)
class InformingNow:
    """`row` is what was last recorded that is no attempt, or the last attempt of somebody with nothing else.

    `dated` is the row that the review date comes from: an attempt may bring a later one.
    """

    row: InformingEvent
    dated: InformingEvent
    attempts: tuple[InformingEvent, ...]

    @property
    def due_on(self) -> date | None:
        """When this is looked at again; none once it has ended. The same as `informing_due` asks the database."""
        return None if self.dated.informing_closing == Closing.NEVER_BY_US else self.dated.informing_review_on

    @property
    def is_handed_over(self) -> bool:
        """Somebody else informs them, so the review date asks whether they did."""
        handed = self.row.informing_state == Informing.DELEGATED or self.row.informing_closing == Closing.HANDED_OVER
        return handed and self.dated is self.row


def informing_now(decision: Decision) -> dict[int, InformingNow]:
    """By person. Costs no query on a decision read with its parts; a draft has no events."""
    found: dict[int, InformingNow] = {}
    for event in [] if decision.is_draft else decision.informing_events.all():
        found[event.person_id] = _after(found.get(event.person_id), event)
    return found


def _after(before: InformingNow | None, event: InformingEvent) -> InformingNow:
    attempts = before.attempts if before else ()
    if event.informing_state != Informing.ATTEMPTED:
        return InformingNow(event, event, attempts)
    attempts = (*attempts, event)
    if before is None:
        return InformingNow(event, event, attempts)
    only_attempts = before.row.informing_state == Informing.ATTEMPTED
    dated = event if event.informing_review_on else before.dated
    return InformingNow(event if only_attempts else before.row, dated, attempts)
