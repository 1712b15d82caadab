"""A page costs the same number of queries whether it shows one of a thing or six."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.models import Decision
from drafting.actions import record, record_urgent, start
from families.details import PersonDetails
from safeguarding.demo import stories
from safeguarding.demo.filling import fill_story
from tests.cast import Cast
from tests.decisions.cases import twin_of
from tests.drafting import scenario_cases as cases
from tests.drafting.households import address_book, household
from tests.drafting.scenario_cases import SHARE_ROUTE
from tests.drafting.scenario_walk import Walk
from tests.in_turn import in_turn

# The ORM asks every engine the same number of queries.
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

FEW, MANY = 1, 6


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def crowd(size: int) -> tuple[list[PersonDetails], list[str]]:
    people = [
        PersonDetails(name=f"Person {number}", role="child", age=9, age_on=timezone.localdate())
        for number in range(size)
    ]
    return people, [f"Service {number}" for number in range(size)]


def story_of(size: int, at: datetime) -> cases.Story:
    """One of the demonstration's stories with as many people, recipients, items, sendings and advice as wanted."""
    told = stories.refused_and_shared(at)
    people, services = crowd(size)
    names = [person.name for person in people]
    says = {
        "spoken": "yes",
        "said": "OBJECTED",
        "consent_at": at,
        "consent_how": "by phone",
        "views": "No.",
        "looked_at": "no",
        "could_hear": "no",
    }
    lets = {"l2": ["ART9_G"], "schedule1": ["S1_P6"]}
    done = {"informed": "yes", "informed_state": "TOLD_BEFORE", "informed_how": "In person", "informed_safely": "yes"}
    item = {"kind": "fact", "about": names, "give_to": services, "sensitivities": ["health"], "not_disclosed_to": names}
    basis = {**told["legal_basis"], "l1": "ART6_E", "l3": ["EA02_157"], "l4": "CONF_PI"}
    return {
        **told,
        "people": {"people": {name: {"on": "on"} for name in names}},
        "request": {"trigger": "PRO", "recipients": services},
        "consent": {
            "consent": dict.fromkeys(names, says),
            "choices": {name: {"choice": "no"} for name in services},
            "why_outweighs": "The injury outweighs it.",
        },
        "information": {"item": [{"text": f"Item {number}", **item} for number in range(size)]},
        "legal_basis": {**basis, "sensitive": dict.fromkeys(names, lets)},
        "sending": {
            "sending": [{"recipient": name, "sent_at": at, "how": "By phone"} for name in services],
            "informing": dict.fromkeys(names, done),
            "advice": [{"who": f"Adviser {number}", "gist": "Share"} for number in range(size)],
        },
    }


@dataclass
class Filled:
    """A draft with every page filled in, and the same decision recorded."""

    draft: Walk
    recorded: Decision


def filled(cast: Cast, size: int, now: datetime) -> Filled:
    people, services = crowd(size)
    address_book(*services, by=cast.administrator, at=now)
    family = household(people, team=cast.team, by=cast.practitioner, at=now)
    story = story_of(size, now)
    walk = Walk(cast.practitioner)
    walk.begin("DECIDING", family, cast.team)
    walk.skip(story, *SHARE_ROUTE)
    return Filled(walk, record(decision=twin_of(walk.decision), by=cast.practitioner, at=timezone.now()))


def queries(user: User, path: str, data: Any = None) -> int:
    """Of one request, without the writing of the ledger's entries, whose number depends on what is saved."""
    client = Client()
    client.force_login(user)
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as seen,
    ):
        answer = client.get(path) if data is None else client.post(path, data)
        transaction.set_rollback(True)
    assert answer.status_code in {200, 302, 422}, answer.status_code
    return len([one for one in seen.captured_queries if one["sql"].startswith("SELECT")])


Ask = Callable[[Cast, Filled], int]


def of_page(key: str) -> Ask:
    return lambda cast, made: queries(cast.practitioner, made.draft.path(key))


def refused_page(key: str) -> Ask:
    """A page sent empty is shown again with its errors, and its draft is read once more."""
    return lambda cast, made: queries(cast.practitioner, made.draft.path(key), {"version": "1"})


def check(cast: Cast, made: Filled) -> int:
    return queries(cast.practitioner, made.draft.check_path)


def detail(cast: Cast, made: Filled) -> int:
    return queries(cast.practitioner, reverse("decisions:detail", args=[made.recorded.public_id]))


def outcome(cast: Cast, made: Filled) -> int:
    return queries(cast.supervisor, reverse("reviews:review", args=[made.recorded.public_id]))


def add_sending(cast: Cast, made: Filled) -> int:
    return queries(cast.practitioner, reverse("decisions:add_sending", args=[made.recorded.public_id]))


def of_recorded(name: str) -> Ask:
    return lambda cast, made: queries(cast.practitioner, reverse(f"decisions:{name}", args=[made.recorded.public_id]))


