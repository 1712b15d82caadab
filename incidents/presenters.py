"""An incident in words: what happened, how much time is left, and what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision, UrgentRecord
from decisions.presenters.people import recipient_names_of
from decisions.queries import may_see
from incidents.models import Incident, IncidentEvent
from incidents.pages import EVENT_PAGES, PAGE_OF, EventPage
from incidents.queries import may_add_events
from rules.incidents.clock import Clock, Happened, clock, is_closed
from rules.incidents.codes import IncidentEventKind
from rules.incidents.to_do import ToDo
from ui.moments import moment
from ui.rows import Event, Row

NOT_ON_A_LIST = "Something else: "


@dataclass(frozen=True)
class ToDoLine:
    """`page` is None for somebody who may read the incident and add nothing to it."""

    message: str
    page: EventPage | None
    first: bool


def clock_of(incident: Incident, events: Iterable[Happened]) -> Clock:
    return clock(incident.noticed_at, events, incident.organisation.kind)


def happened_of(incident: Incident) -> list[Happened]:
    return [event.happened for event in incident.events.all()]


def status(incident: Incident, now: datetime) -> tuple[str, str]:
    """A tag, with its colour."""
    happened = happened_of(incident)
    if is_closed(happened):
        return "Closed", "green"
    left = clock_of(incident, happened).left(now)
    if not left:
        return "Open", "blue"
    return left, "red" if left == "Late" else "yellow"


def clock_words(found: Clock) -> str:
    """By when the regulator is told, or what became of it."""
    if not found.settled_at:
        return f"Report it to the Information Commissioner by {moment(found.due)}, or record why not."
    if not found.is_notified:
        return "It is not reported to the Information Commissioner. The reason is below."
    late = f", after the deadline of {moment(found.due)}" if found.is_late(found.settled_at) else ""
    return f"Reported to the Information Commissioner on {moment(found.settled_at)}{late}."


def to_do_lines(found: Iterable[ToDo], incident: Incident, user: User) -> list[ToDoLine]:
    adds = may_add_events(incident, user)
    return [ToDoLine(each.message, PAGE_OF[each.page] if adds else None, each.first) for each in found]


def offered(incident: Incident, user: User) -> list[EventPage]:
    """What this person can record about it now, in the order of the list."""
    if not may_add_events(incident, user):
        return []
    closed, officer = is_closed(happened_of(incident)), user.has(Permission.FOLLOW_INCIDENTS)
    again = IncidentEventKind.REOPENED
    return [page for page in EVENT_PAGES if (page.kind == again) == closed and (officer or not page.by_officer)]


@dataclass(frozen=True)
class RecordLine:
    """A record that an incident is about. `opens`: whoever reads this may open it."""

    words: str
    reference: str
    kind: str
    public_id: UUID
    opens: bool


def records_of(incident: Incident, user: User) -> list[RecordLine]:
    """The one that it was reported from first."""
    found = [incident.decision] if incident.decision else []
    found += [row.decision for row in incident.further.all()]
    lines = [_line_of(row, user) for row in found]
    if incident.urgent is not None:
        opens = UrgentRecord.objects.visible_to(user).filter(pk=incident.urgent.pk).exists()
        urgent = incident.urgent
        lines.insert(0, RecordLine("urgent record", urgent.reference, "urgent", urgent.public_id, opens))
    return lines


def _line_of(decision: Decision, user: User) -> RecordLine:
    if decision.is_disposed:
        return RecordLine("decision", decision.reference, "decision", decision.public_id, opens=False)
    return RecordLine("decision", decision.reference, "decision", decision.public_id, may_see(decision, user))


def incident_rows(incident: Incident) -> list[Row]:
    """Every word of the report."""
    rows = [
        ("What went wrong", [incident.get_kind_display()]),
        ("Is somebody in danger?", [incident.get_danger_display()]),
        ("Does it show where somebody lives who must not be found?", [incident.get_address_at_risk_display()]),
        ("What happened", [incident.what_happened]),
        ("What went out", _what(incident)),
        ("Who has it", _who(incident)),
        ("Who could be harmed, and how", [incident.who_harmed]),
        ("First known here", [f"{moment(incident.noticed_at)}, by {incident.noticed_by}"]),
        ("Reported here", [f"{moment(incident.written_at)}, by {incident.written_by_then_and_now}"]),
    ]
    return [Row(key, lines) for key, lines in rows if lines]


def _what(incident: Incident) -> list[str]:
    chosen = [row.item.text for row in incident.items.all()]
    other = f"{NOT_ON_A_LIST if chosen else ''}{incident.what_other}"
    return [*chosen, other] if incident.what_other else chosen


def _who(incident: Incident) -> list[str]:
    names = recipient_names_of(row.recipient for row in incident.recipients.all())
    return [*names.values(), *([incident.went_to] if incident.went_to else [])]


def event_rows(incident: Incident) -> list[Event]:
    return [
        Event(_title(event), event.at, event.written_by_then_and_now, _text(event)) for event in incident.events.all()
    ]


def _title(event: IncidentEvent) -> str:
    code = event.get_risk_display() or event.get_outcome_display() or event.get_way_display()
    title: str = event.get_kind_display()
    return f"{title}: {code[0].lower()}{code[1:]}" if code else title


def _text(event: IncidentEvent) -> str:
    writing = " They confirmed it in writing." if event.in_writing else ""
    late = f" Why it is late: {event.why_late}" if event.why_late else ""
    return f"{event.text}{writing}{late}"
