"""The ledger's page: who may, what it shows, and that it never shows a value."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from administration.ledger_presenters import EntryRow, drilled, in_groups, in_words
from audit import ledger
from audit.checkpointing import latest
from audit.drilling import tamper_drill
from audit.models import LedgerEntry
from audit.verification import Report, verify
from families.models import Family
from tests.administration.pages import SignIn
from tests.audit.conftest import TABLE, tamper, tampering
from tests.cast import Cast, enter_people
from tests.pages import PageClient

PAGE, VERIFY, EXPORT = (reverse(f"administration:{name}") for name in ("ledger", "ledger_verify", "ledger_export"))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def enter(cast: Cast, count: int = 1, *, stranger: bool = False) -> None:
    company = cast.stranger if stranger else cast
    with ledger.recording(actor=company.practitioner, at=timezone.now()):
        for _ in range(count):
            ledger.append(
                "decision.recorded",
                organisation=company.organisation.pk,
                obj=company.team,
                details={"note": "fear of the lodger"},
                changes={"reason": [None, "seen by the school nurse"]},
            )


def own(cast: Cast) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(organisation=cast.organisation.pk).order_by("seq"))


def in_charge(cast: Cast) -> list[User]:
    return [cast.administrator, cast.officer]


@pytest.mark.parametrize(("path", "method"), [(PAGE, "get"), (VERIFY, "post"), (EXPORT, "post")])
def test_signed_out_is_sent_to_sign_in(db: None, path: str, method: str) -> None:
    answer = getattr(PageClient(), method)(path)
    assert answer.status_code == 302
    assert reverse("account_login") in answer.headers["Location"]


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(("path", "method"), [(PAGE, "get"), (VERIFY, "post"), (EXPORT, "post")])
@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_other_roles_are_refused_and_the_refusal_is_entered(
    cast: Cast, as_user: SignIn, path: str, method: str, who: str
) -> None:
    answer = getattr(as_user(getattr(cast, who)), method)(path, {"format": "csv"})
    assert answer.status_code == 403
    last = own(cast)[-1]
    assert (last.event, last.additional_data["status"]) == ("refused", 403)


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(
    ("path", "method"), [(PAGE, "post"), (PAGE, "put"), (VERIFY, "get"), (EXPORT, "get"), (EXPORT, "delete")]
)
def test_other_methods_are_refused(cast: Cast, as_user: SignIn, path: str, method: str) -> None:
    assert getattr(as_user(cast.administrator), method)(path).status_code == 405


def test_both_offices_see_it(cast: Cast, as_user: SignIn) -> None:
    enter(cast)
    for user in in_charge(cast):
        page = text(as_user(user).get(PAGE))
        assert "Decision: recorded" in page
        assert cast.practitioner.email in page
        assert own(cast)[0].entry_hash[:16] in page


def test_no_value_is_shown(cast: Cast, as_user: SignIn) -> None:
    enter(cast)
    page = text(as_user(cast.officer).get(PAGE))
    assert "lodger" not in page
    assert "nurse" not in page


def test_another_organisations_entries_are_not_shown(cast: Cast, as_user: SignIn) -> None:
    enter(cast, stranger=True)
    page = text(as_user(cast.administrator).get(PAGE))
    assert cast.stranger.practitioner.email not in page
    assert "Decision: recorded" not in page


def test_looking_is_an_entry(cast: Cast, as_user: SignIn) -> None:
    as_user(cast.administrator).get(PAGE)
    last = own(cast)[-1]
    assert (last.event, last.actor_id) == ("ledger.opened", cast.administrator.pk)
    assert last.additional_data == {"page": 1}


def test_when_the_look_cannot_be_entered_nothing_is_shown(
    cast: Cast, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(cast)
    client = as_user(cast.administrator)
    client.raise_request_exception = False

    def away(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("audit.chain.link", away)
    answer = client.get(PAGE)
    assert answer.status_code == 500
    assert "Decision: recorded" not in text(answer)


def test_fifty_to_a_page_newest_first(cast: Cast, as_user: SignIn) -> None:
    enter(cast, 120)
    client = as_user(cast.administrator)
    first = client.get(PAGE)
    assert [row.seq for row in first.context["rows"]][:3] == [121, 120, 119]
    assert len(first.context["rows"]) == 50
    last = client.get(PAGE, {"page": "3"})
    assert [row.seq for row in last.context["rows"]] == list(range(22, 0, -1))


def test_an_odd_page_number_is_the_nearest_page(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    for page in ("0", "99", "x", "\x00"):
        assert client.get(PAGE, {"page": page}).status_code == 200, page


def test_the_page_costs_the_same_however_long_the_chain(
    cast: Cast, as_user: SignIn, django_assert_max_num_queries: Any
) -> None:
    enter(cast, 200)
    client = as_user(cast.administrator)
    with django_assert_max_num_queries(14):
        client.get(PAGE)


def test_before_the_first_verification_it_says_so(cast: Cast, as_user: SignIn) -> None:
    assert "Not yet. Verify it now" in text(as_user(cast.administrator).get(PAGE))


def test_verifying_says_and_keeps_what_was_found(cast: Cast, as_user: SignIn) -> None:
    enter_people(cast)
    enter(cast, 2)
    client = as_user(cast.officer)
    answer = client.post(VERIFY, follow=True)
    page = text(answer)
    assert "every entry is as it was written" in page
    assert f"by {cast.officer.email}" in page
    assert "13 entries checked: every one is as it was written." in page
    assert "10 records compared: every one is as the audit log says." in page
    found = LedgerEntry.objects.get(event="ledger.verified")
    assert (found.actor_id, found.organisation) == (cast.officer.pk, cast.organisation.pk)
    assert found.additional_data == {
        "sound": True,
        "entries": 13,
        "blanked": 0,
        "broken_at": None,
        "what": None,
        "missing_triggers": [],
        "records": 10,
        "differs": None,
    }


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_the_chain_is_read(cast: Cast, as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite a block keeps everybody else from writing, so a long chain is read outside of one."""
    client = as_user(cast.administrator)
    blocks: list[bool] = []

    def read_slowly(organisation: int, **_: object) -> Report:
        blocks.append(connection.in_atomic_block)
        found = verify(organisation)
        enter(cast)
        return found

    monkeypatch.setattr("audit.verifying.verify", read_slowly)
    before = len(own(cast))
    assert client.post(VERIFY).status_code == 302
    assert blocks == [False]
    entries = own(cast)[before:]
    assert [entry.event for entry in entries] == ["decision.recorded", "ledger.verified"]
    assert entries[-1].additional_data["entries"] == before
    assert verify(cast.organisation.pk).sound


