"""The records of a request, opened one at a time, and every item of them decided before anything is given."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import LedgerEntry
from decisions.actions import add_addition
from decisions.presenters.record import sections
from emergencies import actions as emergencies
from families.models import Person
from rights import actions
from rights.entries import IN_AN_EMERGENCY, NOT_PERSONAL, entries_of
from rights.forms.items import ItemForm
from rights.models import ItemDecision, RightsRequest
from rights.preparing import prepared
from rights.whole_record import whole_record
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, plain, refused
from tests.emergencies.openings import REASON
from tests.emergencies.openings import opened as opened_in_emergency
from tests.in_turn import one_in_turn
from tests.pages import PageClient, parsed
from tests.rights.requests import copied, decided, event, opened
from ui.moments import moment

SignIn = Callable[[User], PageClient]
MISSING: list[tuple[dict[str, str], str]] = [
    ({}, "Choose what you will do with it"),
    ({"choice": "LEAVE_OUT"}, "Enter why that applies here"),
    ({"choice": "LEAVE_OUT", "ground": "OTHERS", "reason": "n/a"}, "in your own words"),
    ({"choice": "PART"}, "Enter what they will read"),
    ({"choice": "PART", "given": "We heard from [removed] that"}, "without brackets"),
    ({"choice": "PART", "given": "He was ... cross"}, "without brackets"),
    ({"choice": "GIVE", "reason": "It is hers"}, "You also wrote under"),
]
LEFT_OUT = {"choice": "LEAVE_OUT", "ground": "OTHERS", "reason": "It is her sister's"}


def person(case: Case, name: str = MOTHER) -> Person:
    found: Person = case.family.people.get(name=name)
    return found


def first(case: Case, request: RightsRequest) -> str:
    return prepared(request, case.cast.officer)[0].undecided[0].key


def decide(case: Case, request: RightsRequest, key: str, **changed: Any) -> ItemDecision:
    known: dict[str, Any] = {"choice": "GIVE", "by": case.cast.officer, "submission_id": uuid4(), **changed}
    return actions.decide_item(request=request, decision=case.decision, key=key, at=timezone.now(), **known)


@pytest.fixture(scope="module")
def _mine(_closed: Case) -> RightsRequest:
    return opened(person(_closed), _closed.cast.officer)


@pytest.fixture
def mine(_mine: RightsRequest, db: None) -> RightsRequest:
    """The mother's, nothing of it decided."""
    return _mine


