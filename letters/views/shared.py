"""What was shared about one person, over every decision the reader of the page may see, and the letters about it."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.models import User
from accounts.roles import Permission
from audit.statements import rows_where
from decisions.models import InformingEvent
from families.models import Person
from families.views.rows import visible
from letters import actions
from letters.about import decisions_about
from letters.models import SharedLetter
from letters.output import bytes_of
from letters.routes import Route
from letters.shared_about import shared_about
from letters.views.made import NOT_ANY_MORE, REFUSED
from rules.codes import NOT_INFORMED
from ui.labels import numbered
from ui.moments import moment


def may_write(person: Person, user: User) -> bool:
    return user.has(Permission.EDIT_FAMILIES) and Person.objects.editable_by(user).filter(pk=person.pk).exists()


@require_safe
@allow(Permission.SEE_DECISIONS)
def about(request: SignedInRequest, person_id: UUID) -> HttpResponseBase:
    person = visible(Person.objects.select_related("family"), request.user, person_id)
    actions.read_what_was_shared(person=person, by=request.user, at=timezone.now())
    decisions = list(decisions_about(person, request.user))
    letters = list(SharedLetter.objects.visible_to(request.user).filter(person=person).select_related("written_by"))
    context = {
        "person": person,
        "shared": shared_about(decisions, person, timezone.localdate()),
        "letters": _lines(letters),
        "may_write": bool(decisions) and may_write(person, request.user),
    }
    return render(request, "letters/shared.html", context)


def _lines(letters: list[SharedLetter]) -> list[tuple[SharedLetter, str, str, str]]:
    titles = numbered([f"Letter of {moment(row.written_at)}" for row in letters])
    return [(row, title, _author(row), Route.label_of(row.route)) for row, title in zip(letters, titles, strict=True)]


def _found(request: SignedInRequest, person_id: UUID, letter: UUID) -> SharedLetter:
    letters = SharedLetter.objects.visible_to(request.user).select_related("person", "agreement", "written_by")
    found: SharedLetter = get_object_or_404(letters, public_id=letter, person__public_id=person_id)
    return found


def _author(letter: SharedLetter) -> str:
    return letter.written_by_then_and_now


def _since(letter: SharedLetter) -> str:
    """Why it is not to be given to them any more; said and not refused, because it shows what was given."""
    latest = {
        event.person_id: event
        for event in rows_where(InformingEvent, "person", [row.person_id for row in letter.about.all()])
    }
    not_any_more = any(event.informing_state in NOT_INFORMED or event.informing_closing for event in latest.values())
    return NOT_ANY_MORE if not_any_more else ""


def _refused(request: SignedInRequest, found: SharedLetter, refused: str) -> HttpResponseBase:
    """Why it cannot be opened, with nothing of the letter and no address."""
    context = {"made": found, "refused": refused, "may_write": may_write(found.person, request.user)}
    return render(request, "letters/shared_made.html", context, status=REFUSED)


@require_safe
@allow(Permission.SEE_DECISIONS)
def made(request: SignedInRequest, person_id: UUID, letter: UUID) -> HttpResponseBase:
    """The letter as it was given, to read or to print."""
    found = _found(request, person_id, letter)
    refused = actions.open_shared_letter(letter=found, by=request.user, at=timezone.now())
    if refused:
        return _refused(request, found, refused)
    context = {"made": found, "letter": found.content, "warning": _since(found), "author": _author(found)}
    return render(request, "letters/shared_made.html", context)


@require_safe
@allow(Permission.SEE_DECISIONS)
def pdf(request: SignedInRequest, person_id: UUID, letter: UUID) -> HttpResponseBase:
    """The same bytes as when it was made. The name of the file says nothing."""
    found = _found(request, person_id, letter)
    if found.format != SharedLetter.Format.PDF:
        raise Http404
    refused = actions.open_shared_letter(letter=found, by=request.user, at=timezone.now())
    if refused:
        return _refused(request, found, refused)
    answer = HttpResponse(bytes_of(found.content, found.format), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return answer
