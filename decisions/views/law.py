"""The law in plain English: the law tables of the organisation, and the law for one decision."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow, allow_signed_in
from accounts.queries import organisation_of
from accounts.roles import Permission
from decisions import actions
from decisions.law_notices import gathered
from decisions.models import LawNotice
from decisions.presenters.guidance import seen_on
from decisions.presenters.labels import version_words
from decisions.presenters.law_options import law_of_decision
from decisions.presenters.law_tables import SHORT_HASH, layers
from decisions.presenters.names import people_since
from decisions.queries import may_see
from decisions.views.found import found_or_404
from rules.law_files import load


@require_safe
@allow_signed_in
def tables(request: SignedInRequest) -> HttpResponseBase:
    """The law tables, open to every signed-in user."""
    law, notices = load(), gathered(LawNotice.objects.visible_to(request.user))
    shown = layers(law, notices, timezone.localdate())
    context = {
        "layers": shown, "rows": sum(len(layer.rows) for layer in shown), "version": version_words(law.version),
        "hash": law.sha256[:SHORT_HASH], "organisation": organisation_of(request.user),
        "may_confirm": request.user.has(Permission.CONFIRM_LAW),
    }  # fmt: skip
    return render(request, "decisions/law_tables.html", context)


@require_safe
@allow(Permission.READ_DECISIONS)
def of_decision(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The law for one decision, for the author of a draft or the readers of a record. Writes an audit entry."""
    decision = found_or_404(request.user, public_id, may_see)
    actions.open_law(decision=decision, by=request.user, at=timezone.now())
    law = law_of_decision(decision, request.user)
    context = {"decision": decision, "law": law, "hash": law.sha256[:SHORT_HASH], "guidance": seen_on(decision)}
    context["names_since"] = [] if decision.is_draft else people_since(decision, request.user)
    return render(request, "decisions/law_of_decision.html", context)
