"""Pages about an error: they come out whatever it was that failed."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

from safeguarding import errors
from tests.pages import Page, PageClient, faults
from tests.ui import kitchen


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    view.login_required = False  # type: ignore[attr-defined]
    return view


urlpatterns = [
    *kitchen.urlpatterns,
    path("400/", raising(SuspiciousOperation("x"))),
    path("403/", raising(PermissionDenied("Aisha Khan"))),
    path("500/", raising(DatabaseError("the server is away"))),
]
handler400 = kitchen.handler400
handler403 = kitchen.handler403
handler404 = kitchen.handler404
handler500 = kitchen.handler500


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/400/", 400, "We could not read that"),
        ("/403/", 403, "You cannot use this page"),
        ("/404/", 404, "Page not found"),
        ("/500/", 500, "Sorry, there is a problem"),
    ],
)
def test_every_error_has_a_page_that_says_what_to_do(address: str, status: int, heading: str) -> None:
    client = PageClient(raise_request_exception=False)
    response = client.get(address)
    assert response.status_code == status
    page = Page(response.content.decode())
    assert page.all("h1")[0].text == heading
    assert [link.text for link in page.all("a") if link.attrs.get("href") == "/"]
    assert "Aisha" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_form_without_its_token_is_told_to_load_again() -> None:
    client = PageClient(enforce_csrf_checks=True)
    response = client.post("/", kitchen.GOOD)
    assert response.status_code == 403
    assert Page(response.content.decode()).all("h1")[0].text == "This page was open too long"


@pytest.mark.parametrize("answer", [errors.server_error, errors.bad_request])
def test_pages_that_may_not_fail_ask_nothing_of_the_request(answer: Callable[[HttpRequest], HttpResponse]) -> None:
    """No database mark, no session, no user: the bare request is enough."""
    response = answer(HttpRequest())
    assert response.status_code in {400, 500}
    assert faults(response.content.decode()) == []


def test_even_without_its_template_there_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(template: str) -> str:
        raise OSError(template)

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = errors.server_error(HttpRequest())
    assert response.status_code == 500
    assert "call 999" in response.content.decode()


def test_absent_and_forbidden_rows_look_the_same() -> None:
    """What the exception says never reaches the page."""
    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()
    pages = {errors.not_found(request, Exception(text)).content for text in ("no such row", "not yours")}
    assert len(pages) == 1