def family(cast: Cast, made: Filled) -> int:
    row = made.recorded.decision_families.get().family
    return queries(cast.practitioner, reverse("families:detail", args=[row.public_id]))


def letter(cast: Cast, made: Filled, data: Any = None) -> int:
    person = made.recorded.people.all()[0]
    return queries(cast.practitioner, reverse("letters:letter", args=[made.recorded.public_id, person.pk]), data)


def shared(name: str) -> Ask:
    """Whatever was decided about somebody is read in the same number of queries."""
    return lambda cast, made: queries(
        cast.practitioner, reverse(name, args=[made.recorded.people.all()[0].person.public_id])
    )


ASKS: dict[str, Ask] = {
    **{f"page {key}": of_page(key) for key in SHARE_ROUTE},
    **{f"page {key}, refused": refused_page(key) for key in SHARE_ROUTE},
    "check": check,
    "detail": detail,
    "outcome": outcome,
    "add a sending": add_sending,
    "add what happened next": of_recorded("add_response"),
    "set beside it": of_recorded("add_addition"),
    "summary": of_recorded("summary"),
    "print": of_recorded("print"),
    "the law it rests on": of_recorded("law"),
    "family": family,
    "letter": letter,
    "what was shared": shared("shared:about"),
    "letter about what was shared": shared("shared:letter"),
    "letter, refused": lambda cast, made: letter(cast, made, {"make": "1"}),
}


# Tables in which this decision has nothing are not read. On PostgreSQL the lock of the ledger is one more.
MOST_OF_ONE = {"detail": 35, "outcome": 37, "print": 36, "letter": 36, "family": 18, "summary": 26}


def test_people_items_and_recipients_cost_nothing_more(cast: Cast, now: datetime) -> None:
    """In two days on every page."""
    counts: dict[int, dict[str, int]] = {}
    for size in (FEW, MANY):
        with transaction.atomic():
            made = filled(cast, size, now)
            counts[size] = {name: ask(cast, made) for name, ask in in_turn(ASKS.items())}
            transaction.set_rollback(True)
    grown = {name: (few, counts[MANY][name]) for name, few in counts[FEW].items() if counts[MANY][name] != few}
    assert grown == {}
    more = {name: count for name, count in counts[FEW].items() if count > MOST_OF_ONE.get(name, 45)}
    assert more == {}


LISTS = {
    "home": ("home", "practitioner"),
    "supervisor's home": ("home", "supervisor"),
    "log": ("decisions:log", "practitioner"),
    "supervisor's log": ("decisions:log", "supervisor"),
    "queue": ("reviews:queue", "supervisor"),
    "families": ("families:list", "practitioner"),
    "first page": ("drafting:start", "practitioner"),
    "urgent record": ("drafting:urgent", "practitioner"),
}


AT_MOST = {
    # Every list that shows records is entered: the chain's last entry is asked, and on PostgreSQL its lock.
    # One for one's newest decisions, three for whom the listed ones are about, two for whom one's drafts are about.
    "home": 25,
    # One for letters that wait for a supervisor to agree.
    "supervisor's home": 25,
    # Three for the recipients, whoever is to be informed, and decisions made instead. Three for filters: families of
    # those listed, the address book, one's teams.
    "log": 17,
    # One for colleagues of the name of whoever started a draft.
    "supervisor's log": 20,
    # One for colleagues of the names on it, one for whom nobody informed in time. Before anything is known of the
    # decisions; a second look asks less.
    "queue": 33,
    "queue, mine": 19,
    "families": 9,
    "first page": 9,
    "urgent record": 8,
}


def urgent_record(cast: Cast, at: datetime) -> None:
    urgent_record = {
        "who": "A boy",
        "information": "A car",
        "recipient": "Police",
        "why": "Taken",
        "how": "By phone",
        "shared_at": None,
    }
    record_urgent(team=cast.team, answers=urgent_record, submission_id=uuid4(), by=cast.practitioner, at=at)


def mine(cast: Cast) -> int:
    """The queue's other view, which asks whom each decision waits for."""
    return queries(cast.supervisor, f"{reverse('reviews:queue')}?show=mine")


def test_lines_cost_nothing_more(cast: Cast, now: datetime) -> None:
    """Six recorded decisions and six drafts against one of each."""
    family = cases.set_scene(cases.S01, cast, now)
    draft = start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    fill_story(decision=draft, story=stories.refused_and_shared(now), by=cast.practitioner, at=now)
    counts: dict[int, dict[str, int]] = {}
    made = 0
    for size in (FEW, MANY):
        while made < size:
            record(decision=twin_of(draft), by=cast.practitioner, at=now)
            start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
            urgent_record(cast, now)
            made += 1
        counts[size] = {name: queries(getattr(cast, who), reverse(page)) for name, (page, who) in LISTS.items()}
        counts[size]["queue, mine"] = mine(cast)
    assert counts[FEW] == counts[MANY]
    assert {name for name, count in counts[MANY].items() if count > AT_MOST[name]} == set(), counts[MANY]
