from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from accounts import autosave
from accounts.access import require
from accounts.models import Membership, User
from accounts.queries import people_visible_to
from accounts.roles import Permission, Role
from audit import ledger
from decisions.models import Decision
from decisions.restricted_queries import readers_of, restriction_of
from drafting.draft import load
from drafting.steps import update_completeness
from families.models import Family


def may_take(decision: Decision, by: User) -> "QuerySet[User]":
    """Active practitioners of the draft's team, without its author, and without `by` while the author is active.

    Of a draft that is restricted only those it names.
    """
    members = Membership.objects.filter(team_id=decision.team_id, role=Role.PRACTITIONER).values("user")
    people: QuerySet[User] = people_visible_to(by).filter(is_active=True, pk__in=members)
    if restriction := restriction_of(decision, by):
        people = people.filter(pk__in=readers_of(restriction).values("user"))
    return people.exclude(pk__in=[decision.author_id, *([by.pk] if decision.author.is_active else [])])


def hand_over(*, decision: Decision, to: User, by: User, at: datetime) -> Decision:
    """A supervisor hands a draft over to another practitioner of its team, who becomes its author.

    The supervisor does not see its text. Handing it over to the same person again changes nothing. Raises
    ValidationError when that person may not see every family in it.
    """
    require(by, Permission.REVIEW_DECISIONS)
    with ledger.recording(actor=by, at=at):
        drafts = Decision.objects.draft_lines_for(by).filter(pk=decision.pk)
        draft: Decision | None = drafts.select_for_update().first()
        if draft is None:
            raise Http404
        if draft.author_id == to.pk:
            return draft
        if not may_take(draft, by).filter(pk=to.pk).exists():
            raise ValidationError({"to": "Choose someone from the list."})
        families = set(draft.decision_families.values_list("family", flat=True))
        if Family.objects.visible_to(to).filter(pk__in=families).count() != len(families):
            raise ValidationError({"to": "This person may not see a family in this draft. Choose someone else."})
        previous_author, draft.author = draft.author_id, to
        draft.save(update_fields=["author"])
        # The new author may see other records, and cannot pass the decision to themselves.
        update_completeness(load(draft, to))
        # Autosaved text moves with the draft: the previous author can no longer open its pages.
        autosave.hand_over(reverse("decisions:detail", args=[draft.public_id]), giver=previous_author, taker=to.pk)
        details = {"from": previous_author, "to": to.pk}
        ledger.append("decision.handed_over", organisation=draft.organisation_id, obj=draft, details=details)
        return draft
