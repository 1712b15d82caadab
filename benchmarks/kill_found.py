"""What is in the database of what was acknowledged: each once, and each with its entry."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Model

from audit.models import LedgerEntry
from benchmarks.kill_people import Acknowledged
from decisions.models import Addition, Decision, UrgentRecord
from reviews.models import Review

Faults = dict[str, list[str]]
# The rows that each kind makes, and the column that has the token.
ROWS: dict[str, tuple[type[Model], str]] = {
    "reviewed": (Review, "comment"),
    "added": (Addition, "text"),
    "urgent record": (UrgentRecord, "information"),
}


def found(heard: Acknowledged) -> Faults:
    faults: Faults = {"lost": [], "doubled": [], "without an entry": []}
    for kind, (model, column) in ROWS.items():
        _of_rows(model, column, heard.tokens.get(kind, set()), faults)
    _of_recorded(heard.tokens.get("recorded", set()), faults)
    _of_pages(heard.tokens.get("page saved", set()), faults)
    return faults


def _of_rows(model: type[Model], column: str, tokens: set[str], faults: Faults) -> None:
    rows = {pk: _token(text) for pk, text in model._default_manager.values_list("pk", column)}
    _once(Counter(rows.values()), tokens, faults)
    entered = _entered(subject=model._meta.label_lower, action=LedgerEntry.Action.CREATE)
    faults["without an entry"] += [token for pk, token in rows.items() if entered[pk] != 1]


def _of_recorded(ids: set[str], faults: Faults) -> None:
    closed = {pk: str(public_id) for pk, public_id in Decision.objects.recorded().values_list("pk", "public_id")}
    _once(Counter(closed.values()), ids, faults)
    entered = _entered(event="decision.recorded")
    faults["doubled"] += [public_id for pk, public_id in closed.items() if entered[pk] > 1]
    faults["without an entry"] += [public_id for pk, public_id in closed.items() if not entered[pk]]


def _of_pages(tokens: set[str], faults: Faults) -> None:
    """A later save takes the place of an earlier one: the newest must be there, and an entry for each."""
    ours: dict[int, list[str]] = {}
    saved = Counter(
        pk for pk, details in LedgerEntry.objects.filter(event="decision.page_saved").values_list(
            "object_id", "additional_data") if details["page"] == "outcome"
    )  # fmt: skip
    newest = {pk: _token(text) for pk, text in Decision.objects.values_list("pk", "why_now")}
    for token in tokens:
        ours.setdefault(int(token.split("-")[1]), []).append(token)
    for person in ours.values():
        last = max(person, key=lambda token: int(token.split("-")[2]))
        faults["lost"] += [] if last in newest.values() else [last]
    expected, entries = len(tokens), sum(saved.values()) - len(saved)  # each draft was filled in once before
    faults["without an entry"] += [f"{expected} pages saved, {entries} entries"] if entries < expected else []
    faults["doubled"] += [f"{expected} pages saved, {entries} entries"] if entries > expected else []


def _once(counted: Counter[str], tokens: Iterable[str], faults: Faults) -> None:
    faults["lost"] += [token for token in tokens if not counted[token]]
    faults["doubled"] += [token for token, count in counted.items() if token and count > 1]


def _token(text: str) -> str:
    return next((word for word in text.split() if word.startswith("token-")), "")


def _entered(**which: object) -> Counter[int]:
    return Counter(LedgerEntry.objects.filter(**which).values_list("object_id", flat=True))