class TestEntries:
    def test_everything_on_the_record_is_an_item(self, closed: Case, mine: RightsRequest) -> None:
        """Of the printed record nothing is forgotten, but what is about our organisation, and how an item is marked."""
        proposed = "\n".join(line for entry in entries_of(closed.again(), mine) for line in (entry.title, *entry.lines))
        for section in sections(closed.again()):
            for row in section.rows:
                if row.key not in NOT_PERSONAL and section.key != "information":
                    assert all(line in proposed for line in row.lines), row.key
        for item in closed.decision.items.all():
            assert item.text in proposed
        assert "Must not be disclosed to" not in proposed

    def test_no_title_is_counted(self, closed: Case, mine: RightsRequest) -> None:
        titles = [entry.title for entry in entries_of(closed.again(), mine)]
        assert not [title for title in titles if any(letter.isdigit() for letter in title)]

    @pytest.mark.parametrize(
        ("who", "asker", "text", "choice"),
        [
            (CHILD, "SELF", "He got cross and hit me.", ""),
            (MOTHER, "SELF", "What his mother said on the phone", ""),
            (MOTHER, "SELF", "Attendance this term", "LEAVE_OUT"),
            (CHILD, MOTHER, "Attendance this term", ""),
            (MOTHER, "SELF", "It could prejudice a criminal investigation", "LEAVE_OUT"),
            (PARTNER, "SELF", "Attendance this term", "LEAVE_OUT"),
        ],
    )
    def test_what_is_suggested(self, closed: Case, who: str, asker: str, text: str, choice: str) -> None:
        more = {} if asker == "SELF" else {"asker": "PARENT", "asked_by_name": asker}
        request = opened(person(closed, who), closed.cast.officer, **more)
        found = [entry for entry in entries_of(closed.again(), request) if text in "\n".join(entry.lines)]
        assert found
        assert {entry.suggestion.choice if entry.suggestion else "" for entry in found} == {choice}

    def test_somebody_not_to_be_informed_is_given_nothing_of_it_by_suggestion(self, closed: Case) -> None:
        request = opened(person(closed, PARTNER), closed.cast.officer)
        suggested = [entry.suggestion for entry in entries_of(closed.again(), request)]
        assert all(each and each.choice == "LEAVE_OUT" for each in suggested)
        assert {each.ground for each in suggested if each} >= {"CRIME"}

    def test_who_read_it_in_an_emergency_is_an_item_with_what_was_said_of_it(self, closed: Case) -> None:
        cast, at = closed.cast, timezone.now()
        request = opened(person(closed), cast.officer)
        before = {entry.key for entry in entries_of(closed.again(), request)}
        opening = opened_in_emergency(closed.family, cast.other_team, at)
        assert {entry.key for entry in entries_of(closed.again(), request)} == before, "it was not read"
        cast.other_team.refresh_from_db()
        emergencies.read_decision(opening=opening, decision=closed.decision, by=cast.other_team, at=at)
        [new] = [entry for entry in entries_of(closed.again(), request) if entry.key not in before]
        assert new.lines[1:] == (REASON,)
        assert moment(at) in new.lines[0]
        assert new.suggestion, "it may say where somebody is"
        assert cast.other_team.full_name not in "\n".join((new.title, *new.lines))
        emergencies.check_opening(
            opening=opening, justified=False, words="The duty line was free", submission_id=uuid4(), by=cast.supervisor,
            at=at,
        )  # fmt: skip
        [checked] = [entry for entry in entries_of(closed.again(), request) if entry.key not in before]
        assert checked.lines[2:] == ("Checked since: it did not have to be opened: The duty line was free",)
        assert checked.key != new.key, "what was said later has to be decided"
        assert IN_AN_EMERGENCY in {line.title for line in whole_record(closed.again(), request).lines}

    def test_what_is_added_later_is_an_item_that_nobody_decided(self, closed: Case, mine: RightsRequest) -> None:
        decided(mine, closed.cast.officer)
        assert TestPages.undecided(closed, mine) == []
        added = {"kind": "AMENDMENT", "section": "concern", "text": "It was the left arm.", "why": "I looked again."}
        add_addition(
            decision=closed.decision, person=None, answers=added, submission_id=uuid4(), by=closed.cast.practitioner,
            at=closed.at,
        )  # fmt: skip
        [record] = prepared(mine, closed.cast.officer)
        assert [entry.lines[0] for entry in record.undecided] == ["It was the left arm."]


class TestDeciding:
    def test_the_latest_counts_and_both_stay(self, closed: Case, mine: RightsRequest) -> None:
        key = first(closed, mine)
        decide(closed, mine, key)
        decide(closed, mine, key, **LEFT_OUT)
        [record] = prepared(mine, closed.cast.officer)
        assert [row.choice for entry, row in record.entries if row and entry.key == key] == ["LEAVE_OUT"]
        assert ItemDecision.objects.of(mine).count() == 2
        *_, latest = ItemDecision.objects.of(mine)
        assert latest.ground_citation.startswith("Data Protection Act 2018 Schedule 2")

    def test_nobody_else_decides_and_no_other_record(self, closed: Case, mine: RightsRequest) -> None:
        key = first(closed, mine)
        for who in (closed.cast.practitioner, closed.cast.supervisor, closed.cast.administrator):
            with pytest.raises(PermissionDenied):
                decide(closed, mine, key, by=who)
        with pytest.raises(Http404):
            decide(closed, mine, key, by=closed.cast.stranger.officer)
        with pytest.raises(Http404):
            decide(closed, mine, "0" * 32)

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"choice": "LEAVE_OUT"}, "item_decision_has_its_ground"),
            ({"choice": "LEAVE_OUT", "ground": "OTHERS", "ground_citation": "x"}, "item_decision_has_its_ground"),
            ({"choice": "GIVE", "reason": "x"}, "item_decision_has_its_ground"),
            ({"choice": "PART", "ground": "OTHERS", "ground_citation": "x", "reason": "x"}, "has_its_ground"),
            ({"choice": "SHRED"}, "item_decision_has_its_ground"),
        ],
    )
    def test_sql_leaves_nothing_out_without_its_ground(
        self, closed: Case, mine: RightsRequest, values: dict[str, Any], message: str
    ) -> None:
        with refused(message):
            self.row(closed, mine, **values)

    def test_sql_opens_no_record_of_somebody_else(self, closed: Case) -> None:
        stranger = opened(self.outside(closed), closed.cast.officer)
        with refused("somebody who is on it"):
            self.row(closed, stranger, choice="GIVE")
        complaint = opened(person(closed), closed.cast.officer, kind="COMPLAINT")
        with refused("because the request names it"):
            self.row(closed, complaint, choice="GIVE")

    def outside(self, case: Case) -> Person:
        values = {"organisation": case.cast.organisation, "family": case.family, "name": "Ann Fell", "role": "relative"}
        found: Person = plain(Person).bulk_create([Person(**values)])[0]
        return found

    def row(self, case: Case, request: RightsRequest, **values: Any) -> None:
        by = case.cast.officer
        written = {"written_at": timezone.now(), "written_by": by, "written_by_name": by.full_name, "key": "k"}
        known = {"organisation": case.cast.organisation, "request": request, "decision": case.decision}
        plain(ItemDecision).bulk_create([ItemDecision(**written, **known, **values)])


