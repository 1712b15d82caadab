"""The browser is killed once every page said "Saved": whoever opens the page again finds every word."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.devices import STANDING, TYPE_EVERYWHERE, Device, Devices, saved, words_in, words_lost
from tests.browser.killed_pages import guided_pages
from tests.cast import Cast, make_cast
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_walk import Walk
from tests.in_turn import THOROUGH, in_turn
from tests.test_access_matrix import Scene, rows, whole_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_every_page_of_the_guided_form(new_device: Devices, cast: Cast, now: datetime) -> None:
    paths = guided_pages(cases.set_scene(cases.S01, cast, now), cast, now)
    typed = typed_and_killed(new_device(cast.practitioner), paths)
    again = new_device(cast.practitioner)
    for key, path in paths.items():
        stand_there(again.open(path), typed[key], key)
    assert words_in(typed) > 50


@pytest.mark.parametrize(("who", "pages"), [("practitioner", 15), ("others", 10)])
def test_every_other_form_words_are_typed_in(new_device: Devices, who: str, pages: int) -> None:
    """Read as the server gives them: that a browser leaves them as they are is seen above. A third of them each day."""
    counted, scene = 0, whole_scene()
    practitioner = scene.cast.practitioner
    for user, paths in kept_forms(scene, lambda user: (user == practitioner) == (who == "practitioner")).items():
        typed = typed_and_killed(new_device(user), paths)
        again = Walk(user, signed_in=True)
        for name, text in typed.items():
            if text:
                page = again.get(paths[name])
                assert "What you typed here was saved on" in page.root.text, name
                assert words_lost(text, {box: said[0] for box, said in again.shown().items()}) == [], name
                assert again.errors == [], name
                counted += 1
    assert counted >= (pages if THOROUGH else pages // 3)


def typed_and_killed(mine: Device, paths: dict[str, str]) -> dict[str, dict[str, str]]:
    """Words typed in a tab for each page; the browser is killed once every page says that they are saved."""
    typed = {}
    for name, path in paths.items():
        tab = mine.open_tab(path)
        typed[name] = tab.evaluate(TYPE_EVERYWHERE, name)
    for name, tab in zip(paths, mine.context.pages[-len(paths) :], strict=True):
        if typed[name]:
            saved(tab)
    mine.kill()
    return typed


def stand_there(page: Page, typed: dict[str, str], name: str) -> None:
    assert words_lost(typed, page.evaluate(STANDING)) == [], name
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def kept_forms(scene: Scene, wanted: Callable[[User], bool]) -> dict[User, dict[str, str]]:
    """The pages with a form of words, by the first person whom each lets in, where that is somebody wanted."""
    found: dict[User, dict[str, str]] = {}
    for row in in_turn((row for row in rows() if row.name != "drafting:page" and row.get != row.post), of=3):
        user = next((user for answer, user in zip(row.get, scene.people(), strict=True) if answer == "."), None)
        if user and wanted(user) and has_words(scene.path(row), user):
            found.setdefault(user, {})[str(row)] = scene.path(row)
    return found


def has_words(path: str, user: User) -> bool:
    client = Client()
    client.force_login(user)
    return b"data-autosave" in client.get(path).content
