"""An export makes ledger entries: when it started, with its scope, and how it ended."""

from dataclasses import dataclass

from django.utils import timezone

from audit import ledger
from audit.due_checkpoints import sign_export
from audit.export import Export
from audit.reading import Chain
from audit.streams import Sent


@dataclass(frozen=True, slots=True)
class Order:
    """Who asked for which chains, in which format, with or without values, and why."""

    kind: str
    chains: tuple[Chain, ...]
    values: bool
    actor: ledger.Actor = None
    reason: str = ""

    def enter(self, event: str, **figures: int | str) -> None:
        """Enter an event in every exported chain."""
        with ledger.recording(actor=self.actor, at=None):
            for chain in self.chains:
                scope = {"format": self.kind, "values": self.values, "first": 1, "last": chain.last}
                why = {"reason": self.reason} if self.reason else {}
                ledger.append(f"ledger.{event}", organisation=chain.organisation, details={**scope, **why, **figures})


def start(order: Order) -> Sent:
    """Enter that the export started. Its bytes are read later, up to the entries that exist now."""
    order.enter("export_started")
    export = Export(order.kind, order.chains, values=order.values)

    def ended(complete: bool) -> None:  # noqa: FBT001
        event = "export_finished" if complete else "export_broken_off"
        order.enter(event, count=export.count, sha256=export.sha256)
        sign_export((chain.organisation for chain in order.chains), at=timezone.now())

    return Sent(export, ended)
