"""A block round every request that may write, so that other people's code is recorded too."""

from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from audit import ledger

View = TypeVar("View", bound=Callable[..., Any])

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
REFUSALS = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def opens_own_blocks(view: View) -> View:
    """For a page that reads for long before it writes: no block round its request, so nobody waits for it.

    What it writes outside a block of its own is refused, as it is everywhere.
    """
    view.opens_own_blocks = True  # type: ignore[attr-defined]  # read by the middleware
    return view


class LedgerMiddleware:
    """Stands after authentication. An answer that is an error rolls its writes back; a refusal is then entered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ledger.within(ledger.Request(address=client_address(request))):
            response = self.recorded(request) if needs_block(request) else self.get_response(request)
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
        if needs_block(request):
            transaction.set_rollback(True)


def needs_block(request: HttpRequest) -> bool:
    if request.method in SAFE:
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return True
    return not getattr(view, "opens_own_blocks", False)


def enter_refusal(request: HttpRequest, status: int) -> None:
    """What a signed-in person was refused: the page and the ids asked for, in their own chain.

    An address that leads to no page asks for no record, and may hold anything. So may a part of an address that is
    neither a number nor a public id: the token of a link still opens an account.
    """
    if not request.user.is_authenticated or request.resolver_match is None:
        return
    match = request.resolver_match
    asked = {f"asked.{name}": str(value) for name, value in match.kwargs.items() if isinstance(value, UUID | int)}
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
