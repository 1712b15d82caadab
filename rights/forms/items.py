"""What is asked about one item of a record, and about the copy that is made of all of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from letters.models import LetterMade
from letters.routes import Route
from rights.actions.items import NOT_AS_SHOWN
from rights.entries import Entry
from rules.empty_reasons import is_empty_reason
from rules.explanation.versions import Layout
from rules.rights.grounds import access_grounds
from rules.rights.suggest import ItemChoice, Suggestion
from ui import forms
from ui.fields import Checkboxes, Radios, Textarea

LAW, WHY = "Which law lets you withhold it?", "Why does that apply here?"


def _ground() -> django_forms.ChoiceField:
    choices = [(code, ground.plain_english) for code, ground in access_grounds().items()]
    hints = {code: ground.citation for code, ground in access_grounds().items()}
    return django_forms.ChoiceField(
        label=LAW, choices=choices, widget=Radios(hints=hints, small=True),
        error_messages={"required": "Choose which law lets you withhold it"},
    )  # fmt: skip


def _why() -> django_forms.CharField:
    return django_forms.CharField(
        label=WHY, max_length=1000, widget=Textarea(rows=2), help_text="For our own record. They do not see it.",
        error_messages={"required": "Enter why that applies here"},
    )  # fmt: skip


class GiveForm(forms.Form):
    """Several items of a record given as they are, each shown whole beside its box.

    Ticked beforehand but where there is a doubt.
    """

    items = django_forms.MultipleChoiceField(
        label="Which of these will you give as they are?", widget=Checkboxes(),
        error_messages={"required": "Tick what you will give as it is, or decide an item on a page of its own",
                        "invalid_choice": NOT_AS_SHOWN},
    )  # fmt: skip

    def __init__(self, *args: Any, together: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = list(together)
        self.fields["items"].choices = [(entry.key, entry.key) for entry in entries]  # type: ignore[attr-defined]
        self.initial = {"items": [entry.key for entry in entries if not entry.doubt]}


class ItemForm(forms.Form):
    """Nothing is chosen beforehand but the law that was suggested, once it is left out."""

    refuses_concealed = True
    choice = django_forms.ChoiceField(
        label="What will you do with it?",
        choices=ItemChoice.choices(),
        widget=Radios(
            reveals={
                ItemChoice.PART: ["given", "part_ground", "part_reason"], ItemChoice.LEAVE_OUT: ["ground", "reason"]
            }
        ),
        error_messages={"required": "Choose what you will do with it"},
    )  # fmt: skip
    given = django_forms.CharField(
        label="What will they read?",
        max_length=4000,
        widget=Textarea(rows=4),
        help_text="A whole sentence that stands alone. Do not show that anything is missing: no dots, no gaps.",
        error_messages={"required": "Enter what they will read"},
    )
    part_ground, part_reason = _ground(), _why()
    ground, reason = _ground(), _why()

    def __init__(self, *args: Any, suggestion: Suggestion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if suggestion and not self.initial:
            self.initial = {"ground": suggestion.ground, "part_ground": suggestion.ground}

    def clean_given(self) -> str:
        given = str(self.cleaned_data["given"])
        if is_empty_reason(given) or any(mark in given for mark in ("[", "]", "█", "…", "...", "***")):
            raise ValidationError("Write a whole sentence, without brackets, dots or marks where something was")
        return given

    def clean_reason(self) -> str:
        return _in_own_words(self.cleaned_data["reason"])

    def clean_part_reason(self) -> str:
        return _in_own_words(self.cleaned_data["part_reason"])

    def answers(self) -> dict[str, str]:
        data = self.cleaned_data
        if data["choice"] == ItemChoice.PART:
            return {"choice": data["choice"], "given": data["given"], "ground": data["part_ground"],
                    "reason": data["part_reason"]}  # fmt: skip
        if data["choice"] == ItemChoice.LEAVE_OUT:
            return {"choice": data["choice"], "ground": data["ground"], "reason": data["reason"]}
        return {"choice": data["choice"]}


def _in_own_words(reason: str) -> str:
    if reason and is_empty_reason(reason):
        raise ValidationError("Enter why that applies here, in your own words")
    return reason


class CopyForm(forms.Form):
    contact = django_forms.CharField(
        label="Who can they talk to?",
        max_length=300,
        help_text="A name, and a phone number or an address they can use.",
        error_messages={"required": "Enter who they can talk to"},
    )
    layout = django_forms.ChoiceField(
        label="How is it set out?", choices=[(each.value, each.label) for each in (Layout.STANDARD, Layout.LARGE)],
        widget=Radios(), initial=Layout.STANDARD.value,
    )  # fmt: skip
    format = django_forms.ChoiceField(
        label="What do you need?", choices=LetterMade.Format.choices, widget=Radios(), initial=LetterMade.Format.PDF
    )
    route = django_forms.ChoiceField(
        label="How will it reach them?",
        choices=Route.choices(),
        widget=Radios(),
        error_messages={"required": "Select how it will reach them"},
    )

    def __init__(self, *args: Any, refused: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget: Any = self.fields["route"].widget
        widget.hints = {route: f"Not now. {why}" for route, why in refused.items()}

    def answers(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"contact": data["contact"], "layout": data["layout"], "output_format": data["format"],
                "route": data["route"]}  # fmt: skip
