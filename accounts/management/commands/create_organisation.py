"""Make an organisation and its first administrator, and print the administrator's one-time link."""

import sys
from argparse import ArgumentParser
from typing import Any, Never
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.actions import create_organisation
from accounts.forms import CreateOrganisationForm
from accounts.links import one_time_path
from accounts.queries import is_organisation_named
from rules.organisations import OrganisationKind, Sector


class Command(BaseCommand):
    help = "Make an organisation and its first administrator; prints a one-time link to choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="")
        parser.add_argument("--kind", default="", help=", ".join(OrganisationKind))
        parser.add_argument("--sector", default="", help=", ".join(Sector))
        parser.add_argument("--in-scope-16la", action="store_true", help="section 16LA Children Act 2004 applies")
        parser.add_argument("--same-name", action="store_true", help="a second organisation of that name is meant")
        parser.add_argument("--administrator-name", default="")
        parser.add_argument("--administrator-email", default="")
        parser.add_argument("--site-url", default="http://127.0.0.1:8000", help="where people reach this site")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        site_url = options["site_url"]
        if urlsplit(site_url).scheme not in {"http", "https"}:
            self._stop("--site-url", "Give the whole address, such as https://decisions.example.test.")
        form = CreateOrganisationForm(options)
        if not form.is_valid():
            self._refuse(form.errors.as_data())
        if is_organisation_named(form.cleaned_data["name"]) and not options["same_name"]:
            self._stop("--name", "There is an organisation of that name. To make a second, add --same-name.")
        try:
            administrator = create_organisation(**form.cleaned_data, at=timezone.now())
        except ValidationError as error:
            self._refuse(error.error_dict)
        path = one_time_path(administrator)
        self.stdout.write("The organisation is there. Give its administrator this link; it works once, for 7 days:")
        self.stdout.write(path)
        self.stdout.write(urljoin(site_url, path))

    def _refuse(self, errors: dict[str, list[ValidationError]]) -> Never:
        name, found = next(iter(errors.items()))
        option = f"--{name.replace('_', '-')}"
        codes = {"kind": OrganisationKind.choices(), "sector": Sector.choices()}.get(name)
        self._stop(option, f"Use one of {', '.join(code for code, _ in codes)}." if codes else found[0].messages[0])

    def _stop(self, option: str, message: str) -> Never:
        self.stderr.write(f"{option}: {message}")
        sys.exit(2)
