"""Information that turned out to be wrong: who got it, who was told, and who is still to be told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from decisions.models import Correction, Decision, DecisionRecipient, WrongInformation
from decisions.presenters.labels import joined, lines
from decisions.presenters.people import recipient_names
from ui.moments import moment
from ui.rows import Row


@dataclass(frozen=True)
class CorrectionDue:
    """A recipient who got something that turned out to be wrong, and has not been told."""

    wrong: UUID
    recipient: int
    name: str
    what: str


def corrections_due(decision: Decision) -> list[CorrectionDue]:
    """Costs no query on a decision read with its parts."""
    names = recipient_names(decision)
    return [
        CorrectionDue(wrong.public_id, recipient.pk, names[recipient.pk], what_was_wrong(decision, wrong))
        for wrong, recipient in recipients_to_notify(decision)
    ]


def recipients_to_notify(decision: Decision) -> Iterator[tuple[WrongInformation, DecisionRecipient]]:
    """Each who was sent it, for each thing that was wrong, unless a correction says that or why not they were told."""
    for wrong in () if decision.is_draft else decision.wrong_information.all():
        settled = {correction.recipient_id for correction in wrong.corrections.all()}
        yield from ((wrong, each) for each in who_got(decision, wrong) if each.pk not in settled)


def who_got(decision: Decision, wrong: WrongInformation) -> list[DecisionRecipient]:
    """Recipients who were sent something and were given this item; where it is no item, all who were sent something."""
    sent = {sending.recipient_id for sending in decision.sendings.all()}
    given = {
        cell.recipient_id
        for item in decision.items.all()
        for cell in item.grid.all()
        if item.pk == wrong.item_id and cell.given
    }
    return [
        recipient
        for recipient in decision.recipients.all()
        if recipient.pk in sent and (wrong.item_id is None or recipient.pk in given)
    ]


def what_was_wrong(decision: Decision, wrong: WrongInformation) -> str:
    """The item's own text, or what was written about it."""
    texts = {item.pk: item.text for item in decision.items.all()}
    return texts[wrong.item_id] if wrong.item_id else wrong.what_is_wrong


def wrong_information_rows(decision: Decision) -> list[Row]:
    names = recipient_names(decision)
    return [
        Row("Turned out to be wrong", [*_wrong_lines(decision, wrong), *_notified_lines(decision, wrong, names)])
        for wrong in (() if decision.is_draft else decision.wrong_information.all())
    ]


def _wrong_lines(decision: Decision, wrong: WrongInformation) -> Iterable[str]:
    item = what_was_wrong(decision, wrong) if wrong.item_id else ""
    return lines(
        ("", moment(wrong.found_at)),
        ("", item),
        ("What is wrong", wrong.what_is_wrong),
        ("What is right", wrong.what_is_right),
    )


def _notified_lines(decision: Decision, wrong: WrongInformation, names: dict[int, str]) -> Iterator[str]:
    for correction in wrong.corrections.all():
        yield f"{names[correction.recipient_id]}: {correction_words(correction)}"
    settled = {correction.recipient_id for correction in wrong.corrections.all()}
    for recipient in who_got(decision, wrong):
        if recipient.pk not in settled:
            yield f"{names[recipient.pk]}: not told yet"


def correction_words(correction: Correction) -> str:
    if correction.notified_at:
        return f"told {joined(moment(correction.notified_at), correction.notified_to, correction.how)}"
    return f"not told: {correction.why_not_notified}"
