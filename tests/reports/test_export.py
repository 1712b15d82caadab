"""The log as a file: whose it is, what is in it, and what the ledger keeps of it."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from audit.models import LedgerEntry
from decisions.models import Decision
from reports import log_file
from reports.actions import export_log
from reports.log_file import WORDS, pages
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import plain
from tests.drafting import scenario_cases as cases
from tests.pages import PageClient
from tests.reports.scene import others

SignIn = Callable[[User], PageClient]
cast, now, family, decision = closed.cast, closed.now, closed.family, closed.decision
EXPORT = reverse("reports:export")


@pytest.fixture(scope="module")
def made(decision: Decision, now: datetime) -> list[Decision]:
    """All that there are."""
    return [decision, *others(decision, now)]


def taken(answer: Any) -> bytes:
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def entries(event: str) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(event=event).order_by("seq"))


def test_a_row_for_each_decision_and_no_word_of_any(
    cast: Cast, made: list[Decision], now: datetime, as_user: SignIn
) -> None:
    answer = as_user(cast.supervisor).post(EXPORT)
    assert (answer.headers["X-Decisions"], entries("log.export_finished")) == (str(len(made)), [])
    assert len(entries("log.export_started")) == 1, "before the first byte"
    with CaptureQueriesContext(connection) as asked:
        data = taken(answer)
    # Without those of the audit log, which is signed at the end.
    read = [one for one in asked if one["sql"].startswith("SELECT") and 'FROM "audit_' not in one["sql"]]
    assert len([one for one in read if "pg_advisory" not in one["sql"]]) < len(made), "some of each page, not row"
    rows = table(data)
    assert {row["Decision"] for row in rows} == {row.reference for row in made}
    assert {row["File taken by"] for row in rows} == {cast.supervisor.name_on_record}
    typed = [text for text in cases.words(stories.refused_and_shared(now)) if len(text) > 12]
    assert [text for text in typed if text in data.decode()] == []
    ended = entries("log.export_finished")[-1]
    assert ended.actor_id == cast.supervisor.pk
    assert ended.additional_data["count"] == len(made)
    assert ended.additional_data["sha256"] == sha256(data).hexdigest()


@pytest.mark.usefixtures("made")
def test_the_filters_of_the_log_are_kept(cast: Cast, as_user: SignIn) -> None:
    address = f"{EXPORT}?outcome=NOT_SHARED"
    client = as_user(cast.supervisor)
    assert "Decision: " in client.get(address).content.decode()
    rows = table(taken(client.post(address)))
    assert len(rows) == 4
    assert entries("log.export_started")[-1].additional_data["filter.outcome"] == "NOT_SHARED"
    assert client.post(f"{EXPORT}?outcome=nothing").status_code == 422


def test_pages_hold_each_decision_once(made: list[Decision], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "PAGE", 2)
    found = [row.reference for page in pages(Decision.objects.recorded(), ("reference", "decided_at")) for row in page]
    newest_first = sorted(made, key=lambda row: (row.decided_at, row.pk), reverse=True)
    assert found == [row.reference for row in newest_first]


def test_nothing_in_it_runs(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    plain(User).filter(pk=decision.author_id).update(full_name="=HYPERLINK(1)", job_title="+1")
    data = taken(as_user(cast.supervisor).post(EXPORT))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table(data) for cell in row.values())


def test_an_officer_says_why_they_need_what_people_wrote(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    client = as_user(cast.officer)
    assert decision.facts not in taken(client.post(EXPORT)).decode()
    refused = client.post(EXPORT, {"words": "on", "reason": " "})
    assert refused.status_code == 422
    assert "Enter why you need what people wrote" in refused.content.decode()
    rows = table(taken(client.post(EXPORT, {"words": "on", "reason": "An audit"})))
    assert rows[0][WORDS["facts"]] == decision.facts
    started = entries("log.export_started")[-1].additional_data
    assert (started["words"], started["reason"]) == (True, "An audit")


def test_a_supervisor_takes_no_words_whatever_is_sent(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    data = taken(as_user(cast.supervisor).post(EXPORT, {"words": "on", "reason": "I want to"}))
    assert decision.facts not in data.decode()


@pytest.mark.parametrize(
    ("who", "words", "reason", "refusal"),
    [
        ("practitioner", False, "", PermissionDenied), ("administrator", False, "", PermissionDenied),
        ("supervisor", True, "An audit", PermissionDenied), ("officer", True, "", ValidationError),
    ],
)  # fmt: skip
def test_the_action_asks_again(
    cast: Cast,
    now: datetime,
    who: str,
    words: bool,  # noqa: FBT001
    reason: str,
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        export_log(narrowed=lambda rows: rows, filters={}, words=words, reason=reason, by=getattr(cast, who), at=now)


def test_only_the_own_organisation_leaves(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    for stranger in (cast.stranger.supervisor, cast.stranger.officer):
        assert table(taken(as_user(stranger).post(EXPORT))) == []
    assert decision.reference


@pytest.mark.parametrize("read", [0, 1])
def test_one_that_is_broken_off_is_entered_as_that(cast: Cast, as_user: SignIn, read: int) -> None:
    """Also where nothing of it was read."""
    answer = as_user(cast.officer).post(EXPORT)
    assert isinstance(answer, StreamingHttpResponse)
    for _ in range(read):
        next(iter(answer))
    for close in answer._resource_closers:
        close()
    ends = [entry for end in ("broken_off", "finished") for entry in entries(f"log.export_{end}")]
    assert [(entry.event, entry.actor_id) for entry in ends] == [("log.export_broken_off", cast.officer.pk)]
