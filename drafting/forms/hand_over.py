from collections.abc import Iterable
from typing import Any

from django import forms as django_forms

from accounts.models import User
from ui import forms
from ui.fields import Radios


class HandOverForm(forms.Form):
    to = django_forms.ChoiceField(
        label="Who should go on with it?",
        widget=Radios(),
        error_messages={"required": "Choose who should go on with it"},
    )

    def __init__(self, *args: Any, offered: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(one.public_id): one for one in offered}
        self.fields["to"].choices = [(key, one.full_name) for key, one in self.offered.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        return self.offered[self.cleaned_data["to"]]
