"""Whatever shows a record leaves an entry before it does, as docs/events.md has it: pages, lists, files and commands.

One scripted day of five people: every step of it that shows a record has its entry, and none can be taken without.
"""

import logging
import random
import re
from collections.abc import Iterator
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import get_commands
from django.db import DatabaseError, transaction
from django.http import HttpResponseBase
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from audit import chain
from audit.ledger import LIST
from audit.models import LedgerEntry
from families.models import Family, Person
from tests.administration.pages import without_what_changes
from tests.test_access_matrix import PEOPLE, Row, Scene, addresses, rows, scene, signed_in

__all__ = ["scene"]
pytestmark = pytest.mark.sqlite

EVENTS = Path(__file__).parents[1] / "docs" / "events.md"
STEPS = 300
ROLES = ("practitioner", "teammate", "supervisor", "administrator", "officer")
# What is sent where an empty form finds nothing.
SENT = {
    "search": {"words": "Tomos"},
    "families:register": {"name": "Ashdown"},
    "administration:ledger_export": {"format": "csv"},
}
# Before anything is typed or chosen they show nobody. An administrator's home page has no lines.
FORMS_WITHOUT_RECORDS = {"search", "families:register", "families:import", "reports:export", "home"}
# One of them shows nobody on a site where no row waits, and one is shown to nobody before the next working day.
SHOWN_ELSEWHERE = {"families:import", "reviews:second_look"}


def lines(heading: str) -> list[list[str]]:
    """The cells of a table of docs/events.md."""
    section = EVENTS.read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def shows() -> dict[str, set[str]]:
    """The entries by page, of pages that show case text."""
    return {named(page)[0]: set(named(entries)) for page, entries in lines("Pages that show case text")}


def shows_none() -> list[str]:
    return [name for _, pages in lines("Pages that show none") for name in named(pages)]


@dataclass(frozen=True)
class Step:
    row: Row
    method: str
    who: str
    answer: str


@dataclass
class Taken:
    step: Step
    status: int
    body: str
    entries: list[LedgerEntry] = field(default_factory=list)

    @property
    def read(self) -> set[str]:
        return {entry.event for entry in self.entries}


def possible(who: str) -> Iterator[Step]:
    """What somebody can do that is answered with a page."""
    for row in rows():
        for method, answers in (("GET", row.get), ("POST", row.post)):
            answer = answers[PEOPLE.index(who)]
            if answer in ".u" and row.name != "account_logout":
                yield Step(row, method, who, answer)


def the_day() -> list[Step]:
    """Every page once at least, then others, in an order that is the same each time."""
    everything = [step for who in ROLES for step in possible(who)]
    chance = random.Random(13)  # noqa: S311 - the same day each time
    chance.shuffle(everything)
    # What home shows depends on who asks, so it is opened by each.
    first = {(str(step.row), step.method, step.who if step.row.name == "home" else ""): step for step in everything}
    others = [step for step in everything if step not in first.values()]
    day = [*first.values(), *others[: max(0, STEPS - len(first))]]
    chance.shuffle(day)
    return day


def take(scene: Scene, client: Client, step: Step) -> Taken:
    """One step, of which nothing stays."""
    cookies, path = copy(client.cookies), scene.path(step.row)
    with transaction.atomic():
        last = LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        answer = client.get(path) if step.method == "GET" else client.post(path, SENT.get(step.row.name, {}))
        body = body_of(answer)
        entries = list(LedgerEntry.objects.filter(pk__gt=last).order_by("pk"))
        transaction.set_rollback(True)
    client.cookies = cookies
    return Taken(step, answer.status_code, body, entries)


def body_of(answer: HttpResponseBase) -> str:
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content.decode("utf-8", "replace")


def names(scene: Scene) -> list[str]:
    people = Person.objects.filter(organisation=scene.cast.organisation).values_list("name", flat=True)
    families = Family.objects.filter(organisation=scene.cast.organisation).values_list("name", flat=True)
    return sorted({word for name in (*people, *families) for word in name.split() if word not in {"The", "family"}})


def clients(scene: Scene, **more: bool) -> dict[str, Client]:
    found = {who: signed_in(getattr(scene.cast, who)) for who in ROLES}
    for client in found.values():
        client.raise_request_exception = more.get("raises", True)
    return found


@pytest.fixture(scope="module")
def day(scene: Scene) -> list[Taken]:
    signed = clients(scene)
    found: list[Taken] = []
    for step in the_day():
        with nullcontext() if is_drawn(step, found) else patch.object(Template, "render", lambda *_: ""):
            found.append(take(scene, signed[step.who], step))
    return found


def is_drawn(step: Step, before: list[Taken]) -> bool:
    """Only pages that must show nobody are drawn, and once: whoever comes to one second sees the same."""
    if step.row.name in shows() and step.row.name not in FORMS_WITHOUT_RECORDS:
        return False
    same = (step.row.name, step.method)
    return step.row.name == "home" or same not in {(taken.step.row.name, taken.step.method) for taken in before}


