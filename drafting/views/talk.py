"""What to say to one person before something is shared: the practitioner's page, and the copy that the person reads."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.models import DecisionPerson
from drafting.draft import Draft, load_own
from drafting.talks import household_lines, people_to_talk_to, talk_with

LANGUAGE = "language"


@require_safe
@allow(Permission.RECORD_DECISIONS)
def talk(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    """With what must not be said."""
    draft, reader = _found(request, public_id, person)
    now = timezone.now()
    actions.open_talk(decision=draft.decision, person=reader.pk, their_copy=False, by=request.user, at=now)
    spoken = talk_with(draft, reader, timezone.localdate(now), request.GET.get(LANGUAGE, ""))
    context = {
        "decision": draft.decision, "person": reader, "name": draft.person_names[reader.pk],
        "talk": spoken.talk, "spoken": spoken, "need": reader.communication_need, "household": household_lines(draft),
    }  # fmt: skip
    return render(request, "drafting/talk.html", context)


@require_safe
@allow(Permission.RECORD_DECISIONS)
def their_copy(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    """Without anything that they may not know, and without a name of the service. Where there are no words: why."""
    draft, reader = _found(request, public_id, person)
    now = timezone.now()
    spoken = talk_with(draft, reader, timezone.localdate(now), request.GET.get(LANGUAGE, ""))
    if spoken.talk.refused:
        return redirect("drafting:talk", draft.decision.public_id, reader.pk)
    actions.open_talk(decision=draft.decision, person=reader.pk, their_copy=True, by=request.user, at=now)
    context = {"decision": draft.decision, "person": reader, "talk": spoken.talk, "spoken": spoken, "neutral": True}
    return render(request, "drafting/talk_copy.html", context)


def _found(request: SignedInRequest, public_id: UUID, person: int) -> tuple[Draft, DecisionPerson]:
    draft = load_own(public_id, request.user)
    keys = {key for key, _ in people_to_talk_to(draft)}
    reader = next((row for row in draft.people if row.pk == person and row.pk in keys), None)
    if reader is None:
        raise Http404
    return draft, reader
