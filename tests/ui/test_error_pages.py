"""Pages about an error: they come out whatever it was that failed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, InterfaceError, OperationalError
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


def kept_in_the_session(request: HttpRequest) -> HttpResponse:
    """Its session is written once here, and once more when it has been answered."""
    request.session.create()
    request.session["more"] = "x"
    return HttpResponse()


kept_in_the_session.login_required = False  # type: ignore[attr-defined]


urlpatterns = [
    path("session/", kept_in_the_session),
    *kitchen.urlpatterns,
    path("400/", raising(SuspiciousOperation("x"))),
    path("403/", raising(PermissionDenied("Aisha Khan"))),
    path("500/", raising(DatabaseError("the server is away"))),
    path("503/", raising(OperationalError("Aisha Khan is not saved: the disk is full"))),
    path("closed/", raising(InterfaceError("connection already closed"))),
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
        ("/503/", 503, "Sorry, the service is not available"),
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


@pytest.mark.django_db
@pytest.mark.urls(__name__)
class TestDatabaseAway:
    """What was sent is in the answer: nobody types it twice."""

    SENT = {
        "csrfmiddlewaretoken": "t" * 32,
        "facts": 'A bruise.\r\n<b>Two</b> "marks"',
        "ticked": ["1", "2"],
        "kind": "phone",
    }

    @pytest.mark.parametrize("address", ["/503/", "/closed/"])
    def test_it_can_be_sent_again_as_it_stands(self, address: str) -> None:
        answer = PageClient(raise_request_exception=False).post(address, self.SENT)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
        page = Page(answer.content.decode())
        again = [one for one in page.all("form") if "action" not in one.attrs]
        fields = [(one.attrs["name"], one.attrs["value"]) for one in page.all("input") if one.inside("form") in again]
        assert sorted(fields) == sorted([
            ("csrfmiddlewaretoken", "t" * 32), ("facts", self.SENT["facts"]), ("ticked", "1"), ("ticked", "2"),
            ("kind", "phone"),
        ])  # fmt: skip
        shown = [one.text for one in page.classed("govuk-inset-text")]
        assert len(shown) == 1
        assert "<b>Two</b>" in shown[0]
        assert page.classed("govuk-inset-text") == page.classed("app-text"), "a long word breaks"
        assert [one.attrs["action"] for one in page.all("form") if one not in again] == ["/leave/"]

    @pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (DatabaseError, 400)])
    def test_a_session_that_cannot_be_saved_is_lost_to_the_database_or_to_another_tab(
        self, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
    ) -> None:
        """What was done may be there: sending it again does it once."""
        save = Session.save

        def fails(row: Session, *, force_update: bool, **more: Any) -> None:
            if force_update:
                raise error
            save(row, **more)

        monkeypatch.setattr(Session, "save", fails)
        answer = PageClient(raise_request_exception=False).post("/session/", self.SENT)
        assert answer.status_code == status
        assert ("A bruise" in answer.content.decode()) == (status == 503)

    def test_no_password_comes_back(self) -> None:
        sent = {"csrfmiddlewaretoken": "t", "password": "lantern orchard", "login": "a@b.test"}
        answer = PageClient(raise_request_exception=False).post("/503/", sent)
        assert "a@b.test" in answer.content.decode()
        assert "lantern" not in answer.content.decode()

    def test_what_came_without_a_token_gets_none(self) -> None:
        """Another site's form: nothing here makes it one of ours."""
        answer = PageClient(raise_request_exception=False).post("/503/", {"facts": "Forged on another site"})
        assert "Forged" not in answer.content.decode()
        assert Page(answer.content.decode()).all("form") == []

    def test_a_file_cannot_be_kept_so_nothing_is_said_to_be(self) -> None:
        sent = {"csrfmiddlewaretoken": "t", "why": "For the new year", "file": SimpleUploadedFile("a.csv", b"Name")}
        page = Page(PageClient(raise_request_exception=False).post("/503/", sent).content.decode())
        assert page.all("form") == []


@pytest.mark.parametrize("answer", [errors.server_error, errors.bad_request])
def test_pages_that_may_not_fail_ask_nothing_of_the_request(answer: Callable[[HttpRequest], HttpResponse]) -> None:
    """No database mark, no session, no user: the bare request is enough."""
    response = answer(HttpRequest())
    assert response.status_code in {400, 500}
    assert faults(response.content.decode()) == []


def test_even_without_its_template_there_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(template: str, _context: object) -> str:
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
