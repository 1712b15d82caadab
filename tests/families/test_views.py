"""Every page with the same negative cases, from one table that must name every address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from families import urls
from tests.cast import Cast
from tests.families.household import Household, contact, count_entries, disclosure, household, person
from tests.in_turn import in_turn
from tests.pages import PageClient

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
Key = Callable[[Household], list[object]]


def of_family(home: Household) -> list[object]:
    return [home.family.public_id]


def of_child(home: Household) -> list[object]:
    return [home.child.public_id]


def of_contact(home: Household) -> list[object]:
    return [home.contact.public_id]


def of_disclosure(home: Household) -> list[object]:
    return [home.disclosure.public_id]


def of_team(home: Household) -> list[object]:
    return [home.family.public_id, home.family.family_teams.get().team.public_id]


def of_nothing(_: Household) -> list[object]:
    return []


@dataclass(frozen=True)
class Row:
    """A page: how it is addressed, whether a supervisor may look, and what a good post holds."""

    key: Key
    supervisor: int = 403
    get: bool = True
    post: dict[str, Any] = field(default_factory=dict)
    good: int = 302


PERSON = {"name": "Ned", "role": "child", "age_kind": "not_known", "parental_responsibility": "no"}
SAID = {
    "said_by": "Tilly",
    "said_to": "Asha",
    "facts": "Another bruise",
    "level": "s47",
    "received_at_day": "2",
    "received_at_month": "11",
    "received_at_year": "2026",
    "received_at_time": "2:30pm",
}
WAY = {"kind": "letter", "safe": "unknown"}
PAGES = {
    "list": Row(of_nothing, supervisor=200),
    "register": Row(of_nothing, post={"name": "Brandt"}),
    "detail": Row(of_family, supervisor=200),
    "correct": Row(of_family, post={"name": "Ash", "version": "1", "why_changed": "Misspelt"}),
    "teams": Row(of_family),
    "team_remove": Row(of_team, get=False, good=422),
    "person_add": Row(of_family, post=PERSON),
    "person_correct": Row(of_child, post={**PERSON, "version": "1", "why_changed": "Misspelt"}),
    "contacts": Row(of_child, supervisor=200),
    "contact_add": Row(of_child, post=WAY),
    "contact_correct": Row(of_contact, post={**WAY, "version": "1"}),
    "risks": Row(of_child, post={"kinds": ["other"], "version": "1"}),
    "history": Row(of_family, supervisor=200),
    "person_history": Row(of_child, supervisor=200),
    "disclosure_history": Row(of_disclosure, supervisor=200),
    "disclosure_add": Row(of_family, post=SAID),
    "disclosure": Row(of_disclosure, supervisor=200),
    "disclosure_correct": Row(of_disclosure, post={**SAID, "version": "1", "why_changed": "I had misheard it"}),
}
ABOUT_A_ROW = [name for name, row in PAGES.items() if row.key is not of_nothing]
POSTS = [name for name, row in PAGES.items() if row.post]


def address(name: str, home: Household) -> str:
    return reverse(f"families:{name}", args=PAGES[name].key(home))


def ask(client: PageClient, name: str, home: Household) -> Any:
    row = PAGES[name]
    return client.get(address(name, home)) if row.get else client.post(address(name, home), row.post)


def test_the_table_names_every_page() -> None:
    """Others: tests/families/test_importing_views.py, tests/test_who_looked.py, tests/test_conflicts.py."""
    assert set(PAGES) | {"import", "who_looked", "conflict", "conflict_end"} == {
        pattern.name for pattern in urls.urlpatterns
    }


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_a_stranger_gets_what_is_nowhere(cast: Cast, home: Household, as_user: SignIn, who: str) -> None:
    """Every day one of them at least asks for each: tests/test_access_matrix.py."""
    client = as_user(getattr(cast.stranger, who))
    for name in ABOUT_A_ROW:
        found = ask(client, name, home)
        wanted = 404 if who == "practitioner" or PAGES[name].supervisor == 200 else 403
        assert found.status_code == wanted, name
        assert "Ashworth" not in found.content.decode(), name
        assert home.family.reference not in found.content.decode(), name


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("who", ["other_team", "supervisor", "administrator", "officer"])
def test_writing_is_refused_as_looking_is(cast: Cast, home: Household, as_user: SignIn, who: str) -> None:
    client, may = as_user(getattr(cast, who)), {"register"} if who in {"other_team", "supervisor"} else set()
    for name in [name for name in POSTS if name not in may]:
        assert client.post(address(name, home), PAGES[name].post).status_code in {403, 404}, name


def test_other_methods_are_refused(cast: Cast, home: Household, as_user: SignIn) -> None:
    """GET and POST, by everybody: tests/test_access_matrix.py."""
    client = as_user(cast.practitioner)
    sent = {
        name: getattr(client, method) for name, method in zip(PAGES, cycle(("put", "patch", "delete")), strict=False)
    }
    assert {name: send(address(name, home)).status_code for name, send in sent.items()} == dict.fromkeys(PAGES, 405)


def test_head_is_answered_as_get_is(cast: Cast, home: Household, as_user: SignIn) -> None:
    """Link checkers and proxies ask so; it is entered as looking is."""
    client = as_user(cast.practitioner)
    for name in in_turn(name for name, row in PAGES.items() if row.get):
        before = count_entries()
        answer = client.head(address(name, home))
        assert (answer.status_code, answer.content) == (200, b""), name
        assert name == "register" or count_entries() > before, name


@pytest.mark.parametrize("name", POSTS)
def test_a_good_post(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    before = count_entries()
    answer = as_user(cast.practitioner).post(address(name, home), PAGES[name].post)
    assert answer.status_code == PAGES[name].good
    assert count_entries() > before


def test_an_empty_post_is_answered_beside_the_fields(cast: Cast, home: Household, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    for name in in_turn(name for name in POSTS if name != "risks"):
        answer = client.post(address(name, home), {})
        assert answer.status_code == 422, name
        assert "There is a problem" in answer.content.decode(), name


@pytest.mark.parametrize("bad", ["\x00", "\u202e" + "😀" * 50 + "<script>alert(1)</script>", "x" * 100_000])
def test_whatever_is_typed_is_answered(cast: Cast, home: Household, as_user: SignIn, bad: str) -> None:
    client = as_user(cast.practitioner)
    for name in in_turn(POSTS, of=3):
        answer = client.post(address(name, home), dict.fromkeys(PAGES[name].post, bad))
        assert answer.status_code in {200, 302, 422}, name
        assert "<script>alert" not in answer.content.decode(), name


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("name", ["correct", "person_correct", "contact_correct", "risks", "disclosure_correct"])
def test_the_slower_of_two_keeps_what_was_typed(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    typed = {**PAGES[name].post, "name": "Typed slowly", "facts": "Typed slowly", "why": "Typed slowly"}
    typed |= {"note_other": "Typed slowly"}
    first = as_user(cast.teammate).post(address(name, home), {**PAGES[name].post})
    assert first.status_code == 302
    client = as_user(cast.practitioner)
    answer = client.post(address(name, home), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Someone else saved a change" in page
    assert "Typed slowly" in page
    assert 'name="version" value="2"' in page
    assert client.post(address(name, home), {**typed, "version": "2"}).status_code == 302


def test_no_name_in_a_title_or_heading(cast: Cast, home: Household, as_user: SignIn) -> None:
    client = as_user(cast.practitioner)
    for name in in_turn(PAGES):
        page = ask(client, name, home).content.decode()
        for part in ("title", "h1"):
            inside = page.partition(f"<{part}")[2].partition(f"</{part}>")[0]
            assert "Ashworth" not in inside, name
            assert "Tilly" not in inside, name


def test_more_rows_cost_as_many_queries_as_one(cast: Cast, home: Household, as_user: SignIn) -> None:
    client, names = as_user(cast.practitioner), ("detail", "contacts", "list")
    for name in names:
        ask(client, name, home)
    few = {name: _queries(client, name, home) for name in names}
    for _ in range(2):
        one = person(home.family, cast.practitioner)
        contact(one, cast.practitioner)
        contact(home.child, cast.practitioner)
        disclosure(home.family, cast.practitioner)
        household(cast.practitioner, cast.team)
    assert {name: _queries(client, name, home) for name in names} == few


def _queries(client: PageClient, name: str, home: Household) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert ask(client, name, home).status_code == 200
    return len(captured)
