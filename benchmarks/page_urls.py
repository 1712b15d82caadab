"""The site's addresses and one more: a page with nothing on it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from safeguarding.urls import handler400, handler403, handler404, handler500
from safeguarding.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@allow(Permission.SEE_DECISIONS)
def bare(request: SignedInRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [*site, path("bare/", bare, name="bare")]
