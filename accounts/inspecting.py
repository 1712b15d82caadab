"""What an inspector reads and does, in one place: ADR 0053. Of everybody else nothing is asked."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.inspection_models import Inspection
from accounts.roles import Permission, Standing

Rows = TypeVar("Rows", bound=Any)
READING = frozenset({"GET", "HEAD"})
# What an inspector opens besides decisions: where they begin, the law as everybody reads it, and signing in and out.
OF_SIGNING_IN = frozenset({
    "account_change_password", "account_reauthenticate", "extend_session",
    "your_sign_in", "your_sessions", "add_app", "add_passkey", "recovery_codes", "remove_factor",
})  # fmt: skip
MAY_OPEN = OF_SIGNING_IN | {"home", "law"}
# All that they ever send. Whatever is open to anybody, such as leaving, is not refused to them either.
MAY_SEND = OF_SIGNING_IN | {"account_logout"}


class Inspects:
    """What a user may inspect now. Read once a request; no query for users who are not inspectors."""

    is_inspector: Any
    is_active: Any
    inspections: Any
    organisation: Any

    @cached_property
    def inspection(self) -> Inspection | None:
        """The one that counts today. It ends by itself: nothing has to be done, and nobody to think of it."""
        if not self.is_inspector or not self.is_active:
            return None
        today = timezone.localdate()
        rows = self.inspections.filter(agreed=True, ended_at=None, opens_on__lte=today, ends_on__gte=today)
        found: Inspection | None = rows.order_by("-pk").first()
        return found

    @property
    def entered_as(self) -> dict[str, str]:
        """In the details of each of their entries."""
        if not self.is_inspector:
            return {}
        return {"inspector": str(self.inspection.public_id) if self.inspection else "without access"}

    @property
    def inspected_teams(self) -> frozenset[int]:
        if self.inspection is None:
            return frozenset()
        if self.inspection.all_teams:
            return frozenset(self.organisation.teams.values_list("pk", flat=True))
        return frozenset(self.inspection.inspection_teams.values_list("team", flat=True))


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def within_inspection(rows: Rows, user: Any, moment: str = "recorded_at") -> Rows:
    """For an inspector, what was recorded in the period that they inspect. Nobody else's query changes."""
    period = user.inspection
    if period is None:
        return rows
    first, end = start_of(period.recorded_from), start_of(period.recorded_to + timedelta(days=1))
    inside: Rows = rows.filter(**{f"{moment}__gte": first, f"{moment}__lt": end})
    return inside


def is_outside_inspection(recorded_at: datetime | None, user: Any) -> bool:
    """`within_inspection` of one row that is read already."""
    period = user.inspection
    if period is None:
        return False
    return recorded_at is None or not period.recorded_from <= timezone.localdate(recorded_at) <= period.recorded_to


class InspectorMiddleware:
    """An inspector opens decisions, and changes nothing. A page that nobody thought of here is closed to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        if getattr(request.user, "is_inspector", False) and not _may(request, view):
            raise PermissionDenied


def _may(request: HttpRequest, view: Any) -> bool:
    rule, name = getattr(view, "rule", None), request.resolver_match.view_name if request.resolver_match else ""
    if rule == Standing.ANYBODY:
        return True
    if request.method not in READING:
        return name in MAY_SEND
    return rule == Permission.READ_DECISIONS or name in MAY_OPEN
