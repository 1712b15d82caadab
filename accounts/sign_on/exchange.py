"""Talking to the services: where they answer, their keys, and a code for a token. Nothing of it is kept but the keys.

An answer that is too long, too late or not what the standard says is no sign-on; what it said is in no message.
"""

import base64
import json
import time
import urllib.request
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt

from accounts.sign_on.claims import LEEWAY, Refused, with_userinfo
from accounts.sign_on.configured import THIS_MACHINE, Provider
from accounts.sign_on.kinds import Claims
from audit.no_redirects import opener

SECONDS, LONGEST = 10, 262_144
KEPT_SECONDS = 3600
# The one that the standard requires of every service. A token must not choose how it is checked.
SIGNED_WITH = ["RS256"]
_kept: dict[str, tuple[float, dict[str, Any]]] = {}


def authorization_address(provider: Provider, asked: dict[str, str]) -> str:
    """Where the browser is sent."""
    address = _endpoint(provider, "authorization_endpoint")
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def claims_for(provider: Provider, *, code: str, verifier: str, redirect: str) -> Claims:
    """The claims of the token that the code is worth, checked for signature, issuer, audience and times."""
    answer = _token(provider, code=code, verifier=verifier, redirect=redirect)
    claims = _verified(provider, answer.get("id_token"))
    if not provider.kind.userinfo or provider.kind.organisation(claims):
        return claims
    bearer = {"Authorization": f"Bearer {answer.get('access_token', '')}"}
    return with_userinfo(claims, _asked(_endpoint(provider, "userinfo_endpoint"), bearer))


def _token(provider: Provider, *, code: str, verifier: str, redirect: str) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "code_verifier": verifier,
        "client_id": provider.client_id,
    }
    headers = {}
    if provider.client_auth == "post":
        form["client_secret"] = provider.client_secret
    else:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return _asked(_endpoint(provider, "token_endpoint"), headers, urlencode(form).encode())


def _verified(provider: Provider, token: object) -> Claims:
    try:
        return jwt.decode(
            str(token),
            key=_key(provider, str(jwt.get_unverified_header(str(token)).get("kid", ""))),
            algorithms=SIGNED_WITH,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError:
        raise Refused("token") from None


def _key(provider: Provider, number: str) -> Any:
    """Asked for again when a token names a key that is not among those kept: services change theirs."""
    address = _endpoint(provider, "jwks_uri")
    for fresh in (False, True):
        for key in jwt.PyJWKSet.from_dict(_kept_or_asked(address, fresh=fresh)).keys:
            if key.key_id == number or not number:
                return key.key
    raise Refused("key")


def _endpoint(provider: Provider, what: str) -> str:
    found = _kept_or_asked(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    address = found.get(what)
    if found.get("issuer") != provider.issuer or not isinstance(address, str) or not _is_safe(address):
        raise Refused("description")
    return address


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)


def _kept_or_asked(address: str, *, fresh: bool = False) -> dict[str, Any]:
    at, found = _kept.get(address, (0.0, {}))
    if fresh or not 0 <= time.time() - at < KEPT_SECONDS:
        found = _asked(address, {})
        _kept[address] = (time.time(), found)
    return found


def _asked(address: str, headers: dict[str, str], body: bytes | None = None) -> dict[str, Any]:
    request = urllib.request.Request(address, data=body, headers={"Accept": "application/json", **headers})  # noqa: S310 - http only for this machine
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            found = json.loads(answer.read(LONGEST))
    except (OSError, ValueError):
        raise Refused("no answer") from None
    if not isinstance(found, dict):
        raise Refused("no answer")
    return found


def forget() -> None:
    """What is kept of the services in this process."""
    _kept.clear()
