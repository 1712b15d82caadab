"""Inspectors: who they are, what they may read, until when, and what they opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.inspecting import start_of
from accounts.models import Inspection, User
from accounts.namesakes import colleague_names
from administration.closed_references import closed_references
from audit.reads import HOW, reads_by
from ui.moments import moment
from ui.rows import Row

MOST_READS = 500


@dataclass(frozen=True)
class InspectionLine:
    inspection: Inspection
    name: str
    what: str
    days: str
    tag: tuple[str, str]


@dataclass(frozen=True)
class ReadLine:
    at: str
    reference: str
    how: str


def inspection_lines(rows: Iterable[Inspection], today: date) -> list[InspectionLine]:
    everything = list(rows)
    names = colleague_names([row.user for row in everything])
    return [
        InspectionLine(row, names[row.user_id], f"{row.body}: {scope_words(row)}", days_words(row), state(row, today))
        for row in everything
    ]


def state(row: Inspection, today: date) -> tuple[str, str]:
    if row.agreed is None:
        return ("Nobody agreed in time", "grey") if row.ends_on < today else ("Waits for a second person", "yellow")
    if not row.agreed:
        return "Refused", "grey"
    if row.ended_at or row.ends_on < today:
        return "Over", "grey"
    return ("Reads now", "green") if row.counts_on(today) else ("Not begun", "blue")


def teams_words(row: Inspection) -> str:
    if row.all_teams:
        return "The whole organisation"
    return ", ".join(sorted(each.team.name for each in row.inspection_teams.all()))


def scope_words(row: Inspection) -> str:
    return f"{teams_words(row)}, recorded from {moment(row.recorded_from)} to {moment(row.recorded_to)}"


def days_words(row: Inspection) -> str:
    return f"{moment(row.opens_on)} to {moment(row.ends_on)}"


def details(row: Inspection) -> list[Row]:
    """Everything that was asked for, and what became of it."""
    people = [user for user in (row.user, row.asked_by, row.answered_by, row.ended_by) if user]
    names = colleague_names(people)
    rows = [
        Row("Inspector", names[row.user_id]),
        Row("Email address", row.user.email),
        Row("Sent by", row.body),
        Row("Why", row.reason),
        Row("Whose decisions", teams_words(row)),
        Row("Recorded", f"From {moment(row.recorded_from)} to {moment(row.recorded_to)}"),
        Row("They read", f"From {moment(row.opens_on)} to {moment(row.ends_on)}, both days included"),
        Row("Asked for", f"{names[row.asked_by_id]}, {moment(row.asked_at)}"),
    ]
    return [*rows, *_answers(row, names)]


def _answers(row: Inspection, names: Mapping[int, str]) -> list[Row]:
    found = []
    if row.answered_by_id:
        found.append(
            Row("Agreed" if row.agreed else "Refused", f"{names[row.answered_by_id]}, {moment(row.answered_at)}")
        )
    if row.ended_by_id:
        found.append(Row("Ended early", f"{names[row.ended_by_id]}, {moment(row.ended_at)}"))
    return found


def reads(row: Inspection, reader: User) -> list[ReadLine]:
    """What they opened on the days of this inspection, the newest first, from the audit log.

    Whoever looks after it sees no line of what is closed to themselves: the inspector may have read more than they.
    """
    end = start_of(row.ends_on + timedelta(days=1))
    since = (row._meta.label_lower, row.pk)
    found = reads_by(row.organisation_id, row.user_id, since=since, end=end, count=MOST_READS + 1)
    closed = closed_references(reader)
    shown = [read for read in found if read.reference not in closed]
    return [ReadLine(moment(read.at), read.reference, HOW[read.event]) for read in shown]
