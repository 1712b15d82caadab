"""manage.py import_families: the same as the page, for large files, in somebody's name."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from families.models import Family, Person
from tests.cast import Cast
from tests.families.exports import SIMS

pytestmark = pytest.mark.sqlite


def run(path: Path, **options: Any) -> tuple[int, str]:
    out = io.StringIO()
    given = {"by": "supervisor@north.test", "team": "harbour", **options}
    try:
        call_command("import_families", str(path), stdout=out, stderr=out, **given)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pupils.csv"
    path.write_bytes(SIMS.content)
    return path


def test_a_refused_row_holds_back_the_file_unless_it_is_left_out(cast: Cast, file: Path) -> None:
    refused = file.with_name("refused.csv")
    code, said = run(file, refused=refused)
    assert (code, Family.objects.count()) == (1, 0)
    assert "nothing imported; it would be: 1 family with 3 people" in said
    assert "Legal Surname: Surname" in said
    assert "Brannock" in refused.read_text("utf-8-sig")
    assert refused.stat().st_mode & 0o777 == 0o600
    # That file is there now, and is not overwritten.
    assert run(file, without_refused=True, refused=refused)[0] == 2
    assert not Family.objects.exists()
    assert run(file, without_refused=True)[0] == 0
    assert Person.objects.count() == 3
    assert "0 families with 0 people; 2 rows registered already" in run(file, without_refused=True)[1]


def test_to_check_saves_nothing(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_bytes(b"Person,DOB\nAda Moss,1/2/2015\n")
    assert run(path, check=True, column=["Person=full_name"])[0] == 0
    assert not Family.objects.exists()
    assert run(path, column=["Person=full_name"])[0] == 0
    assert Family.objects.get().name == "Moss"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"by": "practitioner@north.test"}, "--by"), ({"by": "nobody@north.test"}, "--by"),
        ({"by": "administrator@north.test"}, "--by"), ({"team": "Quarry"}, "--team"), ({"team": ""}, "--team"),
        ({"column": ["Nothing=born"]}, "--column"), ({"column": ["DOB=age"]}, "--column"),
        ({"column": ["Gender=surname"]}, "--column"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_exit_2(cast: Cast, file: Path, options: dict[str, Any], why: str) -> None:
    code, said = run(file, **options)
    assert code == 2
    assert said.startswith(why)
    assert not Family.objects.exists()


def test_a_file_that_is_not_there_or_is_no_text(cast: Cast, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"PK\x03\x04")
    assert run(tmp_path / "none.csv")[0] == 2
    assert "save it as CSV" in run(book)[1]
