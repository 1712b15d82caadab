"""Register families from a CSV file of another system, in the name of a supervisor or a data protection officer."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.importing.files import acting_user, table_of, write_private
from accounts.models import Team, User
from accounts.roles import Permission
from audit.management.one_line import OneLineCommand, bad_input
from families import actions
from families.importing import columns, reports
from families.importing.plan import Plan
from families.importing.rows import read_rows
from families.queries import teams_for_import
from ui.csv_files import Table

REFUSED = 1


class Command(OneLineCommand):
    help = (
        "Registers the families of a CSV file that are not there yet: all of them or none. Exit 0: done. "
        "1: rows cannot be imported, so nothing was. 2: bad input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, metavar="EMAIL", help="a supervisor of the team, or an officer")
        parser.add_argument("--team", required=True, metavar="NAME", help="the team that works with these families")
        parser.add_argument(
            "--column", action="append", default=[], metavar="HEADING=KIND",
            help=f"what a column holds, where its heading does not say; kinds: {', '.join(columns.labels())}; "
            "nothing after = leaves it out",
        )  # fmt: skip
        parser.add_argument("--check", action="store_true", help="only say what would be imported")
        parser.add_argument("--without-refused", action="store_true", help="import the rows that can be imported")
        parser.add_argument("--refused", type=Path, metavar="PATH", help="write the other rows here, with the reasons")

    def handle(self, *_: Any, file: Path, by: str, team: str, **options: Any) -> None:
        self.need_ledger()
        user = acting_user(by, Permission.IMPORT_FAMILIES)
        table = table_of(file)
        kinds = _kinds(table, options["column"])
        now = timezone.localtime()
        rows = read_rows(table, kinds, now.date())
        about: dict[str, Any] = {"rows": rows, "team": _team(team, user), "sha256": table.sha256, "by": user, "at": now}
        plan = actions.check_import(**about)
        only_checked = options["check"] or (plan.refused and not options["without_refused"])
        if options["refused"] and plan.refused:
            # First, so that a file that cannot be written leaves nothing imported.
            write_private(options["refused"], reports.refused_file(table, plan.refused))
        if not only_checked:
            self.stdout.write(f"importing {reports.outcome(plan)}. With many rows this takes minutes.")
            plan = actions.import_families(**about)
        self._say(table, kinds, plan, only_checked=bool(only_checked))
        if only_checked and plan.refused:
            sys.exit(REFUSED)

    def _say(self, table: Table, kinds: tuple[str, ...], plan: Plan, *, only_checked: bool) -> None:
        names = {**columns.labels(), columns.SKIPPED: "left out"}
        if only_checked:
            for heading, kind in zip(table.headings, kinds, strict=True):
                self.stdout.write(f"{heading}: {names[kind]}")
        self.stdout.write(f"{'nothing imported; it would be' if only_checked else 'imported'}: {reports.outcome(plan)}")


def _kinds(table: Table, pairs: list[str]) -> tuple[str, ...]:
    kinds = dict(zip(table.headings, columns.guess(table.headings), strict=True))
    for pair in pairs:
        heading, _, kind = pair.rpartition("=")
        if heading not in kinds or (kind and kind not in columns.labels()):
            raise bad_input(f"--column: {pair} is no heading of this file, or no kind of column. Try --help.")
        kinds[heading] = kind
    if columns.repeated(dict(enumerate(kinds.values()))):
        raise bad_input("--column: two columns hold the same. Leave one of them out, such as with 'Name='.")
    return tuple(kinds.values())


def _team(name: str, user: User) -> Team:
    team: Team | None = teams_for_import(user).filter(name__iexact=name.strip()).first()
    if team is None:
        raise bad_input("--team: Give the name of an open team that this person may import families into.")
    return team
