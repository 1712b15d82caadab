import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.checkpointing import Rewritten
from audit.management.commands.export_ledger import whole_file
from audit.management.one_line import OneLineCommand, bad_input
from audit.proving import NotProved
from audit.signing import BadKey
from decisions.actions import prove_decision
from decisions.models import Decision


class Command(OneLineCommand):
    help = (
        "Writes the proof that a decision's entry is in a signed checkpoint, with nothing of the case. "
        "Exit 0: done. 1: rewritten. 2: bad input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE", help="the decision, such as D-7K2M9Q")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE", help="ends with .tlog-proof")
        parser.add_argument("--organisation", type=int, metavar="ID", help="if several have this reference")

    def handle(self, *_: Any, reference: str, output: Path, organisation: int | None, **__: Any) -> None:
        self.need_ledger()
        decision = _found(reference, organisation)
        try:
            with whole_file(output) as file:
                proof = prove_decision(decision=decision, by=None, at=timezone.now())
                file.write(str(proof).encode("utf-8"))
        except (NotProved, Rewritten) as error:
            self.stdout.write(str(error))
            sys.exit(1)
        except BadKey as error:
            raise bad_input(str(error)) from None
        self.stdout.write(
            f"wrote the proof of {decision.reference} to {output}: entry {proof.index + 1} of {proof.head.size}"
        )


def _found(reference: str, organisation: int | None) -> Decision:
    decisions = Decision.objects.filter(reference=reference, state=Decision.State.RECORDED)
    found = list(decisions if organisation is None else decisions.filter(organisation=organisation))
    if not found:
        raise bad_input(f"There is no recorded decision {reference}. Check the reference.")
    if len(found) > 1:
        known = ", ".join(str(row.organisation_id) for row in found)
        raise bad_input(f"Organisations {known} each have a decision {reference}. Choose one with --organisation.")
    return found[0]
