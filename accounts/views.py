"""Signing in and out, and choosing a password."""

from http import HTTPStatus
from typing import Any, cast

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, guesses, leaving
from accounts.access import SignedInRequest, allow_anybody, allow_signed_in
from accounts.forms import ChangePasswordForm, ChoosePasswordForm, SignInForm
from accounts.links import tokens
from accounts.models import User
from accounts.sign_on import account_matching
from accounts.step_up import ask, form_of
from audit import ledger
from audit.middleware import client_address, opens_own_blocks

CHANGED_AT_WORK = "You sign in with an account at work, so you have no password here. Change it there."


def too_many(request: HttpRequest, wait: str) -> HttpResponse:
    """Says to wait, and nothing of what was tried."""
    return render(request, "429.html", {"wait": wait}, status=HTTPStatus.TOO_MANY_REQUESTS)


class SignIn(LoginView):
    form_class = SignInForm
    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(services=settings.SIGN_ON, only=settings.SIGN_ON_ONLY, **kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Each try costs a hash, right or wrong: no more of them from one address than it can have people."""
        here = guesses.of_address(client_address(request) or "unknown", "sign-in", seconds=guesses.MINUTE)
        if request.method == "POST" and not guesses.take(here):
            return too_many(request, "a minute")
        if request.method == "POST" and settings.SIGN_ON_ONLY:
            return redirect("account_login")  # without a look at the password
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        status = 429 if form.held else 422
        return self.render_to_response(self.get_context_data(form=form), status=status)


class ChangePassword(PasswordChangeView):
    form_class = ChangePasswordForm
    template_name = "account/password_change.html"

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        answer = super().form_valid(form)
        messages.success(self.request, "Your password has been changed. You have been signed out everywhere else.")
        return answer

    def get_default_success_url(self) -> str:
        return reverse("home")

    def form_invalid(self, form: ChangePasswordForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=429 if form.held else 422)


class ChoosePassword(PasswordResetConfirmView):
    """Django's own steps: the token is moved from the URL to the session at once, and works once."""

    form_class = ChoosePasswordForm
    template_name = "accounts/choose_password.html"
    token_generator = tokens

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A guessed link is counted before it is looked at, and a link that works is not counted."""
        if kwargs["token"] == self.reset_url_token:
            return super().dispatch(*args, **kwargs)
        here = client_address(self.request) or "unknown"
        guess = guesses.take(guesses.of_link(str(kwargs["uidb64"])), guesses.of_address(here, "link"))
        if guess is None:
            return too_many(self.request, "5 minutes")
        answer = super().dispatch(*args, **kwargs)
        if answer.status_code == HTTPStatus.FOUND:
            guess.give_back()
        return answer

    def get_user(self, uidb64: str) -> User | None:
        """The URL has the user's public id; a deactivated user is not found."""
        found: User | None = User.objects.filter(public_id=uidb64, is_active=True).first()
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        services = account_matching.providers_of(self.user) if self.validlink else []
        only = settings.SIGN_ON_ONLY and bool(services)
        return super().get_context_data(services=services, only=only, person=self.user, **kwargs)

    def form_valid(self, form: ChoosePasswordForm) -> HttpResponse:
        actions.choose_password(user=form.user, password=form.cleaned_data["password1"], at=timezone.now())
        self.request.session.flush()
        messages.success(self.request, "Your password is set. Sign in with it now.")
        return redirect("account_login")

    def form_invalid(self, form: ChoosePasswordForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if not self.validlink:
            kwargs["status"] = 404
        return super().render_to_response(context, **kwargs)


# Nobody waits for a password to be judged: allauth and the ledger open blocks of their own.
sign_in = allow_anybody(opens_own_blocks(require_http_methods(["GET", "HEAD", "POST"])(SignIn.as_view())))
choose_password = allow_anybody(require_http_methods(["GET", "HEAD", "POST"])(ChoosePassword.as_view()))


@allow_signed_in
@require_POST
def sign_out(request: SignedInRequest) -> HttpResponse:
    """POST only, so that a link or an image on another page cannot sign anybody out."""
    answer = cast("HttpResponse", LogoutView.as_view()(request))
    leaving.clear_site_data(answer)
    return answer


@allow_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_usable_password():
        messages.info(request, CHANGED_AT_WORK)
        return redirect("home")
    return cast("HttpResponse", ChangePassword.as_view()(request))


@allow_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step_up(request: SignedInRequest) -> HttpResponse:
    """Asks for the password and leads on to the page that needs it."""
    form = form_of(request, request.POST if request.method == "POST" else None)
    wanted = request.POST.get(REDIRECT_FIELD_NAME, "") or request.GET.get(REDIRECT_FIELD_NAME, "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if form.is_valid():
        return redirect(wanted if own else "home")
    return ask(request, form, next=wanted if own else "")


@allow_anybody
@csrf_exempt  # leaving must never fail on a stale token, and another site could only sign the user out
@require_POST
def quick_leave(request: HttpRequest) -> HttpResponse:
    """End the session, clear the browser's cache of our pages, and show something neutral: accounts/leaving.py."""
    if isinstance(request.user, User):
        with ledger.recording(actor=request.user, at=timezone.now()):
            ledger.append("account.quick_leave", organisation=request.user.organisation_id, obj=request.user)
    return leaving.leave(request)


@allow_anybody
@require_safe
def goodbye(request: HttpRequest) -> HttpResponse:
    """Does not reveal what this site is for."""
    return render(request, "accounts/goodbye.html")
