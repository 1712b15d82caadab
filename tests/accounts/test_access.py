from typing import cast as typed
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.access import SignedInRequest, allow, allow_anybody, allow_signed_in, require
from accounts.models import User
from accounts.roles import Permission, Standing
from tests import shared
from tests.cast import Cast

cast = shared.cast


@allow(Permission.MANAGE_PEOPLE)
def for_administrators(request: SignedInRequest, number: int = 1) -> HttpResponse:
    return HttpResponse(f"{request.user.pk} {number}")


@allow_signed_in
def for_everybody(request: SignedInRequest) -> HttpResponse:
    return HttpResponse("in")


@allow_anybody
def for_anybody(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def asked_by(user: User | AnonymousUser, path: str = "/somewhere/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user
    return request


def rule_of(view: object) -> object:
    return getattr(view, "rule", None)


def test_every_view_wears_its_rule() -> None:
    assert rule_of(for_administrators) is Permission.MANAGE_PEOPLE
    assert rule_of(for_everybody) is Standing.SIGNED_IN
    assert rule_of(for_anybody) is Standing.ANYBODY


def test_the_role_lets_in(cast: Cast) -> None:
    answer = for_administrators(asked_by(cast.administrator), number=7)
    assert typed("HttpResponse", answer).content == f"{cast.administrator.pk} 7".encode()


def test_the_wrong_role_is_refused(cast: Cast) -> None:
    for user in (cast.practitioner, cast.supervisor):
        with pytest.raises(PermissionDenied):
            for_administrators(asked_by(user))


def test_signed_out_goes_to_sign_in_and_comes_back(db: None) -> None:
    path = f"/administration/people/{uuid4()}/"
    for view in (for_administrators, for_everybody):
        answer = typed("HttpResponse", view(asked_by(AnonymousUser(), path)))
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/sign-in/?next={path}"


def test_anybody_means_signed_out_too() -> None:
    assert for_anybody(asked_by(AnonymousUser())).status_code == 200
    assert getattr(for_anybody, "login_required", True) is False


def test_require_refuses_the_deactivated(cast: Cast) -> None:
    require(cast.administrator, Permission.MANAGE_PEOPLE)
    cast.administrator.is_active = False
    with pytest.raises(PermissionDenied):
        require(cast.administrator, Permission.MANAGE_PEOPLE)
