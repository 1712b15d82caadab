"""Pages for the middleware's tests: each does one thing to the ledger."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from audit import ledger
from audit.middleware import opens_own_blocks

Page = Callable[..., HttpResponse]
# No organisation of a test is ever given this key: on PostgreSQL keys go on counting from test to test.
CHAIN = 7_000_000


def wrote(request: HttpRequest, **_: object) -> HttpResponse:
    ledger.append("page.wrote", organisation=CHAIN)
    return HttpResponse("done")


def failed(request: HttpRequest, **_: object) -> HttpResponse:
    ledger.append("page.wrote", organisation=CHAIN)
    raise KeyError("a fault of ours")


def answered_with_a_fault(request: HttpRequest) -> HttpResponse:
    ledger.append("page.wrote", organisation=CHAIN)
    return HttpResponse(status=503)


def refused(request: HttpRequest, **_: object) -> HttpResponse:
    if request.method == "POST":
        ledger.append("page.wrote", organisation=CHAIN)
    raise PermissionDenied


def hidden(request: HttpRequest, **_: object) -> HttpResponse:
    raise Http404


@opens_own_blocks
def own_blocks(request: HttpRequest, then: str) -> HttpResponse:
    """Writes in a block of its own, then does what the address says."""
    with ledger.recording(actor=request.user, at=None):
        ledger.append("page.wrote", organisation=CHAIN)
    if then == "outside":
        ledger.append("page.wrote", organisation=CHAIN)
    if then == "refused":
        raise PermissionDenied
    return HttpResponse("done")


urlpatterns = [
    path("sign-in/", wrote, name="account_login"),
    path("leave/", wrote, name="quick_leave"),
    path("wrote/", wrote, name="wrote"),
    path("failed/", failed, name="failed"),
    path("fault/", answered_with_a_fault, name="fault"),
    path("refused/<int:number>/", refused, name="refused"),
    path("hidden/<uuid:public_id>/<str:part>/", hidden, name="hidden"),
    path("own/<str:then>/", own_blocks, name="own"),
]
