"""A service that people sign on with: a real server on this machine, with keys, that speaks as each of the four do."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from accounts.sign_on.configured import Provider
from accounts.sign_on.kinds import KINDS

CLIENT, SECRET, KEY = "our-site", "s3cret:/of ours+" + "x" * 20, "key-1"
TENANT = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490"
CLAIM = {"entra": TENANT, "google": "north.test", "dfe": "urn:123456", "cis2": "A81001"}
SUBJECT = "subject-of-somebody"
Claims = dict[str, Any]

# What each says of somebody of the organisation, as far as it differs: in the token, and when it is asked afterwards.
IN_TOKEN: dict[str, Claims] = {
    "entra": {"tid": TENANT, "oid": "1f2e", "preferred_username": "someone@north.test", "ver": "2.0"},
    "google": {"hd": "north.test", "email": "new@north.test", "email_verified": True},
    "dfe": {},
    "cis2": {"selected_roleid": "555", "acr": "AAL3_ANY", "amr": ["N3_SMARTCARD"]},
}
AFTERWARDS: dict[str, Claims] = {
    "entra": {},
    "google": {},
    "dfe": {"organisation": {"id": "23F20E54", "name": "North School", "urn": "123456", "ukprn": "10001234"}},
    "cis2": {
        "nhsid_nrbac_roles": [
            {"person_roleid": "444", "org_code": "B82002"},
            {"person_roleid": "555", "org_code": "A81001"},
        ]
    },
}


@cache
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


@dataclass
class Service:
    """What it says is changed by a test: `says` of the token, `says_afterwards`, and `signs`."""

    base: str = ""
    says: Callable[[Claims], Claims] = lambda claims: claims
    says_afterwards: Callable[[Claims], Claims] = lambda claims: claims
    signs: Callable[[Claims], str] = lambda claims: jwt.encode(
        claims, private_key(), algorithm="RS256", headers={"kid": KEY}
    )
    codes: dict[str, Claims] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def provider(self, code: str, organisation: str = "Northmere Council", **more: Any) -> Provider:
        kind = KINDS[code]
        values: dict[str, Any] = {
            "name": f"north-{code}",
            "kind": kind,
            "label": kind.name,
            "organisation": organisation,
            "claim": CLAIM[code],
            "issuer": f"{self.base}/{code}",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "client_auth": kind.client_auth,
        }
        return Provider(**{**values, **more})

    def describe(self, code: str) -> Claims:
        issuer = f"{self.base}/{code}"
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": issuer,
            "jwks_uri": f"{issuer}/keys",
            **{f"{name}_endpoint": f"{issuer}/{end}" for name, end in ends.items()},
        }

    def keys(self) -> Claims:
        key = json.loads(RSAAlgorithm.to_jwk(private_key().public_key()))
        return {"keys": [{**key, "kid": KEY, "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, code: str, form: dict[str, str], authorization: str) -> Claims | None:
        """Only for a code once, from the client it was given to, to the address and the secret it was asked with."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or not _is_client(form, authorization):
            return None
        challenge = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if (challenge, form["redirect_uri"]) != (asked["code_challenge"], asked["redirect_uri"]):
            return None
        now = int(time.time())
        claims: Claims = {
            "iss": f"{self.base}/{code}", "aud": CLIENT, "sub": SUBJECT, "iat": now, "exp": now + 300,
            "auth_time": now, "nonce": asked["nonce"], **IN_TOKEN[code],
        }  # fmt: skip
        return {"access_token": "for-userinfo", "token_type": "Bearer", "id_token": self.signs(self.says(claims))}

    def userinfo(self, code: str) -> Claims:
        return self.says_afterwards({"sub": SUBJECT, **AFTERWARDS[code]})


def _is_client(form: dict[str, str], authorization: str) -> bool:
    if not authorization:
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
    pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
    return [unquote(part) for part in pair.split(":")] == [CLIENT, SECRET]


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            code, _, what = parts.path[1:].partition("/")
            service.asked.append(what)
            if what == "authorize":
                asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", service.authorize(asked))
                self.end_headers()
                return
            answers: dict[str, Callable[[], Claims]] = {
                "keys": service.keys,
                "userinfo": lambda: service.userinfo(code),
            }
            self.answer(answers.get(what, lambda: service.describe(code))())

        def do_POST(self) -> None:
            code = self.path.split("/")[1]
            service.asked.append("token")
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.answer(service.token(code, form, self.headers.get("Authorization", "")))

        def answer(self, found: Claims | None) -> None:
            self.send_response(200 if found else 400)
            self.end_headers()
            self.wfile.write(json.dumps(found or {"error": "invalid_grant"}).encode())

        def log_message(self, *_: Any) -> None:
            """Nothing on the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
