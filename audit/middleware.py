"""A block round every request that may write, so that other people's code is recorded too."""

from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from audit import ledger

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
REFUSALS = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


class LedgerMiddleware:
    """Stands after authentication. An answer that is an error rolls its writes back; a refusal is then entered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ledger.within(ledger.Request(address=client_address(request))):
            response = self.get_response(request) if request.method in SAFE else self.recorded(request)
            if response.status_code in REFUSALS:
                enter_refusal(request, response.status_code)
        return response

    def recorded(self, request: HttpRequest) -> HttpResponseBase:
        with ledger.recording(actor=request.user, at=None):
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:  # noqa: ARG002
        """Django turns a view's exception into an answer inside our block, which would then commit."""
        if request.method not in SAFE:
            transaction.set_rollback(True)


def enter_refusal(request: HttpRequest, status: int) -> None:
    """What a signed-in person was refused: the page and the ids asked for, in their own chain.

    An address that leads to no page asks for no record, and may hold anything.
    """
    if not request.user.is_authenticated or request.resolver_match is None:
        return
    match = request.resolver_match
    asked = {f"asked.{name}": str(value) for name, value in match.kwargs.items()}
    with ledger.recording(actor=request.user, at=None):
        ledger.append(
            "refused",
            organisation=getattr(request.user, "organisation_id", ledger.SITE),
            details={"status": status, "page": match.view_name, **asked},
        )


def client_address(request: HttpRequest) -> str | None:
    """The address as far as our own proxies vouch for it; what a client wrote itself is not believed."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",") if settings.TRUSTED_PROXIES else []
    hops = [*filter(None, (hop.strip() for hop in forwarded)), request.META.get("REMOTE_ADDR", "")]
    return settled_address(hops[-min(len(hops), settings.TRUSTED_PROXIES + 1)])


def settled_address(text: str) -> str | None:
    """The address as both engines give it back, or None: an IPv4 address inside IPv6 is unwrapped, a zone dropped."""
    try:
        address = ip_address(text.partition("%")[0].strip("[]"))
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address)
