"""`manage.py assess FOLDER`: facts with what should be found in them are compared with what is."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.decisions.test_command_assess import ROOT, assert_published, run

KEPT = ROOT / "tests" / "rules" / "facts"


def put(folder: Path, name: str, **content: Any) -> None:
    (folder / name).write_text(json.dumps({"facts": {}, "exit": 1, **content}))


def different(folder: Path) -> dict[str, list[str]]:
    """Each file that is not as expected, and how; the exit code agrees."""
    code, said, complaint = run(folder)
    assert complaint == ""
    assert_published(said)
    found = {each["file"]: each["differences"] for each in json.loads(said)["different"]}
    assert code == (1 if found else 0)
    return found


def test_the_facts_kept_here_are_as_expected() -> None:
    code, said, complaint = run(KEPT)
    assert (code, complaint, json.loads(said)["different"]) == (0, "", [])


def test_each_difference_is_told_by_its_file(tmp_path: Path) -> None:
    put(tmp_path, "as_expected.json", must=["NO_PERSON"], must_not=["FGM_HOW"], about="nothing is entered yet")
    put(tmp_path, "not_blocked.json", exit=0)
    put(tmp_path, "not_found.json", must=["FGM_HOW"])
    put(tmp_path, "found.json", must_not=["NO_PERSON", "WHY_NOW"])
    assert different(tmp_path) == {
        "found.json": ["NO_PERSON is found", "WHY_NOW is found"],
        "not_blocked.json": ["blocked by DECIDED_MISSING, NO_OUTCOME, NO_PERSON, WHY_NOW"],
        "not_found.json": ["FGM_HOW is not found"],
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "the file must be an object with the keys facts, exit, must and must_not"),
        ('{"facts": {}}', '"exit" is missing'),
        ('{"exit": 0}', '"facts" is missing'),
        ('{"facts": {}, "exit": 2}', "exit: must be 0, where nothing blocks, or 1, where something does"),
        ('{"facts": {}, "exit": 0, "most": []}', 'unknown key "most"'),
        ('{"facts": {}, "exit": 0, "must": "WHY_NOW"}', "must: must be a list of codes"),
        ('{"facts": {}, "exit": 0, "must_not": ["WHY"]}', 'must_not: "WHY" is no code of docs/findings.md'),
        ('{"facts": {"foo": 1}, "exit": 0}', 'facts: unknown key "foo"'),
        ("", "facts: not JSON (line 1, column 1): Expecting value"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "one.json").write_text(content)
    assert run(tmp_path) == (2, "", f"{said}\n")


def test_a_folder_without_files_compares_nothing(tmp_path: Path) -> None:
    assert run(tmp_path) == (2, "", f"{tmp_path}: holds no file that ends in .json\n")
