"""What the rules found in one file of facts, as JSON for other systems (docs/answer.schema.json)."""

from collections.abc import Iterable
from typing import Any

from rules.assess import Assessment
from rules.facts import Facts
from rules.finding_sources import FINDING_SOURCES, path_of
from rules.findings import Finding
from rules.law_files import load

# Raised when a key is renamed, removed or means something else; a new key alone does not raise it.
SCHEMA_VERSION = 1


def answer(facts: Facts, assessment: Assessment) -> dict[str, Any]:
    """The answer for one decision."""
    return {"schema_version": SCHEMA_VERSION, "law": law_used(), **_decision(facts, assessment)}


def answers(found: Iterable[tuple[str, Facts, Assessment]]) -> dict[str, Any]:
    """The answers for several files, each with the name of its file."""
    return {
        "schema_version": SCHEMA_VERSION,
        "law": law_used(),
        "answers": [{"file": name, **_decision(facts, assessment)} for name, facts, assessment in found],
    }


def law_used() -> dict[str, str]:
    law = load()
    return {"version": law.version, "sha256": law.sha256}


def _decision(facts: Facts, assessment: Assessment) -> dict[str, Any]:
    return {
        "decision": {
            "outcome": str(facts.outcome),
            "decided_at": facts.decided_at.isoformat() if facts.decided_at else None,
            "may_be_recorded": assessment.may_be_recorded,
        },
        "findings": [_finding(finding, facts) for finding in assessment.findings],
    }


def _finding(finding: Finding, facts: Facts) -> dict[str, str]:
    """A finding; `person` is the reference of the person it is about, if any."""
    citation = FINDING_SOURCES[finding.code].citation
    about = {"person": finding.person} if finding.person else {}
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "page": finding.page,
        **about,
        "path": path_of(finding, facts),
        "rule": finding.rule,
        "citation": citation.text,
        "confidence": citation.confidence,
    }
