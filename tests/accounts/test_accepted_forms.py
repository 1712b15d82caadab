"""A form that was accepted is empty when it is opened again, whatever the answer was: a page, a file, another page."""

from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory
from django.urls import reverse

from accounts import autosave
from accounts.models import AutosavedText, User
from tests.administration.pages import SignIn
from tests.cast import Cast
from tests.pages import Page

# No engine would answer differently.
pytestmark = pytest.mark.sqlite
INVITED = {"full_name": "Noor Ashdown", "email": "noor@north.test", "job_title": "Nurse", "organisation_role": ""}
BOOK = {"name": "Harbour School", "kind": "school", "route_kind": "phone", "route": "01632 960999"}
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "a page with a link": ("administration:invite", INVITED),
    "the list of teams": ("administration:team_add", {"name": "Lighthouse"}),
    "the address book": ("administration:recipient_add", BOOK),
}


def typed_on(page: Any) -> set[str]:
    boxes = Page(page.content.decode()).all("input")
    return {
        one.attrs["value"] for one in boxes if one.attrs.get("value") and one.attrs.get("type") in {"text", "email"}
    }


@pytest.mark.parametrize("kind", FORMS)
def test_it_is_empty_the_next_time(cast: Cast, as_user: SignIn, kind: str) -> None:
    name, answers = FORMS[kind]
    path, client = reverse(name), as_user(cast.administrator)
    sent = {**answers, "autosave": autosave.token(cast.administrator, path)}
    client.post("/autosave/", sent)
    assert set(answers.values()) & typed_on(client.get(path)), "it was put back while it was not sent"
    refused = client.post(path, {key: "" if key in {"name", "email"} else value for key, value in sent.items()})
    assert (refused.status_code, AutosavedText.objects.count()) == (422, 1)
    assert client.post(path, sent).status_code in {200, 302}
    assert not AutosavedText.objects.exists()
    assert not set(answers.values()) & typed_on(client.get(path))


def test_a_password_asked_for_first_keeps_it(cast: Cast, as_user: SignIn) -> None:
    path, client = reverse("administration:invite"), as_user(cast.administrator)
    sent = {**INVITED, "autosave": autosave.token(cast.administrator, path)}
    client.post("/autosave/", sent)
    session = client.session
    session["signed_in_at"] -= 3600
    session["account_authentication_methods"] = []
    session.save()
    assert client.post(path, sent).status_code == 200
    assert not User.objects.filter(email=INVITED["email"]).exists()
    assert AutosavedText.objects.count() == 1


@pytest.mark.parametrize(
    ("answer", "again", "accepted"),
    [
        (redirect("home"), False, True),
        (HttpResponse("Hand over this link"), False, True),
        (StreamingHttpResponse(iter([b"a;b"]), content_type="text/csv"), False, True),
        (HttpResponse("The form, with a preview"), True, False),
        (HttpResponse("The form", status=422), True, False),
        (HttpResponse("Not allowed", status=403), False, False),
        (JsonResponse({"saved_at": "9am"}), False, False),
    ],
    ids=["leads on", "a page", "a file", "a preview", "refused", "not allowed", "a script"],
)
def test_what_counts_as_accepted(answer: HttpResponseBase, *, again: bool, accepted: bool) -> None:
    request = RequestFactory().post("/")
    if again:
        autosave.goes_on(request)
    assert autosave.is_accepted(request, answer) is accepted


def test_the_browser_is_told_to_keep_nothing_of_it_either(cast: Cast, as_user: SignIn) -> None:
    page = Page(as_user(cast.administrator).get(reverse("administration:invite")).content.decode())
    assert [form.attrs.get("autocomplete") for form in page.all("form") if "data-autosave" in form.attrs] == ["off"]
