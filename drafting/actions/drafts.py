"""A draft from its start until it is recorded. The ledger gets the names of its fields, never their values."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from accounts.access import require
from accounts.models import Team, User
from accounts.roles import Permission, Role
from audit import ledger
from audit.statements import rows_where
from decisions.actions.locks import locked_draft, unused_id
from decisions.models import Decision, DraftPage, GuidanceSeen
from drafting import form_data
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.rows import add_family, set_columns
from drafting.steps import leave_unjudged, update_completeness
from families.actions import register_family
from families.models import Family
from rules.guidance import Passage

# After this long without a save, autosaving a page makes a new ledger entry.
SITTING = timedelta(minutes=15)


class Stale(Exception):
    """The page was saved somewhere else since it was opened."""


def start(
    *,
    entry_route: str,
    team: Team,
    family: Family,
    by: User,
    at: datetime,
    submission_id: UUID | None = None,
    supersedes: Decision | None = None,
) -> Decision:
    """Start a draft in one of the author's own teams, about a family that team works with.

    `submission_id` is the id of the form as it was opened: submitting it twice with the same answers starts one draft.
    `supersedes` is a decision that the author may see.
    """
    require(by, Permission.START_DECISIONS)
    if team.pk not in by.team_ids(Role.PRACTITIONER) or team.closed:
        raise PermissionDenied
    if not Family.objects.visible_to(by).of_team(team.pk).filter(pk=family.pk).exists():
        raise PermissionDenied
    if supersedes and not Decision.objects.recorded().visible_to(by).filter(pk=supersedes.pk).exists():
        raise PermissionDenied
    with ledger.recording(actor=by, at=at):
        # Lock the author, so that the second of two concurrent submissions sees the draft the first one started.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        same = Decision.objects.drafts_of(by).filter(
            entry_route=entry_route, team=team, decision_families__family=family
        )
        existing: Decision | None = same.filter(public_id=submission_id).first() if submission_id else None
        if existing:
            return existing
        decision = Decision(
            public_id=unused_id(Decision, submission_id), organisation_id=by.organisation_id, team=team, author=by,
            entry_route=entry_route, started_at=at, supersedes=supersedes,
        )  # fmt: skip
        decision.save()
        add_family(decision, family)
        ledger.append(
            "decision.started", organisation=by.organisation_id, obj=decision, details={"entry_route": entry_route}
        )
    return decision


def start_with_new_family(
    *, entry_route: str, team: Team, name: str, submission_id: UUID | None, by: User, at: datetime
) -> Decision:
    """Register a family and start a draft about it. Submitted twice, it makes one family and one draft."""
    require(by, Permission.START_DECISIONS)
    with ledger.recording(actor=by, at=at):
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        existing: Decision | None = (
            Decision.objects.drafts_of(by).filter(public_id=submission_id).first() if submission_id else None
        )
        if existing:
            return existing
        family = register_family(name=name, teams=[team], by=by, at=at)
        return start(entry_route=entry_route, team=team, family=family, submission_id=submission_id, by=by, at=at)


def save_page(*, page: Page, version: int, by: User, at: datetime, judge: bool = True) -> Draft:
    """Save a valid page and return the draft, read again. Raises Stale without writing anything.

    Whoever saves page after page may leave the judging of them all, with `judge=False`, to `judge_again` or `record`
    right after them.
    """
    with ledger.recording(actor=by, at=at):
        shown = page.guidance
        decision = locked_draft(page.draft.decision, by)
        row = _page_row(decision, page, version)
        page.draft.decision = decision
        page.save(decision, by=by, at=at)
        _keep_guidance(decision, page.key, shown)
        _save_row(row, {}, at)
        _entry(decision, "decision.page_saved", page.key, sorted(_field_names(page)))
        saved = load(decision, by)
        (update_completeness if judge else leave_unjudged)(saved)
    return saved


def save_form_data(*, page: Page, version: int, by: User, at: datetime, sent: bool = True) -> Draft:
    """Save the form data of a page that is not accepted yet. Raises Stale without writing anything.

    When `sent` is false the page was not submitted for acceptance, so it is shown again without errors.
    """
    with ledger.recording(actor=by, at=at):
        decision = locked_draft(page.draft.decision, by)
        row = _page_row(decision, page, version)
        text = form_data.from_post if sent else form_data.autosaved
        _save_row(row, text(page.data) if page.data is not None else {}, at)
        _entry(decision, "decision.page_autosaved", page.key, [])
    return load(decision, by)


def autosave(*, page: Page, version: int, by: User, at: datetime) -> DraftPage:
    """Save the form data of a page while it is being filled in. Raises Stale without writing anything.

    It is called every few seconds, so there is one ledger entry for each stretch of typing. Form data equal to the
    saved answers is dropped, and a complete page then stays complete.
    """
    if page.data is None:
        raise TypeError("Nothing was typed")
    with ledger.recording(actor=by, at=at):
        decision = locked_draft(page.draft.decision, by)
        row = _page_row(decision, page, version)
        text = {} if row.pk and page.is_as_saved() else form_data.autosaved(page.data)
        if row.pk and text == row.form_data:
            return row
        begins = row.pk is None or at - row.saved_at > SITTING
        _save_row(row, text, at)
        if not text:
            update_completeness(load(decision, by))
        if begins:
            _entry(decision, "decision.page_autosaved", page.key, [])
    return row


def judge_again(*, decision: Decision, by: User, at: datetime) -> Draft:
    """Judge every saved page again, after something outside the draft changed. Nothing enters the ledger."""
    with ledger.recording(actor=by, at=at):
        draft = load(locked_draft(decision, by), by)
        update_completeness(draft)
    return draft


def discard(*, decision: Decision, by: User, at: datetime) -> None:
    """Delete a draft. That it existed, and who deleted it, stays in the ledger."""
    with ledger.recording(actor=by, at=at):
        draft = locked_draft(decision, by)
        ledger.append("decision.draft_deleted", organisation=draft.organisation_id, obj=draft)
        draft.draft_pages.all().delete()
        draft.delete()


def _page_row(decision: Decision, page: Page, version: int) -> DraftPage:
    """The row of the page, if nothing but this same opened page has saved it since."""
    row = next((row for row in rows_where(DraftPage, "decision", [decision.pk]) if row.page == page.key), None)
    if _is_newer(row, version) and not _is_from(page, row):
        raise Stale
    return row or DraftPage(organisation_id=decision.organisation_id, decision=decision, page=page.key, version=0)


def is_stale(*, page: Page, version: int) -> bool:
    """Whether the page was saved somewhere else since it was opened with that version."""
    row = page.draft.pages.get(page.key)
    return _is_newer(row, version) and not _is_from(page, row)


def _is_newer(row: DraftPage | None, version: int) -> bool:
    return (row.version if row else 0) != version


def _is_from(page: Page, row: DraftPage | None) -> bool:
    opened = form_data.opened(page.data) if page.data is not None else ""
    return bool(row and opened and row.form_data.get(form_data.AUTOSAVED) == [opened])


def _save_row(row: DraftPage, text: dict[str, list[str]], at: datetime) -> None:
    row.version += 1
    row.form_data = text
    row.saved_at = at
    row.save()


def _keep_guidance(decision: Decision, page: str, shown: Iterable[Passage]) -> None:
    """Record which guidance the page showed when it was answered."""
    here: dict[str, GuidanceSeen] = {}
    for seen in rows_where(GuidanceSeen, "decision", [decision.pk]):
        if seen.page == page:
            here[seen.passage], seen.decision = seen, decision
    for passage in shown:
        row = here.pop(passage.id, None) or GuidanceSeen(
            organisation_id=decision.organisation_id, decision=decision, page=page, passage=passage.id
        )
        set_columns(row, {"version": passage.version, "sha256": passage.sha256}, ["version", "sha256"])
    for row in here.values():
        row.delete()


def _field_names(page: Page) -> set[str]:
    return {name for form in page.forms for name in form.fields if name not in {"pk", "remove"}}


def _entry(decision: Decision, event: str, key: str, fields: list[str]) -> None:
    details = {"page": key, "fields": ", ".join(fields)}
    ledger.append(event, organisation=decision.organisation_id, obj=decision, details=details)