class TestPages:
    def test_opening_a_record_is_an_entry_before_it_is_shown(
        self, closed: Case, mine: RightsRequest, as_user: SignIn
    ) -> None:
        path = reverse("rights:record", args=[mine.public_id, closed.decision.public_id])
        page = as_user(closed.cast.officer).get(path).content.decode()
        assert "Bruise to the left cheek" in page
        entry = LedgerEntry.objects.get(event="rights.record_opened")
        assert entry.additional_data == {"request": mine.pk, "reference": mine.reference}
        for who in (closed.cast.practitioner, closed.cast.supervisor, closed.cast.administrator):
            assert as_user(who).get(path).status_code == 403
        assert as_user(closed.cast.stranger.officer).get(path).status_code == 404

    def test_nothing_is_chosen_beforehand_and_each_leads_to_the_next(
        self, closed: Case, mine: RightsRequest, as_user: SignIn
    ) -> None:
        client, keys = as_user(closed.cast.officer), [each.key for each in self.undecided(closed, mine)]
        path = reverse("rights:item", args=[mine.public_id, closed.decision.public_id, keys[0]])
        page = parsed(client.get(path).content.decode())
        chosen = [box for box in page.all("input") if box.attrs.get("name") == "choice" and "checked" in box.attrs]
        assert chosen == []
        answer = client.post(path, {"choice": "GIVE"})
        assert answer.headers["Location"].endswith(f"{keys[1]}/")
        assert len(self.undecided(closed, mine)) == len(keys) - 1

    @pytest.mark.parametrize(("sent", "message"), MISSING)
    def test_what_is_missing_is_said(self, sent: dict[str, str], message: str) -> None:
        assert message in str(ItemForm(sent, suggestion=None).errors)

    def test_it_is_said_beside_the_question(self, closed: Case, mine: RightsRequest, as_user: SignIn) -> None:
        path = reverse("rights:item", args=[mine.public_id, closed.decision.public_id, first(closed, mine)])
        for sent, message in one_in_turn(MISSING):
            answer = as_user(closed.cast.officer).post(path, sent)
            assert answer.status_code == 422
            assert message in parsed(answer.content.decode()).all("main")[0].text
        assert not ItemDecision.objects.exists()

    def test_a_part_is_kept_with_its_ground(self, closed: Case, mine: RightsRequest, as_user: SignIn) -> None:
        path = reverse("rights:item", args=[mine.public_id, closed.decision.public_id, first(closed, mine)])
        sent = {"choice": "PART", "given": "Your views were heard.", "part_ground": "OTHERS", "part_reason": "His name"}
        assert as_user(closed.cast.officer).post(path, sent).status_code == 302
        row = ItemDecision.objects.get()
        assert (row.given, row.ground, row.reason) == ("Your views were heard.", "OTHERS", "His name")

    def test_a_record_is_opened_for_an_access_request_alone(self, closed: Case, as_user: SignIn) -> None:
        request = opened(person(closed), closed.cast.officer, kind="COMPLAINT")
        path = reverse("rights:record", args=[request.public_id, closed.decision.public_id])
        assert as_user(closed.cast.officer).get(path).status_code == 404

    def test_our_own_record_says_what_was_left_out_on_which_ground_and_why(
        self, closed: Case, mine: RightsRequest, as_user: SignIn
    ) -> None:
        decided(mine, closed.cast.officer)
        path = reverse("rights:left_out", args=[mine.public_id])
        page = parsed(as_user(closed.cast.officer).get(path).content.decode()).all("main")[0].text
        assert "Attendance this term" in page
        assert "Data Protection Act 2018 Schedule 2 paragraph 16" in page
        assert "As suggested" in page
        assert "Attendance this term" not in str(copied(mine, closed.cast.officer).content)

    @staticmethod
    def undecided(case: Case, request: RightsRequest) -> list[Any]:
        return prepared(request, case.cast.officer)[0].undecided


