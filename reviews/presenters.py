"""A line of the review queue, and a decision in short."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from decisions.facts.decision import assessed
from decisions.models import Decision, DecisionItem, DecisionPerson
from decisions.presenters.labels import code_words, joined, outcome_done, said
from decisions.presenters.people import age_words
from reviews.due_dates import TARGET, has_target, is_overdue, waited
from rules.codes import Consent, Informing, NoBasis, Reason
from ui.moments import moment
from ui.rows import Row


@dataclass(frozen=True)
class Waiting:
    """How long a decision has waited for review."""

    days: int
    has_target: bool
    overdue: bool

    @property
    def words(self) -> str:
        if not self.days:
            return "Less than a working day"
        return f"{self.days} working day{'' if self.days == 1 else 's'}"


@dataclass(frozen=True)
class QueueLine:
    public_id: UUID
    reference: str
    outcome: str
    author: str
    team: str
    decided_at: datetime | None
    waiting: Waiting
    warnings: int
    second: bool
    assigned: str
    mine: bool


def waiting(decision: Decision, since: datetime, today: date) -> Waiting:
    return Waiting(waited(since, today), has_target(decision), is_overdue(decision, since, today))


def queue_lines(
    decisions: Iterable[Decision], assigned: Mapping[int, User], reader: User, today: date
) -> list[QueueLine]:
    """Of decisions read with their parts, their reviews and `waiting_since`: costs no query."""
    return [_line(one, assigned.get(one.pk), reader, today) for one in decisions]


def _line(decision: Decision, assigned: User | None, reader: User, today: date) -> QueueLine:
    since: datetime = decision.waiting_since  # type: ignore[attr-defined]  # annotated by the queue
    return QueueLine(
        public_id=decision.public_id,
        reference=decision.reference,
        outcome=outcome_done(decision.outcome),
        author=decision.author_name,
        team=decision.team_name,
        decided_at=decision.decided_at,
        waiting=waiting(decision, since, today),
        warnings=len(assessed(decision).warnings),
        second=bool(decision.reviews.all()),
        assigned=assigned.full_name if assigned else "",
        mine=assigned is not None and assigned.pk == reader.pk,
    )


def target_words() -> str:
    return f"{TARGET} working days"


def short(decision: Decision) -> list[Row]:
    """The decision on one screen; the full record has everything else. Costs no query."""
    people = list(decision.people.all())
    return said(
        ("People", [_who(person) for person in people]),
        ("Requested by", joined(decision.asked_by_name, decision.asked_by_role, decision.asked_by_organisation)),
        ("Shared with", [one.name for one in decision.recipients.all()] if decision.is_shared else ""),
        ("Why this, why now", decision.why_now),
        ("Views and consent", [line for person in people for line in _views(person)]),
        ("Why it outweighs what they said", decision.why_outweighs),
        ("Why no more", decision.why_no_more),
        ("Lawful basis", _basis(decision) if decision.is_shared else ""),
        ("Reasons not to share", [*filter(None, (code_words(NoBasis, decision.no_basis), decision.no_basis_reason))]),
        ("Not shared", [line for item in decision.items.all() for line in _withheld(item)]),
        ("What was done instead", decision.instead),
        ("What the person who asked was told", decision.asker_informed),
        ("Review on", moment(decision.look_again_on)),
        ("Who was told", _informed(decision)),
    )


def _who(person: DecisionPerson) -> str:
    harm = "alleged or suspected source of harm" if person.source_of_harm else ""
    return joined(person.name, person.get_role_display().lower(), age_words(person), harm)


def _views(person: DecisionPerson) -> Iterable[str]:
    if person.consent_state:
        why = person.views or person.not_asked_text or code_words(Reason, person.not_asked_reason)
        words = code_words(Consent, person.consent_state)
        yield f"{person.name}: {words}. {why}" if why else f"{person.name}: {words}"


def _basis(decision: Decision) -> list[str]:
    """Each law once, however many people it is chosen for."""
    names = [str(row.row.get("short_name", row.code)) for row in decision.provisions.all()]
    return [", ".join(dict.fromkeys(names))] if names else []


def _withheld(item: DecisionItem) -> Iterable[str]:
    recipients = {one.recipient_id: one for one in item.grid.all() if not one.given}
    if recipients or item.why_held:
        why = next((one.why_held for one in recipients.values() if one.why_held), "") or item.why_held
        yield f"{item.text} ({why})" if why else item.text


def _informed(decision: Decision) -> list[str]:
    """The latest informing event of each person."""
    latest = {event.person_id: event for event in decision.informing_events.all()}
    return [
        f"{person.name}: {code_words(Informing, latest[person.pk].state)}"
        for person in decision.people.all()
        if person.pk in latest
    ]