def test_verifying_names_the_first_changed_entry(cast: Cast, as_user: SignIn) -> None:
    enter(cast, 3)
    tamper(f"UPDATE {TABLE} SET event = 'x' WHERE organisation = %s AND seq = 2", cast.organisation.pk)
    page = text(as_user(cast.administrator).post(VERIFY, follow=True))
    assert "The audit log is not as it was written" in page
    assert "Changed at entry 2: envelope is not what was written." in page


def test_a_record_that_differs_is_named_without_a_word_of_it(cast: Cast, as_user: SignIn) -> None:
    enter_people(cast)
    with ledger.recording(actor=cast.practitioner, at=timezone.now()):
        family = Family.objects.create(organisation=cast.organisation, name="Hartwell", registered_at=timezone.now())
    tamper("UPDATE families_family SET name = 'Canary' WHERE id = %s", family.pk, tables="families_")
    page = text(as_user(cast.administrator).post(VERIFY, follow=True))
    assert "A record is not as the audit log says" in page
    assert f"A record differs. Family {family.reference}, “name”: it is not what the audit log says." in page
    assert "Hartwell" not in page
    assert "Canary" not in page


def test_a_result_from_before_records_were_compared_is_shown(cast: Cast, as_user: SignIn) -> None:
    details: dict[str, Any] = {
        "sound": True,
        "entries": 3,
        "blanked": 0,
        "broken_at": None,
        "what": None,
        "missing_triggers": [],
    }
    with ledger.recording(actor=cast.officer, at=timezone.now()):
        ledger.append("ledger.verified", organisation=cast.organisation.pk, details=details)
    page = text(as_user(cast.administrator).get(PAGE))
    assert "3 entries checked" in page
    assert "records compared" not in page


