"""Writes what the decision stands on: each row of the law as it is on the day of the decision."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from decisions.actions.columns import columns_of, set_columns
from decisions.facts import law_of
from decisions.journey.pages.basis import OF_A_PERSON, BasisPage
from decisions.models import BasisRow, Decision
from decisions.rules.codes import WITHOUT_CONSENT_ROWS, Layer
from decisions.rules.law import Law

BY_VALUE = (
    "short_name", "plain_english", "citation", "refused_test", "jurisdiction", "confidence", "source", "who",
    "needs_policy_document", "replaced_by",
)  # fmt: skip


def write_basis(page: BasisPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    answers = page.main.cleaned_data
    anyway = {"share_anyway": answers.get("share_anyway") or ""}
    set_columns(decision, {**answers, **anyway}, [*columns_of(page.main), *anyway])
    codes = [answers.get("l1"), *(answers.get("annex1") or []), *(answers.get("l3") or []), answers.get("l4")]
    wanted = {(code, None): _answer(answers, code) for code in codes if code}
    for form in page.groups[0].rows if page.groups else ():
        set_columns(form.instance, form.why_without, ["p18_reason", "p18_text"])
        for code in [code for name in OF_A_PERSON for code in form.cleaned_data.get(name) or []]:
            text = form.why_without["p18_text"] if code in WITHOUT_CONSENT_ROWS else _answer(form.cleaned_data, code)
            wanted[(code, form.instance.pk)] = text
    here = {(row.code, row.person_id): row for row in decision.basis_rows.all()}
    for key, row in here.items():
        if key not in wanted:
            row.delete()
    day = timezone.localdate(decision.decided_at or at)
    law, sector = law_of(decision), decision.organisation.sector
    for (code, person), answer in wanted.items():
        row = here.get((code, person)) or BasisRow(
            organisation_id=decision.organisation_id, decision=decision, person_id=person, code=code
        )
        kept = {"answer": answer, **by_value(law, code, day, sector)}
        set_columns(row, kept, kept)


def _answer(answers: Mapping[str, Any], code: str) -> str:
    return str(answers.get(f"answer_{code}") or "")


def by_value(law: Law, code: str, day: date, sector: str) -> dict[str, Any]:
    """The row of the law as it stands on that day: what is kept, whatever becomes of the tables.

    Nothing for one that has left the tables since: an old draft keeps its copy, and the rules refuse it by name.
    """
    kept = law.row(code, day) or law.any_row(code)
    if kept is None:
        return {}
    row = {
        "version": law.version,
        "sha256": law.sha256,
        **{name: getattr(kept, name) for name in BY_VALUE},
        "kind": kept.kind_for(sector),
        "tests": list(kept.tests),
        "effective_from": kept.effective_from.isoformat(),
        "effective_to": kept.effective_to.isoformat() if kept.effective_to else None,
        "checked_on": kept.checked_on.isoformat(),
    }
    return {"layer": Layer(kept.layer).value, "refused_ok": kept.refused_ok, "row": row}
