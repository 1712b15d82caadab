"""Every page with the same negative cases, from one table that must name every address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from families import urls
from tests.cast import Cast
from tests.families.household import Household, contact, count_entries, disclosure, entries, household, person
from tests.pages import PageClient

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
    "search": Row(of_nothing, supervisor=200, get=False, post={"words": "ash"}, good=200),
    "register": Row(of_nothing, post={"name": "Brandt"}),
    "detail": Row(of_family, supervisor=200),
    "correct": Row(of_family, post={"name": "Ash", "version": "1"}),
    "teams": Row(of_family),
    "team_off": Row(of_team, get=False, good=422),
    "person_add": Row(of_family, post=PERSON),
    "person_correct": Row(of_child, post={**PERSON, "version": "1"}),
    "contacts": Row(of_child, supervisor=200),
    "contact_add": Row(of_child, post=WAY),
    "contact_correct": Row(of_contact, post={**WAY, "version": "1"}),
    "risks": Row(of_child, post={"kinds": ["other"], "version": "1"}),
    "disclosure_add": Row(of_family, post=SAID),
    "disclosure": Row(of_disclosure, supervisor=200),
    "disclosure_correct": Row(of_disclosure, post={**SAID, "version": "1"}),
}
ABOUT_A_ROW = [name for name, row in PAGES.items() if row.key is not of_nothing]
POSTS = [name for name, row in PAGES.items() if row.post]


def address(name: str, home: Household) -> str:
    return reverse(f"families:{name}", args=PAGES[name].key(home))


def ask(client: PageClient, name: str, home: Household) -> Any:
    row = PAGES[name]
    return client.get(address(name, home)) if row.get else client.post(address(name, home), row.post)


def test_the_table_names_every_page() -> None:
    assert set(PAGES) == {pattern.name for pattern in urls.urlpatterns}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["practitioner", "teammate"])
def test_the_team_sees_it(cast: Cast, home: Household, as_user: SignIn, name: str, who: str) -> None:
    row = PAGES[name]
    assert ask(as_user(getattr(cast, who)), name, home).status_code == (200 if row.get else row.good)


@pytest.mark.parametrize("name", PAGES)
def test_the_supervisor_looks_and_does_not_write(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    assert ask(as_user(cast.supervisor), name, home).status_code == PAGES[name].supervisor


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["administrator", "officer"])
def test_offices_see_no_case(cast: Cast, home: Household, as_user: SignIn, name: str, who: str) -> None:
    assert ask(as_user(getattr(cast, who)), name, home).status_code == 403


@pytest.mark.parametrize("name", ABOUT_A_ROW)
def test_another_team_gets_nothing(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    assert ask(as_user(cast.other_team), name, home).status_code == 404


@pytest.mark.parametrize("name", ABOUT_A_ROW)
@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_a_stranger_gets_what_is_nowhere(cast: Cast, home: Household, as_user: SignIn, name: str, who: str) -> None:
    found = ask(as_user(getattr(cast.stranger, who)), name, home)
    assert found.status_code == (404 if who == "practitioner" or PAGES[name].supervisor == 200 else 403)
    assert "Ashworth" not in found.content.decode()
    assert home.family.reference not in found.content.decode()


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("who", ["other_team", "supervisor", "administrator", "officer"])
def test_writing_is_refused_as_looking_is(cast: Cast, home: Household, as_user: SignIn, name: str, who: str) -> None:
    if name in {"search", "register"} and who in {"other_team", "supervisor"}:
        return
    answer = as_user(getattr(cast, who)).post(address(name, home), PAGES[name].post)
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("name", PAGES)
def test_nobody_signed_in_is_sent_to_sign_in(home: Household, name: str) -> None:
    answer = ask(PageClient(), name, home)
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(cast: Cast, home: Household, as_user: SignIn, name: str, method: str) -> None:
    answer = getattr(as_user(cast.practitioner), method)(address(name, home))
    assert answer.status_code == 405


@pytest.mark.parametrize("name", [name for name, row in PAGES.items() if row.get])
def test_head_is_answered_as_get_is(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    """Link checkers and proxies ask so; it is entered as looking is."""
    before = count_entries()
    answer = as_user(cast.practitioner).head(address(name, home))
    assert (answer.status_code, answer.content) == (200, b"")
    assert name == "register" or count_entries() > before


@pytest.mark.parametrize("name", POSTS)
def test_a_good_post(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    before = count_entries()
    answer = as_user(cast.practitioner).post(address(name, home), PAGES[name].post)
    assert answer.status_code == PAGES[name].good
    assert count_entries() > before


@pytest.mark.parametrize("name", [name for name in POSTS if name != "risks"])
def test_an_empty_post_is_answered_beside_the_fields(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    answer = as_user(cast.practitioner).post(address(name, home), {})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize("bad", ["\x00", "\u202ereversed", "😀" * 50, "<script>alert(1)</script>", "x" * 100_000])
def test_whatever_is_typed_is_answered(cast: Cast, home: Household, as_user: SignIn, name: str, bad: str) -> None:
    typed = dict.fromkeys(PAGES[name].post, bad)
    answer = as_user(cast.practitioner).post(address(name, home), typed)
    assert answer.status_code in {200, 302, 422}
    assert "<script>alert" not in answer.content.decode()


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
    assert "Somebody else saved a change" in page
    assert "Typed slowly" in page
    assert 'name="version" value="2"' in page
    assert client.post(address(name, home), {**typed, "version": "2"}).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_no_name_in_a_title_or_heading(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    page = ask(as_user(cast.practitioner), name, home).content.decode()
    for part in ("title", "h1"):
        inside = page.partition(f"<{part}")[2].partition(f"</{part}>")[0]
        assert "Ashworth" not in inside
        assert "Tilly" not in inside


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("list", "families.listed"),
        ("search", "families.searched"),
        ("detail", "family.opened"),
        ("correct", "family.opened"),
        ("teams", "family.opened"),
        ("person_add", "family.opened"),
        ("person_correct", "person.opened"),
        ("risks", "person.opened"),
        ("contacts", "contacts.opened"),
        ("contact_correct", "contacts.opened"),
        ("disclosure", "disclosure.opened"),
        ("disclosure_correct", "disclosure.opened"),
        ("disclosure_add", "family.opened"),
    ],
)
def test_looking_is_entered(cast: Cast, home: Household, as_user: SignIn, name: str, event: str) -> None:
    ask(as_user(cast.practitioner), name, home)
    [entry] = entries(event)
    assert entry.actor_id == cast.practitioner.pk


@pytest.mark.parametrize("name", ["detail", "contacts", "list", "search"])
def test_twenty_cost_as_many_queries_as_one(cast: Cast, home: Household, as_user: SignIn, name: str) -> None:
    client = as_user(cast.practitioner)
    ask(client, name, home)
    few = _queries(client, name, home)
    for _ in range(19):
        one = person(home.family, cast.practitioner)
        contact(one, cast.practitioner)
        contact(home.child, cast.practitioner)
        disclosure(home.family, cast.practitioner)
        household(cast.practitioner, cast.team)
    assert _queries(client, name, home) == few


def _queries(client: PageClient, name: str, home: Household) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert ask(client, name, home).status_code == 200
    return len(captured)
