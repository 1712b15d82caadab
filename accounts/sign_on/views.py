"""Leading to a service, and what it leads back with. Refusals are all alike: none tells who has an account."""

from http import HTTPStatus
from uuid import UUID

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions, guesses, second_factor
from accounts.access import allow_anybody
from accounts.links import tokens
from accounts.models import Organisation, User
from accounts.sign_on import account_matching, exchange, pending
from accounts.sign_on.claims import Refused, Vouched, judge
from accounts.sign_on.configured import Provider
from accounts.sign_on.pending import Asked
from audit.middleware import client_address, opens_own_blocks

NOT_SIGNED_ON = (
    "You could not be signed in with {label}. Try again. "
    "If it does not work, ask an administrator of your organisation for a new link."
)
CONFIRMED = "Thank you. If the page that asked is open in another tab, go back to it and choose Continue."


@allow_anybody
@opens_own_blocks
@require_POST
def sign_on(request: HttpRequest, provider: str) -> HttpResponse:
    """A page that leads on, and no redirect: a form may only be sent to ourselves, whoever the service hands on to."""
    service = _known(provider)
    if not guesses.take(guesses.of_address(_here(request), "sign-on", seconds=guesses.MINUTE)):
        return render(request, "429.html", {"wait": "a minute"}, status=HTTPStatus.TOO_MANY_REQUESTS)
    wanted = request.POST.get(REDIRECT_FIELD_NAME, "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    again = str(request.user.public_id) if isinstance(request.user, User) else ""
    link = "" if again else request.POST.get("link", "")
    state, asked = pending.ask(request.session, service, next=wanted if own else "", link=link, again=again)
    try:
        address = exchange.authorization_address(service, _parameters(request, service, state, asked))
    except Refused as refused:
        return _refuse(request, service, asked, refused.why)
    return render(request, "account/sign_on.html", {"address": address, "service": service})


def _parameters(request: HttpRequest, service: Provider, state: str, asked: Asked) -> dict[str, str]:
    fresh = {"prompt": "login", "max_age": "0"} if asked.again else {}
    return {
        "response_type": "code",
        "client_id": service.client_id,
        "redirect_uri": _redirect_address(request, service),
        "scope": service.kind.scope,
        "state": state,
        "nonce": asked.nonce,
        "code_challenge": asked.challenge,
        "code_challenge_method": "S256",
        **service.asks,
        **fresh,
    }


@allow_anybody
@opens_own_blocks
@require_http_methods(["GET"])
def sign_on_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Whatever comes, the answer leads away from this address: a code stays in no history."""
    service = _known(provider)
    here = _here(request)
    guess = guesses.take(guesses.of_address(here, "sign-on-back"))
    if guess is None:
        return render(request, "429.html", {"wait": "5 minutes"}, status=HTTPStatus.TOO_MANY_REQUESTS)
    asked = pending.take(request.session, service, request.GET.get("state", ""))
    try:
        answer = _answered(request, service, asked)
    except Refused as refused:
        return _refuse(request, service, asked, refused.why)
    guess.give_back()
    return answer


def _answered(request: HttpRequest, service: Provider, asked: Asked | None) -> HttpResponse:
    if asked is None:
        raise Refused("state")
    code = request.GET.get("code", "")
    if not code:
        raise Refused("no code")
    redirect_address = _redirect_address(request, service)
    claims = exchange.claims_for(service, code=code, verifier=asked.verifier, redirect=redirect_address)
    vouched = judge(claims, service, nonce=asked.nonce, now=timezone.now().timestamp())
    organisation = account_matching.organisation_of(service)
    if organisation is None:
        raise Refused("settings")
    user = account_matching.bound_to(service, vouched, organisation)
    if asked.again:
        return _shown_again(request, asked, vouched, user)
    if request.user.is_authenticated:
        raise Refused("signed in")
    user = user or _bind(request, service, asked, vouched, organisation)
    pending.remember(request.session, user.pk, vouched)
    if vouched.second_factor:
        second_factor.shown_by_sign_on(request, user, provider=service.name)
    answer: HttpResponse = perform_login(request, user, email_verification="none", redirect_url=asked.next or None)
    return answer


def _bind(request: HttpRequest, service: Provider, asked: Asked, vouched: Vouched, organisation: Organisation) -> User:
    """The first time: by the one-time link that was opened in this browser, or by an address that is vouched for."""
    user = (
        linked(request, asked.link, organisation)
        if asked.link
        else account_matching.invited_with(vouched, organisation)
    )
    if user is None:
        raise Refused("unknown")
    try:
        held = actions.bind_sign_on(user=user, issuer=service.issuer, subject=vouched.subject, at=timezone.now())
    except PermissionDenied:
        raise Refused("bound") from None
    request.session.pop(INTERNAL_RESET_SESSION_TOKEN, None)
    return held.user


def linked(request: HttpRequest, public_id: str, organisation: Organisation) -> User | None:
    """Whoever the one-time link that this browser opened is for, if it still works."""
    token = request.session.get(INTERNAL_RESET_SESSION_TOKEN, "")
    try:
        key = UUID(public_id)
    except ValueError:
        return None
    user: User | None = User.objects.filter(public_id=key, organisation=organisation, is_active=True).first()
    return user if user and tokens.check_token(user, token) else None


def _shown_again(request: HttpRequest, asked: Asked, vouched: Vouched, user: User | None) -> HttpResponse:
    """Step-up, of whoever is signed in and nobody else."""
    same = isinstance(request.user, User) and user == request.user and str(request.user.public_id) == asked.again
    if not same or user is None or not pending.is_new_since(asked, vouched):
        raise Refused("not again")
    request.session.cycle_key()
    pending.remember(request.session, user.pk, vouched)
    messages.success(request, CONFIRMED)
    return redirect(asked.next or settings.LOGIN_REDIRECT_URL)


def _refuse(request: HttpRequest, service: Provider, asked: Asked | None, why: str) -> HttpResponse:
    found = account_matching.organisation_of(service)
    actions.refuse_sign_on(organisation=found, service=service.name, why=why, at=timezone.now())
    messages.error(request, NOT_SIGNED_ON.format(label=service.label))
    return redirect("account_reauthenticate" if asked and asked.again else "account_login")


def _known(name: str) -> Provider:
    found = account_matching.provider_named(name)
    if found is None:
        raise Http404
    return found


def _here(request: HttpRequest) -> str:
    return client_address(request) or "unknown"


def _redirect_address(request: HttpRequest, service: Provider) -> str:
    return request.build_absolute_uri(reverse("sign_on_back", args=[service.name]))
