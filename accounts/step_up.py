"""Step-up: what is grave asks for the password or a passkey again, unless shown within the last five minutes.

Signing in counts. When and how somebody showed who they are stays in their session, where django-allauth keeps it.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, ParamSpec, cast

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.base.internal.flows import post_authentication
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone

from accounts import actions, autosave, passkeys
from accounts.access import SignedInRequest, SignedInView
from accounts.adapter import ClosedAdapter
from accounts.forms import StepUpForm
from accounts.idle import SIGNED_IN
from accounts.models import User
from accounts.second_factor import SIGN_ON, is_missing
from accounts.sign_on import account_matching, pending
from audit import ledger

if TYPE_CHECKING:
    from django.http.request import _ImmutableQueryDict

ADDRESS, TEMPLATE = "account_reauthenticate", "account/step_up.html"
Asked = ParamSpec("Asked")
# Of the form that is kept: what the page of the password has of its own.
OWN = frozenset({"csrfmiddlewaretoken", StepUpForm.FIELD, StepUpForm.PASSKEY})


def is_fresh(request: SignedInRequest) -> bool:
    """Whether they signed in, or showed again who they are, within the last five minutes."""
    # Signing on may take no more than a click, so it counts from when they showed the service who they are. But whoever
    # has no second factor yet may set one up, and opens nothing else: accounts/second_factor.py.
    signed_on = pending.shown_at(request.session, request.user.pk)
    times = [
        signed_on if signed_on is not None and not is_missing(request) else request.session.get(SIGNED_IN, 0),
        *(shown["at"] for shown in get_authentication_records(request, request.user) if shown["method"] != SIGN_ON),
    ]
    now = timezone.now().timestamp()
    return any(0 <= now - at < app_settings.REAUTHENTICATION_TIMEOUT for at in times)


def needs_step_up(view: SignedInView[Asked]) -> SignedInView[Asked]:
    """Next to the view, inside its permission and its methods: who may not see a page is never asked for a password.

    A form that comes too late is kept in the page that asks, and goes on from there as it was typed.
    """

    @wraps(view)
    def asked_first(request: SignedInRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponseBase:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path(), login_url=ADDRESS)
        is_shown = StepUpForm.FIELD in request.POST or request.POST.get(StepUpForm.PASSKEY)
        form = form_of(request, request.POST if is_shown else None)
        if not form.is_valid():
            return ask(request, form, posted=request.POST)
        request.POST = without_password(request.POST)
        return view(request, *args, **kwargs)

    asked_first.asks_again = True  # type: ignore[attr-defined]  # read by the test of what leaves the site
    return cast("SignedInView[Asked]", asked_first)


def form_of(request: SignedInRequest, data: QueryDict | None) -> StepUpForm:
    return StepUpForm(data, judge=judged_by(request), judge_passkey=_passkey_judged_by(request))


def without_password(posted: QueryDict) -> "_ImmutableQueryDict":
    """What the person typed, and no more."""
    left = posted.copy()
    for name in (StepUpForm.FIELD, StepUpForm.PASSKEY):
        left.pop(name, None)
    return QueryDict(left.urlencode())


def ask(request: SignedInRequest, form: StepUpForm, *, posted: QueryDict | None = None, **more: str) -> HttpResponse:
    """The page that asks. The form that was sent, `posted`, is in it."""
    autosave.goes_on(request)
    fields = posted.lists() if posted else ()
    typed = [(name, value) for name, values in fields if name not in OWN for value in values]
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.TOO_MANY_REQUESTS if form.held else HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "form": form,
        "typed": typed,
        "was_sent": posted is not None,
        "services": account_matching.bound_providers(request.user),
        "passkey": passkeys.asked_to_show(request.user),
        **more,
    }
    return render(request, TEMPLATE, context, status=status)


def judged_by(request: SignedInRequest) -> Callable[[str], bool]:
    """Judges a password of the person who is signed in. Each try is entered, and counted with those at sign-in."""

    def judge(password: str) -> bool:
        try:
            right = ClosedAdapter().reauthenticate(request.user, password)
        except ValidationError:
            _enter("held", request.user)
            raise
        if not right:
            _enter("refused", request.user)
            return False
        # Whoever has a copy of the session as it was has nothing of what it may do now.
        request.session.cycle_key()
        reauthenticate_by_password(request)
        _enter("confirmed", request.user)
        return True

    return judge


def _passkey_judged_by(request: SignedInRequest) -> Callable[[str], None]:
    def judge(answer: str) -> None:
        shown = actions.show_passkey(user=request.user, answer=answer, at=timezone.now())
        request.session.cycle_key()
        post_authentication(request, shown.factor, reauthenticated=True)
        _enter("confirmed", request.user)

    return judge


def _enter(how: str, user: User) -> None:
    with ledger.recording(actor=user, at=timezone.now()):
        ledger.append(f"account.step_up_{how}", organisation=user.organisation_id, obj=user)
