"""The copy for the family: made when every item is decided, kept by value, and with nothing that shows a gap."""

import hashlib
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from families.actions import add_safe_contact
from families.details import ContactDetails
from families.models import Person
from letters.output import bytes_of
from rights import actions
from rights.leaving import MayNotLeave
from rights.models import FamilyCopy, RightsRequest
from rights.preparing import prepared
from tests.decisions.cases import CHILD, MOTHER, Case, plain, refused, sql
from tests.pages import PageClient, in_one_line, parsed
from tests.rights.requests import copied, decided, event, opened, text_of

SignIn = Callable[[User], PageClient]
# What would show a reader that something is not there.
GAPS = re.compile(
    r"redact|removed|withheld|left out|omitted|confidential|█|\[|\.\.\.|…|\bitem \d|\(\d+ of \d+\)", re.IGNORECASE
)


def person(case: Case, name: str = MOTHER) -> Person:
    found: Person = case.family.people.get(name=name)
    return found


def ready(case: Case, name: str = MOTHER, **more: Any) -> RightsRequest:
    request = opened(person(case, name), case.cast.officer, **more)
    decided(request, case.cast.officer)
    return request


@pytest.fixture(scope="module")
def _asked(_closed: Case) -> RightsRequest:
    return ready(_closed)


@pytest.fixture
def asked(_asked: RightsRequest, db: None) -> RightsRequest:
    """The mother's, every item of it decided."""
    return _asked


class TestMaking:
    def test_not_before_every_item_is_decided(self, closed: Case) -> None:
        officer = closed.cast.officer
        request = opened(person(closed), officer)
        [record] = prepared(request, officer)
        last = record.entries[-1][0].key
        decided(request, officer, but=last)
        with pytest.raises(ValidationError, match="1 item is not decided"):
            copied(request, officer)
        actions.decide_item(
            request=request, decision=closed.decision, key=last, choice="GIVE", submission_id=uuid4(), by=officer,
            at=timezone.now(),
        )  # fmt: skip
        assert copied(request, officer).content["title"] == "Your copy"

    def test_not_to_somebody_whose_identity_was_not_checked(self, closed: Case) -> None:
        request = ready(closed, identity="")
        with pytest.raises(ValidationError, match="who they are"):
            copied(request, closed.cast.officer)

    def test_not_where_nothing_is_given(self, closed: Case) -> None:
        request = opened(person(closed, "Kit Dunmore"), closed.cast.officer)
        decided(request, closed.cast.officer)
        with pytest.raises(ValidationError, match="Nothing is given"):
            copied(request, closed.cast.officer)

    @pytest.mark.parametrize("output_format", ["html", "pdf"])
    def test_the_same_bytes_twice_with_their_hash_in_the_ledger(
        self, closed: Case, asked: RightsRequest, output_format: str
    ) -> None:
        made = copied(asked, closed.cast.officer, output_format=output_format)
        kept = FamilyCopy.objects.get(pk=made.pk)
        digest = hashlib.sha256(bytes_of(kept.content, output_format)).hexdigest()
        entry = LedgerEntry.objects.get(event="rights.copy_made")
        assert digest == made.sha256 == entry.additional_data["sha256"]
        assert MOTHER not in str(entry.additional_data)
        again = copied(asked, closed.cast.officer, submission_id=made.public_id)
        assert again == made

    def test_nothing_shows_what_is_not_there(self, closed: Case, asked: RightsRequest) -> None:
        text = text_of(copied(asked, closed.cast.officer))
        assert "What his mother said on the phone" in text
        assert "Attendance this term" not in text
        assert GAPS.findall(text) == []

    def test_a_part_is_read_in_the_officers_words(self, closed: Case, asked: RightsRequest) -> None:
        officer = closed.cast.officer
        [record] = prepared(asked, officer)
        out = next(entry for entry, row in record.entries if row and row.choice == "LEAVE_OUT")
        actions.decide_item(
            request=asked, decision=record.decision, key=out.key, choice="PART", given="You were at the meeting.",
            ground="OTHERS", reason="His words are his", submission_id=uuid4(), by=officer, at=timezone.now(),
        )  # fmt: skip
        text = text_of(copied(asked, officer))
        assert "You were at the meeting." in text
        assert out.lines[0] not in text
        assert "His words are his" not in text

    def test_their_rights_and_how_to_complain(self, closed: Case, asked: RightsRequest) -> None:
        text = " ".join(text_of(copied(asked, closed.cast.officer, output_format="pdf")).split())
        for words in ("Your rights", "You can complain to us", "ico.org.uk", "Femi Larkin"):
            assert words in text

    def test_nobody_else_makes_one(self, closed: Case, asked: RightsRequest) -> None:
        for who in (closed.cast.practitioner, closed.cast.supervisor, closed.cast.administrator):
            with pytest.raises(PermissionDenied):
                copied(asked, who)


