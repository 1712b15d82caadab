"""People who submit while the site is being killed: each has a list of what was acknowledged, by a token in its text.

A person who gets no answer, or an error, opens the page again and sends the same again, with the same submission id
where the page had one. Everything of importance is sent twice at once, as by a double click.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, product, repeat
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse

from accounts.models import User
from benchmarks.live_client import CSRF_SECRET, Answer, get, post, session_of
from decisions.models import Decision
from tests.drafting.scenario_walk import Walk
from tests.elements import Page

LED_ON = {302, 303}
SAVES, ADDED, URGENT = 4, 6, 8  # of each draft
TRIES, WAIT = 120, 1.0
SUBMISSION = "submission_id"
OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


@dataclass
class Acknowledged:
    """Tokens by what they were typed into; and how often nobody answered."""

    tokens: dict[str, set[str]] = field(default_factory=dict)
    unanswered: Counter[str] = field(default_factory=Counter)
    refused: dict[str, str] = field(default_factory=dict)
    given_up: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, token: str) -> None:
        with self.lock:
            self.tokens.setdefault(kind, set()).add(token)

    def missed(self, kind: str, answer: Answer) -> None:
        with self.lock:
            self.unanswered[f"{kind}: {answer.status or 'none'}"] += 1

    @property
    def count(self) -> int:
        with self.lock:
            return sum(map(len, self.tokens.values()))


class Person:
    """One practitioner with drafts that are ready to be recorded, and the supervisor who reviews them."""

    def __init__(self, number: int, port: int, user: User, reviewer: User, drafts: list[Decision]) -> None:
        self.number, self.port, self.drafts = number, port, drafts
        self.session, self.reviewing = session_of(user), session_of(reviewer)
        self.given = random.Random(number)  # noqa: S311 - repeatable
        self.tokens = 0
        self.opened: dict[str, dict[str, list[str]]] = {}

    def work(self, acknowledged: Acknowledged, is_over: Callable[[], bool]) -> None:
        """Until enough was acknowledged. Who has no draft left adds to what is recorded, and records urgently."""
        later = [*[self.add] * ADDED, *[self.urgent] * URGENT]
        for submits in chain([[*[self.save] * SAVES, self.record, self.review, *later]], repeat(later)):
            for decision, submit in product(self.drafts, submits):
                if is_over():
                    return
                submit(decision, acknowledged)

    def token(self) -> str:
        self.tokens += 1
        return f"token-{self.number}-{self.tokens}-{self.given.getrandbits(40):x}"

    def save(self, decision: Decision, acknowledged: Acknowledged) -> None:
        """A page of the form. Sent once: the version that it has makes a second click another one's."""
        token = self.token()
        self.submit("page saved", reverse("drafting:page", args=[decision.public_id, "outcome"]), self.session,
                    {"outcome-why_now": f"She asked us now. {token}"}, token, acknowledged, clicks=1)  # fmt: skip

    def record(self, decision: Decision, acknowledged: Acknowledged) -> None:
        self.submit("recorded", reverse("drafting:record", args=[decision.public_id]), self.session, None,
                    str(decision.public_id), acknowledged, clicks=2)  # fmt: skip

    def review(self, decision: Decision, acknowledged: Acknowledged) -> None:
        token = self.token()
        fields = {"outcome": "AGREED_WITH_ADVICE", "comment": f"Ask earlier. {token}"}
        self.submit("reviewed", reverse("reviews:review", args=[decision.public_id]), self.reviewing, fields, token,
                    acknowledged, clicks=2)  # fmt: skip

    def add(self, decision: Decision, acknowledged: Acknowledged) -> None:
        token = self.token()
        fields = {"kind": "SUPPLEMENT", "section": "whole", "text": f"Said on the phone. {token}"}
        self.submit("added", reverse("decisions:add_addition", args=[decision.public_id]), self.session, fields, token,
                    acknowledged, clicks=2)  # fmt: skip

    def urgent(self, _: Decision, acknowledged: Acknowledged) -> None:
        token = self.token()
        fields = {"who": "A boy", "information": f"A car came. {token}", "recipient": "Police, 999",
                  "why": "He is gone", "how": "By phone", "when": "now"}  # fmt: skip
        self.submit("urgent record", reverse("drafting:urgent"), self.session, fields, token, acknowledged, clicks=2)

    def submit(
        self, kind: str, path: str, session: str, answers: dict[str, str] | None, token: str,
        acknowledged: Acknowledged, *, clicks: int,
    ) -> None:  # fmt: skip
        """Opens the page, sends it, and again until the site has said that it was done."""
        sent: dict[str, list[str]] | None = {} if answers is None else self.side_by_side(path, answers)
        for _ in range(TRIES):
            if answers is not None and (sent is None or clicks == 1):
                page = get(self.port, path, session)
                if page.status == OK and token in page.text:
                    acknowledged.add(kind, token)  # the answer was lost, and what was sent is there
                    return
                sent = self.open(path, page, answers) if page.status == OK else None
                if sent is None:
                    acknowledged.missed(f"{kind}, opening", page)
            if sent is not None and _done(clicked(self.port, path, session, sent, clicks), kind, token, acknowledged):
                return
            if token in acknowledged.refused:
                break  # no form here is filled in wrongly: it is this benchmark that must be mended
            time.sleep(WAIT)
        acknowledged.given_up.append(f"{kind}: {path}")

    def open(self, path: str, page: Answer, answers: dict[str, str]) -> dict[str, list[str]]:
        fields = shown(page)
        if SUBMISSION in fields:
            self.opened[path] = fields
        return {**fields, **{name: [text] for name, text in answers.items()}}

    def side_by_side(self, path: str, answers: dict[str, str]) -> dict[str, list[str]] | None:
        """The page as if it was opened in several windows at first: they differ in the id of the submission alone."""
        if path not in self.opened:
            return None
        return {**self.opened[path], SUBMISSION: [str(uuid4())], **{name: [text] for name, text in answers.items()}}


def shown(page: Answer) -> dict[str, list[str]]:
    walk = Walk(User())
    walk.page = Page(page.text)
    fields = walk.shown()
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def _done(answers: list[Answer], kind: str, token: str, acknowledged: Acknowledged) -> bool:
    """Whether one of the answers says so. A refusal is written down: here every form is filled in rightly."""
    for answer in answers:
        led_on = answer.status in LED_ON and not answer.location.startswith("/sign-in/")
        # Somebody was quicker: the page has the review beside the form that has the same words.
        if led_on or (answer.status == CONFLICT and answer.text.count(token) > 1):
            acknowledged.add(kind, token)
            return True
    for answer in answers:
        acknowledged.missed(kind, answer)
        if answer.status == UNPROCESSABLE:
            acknowledged.refused[token] = f"{kind}: {answer.text}"
    return False


def clicked(port: int, path: str, session: str, sent: dict[str, list[str]], clicks: int) -> list[Answer]:
    body = urlencode({"csrfmiddlewaretoken": [CSRF_SECRET], **sent}, doseq=True).encode()
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(post(port, path, body, session))) for _ in range(clicks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
