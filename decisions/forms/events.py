"""Forms for receipts, responses, later consent and additions to the record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from decisions.forms import consent_terms
from decisions.models import Addition, ConsentEvent, Decision, DecisionPerson, DecisionRecipient, Receipt, Response
from decisions.presenters.people import person_names, recipient_names_of
from decisions.presenters.record import WHOLE, sections
from rules.codes import AGREED, AdditionKind, Consent, ResponseKind
from rules.empty_reasons import is_empty_reason
from ui import forms
from ui.fields import DateTimeField, Radios, Select, Textarea

LATER_STATES = (Consent.WITHDRAWN, Consent.OBJECTED, Consent.REFUSED, Consent.GIVEN, Consent.GIVEN_PARTIAL)


def set_required_messages(form: django_forms.BaseForm, **messages: str) -> None:
    """Set the message shown when a required field is empty."""
    for name, message in messages.items():
        form.fields[name].error_messages["required"] = message


class ReceiptForm(forms.ModelForm[Receipt]):
    received_at = DateTimeField(label="When was it received?", when="past")

    class Meta:
        model = Receipt
        fields = ["received_at", "received_by", "reference_given"]
        labels = {"received_by": "Who confirmed it?", "reference_given": "Their reference (optional)"}
        help_texts = {"received_by": "Name and role of the person who confirmed it."}

    def __init__(self, *args: Any, sent_at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent_at = sent_at
        set_required_messages(self, received_by="Enter who confirmed it")

    def clean_received_at(self) -> datetime:
        received_at: datetime = self.cleaned_data["received_at"]
        if received_at < self.sent_at.replace(second=0, microsecond=0):
            raise ValidationError("The time of receipt must be after it was sent")
        return received_at

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ResponseForm(forms.ModelForm[Response]):
    """Two options ask the same two questions, so each has its own pair of fields."""

    refuses_concealed = True
    recipient = django_forms.ChoiceField(label="Which recipient is this about?", widget=Select(), required=False)
    at = DateTimeField(label="When?", when="past")
    answered = django_forms.CharField(
        label="What did you answer?", max_length=2000, required=False, widget=Textarea(rows=3)
    )
    escalated_to = django_forms.CharField(label="Who did you escalate it to?", max_length=500, required=False)
    refusal_answered = django_forms.CharField(
        label="What did you answer?", max_length=2000, required=False, widget=Textarea(rows=3)
    )
    refusal_escalated_to = django_forms.CharField(label="Who did you escalate it to?", max_length=500, required=False)

    class Meta:
        model = Response
        fields = ["kind", "at", "text"]
        labels = {"kind": "What happened?", "text": "In a few words"}
        help_texts = {"text": "What they said or did, or how it ended for the child."}
        widgets = {
            "kind": Radios(
                reveals={
                    ResponseKind.NO_FURTHER_ACTION: ["answered", "escalated_to"],
                    ResponseKind.WOULD_NOT_TAKE_IT: ["refusal_answered", "refusal_escalated_to"],
                },
                hints={ResponseKind.WOULD_NOT_TAKE_IT: "Such as “we need the parent's consent first”."},
            ),
            "text": Textarea(rows=3),
        }

    field_order = [
        "recipient", "kind", "answered", "escalated_to", "refusal_answered", "refusal_escalated_to", "text", "at",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, recipients: Iterable[DecisionRecipient], numbers: Iterable[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = {str(recipient.pk): recipient for recipient in recipients}
        only = next(iter(self.recipients)) if len(self.recipients) == 1 else ""
        self.initial.setdefault("recipient", only)
        choices = [(str(key), name) for key, name in recipient_names_of(self.recipients.values()).items()]
        self.fields["recipient"].choices = [("", "None of them: how it ended for the child"), *choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = ResponseKind.choices()  # type: ignore[attr-defined]
        set_required_messages(self, kind="Choose what happened", text="Enter what they said or did, or how it ended")
        on_call = "; ".join(f"{row.label} {row.number}" for row in numbers)
        help_text = "Name and role: their manager, or whoever your escalation route names."
        for name in ("escalated_to", "refusal_escalated_to"):
            self.fields[name].help_text = (
                f"{help_text} Your organisation's numbers: {on_call}." if on_call else help_text
            )

    def clean(self) -> None:
        if self.cleaned_data.get("kind") not in {None, ResponseKind.ENDED} and not self.cleaned_data.get("recipient"):
            self.add_error("recipient", "Choose which recipient this is about")

    @property
    def chosen(self) -> DecisionRecipient | None:
        return self.recipients.get(self.cleaned_data["recipient"])

    def answers(self) -> dict[str, Any]:
        answers = self.cleaned_data
        return {
            "kind": answers["kind"], "at": answers["at"], "text": answers["text"],
            "answered": answers["answered"] or answers["refusal_answered"],
            "escalated_to": answers["escalated_to"] or answers["refusal_escalated_to"],
        }  # fmt: skip


class AdditionForm(forms.ModelForm[Addition]):
    refuses_concealed = True
    section = django_forms.ChoiceField(label="Which part of the record is it about?", widget=Select())
    stated_by = django_forms.ChoiceField(label="Whose account is it?", widget=Select())
    disputed_by = django_forms.ChoiceField(label="Who disputes it?", widget=Select())

    class Meta:
        model = Addition
        fields = ["kind", "text", "why"]
        labels = {
            "kind": "What do you want to add?",
            "text": "What do you want to add to the record?",
            "why": "Why are you adding it?",
        }
        help_texts = {"text": "For someone's own account, use their words.", "why": "Such as “I wrote the wrong day”."}
        widgets = {
            "kind": Radios(
                reveals={
                    AdditionKind.AMENDMENT: ["why"],
                    AdditionKind.STATEMENT: ["stated_by"],
                    AdditionKind.DISPUTED: ["disputed_by"],
                }
            ),
        }

    field_order = ["kind", "why", "stated_by", "disputed_by", "section", "text"]

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in decision.people.all()}
        people = [("", "---------"), *((str(key), name) for key, name in person_names(decision).items())]
        for name in ("stated_by", "disputed_by"):
            self.fields[name].choices = people  # type: ignore[attr-defined]
        parts = [(part.key, part.title) for part in sections(decision) if part.key != WHOLE]
        self.fields["section"].choices = [("", "---------"), *parts, (WHOLE, "The whole record")]  # type: ignore[attr-defined]
        self.fields["kind"].choices = AdditionKind.choices()  # type: ignore[attr-defined]
        self.fields["why"].required = True
        set_required_messages(
            self,
            kind="Choose what you want to add",
            why="Enter why you are adding it",
            text="Enter what you want to add",
            section="Choose which part of the record it is about",
            stated_by="Choose whose account it is",
            disputed_by="Choose who disputes it",
        )

    def clean_why(self) -> str:
        if is_empty_reason(self.cleaned_data["why"]):
            raise ValidationError("Enter why you are adding it, in your own words")
        return str(self.cleaned_data["why"])

    @property
    def chosen(self) -> DecisionPerson | None:
        return self.people.get(self.cleaned_data["stated_by"] or self.cleaned_data["disputed_by"])

    def answers(self) -> dict[str, Any]:
        answers = self.cleaned_data
        section = "" if answers["section"] == WHOLE else answers["section"]
        return {"kind": answers["kind"], "section": section, "text": answers["text"], "why": answers["why"]}


class AddConsentForm(forms.ModelForm[ConsentEvent]):
    """One person's later views or consent: a new row, whatever was recorded before."""

    refuses_concealed = True
    consent_at = DateTimeField(label="When did they say so?", when="past")
    agreed_to, limits, until = consent_terms.agreed_to(), consent_terms.limits(), consent_terms.until()
    part_agreed_to, part_limits, part_until = (
        consent_terms.agreed_to(),
        consent_terms.limits(part=True),
        consent_terms.until(),
    )

    class Meta:
        model = ConsentEvent
        fields = ["consent_state", "consent_at", "consent_how", "views"]
        labels = {
            "consent_state": "What do they say now?",
            "consent_how": "How?",
            "views": "What did they say, in their own words?",
        }
        help_texts = {"consent_how": "Such as by phone, or in writing."}
        widgets = {
            "consent_state": Radios(reveals=consent_terms.opened("agreed_to", "limits", "until")),
            "views": Textarea(rows=3),
        }

    field_order = [
        "consent_state", "agreed_to", "limits", "until", "part_agreed_to", "part_limits", "part_until",
        "consent_at", "consent_how", "views",
    ]  # fmt: skip

    def __init__(self, *args: Any, person: DecisionPerson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(consent_terms.initial())
        states = {person.consent_state, *person.consent_events.values_list("consent_state", flat=True)}
        had_agreed = states & (AGREED | {Consent.GIVEN_PARTIAL})
        offered = [code for code in LATER_STATES if had_agreed or code != Consent.WITHDRAWN]
        self.fields["consent_state"].choices = [(code.value, code.label) for code in offered]  # type: ignore[attr-defined]
        set_required_messages(self, consent_state="Choose what they say now")
        self.legend = self.error_prefix or person.name
        if person.source_of_harm:
            self.warning = (
                f"{self.legend} is an alleged or suspected source of harm. "
                "Do not ask them before you have taken advice."
            )

    def clean(self) -> None:
        state, at = self.cleaned_data.get("consent_state") or "", self.cleaned_data.get("consent_at")
        consent_terms.check_limits(self, state)
        consent_terms.check_until(self, state, timezone.localdate(at) if at else None)

    def answers(self) -> dict[str, Any]:
        answers = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return {**answers, **consent_terms.columns(self.cleaned_data, answers["consent_state"])}
