"""PostgreSQL composes most of an export: the file is the same to the byte as one made of rows, whatever was entered."""

import pytest

from audit import composed, composed_export, leaves, ledger, verification
from audit.evidence.shown import shown
from audit.export import KINDS, Export
from audit.ledger_triggers import blank_sql
from audit.reading import chains
from audit.verification import verify
from tests.audit.conftest import AT, TABLE, tamper
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TEXTS = (
    "", "plain", 'said "no"', "back\\slash", "tab\tand\nline\r\n", "\x01\x1f\x7f", "“curled” – é", "\U0001f600",
    "=1+1", "-1", "\t=x", "\r", "a,b", "\\N", "\\.", "\u2028\u0085", "</script>", "' x", "NULL", "z" * 3000,
)  # fmt: skip


@pytest.fixture
def entries(cast: Cast) -> None:
    for number, text in enumerate(TEXTS):
        with ledger.recording(actor=cast.officer if number % 2 else None, at=AT):
            ledger.append("seen", organisation=7)
            ledger.append(
                f"e{text}"[:90],
                organisation=7,
                obj=cast.team if number % 3 else None,
                details={"é": text, "B": [text, {"b": 1, "a": {"aa": None, "z": [True]}}], "a": 10**20, "n": number},
                changes={"reason": [text, None], "Ä": [None, None], text or "empty": ["", text]},
            )
    cast.officer.email = "=cmd@north.test"
    with ledger.within(ledger.Request(address="2001:db8::7")), ledger.recording(actor=cast.officer, at=AT):
        ledger.append("=event", organisation=7)


def exported(kind: str, *, values: bool) -> tuple[int, bytes]:
    export = Export(kind, chains(7), values=values)
    data = b"".join(export)
    return export.count, data


def compare(monkeypatch: pytest.MonkeyPatch, kind: str, *, values: bool) -> None:
    ours = exported(kind, values=values)
    with monkeypatch.context() as patched:
        patched.setattr(composed, "is_composed", lambda: False)
        by_rows = exported(kind, values=values)
    assert by_rows[0] > 1
    assert ours[1].splitlines() == by_rows[1].splitlines()
    assert ours == by_rows


@pytest.mark.parametrize("values", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_file_made_of_rows(
    entries: None, monkeypatch: pytest.MonkeyPatch, kind: str, *, values: bool
) -> None:
    monkeypatch.setattr(composed, "PAGE", 7)
    monkeypatch.setattr(composed_export, "_read_by_rows", lambda *_: pytest.fail("a page was read by rows"))
    compare(monkeypatch, kind, values=values)
    monkeypatch.setattr(verification, "pages", lambda *_, **__: pytest.fail("a page was verified by rows"))
    assert verify(7).sound


@pytest.mark.parametrize("kind", KINDS)
def test_blanked_values_are_left_out_in_the_same_way(entries: None, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    tamper(blank_sql("postgresql", 3), 7, 2, 3, 5)
    compare(monkeypatch, kind, values=True)


@pytest.mark.parametrize("forged", ['serialized_data = \'{"b": 1, "a": 2}\'', "timestamp = '0001-01-01 00:00:00+00'"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_the_engine_writes_in_another_way_is_read_by_rows(
    entries: None, monkeypatch: pytest.MonkeyPatch, kind: str, forged: str
) -> None:
    monkeypatch.setattr(composed, "PAGE", 7)
    tamper(f"UPDATE {TABLE} SET {forged} WHERE organisation = 7 AND seq = 9")
    compare(monkeypatch, kind, values=True)


@pytest.mark.parametrize("blanked", [False, True])
def test_a_bundle_shows_an_entry_as_it_does_from_its_row(
    entries: None, monkeypatch: pytest.MonkeyPatch, *, blanked: bool
) -> None:
    if blanked:
        tamper(blank_sql("postgresql", 3), 7, 2, 3, 5)
    last = chains(7)[0].last

    def leave_out(row: leaves.Row, name: str) -> str:
        return "an address" if row["subject"] and "reason" in name else ""

    monkeypatch.setattr("audit.evidence.shown.AT_ONCE", 7)
    copied = list(shown(7, 2, last - 1, leave_out))
    assert [seq for seq, _, _ in copied] == list(range(2, last))
    assert {why for _, _, reasons in copied for why in reasons} == {"an address", *(["disposed of"] if blanked else [])}
    monkeypatch.setattr(composed, "is_composed", lambda: False)
    assert copied == list(shown(7, 2, last - 1, leave_out))
