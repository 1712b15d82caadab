from typing import Any

from django import forms as django_forms

from decisions.facts import sensitivities_of
from decisions.journey.draft import Draft
from decisions.journey.pages.base import Page, PartForm, Rows, filled
from decisions.models import DecisionItem
from decisions.rules.codes import Sensitivity
from ui.fields import Checkbox, Checkboxes, Radios, Textarea


class ItemForm(PartForm[DecisionItem]):
    pk = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    about = django_forms.MultipleChoiceField(label="Who is it about?", required=False)
    sensitivities = django_forms.MultipleChoiceField(
        label="Is any of this so?", required=False, choices=Sensitivity.choices(),
        widget=Checkboxes(reveals={Sensitivity.PROCEEDINGS: ["proceedings_permission"]}),
    )  # fmt: skip
    give_to = django_forms.MultipleChoiceField(label="Give it to", required=False)
    kept_from = django_forms.MultipleChoiceField(label="It must not reach", required=False)
    remove = django_forms.BooleanField(label="Take this out", required=False, widget=Checkbox())

    class Meta:
        model = DecisionItem
        fields = ["text", "kind", "why_held", "proceedings_permission", "handling"]
        labels = {
            "text": "One piece of information",
            "kind": "What kind is it?",
            "why_held": "If somebody does not get it, why?",
            "proceedings_permission": "Which court permission or rule lets it be passed on?",
            "handling": "A label that must travel with it",
        }
        widgets = {"text": Textarea(rows=2), "kind": Radios(inline=True)}

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
                self.fields[name].widget = Checkboxes()
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        self.recipients = len(draft.recipients)

    def clean(self) -> None:
        given = self.cleaned_data.get("give_to") or []
        held = len(given) < self.recipients
        if self.cleaned_data.get("text") and held and not given and not self.cleaned_data.get("why_held"):
            self.add_error("why_held", "Enter why this is held back, or tick who gets it")


class GivePage(Page):
    key = "give"
    lead = "One thing at a time: what each of them needs, and what is held back. Only what is needed, only to those who need it."

    def build(self) -> None:
        items = self.draft.items
        rows = [self._row(index) for index in range(self.rows_typed("item", len(items)))]
        self.groups = [Rows("item", "What to give and what to hold back", rows, add="Add another item")]

    def _row(self, index: int) -> ItemForm:
        items = self.draft.items
        item = items[index] if index < len(items) else None
        initial: dict[str, Any] = {}
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
