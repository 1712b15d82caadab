"""What somebody typed last and has not submitted: offered when they sign in again after leaving quickly."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import AutosavedText, User
from decisions.models import Decision, DraftPage
from safeguarding.conflicts import is_closed_address

MOST_LOOKED_AT = 20


@dataclass(frozen=True)
class UnsubmittedText:
    address: str
    at: datetime


def unsubmitted_text(user: User) -> UnsubmittedText | None:
    """The last page they typed on, of a draft or any other."""
    pages = [page for page in (_on_a_draft(user), _elsewhere(user)) if page]
    return max(pages, key=lambda page: page.at, default=None)


def _on_a_draft(user: User) -> UnsubmittedText | None:
    typed = DraftPage.objects.filter(decision__in=Decision.objects.drafts_of(user)).exclude(form_data={})
    row = typed.select_related("decision").order_by("-saved_at", "-pk").first()
    return (
        UnsubmittedText(reverse("drafting:page", args=[row.decision.public_id, row.page]), row.saved_at)
        if row
        else None
    )


def _elsewhere(user: User) -> UnsubmittedText | None:
    rows = AutosavedText.objects.filter(user=user).order_by("-saved_at", "-pk")[:MOST_LOOKED_AT]
    row = next((row for row in rows if not is_closed_address(row.path, user)), None)
    return UnsubmittedText(row.path, row.saved_at) if row else None
