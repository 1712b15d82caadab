from collections.abc import Iterable
from typing import Any

from django import forms as django_forms

from accounts.models import User
from accounts.namesakes import colleague_names
from ui import forms
from ui.fields import Radios


class HandOverForm(forms.Form):
    to = django_forms.ChoiceField(
        label="Who should take over this draft?",
        widget=Radios(),
        error_messages={"required": "Choose who should take over this draft"},
    )

    def __init__(self, *args: Any, offered: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(user.public_id): user for user in offered}
        names = colleague_names(self.offered.values())
        self.fields["to"].choices = [(key, names[user.pk]) for key, user in self.offered.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        return self.offered[self.cleaned_data["to"]]