def test_another_organisations_break_is_not_ours(cast: Cast, as_user: SignIn) -> None:
    enter_people(cast)
    enter(cast, 2, stranger=True)
    tamper(f"UPDATE {TABLE} SET event = 'x' WHERE organisation = %s", cast.stranger.organisation.pk)
    page = text(as_user(cast.administrator).post(VERIFY, follow=True))
    assert "every entry is as it was written" in page


def test_a_database_without_its_guard_is_told(cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.administrator)
    with tampering():
        page = text(client.post(VERIFY, follow=True))
    assert "the database no longer refuses changes" in page


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("created", "Created"),
        ("account.signed_in", "Account: signed in"),
        ("ledger.export_broken_off", "Audit log: export broken off"),
    ],
)
def test_events_are_read_as_words(event: str, words: str) -> None:
    assert in_words(event) == words


def entries(*lines: tuple[str, str]) -> list[EntryRow]:
    """Newest first, of (record, who)."""
    return [
        EntryRow(seq=len(lines) - place, when="1 May 2026", what="", record=record, who=who, mark="")
        for place, (record, who) in enumerate(lines)
    ]


@pytest.mark.parametrize(
    ("lines", "sizes"),
    [
        ([("D-7K2M9Q person 3", "a"), ("D-7K2M9Q family F-000000", "a"), ("D-7K2M9Q", "a")], [3]),
        ([("D-7K2M9Q", "a"), ("D-7K2M9Q", "b"), ("D-7K2M9Q", "a")], [1, 1, 1]),
        ([("D-7K2M9Q", "a"), ("D-7K2M9R", "a"), ("F-7K2M9Q person 1", "a"), ("F-7K2M9Q", "a")], [1, 1, 2]),
        ([("Harbour", "a"), ("Harbour", "a"), ("", "a"), ("", "a")], [1, 1, 1, 1]),
        ([("D-7K2M9QX", "a"), ("D-7K2M9QX", "a")], [1, 1]),
        ([], []),
    ],
)
def test_entries_of_one_record_by_one_person_stand_together(lines: list[tuple[str, str]], sizes: list[int]) -> None:
    rows = entries(*lines)
    groups = in_groups(rows)
    assert [len(group.rows) for group in groups] == sizes
    assert [row for group in groups for row in group.rows] == rows
    assert all(group.is_folded is (len(group.rows) > 1) for group in groups)


def test_a_group_says_which_entries_it_has() -> None:
    [group] = in_groups(entries(("D-7K2M9Q person 3", "kim@north.test"), ("D-7K2M9Q", "kim@north.test")))
    assert group.words == "Entries 1 to 2: D-7K2M9Q, by kim@north.test, 1 May 2026"


def test_says_when_it_was_last_signed_and_tried(cast: Cast, as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the page and at home, for those who see the audit log and nobody else; each from a row."""
    # What is tried of records is in tests/audit/test_record_verification.py.
    monkeypatch.setattr("audit.drill.drill_records", lambda _: ("", {}))
    pages = (PAGE, reverse("home"))
    for path in pages:
        page = text(as_user(cast.administrator).get(path))
        assert page.count("Not yet. ") == 3, path
    enter(cast, 8)
    done = tamper_drill(cast.organisation.pk, by=None, at=timezone.now(), entries=1_000)
    assert done is not None
    made = latest(cast.organisation.pk)
    assert made is not None
    for path in pages:
        page = text(as_user(cast.administrator).get(path))
        assert f"{len(done.tried)}/{len(done.tried)} kinds of tampering found" in page, path
        assert f"{made.size:,} entries signed" in page, path
    assert "Last drill" not in text(as_user(cast.practitioner).get(reverse("home")))


def test_a_drill_that_missed_something_says_so() -> None:
    found = {"found": 11, "kinds": 12, "entries": 90, "false_alarm": False, "missed": ["swapped"]}
    when = timezone.now()
    assert drilled(LedgerEntry(timestamp=when, additional_data=found))[1] == (
        "11/12 kinds of tampering found. Tell whoever runs this site: something that should be found is not."
    )
