"""The format is frozen: these bytes must never come out otherwise."""

import datetime as dt
import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import leaves, ledger
from audit.models import LedgerEntry
from audit.verification import fault
from tests.audit.conftest import AT, Write, chain


def test_a_leaf_is_ascii_json_with_its_nonce_and_name() -> None:
    text = leaves.leaf("ab" * 16, "changes:reason", ["Zoë", None])
    assert text == '["v1","' + "ab" * 16 + '","changes:reason",["Zo\\u00eb",null]]'
    assert leaves.digest(text) == sha256(text.encode()).hexdigest()


def test_a_leafs_keys_are_sorted() -> None:
    assert leaves.leaf("n", "details:x", {"b": 1, "a": {"d": 1, "c": 2}}).endswith('{"a":{"c":2,"d":1},"b":1}]')


def test_the_content_hash_does_not_depend_on_the_order_of_leaves() -> None:
    digests = [leaves.digest(letter) for letter in "abc"]
    assert leaves.content_hash(digests) == leaves.content_hash(reversed(digests))
    assert leaves.content_hash(digests) == sha256("".join(sorted(digests)).encode()).hexdigest()


def test_the_chain_line() -> None:
    assert leaves.chain_line(7, 12, AT, "p" * 64, "c" * 64) == (
        "v1|7|12|2026-11-22T09:30:15.123456Z|" + "p" * 64 + "|" + "c" * 64
    )


@pytest.mark.django_db
def test_every_field_and_detail_is_a_leaf_with_a_nonce_of_its_own(write: Write) -> None:
    write(2)
    entries = chain(7)
    nonces = [nonce for entry in entries for nonce in leaves.split(entry.nonces, leaves.NONCE)]
    assert len(nonces) == len(set(nonces)) == 2 * 4
    named = leaves.values(vars(entries[0]))
    assert list(named) == ["envelope", "changes:reason", "details:entry_route", "details:number"]
    assert named["envelope"]["leaves"] == ["changes:reason", "details:entry_route", "details:number"]


def test_every_column_but_the_key_is_hashed_or_a_hash() -> None:
    columns = {field.attname for field in LedgerEntry._meta.concrete_fields}
    assert columns - set(leaves.COLUMNS) == {"id"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    details=st.dictionaries(st.text(max_size=20), VALUES, max_size=5),
    changes=st.dictionaries(st.text(max_size=20), st.tuples(VALUES, VALUES), max_size=5),
    at=st.datetimes(dt.datetime(1900, 1, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001 - hypothesis adds the zone
)
def test_whatever_is_entered_verifies_after_the_database_gave_it_back(
    details: dict[str, Any], changes: dict[str, Any], at: dt.datetime
) -> None:
    with ledger.recording(actor=None, at=at):
        ledger.append("any", organisation=7, details=details, changes=changes)
    row = LedgerEntry.objects.filter(organisation=7).order_by("-seq").values(*leaves.COLUMNS)[0]
    assert fault(row) == ""
    assert json.dumps(row["changes"], sort_keys=True) == json.dumps(
        json.loads(json.dumps(row["changes"])), sort_keys=True
    )
