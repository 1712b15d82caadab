"""Times that contradict each other: the times of the facts and their order, as data that one rule reads.

What cannot be so blocks; what is odd and may be so warns. When something was sent or somebody was told is not compared
with the moment of recording: both may be added afterwards, and the forms take no time in the future.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules import codes
from rules.codes import Consent, Informing, Trigger
from rules.facts import Facts, aware
from rules.findings import Finding, finding
from rules.happened import day_read
from rules.law import Law
from rules.people import is_asked, is_shared, recipient_name


@dataclass(frozen=True)
class Point:
    """One time, or a day without a time, and what it belongs to. `state` is a code, where the order depends on it."""

    at: datetime | date
    person: str = ""
    recipient: str = ""
    part: str = ""  # an item, or the number of a later row
    state: str = ""


@dataclass(frozen=True)
class TimeOf:
    """Where a time of the facts is typed, and how it is read."""

    page: str
    read: Callable[[Facts], Iterable[Point]]


def _one(at: datetime | date | None, **of: str) -> Iterator[Point]:
    if at is not None:
        yield Point(at, **of)


def _sent(facts: Facts) -> list[Point]:
    """The sendings whose time is known, the first first."""
    known = sorted((aware(row.at), number, row.recipient_ref) for number, row in enumerate(facts.sendings) if row.at)
    return [Point(at, recipient=ref, part=str(number)) for at, number, ref in known]


def _rows(rows: Iterable[Any], name: str) -> Iterator[Point]:
    """A time of each row, with its number and its recipient, if it has one."""
    for number, row in enumerate(rows):
        yield from _one(getattr(row, name), recipient=getattr(row, "recipient_ref", ""), part=str(number))


def _first_sent_to_each(facts: Facts) -> Iterator[Point]:
    """The sending from which a recipient had something they could respond to."""
    sent = _sent(facts)
    return (next(point for point in sent if point.recipient == ref) for ref in {point.recipient for point in sent})


def _first_sent(facts: Facts) -> list[Point]:
    return _sent(facts)[:1]


def _last_sent(facts: Facts) -> list[Point]:
    return _sent(facts)[-1:]


def _carried_out(facts: Facts) -> Iterable[Point]:
    """The first sending; where nothing is sent, the decision."""
    return _first_sent(facts) or _one(facts.decided_at)


def _people(name: str) -> Callable[[Facts], Iterator[Point]]:
    def read(facts: Facts) -> Iterator[Point]:
        for person in facts.people:
            yield from _one(getattr(person, name), person=person.ref, state=person.consent_state)

    return read


def _informing(name: str) -> Callable[[Facts], Iterator[Point]]:
    def read(facts: Facts) -> Iterator[Point]:
        for person in facts.people:
            yield from _one(getattr(person.informing, name), person=person.ref, state=person.informing.state)

    return read


def _items(name: str) -> Callable[[Facts], Iterator[Point]]:
    return lambda facts: (point for item in facts.items for point in _one(getattr(item, name), part=item.ref))


def _later(name: str) -> Callable[[Facts], Iterator[Point]]:
    def read(facts: Facts) -> Iterator[Point]:
        for number, row in enumerate(facts.follow_up.consent):
            yield from _one(getattr(row, name), person=row.person_ref, part=str(number), state=row.state)

    return read


# Every time there is in the facts, by class and field, apart from those in UNRELATED; and some that follow from them.
TIMES: dict[str, TimeOf] = {
    "Facts.decided_at": TimeOf("outcome", lambda facts: _one(facts.decided_at)),
    "Facts.recorded_at": TimeOf("", lambda facts: _one(facts.recorded_at)),
    "Facts.urgent_recorded_at": TimeOf("", lambda facts: _one(facts.urgent_recorded_at)),
    "Facts.discovered_at": TimeOf("request", lambda facts: _one(facts.discovered_at)),
    "Facts.look_again_on": TimeOf("sending", lambda facts: _one(facts.look_again_on)),
    "Facts.standing_until": TimeOf("outcome", lambda facts: _one(facts.standing_until)),
    "RequestFacts.asked_at": TimeOf("request", lambda facts: _one(facts.request.asked_at)),
    "RequestFacts.reply_by": TimeOf("request", lambda facts: _one(facts.request.reply_by)),
    "OrderFacts.made_on": TimeOf("request", lambda facts: _one(facts.order.made_on)),
    "OrderFacts.covers_from": TimeOf("request", lambda facts: _one(facts.order.covers_from)),
    "OrderFacts.covers_to": TimeOf("request", lambda facts: _one(facts.order.covers_to)),
    "OrderFacts.due_on": TimeOf("request", lambda facts: _one(facts.order.due_on)),
    "PlanFacts.made_on": TimeOf("concern", lambda facts: _one(facts.plan.made_on)),
    "PersonFacts.consent_at": TimeOf("consent", _people("consent_at")),
    "PersonFacts.until": TimeOf("consent", _people("until")),
    "PersonFacts.competence_on": TimeOf("consent", _people("competence_on")),
    "InformingFacts.at": TimeOf("sending", _informing("at")),
    "InformingFacts.review_on": TimeOf("sending", _informing("review_on")),
    "ItemFacts.dated_from": TimeOf("information", _items("dated_from")),
    "ItemFacts.dated_to": TimeOf("information", _items("dated_to")),
    "AdviceFacts.at": TimeOf("sending", lambda facts: (point for row in facts.advice for point in _one(row.at))),
    "SendingFacts.at": TimeOf("sending", _sent),
    "SendingFacts.received_at": TimeOf("", lambda facts: _rows(facts.sendings, "received_at")),
    "ResponseFacts.at": TimeOf("", lambda facts: _rows(facts.follow_up.responses, "at")),
    "CorrectionFacts.found_at": TimeOf("", lambda facts: _rows(facts.follow_up.corrections, "found_at")),
    "CorrectionFacts.notified_at": TimeOf("", lambda facts: _rows(facts.follow_up.corrections, "notified_at")),
    "ComplaintFacts.received_at": TimeOf("", lambda facts: _rows(facts.follow_up.complaints, "received_at")),
    "ComplaintFacts.answered_at": TimeOf("", lambda facts: _rows(facts.follow_up.complaints, "answered_at")),
    "Facts.disclosed_at": TimeOf("concern", lambda facts: _one(facts.disclosed_at)),
    "day it happened": TimeOf("concern", lambda facts: _one(day_read(facts.happened))),
    "first sending to each": TimeOf("sending", _first_sent_to_each),
    "LaterConsentFacts.at": TimeOf("", _later("at")),
    "LaterConsentFacts.until": TimeOf("", _later("until")),
    "first sending": TimeOf("sending", _first_sent),
    "last sending": TimeOf("sending", _last_sent),
    "carried out": TimeOf("sending", _carried_out),
}
# Times whose order with others a rule of their own judges, or that have none.
UNRELATED: dict[str, str] = {
    "AttemptFacts.at": "an attempt may come at any time; advice.py compares it with the advice",
    "InformingFacts.entered_on": "the day on which a later answer was entered, which the form takes from the clock",
    "OrganisationFacts.policy_document_on": "special_category.py asks whether there was one on the day of the decision",
    "PersonFacts.due_on": "an expected birth may be past or still to come",
    "PersonFacts.look_again_on": "the review date of informing, which is `InformingFacts.review_on`",
    "Facts.starts_on": "a file may follow after the first day at the new school; duties.py asks for the day",
    "Facts.commencements": "days of law, not of this decision",
    "Facts.retired": "days of law, not of this decision",
    "Provision.checked_on": "the day on which somebody read the law",
    "Provision.enacted_on": "days of law, not of this decision",
    "Provision.effective_from": "days of law, not of this decision",
    "Provision.effective_to": "days of law, not of this decision",
}


@dataclass(frozen=True)
class Order:
    """`earlier` comes first, or `code` is found. With `own`, only two times of one person or one item are compared."""

    earlier: str
    later: str
    code: str
    own: bool = False
    same_day: bool = True  # whether both may fall on one day, where at least one has no time
    only: Callable[[Facts, Point, Point], bool] = lambda _facts, _earlier, _later: True

    @property
    def pages(self) -> frozenset[str]:
        return frozenset({TIMES[self.earlier].page, TIMES[self.later].page})

    def broken(self, facts: Facts) -> Iterator[tuple[Point, Point]]:
        for earlier in TIMES[self.earlier].read(facts):
            for later in TIMES[self.later].read(facts):
                if self.own and (earlier.person, earlier.part) != (later.person, later.part):
                    continue
                if _is_after(earlier.at, later.at, same_day=self.same_day) and self.only(facts, earlier, later):
                    yield earlier, later


def _is_after(earlier: datetime | date, later: datetime | date, *, same_day: bool) -> bool:
    """To the minute, as times are typed; by day where one of them is a day."""
    if isinstance(earlier, datetime) and isinstance(later, datetime):
        return _minute(earlier) > _minute(later)
    first, last = (at.date() if isinstance(at, datetime) else at for at in (earlier, later))
    return first > last or (first == last and not same_day)


def _minute(at: datetime) -> datetime:
    return aware(at).replace(second=0, microsecond=0)


def _informed_as(*states: Informing) -> Callable[[Facts, Point, Point], bool]:
    return lambda _facts, earlier, later: bool({earlier.state, later.state} & set(states))


def _same_recipient(_facts: Facts, earlier: Point, later: Point) -> bool:
    return earlier.recipient == later.recipient


ORDERS: tuple[Order, ...] = (
    # What cannot be so.
    Order("Facts.decided_at", "Facts.recorded_at", "DECIDED_AHEAD"),
    Order("Facts.urgent_recorded_at", "Facts.recorded_at", "URGENT_AHEAD"),
    Order("PersonFacts.consent_at", "Facts.recorded_at", "CONSENT_AHEAD"),
    Order("PersonFacts.competence_on", "Facts.recorded_at", "COMPETENCE_AHEAD"),
    Order("AdviceFacts.at", "Facts.recorded_at", "ADVICE_AHEAD"),
    Order("RequestFacts.asked_at", "Facts.recorded_at", "ASKED_AHEAD"),
    Order(
        "OrderFacts.made_on", "Facts.decided_at", "ORDER_AHEAD",
        only=lambda facts, *_: facts.trigger == Trigger.COURT_ORDER,
    ),
    Order("Facts.discovered_at", "Facts.decided_at", "DISCOVERED_AHEAD"),
    Order("OrderFacts.covers_from", "OrderFacts.covers_to", "ORDER_PERIOD"),
    Order("ItemFacts.dated_from", "ItemFacts.dated_to", "ITEM_PERIOD", own=True),
    Order("PersonFacts.consent_at", "PersonFacts.until", "CONSENT_UNTIL", own=True),
    Order("LaterConsentFacts.at", "LaterConsentFacts.until", "CONSENT_UNTIL", own=True),
    Order("Facts.decided_at", "Facts.look_again_on", "REVIEW_DATE_EARLY"),
    Order("Facts.decided_at", "InformingFacts.review_on", "INFORMING_REVIEW_EARLY"),
    Order(
        "Facts.decided_at", "Facts.standing_until", "STANDING_ENDED", same_day=False,
        only=lambda facts, *_: is_shared(facts),
    ),
    Order("InformingFacts.at", "last sending", "INFORMED_BEFORE_LATE", only=_informed_as(Informing.TOLD_BEFORE)),
    Order("carried out", "InformingFacts.at", "INFORMED_AFTER_EARLY", only=_informed_as(Informing.TOLD_AFTER)),
    Order("SendingFacts.at", "SendingFacts.received_at", "RECEIVED_EARLY", own=True),
    Order("CorrectionFacts.found_at", "CorrectionFacts.notified_at", "NOTIFIED_EARLY", own=True),
    Order("ComplaintFacts.received_at", "ComplaintFacts.answered_at", "ANSWERED_EARLY", own=True),
    # What is odd, and may be so.
    Order("day it happened", "Facts.disclosed_at", "DISCLOSED_EARLY"),
    Order("day it happened", "Facts.decided_at", "HAPPENED_AFTER"),
    Order("first sending to each", "ResponseFacts.at", "RESPONSE_EARLY", only=_same_recipient),
    Order("first sending to each", "CorrectionFacts.found_at", "KNOWN_WRONG", only=_same_recipient),
    Order("Facts.decided_at", "ComplaintFacts.received_at", "COMPLAINT_EARLY"),
    Order("Facts.decided_at", "SendingFacts.at", "SENT_BEFORE_DECIDED"),
    Order(
        "Facts.decided_at", "InformingFacts.at", "INFORMED_BEFORE_DECIDED",
        only=lambda facts, *pair: _informed_as(Informing.TOLD_AT_TIME)(facts, *pair) and not facts.sendings,
    ),
    Order(
        "PersonFacts.consent_at", "first sending", "CONSENT_AFTER_SENDING",
        only=lambda facts, consent, _: is_shared(facts) and consent.state in {Consent.GIVEN, Consent.GIVEN_PARTIAL},
    ),
    Order("AdviceFacts.at", "Facts.decided_at", "ADVICE_AFTER"),
    Order("RequestFacts.asked_at", "Facts.decided_at", "ASKED_AFTER", only=lambda facts, *_: is_asked(facts)),
    Order("Facts.decided_at", "RequestFacts.reply_by", "REPLY_LATE", only=lambda facts, *_: is_asked(facts)),
    Order("RequestFacts.asked_at", "RequestFacts.reply_by", "REPLY_BEFORE_ASKED"),
    Order(
        "Facts.decided_at", "OrderFacts.due_on", "ORDER_LATE",
        only=lambda facts, *_: facts.trigger == Trigger.COURT_ORDER,
    ),
    Order("OrderFacts.made_on", "OrderFacts.due_on", "ORDER_DUE_EARLY"),
    Order("PersonFacts.competence_on", "Facts.decided_at", "COMPETENCE_AFTER"),
    Order("PlanFacts.made_on", "Facts.decided_at", "PLAN_AFTER"),
    Order("Facts.decided_at", "Facts.urgent_recorded_at", "URGENT_BEFORE_DECIDED"),
    Order("Facts.recorded_at", "Facts.look_again_on", "REVIEW_PASSED"),
    Order("Facts.recorded_at", "InformingFacts.review_on", "INFORMING_REVIEW_PASSED"),
    Order(
        "Facts.decided_at", "LaterConsentFacts.at", "REFUSED_BEFORE_DECIDED",
        only=lambda _facts, _earlier, later: later.state in codes.REFUSALS,
    ),
)  # fmt: skip


def in_order(facts: Facts, _law: Law | None = None) -> Iterator[Finding]:
    """What happened, happened in an order that can be (2024 guidance, rule 7: record; UK GDPR Article 5(1)(d))."""
    for order in ORDERS:
        yield from _found(order, facts)


def contradictions(facts: Facts, page: str) -> list[Finding]:
    """What the times typed on this page contradict, there or elsewhere."""
    rows = [order for order in ORDERS if page in order.pages]
    return list(dict.fromkeys(found for order in rows for found in _found(order, facts)))


def _found(order: Order, facts: Facts) -> Iterator[Finding]:
    for earlier, later in order.broken(facts):
        named = recipient_name(facts, later.recipient) or "somebody"
        yield finding(order.code, person=earlier.person or later.person, recipient=named)


RULES = (in_order,)
