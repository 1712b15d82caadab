from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from accounts.models import Recipient
from decisions.forms.part_form import PartForm
from decisions.models import DecisionRecipient
from rules.organisations import RecipientKind
from ui import phones
from ui.fields import Checkbox, Select


class OtherRecipientForm(PartForm[DecisionRecipient]):
    pk = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    kind = django_forms.ChoiceField(
        label="What kind of service is it?", required=False, choices=[("", "---------"), *RecipientKind.choices()],
        widget=Select(),
    )  # fmt: skip
    remove = django_forms.BooleanField(label="Remove", required=False, widget=Checkbox())

    class Meta:
        model = DecisionRecipient
        fields = ["name", "kind", "person_or_role", "route_kind", "route"]
        labels = {
            "name": "Organisation or person",
            "person_or_role": "Name or role of who will get it",
            "route_kind": "How it is reached",
            "route": "Number or address, as checked",
        }
        widgets = {"route_kind": Select(choices=[("", "---------"), *Recipient.RouteKind.choices])}

    field_order = ["pk", "name", "kind", "person_or_role", "route_kind", "route", "remove"]
    folded_fields = ("route_kind", "route")
    folded_title = "More about them: how they are reached"

    def __init__(self, *args: Any, number: int, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, error_prefix=f"Recipient {number}", **kwargs)
        self.legend = f"Recipient {number} not in the address book"
        if answered:
            self.fields["remove"].label = "Remove, with everything written about sharing with them"
        self.fields["route"].help_text = "Check it before you send: a wrong number reaches the wrong person."
        self._keep_remove_only_if_used()

    def clean_route(self) -> str:
        route = str(self.cleaned_data["route"])
        if route and self.cleaned_data.get("route_kind") == Recipient.RouteKind.PHONE:
            refused = phones.refusal(route)
            if refused:
                raise ValidationError(refused)
        return route
