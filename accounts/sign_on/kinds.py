"""What differs between the services that people sign on with, as a table. Pure: no request, no network.

What each service's documents say of these claims, and what nobody has confirmed yet: ADR 0050.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Claims = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """One service. `organisation` reads the claim that says whose account it is; `email` an address it vouches for."""

    code: str
    name: str
    # `{claim}` is what the organisation's claim must be. Empty: each site is told its own.
    issuer: str
    scope: str
    organisation: Callable[[Claims], frozenset[str]]
    second_factor: Callable[[Claims], bool]
    # How the claim is written in the settings, for a message.
    claim_like: str
    email: Callable[[Claims], str] = lambda _: ""
    asks: Mapping[str, str] = field(default_factory=dict)
    userinfo: bool = False
    # How the secret is sent: in the body ("post") or in the header ("basic").
    client_auth: str = "post"


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _set(*values: str) -> frozenset[str]:
    return frozenset(value.casefold() for value in values if value)


def _listed(value: object) -> list[str]:
    return [_text(each) for each in value] if isinstance(value, list) else [_text(value)]


def _tenant(claims: Claims) -> frozenset[str]:
    return _set(_text(claims.get("tid")))


def _domain(claims: Claims) -> frozenset[str]:
    return _set(_text(claims.get("hd")))


def _school(claims: Claims) -> frozenset[str]:
    """The organisation that was chosen at DfE Sign-in, by each of its numbers."""
    chosen = claims.get("organisation")
    if isinstance(chosen, str):
        try:
            chosen = json.loads(chosen)
        except ValueError:
            return frozenset()
    if not isinstance(chosen, dict):
        return frozenset()
    return _set(*(f"{key}:{_text(chosen.get(key))}" for key in ("id", "urn", "ukprn", "uid") if _text(chosen.get(key))))


def _practice(claims: Claims) -> frozenset[str]:
    """The ODS code of the role that was chosen. Of the other roles the person has, none counts."""
    chosen, roles = _text(claims.get("selected_roleid")), claims.get("nhsid_nrbac_roles")
    if not chosen or not isinstance(roles, list):
        return frozenset()
    held = [role for role in roles if isinstance(role, dict) and _text(role.get("person_roleid")) == chosen]
    return _set(*(_text(role.get("org_code")) for role in held))


def _verified_in_domain(claims: Claims) -> str:
    """Google hosts the mailboxes of the domain `hd`, so an address in another domain is not the organisation's."""
    address = _text(claims.get("email")).lower()
    verified = claims.get("email_verified") is True
    return address if verified and address.rpartition("@")[2] in _domain(claims) else ""


def _methods_say_mfa(claims: Claims) -> bool:
    return "mfa" in _listed(claims.get("amr"))


def _high_assurance(claims: Claims) -> bool:
    """Levels 2 and 3 both take more than a password. The words after the level say how, and change."""
    return _text(claims.get("acr")).startswith(("AAL2_", "AAL3_"))


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            code="entra",
            name="Microsoft",
            issuer="https://login.microsoftonline.com/{claim}/v2.0",
            scope="openid",
            organisation=_tenant,
            second_factor=_methods_say_mfa,
            claim_like="the tenant's id, such as 8eaef023-2b34-4da1-9baa-8bc8c9d6a490",
        ),
        Kind(
            code="google",
            name="Google",
            issuer="https://accounts.google.com",
            scope="openid email",
            organisation=_domain,
            second_factor=lambda _: False,
            claim_like="the Workspace domain, such as school.example.org",
            email=_verified_in_domain,
            asks={"hd": "{claim}"},
        ),
        Kind(
            code="dfe",
            name="DfE Sign-in",
            issuer="https://oidc.signin.education.gov.uk",
            scope="openid organisation",
            organisation=_school,
            second_factor=lambda _: False,
            claim_like="urn:, ukprn:, uid: or id: and the number, such as urn:123456",
            userinfo=True,
            client_auth="basic",
        ),
        Kind(
            code="cis2",
            name="NHS CIS2",
            issuer="",
            scope="openid nationalrbacaccess selectedrole",
            organisation=_practice,
            second_factor=_high_assurance,
            claim_like="the organisation's ODS code, such as A81001",
            asks={"acr_values": "AAL2_OR_AAL3_ANY"},
            userinfo=True,
        ),
    )
}
