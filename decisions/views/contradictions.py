"""Times added after recording that contradict others: said beside the field, or once before the form is sent again."""

from collections.abc import Mapping, Sequence

from django.forms import BaseForm

from accounts.access import SignedInRequest
from decisions.models import Decision
from decisions.presenters.findings import NamedFinding, named_findings
from rules.codes import Severity
from rules.facts import Facts
from rules.findings import Finding
from rules.times import in_order

# The name under which the form sends back which of them it showed.
SEEN = "seen"
NONE: Mapping[str, str] = {}


def contradictions_typed(
    request: SignedInRequest, form: BaseForm, before: Facts, after: Facts, fields: Mapping[str, str] = NONE,
    doubts: Sequence[Finding] = (),
) -> list[Finding]:  # fmt: skip
    """What the times just typed contradict and the page has not shown yet.

    What cannot be so becomes an error of its field: `fields`, by finding code. `doubts` are shown with them.
    """
    known = {_key(finding) for finding in in_order(before)}
    found = [finding for finding in in_order(after) if _key(finding) not in known] + list(doubts)
    for finding in found:
        if finding.severity == Severity.BLOCKS and finding.code in fields:
            form.add_error(fields[finding.code], finding.message)
    if form.errors:
        return []
    return [] if keys(found) == request.POST.get(SEEN, "") else found


def keys(found: list[Finding]) -> str:
    return " ".join(sorted({_key(finding) for finding in found}))


def shown(decision: Decision, found: list[Finding]) -> list[NamedFinding]:
    return named_findings(found, {str(person.pk): person.name for person in decision.people.all()})


def _key(finding: Finding) -> str:
    return f"{finding.code}@{finding.person}"
