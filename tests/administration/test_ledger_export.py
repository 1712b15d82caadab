"""The administrator's export: own chain, no value, entered at both ends."""

import csv
import io
import json
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse

from accounts.models import User
from administration.ledger_actions import export_ledger, verify_ledger
from tests.administration.pages import SignIn
from tests.administration.test_ledger_page import EXPORT, enter, own
from tests.audit.conftest import AT
from tests.cast import Cast
from tests.pages import in_one_line


def taken(answer: Any) -> bytes:
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer)


@pytest.mark.parametrize("who", ["administrator", "officer"])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_with_a_neutral_name_and_no_value(cast: Cast, as_user: SignIn, kind: str, who: str) -> None:
    enter(cast)
    answer = as_user(getattr(cast, who)).post(EXPORT, {"format": kind})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ledger.{kind}"'
    data = taken(answer).decode()
    assert "decision.recorded" in data
    assert "reason" in data
    assert "lodger" not in data
    assert "nurse" not in data


def test_only_the_own_chain_leaves(cast: Cast, as_user: SignIn) -> None:
    enter(cast)
    enter(cast, stranger=True)
    data = taken(as_user(cast.administrator).post(EXPORT, {"format": "jsonl"})).decode()
    assert {json.loads(line)["organisation"] for line in data.splitlines()} == {cast.organisation.pk}


def test_csv_opens_as_a_table(cast: Cast, as_user: SignIn) -> None:
    enter(cast, 2)
    data = taken(as_user(cast.administrator).post(EXPORT, {"format": "csv"})).decode()
    rows = list(csv.DictReader(io.StringIO(data)))
    assert [row["event"] for row in rows] == ["decision.recorded", "decision.recorded", "account.signed_in"]
    assert rows[0]["fields"] == "reason note"


def test_it_is_entered_before_the_first_byte_and_after_the_last(cast: Cast, as_user: SignIn) -> None:
    enter(cast, 2)
    answer = as_user(cast.officer).post(EXPORT, {"format": "jsonl"})
    began = own(cast)[-1]
    assert began.event == "ledger.export_started"
    assert began.additional_data == {"format": "jsonl", "values": False, "first": 1, "last": 3}
    data = taken(answer)
    ended = own(cast)[-2]
    assert ended.event == "ledger.export_finished"
    assert (ended.additional_data["count"], ended.additional_data["sha256"]) == (3, sha256(data).hexdigest())
    assert (began.actor_id, ended.actor_id, began.cid) == (cast.officer.pk, cast.officer.pk, ended.cid)


def test_one_that_is_broken_off_is_entered_as_that(cast: Cast, as_user: SignIn) -> None:
    enter(cast, 2)
    answer = as_user(cast.officer).post(EXPORT, {"format": "csv"})
    assert isinstance(answer, StreamingHttpResponse)
    next(iter(answer))
    # As a server does when the reader goes away; closing the whole answer would close the test's database too.
    for close in answer._resource_closers:
        close()
    assert own(cast)[-2].event == "ledger.export_broken_off"


@pytest.mark.parametrize("sent", [{}, {"format": ""}, {"format": "bundle"}, {"format": "a\x00b"}])
def test_a_format_there_is_not_is_explained(cast: Cast, as_user: SignIn, sent: dict[str, str]) -> None:
    answer = as_user(cast.administrator).post(EXPORT, sent)
    assert answer.status_code == 422
    page = in_one_line(answer)
    assert "Error: Audit log" in page
    assert "format" in page
    assert "ledger.export_started" not in [entry.event for entry in own(cast)]


def test_actions_ask_for_the_permission_again(cast: Cast) -> None:
    for user in (cast.practitioner, cast.supervisor, _deactivated(cast.administrator)):
        with pytest.raises(PermissionDenied):
            export_ledger(kind="csv", by=user)
        with pytest.raises(PermissionDenied):
            verify_ledger(by=user, at=AT)


def _deactivated(user: User) -> User:
    user.is_active = False
    return user
