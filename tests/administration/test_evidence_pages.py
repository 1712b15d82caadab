"""Evidence by an officer: how much it is first, a reason, a second officer for much, and who took it in the file."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from administration import evidence_actions as actions
from administration.evidence_wanted import Wanted
from administration.models import EvidenceAnswer, EvidenceRequest
from audit.models import LedgerEntry
from audit.signing import fingerprint
from tests.accounts.test_step_up import stale
from tests.administration.evidence_scenes import asked_for, everything_needs_two, manifest_of, taken
from tests.audit.evidence_files import result_of
from tests.decisions.cases import Case, plain, twin_of
from tests.pages import PageClient
from tests.retention.scene import second_officer

SignIn = Callable[[User], PageClient]
pytestmark = pytest.mark.django_db
ASK = reverse("administration:evidence_ask")
TODAY = {"first_day_day": "1", "first_day_month": "1", "first_day_year": "2026"}


def page_of(request: EvidenceRequest) -> str:
    return reverse("administration:evidence_request", args=[request.public_id])


def take(client: PageClient, request: EvidenceRequest) -> Any:
    return client.post(reverse("administration:evidence_take", args=[request.public_id]))


def events(*names: str) -> list[str]:
    found = LedgerEntry.objects.filter(event__in=names).order_by("seq")
    return [entry.event for entry in found]


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"show": "yes"}, "Choose what the evidence is of"),
        ({"what": ""}, "Choose what the evidence is of"),
        ({"what": "decision", "decision": ""}, "Enter the reference of the decision"),
        ({"what": "decision", "decision": "D-000000"}, "No recorded decision of your organisation"),
        ({"what": "family", "family": "F-000000"}, "No family of your organisation"),
        ({"what": "period", **TODAY}, "Enter the last day"),
        (
            {"what": "period", **TODAY, "last_day_day": "31", "last_day_month": "12", "last_day_year": "2025"},
            "or after it",
        ),
    ],
)
def test_what_is_not_there_is_not_counted(closed: Case, as_user: SignIn, chosen: dict[str, str], said: str) -> None:
    refused = as_user(closed.cast.officer).get(ASK, chosen)
    assert (refused.status_code, said in refused.content.decode()) == (422, True)


@pytest.mark.sqlite
def test_a_draft_and_another_organisations_record_are_not_there(closed: Case, as_user: SignIn) -> None:
    client = as_user(closed.cast.officer)
    for wrong in (twin_of(closed.decision).reference, closed.family.reference):
        assert client.get(ASK, {"what": "decision", "decision": wrong}).status_code == 422
    there = {"what": "decision", "decision": f" {closed.decision.reference.lower()} "}
    assert client.get(ASK, there).status_code == 200
    assert as_user(closed.cast.stranger.officer).get(ASK, there).status_code == 422


@pytest.mark.sqlite
def test_how_much_it_is_comes_first_and_nothing_leaves(closed: Case, as_user: SignIn) -> None:
    """Counted again here from the entries, one by one."""
    last = {**{name.replace("first", "last"): part for name, part in TODAY.items()}, "last_day_day": "2"}
    asked = {
        "decision": {"decision": closed.decision.reference}, "family": {"family": closed.family.reference},
        "log": {}, "period": {**TODAY, **last},
    }  # fmt: skip
    client = as_user(closed.cast.officer)
    own = list(LedgerEntry.objects.filter(organisation=closed.cast.organisation.pk))
    names = [person.name for person in closed.decision.people.all()]
    people = {entry.object_pk for entry in own if entry.subject == "families.person"}
    for what, chosen in asked.items():
        answer = client.get(ASK, {"what": what, **chosen})
        assert answer.status_code == 200
        assert [name for name in names if name in answer.content.decode()] == []
    counts = Wanted(closed.cast.organisation.pk, "log").counts()
    assert (counts.entries, counts.decisions, counts.families) == (len(own), 1, 1)
    assert (counts.people, counts.with_words) == (len(people), len([entry for entry in own if entry.changes]))
    year = dt.date(2026, 1, 1)
    days = Wanted(closed.cast.organisation.pk, "period", first_day=year, last_day=timezone.localdate())
    assert days.counts() == counts
    assert replace(days, last_day=year).counts().entries == 0
    of_one = Wanted(closed.cast.organisation.pk, "decision", closed.decision.reference).counts()
    assert (of_one.decisions, of_one.families, of_one.people) == (1, 0, closed.decision.people.count())
    assert 0 < of_one.with_words <= of_one.entries < counts.entries
    assert events("ledger.export_started", "decision.evidence_made") == []


@pytest.mark.sqlite
def test_a_reason_is_needed_and_another_for_addresses(closed: Case, as_user: SignIn) -> None:
    client, address = as_user(closed.cast.officer), f"{ASK}?what=log"
    refused = client.post(address, {"reason": " ", "their_reference": "LE26", "addresses": "on", "why_addresses": ""})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Enter why you need it" in page
    assert "Enter why they must be in it" in page
    assert 'value="LE26"' in page
    assert not EvidenceRequest.objects.exists()
    # Typed under what was not ticked, and so not sent by the page.
    answer = client.post(address, {"reason": "Court order 12", "why_addresses": "The court asked"})
    made = EvidenceRequest.objects.get()
    assert answer.headers["Location"] == page_of(made)
    assert (made.addresses, made.why_addresses, made.needs_second) == (False, "", False)
    page = client.get(page_of(made)).content.decode()
    assert [said for said in ("Make the file", fingerprint()) if said not in page] == []


def test_the_file_proves_itself_and_says_who_took_it_and_why(closed: Case, as_user: SignIn) -> None:
    officer = closed.cast.officer
    request = asked_for(closed.cast, "decision", closed.decision.reference)
    answer = take(as_user(officer), request)
    assert isinstance(answer, StreamingHttpResponse)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="evidence.zip"'
    assert int(answer.headers["X-Entries"]) == request.entries
    assert events("ledger.export_started", "ledger.export_finished") == ["ledger.export_started"]
    evidence = b"".join(answer)
    assert result_of(evidence, fingerprint())[1].startswith("VERIFIED\n")
    manifest = manifest_of(evidence)
    assert manifest["asked_by"] == f"{officer.name_on_record}, {officer.email}"
    assert (manifest["reason"], manifest["their_reference"]) == ("Court order 12", "LE26C00123")
    assert manifest["request"] == request.reference
    assert events("decision.evidence_made", "ledger.export_finished") == [
        "decision.evidence_made", "ledger.export_finished",
    ]  # fmt: skip
    made = LedgerEntry.objects.get(event="decision.evidence_made")
    assert (made.actor_id, made.object_repr) == (officer.pk, closed.decision.reference)


@pytest.mark.sqlite
@pytest.mark.parametrize("chunks", [0, 1, 5])
def test_stopping_it_is_entered(closed: Case, as_user: SignIn, chunks: int) -> None:
    answer = take(as_user(closed.cast.officer), asked_for(closed.cast))
    for _ in range(chunks):
        next(iter(answer))
    for close in answer._resource_closers:
        close()
    assert events("ledger.export_finished", "ledger.export_broken_off") == ["ledger.export_broken_off"]


@pytest.mark.sqlite
def test_addresses_are_out_unless_there_is_a_reason(closed: Case) -> None:
    for why, word in (("", "left out"), ("The court asked where to find them", "")):
        left_out = manifest_of(taken(asked_for(closed.cast, "log", why_addresses=why)))["left_out"]
        assert bool(left_out.get("address or phone number")) == bool(word)


def test_of_many_records_another_officer_agrees_first(
    closed: Case, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything_needs_two(monkeypatch)
    cast = closed.cast
    officer, other = as_user(cast.officer), as_user(second_officer(cast.officer))
    refused, agreed = asked_for(cast), asked_for(cast, "family", closed.family.reference)
    for request in (refused, agreed):
        assert "Your answer" not in officer.get(page_of(request)).content.decode()
        officer.post(page_of(request), {"agreed": "yes", "reason": "Mine"})
        assert take(officer, request).status_code == take(other, request).status_code == 302
        home = other.get("/").content.decode()
        assert [said for said in ("Answer a request for evidence", request.reference) if said not in home] == []
        assert request.reference not in officer.get("/").content.decode()
        page = other.get(page_of(request)).content.decode()
        assert [word for word in ("Court order 12", "LE26C00123", "Your answer") if word not in page] == []
        assert other.post(page_of(request), {"agreed": "yes", "reason": " "}).status_code == 422
    assert not EvidenceAnswer.objects.exists()
    other.post(page_of(refused), {"agreed": "no", "reason": "Too much"})
    other.post(page_of(agreed), {"agreed": "yes", "reason": "I read the order"})
    assert other.post(page_of(agreed), {"agreed": "no", "reason": "Again"}).status_code == 422
    assert take(officer, refused).status_code == 302
    assert take(other, agreed).status_code == 302, "who asked for it makes it"
    assert events("ledger.export_started") == []
    assert "request for evidence" not in other.get("/").content.decode()
    manifest = manifest_of(b"".join(take(officer, agreed)))
    assert manifest["agreed_by"] == "Greta Holm"
    assert "Too much" in officer.get(page_of(refused)).content.decode()


@pytest.mark.sqlite
def test_it_is_over_after_seven_days(closed: Case, as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    cast, now = closed.cast, timezone.now()
    alone = asked_for(cast, at=now - dt.timedelta(days=7))
    everything_needs_two(monkeypatch)
    waiting = asked_for(cast, at=now - dt.timedelta(days=7))
    other = second_officer(cast.officer)
    for by, request in ((cast.officer, alone), (other, waiting)):
        assert "Over" in as_user(by).get(page_of(request)).content.decode()
        assert take(as_user(cast.officer), request).status_code == 302
    with pytest.raises(ValidationError, match="7 days"):
        actions.answer_evidence(request=waiting, agreed=True, reason="Yes", by=other, at=now)
    assert events("ledger.export_started") == []


@pytest.mark.sqlite
def test_what_grew_past_fifty_since_needs_a_second_too(closed: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked_for(closed.cast)
    everything_needs_two(monkeypatch)
    with pytest.raises(ValidationError, match="Ask again"):
        taken(request)


def test_the_database_lets_nobody_answer_themselves(closed: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = asked_for(closed.cast)
    everything_needs_two(monkeypatch)
    waiting, other = asked_for(closed.cast), second_officer(closed.cast.officer)

    def answer(request: EvidenceRequest, by: User, **more: Any) -> EvidenceAnswer:
        row = {"organisation": by.organisation, "agreed": True, "reason": "Yes", "written_by_name": by.full_name}
        return EvidenceAnswer(request=request, written_by=by, written_at=timezone.now(), **{**row, **more})

    wrong = (
        answer(waiting, closed.cast.officer), answer(alone, other), answer(waiting, closed.cast.stranger.officer),
        answer(waiting, other, reason=" "),
    )  # fmt: skip
    for row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            plain(EvidenceAnswer).bulk_create([row])
    plain(EvidenceAnswer).bulk_create([answer(waiting, other)])
    changes = (
        ("UPDATE administration_evidenceanswer SET written_by_id = %s", [closed.cast.officer.pk]),
        ("UPDATE administration_evidencerequest SET needs_second = %s", [False]),
        ("DELETE FROM administration_evidenceanswer WHERE id > %s", [0]),
    )
    for statement, values in changes:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)


def test_the_database_lets_nobody_take_many_records_alone(closed: Case) -> None:
    one = asked_for(closed.cast)
    columns = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    for changed in ({"decisions": 40, "families": 11}, {"why_addresses": " ", "addresses": True}, {"what": "decision"}):
        fresh = {"id": None, "public_id": closed.decision.public_id, "reference": "E-000000", **changed}
        with pytest.raises(IntegrityError), transaction.atomic():
            plain(EvidenceRequest).bulk_create([EvidenceRequest(**{**columns, **fresh})])


@pytest.mark.sqlite
def test_it_asks_for_the_password_again(closed: Case, as_user: SignIn) -> None:
    request = asked_for(closed.cast)
    client = stale(as_user(closed.cast.officer))
    assert client.get(ASK).status_code == client.get(page_of(request)).status_code == 302
    assert "Enter your password again" in take(client, request).content.decode()
    assert events("ledger.export_started") == []
