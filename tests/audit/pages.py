"""Pages for the middleware's tests: each does one thing to the ledger."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from audit import ledger

Page = Callable[..., HttpResponse]


def wrote(request: HttpRequest, **_: object) -> HttpResponse:
    ledger.append("page.wrote", organisation=7)
    return HttpResponse("done")


def failed(request: HttpRequest, **_: object) -> HttpResponse:
    ledger.append("page.wrote", organisation=7)
    raise KeyError("a fault of ours")


def answered_with_a_fault(request: HttpRequest) -> HttpResponse:
    ledger.append("page.wrote", organisation=7)
    return HttpResponse(status=503)


def refused(request: HttpRequest, **_: object) -> HttpResponse:
    if request.method == "POST":
        ledger.append("page.wrote", organisation=7)
    raise PermissionDenied


def hidden(request: HttpRequest, **_: object) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("sign-in/", wrote, name="account_login"),
    path("wrote/", wrote, name="wrote"),
    path("failed/", failed, name="failed"),
    path("fault/", answered_with_a_fault, name="fault"),
    path("refused/<int:number>/", refused, name="refused"),
    path("hidden/<uuid:public_id>/<str:part>/", hidden, name="hidden"),
]