def test_every_address_is_in_one_of_the_tables() -> None:
    listed = [*shows(), *shows_none()]
    assert sorted(listed) == sorted({name for name, _ in addresses()})


def test_every_step_of_a_day_that_shows_a_record_has_its_entry(day: list[Taken]) -> None:
    assert len(day) >= STEPS
    assert {taken.step.who for taken in day} == set(ROLES)
    without = []
    for taken in day:
        name, wanted = taken.step.row.name, shows().get(taken.step.row.name)
        nobody_shown = name in FORMS_WITHOUT_RECORDS
        if wanted is not None and not taken.read & wanted and not (nobody_shown and not taken.entries):
            without.append((taken.step, taken.status, taken.read))
    assert without == []


def test_a_step_is_one_request_of_the_person_who_took_it(scene: Scene, day: list[Taken]) -> None:
    """After an export the site itself signs a checkpoint: that entry is nobody's."""
    for taken in day:
        assert len({entry.cid for entry in taken.entries}) <= 1, taken.step
        own = [entry for entry in taken.entries if entry.event != "ledger.checkpoint_made"]
        assert {entry.actor_id for entry in own} <= {getattr(scene.cast, taken.step.who).pk}, taken.step


def test_no_name_is_on_a_page_without_an_entry(scene: Scene, day: list[Taken]) -> None:
    known = names(scene)
    assert len(known) >= 5
    drawn = [taken for taken in day if not taken.entries or taken.step.row.name not in shows()]
    # Whole words: “Kit” is bound to stand in base64 some day.
    written = re.compile(rf"\b({'|'.join(known)})\b")
    assert [(taken.step, written.findall(taken.body)) for taken in drawn if written.search(taken.body)] == []


def test_every_page_of_the_first_table_was_shown(day: list[Taken]) -> None:
    entered = {name: set[str]() for name in shows()}
    for taken in day:
        if taken.step.row.name in shows():
            entered[taken.step.row.name] |= taken.read
    assert {name for name, read in entered.items() if not read & shows()[name]} == SHOWN_ELSEWHERE


def test_a_list_is_one_entry_of_references_without_a_name(scene: Scene, day: list[Taken]) -> None:
    known = names(scene)
    listed = [entry for taken in day for entry in taken.entries if entry.subject == LIST]
    assert {entry.event for entry in listed} >= {"decisions.listed", "families.listed", "records.results_shown"}
    assert {entry.additional_data["list"] for entry in listed if entry.event == "decisions.listed"} == {
        "home", "log", "queue", "report",
    }  # fmt: skip
    for entry in listed:
        assert not [word for word in known if word in str(entry.additional_data)], entry.event
    logs = [taken for taken in day if taken.step.row.name == "decisions:log"]
    assert all(len(taken.entries) == 1 for taken in logs)
    assert any(scene.recorded.reference in taken.entries[0].additional_data["decisions"] for taken in logs)


def test_filters_are_entered_by_their_kinds(scene: Scene) -> None:
    client = signed_in(scene.cast.practitioner)
    client.get(reverse("decisions:log"), {"family": str(scene.family.public_id), "outcome": "SHARE"})
    entry = LedgerEntry.objects.order_by("-pk")[0]
    assert entry.additional_data["filters"] == "family, outcome"
    assert str(scene.family.public_id) not in str(entry.additional_data)


def test_nothing_is_shown_when_the_entry_cannot_be_made(scene: Scene) -> None:
    """Every page of the first table: the same error page, whatever it would have shown."""
    signed, known = clients(scene, raises=False), names(scene)
    steps = {step.row.name: step for who in ROLES for step in possible(who) if step.row.name in shows()}
    logging.disable(logging.ERROR)
    try:
        with patch.object(chain, "insert", side_effect=DatabaseError("no room")):
            taken = [take(scene, signed[step.who], step) for step in steps.values()]
    finally:
        logging.disable(logging.NOTSET)
    shown = [one for one in taken if one.status != 500]
    assert {one.step.row.name for one in shown} <= FORMS_WITHOUT_RECORDS
    assert [(one.step, word) for one in taken for word in known if word in one.body] == []
    assert len({without_what_changes(one.body.encode()) for one in taken if one.status == 500}) == 1
    assert [entry for one in taken for entry in one.entries] == []


def test_every_command_is_in_the_table_and_its_entries_exist() -> None:
    listed = {name: named(entries) for commands, entries in lines("Commands") for name in named(commands)}
    apps = {"accounts", "administration", "audit", "decisions", "families", "reflections", "reminders", "safeguarding"}
    ours = {name for name, app in get_commands().items() if app in apps}
    assert set(listed) == ours
    written = {event for events in shows().values() for event in events} | {
        "reflection.released",
        "decision.proof_made",
        "ledger.drilled",
        "family.evidence_made",
        "decision.evidence_made",
        *("site.backed_up", "site.moved", "site.restored", "site.restore_tried"),
    }
    assert {event for events in listed.values() for event in events} <= written
