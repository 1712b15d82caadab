"""One view for every page of the guided form, and the check page at its end."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import autosave
from accounts.access import SignedInRequest, allow
from accounts.models import AutosavedText, User
from accounts.roles import Permission
from decisions import actions
from decisions.presenters.statutory_report import report
from drafting import actions as drafting_actions
from drafting import form_data
from drafting.draft import Draft, load, load_own
from drafting.pages.base import Page
from drafting.raised import findings_raised, is_something_new, keys_raised, must_be_corrected, raised
from drafting.sources import source_changes
from drafting.step_list import step_list
from drafting.steps import CHECK, KEYS, STEPS, Step, next_key, previous_key, reachable, step_on_path
from drafting.talks import household_lines, people_to_talk_to
from drafting.views.similar import people_like, shown_people
from families.models import Person

ADD = "add:"
# The pages on which somebody is about to be spoken with.
BEFORE_A_TALK = frozenset({"consent", "sending"})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def page(request: SignedInRequest, public_id: UUID, key: str) -> HttpResponseBase:
    if key not in KEYS:
        raise Http404
    draft = load_own(public_id, request.user)
    step = step_on_path(draft, key)
    if request.method == "POST":
        replaced = _replaced_step(key, step, request.POST)
        if replaced:
            return _keep(request, draft, replaced)
    if step is None or (request.method != "POST" and key not in reachable(draft)):
        return _elsewhere(request, draft)
    if request.method == "POST":
        return _save(request, draft, step)
    row = autosave.saved_text(request.user, request.path)
    autosaved_page = _autosaved_after_sign_out(row, draft, step)
    if autosaved_page:
        autosaved_page.hide_errors()
        version = version_sent(autosaved_page.data or QueryDict())
        stale = drafting_actions.is_stale(page=autosaved_page, version=version)
        return _show(request, draft, step, autosaved_page, stale=stale, row=row)
    return _show(request, draft, step, _saved_page(draft, step), row=row)


@require_http_methods(["GET", "HEAD"])
@allow(Permission.RECORD_DECISIONS)
def continue_draft(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Open a draft at its first incomplete page, or at the check page when there is none."""
    draft = load_own(public_id, request.user)
    return _to(draft, next_key(draft))


def _autosaved_after_sign_out(row: AutosavedText | None, draft: Draft, step: Step) -> Page | None:
    """The page as it was submitted after the session had ended, which is newer than the draft's own data."""
    data = autosave.to_querydict(row.form_data) if row else QueryDict()
    return step.page(draft, data) if data.get("page") == step.page.key else None


def _saved_page(draft: Draft, step: Step) -> Page:
    """The page with its unaccepted form data, and with errors if it was submitted."""
    saved = draft.pages.get(step.page.key)
    if not (saved and saved.form_data):
        return step.page(draft)
    form = step.page(draft, form_data.to_data(saved.form_data))
    if form_data.AUTOSAVED in saved.form_data:
        form.hide_errors()
    else:
        form.is_valid()
    return form


def _replaced_step(key: str, step: Step | None, data: QueryDict) -> Step | None:
    """The step whose page was submitted, when another step now has this URL or none does."""
    sent = step_sent(key, data, otherwise=step)
    return None if step and sent.page.key == step.page.key else sent


def step_sent(key: str, data: QueryDict, *, otherwise: Step | None) -> Step:
    """The step with this key whose page was submitted."""
    steps = [step for step in STEPS if step.key == key]
    return next((step for step in steps if step.page.key == data.get("page")), otherwise or steps[0])


def _keep(request: SignedInRequest, draft: Draft, step: Step) -> HttpResponseBase:
    """The outcome was changed in another tab: save what was typed, in case it is changed back."""
    form = step.page(draft, request.POST)
    try:
        drafting_actions.save_form_data(
            page=form, version=version_sent(request.POST), by=request.user, at=timezone.now()
        )
    except drafting_actions.Stale:
        return _show(request, load(draft.decision, request.user), step, form, stale=True)
    return _elsewhere(request, draft)


