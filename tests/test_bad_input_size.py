"""However much one client sends, a worker does little for it, and the next request is served."""

from collections import Counter
from collections.abc import Iterator
from copy import copy
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.cast import PASSWORD
from tests.drafting.scenario_walk import FORM, Walk
from tests.in_turn import THOROUGH, in_turn
from tests.pages import Page, PageClient
from tests.test_access_matrix import Row, Scene, rows, signed_in
from tests.test_bad_input import query
from tests.test_bad_input_fuzz import paths, scene, users

# A request is measured, and its page refused, before any engine is asked.
pytestmark = pytest.mark.sqlite

__all__ = ["scene"]

# Reading, judging and keeping one page of the form, with everything that a page of sixty rows looks up.
MOST_QUERIES = 150
MANY_ROWS = "10000"
HUGE = "9" * 400
# An answer to which nothing more can be added: refused, led on, or a page of the site.
FINE = {200, 302, 303, 404, 409, 422, 429}


def takers(scene: Scene) -> Iterator[tuple[Row, User | None, str]]:
    """Every address that takes answers, with somebody who may send them."""
    for row in rows():
        if row.name == "account_login":
            yield row, None, scene.path(row)
        for user in users(scene, row):
            for path in paths(scene, row):
                if row.name not in {"account_login", "account_logout", "quick_leave"}:
                    yield row, user, path


def client_of(user: User | None) -> PageClient:
    client = PageClient()
    if user:
        client.force_login(user)
    return client


def send(client: Client, path: str, body: str, **more: Any) -> tuple[Any, int]:
    """One request of which nothing stays, and how many queries it took."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(path, body, content_type=FORM, **more)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer, len(asked)


def says_so(answer: Any) -> bool:
    if answer.headers["Content-Type"] == "application/json":
        return bool(answer.json() == {"too_much": True})
    return Page(answer.content.decode()).all("h1")[0].text == "That was too much at once"


BODIES = {
    "fields": "&".join(f"a{number}=x" for number in range(100_000)),
    "rows": "&".join(f"item-{number}-text=x" for number in range(10_000)),
    "one answer": "a=" + "x" * 3_000_000,
    "one name": "a" * 3_000_000 + "=x",
}


@pytest.mark.sweep
def test_too_much_is_refused_at_every_address_and_costs_no_query(scene: Scene) -> None:
    """Each kind in turn: what refuses it stands before every view, and knows nothing of the address.

    Each fourth address a day.
    """
    tried, clients = 0, dict[User | None, PageClient]()
    for (row, user, path), kind in zip(in_turn(takers(scene), of=4), cycle(BODIES), strict=False):
        client = clients.get(user) or clients.setdefault(user, client_of(user))
        answer, asked = send(client, path, BODIES[kind])
        assert (answer.status_code, asked) == (413, 0), f"{row} {kind}"
        assert says_so(answer), f"{row} {kind}"
        tried += 1
    assert tried > 20
    assert client.get(reverse("health")).status_code == 200


@pytest.mark.parametrize(
    ("length", "status"),
    [("-5", 400), ("1e3", 400), ("+5", 400), ("1_0", 400), ("\uff11\uff12", 400), ("five", 400),
     ("9" * 5000, 413), (str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), 413), ("", 422), ("0", 422)],
)  # fmt: skip
def test_the_length_that_is_claimed(db: None, length: str, status: int) -> None:
    answer = PageClient().post("/sign-in/", "login=x", content_type=FORM, CONTENT_LENGTH=length)
    assert answer.status_code == status
    assert Page(answer.content.decode()).all("h1")[0].text


def test_a_body_of_untold_length_is_not_dropped_in_silence(db: None) -> None:
    answer = PageClient().post("/sign-in/", "login=x", content_type=FORM, HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411
    assert "Nothing was changed" in answer.content.decode()


class Unread:
    """The body of a request, which nobody may read."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("Some of it was read.")

    readline = read


