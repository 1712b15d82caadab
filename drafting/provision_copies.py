"""Legal provisions as the decision keeps them: copied as they were on the day of the decision."""

from datetime import date
from typing import Any

from rules.codes import Layer
from rules.law import Law

BY_VALUE = (
    "short_name", "plain_english", "citation", "refused_test", "jurisdiction", "confidence", "source", "who",
    "needs_policy_document", "replaced_by",
)  # fmt: skip


def by_value(law: Law, code: str, day: date, sector: str) -> dict[str, Any]:
    """The columns copied from a provision as it was on that day, kept whatever happens to the law tables.

    Empty for a provision that is no longer in the tables: an old draft keeps its copy, and the rules refuse it by name.
    """
    provision = law.provision(code, day) or law.any_provision(code)
    if provision is None:
        return {}
    details = {
        "version": law.version,
        "sha256": law.sha256,
        **{name: getattr(provision, name) for name in BY_VALUE},
        "kind": provision.kind_for(sector),
        "tests": list(provision.tests),
        "effective_from": provision.effective_from.isoformat(),
        "effective_to": provision.effective_to.isoformat() if provision.effective_to else None,
        "checked_on": provision.checked_on.isoformat(),
    }
    return {"layer": Layer(provision.layer).value, "refused_ok": provision.refused_ok, "details": details}
