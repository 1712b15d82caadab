"""The permission that every view declares: the role first (403), then rows by `visible_to` (404)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.roles import Permission, Standing
from accounts.signing_in import to_sign_in


class SignedInRequest(HttpRequest):
    """The request of a view behind `allow`."""

    user: User


Asked = ParamSpec("Asked")
View = TypeVar("View", bound=Callable[..., Any])
SignedInView = Callable[Concatenate[SignedInRequest, Asked], HttpResponseBase]
AnyView = Callable[Concatenate[HttpRequest, Asked], HttpResponseBase]


def require(user: User, permission: Permission) -> None:
    """For actions, which check again: the role may have ended since the page was opened."""
    if not (user.is_active and user.has(permission)):
        raise PermissionDenied


def _guard(view: SignedInView[Asked], rule: Permission | Standing) -> AnyView[Asked]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request, view)
        if isinstance(rule, Permission):
            require(request.user, rule)
        elif not getattr(view, "answers_json", False):
            # The page that answers a refused POST shows the menu, and its transaction takes no query any more.
            len(request.user.roles)
        _refuse_closed(request)
        return view(cast("SignedInRequest", request), *args, **kwargs)

    guarded.rule = rule  # type: ignore[attr-defined]  # read by the matrix test
    return cast("AnyView[Asked]", guarded)


def _refuse_closed(request: HttpRequest) -> None:
    """After the role, which answers 403: what is closed to whoever knows the family is not there (ADR 46)."""
    leads_to_closed: Callable[[], bool] | None = getattr(request, "leads_to_closed", None)
    if leads_to_closed is not None and leads_to_closed():
        raise Http404


def allow(permission: Permission) -> Callable[[SignedInView[Asked]], AnyView[Asked]]:
    """Only users whose role gives the permission."""

    def decorate(view: SignedInView[Asked]) -> AnyView[Asked]:
        return _guard(view, permission)

    return decorate


def allow_signed_in(view: SignedInView[Asked]) -> AnyView[Asked]:
    """Any signed-in user."""
    return _guard(view, Standing.SIGNED_IN)


def answers_json(view: View) -> View:
    """For views called by scripts: a signed-out request gets 401 as JSON instead of a redirect."""
    view.answers_json = True  # type: ignore[attr-defined]  # read where sign-in is asked for
    return view


def allow_anybody(view: View) -> View:
    """Signed in or not: for sign-in itself and pages without personal data."""
    view.rule = Standing.ANYBODY  # type: ignore[attr-defined]  # read by the matrix test
    return login_not_required(view)
