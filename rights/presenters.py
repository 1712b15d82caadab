"""A request in words: who asked, by when it is answered, and what can be recorded about it now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from families.names import age_words
from rights.models import RequestEvent, RightsRequest
from rights.names import asker_since
from rules.rights.clock import WAITS, Clock, clock
from rules.rights.codes import Asker, RequestEventKind, RequestKind
from ui.moments import moment
from ui.rows import Event, Row

NOUNS: dict[str, str] = {
    RequestKind.ACCESS: "Access request",
    RequestKind.OBJECTION: "Objection",
    RequestKind.COMPLAINT: "Complaint",
    RequestKind.CORRECTION: "Correction request",
    RequestKind.COURT_ORDER: "Court order",
    RequestKind.REGULATOR: "Request of a regulator",
}
NOT_CHECKED = "Not checked yet. Check it before you give them anything."


@dataclass(frozen=True)
class EventPage:
    """A page on which one kind of event is recorded: its words, and what stands beside it on the request's page."""

    slug: str
    kind: RequestEventKind
    title: str
    text: str
    day: str
    hint: str = ""


EVENT_PAGES: tuple[EventPage, ...] = (
    EventPage(
        "identity", RequestEventKind.IDENTITY, "Record how you checked who they are",
        "How did you check who they are, and that they may ask?", "When did you check it?",
        "For a parent: that they have parental responsibility. For somebody else: what shows they may act.",
    ),
    EventPage(
        "ask-identity", RequestEventKind.ASKED_IDENTITY, "Record that you asked them to show who they are",
        "What did you ask for, and why are you in doubt?", "When did you ask?",
        "Ask only where you are in doubt, and for no more than you need.",
    ),
    EventPage(
        "ask-meaning", RequestEventKind.ASKED_CLARIFICATION, "Record that you asked them to be clearer",
        "What did you ask?", "When did you ask?",
        "Ask only if you hold a lot about them and cannot tell what they want.",
    ),
    EventPage("reply", RequestEventKind.REPLIED, "Record their reply", "What did they reply?", "When did they reply?"),
    EventPage(
        "more-time", RequestEventKind.EXTENDED, "Record that you need more time", "Why do you need more time?",
        "When did you tell them?", "The request must be complex, or one of several from them. Tell them this reason.",
    ),
    EventPage(
        "acknowledge", RequestEventKind.ACKNOWLEDGED, "Record that you acknowledged it",
        "How did you tell them that you have it?", "When did you tell them?",
    ),
    EventPage(
        "close", RequestEventKind.CLOSED, "Record the answer", "What did you tell them?",
        "When did they get the answer?",
        "Tell them too that they can complain to you and to the Information Commissioner.",
    ),
)  # fmt: skip


def clock_of(request: RightsRequest) -> Clock:
    """Costs no query on a request read with its events."""
    happened = [event.happened for event in request.events.all()]
    return clock(request.kind, request.received_on, happened, request.wanted_by)


def identity_of(request: RightsRequest) -> RequestEvent | None:
    checks = [event for event in request.events.all() if event.kind == RequestEventKind.IDENTITY]
    return checks[-1] if checks else None


def offered(request: RightsRequest, today: date) -> Iterator[EventPage]:
    """What can be recorded now, in the order of the list."""
    now, kinds = clock_of(request), {event.kind for event in request.events.all()}
    by_kind = {page.kind: page for page in EVENT_PAGES}
    if now.is_closed:
        return
    if RequestEventKind.IDENTITY not in kinds:
        yield by_kind[RequestEventKind.IDENTITY]
    if now.waiting_for == RequestEventKind.ASKED_CLARIFICATION:
        yield by_kind[RequestEventKind.REPLIED]
    for kind, needed in WAITS.items():
        known = kind == RequestEventKind.ASKED_IDENTITY and RequestEventKind.IDENTITY in kinds
        if not now.waiting_for and getattr(now.limit, needed) and not known:
            yield by_kind[kind]
    if now.extend_by and today <= now.extend_by:
        yield by_kind[RequestEventKind.EXTENDED]
    if RequestEventKind.ACKNOWLEDGED not in kinds:
        yield by_kind[RequestEventKind.ACKNOWLEDGED]
    yield by_kind[RequestEventKind.CLOSED]


def status(request: RightsRequest, today: date) -> tuple[str, str]:
    """A tag, with its colour."""
    now = clock_of(request)
    if now.is_closed:
        return "Answered", "green"
    if now.is_overdue(today):
        return "Overdue", "red"
    return ("Waiting for them", "blue") if now.last_day is None and now.waiting_for else ("To answer", "yellow")


def due_words(request: RightsRequest) -> str:
    now = clock_of(request)
    if now.is_closed:
        return f"Answered on {moment(now.closed_on)}"
    if now.limit and now.limit.they_name_the_day:
        return (
            f"Answer by {moment(now.last_day)}, as they asked." if now.last_day else "They gave no date. Answer soon."
        )
    if now.last_day is None:
        waits = f"The clock has been paused since {moment(now.waiting_since)}: we are waiting for their reply."
        return waits if now.waiting_for else "You have acknowledged it. Answer without delay."
    verb = "Acknowledge it" if now.limit and now.limit.acknowledge else "Answer without delay,"
    return f"{verb} by {moment(now.last_day)}{'' if verb.startswith('Ack') else ' at the latest'}."


def asked_by(request: RightsRequest) -> str:
    if request.asker == Asker.SELF:
        return Asker.SELF.label
    if request.asker == Asker.BODY:
        return request.asked_by_name
    known = ", on the family's record" if request.asked_by_person_id else ", not on the family's record"
    return f"{asker_since(request)}{known}. {request.get_asker_display()}"


def request_rows(request: RightsRequest) -> list[Row]:
    person, check = request.person, identity_of(request)
    about = ", ".join(filter(None, (person.name, person.get_role_display().lower(), age_words(person))))
    checked = [f"{check.text} ({moment(check.on_day)})"] if check else [NOT_CHECKED]
    rows = [
        ("About", [about, f"Family {person.family.reference}"]),
        ("Asked by", [asked_by(request)]),
        ("Received", [moment(request.received_on), f"Entered by {request.written_by_then_and_now}"]),
        ("Their reference", [request.their_reference] if request.their_reference else []),
        ("What they ask for", [request.wanted]),
        ("How they want the answer", [request.answer_how] if request.answer_how else []),
        ("Who they are", checked),
    ]
    return [Row(key, lines) for key, lines in rows if lines]


def event_rows(request: RightsRequest) -> list[Event]:
    return [
        Event(_title(event), event.on_day, event.written_by_then_and_now, _text(event))
        for event in request.events.all()
    ]


def _title(event: RequestEvent) -> str:
    return f"{event.get_kind_display()}: {event.outcome_words}" if event.outcome else event.get_kind_display()


def _text(event: RequestEvent) -> str:
    more = f"{event.months} more month{'' if event.months == 1 else 's'}. " if event.months else ""
    how = f" How it reached them: {event.answered_how}." if event.answered_how else ""
    why = f" Why those who got it are not told: {event.why_not_informed}" if event.why_not_informed else ""
    return f"{more}{event.text}{how}{why}"
