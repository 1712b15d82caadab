"""The proof that a decision was recorded, as a file that programs of others verify: docs/ledger.md."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from audit.checkpointing import Rewritten
from audit.proving import NotProved
from audit.signing import BadKey
from decisions import actions
from decisions.views.found import found_or_404, may_read

TYPE = "text/plain; charset=utf-8"


@require_safe
@allow(Permission.SEE_DECISIONS)
def proof(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """For whoever may read the decision. Nothing of the case is in it, so it may be given to anybody."""
    decision = found_or_404(request.user, public_id, may_read, parts=())
    try:
        made = actions.prove_decision(decision=decision, by=request.user, at=timezone.now())
    except (NotProved, Rewritten):
        messages.error(
            request, "The audit log is not as it was signed, so no proof was made. Tell your administrator now."
        )
    except BadKey:
        messages.error(
            request, "The key of the audit log cannot be used, so no proof was made. Tell your administrator."
        )
    else:
        name = f"{decision.reference}.tlog-proof"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(str(made), content_type=TYPE, headers=headers)
    return redirect("decisions:detail", public_id)
