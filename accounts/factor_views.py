"""The second step of signing in, and the page on which people see and change what they sign in with."""

import base64
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import actions, passkeys, second_factor
from accounts.access import AnyView, SignedInRequest, allow_anybody, allow_signed_in
from accounts.actions.second_factors import Shown
from accounts.factor_presenters import factor_lines, public_id
from accounts.factor_secrets import FactorAdapter
from accounts.forms import CodeForm, SetUpAppForm, SetUpPasskeyForm
from accounts.models import User
from accounts.queries import factors_visible_to
from accounts.step_up import needs_step_up
from audit.middleware import opens_own_blocks

# The secret of an app that is being set up, encrypted: a session is a row of the database.
SETTING_UP = "second_factor_set_up"
FEW = 3
CODE_OF_PAPER = "A recovery code of 8 digits."
REMOVED = "It has been removed and can no longer be used. You have been signed out everywhere else."
after_password = cast(
    "Callable[[AnyView[...]], AnyView[...]]",
    login_stage_required(stage=second_factor.SecondStep.key, redirect_urlname="account_login"),
)
asks = require_http_methods(["GET", "HEAD", "POST"])


@allow_anybody
@opens_own_blocks
@sensitive_post_parameters()
@asks
@after_password
def second_step(request: HttpRequest) -> HttpResponseBase:
    """After the password. A session begins when this step is right, and not before."""
    stage: Any = vars(request)["_login_stage"]  # put there by allauth
    user: User = stage.login.user
    shown: list[Shown] = []
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        judge=lambda code: shown.append(actions.show_code(user=user, code=code, at=timezone.now())),
        judge_passkey=lambda answer: shown.append(actions.show_passkey(user=user, answer=answer, at=timezone.now())),
    )
    if form.is_valid():
        post_authentication(request, shown[0].factor)
        response: HttpResponseBase = stage.exit()
        _say_how_many(request, shown[0].left)
        return response
    has_app = factors_visible_to(user).filter(type=Authenticator.Type.TOTP).exists()
    if not has_app:
        form.fields["digits"].help_text = CODE_OF_PAPER
    context = {"form": form, "passkey": passkeys.asked_to_show(user), "has_app": has_app}
    return render(request, "account/second_step.html", context, status=_status(form, held=form.held))


@allow_signed_in
@require_http_methods(["GET", "HEAD"])
def your_sign_in(request: SignedInRequest) -> HttpResponse:
    lines = factor_lines(factors_visible_to(request.user))
    demanded = second_factor.is_demanded()
    is_last = demanded and lines.usable <= 1
    context = {"lines": lines, "is_last": is_last, "is_demanded": demanded, "few": FEW}
    return render(request, "account/your_sign_in.html", context)


@allow_signed_in
@asks
@needs_step_up
def add_app(request: SignedInRequest) -> HttpResponse:
    secret = _secret_being_set_up(request)

    def act(form: SetUpAppForm) -> list[str]:
        return actions.set_up_app(secret=secret, code=form.cleaned_data["digits"], **_mine(request))

    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    context = {
        "picture": base64.b64encode(picture.encode()).decode(),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return _set_up(request, SetUpAppForm(_posted(request)), act, "account/add_app.html", context)


@allow_signed_in
@asks
@needs_step_up
def add_passkey(request: SignedInRequest) -> HttpResponse:
    def act(form: SetUpPasskeyForm) -> list[str]:
        answer = form.cleaned_data["passkey"]
        return actions.set_up_passkey(name=form.cleaned_data["name"], answer=answer, **_mine(request))

    return _set_up(request, SetUpPasskeyForm(_posted(request)), act, "account/add_passkey.html", {})


@allow_signed_in
@asks
@needs_step_up
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    if not second_factor.has_one(request.user):
        return redirect("your_sign_in")
    if request.method != "POST":
        return render(request, "account/new_codes.html")
    return _codes(request, actions.make_recovery_codes(by=request.user, at=timezone.now()))


@allow_signed_in
@asks
@needs_step_up
def remove(request: SignedInRequest, factor: UUID) -> HttpResponse:
    rows = factors_visible_to(request.user).filter(type__in=second_factor.FACTORS)
    found = next((row for row in rows if public_id(row) == factor), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        [line] = factor_lines([found]).factors
        return render(request, "account/remove_factor.html", {"line": line})
    try:
        person = actions.remove_factor(by=request.user, factor=found, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        update_session_auth_hash(request, person)
        messages.success(request, REMOVED)
    return redirect("your_sign_in")


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _mine(request: SignedInRequest) -> dict[str, Any]:
    has_shown = second_factor.is_shown(request, request.user)
    return {"by": request.user, "has_shown": has_shown, "at": timezone.now()}


def _status(form: Form, *, held: bool = False) -> int:
    if held:
        return 429
    return 422 if form.is_bound else 200


def _set_up(request: SignedInRequest, form: Any, act: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    """Ask until the form and the action take it. The session has then shown what it set up."""
    if form.is_bound and form.is_valid():
        try:
            codes = act(form)
        except ValidationError as error:
            form.add_error(next(iter(form.fields)), error)
        else:
            return _is_set_up(request, codes)
    if isinstance(form, SetUpPasskeyForm):
        context = {**context, "passkey": passkeys.asked_to_make(request.user)}
    return render(request, template, {"form": form, **context}, status=_status(form))


def _is_set_up(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    request.session.pop(SETTING_UP, None)
    request.session.cycle_key()
    post_authentication(request, factors_visible_to(request.user).exclude(type="recovery_codes").latest("pk"))
    if codes:
        return _codes(request, codes)
    messages.success(request, "It is set up. You can sign in with it from now on.")
    return redirect("your_sign_in")


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """In the answer to the POST, so that nobody can open them again."""
    return render(request, "account/codes.html", {"codes": [f"{code[:4]} {code[4:]}" for code in codes]})


def _secret_being_set_up(request: HttpRequest) -> str:
    """The same one until it is set up, so that a wrong code does not mean to scan again."""
    encrypted = request.session.get(SETTING_UP)
    if encrypted:
        return FactorAdapter().decrypt(encrypted)
    secret = generate_totp_secret()
    request.session[SETTING_UP] = FactorAdapter().encrypt(secret)
    return str(secret)


def _say_how_many(request: HttpRequest, left: int | None) -> None:
    if left is None:
        return
    say = messages.warning if left <= FEW else messages.info
    more = " Make new ones now, under “Your sign-in”." if left <= FEW else ""
    say(request, f"You signed in with a recovery code. It cannot be used again. You have {left} left.{more}")
