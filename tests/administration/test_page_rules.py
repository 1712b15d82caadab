"""The same refusals for every page of people, teams and settings."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from audit.models import LedgerEntry
from tests.accounts.entries import entered, last
from tests.administration.pages import PAGES, SignIn, Tried, no_ids, offices
from tests.cast import Cast
from tests.pages import PageClient

every = pytest.mark.parametrize("tried", PAGES, ids=lambda tried: tried.name)
with_ids = pytest.mark.parametrize(
    "tried", [tried for tried in PAGES if tried.ids is not no_ids], ids=lambda tried: tried.name
)


def plain(user: User) -> Client:
    """Without the page checks: a refusal's page belongs to the whole site."""
    client = Client()
    client.force_login(user)
    return client


@every
def test_signed_out_goes_to_sign_in(cast: Cast, tried: Tried) -> None:
    path = tried.path(cast)
    for answer in (PageClient().get(path), PageClient().post(path, {"full_name": "Evil"})):
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/sign-in/?next={path}"


@every
def test_both_offices_see_it(cast: Cast, as_user: SignIn, tried: Tried) -> None:
    for user in offices(cast):
        assert as_user(user).get(tried.path(cast)).status_code == 200


@every
@pytest.mark.parametrize("who", ["practitioner", "teammate", "other_team", "supervisor"])
def test_the_wrong_role_is_refused_and_entered(cast: Cast, tried: Tried, who: str) -> None:
    path = tried.path(cast)
    client = plain(getattr(cast, who))
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 403
        assert last(cast.organisation).event == "refused"
        assert last(cast.organisation).additional_data["status"] == 403
    assert not [event for event in entered(cast.organisation) if "membership" in event]


@with_ids
def test_another_organisations_row_is_not_found_and_not_touched(cast: Cast, tried: Tried) -> None:
    path = tried.path(cast.stranger)
    before = len(entered(cast.stranger.organisation))
    for user in offices(cast):
        client = plain(user)
        assert client.get(path).status_code == 404
        posted = client.post(path, {"name": "Mine", "full_name": "Mine", "organisation_role": ""})
        assert posted.status_code == (404 if tried.posts else 405)
    assert len(entered(cast.stranger.organisation)) == before
    assert last(cast.organisation).additional_data["page"] == f"administration:{tried.name}"


@with_ids
def test_an_unknown_id_is_not_found(cast: Cast, tried: Tried) -> None:
    path = tried.path(cast)
    for known in tried.ids(cast):
        assert plain(cast.administrator).get(path.replace(str(known), str(uuid4()))).status_code == 404


@with_ids
def test_absent_and_forbidden_look_the_same(cast: Cast, tried: Tried) -> None:
    theirs = tried.path(cast.stranger)
    absent = tried.path(cast).replace(str(tried.ids(cast)[0]), str(uuid4()))
    client = plain(cast.administrator)
    bodies = {re.sub(rb'value="\w{64}"', b"", client.get(path).content) for path in (theirs, absent)}
    assert len(bodies) == 1


@every
def test_only_the_methods_it_knows(cast: Cast, tried: Tried) -> None:
    client = plain(cast.administrator)
    assert client.delete(tried.path(cast)).status_code == 405
    assert client.put(tried.path(cast)).status_code == 405
    if not tried.posts:
        assert client.post(tried.path(cast)).status_code == 405


@every
def test_looking_changes_nothing(cast: Cast, as_user: SignIn, tried: Tried) -> None:
    path = tried.path(cast)
    client = as_user(cast.administrator)
    before = LedgerEntry.objects.count()
    assert client.get(path).status_code == 200
    assert LedgerEntry.objects.count() == before


@every
def test_a_post_without_its_token_is_refused(cast: Cast, tried: Tried) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.administrator)
    path = tried.path(cast)
    before = entered(cast.organisation)
    assert client.post(path).status_code in {403, 405}
    assert [event for event in entered(cast.organisation)[len(before) :] if event != "refused"] == []


@every
def test_no_names_in_addresses_and_titles(cast: Cast, as_user: SignIn, tried: Tried) -> None:
    text = as_user(cast.administrator).get(tried.path(cast)).content.decode()
    title = text[text.index("<title>") : text.index("</title>")]
    places = [title, *re.findall(r'(?:href|action)="([^"]*)"', text)]
    for name in ("Asha", "Verrall", "Harbour", "Northmere", "north.test"):
        assert not [place for place in places if name in place]


def test_every_page_of_mine_is_tried() -> None:
    """A page added without its refusals fails here. Other topics of administration have tests of their own."""
    topics = ("people/", "teams/", "organisation/", "address-book/")
    resolver = next(one for one in get_resolver().url_patterns if str(one.pattern) == "administration/")
    mine = {one.name for one in resolver.url_patterns if str(one.pattern).startswith(topics)}  # type: ignore[union-attr]
    assert mine == {tried.name for tried in PAGES}
