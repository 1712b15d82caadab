"""For a court, or for somebody who asked what is held about them: on the server, never on a page."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.management.commands.export_ledger import LONGEST_REASON, whole_file
from audit.management.one_line import OneLineCommand, bad_input
from reflections.actions import release_reflections
from reflections.presenters import as_evidence
from reflections.queries import reflections_about, reflections_by


class Command(OneLineCommand):
    help = (
        "Writes reflections to a file only its owner can read. Each author is told so on the page of the reflection, "
        "with the reason. Exit 0: done. 2: bad input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--author", metavar="EMAIL", help="everything this person wrote")
        which.add_argument("--decision", metavar="REFERENCE", help="everything about this decision, such as D-7K2M9Q")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="shown to the author, and in the ledger")
        parser.add_argument("--output", required=True, type=Path, metavar="PATH")

    def handle(self, *_: Any, author: str | None, decision: str | None, reason: str, output: Path, **__: Any) -> None:
        self.need_ledger()
        if not reason.strip() or len(reason) > LONGEST_REASON:
            raise bad_input(f"--reason must say who asked and when, in {LONGEST_REASON} characters or fewer.")
        rows = list(reflections_by(author) if author else reflections_about(decision or ""))
        if not rows:
            raise bad_input("No reflection was found. Check the email address or the reference.")
        with whole_file(output) as file:
            release_reflections(reflections=rows, reason=reason.strip(), at=timezone.now())
            file.write("\n".join(map(as_evidence, rows)).encode("utf-8"))
        self.stdout.write(f"wrote {len(rows)} reflections to {output}")
