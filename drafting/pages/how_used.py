"""How each recipient will use what it gets, which the family is told: beside its name, to change for this decision."""

from typing import Any

from decisions.forms.part_form import PartForm
from decisions.models import DecisionRecipient
from drafting.draft import Draft
from drafting.pages.base import Rows
from drafting.record_copies import how_used, how_used_of
from drafting.rows import set_columns
from ui.fields import Textarea

HEADING = "How they will use it"
HINT = "Tell the family this as well. Change it if they will use it in another way this time."
NO_WORDS = "The address book does not say. Letters and talks have a sentence for this kind of service."


class HowUsedForm(PartForm[DecisionRecipient]):
    folded_fields = ("how_used",)

    class Meta:
        model = DecisionRecipient
        fields = ["how_used"]
        help_texts = {"how_used": "In plain words, for this decision only. Do not name anyone in the family."}
        widgets = {"how_used": Textarea(rows=2)}

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, error_prefix=name, **kwargs)
        self.saved = how_used(self.instance)
        self.initial["how_used"] = self.saved
        self.legend, self.lead = name, self.saved or NO_WORDS
        self.fields["how_used"].label = f"How will {name} use it?"
        self.folded_title = f"Change how {name} will use it"

    @property
    def is_unfolded(self) -> bool:
        """What stands above it already is no answer to look at."""
        return bool(self["how_used"].errors) or (self.is_bound and self.has_changed())

    def save_answer(self) -> None:
        """The address book's words stay the address book's until somebody changes them here."""
        if self.add_prefix("how_used") not in self.data:
            return  # a recipient added in another tab meanwhile: it was not asked about
        typed = self.cleaned_data["how_used"].strip()
        answer = {"how_used": typed, "how_used_changed": typed != how_used_of(self.instance.recipient)}
        set_columns(self.instance, answer, answer)


def how_used_rows(draft: Draft, data: Any) -> Rows:
    names = draft.recipient_names
    forms = [HowUsedForm(data, instance=row, prefix=f"used-{row.pk}", name=names[row.pk]) for row in draft.recipients]
    return Rows("used", HEADING, forms, hint=HINT)
