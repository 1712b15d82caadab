"""A draft from its start to the moment before it is recorded. The ledger gets names of fields, never values."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from accounts.access import require
from accounts.models import Team, User
from accounts.roles import Permission, Role
from audit import ledger
from decisions.actions.locks import free, locked_draft
from decisions.models import Decision, DraftPage, GuidanceSeen
from drafting import form_data
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.rows import add_family, set_columns
from drafting.steps import update_completeness
from families.actions import register_family
from families.models import Family
from rules.guidance import Passage

# Longer without a save, and typing on a page is a new sitting.
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
    """A new draft in one of the author's own teams, about a family that team works with.

    `once` names the page as it was opened: sent twice with the same answers, it starts one draft. `supersedes` is a
    decision they may see.
    """
    require(by, Permission.START_DECISIONS)
    if team.pk not in by.team_ids(Role.PRACTITIONER) or team.closed:
        raise PermissionDenied
    if not Family.objects.visible_to(by).of_team(team.pk).filter(pk=family.pk).exists():
        raise PermissionDenied
    if supersedes and not Decision.objects.recorded().visible_to(by).filter(pk=supersedes.pk).exists():
        raise PermissionDenied
    with ledger.recording(actor=by, at=at):
        # One start at a time for each author: two clicks at once must not both find nothing.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        same = Decision.objects.drafts_of(by).filter(
            entry_route=entry_route, team=team, decision_families__family=family
        )
        twice: Decision | None = same.filter(public_id=submission_id).first() if submission_id else None
        if twice:
            return twice
        decision = Decision(
            public_id=free(Decision, submission_id), organisation_id=by.organisation_id, team=team, author=by,
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
    """Registers a family in passing and starts with it; sent twice, there is one family and one draft."""
    require(by, Permission.START_DECISIONS)
    with ledger.recording(actor=by, at=at):
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        twice: Decision | None = (
            Decision.objects.drafts_of(by).filter(public_id=submission_id).first() if submission_id else None
        )
        if twice:
            return twice
        family = register_family(name=name, teams=[team], by=by, at=at)
        return start(entry_route=entry_route, team=team, family=family, submission_id=submission_id, by=by, at=at)


def save_page(*, page: Page, version: int, by: User, at: datetime) -> Draft:
    """Writes a valid page and gives the draft back, read afresh. Raises Stale without writing anything."""
    with ledger.recording(actor=by, at=at):
        shown = page.guidance
        decision = locked_draft(page.draft.decision, by)
        kept = _page_row(decision, page, version)
        page.draft.decision = decision
        page.save(decision, by=by, at=at)
        _keep_guidance(decision, page.key, shown)
        _save_row(kept, {}, at)
        _entry(decision, "decision.page_saved", page.key, sorted(_field_names(page)))
        saved = load(decision, by)
        update_completeness(saved)
    return saved


def save_form_data(*, page: Page, version: int, by: User, at: datetime, sent: bool = True) -> Draft:
    """Keeps what was typed on a page that cannot be accepted yet. Raises Stale without writing anything.

    What was not `sent` to be accepted is shown again without a word about what is missing.
    """
    with ledger.recording(actor=by, at=at):
        decision = locked_draft(page.draft.decision, by)
        kept = _page_row(decision, page, version)
        text = form_data.from_post if sent else form_data.autosaved
        _save_row(kept, text(page.data) if page.data is not None else {}, at)
        _entry(decision, "decision.page_autosaved", page.key, [])
    return load(decision, by)


def autosave(*, page: Page, version: int, by: User, at: datetime) -> DraftPage:
    """Keeps what stands on a page while it is typed on. Raises Stale without writing anything.

    It comes every few seconds, so the ledger hears of it once a sitting: when a page begins to be typed on.
    What is saved already is not half typed: a page that was done and is typed back stays done.
    """
    if page.data is None:
        raise TypeError("Nothing was typed")
    with ledger.recording(actor=by, at=at):
        decision = locked_draft(page.draft.decision, by)
        kept = _page_row(decision, page, version)
        text = {} if kept.pk and page.is_as_saved() else form_data.autosaved(page.data)
        if kept.pk and text == kept.form_data:
            return kept
        if kept.pk and not text:
            kept.complete = type(page)(page.draft).accepts_what_was_saved()
        begins = kept.pk is None or at - kept.saved_at > SITTING
        _save_row(kept, text, at)
        if begins:
            _entry(decision, "decision.page_autosaved", page.key, [])
    return kept


def discard(*, decision: Decision, by: User, at: datetime) -> None:
    """An abandoned draft is gone; that it was there, and who threw it away, stays in the ledger."""
    with ledger.recording(actor=by, at=at):
        draft = locked_draft(decision, by)
        ledger.append("decision.draft_deleted", organisation=draft.organisation_id, obj=draft)
        draft.draft_pages.all().delete()
        draft.delete()


def _page_row(decision: Decision, page: Page, version: int) -> DraftPage:
    """The page as it was opened. What the same opening of it saved by itself meanwhile is no other hand's."""
    kept = decision.draft_pages.filter(page=page.key).first()
    if _is_newer(kept, version) and not _is_from(page, kept):
        raise Stale
    return kept or DraftPage(organisation_id=decision.organisation_id, decision=decision, page=page.key, version=0)


def is_stale(*, page: Page, version: int) -> bool:
    """Whether another hand saved the page since it was opened with that version."""
    kept = page.draft.pages.get(page.key)
    return _is_newer(kept, version) and not _is_from(page, kept)


def _is_newer(kept: DraftPage | None, version: int) -> bool:
    return (kept.version if kept else 0) != version


def _is_from(page: Page, kept: DraftPage | None) -> bool:
    opened = form_data.opened(page.data) if page.data is not None else ""
    return bool(kept and opened and kept.form_data.get(form_data.AUTOSAVED) == [opened])


def _save_row(kept: DraftPage, text: dict[str, list[str]], at: datetime) -> None:
    kept.version += 1
    kept.form_data = text
    kept.saved_at = at
    kept.save()


def _keep_guidance(decision: Decision, page: str, shown: Iterable[Passage]) -> None:
    """What the page said when it was answered, so that a later reader can see it."""
    here = {row.passage: row for row in decision.guidance_seen.filter(page=page)}
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
