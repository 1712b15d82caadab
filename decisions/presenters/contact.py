"""Contact with each person about one decision: asked, said, told, tried and planned. Each line is made from a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.text import capfirst

from decisions.facts.people import age_then
from decisions.models import ConsentEvent, ContactPlan, Decision, InformingEvent
from decisions.presenters.complaints import answer_words, complaint_noun
from decisions.presenters.informing import informed_words
from decisions.presenters.labels import code_words, joined, lines
from decisions.presenters.people import person_names, recipient_names
from decisions.presenters.voice import for_whom, read_back_words
from rules.codes import Consent, Reason
from rules.contact import ContactHad
from rules.facts import PersonFacts
from rules.people import is_baby
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Event, Row

# What is read for these lines, besides the recipients that statements are for.
CONTACT_PARTS = (
    "consent_events__read_back", "informing_events",
    "statements_to_recipients__passed_on", "complaints__answers", "complaints__acknowledgements",
    "contact_plans__outcomes", "letters_made",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """`title` has nobody's own words and no name of a person; `text` may."""

    person: int
    when: datetime | date
    title: str
    text: str = ""

    @property
    def order(self) -> datetime:
        """A day without a time comes before what has one."""
        if isinstance(self.when, datetime):
            return self.when
        return timezone.make_aware(datetime.combine(self.when, time()))


@dataclass(frozen=True)
class Words:
    """Somebody's recorded words, which can be read back to them."""

    consent: UUID
    when: datetime


@dataclass(frozen=True)
class PersonContact:
    person: int
    name: str
    events: list[Event]
    words: list[Words]
    may_talk: bool  # a baby has no words, and nobody plans to talk with it


@dataclass(frozen=True)
class PlannedContact:
    """A contact of which nobody has said yet whether it took place."""

    plan: UUID
    title: str  # no two alike
    how: str
    day: date
    today: date

    @property
    def tag(self) -> tuple[str, str]:
        return ("Overdue", "red") if self.day < self.today else ("Planned", "blue")


def contact_by_person(decision: Decision) -> list[PersonContact]:
    """For everybody on the decision, the newest last. Costs no query on one read with its parts and its letters."""
    found = sorted(contact_lines(decision), key=lambda line: line.order)
    words = [row for row in decision.consent_events.all() if row.views]
    names = person_names(decision)
    return [
        PersonContact(
            person.pk,
            names[person.pk],
            [Event(line.title, line.when, text=line.text) for line in found if line.person == person.pk],
            [Words(row.public_id, row.consent_at or row.written_at) for row in words if row.person_id == person.pk],
            may_talk=not is_baby(PersonFacts(role=person.role, age=age_then(decision, person))),
        )
        for person in decision.people.all()
    ]


def planned_contacts(decision: Decision, today: date) -> list[PlannedContact]:
    """The earliest first."""
    waiting = sorted(_waiting(decision), key=lambda plan: (plan.planned_on or today, plan.pk))
    names = person_names(decision)
    titles = numbered([f"{names[plan.person_id]}, {moment(plan.planned_on)}" for plan in waiting])
    return [
        PlannedContact(plan.public_id, title, _plan_words(plan), plan.planned_on or today, today)
        for plan, title in zip(waiting, titles, strict=True)
    ]


def _waiting(decision: Decision) -> Iterator[ContactPlan]:
    for plan in decision.contact_plans.all():
        if plan.planned_on and not plan.outcomes.all():
            yield plan


def contact_lines(decision: Decision) -> Iterator[Line]:
    """Every contact with everybody, in no order."""
    if decision.is_draft:
        return
    yield from map(_asked, decision.consent_events.all())
    for event in decision.informing_events.all():
        yield _informed(decision, event)
    yield from lines_since(decision)
    yield from _complaints(decision)
    yield from _letters(decision)


def lines_since(decision: Decision) -> Iterator[Line]:
    """What only this list has, and no section of the record with a time of its own."""
    yield from _read_back(decision)
    yield from _statements(decision)
    yield from _plans(decision)


