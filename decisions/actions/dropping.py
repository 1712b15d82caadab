from decisions.journey.draft import Draft
from decisions.models import Decision, DecisionPerson

# Answers that belong to one road only.
ONLY_SHARED = ["why_no_more", "why_outweighs"]
ONLY_NOT_SHARED = ["no_basis", "no_basis_reason", "instead", "asker_told"]
ONLY_SHARED_OF_PERSON = ["p18_reason", "p18_text"]


def drop_off_path(draft: Draft) -> set[str]:
    """Empties what was answered on a road since left; returns the names of what was dropped, for the ledger."""
    decision = draft.decision
    if draft.shares:
        return _blank(decision, ONLY_NOT_SHARED) | _blank_date(decision)
    dropped = _blank(decision, ONLY_SHARED)
    for person in draft.people:
        dropped |= _blank(person, ONLY_SHARED_OF_PERSON)
    for recipient in draft.recipients:
        if recipient.choice:
            recipient.choice = ""
            recipient.save(update_fields=["choice"])
            dropped.add("choice")
    for name, rows in (("items", draft.items), ("basis", draft.basis_rows), ("sendings", draft.sendings)):
        for row in rows:
            row.delete()
            dropped.add(name)
    return dropped


def _blank(row: Decision | DecisionPerson, names: list[str]) -> set[str]:
    filled = [name for name in names if getattr(row, name)]
    for name in filled:
        setattr(row, name, "")
    if filled:
        row.save(update_fields=filled)
    return set(filled)


def _blank_date(decision: Decision) -> set[str]:
    if decision.look_again_on is None:
        return set()
    decision.look_again_on = None
    decision.save(update_fields=["look_again_on"])
    return {"look_again_on"}
