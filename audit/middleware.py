"""A recording block around every request that may write, so that third-party code is recorded too."""

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
    """For a view that reads for a long time before it writes: no block around its request, so nobody waits for it.

    Anything it writes outside a block of its own is refused, as everywhere.
    """
    view.opens_own_blocks = True  # type: ignore[attr-defined]  # read by the middleware
    return view


class LedgerMiddleware:
    """Comes after authentication. An error response rolls its writes back; a refusal is then entered."""

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
        """Django turns a view's exception into a response inside our block, which would then commit."""
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
    """Enter what a signed-in user was refused: the view and the ids in the URL, in their own chain.

    A URL that matches no view refers to no record and may contain anything. Parts of a URL that are neither a number
    nor a public id are left out too, because the token of a one-time link still works.
    """
    if not request.user.is_authenticated or request.resolver_match is None:
        return
    match = request.resolver_match
    ids = {f"asked.{name}": str(value) for name, value in match.kwargs.items() if isinstance(value, UUID | int)}
    with ledger.recording(actor=request.user, at=None):
        ledger.append(
            "refused",
            organisation=getattr(request.user, "organisation_id", ledger.SITE),
            details={"status": status, "page": match.view_name, **ids},
        )


def client_address(request: HttpRequest) -> str | None:
    """The client's address as far as our own proxies vouch for it; what the client claims is ignored."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",") if settings.TRUSTED_PROXIES else []
    hops = [*filter(None, (hop.strip() for hop in forwarded)), request.META.get("REMOTE_ADDR", "")]
    return settled_address(hops[-min(len(hops), settings.TRUSTED_PROXIES + 1)])


def settled_address(text: str) -> str | None:
    """The address as both engines return it, or None: an IPv4 address in IPv6 is unwrapped, a zone is dropped."""
    try:
        address = ip_address(text.partition("%")[0].strip("[]"))
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address)
