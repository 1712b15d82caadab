"""The navigation: only rooms one may enter, and where one is."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from safeguarding.context import ROOMS, navigation, search_address, site
from tests import shared
from tests.cast import Cast
from tests.pages import PageClient, parsed

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
cast = shared.cast
RECORDING = ["Home", "Families", "Decision log"]
ADMINISTRATION = ["Home", "People", "Organisation", "Audit log"]


def request_of(user: User | AnonymousUser | None, path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    if user is not None:
        request.user = user
    return request


@pytest.mark.parametrize(
    ("who", "rooms"),
    [
        ("practitioner", [*RECORDING, "Incidents"]),
        ("teammate", [*RECORDING, "Incidents"]),
        ("supervisor", [*RECORDING, "Reviews", "Reports", "Incidents"]),
        ("administrator", ADMINISTRATION),
        ("officer", ["Home", "Reports", "Requests", "Incidents", "People", "Organisation", "Law", "Audit log"]),
    ],
)
def test_rooms_of_each_role(cast: Cast, who: str, rooms: list[str]) -> None:
    assert [label for label, _, _ in navigation(request_of(getattr(cast, who)))] == rooms


def test_nobody_has_rooms_without_signing_in(cast: Cast) -> None:
    assert navigation(request_of(AnonymousUser())) == []
    assert navigation(request_of(None)) == []


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("who", ["practitioner", "supervisor", "administrator"])
def test_every_room_shown_can_be_entered(cast: Cast, as_user: SignIn, who: str) -> None:
    """Each by each, every day: tests/test_access_matrix.py."""
    user = getattr(cast, who)
    client = as_user(user)
    for _, address, _ in navigation(request_of(user)):
        assert client.get(address).status_code == 200


def test_every_room_not_shown_is_closed(cast: Cast, as_user: SignIn) -> None:
    for user in (cast.practitioner, cast.supervisor, cast.administrator):
        shown = {address for _, address, _ in navigation(request_of(user))}
        client = as_user(user)
        for _, name, _ in ROOMS:
            if reverse(name) not in shown:
                assert client.get(reverse(name)).status_code == 403


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("name", ["home", "families:list", "decisions:log", "drafting:start", "families:register"])
def test_exactly_one_room_is_where_one_is(cast: Cast, as_user: SignIn, name: str) -> None:
    answer = as_user(cast.practitioner).get(reverse(name))
    current = [one.text for one in parsed(answer.content.decode()).elements if one.attrs.get("aria-current")]
    assert len(current) == 1


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("administration:teams", "People"),
        ("administration:address_book", "Organisation"),
        ("administration:law", "Law"),
        ("administration:ledger", "Audit log"),
    ],
)
def test_pages_with_another_prefix_are_in_their_room(cast: Cast, name: str, label: str) -> None:
    rooms = navigation(request_of(cast.officer, reverse(name)))
    assert [each for each, _, current in rooms if current] == [label]


def test_site_says_whether_it_is_a_demonstration(cast: Cast) -> None:
    said = site(request_of(cast.practitioner))
    assert said["demo"] is True
    assert said["service_name"]


@pytest.mark.parametrize(("who", "shown"), [
    ("practitioner", True), ("supervisor", True), ("administrator", False), ("officer", False),
])  # fmt: skip
def test_a_search_box_for_those_who_may_search(
    cast: Cast,
    as_user: SignIn,
    who: str,
    shown: bool,  # noqa: FBT001
) -> None:
    page = parsed(as_user(getattr(cast, who)).get(reverse("account_change_password")).content.decode())
    boxes = [form for form in page.all("form") if form.attrs.get("action") == reverse("search")]
    assert [form.attrs["method"] for form in boxes] == ["post"] * shown


def test_the_page_of_results_has_one_search_box(cast: Cast) -> None:
    user = cast.practitioner
    assert search_address(request_of(user, reverse("search"))) == ""
    assert search_address(request_of(user)) == reverse("search")
    assert search_address(request_of(AnonymousUser())) == ""
