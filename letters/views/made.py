"""Letters that were made, the letter that declines a request as a PDF, and the text for a recipient's own form."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from audit.statements import rows_where
from decisions.models import Decision, InformingEvent
from decisions.queries import may_add_to
from decisions.views.found import found_or_404, may_read
from decisions.views.submission import submission_id
from letters import actions
from letters.models import LetterMade
from letters.output import bytes_of
from letters.referral import referral as referral_of
from rules.codes import NOT_INFORMED

REFUSED = 409
NOT_ANY_MORE = "Since then it was recorded that they are not to be informed. Do not give them this letter."


def _found(request: SignedInRequest, public_id: UUID, letter: UUID) -> LetterMade:
    decision: Decision = found_or_404(request.user, public_id, may_read, parts=("organisation",))
    found: LetterMade = get_object_or_404(
        LetterMade.objects.of(decision).select_related("person", "agreement"), public_id=letter
    )
    found.decision = decision
    return found


def _since(letter: LetterMade) -> str:
    """Why it is not to be given to them any more; said and not refused, because it shows what was given."""
    events = rows_where(InformingEvent, "person", [letter.person_id]) if letter.person_id else []
    return (
        NOT_ANY_MORE if events and (events[-1].informing_state in NOT_INFORMED or events[-1].informing_closing) else ""
    )


def _refused(request: SignedInRequest, found: LetterMade, refused: str) -> HttpResponseBase:
    """Why it cannot be opened, with nothing of the letter and no address."""
    context = {"made": found, "refused": refused, "may_add": may_add_to(found.decision, request.user)}
    return render(request, "letters/made.html", context, status=REFUSED)


@require_safe
@allow(Permission.SEE_DECISIONS)
def made(request: SignedInRequest, public_id: UUID, letter: UUID) -> HttpResponseBase:
    """The letter as it was given, to read or to print."""
    found = _found(request, public_id, letter)
    refused = actions.open_letter(letter=found, by=request.user, at=timezone.now())
    if refused:
        return _refused(request, found, refused)
    may_add = found.person_id and may_add_to(found.decision, request.user)
    context = {"made": found, "letter": found.content, "warning": _since(found), "may_add": may_add}
    return render(request, "letters/made.html", context)


@require_safe
@allow(Permission.SEE_DECISIONS)
def pdf(request: SignedInRequest, public_id: UUID, letter: UUID) -> HttpResponseBase:
    """The same bytes as when it was made. The name of the file says nothing."""
    found = _found(request, public_id, letter)
    if found.format != LetterMade.Format.PDF:
        raise Http404
    refused = actions.open_letter(letter=found, by=request.user, at=timezone.now())
    if refused:
        return _refused(request, found, refused)
    answer = HttpResponse(bytes_of(found.content, found.format), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return answer


@require_POST
@allow(Permission.RECORD_DECISIONS)
def decline(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Make the PDF of the letter that declines a request, in the same way as every letter."""
    decision = found_or_404(request.user, public_id, may_add_to)
    try:
        letter = actions.make_decline_letter(
            decision=decision, submission_id=submission_id(request), by=request.user, at=timezone.now()
        )
    except ValidationError as error:
        context = {"decision": decision, "refused": error.messages[0]}
        return render(request, "letters/refused.html", context, status=REFUSED)
    return redirect("letters:made", decision.public_id, letter.public_id)


@require_safe
@allow(Permission.RECORD_DECISIONS)
def referral(request: SignedInRequest, public_id: UUID, recipient: int) -> HttpResponseBase:
    decision = found_or_404(request.user, public_id, may_add_to)
    found = next((row for row in decision.recipients.all() if row.pk == recipient), None)
    text = referral_of(decision, found) if found else None
    if found is None or text is None:
        raise Http404
    actions.open_referral(decision=decision, recipient=found, by=request.user, at=timezone.now())
    return render(request, "letters/referral.html", {"decision": decision, "recipient": found, "referral": text})
