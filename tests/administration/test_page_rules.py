"""The same refusals for every page of people, teams and settings."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from audit.models import LedgerEntry
from tests import shared
from tests.accounts.entries import entered, last
from tests.administration.pages import PAGES, SignIn, no_ids, offices, without_what_changes
from tests.cast import Cast
from tests.pages import PageClient

cast = shared.cast
WITH_IDS = [tried for tried in PAGES if tried.ids is not no_ids]


def plain(user: User) -> Client:
    """Without the page checks: a refusal's page belongs to the whole site."""
    client = Client()
    client.force_login(user)
    return client


def test_signed_out_goes_to_sign_in(cast: Cast) -> None:
    for tried in PAGES:
        path = tried.path(cast)
        for answer in (PageClient().get(path), PageClient().post(path, {"full_name": "Evil"})):
            assert answer.status_code == 302, path
            assert answer.headers["Location"] == f"/sign-in/?next={path}"


def test_both_offices_see_it(cast: Cast, as_user: SignIn) -> None:
    for user in offices(cast):
        client = as_user(user)
        statuses = {tried.name: client.get(tried.path(cast)).status_code for tried in PAGES}
        assert statuses == {tried.name: 200 for tried in PAGES}


@pytest.mark.parametrize("who", ["practitioner", "teammate", "other_team", "supervisor"])
def test_the_wrong_role_is_refused_and_entered(cast: Cast, who: str) -> None:
    client = plain(getattr(cast, who))
    for path in [tried.path(cast) for tried in PAGES]:
        for send in (client.get, client.post):
            before = LedgerEntry.objects.count()
            assert send(path).status_code == 403, path
            assert LedgerEntry.objects.count() == before + 1, path
            assert last(cast.organisation).event == "refused"
            assert last(cast.organisation).additional_data["status"] == 403
    assert not [event for event in entered(cast.organisation) if "membership" in event]


def test_another_organisations_row_is_not_found_and_not_touched(cast: Cast) -> None:
    clients = [plain(user) for user in offices(cast)]
    for tried in WITH_IDS:
        path = tried.path(cast.stranger)
        before = len(entered(cast.stranger.organisation))
        for client in clients:
            assert client.get(path).status_code == 404, path
            posted = client.post(path, {"name": "Mine", "full_name": "Mine", "organisation_role": ""})
            assert posted.status_code == (404 if tried.posts else 405), path
        assert len(entered(cast.stranger.organisation)) == before, path
        assert last(cast.organisation).additional_data["page"] == f"administration:{tried.name}"


def test_an_unknown_id_is_not_found(cast: Cast) -> None:
    client = plain(cast.administrator)
    for tried in WITH_IDS:
        path = tried.path(cast)
        for known in tried.ids(cast):
            assert client.get(path.replace(str(known), str(uuid4()))).status_code == 404, path


def test_absent_and_forbidden_look_the_same(cast: Cast) -> None:
    client = plain(cast.administrator)
    for tried in WITH_IDS:
        theirs = tried.path(cast.stranger)
        absent = tried.path(cast).replace(str(tried.ids(cast)[0]), str(uuid4()))
        bodies = {without_what_changes(client.get(path).content) for path in (theirs, absent)}
        assert len(bodies) == 1, tried.name


def test_only_the_methods_it_knows(cast: Cast) -> None:
    client = plain(cast.administrator)
    for tried in PAGES:
        path = tried.path(cast)
        for send in (client.delete, client.put, *([] if tried.posts else [client.post])):
            assert send(path).status_code == 405, path


def test_looking_changes_nothing(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    for path in [tried.path(cast) for tried in PAGES]:
        before = LedgerEntry.objects.count()
        assert client.get(path).status_code == 200, path
        assert LedgerEntry.objects.count() == before, path


def test_a_post_without_its_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.administrator)
    for path in [tried.path(cast) for tried in PAGES]:
        before = entered(cast.organisation)
        assert client.post(path).status_code in {403, 405}, path
        assert [event for event in entered(cast.organisation)[len(before) :] if event != "refused"] == [], path


def test_no_names_in_addresses_and_titles(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    for path in [tried.path(cast) for tried in PAGES]:
        text = client.get(path).content.decode()
        title = text[text.index("<title>") : text.index("</title>")]
        places = [title, *re.findall(r'(?:href|action)="([^"]*)"', text)]
        for name in ("Asha", "Verrall", "Harbour", "Northmere", "north.test"):
            assert not [place for place in places if name in place], path


def test_every_page_of_mine_is_tried() -> None:
    """A page added without its refusals fails here. Other topics of administration have tests of their own."""
    topics = ("people/", "teams/", "organisation/", "address-book/")
    resolver = next(one for one in get_resolver().url_patterns if str(one.pattern) == "administration/")
    mine = {one.name for one in resolver.url_patterns if str(one.pattern).startswith(topics)}  # type: ignore[union-attr]
    assert mine == {tried.name for tried in PAGES}
