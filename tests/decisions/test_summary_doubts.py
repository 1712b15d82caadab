"""A line that may name or place somebody who is protected is found in any spelling."""

import pytest

from decisions.presenters.summary_doubts import names_in, protected

FOUND = protected(
    names=["Si\u00e2n O\u2019Neill-Hart"],
    texts=["Ring her on 07700 900000 at 12 Harbour Road, AB12 3CD", "Flat 1204"],
    named_anyway=["Kit Hart"],
)


@pytest.mark.parametrize(
    "line",
    [
        "Sian was there", "SI\u00c2N was there", "Sia\u0302n was there", "Mrs O'Neill-Hart rang",
        "Mrs ONEILL HART rang",
        "mrs o\u2019neill\u2011hart rang", "Call 07700900000", "Call (07700) 900-000", "Call 07700 900 000 again",
        "Sian\u2019s aunt", "SIANS aunt", "Miss O'Neill", "Mrs O'Neill\u2019s car",
        "Sent to ab123cd", "Sent to AB12  3CD", "Seen on Harbour Rd", "The house in harbour street", "Door code 1204",
        "Sian's sister came", "It was Sian\u2019s car",
    ],
)  # fmt: skip
def test_in_any_spelling(line: str) -> None:
    assert FOUND.may_be_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "Kit Hart was there",
        "Hart\u2019s car",
        "A road by the sea",
        "Call 01632 960111",
        "Sent to EF45 6GH",
        "At 9am on 3 March",
        "",
        "12",
    ],
)
def test_not_where_there_is_nothing(line: str) -> None:
    assert not FOUND.may_be_in(line)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Her aunt saw him at the bus stop", []),
        ("Her aunt Marion saw him at the bus stop", ["Marion"]),
        ("Marion Pell rang the school", ["Marion", "Pell"]),
        (
            "He ran off. On Monday in March the GP told \u00c9lodie O\u2019Hare-Lunt so",
            ["\u00c9lodie", "O\u2019Hare-Lunt"],
        ),
        ("Says \u0141ukasz: he was there", ["Says", "\u0141ukasz"]),
        ("Bruise to the cheek", []),
        ("", []),
    ],
)
def test_names_in_a_text(text: str, names: list[str]) -> None:
    assert names_in(text) == names
