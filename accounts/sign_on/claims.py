"""What a token must say before it counts. Pure: signature, issuer, audience and times are checked where it is read."""

import hmac
from dataclasses import dataclass

from accounts.sign_on.configured import Provider
from accounts.sign_on.kinds import Claims

# Clocks of two well-kept servers differ by less.
LEEWAY = 30
LONGEST_SUBJECT = 255


class Refused(Exception):  # it is an answer, and nothing went wrong
    """A sign-on that does not count. `why` is a word for the ledger, without a word of the token."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Vouched:
    """What a service says of whoever signed on, as far as it is used."""

    subject: str
    email: str
    second_factor: bool
    # When they showed the service who they are; 0 when it does not say.
    shown_at: int


def judge(claims: Claims, provider: Provider, *, nonce: str, now: float) -> Vouched:
    """Refuses a token of another request, another client or another organisation."""
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Refused("nonce")
    party, audience = claims.get("azp"), claims.get("aud")
    if party not in {None, provider.client_id} or (isinstance(audience, list) and len(audience) > 1 and party is None):
        raise Refused("audience")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise Refused("subject")
    if provider.claim.casefold() not in provider.kind.organisation(claims):
        raise Refused("organisation")
    return Vouched(
        subject=subject,
        email=provider.kind.email(claims),
        second_factor=provider.always_second_factor or provider.kind.second_factor(claims),
        shown_at=_shown_at(claims, now),
    )


def _shown_at(claims: Claims, now: float) -> int:
    """A time to come is no time at all."""
    at = claims.get("auth_time")
    return at if isinstance(at, int) and not isinstance(at, bool) and 0 < at <= now + LEEWAY else 0


def with_userinfo(claims: Claims, userinfo: Claims) -> Claims:
    """The token's own claims win: what is asked for afterwards is not signed."""
    if userinfo.get("sub") != claims.get("sub"):
        raise Refused("userinfo")
    return {**userinfo, **claims}
