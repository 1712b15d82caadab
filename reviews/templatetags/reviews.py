"""Template tags that show reviews on the decision's pages, so that no app below has to import this one."""

from typing import Any

from django import template
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision
from decisions.queries import is_own
from reviews.presenters import waiting
from reviews.queries import is_reviewable_by, may_review, second_look_due
from reviews.review_state import State, review_state

register = template.Library()


@register.inclusion_tag("reviews/_reviews.html")
def reviews_given(decision: Decision, user: User) -> dict[str, Any]:
    """All reviews of a recorded decision with their replies, what is due next, and what this user may do.

    Of a decision read with its reviews, their replies and its second look.
    """
    recorded = decision.recorded_at or decision.started_at
    today, reviews = timezone.localdate(), sorted(decision.reviews.all(), key=lambda review: review.round)
    now = review_state(recorded, reviews)
    is_author = is_own(decision, user) and user.has(Permission.RECORD_DECISIONS)
    nobody = now.is_open and not may_review(decision, today, reviews)
    look = getattr(decision, "second_look", None)
    due = second_look_due(recorded)
    return {
        "decision": decision,
        "reviews": reviews,
        "waiting": waiting(decision, now.since, today) if now.is_open else None,
        "is_author": is_author,
        "sent_back": now.state == State.SENT_BACK,
        "escalated": now.state == State.ESCALATED,
        "closed": now.state == State.CLOSED,
        "nobody": nobody,
        "alone": nobody and not reviews,
        "due": due,
        "may_look": is_author and nobody and not reviews and look is None and today >= due,
        "look": look,
        "may_review": now.is_open and is_reviewable_by(user, decision, reviews),
    }
