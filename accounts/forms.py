from collections.abc import Callable
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import passkeys
from accounts.models import User
from rules.organisations import OrganisationKind, Sector
from ui import fields
from ui.base_fields import label_of, prepare
from ui.forms import Form

HINT = "At least 12 characters, and nothing easily guessed. Three or four words you will remember do well."
NOT_YOURS = "This is not your password. Type the one you signed in with."
NO_CODE = "Type the code that your app shows now."
NO_PASSKEY = "No passkey was made. Press the button, then follow what your browser asks."
NOT_THE_SAME = "The two passwords are not the same. Type your new password again in both places."


def password_field(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    """Never stripped, never shown again on the page."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    return forms.CharField(label=label, strip=False, max_length=128, help_text=help_text, widget=widget)


def email_field(label: str, autocomplete: str, help_text: str = "") -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    return forms.EmailField(label=label, max_length=254, help_text=help_text, widget=widget)


def passkey_field() -> forms.CharField:
    """Filled by static/passkey.js."""
    return forms.CharField(required=False, max_length=passkeys.LONGEST, widget=forms.HiddenInput)


def _prepare_fields(form: forms.BaseForm) -> None:
    """Our limits and messages, which ui.forms only gives to the fields that a form's class declares."""
    for name, field in form.fields.items():
        prepare(field, label_of(field, name))


class _LoginFields(LoginForm):
    """allauth makes its fields when the form is made; ours replace them before our base class prepares them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field("Email address", "username")
        self.fields["password"] = password_field("Password", "current-password")
        _prepare_fields(self)


class SignInForm(Form, _LoginFields):
    """allauth's sign-in form with our fields."""

    @property
    def held(self) -> bool:
        """Whether this attempt was refused because there were too many before it."""
        return self.has_error("__all__", "too_many_login_attempts")


class _ChangePasswordFields(AllauthChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_field("Your current password", "current-password")
        self.fields["password1"] = password_field("New password", "new-password", HINT)
        self.fields["password2"] = password_field("New password again", "new-password")
        _prepare_fields(self)

    @property
    def held(self) -> bool:
        """Whether there were too many tries before this one."""
        return self.has_error("oldpassword", "too_many_login_attempts")

    def clean_oldpassword(self) -> str:
        """Judged and counted as at a step-up: whoever has somebody's screen could guess here too."""
        if not get_adapter().reauthenticate(cast("User", self.user), str(self.cleaned_data["oldpassword"])):
            raise get_adapter().validation_error("enter_current_password")
        return str(self.cleaned_data["oldpassword"])


class _NewPassword:
    """The same validation wherever a new password is chosen."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.user)
        return password

    def clean_password2(self) -> str:
        again = str(self.cleaned_data["password2"])
        if self.cleaned_data.get("password1") not in {None, again}:
            raise ValidationError(NOT_THE_SAME)
        return again


class ChangePasswordForm(_NewPassword, Form, _ChangePasswordFields):
    """allauth's form to change a password, with our fields."""


class ChoosePasswordForm(_NewPassword, Form):
    """The form that a one-time link opens."""

    password1 = password_field("New password", "new-password", HINT)
    password2 = password_field("New password again", "new-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class StepUpForm(Form):
    """Asks for the password of somebody who is signed in. `judge` may refuse to judge, with what to tell them."""

    FIELD = "password_again"
    PASSKEY = "passkey_again"
    password_again = password_field("Your password", "current-password")
    passkey_again = passkey_field()

    def __init__(
        self, *args: Any, judge: Callable[[str], bool], judge_passkey: Callable[[str], object], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.judge, self.judge_passkey = judge, judge_passkey
        # The password, where no passkey was shown instead.
        self.fields[self.FIELD].required = not self.data.get(self.PASSKEY)

    @property
    def held(self) -> bool:
        """Whether there were too many tries before this one."""
        return self.has_error(self.FIELD, "too_many_login_attempts")

    def clean_password_again(self) -> str:
        password = str(self.cleaned_data[self.FIELD])
        if not password and self.data.get(self.PASSKEY):
            return ""
        if not self.judge(password):
            raise ValidationError(NOT_YOURS)
        return password

    def clean(self) -> dict[str, Any]:
        """A passkey counts alone. Whoever typed a password as well is judged by that."""
        passkey = self.cleaned_data.get(self.PASSKEY)
        if passkey and not self.cleaned_data.get(self.FIELD) and not self.errors:
            try:
                self.judge_passkey(passkey)
            except ValidationError as error:
                self.add_error(self.FIELD, error)
        return self.cleaned_data


class CodeForm(Form):
    """A code, or what the script of a passkey puts beside it. The judges may refuse, with what to do."""

    digits = forms.CharField(
        label="Code", max_length=20, required=False,
        help_text="6 digits from your app, or a recovery code of 8 digits.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
        ),
    )  # fmt: skip
    passkey = passkey_field()

    def __init__(
        self, *args: Any, judge: Callable[[str], object], judge_passkey: Callable[[str], object], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.judge, self.judge_passkey = judge, judge_passkey

    @property
    def held(self) -> bool:
        """Whether there were too many tries before this one."""
        return self.has_error("digits", "too_many_login_attempts")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        try:
            if typed.get("passkey"):
                self.judge_passkey(typed["passkey"])
            elif typed.get("digits"):
                self.judge(typed["digits"])
            elif "digits" not in self.errors:
                self.add_error("digits", "Type your code.")
        except ValidationError as error:
            self.add_error("digits", error)
        return typed


class SetUpAppForm(Form):
    digits = forms.CharField(
        label="The code that the app shows now", max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": NO_CODE},
    )  # fmt: skip


class SetUpPasskeyForm(Form):
    name = forms.CharField(
        label="What do you call this passkey?", max_length=60, help_text="For example, “work laptop” or “blue key”."
    )
    passkey = passkey_field()

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.cleaned_data.get("passkey"):
            self.add_error("name", NO_PASSKEY)
        return self.cleaned_data


class CreateOrganisationForm(Form):
    """What `manage.py create_organisation` accepts."""

    name = forms.CharField(label="Name of the organisation", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=OrganisationKind.choices(), widget=fields.Select)
    sector = forms.ChoiceField(label="Sector", choices=Sector.choices(), widget=fields.Select)
    in_scope_16la = forms.BooleanField(required=False)
    administrator_name = forms.CharField(label="Administrator's name", max_length=120)
    administrator_email = email_field("Administrator's email address", "off")
