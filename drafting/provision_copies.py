"""A provision as the decision keeps it: by value, as it stood on the day of the decision."""

from datetime import date
from typing import Any

from rules.codes import Layer
from rules.law import Law

BY_VALUE = (
    "short_name", "plain_english", "citation", "refused_test", "jurisdiction", "confidence", "source", "who",
    "needs_policy_document", "replaced_by",
)  # fmt: skip


def by_value(law: Law, code: str, day: date, sector: str) -> dict[str, Any]:
    """The row of the law as it stands on that day: what is kept, whatever becomes of the tables.

    Nothing for one that has left the tables since: an old draft keeps its copy, and the rules refuse it by name.
    """
    kept = law.provision(code, day) or law.any_provision(code)
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
