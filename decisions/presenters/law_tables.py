"""The law tables of one organisation, in the order in which a decision asks for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from decisions.law_notices import LawNotices
from decisions.presenters.law_labels import JURISDICTIONS, KINDS, first_day, how_sure, on_a_no, who
from rules.codes import Layer
from rules.law import Law, Provision
from rules.local_provisions import PREFIX
from ui.moments import moment
from ui.rows import Row

OFF = "Not in force until your data protection officer confirms that it has commenced."
OURS = "Our own"
SHORT_HASH = 12


@dataclass(frozen=True)
class ProvisionShown:
    """One provision; `states` are its tags, each with its colour, and `notes` explain them."""

    row: Provision
    key: str
    states: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    replaced_by: str

    @property
    def as_published(self) -> bool:
        """Nothing is said of it but what the standard law tables say to every organisation on every day."""
        return not self.states and not self.notes

    @property
    def more(self) -> list[Row]:
        row = self.row
        days = f"From {first_day(row)} to {moment(row.effective_to)}" if row.effective_to else f"From {first_day(row)}"
        rows = [
            Row("Who may use it", list(who(row))),
            Row("Type of provision", KINDS.get(row.kind, row.kind)),
            Row("Questions to ask yourself", list(row.tests)),
            Row("If consent is refused", on_a_no(row)),
            Row("Policy document", "It needs one" if row.needs_policy_document else ""),
            Row("Applies in", JURISDICTIONS.get(row.jurisdiction, row.jurisdiction)),
            Row("In force", days if row.on else ""),
            Row("How this was checked", how_sure(row)),
            Row("Source", row.source),
            Row("Replaced by", self.replaced_by),
        ]
        return [row for row in rows if row.value]


@dataclass(frozen=True)
class LayerShown:
    key: str
    title: str
    rows: list[ProvisionShown]


def layers(law: Law, notices: LawNotices, today: date) -> list[LayerShown]:
    """Every provision that was ever in use here. `law` is the version in use, without the organisation's notices."""
    law_here = law.for_us(notices.commencements, notices.local_provisions)
    names = {row.code: row.short_name for row in law_here.all_provisions}
    confirmed = frozenset(row.code for row in law.all_provisions if not row.on and row.code in notices.commencements)
    shown = [ProvisionReader(row, notices, names, confirmed, today).shown() for row in law_here.all_provisions]
    by_layer = [
        LayerShown(layer.value, layer.label, [provision for provision in shown if provision.row.layer == layer])
        for layer in Layer
    ]
    return [layer for layer in by_layer if layer.rows]


@dataclass(frozen=True)
class ProvisionReader:
    """One provision with the organisation's notices about it."""

    row: Provision
    notices: LawNotices
    names: Mapping[str, str]
    confirmed: frozenset[str]  # shipped as not in force, and confirmed by the organisation
    today: date

    def shown(self) -> ProvisionShown:
        states = list(self._states())
        key = f"{self.row.code}-{self.row.effective_from:%Y%m%d}"
        return ProvisionShown(
            row=self.row,
            key=key,
            states=tuple(tag for tag, _ in states),
            notes=tuple(note for _, note in states if note),
            replaced_by=self.names.get(self.row.replaced_by, self.row.replaced_by),
        )

    def _states(self) -> Iterator[tuple[tuple[str, str], str]]:
        row = self.row
        if row.code.startswith(PREFIX):
            yield (OURS, "blue"), "Your organisation added this provision. It is not part of the standard law tables."
        if not row.on:
            yield ("Not in force", "grey"), OFF
        elif row.effective_from > self.today:
            yield ("Not yet in force", "yellow"), f"It comes into force on {moment(row.effective_from)}."
        if row.on and row.code in self.confirmed:
            yield (
                ("Confirmed", "green"),
                f"Your organisation confirmed that it commenced on {moment(row.effective_from)}.",
            )
        if row.effective_to is not None and row.effective_to < self.today:
            yield ("Ended", "grey"), f"It ended on {moment(row.effective_to)}."
        retired = self.retired_on
        if retired is not None:
            tag = "Retired" if retired <= self.today else "To be retired"
            yield (tag, "orange"), f"Your organisation does not use it from {moment(retired)}."

    @property
    def retired_on(self) -> date | None:
        """The day from which it is no longer used, unless it ended before."""
        day = self.notices.retired.get(self.row.code)
        ended = self.row.effective_to is not None and day is not None and self.row.effective_to < day
        return None if ended else day
