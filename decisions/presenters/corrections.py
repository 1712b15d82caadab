"""Information that turned out to be wrong: who got it, who was told, and who is still to be told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from decisions.facts.corrections import recipients_to_notify, who_got
from decisions.models import Correction, Decision, WrongInformation
from decisions.presenters.labels import joined, lines
from decisions.presenters.people import recipient_names
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Row


@dataclass(frozen=True)
class CorrectionDue:
    """A recipient who got something that turned out to be wrong, and has not been told."""

    wrong: UUID
    recipient: int
    title: str  # no two alike
    what: str


def corrections_due(decision: Decision) -> list[CorrectionDue]:
    """Costs no query on a decision read with its parts."""
    names, due = recipient_names(decision), list(recipients_to_notify(decision))
    titles = numbered([f"{names[recipient.pk]}, found {moment(wrong.found_at)}" for wrong, recipient in due])
    return [
        CorrectionDue(wrong.public_id, recipient.pk, title, what_was_wrong(decision, wrong))
        for (wrong, recipient), title in zip(due, titles, strict=True)
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
