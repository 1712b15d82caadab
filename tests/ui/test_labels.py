"""No two labels read the same, and a name that nobody else has stays as it is."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.labels import Named, distinct, numbered, same_to_the_eye


def labelled(*named: Named) -> list[str]:
    return list(distinct(dict(enumerate(named))).values())


def test_names_of_their_own_stay_as_they_are() -> None:
    assert labelled(Named("Kit", ("mother",)), Named("Rhian", ("mother",))) == ["Kit", "Rhian"]


@pytest.mark.parametrize(
    ("named", "labels"),
    [
        ([Named("Sam", ("child", "born 1 May 2016")), Named("Sam", ("father", ""))], ["Sam (child)", "Sam (father)"]),
        ([Named("Sam", ("child", "aged 9")), Named("SAM ", ("child", "aged 4"))], ["Sam (aged 9)", "SAM  (aged 4)"]),
        ([Named("Zoe\u0301", ("aunt",)), Named("Zo\u00e9", ("cousin",))], ["Zoe\u0301 (aunt)", "Zo\u00e9 (cousin)"]),
        ([Named("Desk", ("asked",)), Named("Desk", ("address book",))], ["Desk (asked)", "Desk (address book)"]),
        ([Named("Li", ("aunt", "9")), Named("Li", ("aunt", "4")), Named("Li", ("child", "9"))],
         ["Li (aunt, 9)", "Li (aunt, 4)", "Li (child, 9)"]),
        ([Named("Ann", ("nurse",)), Named("Ann", ("nurse",))], ["Ann (nurse) (1 of 2)", "Ann (nurse) (2 of 2)"]),
    ],
)  # fmt: skip
def test_the_smallest_difference_is_added(named: list[Named], labels: list[str]) -> None:
    assert labelled(*named) == labels


def test_a_name_that_looks_like_a_label_is_told_apart_too() -> None:
    labels = labelled(Named("Sam (child)"), Named("Sam", ("child",)), Named("Sam", ("aunt",)))
    assert len({same_to_the_eye(label) for label in labels}) == 3


def test_texts_that_come_twice_are_counted() -> None:
    assert numbered(["Sent", "Told", "sent"]) == ["Sent (1 of 2)", "Told", "sent (2 of 2)"]


PIECES = st.sampled_from(
    ["", "Sam", "sam", "Sam (child)", "child", "(1 of 2)", "Sam (1 of 2)", "S\u00e1m", "Sa\u0301m"]
)


@given(st.lists(st.builds(Named, PIECES, st.tuples(PIECES, PIECES)), max_size=8))
def test_whatever_they_are_called(named: list[Named]) -> None:
    labels = labelled(*named)
    assert len({same_to_the_eye(label) for label in labels}) == len(named)
    assert all(label.startswith(one.name) for one, label in zip(named, labels, strict=True))


def test_the_order_they_come_in_does_not_matter() -> None:
    named = {"a": Named("Sam", ("child",)), "b": Named("Sam", ("aunt",)), "c": Named("Lou", ("aunt",))}
    results = [distinct({key: named[key] for key in keys}) for keys in permutations(named)]
    assert all(result == results[0] for result in results)
