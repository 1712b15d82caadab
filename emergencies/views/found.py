"""One opening by its address, for whoever has it open."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import AnyView, SignedInRequest, SignedInView, allow
from accounts.roles import Permission
from emergencies.models import EmergencyOpening

Asked = ParamSpec("Asked")
Reading = Callable[Concatenate[SignedInRequest, EmergencyOpening, Asked], HttpResponse]


def while_open(view: Reading[Asked]) -> AnyView[Any]:
    """Decorate a view of an open record: when its time is over, the page reloads and leads back to the opening."""

    @wraps(view)
    def page(request: SignedInRequest, public_id: UUID, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponseBase:
        now, user = timezone.now(), request.user
        rows = EmergencyOpening.objects.filter(public_id=public_id).select_related("family")
        found: EmergencyOpening | None = rows.open_to(user, now).first()
        if found is None:
            if EmergencyOpening.objects.visible_to(user).filter(public_id=public_id, written_by=user).exists():
                return redirect("emergencies:detail", public_id)
            raise Http404
        answer = view(request, found, *args, **kwargs)
        left = int((found.closes_at - now).total_seconds()) + 1
        answer.headers["Refresh"] = str(left)
        return answer

    return require_safe(allow(Permission.OPEN_IN_EMERGENCY)(cast("SignedInView[...]", page)))
