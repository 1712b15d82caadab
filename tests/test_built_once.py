"""A scene that is written again is the one that was built, and each asks for objects of its own."""

from typing import Any

import pytest
from django.db import transaction

from tests import built_once
from tests.decisions.cases import Case, recorded_case


def written() -> tuple[Case, dict[str, list[dict[str, Any]]], list[built_once.FoundBy]]:
    """The scene, every row of it and the terms that it is found by; and nothing of it stays."""
    with transaction.atomic():
        case = recorded_case()
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in built_once._all_rows():
            values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
            rows.setdefault(row._meta.label, []).append(values)
        terms = built_once._all_terms()
        transaction.set_rollback(True)
    return case, rows, terms


@pytest.mark.django_db
def test_what_is_written_again_is_what_was_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Built, written row by row, and written with the statements of that."""
    monkeypatch.setattr(built_once, "_kept", {})
    (first, built, terms), *others = (written() for _ in range(4))
    assert len(built) > 20
    assert terms
    for case, rows, found_by in others:
        assert (rows, found_by) == (built, terms)
        assert case.decision == first.decision
        assert case.decision is not first.decision
    kept = built_once._kept[f"{recorded_case.__module__}.{recorded_case.__qualname__}"]
    assert len(kept.statements) > 20
