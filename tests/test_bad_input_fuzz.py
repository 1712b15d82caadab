"""Every address that takes answers, sent nonsense in any of its fields: never a server error, nothing half saved."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_cases import SHARE_ROUTE
from tests.drafting.scenario_walk import FORM, Walk
from tests.in_turn import THOROUGH, in_turn
from tests.pages import Page, PageClient
from tests.test_access_matrix import PEOPLE, Row, Scene, rows, whole_scene
from tests.test_bad_input import NASTY, query, written

pytestmark = pytest.mark.sweep

EXAMPLES = 5 if THOROUGH else 1
EXTRA = [
    "then",
    "version",
    "page",
    "people-rows",
    "item-rows",
    "item-59-text",
    "other-rows",
    "sending-rows",
    "nonsense",
]


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    scene = whole_scene()
    walk = Walk(scene.cast.practitioner, scene.draft)
    story = cases.s01(timezone.now())
    walk.skip({**story, "concern": {**story["concern"], "source": "new"}}, *SHARE_ROUTE)
    return scene


def users(scene: Scene, row: Row) -> list[User]:
    answers = dict(zip(PEOPLE, row.post, strict=True))
    everybody = dict(zip(PEOPLE, scene.people(), strict=True))
    found = [user for name, user in everybody.items() if user and answers[name] in ".>u" and name != "deactivated"]
    return found[:1]


def paths(scene: Scene, row: Row) -> list[str]:
    if row.name == "drafting:page":
        return [reverse(row.name, args=[scene.draft.public_id, key]) for key in SHARE_ROUTE]
    return [scene.path(row)]


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
def test_nothing_breaks(scene: Scene, room: str) -> None:
    asked = [
        (path, user)
        for row in rows()
        if row.name.startswith(room) and row.name != "account_logout"
        for user in users(scene, row)
        for path in paths(scene, row)
    ]
    assert asked
    # In four days every address.
    for path, user in in_turn(asked, of=4):
        hammer(path, user)


def hammer(path: str, user: User) -> None:
    client = PageClient()
    client.force_login(user)
    answer = client.get(path)
    walk = Walk(user)
    walk.answer, walk.page = answer, Page(answer.content.decode())
    sent = walk.shown() if answer.status_code == 200 else {}
    names = sorted({*sent, *walk.names_on_page(), *EXTRA} - {"csrfmiddlewaretoken"})

    def send(changed: dict[str, list[str]]) -> None:
        data = query({**sent, **changed})
        with transaction.atomic():
            before = written()
            answer = client.post(path, data.urlencode(), content_type=FORM)
            assert answer.status_code in {200, 302, 404, 409, 422, 429}, f"{path} {changed}"
            if answer.status_code in {409, 422}:
                assert written() == before, f"{path} refused and saved: {changed}"
            transaction.set_rollback(True)

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(st.dictionaries(st.sampled_from(names), st.lists(st.sampled_from(NASTY), max_size=2), max_size=6))
    def try_one(changed: dict[str, list[str]]) -> None:
        send(changed)

    # A form may take this for an answer where the database does not: there it is blank.
    send({name: ["\u2026!"] for name in walk.names_typed()})
    try_one()
