"""A word of a reflection reaches nobody but its author: every page, search, export and log of everybody else."""

import logging
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.http import StreamingHttpResponse
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision
from reflections.models import Reflection, ReflectionReader
from reflections.questions import WORDS
from tests.in_turn import in_turn
from tests.pages import PageClient
from tests.reflections.scenes import reflection
from tests.test_access_matrix import PEOPLE, Row, Scene, rows, signed_in, whole_scene
from tests.test_tokens import TOKEN

# What no engine changes; the actions and constraints are asked on both.
pytestmark = pytest.mark.sqlite

# Where a leak is likely: what stands about the decision, and lists of everything. A supervisor's are looked at every
# day, those of offices and all other pages in turn.
NEAR = {"decisions", "reflections", "reviews", "home", "search"}
CANARY = {name: f"zq{number:05d}qz" for number, name in enumerate(WORDS)}


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    scene = whole_scene()
    scene.reflection = reflection(scene.cast.practitioner, scene.recorded, **CANARY)
    return scene


def everything(scene: Scene, user: User, pages: list[Row]) -> Iterator[str]:
    """The body of each of these pages as this person gets it, and what they find in a search."""
    client = signed_in(user)
    for row in pages:
        answer = client.get(scene.path(row))
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            yield answer.content.decode()
        yield str(answer.headers)
    for word in (CANARY["went_well"], scene.reflection.public_id):
        found = client.post(reverse("search"), {"words": str(word)}).content.decode()
        yield found.replace(f'value="{word}"', "")  # what was typed stays in its field
        logged = client.get(reverse("decisions:log"), {"q": str(word)}).content.decode()
        yield logged.replace(f"?q={word}", "")  # and in the link to the same search as a file


@pytest.mark.parametrize("name", ["supervisor", "administrator", "officer"])
def test_nobody_else_reads_a_word_or_learns_that_it_is_there(scene: Scene, name: str) -> None:
    """On every page that they are shown (tests/test_access_matrix.py); how one is refused or not found is one page."""
    asked = [row for row in rows() if row.get[PEOPLE.index(name)] == "."]
    assert len(asked) > 40
    near = [row for row in asked if row.name.partition(":")[0] in NEAR]
    far = in_turn((row for row in asked if row not in near), 6)
    looked_at = [*in_turn(near, 1 if name == "supervisor" else 2), *far]
    pages = list(everything(scene, getattr(scene.cast, name), looked_at))
    assert [TOKEN.findall(page) for page in pages if TOKEN.search(page)] == []
    assert not [page for page in pages if str(scene.reflection.public_id) in page]


def test_its_author_reads_every_word(scene: Scene) -> None:
    """Or the test above could not fail."""
    asked = [row for row in rows() if row.name.startswith("reflections:")]
    found = set(TOKEN.findall(" ".join(everything(scene, scene.cast.practitioner, asked))))
    assert found == set(CANARY.values())


def test_a_decision_shows_its_reflection_to_its_author_alone(scene: Scene) -> None:
    path, link = reverse("decisions:detail", args=[scene.recorded.public_id]), str(scene.reflection.public_id)
    assert link in signed_in(scene.cast.practitioner).get(path).content.decode()
    for user in (scene.cast.teammate, scene.cast.supervisor):
        assert "reflect" not in signed_in(user).get(path).content.decode().lower()


@pytest.mark.parametrize("name", ["print", "summary", "law"])
def test_no_copy_of_the_decision_has_it_not_even_its_authors(scene: Scene, name: str) -> None:
    page = signed_in(scene.cast.practitioner).get(reverse(f"decisions:{name}", args=[scene.recorded.public_id]))
    assert not TOKEN.search(page.content.decode())
    assert "reflect" not in page.content.decode().lower()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_no_export_of_the_audit_log_has_it_not_even_the_servers_own(scene: Scene, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "export"
    call_command("export_ledger", "--format", kind, "--output", str(path))
    text = path.read_text()
    assert "reflections.reflection" in text
    assert not TOKEN.search(text)
    of_reflections = [line for line in text.splitlines() if "reflections.reflection" in line]
    assert of_reflections
    assert not [line for line in of_reflections if scene.recorded.reference in line]
    for user in (scene.cast.administrator, scene.cast.officer):
        answer = signed_in(user).post(reverse("administration:ledger_export"), {"format": kind})
        assert isinstance(answer, StreamingHttpResponse)
        assert not TOKEN.search(b"".join(answer).decode())


def test_no_log_line_address_or_title_has_it(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = PageClient()
    client.force_login(scene.cast.practitioner)
    at = [scene.reflection.public_id]
    answers = [
        client.post(reverse("reflections:new"), {**CANARY, "version": "0", "submission_id": str(uuid4())}),
        client.post(reverse("reflections:change", args=at), {**CANARY, "went_well": "zq99999qz", "version": "9"}),
        client.post(reverse("reflections:download", args=at), {"shape": "plain", "file_format": "txt"}),
    ]
    assert [answer.status_code for answer in answers] == [302, 409, 200]
    assert not [header for answer in answers for header in answer.headers.values() if TOKEN.search(header)]
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not [line for line in lines if TOKEN.search(line)]


def test_no_other_model_leads_to_a_reflection() -> None:
    """A way back from a decision or a person would be one more way in."""
    found = [
        f"{model.__name__}.{relation.name}"
        for model in apps.get_models()
        for relation in model._meta.related_objects
        if relation.related_model is Reflection
        or (relation.related_model is ReflectionReader and model is not Reflection)
    ]
    assert found == []
    assert not hasattr(Decision, "reflections")


def test_whoever_closes_an_account_is_told_the_same_of_everybody(scene: Scene) -> None:
    """That a reflection is lost to its author, and not whether there is one."""
    client, cast = signed_in(scene.cast.administrator), scene.cast

    def said_of(user: User) -> str:
        page = client.get(reverse("administration:person_deactivate", args=[user.public_id])).content.decode()
        return page[page.index("reflections") : page.index("</p>", page.index("reflections"))]

    assert "private" in said_of(cast.practitioner)
    assert said_of(cast.practitioner) == said_of(cast.teammate) == said_of(cast.supervisor)
