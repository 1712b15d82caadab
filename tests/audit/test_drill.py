"""The drill: each kind of tampering is found by the layer that should, on a copy, and the log itself stays as it is."""

from typing import Any

import pytest

from audit import drill as drilled
from audit.drill import KINDS, Layer, TooShort, drill, upto
from audit.drilling import DRILLED, tamper_drill
from audit.models import Checkpoint, LedgerEntry, TreeTile
from audit.tlog.checkpoints import Head
from audit.verification import verify
from tests.audit.conftest import AT
from tests.audit.test_commands import run
from tests.audit.trees import ORGANISATION, checkpoint, entries
from tests.decisions.cases import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(db: None) -> None:
    entries(270)
    checkpoint()
    entries(20)


def test_what_is_not_found_is_said(signed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nothing was kept outside, and one kind of tampering did nothing."""
    kind = drilled.Kind("nothing", "nothing happens", Layer.CHAIN, lambda _: 1)
    monkeypatch.setattr(drilled, "KINDS", (kind, *KINDS[-1:]))
    monkeypatch.setattr(drilled, "verify", lambda organisation, **_: verify(organisation))
    done = drill(ORGANISATION, upto(ORGANISATION, 1000))
    assert [(one.kind.code, one.by) for one in done.tried] == [("nothing", None), ("all_rewritten", None)]
    assert not done.passed


def test_a_copy_that_does_not_verify_is_a_false_alarm(signed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {ORGANISATION: [Head("other", 5, bytes(32))]}
    monkeypatch.setattr(drilled, "verify", lambda organisation, **_: verify(organisation, outside=other))
    monkeypatch.setattr(drilled, "KINDS", ())
    assert drill(ORGANISATION, upto(ORGANISATION, 1000)).false_alarm


def test_too_short_a_chain(db: None) -> None:
    entries(3)
    assert tamper_drill(ORGANISATION, by=None, at=AT, entries=100) is None
    with pytest.raises(TooShort):
        drill(ORGANISATION, 3)
    assert LedgerEntry.objects.count() == 4


def test_each_kind_is_found_by_its_layer_and_the_log_stays_as_it_is(signed: None) -> None:
    """As the command says it, a line for each, and enters it."""
    checkpoint(hour=1)
    before = rows()
    code, said = run("tamper_drill", "--organisation", str(ORGANISATION), "--entries", "280")
    assert code == 0
    # 271 is the earlier checkpoint's own entry: what follows is beyond what was asked for.
    assert said.startswith("organisation 7, 271 entries: 13/13 found\n")
    assert "  an entry is deleted: found by the chain, at entry 135\n" in said
    found_by = [line.partition("found by ")[2].partition(",")[0] for line in said.splitlines()[1:]]
    assert found_by == [kind.layer.value for kind in KINDS]
    *chain_before, last = rows()[0]
    assert [chain_before, *rows()[1:]] == before
    assert last["event"] == DRILLED
    details = {"found": 13, "kinds": 13, "entries": 271, "false_alarm": False, "missed": []}
    assert last["additional_data"] == details
    assert verify().sound
    code, said = run("tamper_drill", "--organisation", "99")
    assert (code, said) == (2, "Organisation 99 has no entries. Leave --organisation out for all.")


def rows() -> list[list[dict[str, Any]]]:
    return [list(plain(model).order_by("pk").values()) for model in (LedgerEntry, Checkpoint, TreeTile)]