class TestLeaving:
    """By a way that is safe, and by no other: made, opened and downloaded."""

    def marked(self, case: Case, kind: str, safe: str) -> None:
        details = ContactDetails(kind=kind, detail="", safe=safe, checked_on=case.at.date())
        add_safe_contact(person=person(case), details=details, by=case.cast.practitioner, at=case.at)

    @pytest.mark.parametrize(("kind", "route"), [("letter", "letter"), ("email", "email"), ("in_person", "screen")])
    def test_a_plain_no_refuses_it_and_is_an_entry(
        self, closed: Case, asked: RightsRequest, kind: str, route: str
    ) -> None:
        self.marked(closed, kind, "no")
        with pytest.raises(MayNotLeave) as error:
            copied(asked, closed.cast.officer, route=route)
        assert "supervisor" not in str(error.value)
        assert LedgerEntry.objects.filter(event="rights.copy_refused").count() == 1
        assert not FamilyCopy.objects.exists()

    def test_who_is_not_on_the_record_gets_none_by_post_where_there_is_a_risk(self, closed: Case) -> None:
        request = ready(closed, CHILD, asker="REPRESENTATIVE", asked_by_name="Sol Ray, solicitor")
        for route in ("letter", "email"):
            with pytest.raises(MayNotLeave):
                copied(request, closed.cast.officer, route=route)
        assert copied(request, closed.cast.officer).route == "in_person"

    def test_a_way_that_has_become_unsafe_shows_nothing(
        self, closed: Case, asked: RightsRequest, as_user: SignIn
    ) -> None:
        made = copied(asked, closed.cast.officer, output_format="pdf")
        self.marked(closed, "in_person", "no")
        client = as_user(closed.cast.officer)
        for name in ("rights:copy", "rights:copy_pdf"):
            answer = client.get(reverse(name, args=[made.request.public_id, made.public_id]))
            assert answer.status_code == 409
            assert "What his mother said" not in answer.content.decode()


class TestPages:
    def test_from_the_form_to_the_file(self, closed: Case, asked: RightsRequest, as_user: SignIn) -> None:
        client = as_user(closed.cast.officer)
        path = reverse("rights:make_copy", args=[asked.public_id])
        assert "It cannot be changed once it is made" in in_one_line(client.get(path))
        sent = {"contact": "Femi, 01632 960100", "layout": "large", "format": "pdf", "route": "in_person"}
        answer = client.post(path, sent)
        page = client.get(answer.headers["Location"]).content.decode()
        made = FamilyCopy.objects.get()
        assert made.sha256 in page
        file = client.get(reverse("rights:copy_pdf", args=[asked.public_id, made.public_id]))
        assert hashlib.sha256(file.content).hexdigest() == made.sha256
        assert "copy.pdf" in file.headers["Content-Disposition"]
        assert LedgerEntry.objects.filter(event="rights.copy_opened").count() == 2

    def test_what_is_missing_is_said(self, closed: Case, as_user: SignIn) -> None:
        client, request = as_user(closed.cast.officer), opened(person(closed), closed.cast.officer)
        path = reverse("rights:make_copy", args=[request.public_id])
        early = client.post(path, {"contact": "Femi"})
        assert (early.status_code, "items are not decided" in early.content.decode()) == (422, True)
        decided(request, closed.cast.officer)
        text = parsed(client.post(path, {}).content.decode()).all("main")[0].text
        for words in ("Enter who they can talk to", "Select how it will reach them"):
            assert words in text


class TestDatabase:
    def test_a_copy_is_never_changed_and_needs_what_it_says(self, closed: Case, asked: RightsRequest) -> None:
        made = copied(asked, closed.cast.officer)
        for table in ("rights_familycopy", "rights_itemdecision"):
            with refused("append-only"):
                sql(f"UPDATE {table} SET written_at = written_at")
            with refused("append-only"):
                sql(f"DELETE FROM {table}")
        unchecked = ready(closed, identity="")
        with refused("was not checked"):
            self.row(made, request=unchecked)
        with refused("nothing was given"):
            self.row(made, request=opened(person(closed), closed.cast.officer))
        with refused("hash of its bytes"):
            self.row(made, sha256="short")
        event(made.request, "CLOSED", closed.cast.officer, outcome="GIVEN", answered_how="In person")
        with refused("stays as it is"):
            self.row(made)

    def test_sql_does_not_send_it_where_it_is_unsafe(self, closed: Case, asked: RightsRequest) -> None:
        made = copied(asked, closed.cast.officer)
        details = ContactDetails(kind="letter", detail="", safe="no", checked_on=closed.at.date())
        add_safe_contact(person=person(closed), details=details, by=closed.cast.practitioner, at=closed.at)
        with refused("not safe"):
            self.row(made, route="letter")

    @staticmethod
    def row(made: FamilyCopy, **changed: Any) -> None:
        names = ("organisation", "request", "format", "route", "content", "sha256", "written_at", "written_by")
        values = {**{name: getattr(made, name) for name in (*names, "written_by_name")}, **changed}
        plain(FamilyCopy).bulk_create([FamilyCopy(**values)])