class TestTogether:
    """What nothing was found against can be given on one page, which shows each of them whole."""

    def test_each_is_shown_whole_and_ticked_and_the_rest_has_no_box(
        self, closed: Case, mine: RightsRequest, as_user: SignIn
    ) -> None:
        page = parsed(as_user(closed.cast.officer).get(self.path(closed, mine)).content.decode())
        [record] = prepared(mine, closed.cast.officer)
        boxes = [box.attrs for box in page.all("input") if box.attrs.get("name") == "items"]
        assert [box["value"] for box in boxes] == [entry.key for entry in record.together]
        doubted = {entry.key for entry in record.together if entry.doubt}
        assert doubted, "what his mother said means her son too"
        assert {box["value"] for box in boxes if "checked" not in box} == doubted
        assert 1 < len(boxes) < len(record.entries)
        words = " ".join(page.all("main")[0].text.split())
        for entry in record.together:
            assert all(" ".join(line.split()) in words for line in entry.lines), entry.title

    def test_what_is_unticked_is_left_to_decide_and_the_next_opens(
        self, closed: Case, mine: RightsRequest, as_user: SignIn
    ) -> None:
        [record] = prepared(mine, closed.cast.officer)
        kept, *given = [entry.key for entry in record.together]
        answer = as_user(closed.cast.officer).post(self.path(closed, mine), {"items": given})
        [after] = prepared(mine, closed.cast.officer)
        assert {row.key: (row.choice, row.suggested) for _, row in after.entries if row} == dict.fromkeys(
            given, ("GIVE", "")
        )
        assert [entry.key for entry in after.together] == [kept]
        assert answer.headers["Location"].rstrip("/").rsplit("/", 1)[1] in {entry.key for entry in after.undecided}
        entry = LedgerEntry.objects.get(event="rights.items_given")
        assert len(entry.additional_data["items"]) == len(given)

    def test_nothing_ticked_is_said_beside_them(self, closed: Case, mine: RightsRequest, as_user: SignIn) -> None:
        answer = as_user(closed.cast.officer).post(self.path(closed, mine), {})
        assert answer.status_code == 422
        page = parsed(answer.content.decode())
        assert page.all("main")[0].text.count("Tick what you will give as it is") == 2
        assert not [box for box in page.all("input") if "checked" in box.attrs]

    def test_nothing_is_given_that_was_not_shown_so(self, closed: Case, mine: RightsRequest) -> None:
        """All or none, past the page too."""
        [record] = prepared(mine, closed.cast.officer)
        first_key, second = [entry.key for entry in record.together][:2]
        out = next(entry.key for entry in record.undecided if entry.suggestion)
        decide(closed, mine, second, **LEFT_OUT)
        for keys in ([first_key, out], [first_key, second], [first_key, "0" * 32], []):
            with pytest.raises(ValidationError, match="changed since you opened it"):
                self.give(closed, mine, keys)
        assert ItemDecision.objects.count() == 1

    def test_sent_twice_it_decides_once_and_nobody_else_does(self, closed: Case, mine: RightsRequest) -> None:
        keys, sent = [entry.key for entry in prepared(mine, closed.cast.officer)[0].together][:2], uuid4()
        assert self.give(closed, mine, keys, submission_id=sent) == self.give(closed, mine, keys, submission_id=sent)
        for who in (closed.cast.practitioner, closed.cast.supervisor, closed.cast.administrator):
            with pytest.raises(PermissionDenied):
                self.give(closed, mine, keys, by=who)
        event(mine, "CLOSED", closed.cast.officer, outcome="WITHDRAWN", answered_how="By phone")
        with pytest.raises(ValidationError, match="answered"):
            self.give(closed, mine, keys)

    @staticmethod
    def give(case: Case, request: RightsRequest, keys: list[str], **changed: Any) -> list[ItemDecision]:
        known: dict[str, Any] = {"by": case.cast.officer, "submission_id": uuid4(), **changed}
        return actions.give_items(request=request, decision=case.decision, keys=keys, at=timezone.now(), **known)

    @staticmethod
    def path(case: Case, request: RightsRequest) -> str:
        return reverse("rights:record", args=[request.public_id, case.decision.public_id])
