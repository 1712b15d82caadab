"""The benchmark of the rules measures what it says: whole facts, the largest among them, nothing asserted of time."""

from types import SimpleNamespace

import pytest

from benchmarks import engine
from rules.assess import assess
from rules.facts_file.reader import as_json, facts_from


def test_the_largest_is_whole_and_as_large_as_a_page_allows() -> None:
    facts = engine.large()
    assert (len(facts.people), len(facts.recipients), len(facts.items)) == (12, 10, 60)
    assert facts_from(as_json(facts)) == facts
    assert assess(facts).may_be_recorded


def test_it_says_one_line_for_each(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(engine, "ROUNDS", 1)
    monkeypatch.setattr(engine, "ENOUGH", 0.0)
    assert engine.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["smallest share", "S01", "S03", "largest"]


def test_it_is_the_middle_of_the_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0, 1, 0, 3, 0, 1, 0, 2])
    monkeypatch.setattr(engine, "ROUNDS", 3)
    # The module's own name for the clock: pytest and its plugins read the real one.
    monkeypatch.setattr(engine, "time", SimpleNamespace(perf_counter=lambda: next(ticks)))
    assert engine.microseconds(lambda: None) == (2e6, 3e6)
