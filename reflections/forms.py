from typing import Any

from django import forms as django_forms

from accounts.models import User
from accounts.namesakes import colleague_names
from reflections.downloads import CodeTheme, FileFormat, Shape
from reflections.models import Reflection
from reflections.questions import QUESTIONS, WORDS
from ui import forms
from ui.fields import Checkbox, Checkboxes, Radios, Textarea

RELOAD = (
    "This page no longer knows which version you are changing. Copy what you typed, open the page again and paste it"
)


class ReflectionForm(forms.ModelForm[Reflection]):
    """Every question is optional, but an empty reflection is none."""

    folded_fields = ("discussion",)
    folded_title = "If you talked about it with somebody"
    version = django_forms.IntegerField(
        min_value=0, widget=django_forms.HiddenInput, initial=0,
        error_messages={"required": RELOAD, "invalid": RELOAD, "min_value": RELOAD},
    )  # fmt: skip

    class Meta:
        model = Reflection
        fields = [*WORDS]
        labels = {name: question.label for name, question in QUESTIONS.items()}
        help_texts = {name: question.hint for name, question in QUESTIONS.items()}
        widgets = {name: Textarea(rows=4, count=True) for name in WORDS}

    def _post_clean(self) -> None:
        """Skip building the instance: the action makes the row."""

    def clean(self) -> None:
        if not self.errors and not any(self.cleaned_data[name] for name in WORDS):
            self.add_error(WORDS[0], "Write an answer to at least one question")

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORDS}


class ReaderForm(forms.Form):
    reader = django_forms.ChoiceField(
        label="Who may read it?", widget=Radios(), error_messages={"required": "Choose who may read it"}
    )

    def __init__(self, *args: Any, offered: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(user.public_id): user for user in offered}
        names = colleague_names(offered)
        self.fields["reader"].choices = [(key, names[user.pk]) for key, user in self.offered.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        return self.offered[self.cleaned_data["reader"]]


class CopyForm(forms.Form):
    shape = django_forms.ChoiceField(
        label="What is it for?",
        choices=Shape.choices(),
        widget=Radios(
            reveals={Shape.NURSING: ["themes"]},
            hints={
                Shape.SOCIAL_WORK: "Your answers under the headings of a CPD record.",
                Shape.NURSING: "Your answers under the headings of a reflective account. It must not identify anyone.",
            },
        ),
        error_messages={"required": "Choose what it is for"},
    )
    themes = django_forms.MultipleChoiceField(
        label="Which parts of the Code is it about?",
        choices=CodeTheme.choices(),
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one part of the Code"},
    )
    file_format = django_forms.ChoiceField(
        label="What kind of file?",
        choices=FileFormat.choices(),
        widget=Radios(),
        error_messages={"required": "Choose what kind of file"},
    )
    names_seen = django_forms.BooleanField(
        label="I have looked at these words. Download it as it is",
        widget=Checkbox(),
        error_messages={"required": "Take these words out first, or tick that you have looked at them"},
    )

    def __init__(self, *args: Any, doubtful: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not doubtful:
            del self.fields["names_seen"]
