"""The fixed words of every page can be read by somebody of 12: measured, and written down in docs/words.md."""

import os
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from drafting.actions import start
from drafting.draft import Draft
from drafting.steps import CHECK, path
from safeguarding import errors
from safeguarding.demo import stories
from safeguarding.demo.filling import fill_story
from tests import test_access_matrix as matrix
from tests.drafting.households import household
from tests.in_turn import in_turn
from tests.reading import OLDEST, Reading, read, sentences, syllables, typed_text
from tests.test_access_matrix import PEOPLE, Row, Scene, rows, whole_scene

# The words are the same on every engine; tests/test_access_matrix.py opens the same pages on both.
pytestmark = [pytest.mark.sqlite, pytest.mark.sweep]

PAPER = Path(__file__).parents[1] / "docs" / "words.md"
SHOWN, REFUSED = ".", "u"
# They answer a monitor, a script, or with a file.
NO_PAGES = frozenset(
    {
        "health",
        "metrics",
        "extend_session",
        "drafting:autosave",
        "decisions:proof",
        "letters:pdf",
        "shared:pdf",
        "rights:copy_pdf",
        "reports:pack_pdf",
    }
)
# What comes back when a page was sent empty is read with THOROUGH=1 and when the table is written.
THOROUGH = matrix.THOROUGH or "TABLE_OF_WORDS" in os.environ
# Written down and measured may lie this far apart: dates and invented names take part in a sentence.
APART = 1.0


