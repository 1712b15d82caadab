"""Writes what the decision stands on: each row of the law as it is on the day of the decision."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from decisions.actions.columns import columns_of, set_columns
from decisions.journey.pages.basis import BasisPage
from decisions.models import BasisRow, Decision
from decisions.rules.codes import Layer
from decisions.rules.law import load


def write_basis(page: BasisPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    set_columns(decision, page.main.cleaned_data, columns_of(page.main))
    answers = page.main.cleaned_data
    codes = [answers.get("l1"), *(answers.get("annex1") or []), *(answers.get("l3") or []), answers.get("l4")]
    wanted = {(code, None): _answer(answers, code) for code in codes if code}
    for form in page.groups[0].rows if page.groups else ():
        set_columns(form.instance, form.cleaned_data, ["p18_reason", "p18_text"])
        for code in [*(form.cleaned_data.get("l2") or []), *(form.cleaned_data.get("schedule1") or [])]:
            text = form.cleaned_data["p18_text"] if code == "S1_P18" else _answer(form.cleaned_data, code)
            wanted[(code, form.instance.pk)] = text
    here = {(row.code, row.person_id): row for row in decision.basis_rows.all()}
    for key, row in here.items():
        if key not in wanted:
            row.delete()
    day = timezone.localdate(decision.decided_at or at)
    sector = decision.organisation.sector
    for (code, person), answer in wanted.items():
        row = here.get((code, person)) or BasisRow(
            organisation_id=decision.organisation_id, decision=decision, person_id=person, code=code
        )
        kept = {"answer": answer, **by_value(code, day, sector)}
        set_columns(row, kept, kept)


def _answer(answers: Mapping[str, Any], code: str) -> str:
    return str(answers.get(f"answer_{code}") or "")


def by_value(code: str, day: date, sector: str) -> dict[str, Any]:
    """The row of the law as it stands on that day: what is kept, whatever becomes of the tables.

    Nothing for one that has left the tables since: an old draft keeps its copy, and the rules refuse it by name.
    """
    law = load().row(code, day) or load().any_row(code)
    if law is None:
        return {}
    row = {
        "version": load().version,
        "sha256": load().sha256,
        "kind": law.kind_for(sector),
        "short_name": law.short_name,
        "plain_english": law.plain_english,
        "citation": law.citation,
        "tests": list(law.tests),
        "refused_test": law.refused_test,
        "effective_from": law.effective_from.isoformat(),
        "effective_to": law.effective_to.isoformat() if law.effective_to else None,
        "confidence": law.confidence,
        "source": law.source,
    }
    return {"layer": Layer(law.layer).value, "refused_ok": law.refused_ok, "row": row}
