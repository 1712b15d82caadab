"""Headers every answer carries, whatever the view did."""

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from safeguarding.middleware import HeadersMiddleware


def answer(path: str, response: HttpResponse | None = None) -> HttpResponse:
    def view(_request: HttpRequest) -> HttpResponse:
        return response or HttpResponse()

    found = HeadersMiddleware(view)(RequestFactory().get(path))
    assert isinstance(found, HttpResponse)
    return found


def policy() -> dict[str, str]:
    header = answer("/").headers["Content-Security-Policy"]
    return dict(rule.strip().split(" ", 1) for rule in header.split(";"))


def test_nothing_is_allowed_that_is_not_named() -> None:
    assert policy()["default-src"] == "'none'"
    assert policy()["base-uri"] == "'none'"
    assert policy()["frame-ancestors"] == "'none'"
    assert policy()["form-action"] == "'self'"


@pytest.mark.parametrize("kind", ["script-src", "style-src", "connect-src", "font-src"])
def test_only_our_own_files(kind: str) -> None:
    assert policy()[kind] == "'self'"


@pytest.mark.parametrize("hole", ["unsafe-inline", "unsafe-eval", "nonce-", "http:", "https:", "*"])
def test_policy_has_no_hole(hole: str) -> None:
    assert hole not in answer("/").headers["Content-Security-Policy"]


def test_no_camera_microphone_or_place() -> None:
    assert answer("/").headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"


def test_pages_are_kept_by_nobody() -> None:
    assert answer("/families/").headers["Cache-Control"] == "no-store"


def test_a_view_cannot_ask_to_be_kept() -> None:
    kept = HttpResponse(headers={"Cache-Control": "public, max-age=600"})
    assert answer("/families/", kept).headers["Cache-Control"] == "no-store"


def test_static_files_keep_their_own_rule() -> None:
    kept = HttpResponse(headers={"Cache-Control": "max-age=600"})
    assert answer("/static/app.css", kept).headers["Cache-Control"] == "max-age=600"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/health/", "/there-is-no-such-page/"])
def test_whole_site_answers_with_them(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_refused_host_says_nothing_about_the_site(client: Client, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["safeguarding.test"]
    response = client.get("/", headers={"host": "stranger.test"})
    assert response.status_code == 400
    assert b"stranger.test" not in response.content
