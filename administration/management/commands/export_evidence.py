import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from administration.evidence_fields import Key, fields_of
from administration.evidence_scope import About, enter_made, of_decision, of_family, scope_of
from audit.checkpointing import Rewritten
from audit.evidence.container import TooLarge
from audit.evidence.ordering import EvidenceOrder, start
from audit.management.commands.export_ledger import LONGEST_REASON, whole_file
from audit.management.one_line import OneLineCommand, bad_input
from audit.signing import BadKey, fingerprint
from decisions.models import Decision
from families.models import Family


class Command(OneLineCommand):
    help = (
        "Writes the evidence bundle of one decision, or of one family and the decisions about it. "
        "Exit 0: done. 1: rewritten. 2: bad input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE", help="of a decision or a family, such as D-7K2M9Q")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE", help="ends with .zip")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="entered in the audit log")
        parser.add_argument("--organisation", type=int, metavar="ID", help="if several have this reference")
        parser.add_argument(
            "--leave-out", action="append", default=[], metavar="FIELD=REASON",
            help="of a decision, such as facts=REASON or decisionperson.name=REASON; once for each field",
        )  # fmt: skip
        parser.add_argument("--addresses", action="store_true", help="with addresses and phone numbers")

    def handle(
        self, *_: Any, reference: str, output: Path, reason: str, organisation: int | None, **options: Any
    ) -> None:
        self.need_ledger()
        if not reason.strip() or len(reason) > LONGEST_REASON:
            raise bad_input(f"--reason must say why, in at most {LONGEST_REASON} characters.")
        about, now = _found(reference, organisation), timezone.now()
        left_out = dict(_left_out(about, options["leave_out"]))
        try:
            with whole_file(output) as file:
                enter_made(about, by=None, at=now)
                scope = scope_of(about, addresses=options["addresses"], left_out=left_out)
                making = start(EvidenceOrder(scope, now, reason=reason))
                with closing(making.sent) as chunks:
                    for chunk in chunks:
                        file.write(chunk)
        except Rewritten as error:
            self.stdout.write(str(error))
            sys.exit(1)
        except (BadKey, TooLarge) as error:
            raise bad_input(str(error)) from None
        self.stdout.write(f"exported {making.evidence.count} entries about {reference} to {output}")
        self.stdout.write(f"the fingerprint of the key is {fingerprint()}; give it separately from the bundle")


def _found(reference: str, organisation: int | None) -> About:
    only = {} if organisation is None else {"organisation": organisation}
    decisions = Decision.objects.recorded().filter(reference=reference, **only)
    families = Family.objects.filter(reference=reference, **only)
    found = [*map(of_decision, decisions), *map(of_family, families)]
    if not found:
        raise bad_input(f"There is no recorded decision and no family {reference}. Check the reference.")
    if len(found) > 1:
        known = ", ".join(str(about.organisation) for about in found)
        raise bad_input(f"Organisations {known} each have a record {reference}. Choose one with --organisation.")
    return found[0]


def _left_out(about: About, asked: list[str]) -> Iterator[tuple[Key, str]]:
    """These fields, of each row that has them."""
    known = fields_of(about) if asked else []
    for each in asked:
        name, _, reason = each.partition("=")
        table, _, column = name.rpartition(".")
        subject = table or Decision._meta.model_name
        found = [field.key for field in known if (field.subject.split(".")[1], field.name) == (subject, column)]
        if not found or not reason.strip():
            raise bad_input(f"--leave-out {each}: nothing is written there, or no reason follows the =.")
        yield from ((key, reason) for key in found)
