"""An inspector of an organisation, asked for by its administrator and agreed to by its officer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.actions import answer_inspection, ask_inspection
from accounts.actions.inspections import Scope
from accounts.models import Inspection, User
from tests.cast import Company


def scope(**other: Any) -> Scope:
    """All teams, the last month and the next, for a week from today."""
    today = timezone.localdate()
    month = timedelta(days=30)
    whole = Scope((), today - month, today + month, today, today + timedelta(days=6))
    return replace(whole, **other)


def asked_inspection(company: Company, *, by: User | None = None, email: str = "", **other: Any) -> Inspection:
    return ask_inspection(
        full_name="Isra Quill", email=email or f"inspector@{company.team.pk}.test", body="Ofsted",
        reason="A planned inspection", scope=scope(**other), by=by or company.administrator, at=timezone.now(),
    )  # fmt: skip


def inspection_of(company: Company, **other: Any) -> Inspection:
    asked = asked_inspection(company, **other)
    return answer_inspection(inspection=asked, agreed=True, by=company.officer, at=timezone.now())


def inspector_of(company: Company, **other: Any) -> User:
    found: User = User.objects.get(pk=inspection_of(company, **other).user_id)
    return found
