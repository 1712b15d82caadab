"""The services that this site's people may sign on with, read from the environment. Pure but for a secret's file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from accounts.sign_on.kinds import KINDS, Kind

NAME = re.compile(r"[a-z][a-z0-9-]{0,38}")
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class Mistake(ValueError):
    """In a setting. The message is one line that names it and says what to do."""


@dataclass(frozen=True)
class Provider:
    """One service as one organisation uses it. `claim` is what its token must say of the organisation."""

    name: str
    kind: Kind
    label: str
    organisation: str
    claim: str
    issuer: str
    client_id: str
    client_secret: str
    client_auth: str
    always_second_factor: bool = False

    def __repr__(self) -> str:
        """Never the secret: this may end up in a log."""
        return f"Provider {self.name}"

    @property
    def variable(self) -> str:
        """Its name in the names of its settings."""
        return self.name.upper().replace("-", "_")

    @property
    def asks(self) -> dict[str, str]:
        return {key: value.format(claim=self.claim) for key, value in self.kind.asks.items()}


def read(environment: Mapping[str, str]) -> tuple[Provider, ...]:
    """SIGN_ON lists names; what belongs to the name `north-school` stands in SIGN_ON_NORTH_SCHOOL_KIND and so on."""
    names = [name.strip() for name in environment.get("SIGN_ON", "").split(",") if name.strip()]
    for name in names:
        if not NAME.fullmatch(name):
            raise Mistake(f"SIGN_ON names '{name}'. Use small letters, digits and hyphens, such as north-school.")
        if names.count(name) > 1:
            raise Mistake(f"SIGN_ON names '{name}' twice. Name it once.")
    found = tuple(_provider(name, environment) for name in names)
    for number, service in enumerate(found):
        if any((service.issuer, service.claim) == (other.issuer, other.claim) for other in found[:number]):
            raise Mistake(f"{_variable(service.name, 'CLAIM')} is that of another name. Keep one of the two.")
        if any(service.label.casefold() == other.label.casefold() for other in found[:number]):
            raise Mistake(f"{_variable(service.name, 'LABEL')} is that of another name. Give each its own words.")
    return found


def _variable(name: str, what: str) -> str:
    return f"SIGN_ON_{name.upper().replace('-', '_')}_{what}"


def _provider(name: str, environment: Mapping[str, str]) -> Provider:
    def given(what: str) -> str:
        return environment.get(_variable(name, what), "").strip()

    def needed(what: str, hint: str) -> str:
        if not given(what):
            raise Mistake(f"{_variable(name, what)} is missing. Set it to {hint}.")
        return given(what)

    kind = KINDS.get(given("KIND"))
    if kind is None:
        raise Mistake(f"{_variable(name, 'KIND')} is '{given('KIND')}'. Set it to one of {', '.join(KINDS)}.")
    claim = needed("CLAIM", kind.claim_like)
    client_auth = given("CLIENT_AUTH") or kind.client_auth
    if client_auth not in {"post", "basic"}:
        raise Mistake(f"{_variable(name, 'CLIENT_AUTH')} is '{client_auth}'. Set it to post or basic, or leave it out.")
    return Provider(
        name=name,
        kind=kind,
        label=given("LABEL") or kind.name,
        organisation=needed("ORGANISATION", "the organisation's name here, or its public id"),
        claim=claim,
        issuer=_issuer(_variable(name, "ISSUER"), given("ISSUER") or kind.issuer.format(claim=claim)),
        client_id=needed("CLIENT_ID", f"the id that {kind.name} gave this site"),
        client_secret=_secret(name, environment),
        client_auth=client_auth,
        always_second_factor=_flag(_variable(name, "SECOND_FACTOR"), given("SECOND_FACTOR")),
    )


def _issuer(variable: str, issuer: str) -> str:
    parts = urlsplit(issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not safe or not parts.hostname or parts.query or parts.fragment:
        raise Mistake(f"{variable} is '{issuer}'. Set it to the issuer's address, which begins with https://.")
    return issuer


def _flag(variable: str, value: str) -> bool:
    if value.lower() not in YES | NO:
        raise Mistake(f"{variable} is '{value}'. Set it to 1 if the service always asks for a second factor, or to 0.")
    return value.lower() in YES


def _secret(name: str, environment: Mapping[str, str]) -> str:
    """The secret itself, or a file that holds it, as a container gets one."""
    variable, in_file = _variable(name, "CLIENT_SECRET"), _variable(name, "CLIENT_SECRET_FILE")
    given, path = environment.get(variable, "").strip(), environment.get(in_file, "").strip()
    if bool(given) == bool(path):
        raise Mistake(f"Set either {variable} or {in_file}, and not both.")
    if given:
        return given
    try:
        held = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise Mistake(f"{in_file} names '{path}', which cannot be read. Correct that.") from None
    if not held:
        raise Mistake(f"{in_file} names '{path}', which is empty. Put the secret into it.")
    return held