def _elsewhere(request: SignedInRequest, draft: Draft) -> HttpResponseBase:
    messages.info(request, "That page is not open yet, or no longer applies. This is the next one to fill in.")
    return _to(draft, next_key(draft))


def _to(draft: Draft, key: str) -> HttpResponseBase:
    if key == CHECK:
        return redirect("drafting:check", draft.decision.public_id)
    return redirect("drafting:page", draft.decision.public_id, key)


def _save(request: SignedInRequest, draft: Draft, step: Step) -> HttpResponseBase:
    then, version = _then(request), version_sent(request.POST)
    form = step.page(draft, _with_another(request.POST, then))
    valid = form.is_valid()
    similar = people_like(request, form, version) if valid and not then.startswith(ADD) else {}
    if similar and not then:
        return _show(request, draft, step, form, similar=similar)
    accepted = valid and not similar and not then.startswith(ADD)
    try:
        saved = _saved(form, version, request.user, accepted=accepted, sent=not then)
    except drafting_actions.Stale:
        return _show(request, load(draft.decision, request.user), step, form, stale=True)
    return _after(request, saved, step, form, valid=valid)


def _then(request: SignedInRequest) -> str:
    """What else was asked for, beside going on: to come back later, or for another blank row."""
    then = request.POST.get("then", "")
    return then if then == "later" or then.startswith(ADD) else ""


def _saved(form: Page, version: int, user: User, *, accepted: bool, sent: bool) -> Draft:
    now = timezone.now()
    if accepted:
        return drafting_actions.save_page(page=form, version=version, by=user, at=now)
    return drafting_actions.save_form_data(page=form, version=version, by=user, at=now, sent=sent)


def _after(request: SignedInRequest, saved: Draft, step: Step, form: Page, *, valid: bool) -> HttpResponseBase:
    then = _then(request)
    if then == "later":
        messages.success(request, "Saved. You can come back to it from your home page, on any device.")
        return redirect("home")
    if then.startswith(ADD):
        return redirect(f"{request.path}#{then.removeprefix(ADD)}")
    if not valid:
        return _show(request, saved, step, form)
    if getattr(form.main, "family", None) or is_something_new(saved, step, request.POST):
        return redirect(request.path)
    return _to(saved, next_key(saved))


def _with_another(data: QueryDict, then: str) -> QueryDict:
    """For "Add another": keeps everything typed and shows one more blank row."""
    if not then.startswith(ADD):
        return data
    more = data.copy()
    name = f"{then.removeprefix(ADD)}-rows"
    more[name] = str(form_data.whole_number(more.get(name, ""), otherwise=0) + 1)
    return more


def version_sent(data: QueryDict) -> int:
    return form_data.whole_number(data.get("version", ""), otherwise=0)


def _show(
    request: SignedInRequest, draft: Draft, step: Step, form: Page, *, stale: bool = False,
    row: AutosavedText | None = None, similar: dict[str, list[Person]] | None = None,
) -> HttpResponseBase:  # fmt: skip
    bad = request.method == "POST" and not similar
    actions.open_draft(decision=draft.decision, page=step.key, by=request.user, at=timezone.now())
    found = findings_raised(draft, step)
    context = {
        "draft": draft, "decision": draft.decision, "step": step, "page": form, "step_list": step_list(draft, step),
        "previous_key": previous_key(draft, step), "stale": stale, "forms": form.forms,
        "version": draft.version(step.page.key), "autosaved_row": row,
        "raised": raised(draft, found), "seen": keys_raised(found),
        "must_be_corrected": must_be_corrected(found),
        "source_changes": [change for change in source_changes(draft) if change.page == step.page.key],
        "talks": people_to_talk_to(draft) if step.key in BEFORE_A_TALK else [],
        "household": household_lines(draft) if step.key in BEFORE_A_TALK else [],
        "opened": uuid4(), "report": report(draft.decision, timezone.localdate()),
        **(shown_people(request, similar) if similar else {}),
    }  # fmt: skip
    status = 200 if not bad else 409 if stale else 422
    return render(request, "drafting/page.html", context, status=status)
