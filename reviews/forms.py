from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.namesakes import colleague_names
from reviews.models import Assignment, Reply, Review, ReviewOutcome, SecondLook
from rules.empty_reasons import squashed
from ui import forms
from ui.fields import Radios, Textarea


class AddedForm:
    """A model form that only validates; the action makes the row."""

    def _post_clean(self) -> None:
        """Skip building the instance."""


class ReviewForm(AddedForm, forms.ModelForm[Review]):
    class Meta:
        model = Review
        fields = ["outcome", "comment"]
        labels = {"outcome": "What is the outcome of your review?", "comment": "Your comment"}
        error_messages = {"outcome": {"required": "Choose the outcome of your review"}}
        help_texts = {"comment": "What was done well, your advice or your question. You cannot change it later."}
        widgets = {
            "outcome": Radios(
                hints={
                    ReviewOutcome.AGREED: "The decision was right and the reasons support it.",
                    ReviewOutcome.AGREED_WITH_ADVICE: "The decision was right. Say what to do better next time.",
                    ReviewOutcome.RETURNED: "Ask your question. When the author has replied, you review it again.",
                    ReviewOutcome.DISAGREED: "Say why. Another supervisor must review it too.",
                }
            ),
            "comment": Textarea(rows=5, count=True),
        }

    def clean(self) -> None:
        outcome = self.cleaned_data.get("outcome")
        if outcome and outcome != ReviewOutcome.AGREED and not squashed(self.cleaned_data.get("comment") or ""):
            self.add_error("comment", "Enter your advice, your question or your reasons")


class TextForm(AddedForm):
    """Asks for one text, and says what the database says of it: punctuation alone is not an answer."""

    cleaned_data: dict[str, Any]
    fields: dict[str, django_forms.Field]

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if not squashed(text):
            raise ValidationError(self.fields["text"].error_messages["required"])
        return text


class ReplyForm(TextForm, forms.ModelForm[Reply]):
    class Meta:
        model = Reply
        fields = ["text"]
        labels = {"text": "Your reply"}
        help_texts = {"text": "Your reply is shown with the review. You cannot change it later."}
        widgets = {"text": Textarea(rows=6, count=True)}


class SecondLookForm(TextForm, forms.ModelForm[SecondLook]):
    class Meta:
        model = SecondLook
        fields = ["text"]
        labels = {"text": "What do you think of this decision now?"}
        help_texts = {"text": "What you would do again or change, and what you will do now. You cannot edit it later."}
        widgets = {"text": Textarea(rows=6, count=True)}


class AssignForm(forms.Form):
    to = django_forms.ChoiceField(
        label="Who should review this decision?",
        widget=Radios(),
        error_messages={"required": "Choose who should review this decision"},
    )
    reason = django_forms.CharField(
        label="Why? (optional)",
        max_length=Assignment._meta.get_field("reason").max_length,
        required=False,
        help_text="Do not write about the family. For example: I am away from Monday.",
    )

    def __init__(self, *args: Any, offered: list[User], reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(reviewer.public_id): reviewer for reviewer in offered}
        names = colleague_names(offered)
        choices = [
            (key, "Me" if reviewer.pk == reader.pk else names[reviewer.pk])
            for key, reviewer in sorted(self.offered.items(), key=lambda pair: pair[1].pk != reader.pk)
        ]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        return self.offered[self.cleaned_data["to"]]
