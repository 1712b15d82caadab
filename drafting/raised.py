"""What a page of the form says as soon as it is saved, and not only at Check: the findings that cannot wait.

Such a finding holds nobody up. It is shown once on its page; saving the page again goes on.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.http import QueryDict
from django.utils import timezone

from decisions.presenters.findings import NamedFinding, named_findings
from drafting.draft import Draft
from drafting.steps import Step
from rules.assess import assess
from rules.codes import Severity
from rules.findings import Finding
from rules.times import contradictions

# The name under which a page sends back which of them it showed.
SEEN = "seen"


def findings_raised(draft: Draft, step: Step) -> list[Finding]:
    """Nothing before the page was saved. Asks the rules, so a page asks it once."""
    if step.page.key not in draft.pages:
        return []
    facts = replace(draft.facts, recorded_at=timezone.localtime())
    found = [finding for finding in assess(facts, draft.law).on_page(step.key) if finding.on_page]
    # Of two times the wrong one may be the one on this page, wherever the finding is mended.
    elsewhere = [finding for finding in contradictions(facts, step.key) if finding.page != step.key]
    return [*found, *elsewhere]


def _key(finding: Finding) -> str:
    return f"{finding.code}@{finding.person}"


def raised(draft: Draft, found: Iterable[Finding]) -> list[NamedFinding]:
    """With the names of the people they are about."""
    people = {str(person.pk): person.name for person in draft.people}
    return named_findings(found, people)


def must_be_corrected(found: Iterable[Finding]) -> bool:
    """Whether one of them stands in the way of recording, however often the page is saved."""
    return any(finding.severity == Severity.BLOCKS for finding in found)


def keys_raised(found: Iterable[Finding]) -> str:
    return " ".join(map(_key, found))


def is_something_new(draft: Draft, step: Step, data: QueryDict) -> bool:
    """Whether the saved page raises anything that it did not show before."""
    return not {*map(_key, findings_raised(draft, step))} <= {*data.get(SEEN, "").split()}
