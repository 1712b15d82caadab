"""The terms of consent: questions that consent reveals, and that partial consent reveals again.

A field can be revealed by one option only, so the fields for partial consent have their own names.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms as django_forms

from decisions.facts import people
from decisions.facts.people import AGREED_TO_COLUMNS
from decisions.models.answers import ConsentAnswers
from rules.codes import AgreedTo, Consent
from rules.empty_reasons import is_empty_reason
from ui.fields import Checkboxes, DateField, Textarea

PART = "part_"
PREFIXES: dict[str, str] = {Consent.GIVEN: "", Consent.GIVEN_PARTIAL: PART}
BLANK: dict[str, Any] = {
    **dict.fromkeys(AGREED_TO_COLUMNS.values(), False),
    "consent_limits": "",
    "consent_until": None,
}
ENDED = "Enter a day that is not before they gave consent"
WHICH_PART = "Enter what they consented to, and what they did not"


def agreed_to() -> django_forms.MultipleChoiceField:
    return django_forms.MultipleChoiceField(
        label="What did they consent to?", choices=AgreedTo.choices(), widget=Checkboxes(),
        error_messages={"required": "Tick what they consented to"},
        help_text="Each is a separate agreement.",
    )  # fmt: skip


def limits(*, part: bool = False) -> django_forms.CharField:
    return django_forms.CharField(
        label="What does their consent cover, and what does it not?", max_length=1000, required=part,
        widget=Textarea(rows=2),
        help_text="List what they consented to." if part else "If they set limits.",
        error_messages={"required": WHICH_PART},
    )  # fmt: skip


def until() -> DateField:
    return DateField(label="When does their consent end, if they said?", required=False)


def opened(*names: str) -> dict[str, list[str]]:
    """The fields that each kind of consent reveals."""
    return {state: [f"{prefix}{name}" for name in names] for state, prefix in PREFIXES.items()}


def initial(saved: ConsentAnswers | None = None) -> dict[str, Any]:
    """The saved terms under both sets of names, or the most usual ones where nothing is saved."""
    terms: dict[str, Any] = {"agreed_to": [AgreedTo.SHARING.value], "limits": "", "until": None}
    if saved:
        terms |= {"limits": saved.consent_limits, "until": saved.consent_until}
        terms["agreed_to"] = list(people.agreed_to(saved)) or terms["agreed_to"]
    return {f"{prefix}{name}": value for prefix in PREFIXES.values() for name, value in terms.items()}


def columns(cleaned: Mapping[str, Any], state: str) -> dict[str, Any]:
    """The answers as columns; blank where consent was not given."""
    if state not in PREFIXES:
        return dict(BLANK)
    prefix = PREFIXES[state]
    ticked = cleaned.get(f"{prefix}agreed_to") or []
    return {
        **{column: code in ticked for code, column in AGREED_TO_COLUMNS.items()},
        "consent_limits": cleaned.get(f"{prefix}limits") or "",
        "consent_until": cleaned.get(f"{prefix}until"),
    }


def check_limits(form: Any, state: str) -> None:
    """Partial consent must say to which part: "see notes" does not."""
    part = state == Consent.GIVEN_PARTIAL and "part_limits" not in form.errors
    if part and is_empty_reason(form.cleaned_data.get("part_limits") or ""):
        form.add_error("part_limits", WHICH_PART)


def check_until(form: Any, state: str, first: date | None) -> None:
    """Consent does not end before it was given."""
    name = f"{PREFIXES.get(state, '')}until"
    last = form.cleaned_data.get(name)
    if last and first and last < first:
        form.add_error(name, ENDED)
