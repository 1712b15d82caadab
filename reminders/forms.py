from django import forms

from reminders.models import Frequency
from ui.fields import Radios
from ui.forms import Form


class FrequencyForm(Form):
    frequency = forms.ChoiceField(
        label="When should we email you?",
        choices=Frequency.choices,
        widget=Radios(
            hints={
                Frequency.AS_DUE: "Soon after each one, at any time of day.",
                Frequency.DAILY: "In the morning, and only when something is due.",
            }
        ),
        error_messages={"required": "Select when we should email you"},
    )
