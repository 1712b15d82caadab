"""What a yes was a yes to: the questions that a yes opens, and that a yes to part opens once more.

One question cannot stand open under two answers, so those of a yes to part have names of their own.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms as django_forms

from decisions.facts.people import YES_TO, agreed_to
from decisions.models import ConsentEvent, DecisionPerson
from rules.codes import AgreedTo, Consent
from rules.empty_reasons import is_empty_reason
from ui.fields import Checkboxes, DateField, Textarea

PART = "part_"
PREFIXES: dict[str, str] = {Consent.GIVEN: "", Consent.GIVEN_PARTIAL: PART}
BLANK: dict[str, Any] = {**dict.fromkeys(YES_TO.values(), False), "limits": "", "until": None}
ENDED = "Enter a day that is not before they said so"
WHICH_PART = "Enter what they said yes to, and what not"


def yes_to() -> django_forms.MultipleChoiceField:
    return django_forms.MultipleChoiceField(
        label="What was their yes to?", choices=AgreedTo.choices(), widget=Checkboxes(),
        error_messages={"required": "Tick what they said yes to"},
        help_text="None of them stands for another.",
    )  # fmt: skip


def limits(*, part: bool = False) -> django_forms.CharField:
    return django_forms.CharField(
        label="What does it cover, and what not?", max_length=1000, required=part, widget=Textarea(rows=2),
        help_text="List what they said yes to." if part else "If they set limits.",
        error_messages={"required": WHICH_PART},
    )  # fmt: skip


def until() -> DateField:
    return DateField(label="Until when, if they said?", required=False)


def opened(*names: str) -> dict[str, list[str]]:
    """The table of what each yes opens."""
    return {state: [f"{prefix}{name}" for name in names] for state, prefix in PREFIXES.items()}


def initial(said: DecisionPerson | ConsentEvent | None, limit: str = "", last: date | None = None) -> dict[str, Any]:
    """What was answered, under both; where nothing was, what most yeses are to."""
    to = list(agreed_to(said)) if said else []
    one = {"yes_to": to or [AgreedTo.SHARING.value], "limits": limit, "until": last}
    return {f"{prefix}{name}": value for prefix in PREFIXES.values() for name, value in one.items()}


def columns(cleaned: Mapping[str, Any], state: str) -> dict[str, Any]:
    """The answers as columns; blank where it was no yes."""
    if state not in PREFIXES:
        return dict(BLANK)
    prefix = PREFIXES[state]
    ticked = cleaned.get(f"{prefix}yes_to") or []
    return {
        **{column: code in ticked for code, column in YES_TO.items()},
        "limits": cleaned.get(f"{prefix}limits") or "",
        "until": cleaned.get(f"{prefix}until"),
    }


def check_limits(form: Any, state: str) -> None:
    """A yes to part says to which: "see notes" does not."""
    part = state == Consent.GIVEN_PARTIAL and "part_limits" not in form.errors
    if part and is_empty_reason(form.cleaned_data.get("part_limits") or ""):
        form.add_error("part_limits", WHICH_PART)


def check_until(form: Any, state: str, first: date | None) -> None:
    """A yes does not end before it was said."""
    name = f"{PREFIXES.get(state, '')}until"
    last = form.cleaned_data.get(name)
    if last and first and last < first:
        form.add_error(name, ENDED)
