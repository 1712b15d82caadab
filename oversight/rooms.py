"""The first page of the administrators' room."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission


@allow(Permission.MANAGE_PEOPLE)
@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    return render(request, "oversight/start.html")
