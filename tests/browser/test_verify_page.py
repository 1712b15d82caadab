"""verify.html in a browser without a network: it answers as verify.py does, with WebCrypto and without."""

import base64
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.audit.evidence_files import (
    KINDS,
    evidence_files,
    files_of,
    fingerprint,
    random_mutants,
    result_of,
    signed_again,
    with_sums,
    zipped,
)
from tests.in_turn import in_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.sqlite]
AT_ONCE = 50
ASK = """async ([mutants, key]) => {
  const found = []
  for (const text of mutants) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    found.push(await resultOf(filesOfZip(new Blob([bytes])), key, true))
  }
  return found
}"""
BY_HAND = """() => { crypto.subtle.importKey = () => Promise.reject(new Error("no Ed25519 here")) }"""


def kinds() -> list[bytes]:
    """The untouched, and every kind in every disguise."""
    disguises = (list, with_sums, signed_again)
    altered = [zipped(of(alter(files_of(evidence_files()["whole"])))) for alter in KINDS.values() for of in disguises]
    return [*evidence_files().values(), *altered]


def place(answer: tuple[int, str] | list[object]) -> tuple[object, str]:
    """The exit code, and which entry. Of what cannot be read at all, each language says in its own words where."""
    text = str(answer[1]).split("\n")[0]
    return answer[0], "" if text.startswith("ALTERED") and "entry" not in text else text.split(": ")[0]


def agree(page: Page, mutants: list[bytes], key: str) -> None:
    for start in range(0, len(mutants), AT_ONCE):
        some = mutants[start : start + AT_ONCE]
        answers = page.evaluate(ASK, [[base64.b64encode(mutant).decode() for mutant in some], key])
        assert [place(answer) for answer in answers] == [place(result_of(mutant, key)) for mutant in some]


def test_it_answers_as_the_program_does(context: BrowserContext, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "verify.html"
    path.write_text(files("audit.evidence").joinpath("verify.html").read_text("utf-8"), "utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    context.set_offline(True)
    page.goto(path.as_uri())
    key = fingerprint()
    agree(page, [*kinds(), *(made for _, made in in_turn(random_mutants(500, seed=31), 5))], key)
    page.evaluate(BY_HAND)
    agree(page, kinds()[:5], key)
    page.reload()  # with all that the browser has again, and as a person does it
    (tmp_path / "evidence.zip").write_bytes(evidence_files()["part"])
    page.get_by_label("Fingerprint of the key").fill(key)
    page.get_by_label("The bundle").set_input_files(tmp_path / "evidence.zip")
    expect(page.get_by_role("status")).to_contain_text("VERIFIED")
    page.get_by_label("Fingerprint of the key").fill("1" * 64)
    page.get_by_label("The bundle").focus()
    expect(page.get_by_role("status")).to_contain_text("ALTERED at entry 3: this is not signed by the key")
    assert {url.split(":")[0] for url in asked} == {"file"}