@pytest.mark.parametrize(
    ("kind", "more", "status"),
    [
        (FORM, {"CONTENT_LENGTH": "150000000"}, 413),
        ("multipart/form-data; boundary=b", {"CONTENT_LENGTH": "150000000"}, 413),
        (FORM, {"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ("multipart/form-data; boundary=b", {"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_nothing_is_read_of_a_body_that_is_refused(
    scene: Scene, kind: str, more: dict[str, str], status: int, *, signed_in: bool
) -> None:
    client = client_of(scene.cast.practitioner if signed_in else None)
    sent = {"REQUEST_METHOD": "POST", "PATH_INFO": reverse("drafting:start"), "CONTENT_TYPE": kind, **more}
    assert client.request(**sent, **{"wsgi.input": Unread()}).status_code == status


@pytest.mark.parametrize("name", ["account_login", "drafting:start", "search"])
def test_files_in_a_form_are_not_taken_in(scene: Scene, name: str) -> None:
    client = client_of(None if name == "account_login" else scene.cast.practitioner)
    large = SimpleUploadedFile("a.txt", b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert client.post(reverse(name), {"file": large}).status_code == 413
    many = {f"file{number}": SimpleUploadedFile("a.txt", b"x") for number in range(101)}
    assert client.post(reverse(name), many).status_code == 413


def test_the_largest_body_that_is_read(scene: Scene) -> None:
    """Nobody loses a long text to the limit itself."""
    body = "a=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 2)
    assert send(client_of(scene.cast.practitioner), reverse("drafting:start"), body)[0].status_code == 422


class Opened:
    """A page as it is shown: what it would send, its fields, and those of them that take several answers."""

    def __init__(self, client: Client, path: str) -> None:
        walk = Walk(User())
        walk.answer = client.get(path)
        walk.page = Page(walk.answer.content.decode())
        self.sent = query(walk.shown() if walk.answer.status_code == 200 else {})
        self.names = walk.names_on_page() - {"csrfmiddlewaretoken"}
        boxes = [box for box in walk.page.all("input") if box.attrs.get("type") == "checkbox"]
        counts = Counter(box.attrs.get("name", "") for box in boxes)
        self.ticks = {name for name, count in counts.items() if count > 1}


def floods(names: set[str], ticks: set[str]) -> Iterator[dict[str, list[str]]]:
    """Counts, numbers, choices and texts, each as large or as many as a body can hold."""
    groups = sorted(name.removesuffix("-rows") for name in names if name.endswith("-rows"))
    for then in [f"add:{groups[-1]}", ""] if groups else []:
        counts = {f"{group}-rows": [MANY_ROWS] for group in groups}
        yield {**counts, "then": [then], **{f"{group}-9999-text": ["x"] for group in groups}}
    stale = {"version": [HUGE], "page": [HUGE], "then": [f"add:{HUGE}"]}
    everywhere = {name: [HUGE] for name in sorted({*(names - ticks - {"version"}), "number"})}
    # Where there is no version, nothing is stale, and one request has it all.
    yield from (everywhere, stale) if "version" in names or groups else (everywhere | stale,)
    if ticks:
        numbers = [str(number) for number in range(2500 // len(ticks))]
        yield dict.fromkeys(sorted(ticks), numbers)


@pytest.mark.sweep
@pytest.mark.parametrize(
    "room",
    [
        "account",
        "families",
        "drafting",
        "decisions",
        "letters",
        "wording",
        "reviews",
        "reflections",
        "rights",
        "incidents",
        "emergencies",
        "retention",
        "reminders",
        "reports",
        "administration",
    ],
)
def test_what_is_read_is_bounded(scene: Scene, room: str) -> None:
    """Each fourth address, and where it can be flooded in several ways, two of them in turn; in four days, all."""
    tried, clients = 0, dict[User | None, Client]()
    of_room = [one for one in takers(scene) if one[0].name.startswith(room)]
    for number, (row, user, path) in enumerate(in_turn(of_room, of=4)):
        client = clients.get(user) or clients.setdefault(user, signed_in(user))
        opened = Opened(client, path)
        every = list(floods(opened.names, opened.ticks))
        for flood in every if THOROUGH or len(every) < 3 else every[number % 2 :: 2]:
            data = opened.sent.copy()
            for name, values in flood.items():
                data.setlist(name, values)
            answer, asked = send(client, path, data.urlencode())
            assert answer.status_code in FINE, f"{row} {path} {list(flood)[:3]}: {answer.status_code}"
            # Whoever verifies the whole audit log asks more, whatever is sent.
            most = MOST_QUERIES if asked <= MOST_QUERIES else send(client, path, opened.sent.urlencode())[1]
            assert asked <= most, f"{row} {path} {list(flood)[:3]}: {asked} queries"
            tried += 1
    assert tried
    assert client.get(reverse("health")).status_code == 200


def test_an_answer_ticked_a_thousand_times_is_ticked_once(scene: Scene) -> None:
    """Each tick becomes a row, and the same row twice is refused by the database."""
    walk = Walk(scene.cast.practitioner, scene.draft, signed_in=True)
    walk.open("information")
    sent = query(walk.shown())
    person = str(walk.draft.people[0].pk)
    for name in ("item-0-about", "item-0-not_disclosed_to"):
        sent.setlist(name, [person] * 1000)
    walk.send(walk.path("information"), sent)
    item = walk.draft.items[0]
    assert [str(row.person_id) for row in item.about.all()] == [person]
    assert [str(row.person_id) for row in item.not_disclosed_to.all()] == [person]


ADDRESSES = ["page", "author", "outcome", "family", "kind", "to", "section", "show", "entry_route", "next", "number"]


@pytest.mark.sweep
def test_parameters_of_an_address_are_bounded(scene: Scene) -> None:
    """Both kinds where a list is asked for, and in turn where a page has one thing to show; each second page a day.

    With THOROUGH=1 a page is asked for everything that it can show, otherwise for the first.
    """
    client, values = signed_in(scene.cast.practitioner), (HUGE, "\u202e\x00" + "x" * 5_000)
    shown = [row for row in rows() if row.get[1] == "."]
    for number, row in in_turn(enumerate(shown)):
        if THOROUGH or row.name not in {earlier.name for earlier in shown[:number]}:
            path = scene.path(row)
            for value in values if row.object == "-" else values[number % 2 :][:1]:
                with transaction.atomic(), CaptureQueriesContext(connection) as asked:
                    answer = client.get(f"{path}?{urlencode(dict.fromkeys(ADDRESSES, value))}")
                    transaction.set_rollback(True)
                assert answer.status_code in {200, 404, 422}, str(row)
                assert len(asked) <= MOST_QUERIES, str(row)


@pytest.mark.parametrize("name", ["home", "decisions:log", "account_login"])
def test_so_are_how_many_there_are(scene: Scene, name: str) -> None:
    many = "&".join(f"a{number}=1" for number in range(100_000))
    assert client_of(scene.cast.practitioner).get(f"{reverse(name)}?{many}").status_code == 413


def test_a_long_way_back_is_cut_short_and_the_person_is_in(scene: Scene) -> None:
    client = PageClient()
    sent = {"login": scene.cast.practitioner.email, "password": PASSWORD, "next": "/" + "x" * 100_000}
    assert client.post("/sign-in/", sent).headers["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("following", ["/" + "x" * 5_000, "/?a=" + "\u0130" * 3_000, "//" + "x" * 100_000, "/\x00"])
def test_where_to_go_after_signing_in_is_bounded(db: None, following: str) -> None:
    client = PageClient()
    assert client.get(f"/sign-in/?{urlencode({'next': following})}").status_code == 200
    answer = client.post("/sign-in/", {"login": "a@b.test", "password": "x", "next": following})
    assert answer.status_code == 422
    asked_for = client.get(f"/families/?{urlencode({'page': following})}")
    assert asked_for.status_code in {302, 400}


def test_one_decision_takes_thirty_recipients_and_thirty_people(scene: Scene) -> None:
    """Each item is asked about for each of them: sixty would be a page that nobody can send."""
    walk = Walk(scene.cast.practitioner, scene.draft, signed_in=True)
    walk.open("request")
    sent = query(walk.shown())
    sent["other-rows"] = "40"
    for number in range(40):
        sent[f"other-{number}-name"], sent[f"other-{number}-route_kind"] = f"Service {number}", "phone"
    walk.send(walk.path("request"), sent, status=422)
    assert any("up to 30 recipients" in error for error in walk.errors)
    assert walk.lost(sent) == {}
    walk.open("people")
    sent = query(walk.shown())
    sent["new-rows"] = "40"
    for number in range(40):
        answers = {
            "name": f"Cousin {number}",
            "role": "relative",
            "age_kind": "not_known",
            "parental_responsibility": "no",
        }
        sent.update({f"new-{number}-{name}": answer for name, answer in answers.items()})
    walk.send(walk.path("people"), sent, status=422)
    assert any("up to 30 people" in error for error in walk.errors)
