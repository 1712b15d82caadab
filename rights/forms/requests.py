"""What is asked about a request, and about what happens with it."""

from typing import Any, ClassVar

from django import forms as django_forms
from django.core.exceptions import ValidationError

from decisions.forms.events import set_required_messages
from rights.models import RequestEvent, RightsRequest
from rules.empty_reasons import is_empty_reason
from rules.rights.codes import OF_BODIES, OUTCOMES_OF, Asker, RequestKind
from ui import forms
from ui.fields import DateField, Radios, Textarea

ONE_OF_THEM = "Enter their date of birth, or a reference"
FIELDS = ["kind", "wanted", "asker", "their_reference", "wanted_by", "received_on", "answer_how"]
NAMES = {Asker.PARENT: "parent_name", Asker.REPRESENTATIVE: "representative_name", Asker.BODY: "body_name"}
ONLY_A_BODY = "For a court order or a request of a regulator, choose “A court or a regulator”"
NOT_A_BODY = "A court or a regulator asks for records. For anything else, choose whose request it is"
OF_A_BODY = ["body_name", "their_reference", "wanted_by"]
OPENS = {asker.value: OF_A_BODY if asker == Asker.BODY else [name] for asker, name in NAMES.items()}
ON_RECORD = "As it is written on the family's record, if they are on it."


class RequestForm(forms.ModelForm[RightsRequest]):
    """As a practitioner passes a request on: about somebody whose page they came from."""

    refuses_concealed = True
    received_on = DateField(label="When did they ask?", when="past")
    parent_name = django_forms.CharField(
        label="What is the parent's name?",
        max_length=200,
        help_text=ON_RECORD,
        error_messages={"required": "Enter the parent's name"},
    )
    representative_name = django_forms.CharField(
        label="What is their name?",
        max_length=200,
        help_text=ON_RECORD,
        error_messages={"required": "Enter the name of the person who acts for them"},
    )

    body_name = django_forms.CharField(
        label="Which court or regulator is it?",
        max_length=200,
        error_messages={"required": "Enter which court or regulator it is"},
    )
    wanted_by = DateField(label="By which day do they want it? (optional)", required=False)

    class Meta:
        model = RightsRequest
        fields = FIELDS
        labels = {
            "kind": "What do they ask for?",
            "wanted": "What do they say?",
            "asker": "Who asks?",
            "their_reference": "Their reference (optional)",
            "answer_how": "How do they want the answer? (optional)",
        }
        help_texts = {
            "wanted": "In their words, as far as you can. They need no form, and need not give a reason.",
            "their_reference": "Such as the number of the case or of the order.",
            "answer_how": "Such as on paper, by email, or read together. Ask them what is safe.",
        }
        widgets: ClassVar[dict[str, Any]] = {
            "kind": Radios(),
            "wanted": Textarea(rows=3),
            "asker": Radios(reveals=OPENS),
        }

    field_order = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = RequestKind.choices()  # type: ignore[attr-defined]
        self.fields["asker"].choices = Asker.choices()  # type: ignore[attr-defined]
        set_required_messages(
            self, kind="Choose what they ask for", wanted="Enter what they say", asker="Choose who asks"
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        kind, asker = found.get("kind"), found.get("asker")
        if kind and asker and (kind in OF_BODIES) != (asker == Asker.BODY):
            self.add_error("asker", ONLY_A_BODY if kind in OF_BODIES else NOT_A_BODY)
        return found

    def answers(self) -> dict[str, Any]:
        name = NAMES.get(self.cleaned_data["asker"], "")
        return {key: self.cleaned_data[key] for key in FIELDS} | {"asked_by_name": self.cleaned_data.get(name, "")}


class OpenForm(RequestForm):
    """As the data protection officer opens one: first whom it is about, found by what only they would know."""

    name = django_forms.CharField(
        label="What is the full name of the person it is about?",
        max_length=100,
        help_text="Exactly as it was written down. One person at a time: each look-up is entered in the audit log.",
        error_messages={"required": "Enter the full name of the person it is about"},
    )
    born = DateField(label="Their date of birth", required=False, when="past")
    reference = django_forms.CharField(
        label="Or the reference of their family, or of a decision about them",
        max_length=20,
        required=False,
        help_text="Such as F-7K2M9Q or D-7K2M9Q.",
    )
    identity = django_forms.CharField(
        label="How did you check who they are, and that they may ask? (optional)",
        max_length=2000,
        required=False,
        widget=Textarea(rows=2),
        help_text="Leave it empty if you have not yet. You can add it later, before anything is given.",
    )

    field_order = ["name", "born", "reference", *FIELDS, "identity"]

    def clean_reference(self) -> str:
        found = str(self.cleaned_data["reference"]).strip()
        if not found and not self.cleaned_data.get("born") and "born" not in self.errors:
            raise ValidationError(ONE_OF_THEM)
        return found

    def asked_for(self) -> dict[str, Any]:
        """What the person is found by."""
        return {key: self.cleaned_data[key] for key in ("name", "born", "reference")}


class EventForm(forms.ModelForm[RequestEvent]):
    """What happened, and on which day."""

    on_day = DateField(label="On which day?", when="past")

    class Meta:
        model = RequestEvent
        fields = ["text", "on_day"]
        widgets: ClassVar[dict[str, Any]] = {"text": Textarea(rows=3)}

    def __init__(self, *args: Any, text: str, day: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = text, hint
        self.fields["on_day"].label = day
        set_required_messages(self, text="Enter an answer to this question")

    def clean_text(self) -> str:
        if is_empty_reason(self.cleaned_data["text"]):
            raise ValidationError("Enter it in your own words")
        return str(self.cleaned_data["text"])

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class MoreTimeForm(EventForm):
    months = django_forms.TypedChoiceField(
        label="How much longer will it take?",
        choices=[("1", "One month"), ("2", "Two months")],
        coerce=int,
        widget=Radios(),
        error_messages={"required": "Choose how much longer it will take"},
    )

    class Meta(EventForm.Meta):
        fields = ["months", "text", "on_day"]

    field_order = ["months", "text", "on_day"]


class CloseForm(EventForm):
    """How it ended. `not_informed`: who of those that got something wrong has not been told so."""

    class Meta(EventForm.Meta):
        fields = ["outcome", "text", "answered_how", "on_day", "why_not_informed"]
        labels = {
            "answered_how": "How did the answer reach them?",
            "why_not_informed": "Why are those who got it not told? (optional)",
        }
        help_texts = {
            "answered_how": "Such as handed over in person, or by post to a safe address.",
            "why_not_informed": "Only if it is impossible, or takes effort out of all proportion.",
        }
        widgets = {**EventForm.Meta.widgets, "outcome": Radios(), "why_not_informed": Textarea(rows=2)}

    field_order = ["outcome", "text", "answered_how", "on_day", "why_not_informed"]

    def __init__(self, *args: Any, kind: str, not_informed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code.value, code.label) for code in OUTCOMES_OF[kind]]
        asked = django_forms.ChoiceField(
            label="How did it end?",
            choices=choices,
            widget=Radios(),
            error_messages={"required": "Choose how it ended"},
        )  # fmt: skip
        self.add_field("outcome", asked)
        self.fields["answered_how"].required = True
        if not not_informed:
            del self.fields["why_not_informed"]
        self.order_fields(self.field_order)
        set_required_messages(self, answered_how="Enter how the answer reached them")

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name, "") for name in self._meta.fields or ()}
