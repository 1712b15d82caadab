from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from accounts.namesakes import names_of_colleagues
from accounts.roles import Permission
from decisions import actions, newest
from decisions.facts.decision import facts_of, law_of
from decisions.forms.log import LogFilter
from decisions.models import Decision
from decisions.presenters.chronology import chronology
from decisions.presenters.complaints import open_complaints
from decisions.presenters.contact import contact_by_person, planned_contacts
from decisions.presenters.corrections import corrections_due
from decisions.presenters.decline_letter import decline_letter
from decisions.presenters.findings import warnings_in_two
from decisions.presenters.follow_up import to_inform, to_send, transfer, waiting, withdrawn_consents
from decisions.presenters.in_short import in_short
from decisions.presenters.log import lines
from decisions.presenters.masked import without_contacts
from decisions.presenters.names import names_since
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people import person_names
from decisions.presenters.people_on_lists import who
from decisions.presenters.record import sections
from decisions.presenters.statutory_report import report
from decisions.presenters.voice import statements_due
from decisions.queries import may_add_to, may_see_who_looked_at
from decisions.views.found import FROM_APPS_ABOVE, DisposedOf, found_or_404, may_read
from decisions.views.related import related
from decisions.views.standing import standing
from rules.assess import assess

MOST_DRAFTS = 50


def _drafts(user: User) -> QuerySet[Decision]:
    drafts: QuerySet[Decision] = Decision.objects.draft_lines_for(user)
    drafts = drafts.only("public_id", "reference", "started_at", "author")
    return drafts.order_by("-started_at", "-pk")[: MOST_DRAFTS + 1]


_DRAFTS = CompiledQuery(Decision, _drafts)


@require_safe
@allow(Permission.READ_DECISIONS)
def log(request: SignedInRequest) -> HttpResponseBase:
    """Recorded decisions, newest first. Supervisors also see that there are drafts, without their text."""
    user = request.user
    form = LogFilter(request.GET, user=user)
    filters = (form.narrowed, form.scan()) if form.has_changed() else ()
    page = newest.page(user, request.GET, *filters)
    shown_lines = lines(page.rows, timezone.localdate())
    form.offer_people(page.rows)
    shown = _DRAFTS.rows(user)
    starters = names_of_colleagues(draft.author_id for draft in shown)
    listed = [row.reference for row in (*page.rows, *shown[:MOST_DRAFTS])]
    actions.list_decisions(listed="log", references=listed, filters=form.changed_data, by=user, at=timezone.now())
    context = {
        "form": form,
        "page": page,
        # Where the list ends: whoever reads on to there would miss them.
        "gone": form.gone() if page.older is None else None,
        "lines": shown_lines,
        "drafts": [(draft, starters[draft.author_id]) for draft in shown[:MOST_DRAFTS]],
        "more_drafts": len(shown) > MOST_DRAFTS,
        "most_drafts": MOST_DRAFTS,
        "may_export": user.has(Permission.EXPORT_LOG),
    }
    return render(request, "decisions/log.html", context, status=200 if form.is_valid() else 422)


@require_safe
@allow(Permission.READ_DECISIONS)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """One recorded decision on one page. The audit entry for opening it is written before the page is shown."""
    try:
        decision = found_or_404(request.user, public_id, may_read, *FROM_APPS_ABOVE)
    except DisposedOf as gone:
        return render(request, "decisions/disposed.html", {"decision": gone.decision})
    actions.open_decision(decision=decision, by=request.user, at=timezone.now())
    if request.user.is_inspector:
        without_contacts(decision)
    people = {str(key): name for key, name in person_names(decision).items()}
    today, facts = timezone.localdate(), facts_of(decision)
    may_add = may_add_to(decision, request.user)
    lines_of_group = standing(request, decision, may_add=may_add)
    context = {
        "decision": decision,
        "who": who([decision])[decision.pk],
        "in_short": in_short(decision),
        "outcome": outcome_words(decision),
        "names_since": names_since(decision, request.user),
        "withdrawn": withdrawn_consents(decision, facts),
        "to_send": to_send(decision),
        "to_inform": to_inform(decision, today),
        "waiting": waiting(decision, today),
        "corrections_due": corrections_due(decision),
        "open_complaints": open_complaints(decision, today),
        "statements_due": statements_due(decision),
        "planned_contacts": planned_contacts(decision, today),
        "contact": contact_by_person(decision),
        "transfer": transfer(decision, today),
        "report": report(decision, today),
        "sections": sections(decision, lines_of_group["shown"]),
        "chronology": chronology(decision, lines_of_group["shown"]),
        **warnings_in_two(assess(facts, law_of(decision)).warnings, people),
        "may_add": may_add,
        "has_decline_letter": decline_letter(decision) is not None,
        **lines_of_group,
        **related(request, decision),
        "sees_who_looked": may_see_who_looked_at(decision, request.user),
        "may_review": request.user.has(Permission.REVIEW_DECISIONS) and decision.author_id != request.user.pk,
    }
    return render(request, "decisions/detail.html", context)
