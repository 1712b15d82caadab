"""Recipients of a draft from the address book, and the one who asked. Whoever is both is one recipient."""

from typing import Any

from accounts.models import Recipient
from decisions.models import Decision, DecisionRecipient
from drafting.record_copies import copy_recipient, how_used_of
from drafting.rows import set_columns
from rules.codes import Trigger
from ui.labels import same_to_the_eye


def save_chosen_and_asker(
    decision: Decision, saved: list[DecisionRecipient], chosen: list[Recipient], *, kind: str
) -> None:
    """One row for each entry that is ticked, and one for who asked: their own entry, where that is ticked too.

    `kind` is what service asked, as far as the page says.
    """
    asker = next((row for row in saved if row.is_asker), None)
    asks = decision.trigger == Trigger.REQ
    own = next((entry for entry in chosen if asks and _is_of(entry, decision)), None)
    _save_chosen(decision, [row for row in saved if not row.is_asker], [entry for entry in chosen if entry != own])
    if asks:
        _save_asker(decision, asker, own, kind)
    elif asker:
        asker.delete()


def _is_of(entry: Recipient, decision: Decision) -> bool:
    return same_to_the_eye(entry.name) == same_to_the_eye(decision.asked_by_organisation)


def _save_chosen(decision: Decision, saved: list[DecisionRecipient], chosen: list[Recipient]) -> None:
    wanted = {entry.pk: entry for entry in chosen}
    for row in saved:
        if row.recipient_id and row.recipient_id not in wanted:
            row.delete()
    here = {row.recipient_id for row in saved}
    for key, entry in wanted.items():
        if key not in here:
            row = DecisionRecipient(organisation_id=decision.organisation_id, decision=decision, recipient=entry)
            copy_recipient(row)
            row.save()


def _save_asker(decision: Decision, row: DecisionRecipient | None, own: Recipient | None, kind: str) -> None:
    """The person who asked is the first recipient, so that nobody has to name them twice."""
    row = row or DecisionRecipient(organisation_id=decision.organisation_id, decision=decision, is_asker=True)
    who = ", ".join(filter(None, [decision.asked_by_name, decision.asked_by_role]))[:200]
    # What is known of the service: its kind, and whether the duty to share binds it. Of two of one name, nothing is.
    named = decision.organisation.recipients.filter(name__iexact=decision.asked_by_organisation.strip(), retired=False)
    known = own or next(iter(named), None) if own or len(named) == 1 else None
    is_another = row.recipient_id != (own.pk if own else None)
    answers: dict[str, Any] = {
        "name": decision.asked_by_organisation,
        "person_or_role": who,
        "kind": known.kind if known else kind,
        "in_scope_16la": known.in_scope_16la if known else False,
        "recipient": own,
        "route_kind": own.route_kind if own else "",
        "route": own.route if own else "",
        "route_checked_on": own.checked_on if own else None,
    }
    if is_another or not row.how_used_changed:
        answers |= {"how_used": how_used_of(own), "how_used_changed": False}
    set_columns(row, answers, answers)
