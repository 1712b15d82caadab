"""Reading somebody's words back to them while a decision is still a draft: optional, and often done at once."""

from typing import Any

from django import forms as django_forms

from rules.contact import ReadBack
from ui.fields import Radios

LABELS = {
    "read_back": "Did you read it back to them? What did they say?",
    "corrected_to": "How should it be?",
    "read_back_by": "Who read it back to them?",
}
WHEN = "When was it read back to them?"
HELP_TEXTS = {
    "read_back": "Reading their words back shows that you heard them. What you wrote first stays.",
    "corrected_to": "In their own words.",
    "read_back_by": "Name and role. If it was you, leave this empty.",
}
WHEN_HELP = "If that was when they said it, leave this empty."
NOTHING = "Enter what they said, in their own words, or choose “Not read back yet”"
LONGEST_NAME = 200
WHAT = "Choose what they said when it was read back, or clear when and who"
CHOICES = [("", "Not read back yet"), *ReadBack.choices()]


def widget() -> Radios:
    return Radios(reveals={ReadBack.CORRECTED: ["corrected_to"]})


def check(form: django_forms.BaseForm) -> None:
    """What was read back is recorded, and read back after it was said. Nothing typed here is lost without a word."""
    answers = form.cleaned_data
    outcome = answers.get("read_back")
    typed = [name for name in ("read_back_at", "read_back_by") if answers.get(name) and name in form.changed_data]
    if not outcome and typed:
        form.add_error("read_back", WHAT)
    if not outcome or form.has_error("views") or form.has_error("child_views"):
        return
    if not (answers.get("views") or answers.get("child_views")):
        form.add_error("read_back", NOTHING)
        return
    if outcome == ReadBack.CORRECTED and not answers.get("corrected_to") and not form.has_error("corrected_to"):
        form.add_error("corrected_to", "Enter how it should be, in their own words")
    if not form.has_error("read_back_at") and not form.has_error("consent_at"):
        _check_time(form)


def _check_time(form: django_forms.BaseForm) -> None:
    read_at, said_at = form.cleaned_data.get("read_back_at"), form.cleaned_data.get("consent_at")
    if not (read_at or said_at):
        form.add_error("read_back_at", "Enter when it was read back to them")
    elif read_at and said_at and read_at < said_at:
        form.add_error("read_back_at", "Enter a time that is not before they said it")


def columns(answers: dict[str, Any], by: str) -> dict[str, Any]:
    """Without an answer whoever has the draft read it back, when it was said."""
    outcome = answers.get("read_back") or ""
    return {
        "read_back": outcome,
        "corrected_to": answers.get("corrected_to") or "" if outcome == ReadBack.CORRECTED else "",
        "read_back_at": answers.get("read_back_at") or answers.get("consent_at") if outcome else None,
        "read_back_by": answers.get("read_back_by") or by[:LONGEST_NAME] if outcome else "",
    }
