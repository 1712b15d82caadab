"""What a recorded decision waits for, and what has changed under it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from accounts.queries import closed_days
from decisions.facts.decision import facts_of
from decisions.models import Decision, Sending
from rules import reply_deadlines
from rules.after_recording import latest_consent, without_consent
from rules.codes import ResponseKind, Trigger
from ui.moments import moment


@dataclass(frozen=True)
class ConsentWithdrawal:
    """A person who withdrew consent, and when."""

    name: str
    at: datetime


def withdrawn_consents(decision: Decision) -> list[ConsentWithdrawal]:
    """People who withdrew the consent that sharing relied on. Costs no query on a decision read with its parts."""
    facts = facts_of(decision)
    if not without_consent(facts):
        return []
    names = {str(person.pk): person.name for person in decision.people.all()}
    latest = {person.ref: latest_consent(facts, person) for person in without_consent(facts)}
    return [ConsentWithdrawal(names[ref], last.at) for ref, last in latest.items() if last]


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
    """Sendings without a receipt or an answer. A group that shares often is not asked each time."""
    if decision.standing_until:
        return []
    names = {recipient.pk: recipient.name for recipient in decision.recipients.all()}
    return [
        Waiting(
            one.public_id, one.recipient_id, names[one.recipient_id], one.sent_at,
            reply_deadlines.reply_due(timezone.localdate(_last_contact(decision, one)), today),
        )
        for one in decision.sendings.all()
        if not confirmed(decision, one)
    ]  # fmt: skip


def confirmed(decision: Decision, sending: Sending) -> bool:
    """Somebody took it, said that they have it, or has answered since."""
    answered = any(
        one.recipient_id == sending.recipient_id and one.kind != ResponseKind.CHASED and one.at >= sending.sent_at
        for one in decision.responses.all()
    )
    return bool(sending.received_by) or answered or any(one.sending_id == sending.pk for one in decision.receipts.all())


def _last_contact(decision: Decision, sending: Sending) -> datetime:
    chased = (
        one.at
        for one in decision.responses.all()
        if one.recipient_id == sending.recipient_id and one.kind == ResponseKind.CHASED
    )
    return max([sending.sent_at, *chased])


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
    """Five school days from the child's start to the sending, and then a receipt."""
    if decision.trigger != Trigger.KCSIE_TRANSFER or not decision.is_shared or not decision.decided_at:
        return None
    begins = decision.starts_on or timezone.localdate(decision.decided_at)
    due = reply_deadlines.transfer(begins, today, closed_days(decision.organisation.school_holidays.all()))
    sent = [one for one in decision.sendings.all() if not confirmed(decision, one)]
    if not decision.sendings.all():
        return Transfer(*_not_sent(due))
    if sent:
        names = {recipient.pk: recipient.name for recipient in decision.recipients.all()}
        who = ", ".join(dict.fromkeys(names[one.recipient_id] for one in sent))
        return Transfer(f"Sent. {who} has not confirmed that the file has arrived.", "Receipt outstanding", "yellow")
    late = any(timezone.localdate(one.sent_at) > due.day for one in decision.sendings.all())
    return Transfer(f"Sent{' late' if late else ''}, and received.", "Received", "green")


def _not_sent(due: reply_deadlines.Due) -> tuple[str, str, str]:
    if due.overdue:
        return f"The file was due at the next school by {moment(due.day)}. Send it now.", "Overdue", "red"
    left = "today is the last day" if due.left == 0 else f"{due.left} school day{'s' if due.left != 1 else ''} left"
    return f"Send the file to the next school by {moment(due.day)}: {left}.", "Not sent yet", "yellow"
