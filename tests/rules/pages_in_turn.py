"""The facts of a decision as far as the pages of the form up to one of them ask for them."""

from dataclasses import MISSING, fields, replace
from typing import Any

from rules.facts import Facts, PersonFacts, RecipientFacts, RequestFacts
from rules.findings import PAGES

# What is asked after the page that a part of the facts begins with: the fields, and the page that asks for them.
ASKED_ON: dict[type, dict[str, str]] = {
    Facts: {
        "people": "people", "left_out": "people",
        # Kept when somebody says no on a later page, and read when this page is saved again.
        "level_at_refusal": "concern",
        "level": "concern", "facts_text": "concern", "opinion": "concern", "child_words": "concern",
        "what_changed": "concern", "plan": "concern", "happened": "concern", "disclosed_at": "concern",
        "trigger": "request", "duty": "request", "discovered_at": "request", "how_discovered": "request",
        "starts_on": "request", "request": "request", "order": "request", "share_duty": "request",
        "recipients": "request",
        "about_staff": "people", "lado_not_informed": "outcome",
        "decided_at": "outcome", "outcome": "outcome", "why_now": "outcome", "late_reason": "outcome",
        "whole_file_reason": "outcome", "passed_to": "outcome", "standing_scope": "outcome",
        "standing_until": "outcome",
        "why_outweighs": "consent", "advice_first": "consent", "advice_not_needed": "consent",
        # Where somebody is a suspected source of harm it is asked here; what was given later is added when it was sent.
        "source_talk": "consent", "advice": "consent",
        "items": "information", "includes": "information",
        "basis": "legal_basis", "why_no_more": "legal_basis", "risk_if_shared": "legal_basis",
        "risk_if_not": "legal_basis", "share_anyway": "legal_basis", "no_basis": "legal_basis",
        "no_basis_reason": "legal_basis",
        "sendings": "sending", "instead": "sending", "look_again_on": "sending",
        "cannot_recall": "sending",
    },
    PersonFacts: {
        **dict.fromkeys(
            ("competence", "competence_note", "competence_by", "competence_on", "best_interests", "at_risk",
             "consent_state", "consent_at", "consent_how", "agreed_to", "covers", "limits", "until", "views",
             "not_asked_reason", "not_asked_text", "agreed_with", "could_hear"), "consent",
        ),
        "p18_reason": "legal_basis", "p18_text": "legal_basis",
        "informing": "sending", "look_again_on": "sending",
    },
    RecipientFacts: {"choice": "consent"},
    RequestFacts: {"reply": "sending", "neither_confirmed": "sending"},
}  # fmt: skip
# Known before the first page, or never asked on a page.
NOT_ASKED = frozenset(
    {
        *("entry_route", "organisation", "recorded_at", "urgent_recorded_at", "follows", "follow_up"),
        *("commencements", "local_provisions", "retired"),
    }
)


def by(facts: Facts, page: str) -> Facts:
    """The same decision when this page has just been saved, and none after it."""
    known: Facts = _known(facts, page)
    return replace(
        known,
        request=_known(known.request, page),
        people=tuple(_known(person, page) for person in known.people),
        recipients=tuple(_known(recipient, page) for recipient in known.recipients),
    )


def _known(part: Any, page: str) -> Any:
    later = [name for name, asked in ASKED_ON[type(part)].items() if PAGES.index(asked) > PAGES.index(page)]
    defaults = {each.name: each for each in fields(part)}
    return replace(part, **{name: _default(defaults[name]) for name in later})


def _default(field: Any) -> Any:
    return field.default if field.default is not MISSING else field.default_factory()
