"""Requests for evidence, as officers make them, and the files that come of them."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from administration.evidence_actions import ask_evidence, take_evidence
from administration.evidence_wanted import Wanted
from administration.models import EvidenceRequest
from tests.audit.evidence_files import files_of
from tests.cast import Cast


def asked_for(
    cast: Cast, what: str = "log", record: str = "", *, at: dt.datetime | None = None, **more: Any
) -> EvidenceRequest:
    days = {name: more.pop(name) for name in ("first_day", "last_day") if name in more}
    said = {"reason": "Court order 12", "their_reference": "LE26C00123", "why_addresses": "", "by": cast.officer}
    return ask_evidence(
        wanted=Wanted(cast.organisation.pk, what, record, **days), submission_id=uuid4(), at=at or timezone.now(),
        **{**said, **more},
    )  # fmt: skip


def everything_needs_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each record were more than fifty."""
    monkeypatch.setattr("administration.evidence_wanted.MOST_ALONE", 0)


def taken(request: EvidenceRequest) -> bytes:
    return b"".join(take_evidence(request=request, by=request.written_by, at=timezone.now()).sent)


def manifest_of(evidence: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dict(files_of(evidence))["manifest.json"])
    return found
