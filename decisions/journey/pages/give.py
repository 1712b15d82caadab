import textwrap
from typing import Any

from django import forms as django_forms

from decisions.facts import sensitivities_of
from decisions.journey.draft import Draft
from decisions.journey.pages.base import Page, PartForm, Rows, filled
from decisions.models import DecisionItem
from decisions.rules.codes import ItemKind, Sensitivity
from ui.fields import Checkbox, Checkboxes, Radios, Textarea


class ItemForm(PartForm[DecisionItem]):
    pk = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    about = django_forms.MultipleChoiceField(label="Who is it about?", required=False)
    sensitivities = django_forms.MultipleChoiceField(
        label="Does it touch on any of these?", required=False, choices=Sensitivity.choices(),
        widget=Checkboxes(small=True, reveals={Sensitivity.PROCEEDINGS: ["proceedings_permission"]}),
    )  # fmt: skip
    give_to = django_forms.MultipleChoiceField(label="Who gets it?", required=False)
    kept_from = django_forms.MultipleChoiceField(label="Who must it never reach?", required=False)
    remove = django_forms.BooleanField(label="Take this out", required=False, widget=Checkbox())

    class Meta:
        model = DecisionItem
        fields = ["text", "kind", "why_held", "proceedings_permission", "handling"]
        labels = {
            "text": "What is it? One piece of information",
            "kind": "What kind is it?",
            "why_held": "If someone above does not get it, why not?",
            "proceedings_permission": "Which court permission or rule lets it be passed on?",
            "handling": "A label that must go with it",
        }
        help_texts = {"handling": "Such as “Not for the online record” or “Do not disclose to the father”."}
        widgets = {"text": Textarea(rows=2), "kind": Radios(inline=True, small=True)}

    field_order = [
        "pk", "text", "kind", "about", "give_to", "why_held", "sensitivities", "proceedings_permission", "kept_from",
        "handling", "remove",
    ]  # fmt: skip

    def __init__(self, *args: Any, draft: Draft, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = f"Item {number}"
        people = [(str(person.pk), person.person.name) for person in draft.people]
        for name, choices in (
            ("about", people), ("kept_from", people), ("give_to", [(str(r.pk), r.name) for r in draft.recipients]),
        ):  # fmt: skip
            if choices:
                self.fields[name].widget = Checkboxes(inline=True, small=True)
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        self.recipients = len(draft.recipients)
        self._keep_remove_only_if_used(suggested=bool(self.initial.get("text")))

    def has_changed(self) -> bool:
        """A kind without any words is still an empty row: radios cannot be unticked."""
        return bool(set(self.changed_data) - {"kind"})

    def clean(self) -> None:
        given = self.cleaned_data.get("give_to") or []
        held = len(given) < self.recipients
        if self.cleaned_data.get("text") and held and not given and not self.cleaned_data.get("why_held"):
            self.add_error("why_held", "Enter why this is held back, or tick who gets it above")


def _pieces(text: str, most: int) -> list[str]:
    """A long account as several items, parted between words: one piece of information has room for so much."""
    if len(text) <= most:
        return [text] if text else []
    return textwrap.wrap(text, most, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False)


class GivePage(Page):
    key = "give"
    lead = (
        "One thing at a time. Give only what is needed, and only to those who need it. Put down as well what you hold "
        "back, and why."
    )

    def build(self) -> None:
        items = self.draft.items
        self.suggested = [] if items or self.data is not None or not self.fresh else self._suggestions()
        least = max(1, len(self.suggested))
        rows = [self._row(index) for index in range(self.rows_typed("item", len(items), least=least))]
        self.groups = [Rows("item", "What to give and what to hold back", rows, add="Add another item")]

    def _suggestions(self) -> list[dict[str, Any]]:
        """What page 2 says, so that nothing is typed twice. Who gets it is never suggested."""
        decision = self.draft.decision
        said = [
            (ItemKind.FACT, decision.facts),
            (ItemKind.OPINION, decision.opinion),
            (ItemKind.CHILD_WORDS, decision.child_words),
        ]
        most = DecisionItem._meta.get_field("text").max_length or 0
        return [{"kind": kind.value, "text": piece} for kind, text in said for piece in _pieces(text, most)]

    def _row(self, index: int) -> ItemForm:
        items = self.draft.items
        item = items[index] if index < len(items) else None
        initial: dict[str, Any] = dict(self.suggested[index]) if index < len(self.suggested) else {}
        if item:
            initial = {
                "pk": item.pk,
                "about": [str(row.person_id) for row in item.about.all()],
                "kept_from": [str(row.person_id) for row in item.must_not_reach.all()],
                "give_to": [str(row.recipient_id) for row in item.grid.all() if row.given],
                "sensitivities": sensitivities_of(item),
            }
        return ItemForm(
            self.data, instance=item, prefix=f"item-{index}", initial=initial, draft=self.draft, number=index + 1,
            empty_permitted=item is None, error_prefix=f"Item {index + 1}",
        )  # fmt: skip

    def check(self) -> None:
        if not filled(self.groups[0].rows):
            self.groups[0].rows[0].add_error("text", "Enter at least one piece of information")
