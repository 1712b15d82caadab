"""Who a recorded decision was sent to, and who still waits for it."""

from decisions.models import Decision
from rules.sendings import Sendings, sendings

# What is read of a decision that was not found by `with_sendings`.
SENDING_PARTS = ("items__grid", "sendings", "not_sent")


def sendings_of(decision: Decision) -> Sendings:
    """Costs no query on a decision found by `with_sendings` or read with SENDING_PARTS.

    Nothing is due of a decision not to share.
    """
    if not decision.is_shared:
        return sendings((), (), ())
    keys = decision.__dict__
    if "given_to_keys" in keys:
        return sendings(*(_split(keys[name]) for name in ("given_to_keys", "sent_to_keys", "not_sent_to_keys")))
    # A page asks several times; the answer is kept as long as the rows are that it was made of.
    rows = keys.get("_prefetched_objects_cache", {}).get("sendings")
    earlier: tuple[object, Sendings] | None = keys.get("_sendings")
    if rows is not None and earlier and earlier[0] is rows:
        return earlier[1]
    answer = _read(decision)
    keys["_sendings"] = rows, answer
    return answer


def _read(decision: Decision) -> Sendings:
    return sendings(
        [cell.recipient_id for item in decision.items.all() for cell in item.grid.all() if cell.given],
        [sending.recipient_id for sending in decision.sendings.all()],
        [row.recipient_id for row in decision.not_sent.all()],
    )


def _split(keys: str | None) -> list[int]:
    return [int(key) for key in (keys or "").split()]
