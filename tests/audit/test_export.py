"""Files of the ledger: what they hold, what they leave out, and that they verify."""

import csv
import io
import json
from hashlib import sha256
from typing import Any

import pytest

from audit import leaves, ledger
from audit.csv_cells import safe
from audit.export import KINDS, Export
from audit.exporting import Order, start
from audit.models import LedgerEntry
from audit.reading import chains
from tests.audit.conftest import AT, Write, chain
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def exported(kind: str, *, values: bool, organisation: int | None = None) -> str:
    return b"".join(Export(kind, chains(organisation), values=values)).decode()


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def secret_entry() -> None:
    with ledger.recording(actor=None, at=AT):
        ledger.append(
            "decision.recorded",
            organisation=7,
            details={"note": "fear of the lodger"},
            changes={"reason": ["hearsay", "seen by the school nurse"]},
        )


@pytest.mark.parametrize("kind", KINDS)
def test_without_values_not_one_value_leaves(kind: str) -> None:
    secret_entry()
    text = exported(kind, values=False)
    for value in ("lodger", "hearsay", "nurse"):
        assert value not in text
    for kept in ("decision.recorded", "reason", "note", chain(7)[0].entry_hash):
        assert kept in text


def test_without_values_no_nonce_of_a_value_leaves() -> None:
    secret_entry()
    nonces = leaves.split(chain(7)[0].nonces, leaves.NONCE)
    text = exported("jsonl", values=False)
    assert nonces[0] in text
    assert not any(nonce in text for nonce in nonces[1:])


@pytest.mark.parametrize("kind", KINDS)
def test_with_values_they_are_there(kind: str) -> None:
    secret_entry()
    text = exported(kind, values=True)
    for value in ("fear of the lodger", "hearsay", "seen by the school nurse"):
        assert value in text


def test_csv_has_one_row_for_each_entry(write: Write) -> None:
    write(2)
    rows = table(exported("csv", values=False))
    assert [row["seq"] for row in rows] == ["1", "2"]
    assert rows[0]["happened_at"] == "2026-11-22T09:30:15.123456Z"
    assert rows[0]["fields"] == "reason entry_route number"
    assert "changes" not in rows[0]


def test_csv_with_values_holds_them_as_json(write: Write) -> None:
    write()
    [row] = table(exported("csv", values=True))
    assert json.loads(row["changes"]) == {"reason": ["before", "=after"]}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("x=1", "x=1"),
        ("", ""),
    ],
)
def test_a_cell_a_spreadsheet_would_run_is_text(cell: str, shown: str) -> None:
    assert safe(cell) == shown


def test_a_formula_in_any_column_is_text(cast: Cast) -> None:
    cast.officer.email = "=cmd@north.test"
    with ledger.recording(actor=cast.officer, at=AT):
        ledger.append("=event", organisation=7)
    [row] = table(exported("csv", values=False))
    assert (row["event"], row["actor_email"]) == ("'=event", "'=cmd@north.test")


def verified(line: dict[str, Any], head: str) -> str:
    """What an outsider does with one line: hash the leaves shown, take the others' digests, follow the chain."""
    digests = [
        item if isinstance(item, str) else sha256(leaves.encode(item).encode()).hexdigest() for item in line["leaves"]
    ]
    content = sha256("".join(sorted(digests)).encode()).hexdigest()
    assert content == line["content_hash"]
    assert line["prev_hash"] == head
    text = f"v1|{line['organisation']}|{line['seq']}|{line['recorded_at']}|{head}|{content}"
    assert sha256(text.encode()).hexdigest() == line["entry_hash"]
    return str(line["entry_hash"])


@pytest.mark.parametrize("values", [True, False])
def test_json_lines_verify_by_themselves(write: Write, *, values: bool) -> None:
    write(3)
    head = leaves.GENESIS
    for line in lines(exported("jsonl", values=values)):
        head = verified(line, head)
    assert head == chain(7)[-1].entry_hash


def test_a_json_line_carries_the_very_text_that_was_hashed(write: Write) -> None:
    write()
    entry = LedgerEntry.objects.filter(organisation=7).values(*leaves.COLUMNS)[0]
    text = exported("jsonl", values=True)
    for nonce, (name, value) in zip(
        leaves.split(entry["nonces"], leaves.NONCE), leaves.values(entry).items(), strict=True
    ):
        assert leaves.leaf(nonce, name, value) in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_count_and_the_digest_are_those_of_the_file(write: Write, kind: str) -> None:
    write(3)
    export = Export(kind, chains(), values=True)
    data = b"".join(export)
    assert (export.count, export.sha256) == (3, sha256(data).hexdigest())


def test_one_chain_leaves_the_others_behind(write: Write) -> None:
    write(2, organisation=7)
    write(1, organisation=8)
    assert {line["organisation"] for line in lines(exported("jsonl", values=False, organisation=8))} == {8}
    assert [line["organisation"] for line in lines(exported("jsonl", values=False))] == [7, 7, 8]


def test_a_long_chain_comes_in_pages(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.reading.PAGE", 2)
    monkeypatch.setattr("audit.composed.PAGE", 2)
    write(5)
    chunks = list(Export("jsonl", chains(), values=False))
    assert [len(chunk.splitlines()) for chunk in chunks] == [0, 2, 2, 1]


def order(*, values: bool = False) -> Order:
    return Order("jsonl", tuple(chains(7)), values, reason="a court asked")


def test_an_export_is_entered_when_it_begins_and_when_it_ends(write: Write) -> None:
    write(3)
    stream = start(order())
    began = chain(7)[-1]
    assert began.event == "ledger.export_started"
    assert began.additional_data == {
        "format": "jsonl",
        "values": False,
        "first": 1,
        "last": 3,
        "reason": "a court asked",
    }
    data = b"".join(stream)
    ended = chain(7)[-2]
    assert ended.event == "ledger.export_finished"
    assert ended.additional_data["count"] == 3
    assert ended.additional_data["sha256"] == sha256(data).hexdigest()


def test_what_is_written_meanwhile_is_not_in_it(write: Write) -> None:
    write(3)
    stream = start(order())
    write(2)
    assert len(b"".join(stream).splitlines()) == 3


def test_an_export_broken_off_is_entered_as_that(write: Write) -> None:
    write(3)
    request = ledger.Request(address="192.0.2.7")
    with ledger.within(request):
        stream = start(order())
    next(stream)
    stream.close()
    ended = chain(7)[-2]
    assert (ended.event, ended.cid, ended.remote_addr) == ("ledger.export_broken_off", request.id, "192.0.2.7")
    assert ended.additional_data["count"] == 0
