"""What is asked once for everything on the page: who it is about, and what it includes."""

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.utils.text import Truncator, get_text_list

from decisions.facts.decision import included, sensitivities_of
from decisions.forms.part_form import PartForm
from decisions.models import Decision, DecisionItem
from drafting.draft import Draft
from drafting.pages.information_item import ItemForm
from rules.codes import RISK_OF_HARM
from rules.included import INCLUDED_KINDS, Includes
from ui.fields import Checkbox, Checkboxes

# How much of an item is shown where it is named in a list.
SHOWN = 90
UNANSWERED = "Tick what it includes, or “None of these”"


class AllForm(PartForm[Decision]):
    """The first questions of the page, each answered for every item at once."""

    share_all = django_forms.BooleanField(required=False, widget=Checkbox())
    about = django_forms.MultipleChoiceField(
        label="Who is this about?", required=False, widget=Checkboxes(inline=True, small=True),
        help_text="This applies to everything below. If one of them is about somebody else, say so in its details.",
    )  # fmt: skip

    class Meta:
        model = Decision
        fields: list[str] = []

    def __init__(self, *args: Any, draft: Draft, offers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in draft.person_names.items()]
        if len(people) > 1:
            self.fields["about"].choices = people  # type: ignore[attr-defined]
        else:
            del self.fields["about"]
        share_all = self.fields["share_all"]
        recipients = get_text_list(list(draft.recipient_names.values()), "and")
        share_all.label = f"Share all of this with {recipients}"
        share_all.help_text = "Then choose only what you withhold or leave out."
        if not offers:
            del self.fields["share_all"]


def most_common_about(items: Sequence[DecisionItem]) -> list[str]:
    """Whom most of the saved items are about: the answer for all of them."""
    found = [about_of(item) for item in items]
    return max(found, key=found.count, default=[])


def about_of(item: DecisionItem) -> list[str]:
    return [str(row.person_id) for row in item.about.all()]


class IncludesForm(PartForm[Decision]):
    """What the shared information includes; under each kind, which of the items it is, where there are several."""

    includes = django_forms.MultipleChoiceField(
        label="Does what you share include any of these?", choices=Includes.choices(),
        error_messages={"required": UNANSWERED},
    )  # fmt: skip

    bare = True

    class Meta:
        model = Decision
        fields: list[str] = []

    def __init__(self, *args: Any, draft: Draft, rows: Sequence[ItemForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        named = _named(rows)
        field = self.fields["includes"]
        reveals = {kind.value: [f"in_{kind}"] for kind in INCLUDED_KINDS} if len(rows) > 1 else {}
        field.widget = Checkboxes(
            reveals=reveals, exclusive=Includes.NONE.value, dividers={Includes.NONE.value: "or"}, small=True
        )
        field.choices = Includes.choices()  # type: ignore[attr-defined]
        field.help_text = _reminder(draft)
        self.initial["includes"] = included(draft.decision)
        for kind in INCLUDED_KINDS if reveals else ():
            self._ask_which(kind, named)

    def _ask_which(self, kind: Includes, named: list[tuple[str, str]]) -> None:
        which = django_forms.MultipleChoiceField(
            label=f"Which of it includes “{kind.label}”?", choices=named, required=False, widget=Checkboxes(small=True)
        )
        self.add_field(f"in_{kind}", which)
        self.initial[f"in_{kind}"] = [
            str(number)
            for number, row in enumerate(self.rows)
            if row.instance.pk and kind.value in sensitivities_of(row.instance)
        ]

    def _typed(self, name: str) -> bool:
        """Ticks under a kind that is not ticked contradict it, unless they were saved with the kind before."""
        if not name.startswith("in_"):
            return super()._typed(name)
        return bool(set(self[name].data or []) - set(self.initial[name]))

    def clean_includes(self) -> list[str]:
        answer: list[str] = self.cleaned_data["includes"]
        if Includes.NONE in answer and len(answer) > 1:
            raise django_forms.ValidationError("Untick “None of these”, or untick the others")
        return answer

    def kinds(self, number: int) -> set[str]:
        """What the item in this row includes. With one shared item, everything that is ticked is in it."""
        answer = {kind for kind in self.cleaned_data.get("includes") or [] if kind != Includes.NONE}
        if self._only_one == number:
            return answer
        return {kind for kind in answer if str(number) in (self.cleaned_data.get(f"in_{kind}") or [])}

    @property
    def _given(self) -> list[int]:
        return [number for number, row in enumerate(self.rows) if row.given]

    @property
    def _only_one(self) -> int | None:
        return self._given[0] if len(self._given) == 1 else None

    def check(self) -> None:
        """Each kind that is ticked is in something that is shared."""
        found = {kind for number in self._given for kind in self.kinds(number)}
        for kind in INCLUDED_KINDS:
            if kind in self.cleaned_data["includes"] and kind not in found and self._given:
                self.add_error(f"in_{kind}", f"Tick which of what you share includes “{kind.label}”")


def _named(rows: Sequence[ItemForm]) -> list[tuple[str, str]]:
    """Each row by its words. No two read the same: where they would, and where there are none yet, by number."""
    words = [Truncator(str(row["text"].value() or "").strip()).chars(SHOWN) for row in rows]
    return [
        (str(number), f"{text} ({row.numbered})" if words.count(text) > 1 and text else text or row.numbered)
        for number, (row, text) in enumerate(zip(rows, words, strict=True))
    ]


def _reminder(draft: Draft) -> str:
    """Raised here, not only at the check: where harm is recorded with a suspected source, a crime may be alleged."""
    sources = [draft.person_names[person.pk] for person in draft.people if person.source_of_harm]
    if not sources or draft.decision.level not in RISK_OF_HARM:
        return ""
    named = get_text_list(sources, "and")
    return (
        f"You recorded harm, and that {named} may be its source. What somebody is said to have done to a child may be "
        "a crime, even if nobody was charged."
    )
