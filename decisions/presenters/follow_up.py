"""What is still due for a recorded decision, and consent withdrawn since."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from accounts.queries import closed_days
from decisions.facts.decision import facts_of
from decisions.facts.informing import informing_now
from decisions.models import Decision, DecisionRecipient, Sending
from decisions.presenters.informing import now_words
from decisions.presenters.outcome import waiting_for
from decisions.presenters.people import person_names, recipient_names
from rules import reply_deadlines
from rules.after_recording import latest_consent, without_consent
from rules.codes import ResponseKind, Trigger
from rules.facts import Facts
from ui.moments import moment


@dataclass(frozen=True)
class ConsentWithdrawal:
    """A person who withdrew consent, and when."""

    name: str
    at: datetime


def withdrawn_consents(decision: Decision, facts: Facts | None = None) -> list[ConsentWithdrawal]:
    """People who withdrew the consent that sharing relied on. Costs no query on a decision read with its parts.

    `facts` are this decision's, where the caller has them already.
    """
    facts = facts or facts_of(decision)
    people = without_consent(facts)
    if not people:
        return []
    names = {str(key): name for key, name in person_names(decision).items()}
    latest = {person.ref: latest_consent(facts, person) for person in people}
    return [ConsentWithdrawal(names[ref], last.at) for ref, last in latest.items() if last]


def to_send(decision: Decision) -> list[DecisionRecipient]:
    """Who still waits for what they are given, unless a new decision has taken the place of this one."""
    if any(not later.is_draft for later in decision.followed_by.all()):
        return []
    waiting = waiting_for(decision).open
    return [recipient for recipient in decision.recipients.all() if recipient.pk in waiting]


@dataclass(frozen=True)
class Waiting:
    """A sending that nobody has confirmed."""

    sending: UUID
    recipient: int
    name: str
    sent_at: datetime
    due: reply_deadlines.Due

    @property
    def tag(self) -> tuple[str, str]:
        return ("Overdue", "red") if self.due.overdue else ("Waiting", "yellow")

    @property
    def words(self) -> str:
        if self.due.overdue:
            return f"An answer was due by the end of {moment(self.due.day)}. Ask them whether they received it."
        return f"Ask them if you have not heard by the end of {moment(self.due.day)}."


def waiting(decision: Decision, today: date) -> list[Waiting]:
    """Sendings without a receipt or a response. Standing decisions are left out: their group meets regularly."""
    if decision.standing_until:
        return []
    names = recipient_names(decision)
    return [
        Waiting(
            sending.public_id, sending.recipient_id, names[sending.recipient_id], sending.sent_at,
            reply_deadlines.reply_due(timezone.localdate(_last_contact(decision, sending)), today),
        )
        for sending in decision.sendings.all()
        if not confirmed(decision, sending)
    ]  # fmt: skip


def confirmed(decision: Decision, sending: Sending) -> bool:
    """Whether somebody received it in person, confirmed receipt, or has responded since."""
    answered = any(
        response.recipient_id == sending.recipient_id
        and response.kind != ResponseKind.CHASED
        and response.at >= sending.sent_at
        for response in decision.responses.all()
    )
    has_receipt = any(receipt.sending_id == sending.pk for receipt in decision.receipts.all())
    return bool(sending.received_by) or answered or has_receipt


def _last_contact(decision: Decision, sending: Sending) -> datetime:
    chased = (
        response.at
        for response in decision.responses.all()
        if response.recipient_id == sending.recipient_id and response.kind == ResponseKind.CHASED
    )
    return max([sending.sent_at, *chased])


@dataclass(frozen=True)
class ToInform:
    """Somebody who is to be informed on a day, by us or by whoever took it on."""

    person: int
    name: str
    words: str
    day: date
    today: date

    @property
    def is_overdue(self) -> bool:
        return self.day < self.today

    @property
    def tag(self) -> tuple[str, str]:
        if self.is_overdue:
            return ("Overdue", "red")
        return ("Today", "yellow") if self.day == self.today else ("Later", "grey")


def to_inform(decision: Decision, today: date) -> list[ToInform]:
    """Whoever is to be informed or asked about on a day, the earliest first."""
    names = person_names(decision)
    found = [
        ToInform(key, names[key], now_words(decision, now), now.due_on, today)
        for key, now in informing_now(decision).items()
        if now.due_on
    ]
    return sorted(found, key=lambda each: each.day)


@dataclass(frozen=True)
class Transfer:
    """A child protection file on its way to the child's next school."""

    words: str
    tag: str
    colour: str

    @property
    def is_done(self) -> bool:
        return self.colour == "green"


def transfer(decision: Decision, today: date) -> Transfer | None:
    """The transfer is due within five school days of the child's start, and complete when receipt is confirmed."""
    if decision.trigger != Trigger.KCSIE_TRANSFER or not decision.is_shared or not decision.decided_at:
        return None
    begins = decision.starts_on or timezone.localdate(decision.decided_at)
    due = reply_deadlines.transfer(begins, today, closed_days(decision.organisation.school_holidays.all()))
    unconfirmed = [sending for sending in decision.sendings.all() if not confirmed(decision, sending)]
    if not decision.sendings.all() and not waiting_for(decision).open:
        return None
    if not decision.sendings.all():
        return Transfer(*_not_sent(due))
    if unconfirmed:
        names = recipient_names(decision)
        who = ", ".join(dict.fromkeys(names[sending.recipient_id] for sending in unconfirmed))
        return Transfer(f"Sent. {who} has not confirmed that the file has arrived.", "Receipt outstanding", "yellow")
    late = any(timezone.localdate(sending.sent_at) > due.day for sending in decision.sendings.all())
    return Transfer(f"Sent{' late' if late else ''}, and received.", "Received", "green")


def _not_sent(due: reply_deadlines.Due) -> tuple[str, str, str]:
    if due.overdue:
        return f"The file was due at the next school by {moment(due.day)}. Send it now.", "Overdue", "red"
    left = "today is the last day" if due.left == 0 else f"{due.left} school day{'s' if due.left != 1 else ''} left"
    return f"Send the file to the next school by {moment(due.day)}: {left}.", "Not sent yet", "yellow"
