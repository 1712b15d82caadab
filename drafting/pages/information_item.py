"""One item of information: a sentence written before or one typed here, who gets it, and its details on demand."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from decisions.forms.part_form import PartForm
from decisions.models import DecisionItem
from drafting.draft import Draft
from rules.codes import ItemKind, Sensitivity, Trigger
from ui.base_fields import copied
from ui.fields import Checkbox, Checkboxes, Radios, Textarea

SHARE, WITHHOLD = "share", "withhold"
# Shared with some of several recipients; or neither shared nor recorded as withheld.
SOME, LEAVE = "some", "leave"
# Asked when an order covers only some days.
DAYS = ["dated_from", "dated_to"]
# What an item is besides what the whole decision includes.
OF_ITEM = (Sensitivity.CONFIDENCE, Sensitivity.PROCEEDINGS, Sensitivity.SOURCE)
BEHIND_DETAILS = ("about", "sensitivities", "not_disclosed_to", "handling", *DAYS)
# Words typed in a row that nothing was chosen for are not dropped.
WORDS = ("text", "handling", "proceedings_permission")
# As much of a sentence as tells it apart in a list of errors.
BEGINNING = 60
CHOOSE = "Choose whether to share it or withhold it"
SAME_REASON = "Leave this empty if it is for the same reason as the one before."


class ItemForm(PartForm[DecisionItem]):
    pk = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    sentence = django_forms.CharField(required=False, max_length=4000, widget=django_forms.HiddenInput)
    gets = django_forms.ChoiceField(label="Share it or withhold it?", required=False)
    why = django_forms.CharField(label="Why is it withheld?", max_length=500, required=False)
    about = django_forms.MultipleChoiceField(
        label="Who is this one about, if it is different?", required=False, widget=Checkboxes(inline=True, small=True)
    )
    sensitivities = django_forms.MultipleChoiceField(
        label="Is it any of these?", required=False, choices=[(code.value, code.label) for code in OF_ITEM],
        widget=Checkboxes(small=True, reveals={Sensitivity.PROCEEDINGS: ["proceedings_permission"]}),
    )  # fmt: skip
    not_disclosed_to = django_forms.MultipleChoiceField(
        label="Must not be disclosed to", required=False, widget=Checkboxes(inline=True, small=True)
    )
    remove = django_forms.BooleanField(label="Remove", required=False, widget=Checkbox())

    always_optional = ("not_disclosed_to", "handling")
    needed_if = ("why",)

    class Meta:
        model = DecisionItem
        fields = ["text", "kind", *DAYS, "proceedings_permission", "handling"]
        labels = {
            "text": "What is it? One piece of information",
            "kind": "What kind is it?",
            "dated_from": "Which day is it about, or the first of them?",
            "dated_to": "And the last day, if it is about more than one?",
            "proceedings_permission": "Which court permission or rule allows you to share it?",
            "handling": "A label that must go with it",
        }
        help_texts = {"handling": "Such as “Not for the online record” or “Do not disclose to the father”."}
        widgets = {"text": Textarea(rows=2), "kind": Radios(inline=True, small=True)}
        error_messages = {
            "text": {"required": "Enter one piece of information"},
            "kind": {"required": "Choose what kind of information it is"},
        }

    def __init__(
        self, *args: Any, draft: Draft, number: int, named: Mapping[str, django_forms.Field], all_shared: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        """`named` are the fields that name the people and the recipients, the same in every row: `named_fields`.

        `all_shared` says that what is not chosen otherwise on the page is shared with every recipient.
        """
        super().__init__(*args, **kwargs)
        self.number, self.all_shared = number, all_shared
        # The reason of the withheld item before this one, for one that gives none.
        self.same_reason = ""
        for name in ("about", "not_disclosed_to"):
            del self.fields[name]
        self.fields.update({name: copied(field) for name, field in named.items()})
        if draft.decision.trigger != Trigger.COURT_ORDER or not (draft.decision.order_from or draft.decision.order_to):
            for name in DAYS:
                del self.fields[name]
        self.recipients = draft.recipient_names
        # After the labels are set: a bound field keeps the label it had when it was first read.
        self._in_order(number)
        self._keep_remove_only_if_used()

    def _in_order(self, number: int) -> None:
        """A sentence is chosen by its own words; an item written here asks for words and kind first."""
        self.named = f"Sentence {number}"
        self.numbered = self.named if self.suggested else f"Item {number}"
        # No number is seen beside a sentence, so an error names it by its words.
        self.error_prefix = (
            f"“{Truncator(self.initial['sentence']).chars(BEGINNING)}”" if self.suggested else self.numbered
        )
        gets = self.fields["gets"]
        if number > 1:
            self.fields["why"].help_text = SAME_REASON
        if self.suggested:
            gets.label = self.initial["sentence"]
            gets.help_text = ItemKind.label_of(str(self.initial.get("kind") or ""))
            words: tuple[str, ...] = ("text", "kind")
        else:
            self.legend = f"Item {number}"
            del self.fields["sentence"]
            words = ()
        gets.widget = Radios(inline=False, small=True, reveals=self._reveals())
        gets.choices = self._choices()  # type: ignore[attr-defined]
        self.on_demand = (*words, *BEHIND_DETAILS, "remove")
        shown = ["text", "kind", "gets"] if not self.suggested else ["gets"]
        self.order_fields(["pk", "sentence", *shown, "why", *self._grid, *words, *BEHIND_DETAILS, "remove"])

    @property
    def _grid(self) -> list[str]:
        """Asked for each recipient, where there are several and they do not all get it."""
        return [name for key in self.recipients for name in (f"to_{key}", f"why_{key}") if name in self.fields]

    def _reveals(self) -> dict[str, list[str]]:
        some = [name for name in self._grid if name.startswith("to_")]
        return {WITHHOLD: ["why"], **({SOME: some} if some else {})}

    def _choices(self) -> list[tuple[str, str]]:
        several = len(self.recipients) > 1
        choices = [(SHARE, "Share with all of them" if several else "Share")]
        if several:
            choices.append((SOME, "Share with some of them"))
        choices.append((WITHHOLD, "Withhold"))
        return [*choices, (LEAVE, "Leave out")] if self.suggested else choices

    def clean_dated_to(self) -> date | None:
        last: date | None = self.cleaned_data["dated_to"]
        first = self.cleaned_data.get("dated_from")
        if first and last and last < first:
            raise ValidationError("Enter a day that is not before the first day")
        return last

    def clean_gets(self) -> str:
        gets = str(self.cleaned_data["gets"]) or (SHARE if self.all_shared else "")
        if not gets or gets == LEAVE:
            raise ValidationError(CHOOSE)
        return gets

    @property
    def details_of(self) -> str:
        return self.numbered.lower()

    @property
    def suggested(self) -> bool:
        """Whether this is a suggested sentence, not a saved item."""
        return self.instance.pk is None and bool(self.initial.get("sentence"))

    def has_changed(self) -> bool:
        """A kind without text is still an empty row: radio buttons cannot be unticked."""
        changed = set(self.changed_data)
        if not self.suggested:
            return bool(changed - {"kind", "gets"})
        gets = self["gets"].data
        chosen = (bool(gets) and gets != LEAVE) or (self.all_shared and gets != LEAVE)
        return chosen or any(name in WORDS or name.startswith("why") for name in changed)

    def gives(self, key: int) -> bool:
        gets = self.cleaned_data["gets"]
        return bool(gets == SHARE or (gets == SOME and self.cleaned_data[f"to_{key}"] == SHARE))

    @property
    def given(self) -> bool:
        """Whether any recipient gets it."""
        return bool(self.cleaned_data.get("gets")) and any(self.gives(key) for key in self.recipients)

    @property
    def why_withheld(self) -> dict[int, str]:
        """The reason given here for each recipient who does not get it; the first counts for those after it."""
        answers, last, whys = self.cleaned_data, self.same_reason, {}
        for key in self.recipients:
            if not self.gives(key):
                own = answers["why"] if answers["gets"] == WITHHOLD else answers[f"why_{key}"]
                last = whys[key] = own or last
        return whys

    def check_reasons(self, same_reason: str) -> str:
        """Adds an error where nothing says why something is withheld; gives the reason for the next item."""
        self.same_reason = same_reason
        whys = self.why_withheld
        for key, why in whys.items():
            if not why:
                self.add_error(f"why_{key}" if self.cleaned_data["gets"] == SOME else "why", "Enter why it is withheld")
                return same_reason
        return next(reversed(whys.values()), same_reason)


def named_fields(draft: Draft) -> dict[str, django_forms.Field]:
    """Whom an item is about and must not reach, and for each of several recipients whether it is shared."""
    people = [(str(key), name) for key, name in draft.person_names.items()]
    prepared: dict[str, Any] = deepcopy(ItemForm.base_fields)
    # With one person on the decision there is nobody else an item could be about.
    wanted = ["about"] if len(people) > 1 else []
    fields = {name: prepared[name] for name in (*wanted, *(["not_disclosed_to"] if people else []))}
    for field in fields.values():
        field.choices = people
    names = draft.recipient_names
    for key, name in names.items() if len(names) > 1 else ():
        fields |= _share_or_withhold(key, name)
    return fields


def _share_or_withhold(key: int, recipient: str) -> dict[str, Any]:
    choice = django_forms.ChoiceField(
        label=f"{recipient}: share or withhold?", choices=[(SHARE, "Share"), (WITHHOLD, "Withhold")],
        widget=Radios(small=True, reveals={WITHHOLD: [f"why_{key}"]}),
        error_messages={"required": f"Choose whether {recipient} gets it"},
    )  # fmt: skip
    why = django_forms.CharField(label="Why is it withheld?", max_length=500, required=False)
    return {f"to_{key}": choice, f"why_{key}": why}
