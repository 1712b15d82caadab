"""The records that a request concerns, each entry with what was decided of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from accounts.models import User
from audit.parts import read_parts
from decisions.models import Decision
from decisions.queries import PARTS
from rights.entries import Entry, entries_of
from rights.models import ItemDecision, RightsRequest
from rights.presenters import identity_of
from rights.queries import decisions_of
from rules.rights.codes import RequestKind
from rules.rights.suggest import ItemChoice
from ui.labels import numbered

NOT_ACCESS = "A copy is made for somebody who asks for what we hold"
NOT_CHECKED = "Record first how you checked who they are"
UNDECIDED = "Decide every item first. {count} {items} not decided"
NOTHING_GIVEN = "Nothing is given, so there is no copy. Record the answer instead"


@dataclass(frozen=True)
class Prepared:
    """One decision's record: its entries, each with the latest decision about it, or none."""

    decision: Decision
    entries: tuple[tuple[Entry, ItemDecision | None], ...]

    @property
    def labelled(self) -> list[tuple[str, Entry, ItemDecision | None]]:
        """With a label of which no two read the same: for us, and never in a copy."""
        labels = numbered([entry.title for entry, _ in self.entries])
        return [(label, *pair) for label, pair in zip(labels, self.entries, strict=True)]

    @property
    def undecided(self) -> list[Entry]:
        return [entry for entry, decided in self.entries if decided is None]

    @property
    def together(self) -> list[Entry]:
        """Those that nobody decided and nothing was found against: the only ones that are given without a page each."""
        return [entry for entry in self.undecided if entry.suggestion is None]

    @property
    def given(self) -> list[tuple[Entry, ItemDecision]]:
        return [(entry, row) for entry, row in self.entries if row and row.choice != ItemChoice.LEAVE_OUT]

    @property
    def not_given(self) -> list[tuple[str, Entry, ItemDecision, str]]:
        """With who decided it."""
        return [
            (label, entry, row, row.written_by_then_and_now)
            for label, entry, row in self.labelled
            if row and row.choice != ItemChoice.GIVE
        ]


def prepared(request: RightsRequest, user: User) -> list[Prepared]:
    """Every record that concerns the person. Read whole: for whoever enters in the ledger that they were opened."""
    found = list(decisions_of(request, user))
    read_parts(found, PARTS)
    return prepared_of(request, found)


def prepared_of(request: RightsRequest, found: Iterable[Decision]) -> list[Prepared]:
    """Of decisions read with their parts."""
    latest = {(row.decision_id, row.key): row for row in ItemDecision.objects.of(request).select_related("written_by")}
    return [
        Prepared(decision, tuple((each, latest.get((decision.pk, each.key))) for each in entries_of(decision, request)))
        for decision in found
    ]


def why_no_copy(request: RightsRequest, records: Iterable[Prepared]) -> str:
    """Why no copy can be made now; empty if it can."""
    records = list(records)
    if request.kind != RequestKind.ACCESS:
        return NOT_ACCESS
    if identity_of(request) is None:
        return NOT_CHECKED
    count = sum(len(record.undecided) for record in records)
    if count:
        return UNDECIDED.format(count=count, items="item is" if count == 1 else "items are")
    return "" if any(record.given for record in records) else NOTHING_GIVEN


@dataclass(frozen=True)
class ItemLine:
    """One item as the page of a record lists it. `box`: the place of its box, where it can be given with others."""

    label: str
    entry: Entry
    decided: ItemDecision | None
    box: int | None
    ticked: bool


def item_lines(record: Prepared, ticked: Collection[str]) -> list[ItemLine]:
    boxes = {entry.key: place for place, entry in enumerate(record.together)}
    return [
        ItemLine(label, entry, row, boxes.get(entry.key), entry.key in ticked) for label, entry, row in record.labelled
    ]