def _asked(event: ConsentEvent) -> Line:
    why = code_words(Reason, event.not_asked_reason) or event.consent_how
    return Line(event.person_id, event.consent_at or event.written_at, code_words(Consent, event.consent_state), why)


def _informed(decision: Decision, event: InformingEvent) -> Line:
    reason = code_words(Reason, event.informing_reason)
    review = f"Review date {moment(event.informing_review_on)}" if event.informing_review_on else ""
    text = joined(event.informed_how, event.informed_by, reason, review)
    title = informed_words(decision, event.informing_state)
    return Line(event.person_id, event.informed_at or event.written_at, title, text)


def _read_back(decision: Decision) -> Iterator[Line]:
    for event in decision.consent_events.all():
        for row in event.read_back.all():
            text = f"{capfirst(read_back_words(row))} (read back by {row.read_back_by})"
            yield Line(event.person_id, row.read_back_at, "Their words were read back to them", text)


def _statements(decision: Decision) -> Iterator[Line]:
    statements = decision.statements_to_recipients.all()
    recipients = recipient_names(decision) if statements else {}
    for row in statements:
        yield Line(row.person_id, row.made_at, f"Statement for {for_whom(row, recipients)}", row.text)
        for passed in row.passed_on.all():
            title = f"Statement for {recipients[passed.recipient_id]}"
            at = passed.passed_on_at or passed.written_at
            done, words = ("passed on", passed.how) if passed.passed_on_at else ("not passed on", passed.why_not)
            yield Line(row.person_id, at, f"{title}, {done}", words)


def _complaints(decision: Decision) -> Iterator[Line]:
    for row in decision.complaints.all():
        if row.person_id:
            noun = complaint_noun(row)
            yield Line(row.person_id, row.received_at, noun, row.text)
            for acknowledged in row.acknowledgements.all():
                yield Line(row.person_id, acknowledged.acknowledged_at, f"{noun} acknowledged", acknowledged.how)
            for answer in row.answers.all():
                yield Line(row.person_id, answer.answered_at, f"{noun} answered", answer_words(answer))


def _letters(decision: Decision) -> Iterator[Line]:
    """Letters are of an app above: they come as rows of the decision."""
    for row in decision.letters_made.all():
        if row.person_id:
            yield Line(
                row.person_id, row.written_at, "Letter made", f"{row.get_route_display()} (by {row.written_by_name})"
            )


def _plans(decision: Decision) -> Iterator[Line]:
    for plan in decision.contact_plans.all():
        if plan.kept_working:
            yield Line(plan.person_id, plan.written_at, "To keep working together", plan.kept_working)
        if plan.planned_on:
            yield Line(plan.person_id, plan.planned_on, "Contact planned", _plan_words(plan))
        for row in plan.outcomes.all():
            title = f"Planned contact: {code_words(ContactHad, row.had).lower()}"
            yield Line(plan.person_id, row.contact_at or row.written_at, title, row.text)


def contact_rows(decision: Decision) -> list[Row]:
    """What was done to keep working together, and planned contact, as rows of the record."""
    names = person_names(decision)
    return [
        Row(f"Working together with {names[plan.person_id]}", list(_plan_lines(plan)))
        for plan in decision.contact_plans.all()
    ]


def _plan_lines(plan: ContactPlan) -> Iterator[str]:
    next_contact = joined(moment(plan.planned_on), _plan_words(plan)) if plan.planned_on else ""
    yield from lines(("What was done", plan.kept_working), ("Contact planned", next_contact))
    for row in plan.outcomes.all():
        yield from lines(
            ("", code_words(ContactHad, row.had)), ("When", moment(row.contact_at)), ("In a few words", row.text)
        )
    yield from lines(("Written down", f"{moment(plan.written_at)} by {plan.written_by_name}"))


def _plan_words(plan: ContactPlan) -> str:
    return joined(plan.planned_how, f"by {plan.planned_by}")
