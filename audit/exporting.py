"""An export makes ledger entries: when it started, with its scope, and how it ended."""

from collections.abc import Generator
from dataclasses import dataclass

from audit import ledger
from audit.export import Export
from audit.reading import Chain


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


def start(order: Order) -> Generator[bytes, None, None]:
    """Enter that the export started. Its bytes are read later, up to the entries that exist now."""
    order.enter("export_started")
    return _stream(order, ledger.current_request() or ledger.Request())


def _stream(order: Order, request: ledger.Request) -> Generator[bytes, None, None]:
    export = Export(order.kind, order.chains, values=order.values)
    event = "export_broken_off"
    try:
        yield from export
        event = "export_finished"
    finally:
        # The response is already sent, or the client is gone; the entry still has the request's id.
        with ledger.within(request):
            order.enter(event, count=export.count, sha256=export.sha256)
