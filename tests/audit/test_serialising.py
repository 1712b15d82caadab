"""Values that would not come back from a JSON column as they went in."""

import datetime as dt
import enum
import json
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.utils.functional import lazystr
from hypothesis import given
from hypothesis import strategies as st

from audit.serialising import moment, serialise

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats() | st.datetimes(timezones=st.just(dt.UTC)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


class Colour(enum.StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("given_value", "kept"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("Zoë", "Zoë"),
        (-0.0, "-0.0"),
        (float("nan"), "nan"),
        (0.5, "0.5"),
        (Decimal("1.20"), "1.20"),
        (Colour.RED, "red"),
        (lazystr("later"), "later"),
        (b"\x00\xff", "00ff"),
        (dt.date(2026, 11, 22), "2026-11-22"),
        (dt.time(9, 30), "09:30:00"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        ("a\x00b", "a\\x00b"),
        ("a\ud800b", "a\\ud800b"),
        ((1, ["x"]), [1, ["x"]]),
        ({"b", "a"}, ["a", "b"]),
        ({1: {"k\x00": 0.5}}, {"1": {"k\\x00": "0.5"}}),
    ],
)
def test_what_is_kept(given_value: object, kept: object) -> None:
    result = serialise(given_value)
    assert result == kept
    assert type(result) is type(kept)


@given(TREES)
def test_what_is_kept_survives_json_and_is_kept_again_unchanged(tree: Any) -> None:
    kept = serialise(tree)
    assert json.loads(json.dumps(kept)) == kept
    assert serialise(kept) == kept
    json.dumps(kept, ensure_ascii=False).encode("utf-8")


def test_a_thing_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot hold a object"):
        serialise({"thing": object()})


def test_a_time_is_utc_with_microseconds() -> None:
    summer = dt.timezone(dt.timedelta(hours=1))
    assert moment(dt.datetime(2026, 7, 1, 0, 30, tzinfo=summer)) == "2026-06-30T23:30:00.000000Z"
    assert len(moment(dt.datetime(987, 1, 1, tzinfo=dt.UTC))) == 27


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        moment(dt.datetime(2026, 7, 1))  # noqa: DTZ001 - on purpose
