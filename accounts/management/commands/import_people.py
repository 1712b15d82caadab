"""Invite people from a CSV file, with their teams and roles, in the name of an administrator."""

import csv
import io
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils import timezone

from accounts.actions import check_people, import_people
from accounts.actions.importing import PeopleImported, RowsRefused
from accounts.importing.files import acting_user, table_of, write_private
from accounts.importing.rows import kinds_of, missing, read_staff
from accounts.links import one_time_path
from accounts.models import User
from accounts.roles import Permission
from audit.csv_cells import safe
from audit.management.one_line import OneLineCommand, bad_input

REFUSED = 1


class Command(OneLineCommand):
    help = (
        "Invites the people of a CSV file (name, email, job, team, role) who are not there yet, and gives them their "
        "roles: all of them or none. Exit 0: done. 1: rows cannot be imported, so nothing was. 2: bad input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, metavar="EMAIL", help="an administrator of the organisation")
        parser.add_argument("--links", type=Path, metavar="PATH", help="a new file for one-time links")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done, and save nothing")
        parser.add_argument("--make-teams", action="store_true", help="make the teams of the file that are not there")
        parser.add_argument("--site-url", default="http://127.0.0.1:8000", help="where people reach this site")

    def handle(self, *_: Any, file: Path, by: str, site_url: str, dry_run: bool, **options: Any) -> None:
        self.need_ledger()
        links = None if dry_run else _new_file(options["links"])
        if urlsplit(site_url).scheme not in {"http", "https"}:
            raise bad_input("--site-url: Give the whole address, such as https://decisions.example.test.")
        user = acting_user(by, Permission.MANAGE_PEOPLE)
        table = table_of(file)
        kinds = kinds_of(table.headings)
        if missing(kinds):
            raise bad_input(f"{file} needs a column with {missing(kinds)}. Name it so in the first row.")
        take = import_people if links else check_people
        try:
            done = take(
                rows=read_staff(table, kinds), sha256=table.sha256, by=user, at=timezone.now(),
                make_teams=options["make_teams"],
            )  # fmt: skip
        except RowsRefused as refused:
            self._refuse(refused)
        self._say(done, links)
        if links:
            write_private(links, _links(done.invited, site_url))
            self.stdout.write(
                f"{links} has a link for each new person. It works once, for 7 days. Then delete the file."
            )

    def _refuse(self, refused: RowsRefused) -> None:
        for number, reasons in sorted(refused.reasons.items()):
            self.stderr.write(f"row {number}: {'; '.join(reason.rstrip('.') for reason in reasons)}")
        self.stderr.write("nothing imported: correct these rows and run it again")
        sys.exit(REFUSED)

    def _say(self, done: PeopleImported, links: Path | None) -> None:
        self.stdout.write(
            f"{'imported' if links else 'nothing imported; it would be'}: {len(done.invited)} people invited, "
            f"{done.teams} teams made, {done.memberships} roles given; {done.already} rows were there already"
        )


def _new_file(links: Path | None) -> Path:
    if links is None:
        raise bad_input("--links: Give the name of a new file for the one-time links, or use --dry-run.")
    if links.exists():
        raise bad_input(f"--links: {links} exists. Give the name of a new file.")
    return links


def _links(invited: Iterable[User], site_url: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Name", "Email", "Link"])
    for person in invited:
        writer.writerow([safe(person.full_name), safe(person.email), urljoin(site_url, one_time_path(person))])
    return text.getvalue().encode("utf-8-sig")
