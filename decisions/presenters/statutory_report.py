"""The report to the police that the law requires: when it is due, and whether it was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from decisions.models import Decision
from rules.codes import HowDiscovered
from rules.deadlines import Deadlines, fgm
from rules.duties import FGM
from rules.organisations import RecipientKind
from ui.moments import moment


@dataclass(frozen=True)
class Report:
    """The state of the report in words, as a tag, and its deadlines."""

    words: str
    tag: str
    colour: str
    due: Deadlines

    @property
    def is_done(self) -> bool:
        return self.colour == "green"


def report(decision: Decision, today: date) -> Report | None:
    """For a decision under the duty to report FGM, with its recipients and sendings. None for any other."""
    suspected = decision.how_discovered == HowDiscovered.SUSPECTED
    if decision.duty_code != FGM or decision.discovered_at is None or suspected:
        return None
    due = fgm(timezone.localdate(decision.discovered_at))
    police = {row.pk for row in decision.recipients.all() if row.kind == RecipientKind.POLICE}
    reported = [timezone.localdate(row.sent_at) for row in decision.sendings.all() if row.recipient_id in police]
    return _made(min(reported), due) if reported else _open(due, today)


def _made(day: date, due: Deadlines) -> Report:
    if day > due.last:
        return Report(f"The police were told on {moment(day)}, after the one-month legal limit.", "Late", "red", due)
    if day > due.expected:
        return Report(
            f"The police were told on {moment(day)}, after the next working day.", "Reported late", "green", due
        )
    return Report(f"The police were told on {moment(day)}, in time.", "Reported", "green", due)


def _open(due: Deadlines, today: date) -> Report:
    limit = f"The last day the law allows is {moment(due.last)}."
    if today > due.last:
        return Report(
            f"The report to the police was due by {moment(due.last)} at the latest. Call them now.",
            "Overdue",
            "red",
            due,
        )
    if today > due.expected:
        return Report(f"Call the police now: this was due by {moment(due.expected)}. {limit}", "Overdue", "red", due)
    return Report(
        f"Report to the police yourself by the end of {moment(due.expected)}. {limit}",
        "Not reported yet",
        "yellow",
        due,
    )


def open_reports(decisions: Iterable[Decision], today: date) -> list[tuple[Decision, Report]]:
    """Decisions whose report is still due."""
    reports = [(decision, report(decision, today)) for decision in decisions]
    return [(decision, due) for decision, due in reports if due is not None and not due.is_done and due.tag != "Late"]
