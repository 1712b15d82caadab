"""Who was sent something that turned out to be wrong, and who of them is still to be told."""

from collections.abc import Iterator

from decisions.models import Decision, DecisionRecipient, WrongInformation


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
