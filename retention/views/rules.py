from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from retention import actions
from retention.due import rules_of
from retention.forms.officers import RuleForm
from retention.views.pages import is_valid, posted, show_form
from rules.retention import RecordKind, proposal_for

FIELDS = ("counted_from", "years", "source", "confidence")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.DISPOSE)
def confirm(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """Filled in with what counts now, or with what is proposed."""
    if kind not in frozenset(RecordKind):
        raise Http404
    officer = request.user
    counts = rules_of(officer.organisation_id).get(kind)
    shown = counts or proposal_for(RecordKind(kind), officer.organisation.sector)
    form = RuleForm(posted(request), initial={name: getattr(shown, name) for name in FIELDS})
    if is_valid(request, form):
        actions.confirm_rule(kind=kind, answers=form.cleaned_data, by=officer, at=timezone.now())
        messages.success(request, "The rule counts from now on. Nothing is disposed of until you choose it.")
        return redirect("retention:overview")
    title = RecordKind(kind).label
    context = {"title": f"How long to keep: {title[0].lower()}{title[1:]}", "button": "Confirm", "is_new": not counts}
    return show_form(request, "retention/form.html", form, context)
