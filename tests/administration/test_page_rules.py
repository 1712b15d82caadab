"""The same refusals for every page of people, teams and settings, and what is entered of them.

Who is let in, and that what is absent looks as what is forbidden: tests/test_access_matrix.py.
"""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from audit.models import LedgerEntry
from tests import shared
from tests.accounts.entries import entered, last
from tests.administration.pages import PAGES, SignIn, no_ids, offices
from tests.cast import Cast
from tests.in_turn import in_turn

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

cast = shared.cast
# What the access matrix asks of every address is entered and worded by one rule for all: each page has its day.
TRIED = in_turn(PAGES, 5)
WITH_IDS = [tried for tried in TRIED if tried.ids is not no_ids]


def plain(user: User) -> Client:
    """Without the page checks: a refusal's page belongs to the whole site."""
    client = Client()
    client.force_login(user)
    return client


def test_the_wrong_role_is_refused_and_entered(cast: Cast) -> None:
    client = plain(cast.supervisor)
    for path in [tried.path(cast) for tried in TRIED]:
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


def test_only_the_methods_it_knows(cast: Cast) -> None:
    client = plain(cast.administrator)
    for tried in TRIED:
        path = tried.path(cast)
        for send in (client.delete, client.put, *([] if tried.posts else [client.post])):
            assert send(path).status_code == 405, path


def test_looking_changes_nothing_and_no_names_are_in_addresses_and_titles(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    for path in [tried.path(cast) for tried in TRIED]:
        before = LedgerEntry.objects.count()
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert LedgerEntry.objects.count() == before, path
        text = answer.content.decode()
        title = text[text.index("<title>") : text.index("</title>")]
        places = [title, *re.findall(r'(?:href|action)="([^"]*)"', text)]
        for name in ("Asha", "Verrall", "Harbour", "Northmere", "north.test"):
            assert not [place for place in places if name in place], path


def test_a_post_without_its_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.administrator)
    for path in [tried.path(cast) for tried in TRIED]:
        before = entered(cast.organisation)
        assert client.post(path).status_code in {403, 405}, path
        assert [event for event in entered(cast.organisation)[len(before) :] if event != "refused"] == [], path


def test_every_page_of_mine_is_tried() -> None:
    """A page added without its refusals fails here. Other topics of administration have tests of their own."""
    topics = ("people/", "teams/", "organisation/", "address-book/")
    resolver = next(one for one in get_resolver().url_patterns if str(one.pattern) == "administration/")
    mine = {one.name for one in resolver.url_patterns if str(one.pattern).startswith(topics)}  # type: ignore[union-attr]
    assert mine == {tried.name for tried in PAGES}
