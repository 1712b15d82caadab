"""The urgent record: six questions for someone who has just ended the call."""

from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Team, User
from accounts.names import entry_names
from accounts.queries import current_recipients_visible_to, duty_numbers_visible_to
from drafting.forms.teams import offer_teams
from rules.empty_reasons import is_empty_reason, squashed
from ui import dates, forms
from ui.fields import DateTimeField, Radios, Select, Textarea

OTHER, BOOK = "other", "book"
POLICE, AMBULANCE = "Police, 999", "Ambulance, 999"
# More would push the next question off a phone's screen.
MOST_SHOWN = 12
HOW = ("By phone", "In person", "By secure email", "By an online form")


class UrgentForm(forms.Form):
    refuses_concealed = True

    who = django_forms.CharField(
        label="Who is it about?", max_length=500, widget=Textarea(rows=2),
        help_text="Whatever you know, such as a name, an age or where they are.",
        error_messages={"required": "Enter who it is about, as well as you know"},
    )  # fmt: skip
    information = django_forms.CharField(
        label="What did you tell them?", max_length=4000, widget=Textarea(rows=3),
        error_messages={"required": "Enter what you told them"},
    )  # fmt: skip
    recipient = django_forms.ChoiceField(label="Who did you tell?", error_messages={"required": "Choose who you told"})
    recipient_book = django_forms.ChoiceField(
        label="Who in the address book?", widget=Select(), error_messages={"required": "Choose who you told"}
    )
    recipient_other = django_forms.CharField(
        label="Who was that?", max_length=200, help_text="Their place of work, and a name or number if you have one.",
        error_messages={"required": "Enter who you told"},
    )  # fmt: skip
    why = django_forms.CharField(
        label="Why could it not wait?", max_length=2000, widget=Textarea(rows=2),
        error_messages={"required": "Enter why it could not wait"},
    )  # fmt: skip
    when = django_forms.ChoiceField(
        label="When did you tell them?",
        choices=[("now", "Just now"), ("today", "Earlier today"), (OTHER, "Another day")],
        widget=Radios(reveals={"today": ["today_at"], OTHER: ["other_at"]}),
        error_messages={"required": "Choose when you told them"},
    )
    today_at = django_forms.CharField(
        label="At what time?", max_length=20, help_text="Such as 2:30pm or 14:30.",
        widget=django_forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages={"required": dates.ENTER_TIME},
    )  # fmt: skip
    other_at = DateTimeField(label="On which day, and at what time?", when="past")
    how = django_forms.ChoiceField(
        label="How did you tell them?",
        choices=[*((text, text) for text in HOW), (OTHER, "Another way")],
        widget=Radios(reveals={OTHER: ["how_other"]}),
        error_messages={"required": "Choose how you told them"},
    )
    how_other = django_forms.CharField(
        label="Which way?", max_length=200, error_messages={"required": "Enter how you told them"}
    )
    team = django_forms.ChoiceField(label="For which of your teams?", widget=Radios())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._offer_recipients()
        self.teams = offer_teams(self, user)

    def _offer_recipients(self) -> None:
        """999, the organisation's own numbers, then as much of its address book as fits on the screen."""
        names = [POLICE, AMBULANCE]
        names += [number.label for number in duty_numbers_visible_to(self.user) if number.number != "999"]
        names += entry_names(current_recipients_visible_to(self.user)).values()
        known = list({name.casefold(): name for name in names}.values())
        shown, others = known[:MOST_SHOWN], known[MOST_SHOWN:]
        choices = [(name, name) for name in shown]
        if others:
            choices.append((BOOK, "Someone else in the address book"))
        else:
            del self.fields["recipient_book"]
        reveals = {BOOK: ["recipient_book"], OTHER: ["recipient_other"]}
        field = self.fields["recipient"]
        field.widget = Radios(reveals={key: names for key, names in reveals.items() if key != BOOK or others})
        field.choices = [*choices, (OTHER, "Someone else")]  # type: ignore[attr-defined]
        if others:
            self.fields["recipient_book"].choices = [("", "---------"), *((name, name) for name in others)]  # type: ignore[attr-defined]

    def _clean_reason(self, name: str, message: str) -> str:
        text = str(self.cleaned_data[name])
        if is_empty_reason(text):
            raise ValidationError(message)
        return text

    def clean_information(self) -> str:
        return self._clean_reason("information", "Enter what you told them, in words another reader would understand")

    def clean_why(self) -> str:
        return self._clean_reason("why", "Enter why it could not wait, in words another reader would understand")

    def clean_who(self) -> str:
        return self._clean_text("who")

    def clean_recipient_other(self) -> str:
        return self._clean_text("recipient_other")

    def clean_how_other(self) -> str:
        return self._clean_text("how_other")

    def _clean_text(self, name: str) -> str:
        """Punctuation alone is not an answer."""
        text = str(self.cleaned_data[name])
        if text and not squashed(text):
            raise ValidationError(self.fields[name].error_messages["required"])
        return text

    def clean_today_at(self) -> datetime | None:
        time = self.cleaned_data["today_at"]
        if not time:
            return None
        try:
            moment = dates.read_moment(timezone.localdate(), time, timezone.get_current_timezone())
        except dates.NotUnderstood as error:
            raise ValidationError(error.message) from error
        if moment > timezone.now():
            raise ValidationError("That time has not come yet today. If it was yesterday, choose “Another day”")
        return moment

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]

    def answers(self) -> dict[str, Any]:
        """The answers by column. `shared_at` is None for "just now": the action then uses the server's time."""
        answers = self.cleaned_data
        recipient = {BOOK: answers.get("recipient_book"), OTHER: answers["recipient_other"]}.get(answers["recipient"])
        return {
            "who": answers["who"],
            "information": answers["information"],
            "recipient": recipient or answers["recipient"],
            "why": answers["why"],
            "shared_at": answers["today_at"] or answers["other_at"],
            "how": answers["how_other"] if answers["how"] == OTHER else answers["how"],
        }
