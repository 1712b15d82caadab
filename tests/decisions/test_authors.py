"""Two authors of one name on one list of records, and one author of two names. Pure."""

from types import SimpleNamespace
from typing import Any

import pytest

from decisions.presenters.authors import author_and_job, author_names, authors_by_all_names


def record(pk: int, author: int, name: str, job: str = "Nurse", *, team: str = "Harbour", now: str = "") -> Any:
    return SimpleNamespace(
        pk=pk, author_id=author, author_name=name, author_job=job, team_name=team, author_now=now or name,
        author_email=f"a{author}@north.test",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([(1, "Lee", "Nurse"), (1, "Lee", "Head")], ["Lee", "Lee"]),
        ([(1, "Lee", "Nurse"), (2, "Lee", "Head")], ["Lee (Nurse)", "Lee (Head)"]),
        ([(1, "Lee", "Nurse"), (2, "LEE", "Head")], ["Lee (Nurse)", "LEE (Head)"]),
        ([(1, "Lee", "Nurse"), (2, "Lee (Head)", "Head")], ["Lee (Nurse)", "Lee (Head)"]),
        ([(1, "Lee", "Nurse"), (2, "Lee (a2)", "Nurse")], ["Lee (Nurse)", "Lee (a2)"]),
        ([(1, "Lee", "Head"), (1, "Lee (a1)", "Head"), (2, "Lee", "Head")], ["Lee (a1)", "Lee (a1)", "Lee (Head)"]),
        ([(1, "Lee (Nurse)", "Nurse"), (2, "Kim", "Nurse")], ["Lee (Nurse)", "Kim"]),
        ([], []),
    ],
)  # fmt: skip
def test_on_a_list(rows: list[tuple[int, str, str]], names: list[str]) -> None:
    made = [record(pk, *row) for pk, row in enumerate(rows)]
    assert list(author_names(made).values()) == names


def test_on_a_list_by_the_team_where_the_job_is_the_same() -> None:
    rows = [record(1, 1, "Lee"), record(2, 2, "Lee", team="Quarry")]
    assert author_names(rows) == {1: "Lee (Harbour)", 2: "Lee (Quarry)"}


@pytest.mark.parametrize(
    ("names", "now", "label"),
    [
        (["A. Jones"], "A. Jones", "A. Jones"),
        (["A. Jones"], "A. Smith", "A. Jones, now A. Smith"),
        (["A. Jones", "A. Smith"], "A. Smith", "A. Jones, now A. Smith"),
        (["A. Jones", "A. Brown", "A. Jones"], "A. Smith", "A. Jones, A. Brown, now A. Smith"),
        (["A. Smith (Nurse)", "A. Smith"], "A. Smith", "A. Smith"),
        (["A. Jones (Head)"], "A. Smith", "A. Jones, now A. Smith"),
    ],
)
def test_one_author_under_all_names(names: list[str], now: str, label: str) -> None:
    rows = [record(pk, 7, name, now=now) for pk, name in enumerate(names)]
    assert authors_by_all_names(rows) == {7: label}


@pytest.mark.parametrize(
    ("second", "labels"),
    [
        (("Lee", "Head", "Harbour"), ["Lee (Head)", "Lee (Nurse)"]),
        (("Lee", "Nurse", "Quarry"), ["Lee (Harbour)", "Lee (Quarry)"]),
        (("Lee", "Nurse", "Harbour"), ["Lee (a1)", "Lee (a2)"]),
        (("Lee (Head)", "Nurse", "Harbour"), ["Lee (Head)", "Lee (Nurse)"]),
    ],
)
def test_two_authors_to_choose_from(second: tuple[str, str, str], labels: list[str]) -> None:
    name, job, team = second
    rows = [record(1, 1, "Lee"), record(2, 2, name, job, team=team, now="Lee")]
    assert list(authors_by_all_names(rows).values()) == labels


def test_they_are_in_the_order_of_names() -> None:
    rows = [record(1, 1, "Zoe"), record(2, 2, "amy"), record(3, 3, "Bo")]
    assert list(authors_by_all_names(rows).values()) == ["amy", "Bo", "Zoe"]


@pytest.mark.parametrize(
    ("name", "job", "words"),
    [
        ("Lee", "Nurse", "Lee, Nurse"),
        ("Lee", "", "Lee"),
        ("Lee (Nurse)", "Nurse", "Lee (Nurse)"),
        ("Lee (a1)", "Nurse", "Lee (a1), Nurse"),
        ("Lee Headley", "Head", "Lee Headley, Head"),
    ],
)
def test_the_job_is_said_once(name: str, job: str, words: str) -> None:
    assert author_and_job(record(1, 1, name, job)) == words
