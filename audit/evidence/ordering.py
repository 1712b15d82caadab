"""Making a bundle is entered: that it started, with its scope, and how it ended. Nobody takes one unseen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from audit import ledger
from audit.checkpointing import make_checkpoint
from audit.due_checkpoints import sign_export
from audit.evidence.making import Evidence, asked
from audit.evidence.scope import Scope
from audit.streams import Sent

NOBODY = "The server's own command"


@dataclass(frozen=True)
class EvidenceOrder:
    """Who asked for which entries, and why. Whoever starts it has asked whether `actor` may."""

    scope: Scope
    at: dt.datetime
    actor: ledger.Actor = None
    reason: str = ""
    # How the manifest names who asked; without it by their email address.
    name: str = ""
    # What else it says for people, such as the reference of a court.
    more: Mapping[str, str] = field(default_factory=dict)

    def enter(self, event: str, **figures: int | str) -> None:
        asked_for = {"format": "bundle", "values": True, "scope": self.scope.words, **self.scope.filter}
        why = {**({"reason": self.reason} if self.reason else {}), **self.more}
        with ledger.recording(actor=self.actor, at=None):
            for organisation in self.scope.chains:
                ledger.append(f"ledger.{event}", organisation=organisation, details={**asked_for, **why, **figures})


@dataclass(frozen=True)
class Making:
    """The bytes as they are sent, and what is known of them so far."""

    evidence: Evidence
    sent: Sent


def start(order: EvidenceOrder) -> Making:
    """Enter that the export started, and sign the log with that entry in it. What is sent ends there.

    Raises BadKey or Rewritten where nothing can be signed; then nothing leaves.
    """
    order.enter("export_started")
    signed = [make_checkpoint(organisation, by=order.actor, at=order.at) for organisation in order.scope.chains]
    by = order.name or (getattr(order.actor, "email", None) if order.actor else None) or NOBODY
    for_people = {**asked(by=by, reason=order.reason, at=order.at), **order.more}
    evidence = Evidence(order.scope, [found for found in signed if found], for_people)

    def ended(complete: bool) -> None:  # noqa: FBT001
        event = "export_finished" if complete else "export_broken_off"
        order.enter(event, count=evidence.count, sha256=evidence.sha256)
        sign_export(order.scope.chains, at=timezone.now())

    return Making(evidence, Sent(evidence, ended))
