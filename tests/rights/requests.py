"""Requests that tests open and answer."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from audit import ledger
from families.models import Person
from letters.output import bytes_of
from rights import actions
from rights.entries import Entry
from rights.models import FamilyCopy, ItemDecision, RequestEvent, RightsRequest
from rights.preparing import prepared
from rules.rights.grounds import access_grounds
from rules.rights.suggest import ItemChoice
from tests.decisions.cases import plain


def asked(**changed: Any) -> dict[str, Any]:
    answers = {"kind": "ACCESS", "wanted": "Everything you hold", "asker": "SELF", "asked_by_name": ""}
    return {**answers, "received_on": timezone.localdate(), "answer_how": "On paper", **changed}


def opened(person: Person, by: User, *, identity: str = "Passport seen", **changed: Any) -> RightsRequest:
    return actions.open_request(
        person=person, answers=asked(**changed), identity=identity, submission_id=uuid4(), by=by, at=timezone.now()
    )


def event(request: RightsRequest, kind: str, by: User, day: date | None = None, **more: Any) -> RequestEvent:
    answers: Mapping[str, Any] = {"text": "By phone, as agreed", "on_day": day or timezone.localdate(), **more}
    return actions.add_event(
        request=request, kind=kind, answers=answers, submission_id=uuid4(), by=by, at=timezone.now()
    )


def decided(request: RightsRequest, by: User, *, but: str = "") -> None:
    """Every item decided as suggested, and the others given: past the actions, which read the record each time."""
    written = {"written_at": timezone.now(), "written_by": by, "written_by_name": by.full_name}
    known = {"organisation_id": request.organisation_id, "request": request, **written}
    plain(ItemDecision).bulk_create(
        ItemDecision(**known, decision=record.decision, key=entry.key, **_as_suggested(entry))
        for record in prepared(request, by)
        for entry in record.undecided
        if entry.key != but
    )


def _as_suggested(entry: Entry) -> dict[str, str]:
    if entry.suggestion is None:
        return {"choice": ItemChoice.GIVE}
    law = access_grounds()[entry.suggestion.ground]
    out = {"choice": ItemChoice.LEAVE_OUT, "ground": law.code, "ground_citation": law.citation}
    return {**out, "reason": "As suggested"}


def made_past_the_actions(request: RightsRequest, by: User) -> FamilyCopy:
    """A PDF with a sentence in it, for tests that ask who may open one."""
    content = {"title": "Your copy", "author": "Us", "language": "en", "layout": "standard",
               "sections": [{"heading": "", "blocks": [{"text": "Hello"}]}]}  # fmt: skip
    values = {"organisation_id": request.organisation_id, "request": request, "format": "pdf", "route": "in_person",
              "content": content, "sha256": "0" * 64}  # fmt: skip
    written = {"written_at": timezone.now(), "written_by": by, "written_by_name": by.full_name}
    made = FamilyCopy(**values, **written)
    with ledger.recording(actor=by, at=made.written_at):
        made.save()
    return made


def copied(request: RightsRequest, by: User, **changed: Any) -> FamilyCopy:
    wanted = {"contact": "Femi Larkin, 01632 960100", "layout": "standard", "output_format": "html"}
    arguments: dict[str, Any] = {**wanted, "route": "in_person", "submission_id": uuid4(), **changed}
    return actions.make_copy(request=request, by=by, at=timezone.now(), **arguments)


def text_of(copy: FamilyCopy) -> str:
    made = bytes_of(copy.content, copy.format)
    if copy.format == "html":
        return made.decode()
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
