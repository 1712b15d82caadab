"""Django's own commands that would change people, or read everything, past the ledger."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

BAD_INPUT = 2


class RefusedCommand(BaseCommand):
    """Takes any arguments, does nothing, and says what to use."""

    requires_system_checks: list[str] = []
    instead: str

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # Whatever is typed after the name gets the same answer.
        parser.parse_args = lambda *_, **__: parser.parse_known_args([])[0]  # type: ignore[method-assign, assignment]
        return parser

    def handle(self, *_: Any, **__: Any) -> None:
        self.stderr.write(self.instead)
        sys.exit(BAD_INPUT)
