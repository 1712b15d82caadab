"""Copies that leave the site: a summary for another system, and a record to print. Making one writes an audit entry."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from audit.reading import first_entry
from decisions import actions
from decisions.presenters.chronology import chronology
from decisions.presenters.contact import contact_by_person
from decisions.presenters.decline_letter import decline_letter
from decisions.presenters.entry_in_log import entry_in_log
from decisions.presenters.follow_up import withdrawn_consents
from decisions.presenters.names import names_since
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people import kept_from
from decisions.presenters.record import sections
from decisions.presenters.summary import summary as summarised
from decisions.queries import may_add_to
from decisions.views.found import FROM_APPS_ABOVE, found_or_404, may_read
from decisions.views.related import related
from decisions.views.submission import submission_id


@require_safe
@allow(Permission.SEE_DECISIONS)
def summary(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    decision = found_or_404(request.user, public_id, may_read)
    actions.summarise_decision(decision=decision, by=request.user, at=timezone.now())
    return render(request, "decisions/summary.html", {"decision": decision, "summary": summarised(decision)})


@require_safe
@allow(Permission.SEE_DECISIONS)
@needs_step_up
def printed(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The whole record on paper, with the number and the beginning of the hash of its entry in the audit log."""
    decision = found_or_404(request.user, public_id, may_read, *FROM_APPS_ABOVE)
    now = timezone.now()
    actions.print_decision(decision=decision, by=request.user, at=now)
    entry = first_entry(
        organisation=decision.organisation_id, subject="decisions.decision", object_pk=str(decision.pk),
        event="decision.recorded",
    )  # fmt: skip
    context = {
        "decision": decision, "outcome": outcome_words(decision), "sections": sections(decision),
        "chronology": chronology(decision), "contact": contact_by_person(decision),
        "withdrawn": withdrawn_consents(decision), "printed_at": now,
        "names_since": names_since(decision, request.user),
        "entry": entry_in_log(entry), **related(request, decision),
    }  # fmt: skip
    context["kept_from"] = kept_from(decision)
    return render(request, "decisions/print.html", {**context, "may_supersede": False})


@require_safe
@allow(Permission.RECORD_DECISIONS)
def letter(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """To whoever asked, that their request is declined or part-declined. Without anything of the case."""
    decision = found_or_404(request.user, public_id, may_add_to)
    made = decline_letter(decision)
    if made is None:
        raise Http404
    now = timezone.now()
    actions.write_decline_letter(decision=decision, by=request.user, at=now)
    return render(
        request, "decisions/decline_letter.html",
        {
            "letter": made, "day": timezone.localdate(now), "public_id": decision.public_id,
            "submission_id": submission_id(request),
        },
    )  # fmt: skip
