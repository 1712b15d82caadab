"""One day of five people: every page is opened once, what its form asks is answered and sent, and all of it stays.

First everything is opened. Then every form is sent, in three days, and every page without one opened again, while no
entry can be made: that must change nothing. Then each form is sent, and others open what there is by now.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from unittest.mock import patch

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpResponseBase
from django.template.backends.django import Template
from django.test import Client

from audit import chain
from audit.models import EVENTS, LedgerEntry
from tests.filled_in import filled_in
from tests.in_turn import in_turn
from tests.retention.scene import dump
from tests.test_access_matrix import PEOPLE, Row, Scene, rows, signed_in

STEPS = 300
# Of them at least so many by somebody whose turn it is not.
LOOKS = 20
ROLES = ("practitioner", "teammate", "supervisor", "administrator", "officer")
# Whoever does this, or has it done to them, can do less afterwards.
LAST = (
    "families:team_remove", "administration:person_sign_in", "administration:person_link",
    "administration:person_change", "account_change_password",
    "drafting:hand_over", "drafting:record",
)  # fmt: skip
ERROR = 500
NOT_KEPT = ("django_session", "audit_ledgerentry")
Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Step:
    row: Row
    method: str
    who: str

    @property
    def page(self) -> tuple[str, str]:
        return self.row.name, self.row.object


@dataclass
class Taken:
    step: Step
    status: int
    body: str
    entries: list[LedgerEntry] = field(default_factory=list)

    @property
    def read(self) -> set[str]:
        return {entry.event for entry in self.entries}

    @property
    def events(self) -> list[str]:
        """What was done, without which columns of which rows changed by it."""
        return [event for event in (entry.event for entry in self.entries) if event not in EVENTS.values()]

    @property
    def is_accepted(self) -> bool:
        return self.status < 400


@dataclass
class Day:
    taken: list[Taken]
    unentered: list[Taken]
    is_unchanged: bool
    # Forms that are sent on another day while no entry can be made.
    later: set[str]


def possible(who: str) -> Iterator[Step]:
    """What somebody can do that is answered with a page."""
    for row in rows():
        for method, answers in (("GET", row.get), ("POST", row.post)):
            if answers[PEOPLE.index(who)] in ".u" and row.name != "account_logout":
                yield Step(row, method, who)


def by_turns() -> dict[tuple[str, str], str]:
    """Who opens and sends each page: whoever can do the most with it, and of those one after the other."""
    able: dict[tuple[str, str], dict[str, int]] = {}
    for who in ROLES:
        for step in possible(who):
            able.setdefault(step.page, {}).setdefault(who, 0)
            able[step.page][who] += 1
    found, turns = dict[tuple[str, str], str](), dict.fromkeys(ROLES, 0)
    for page, people in able.items():
        most = max(people.values())
        found[page] = min((who for who in people if people[who] == most), key=lambda who: turns[who])
        turns[found[page]] += 1
    return found


def steps(method: str, *, by_others: bool = False) -> list[Step]:
    """Each page once, by whose turn it is, or by everybody else who can. Home shows each something else."""
    turns = by_turns()
    every = [step for who in ROLES for step in possible(who) if step.method == method]
    if by_others:
        return [step for step in every if turns[step.page] != step.who and step.row.name != "home"]
    return [step for step in every if step.row.name == "home" or turns[step.page] == step.who]


def live(scene: Scene, *, drawn: frozenset[str], shows: frozenset[str], sent: dict[str, Typed]) -> Day:
    """The whole day. Only forms, and the pages that are named, are drawn: to draw a page takes longest."""
    signed = {who: client_of(scene, who) for who in ROLES}
    forms, opened = steps("POST"), steps("GET")
    posted, typed, taken = {step.page for step in forms}, dict[tuple[str, str], Typed](), list[Taken]()

    def add(step: Step, *, shown: bool) -> Taken:
        with nullcontext() if shown else patch.object(Template, "render", lambda *_: ""):
            taken.append(take(scene, signed[step.who], step, typed.get(step.page)))
        return taken[-1]

    for step in opened:
        found = add(step, shown=step.page in posted or step.row.name in drawn)
        typed[step.page] = filled_in(found.body, scene.path(step.row)) | sent.get(step.row.name, {})
    before = dump(but=NOT_KEPT)
    with no_room():
        tried = in_turn(forms, of=3)
        later = {step.row.name for step in forms} - {step.row.name for step in tried}
        unentered = [take(scene, signed[step.who], step, typed.get(step.page)) for step in tried]
        failed = {taken.step.row.name for taken in unentered if taken.status == ERROR}
        rest = [step for step in opened if step.row.name in shows - failed - later]
        unentered += [take(scene, signed[step.who], step) for step in rest]
    is_unchanged = dump(but=NOT_KEPT) == before
    last = sorted((step for step in forms if step.row.name in LAST), key=lambda step: LAST.index(step.row.name))
    others = steps("GET", by_others=True)
    many = max(LOOKS, STEPS - len(opened) - len(forms))
    for step in (*(step for step in forms if step not in last), *others[:: max(1, len(others) // many)][:many], *last):
        add(step, shown=step.method == "POST" and step.row.name in drawn)
    return Day(taken, unentered, is_unchanged, later)


@contextmanager
def no_room() -> Iterator[None]:
    """No entry can be inserted."""
    logging.disable(logging.ERROR)
    try:
        with patch.object(chain, "insert", side_effect=DatabaseError("no room")):
            yield
    finally:
        logging.disable(logging.NOTSET)


def client_of(scene: Scene, who: str) -> Client:
    client = signed_in(getattr(scene.cast, who))
    client.raise_request_exception = False
    return client


def take(scene: Scene, client: Client, step: Step, data: Typed | None = None) -> Taken:
    cache.clear()  # nobody has tried too often
    last = LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    path = scene.path(step.row)
    answer = client.get(path) if step.method == "GET" else client.post(path, data or {})
    body = body_of(answer)
    return Taken(step, answer.status_code, body, list(LedgerEntry.objects.filter(pk__gt=last).order_by("pk")))


def body_of(answer: HttpResponseBase) -> str:
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content.decode("utf-8", "replace")