class Pages:
    """Every page, as the first person let in sees it; and as it comes back when its form was sent empty."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.people: dict[str, User | None] = dict(zip(PEOPLE, scene.people(), strict=True))
        self.sessions: dict[int, Client] = {}

    def client(self, user: User | None) -> Client:
        """A new one, in the session of the first that this person had."""
        client = Client()
        if user:
            if user.pk not in self.sessions:
                self.sessions[user.pk] = Client()
                self.sessions[user.pk].force_login(user)
            client.cookies = deepcopy(self.sessions[user.pk].cookies)
        return client

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """In three days every page, but those of the form every day."""
        pages = [row for row in rows() if row.name not in NO_PAGES]
        for row in pages if THOROUGH else in_turn(pages, of=3):
            yield from self._row(row)
        yield from self._guided()
        yield from _errors()

    def _row(self, row: Row) -> Iterator[tuple[str, str]]:
        name = label_of(row)
        for answers, wanted, method, label in (
            (row.get, SHOWN, "GET", name), (row.post, REFUSED, "POST", f"{name}, sent empty"),
        ):  # fmt: skip
            if wanted in answers and (THOROUGH or method == "GET"):
                client = self.client(self.people[PEOPLE[answers.index(wanted)]])
                yield label, client.generic(method, self.scene.path(row)).content.decode()

    def _guided(self) -> Iterator[tuple[str, str]]:
        """The pages of the form on both routes, filled in as far as the check page."""
        now, cast = timezone.now(), self.scene.cast
        for route, people, story in (
            ("shared", stories.BRUISE_PEOPLE, stories.refused_and_shared(now)),
            ("not shared", stories.HOUSING_PEOPLE, stories.refused_and_not_shared(now)),
        ):
            by = cast.practitioner
            family = household(people, team=cast.team, by=by, at=now, name="Pellworth")
            entry_route = "ASKED" if route == "not shared" else "DECIDING"
            draft = fill_story(
                decision=start(entry_route=entry_route, team=cast.team, family=family, by=by, at=now),
                story=story,
                by=by,
                at=now,
            )
            yield from self._route(route, draft)

    def _route(self, route: str, draft: Draft) -> Iterator[tuple[str, str]]:
        client, at = self.client(draft.user), [draft.decision.public_id]
        for step in path(draft):
            address = reverse("drafting:page", args=[*at, step.key])
            yield f"{step.title} ({route})", client.get(address).content.decode()
            refused = client.post(address, {"page": step.page.key, "version": draft.version(step.page.key)})
            if refused.status_code == 422:
                yield f"{step.title} ({route}), sent empty", refused.content.decode()
        # Sent empty, the pages keep nothing that was typed: the check page now says what is missing.
        yield f"{CHECK.capitalize()} ({route})", client.get(reverse("drafting:check", args=at)).content.decode()


def label_of(row: Row) -> str:
    return row.name if row.object in {"-", "recorded"} or row.name.startswith("families") else str(row)


def read_later() -> set[str]:
    """The pages outside the form, those that say what is missing among them."""
    pages = [row for row in rows() if row.name not in NO_PAGES]
    shown = {label_of(row) for row in pages if SHOWN in row.get}
    return shown | {f"{label_of(row)}, sent empty" for row in pages if REFUSED in row.post}


def _errors() -> Iterator[tuple[str, str]]:
    request: HttpRequest = RequestFactory().get("/", headers={"host": "localhost"})
    answers: dict[str, HttpResponse] = {
        "400": errors.bad_request(request),
        "403": errors.forbidden(request),
        "404": errors.not_found(request),
        "413": errors.too_large(request, 413),
        "500": errors.server_error(request),
        "503": away(request),
        "an old page": render(request, "errors/csrf.html"),
        "too many tries": render(request, "429.html"),
    }
    for name, answer in answers.items():
        yield f"error: {name}", answer.content.decode()


def away(request: HttpRequest) -> HttpResponse:
    try:
        raise OperationalError  # noqa: TRY301 - as the site meets it
    except OperationalError:
        return errors.server_error(request)


@pytest.fixture
def readings(db: None) -> dict[str, Reading]:
    pages = list(Pages(whole_scene()))
    typed = typed_text()
    return {name: read(sentences(html, typed)) for name, html in pages}


def line(name: str, reading: Reading) -> str:
    return f"| {name} | {reading.words} | {reading.age:.1f} |"


def written() -> dict[str, float]:
    rows = [one.strip("|").split("|") for one in PAPER.read_text().splitlines() if one.startswith("| ")]
    return {row[0].strip(): float(row[2]) for row in rows if row[2].strip().replace(".", "").isdecimal()}


def test_every_page_can_be_read_at_twelve(readings: dict[str, Reading]) -> None:
    """Run docs/words.py to write the table of docs/words.md, the hardest page first."""
    hardest = sorted(readings, key=lambda name: (-round(readings[name].age, 1), name))
    if where := os.environ.get("TABLE_OF_WORDS"):  # docs/words.py makes the document from it
        Path(where).write_text("\n".join(line(name, readings[name]) for name in hardest) + "\n")
    assert [line(name, readings[name]) for name in hardest if readings[name].age > OLDEST] == []
    known = written()
    assert set(known) == set(readings) | (set() if THOROUGH else read_later())
    assert [name for name in hardest if abs(known[name] - readings[name].age) > APART] == []


WORDS = {"Yes": 1, "share": 1, "shared": 1, "decide": 2, "decided": 3, "people": 2, "somebody": 3, "everything": 3,
         "information": 4, "safe": 1, "safety": 2, "violent": 3, "refused": 2, "reasons": 2, "child": 1, "children": 2,
         "organisation": 5, "worrying": 3, "table": 2, "request": 2, "changes": 2, "being": 2}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), WORDS.items())
def test_syllables_by_rule(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_plain_sentence_is_easy_and_a_legal_one_is_not() -> None:
    easy = read(["The cat sat on the mat and it was glad."])
    hard = read(["Notwithstanding the aforementioned considerations, proportionality necessitates documentation."])
    assert easy.age < 8 < OLDEST < hard.age
    assert read(["Yes", "Save and continue"]) == Reading(0, 0, 0)


def test_what_is_no_fixed_word_is_not_counted() -> None:
    html = (
        "<main><h1>Who this is about and why</h1><p>Tomos came at 8am, see <a>UK GDPR Article 6(1)(e)</a> of it.</p>"
        "<textarea>typed by somebody</textarea><ul><li>One answer. Another answer.</li></ul></main><p>Outside</p>"
    )
    found = [" ".join(one.split()) for one in sentences(html, ["Tomos"]) if one.strip()]
    assert found == [
        "Who this is about and why",
        "Sam came at see UK GDPR Article of it.",
        "One answer.",
        "Another answer.",
    ]
