"""Commands that report an error in one line and exit with the documented code."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from audit.models import LedgerEntry

BAD_INPUT = 2


def bad_input(message: str) -> CommandError:
    return CommandError(message, returncode=BAD_INPUT)


class OneLineCommand(BaseCommand):
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        complain = parser.error

        def one_line(message: str) -> NoReturn:
            if not getattr(self, "_called_from_command_line", False):
                complain(message)
            print(f"{message}. Try: manage.py {subcommand} --help", file=sys.stderr)  # noqa: T201
            sys.exit(BAD_INPUT)

        parser.error = one_line  # type: ignore[method-assign]
        return parser

    def need_ledger(self) -> None:
        if LedgerEntry._meta.db_table not in connection.introspection.table_names():
            raise bad_input("This database has no ledger yet. Run `manage.py migrate` first.")
