"""A letter from the page where it is written to the bytes that are given, and what the record keeps of it."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import Http404
from django.urls import reverse

from accounts.actions import change_recipient
from accounts.models import User
from audit.models import LedgerEntry
from decisions.actions import add_correction, add_informing, add_wrong_information
from decisions.models import Decision, DecisionPerson, DecisionRecipient, ItemRecipient, Sending
from drafting.record_copies import copy_recipient
from letters import leaving
from letters.actions import make_letter
from letters.assembly import explanation_facts
from letters.forms import LetterForm
from letters.models import LetterMade
from rules.explanation.facts import Choices
from rules.explanation.refusals import LATER
from rules.explanation.versions import Layout, Version
from tests.decisions import events
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, copy, plain, twin_of
from tests.pages import PageClient, parsed
from wording.approved import approved_texts

SignIn = Callable[[User], PageClient]
CONTACT = "Asha Verrall, 01632 960100"


def of(case: Case, name: str) -> DecisionPerson:
    found: DecisionPerson = case.decision.people.get(name=name)
    return found


def page_of(case: Case, name: str) -> str:
    return reverse("letters:letter", args=[case.decision.public_id, of(case, name).pk])


def made(case: Case, name: str = MOTHER, **changed: Any) -> LetterMade:
    items = frozenset({(row.item_id, row.recipient_id) for row in ItemRecipient.objects.filter(given=True)})
    chosen = frozenset((str(recipient), str(item)) for item, recipient in items)
    choices = {"version": Version.ADULT, "contact": CONTACT, "items": chosen, **changed.pop("choices", {})}
    arguments = {
        "output_format": "pdf",
        "language": "en",
        "route": "in_person",
        "submission_id": uuid4(),
        "by": case.cast.practitioner,
        "at": case.at,
    }
    return make_letter(
        decision=case.decision,
        person=of(case, name),
        choices=Choices(**choices),
        **{**arguments, **changed},
    )


def answers(page: Any, **changed: Any) -> dict[str, Any]:
    """What a browser would send of the form as it is shown."""
    form = {"version": "adult", "layout": "standard", "contact": CONTACT, "format": "pdf", "route": "in_person"}
    boxes = [one.attrs["value"] for one in page.all("input") if one.attrs.get("name") == "items"]
    hidden = [one for one in page.all("input") if one.attrs.get("name") == "submission_id"]
    return {**form, "items": boxes, "submission_id": hidden[0].attrs["value"], **changed}


class TestPage:
    def test_it_shows_the_letter_what_is_left_out_and_why(self, closed: Case, as_user: SignIn) -> None:
        page = parsed(as_user(closed.cast.practitioner).get(page_of(closed, MOTHER)).content.decode())
        [main] = page.all("main")
        assert "Attendance this term" in main.text
        for item, why in (
            ("Gave the class teacher's name too.", "You recorded this about what you said."),
            ("His account: he got cross and hit me", "It is about somebody else"),
            ("Attendance this term", "You recorded that you said something else"),
        ):
            assert re.search(f"{re.escape(item)} ?{why}", main.text)
        assert "Nobody has recorded how to reach them safely." in main.text
        assert LetterMade.objects.count() == 0
        entry = LedgerEntry.objects.filter(event="decision.explanation_previewed").get()
        assert entry.additional_data == {"person": of(closed, MOTHER).pk}

    def test_what_is_written_is_shown_and_kept_until_it_is_made(self, closed: Case, as_user: SignIn) -> None:
        client = as_user(closed.cast.practitioner)
        page = parsed(client.get(page_of(closed, MOTHER)).content.decode())
        data = answers(page, why="You told us on the phone.", preview="1")
        shown = client.post(page_of(closed, MOTHER), data)
        assert shown.status_code == 200
        assert shown.content.decode().count("You told us on the phone.") == 2
        assert LetterMade.objects.count() == 0

    def test_a_name_that_is_not_theirs_to_read_is_flagged(self, closed: Case, as_user: SignIn) -> None:
        client = as_user(closed.cast.practitioner)
        page = parsed(client.get(page_of(closed, MOTHER)).content.decode())
        shown = client.post(page_of(closed, MOTHER), answers(page, why="Kit was there.", preview="1"))
        assert f"Your words name {PARTNER}" in parsed(shown.content.decode()).all("main")[0].text

    def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(self, closed: Case, as_user: SignIn) -> None:
        client = as_user(closed.cast.practitioner)
        page = parsed(client.get(page_of(closed, MOTHER)).content.decode())
        shown = client.post(page_of(closed, MOTHER), answers(page, contact="", why="You told us.", make="1"))
        assert shown.status_code == 422
        text = shown.content.decode()
        assert text.count("Enter who they can talk to") == 2
        assert "You told us." in text

    def test_making_it_leads_to_the_letter(self, closed: Case, as_user: SignIn) -> None:
        client = as_user(closed.cast.practitioner)
        page = parsed(client.get(page_of(closed, MOTHER)).content.decode())
        data = answers(page, make="1")
        answer = client.post(page_of(closed, MOTHER), data)
        again = client.post(page_of(closed, MOTHER), data)
        letter = LetterMade.objects.get()
        path = reverse("letters:made", args=[closed.decision.public_id, letter.public_id])
        assert (answer.headers["Location"], again.headers["Location"]) == (path, path)
        text = client.get(path).content.decode()
        assert f"Dear {MOTHER}," in text
        assert reverse("decisions:add_informing", args=[closed.decision.public_id, letter.person_id]) in text
        assert letter.sha256 in text

    @pytest.mark.parametrize("name", [PARTNER])
    def test_there_is_none_for_somebody_who_is_not_informed(self, closed: Case, as_user: SignIn, name: str) -> None:
        client = as_user(closed.cast.practitioner)
        assert LATER in client.get(page_of(closed, name)).content.decode()
        assert client.post(page_of(closed, name), {"make": "1"}).status_code == 422
        assert LetterMade.objects.count() == 0

    def test_a_character_that_no_font_has_is_said_at_the_question(self, closed: Case, as_user: SignIn) -> None:
        client = as_user(closed.cast.practitioner)
        page = parsed(client.get(page_of(closed, MOTHER)).content.decode())
        shown = client.post(page_of(closed, MOTHER), answers(page, why="漢字", make="1"))
        assert shown.status_code == 422
        assert "The PDF cannot show one of the characters" in shown.content.decode()
        made_page = client.post(page_of(closed, MOTHER), answers(page, why="漢字", make="1", format="html"))
        assert made_page.status_code == 302


@pytest.mark.parametrize(
    ("need", "layout"),
    [("Needs large print", "large"), ("Reads with help", "easy"), ("Polish interpreter", "standard")],
)
def test_it_is_set_out_as_their_communication_need_asks(closed: Case, need: str, layout: str) -> None:
    decision, reader = closed.again(), of(closed, MOTHER)
    reader.communication_need = need
    explained = explanation_facts(decision, reader, closed.at.date())
    texts = approved_texts(0)
    form = LetterForm(None, decision=decision, person=reader, explained=explained, texts=texts, route_hints={})
    assert (form.choices().layout, form.choices().version) == (layout, Version.ADULT)


def test_how_it_is_used_comes_from_the_address_book_and_stays_as_it_was(closed: Case, as_user: SignIn) -> None:
    entry, draft = closed.decision.recipients.get().recipient, twin_of(closed.decision)
    assert entry is not None
    unchanged: dict[str, Any] = {
        "name": entry.name, "kind": entry.kind, "route_kind": entry.route_kind, "route": entry.route,
        "checked_on": None, "by": closed.cast.administrator, "at": closed.at,
    }  # fmt: skip
    change_recipient(recipient=entry, how_used="They will ask how he is.", **unchanged)
    row = draft.recipients.get()
    copy_recipient(row)
    plain(DecisionRecipient).filter(pk=row.pk).update(how_used=row.how_used)
    plain(Decision).filter(pk=draft.pk).update(state="recorded", recorded_at=closed.at)
    change_recipient(recipient=entry, how_used="Something else.", **unchanged)
    case = replace(closed, decision=Decision.objects.recorded().get(pk=draft.pk))
    assert "They will ask how he is." in str(made(case).content)
    client = as_user(closed.cast.practitioner)
    shown = client.get(reverse("decisions:detail", args=[draft.public_id])).content.decode()
    assert "How they will use it: They will ask how he is." in shown


class TestMade:
    @pytest.mark.parametrize("output_format", ["pdf", "html"])
    def test_twice_the_same_bytes_and_their_hash_in_the_ledger(self, closed: Case, output_format: str) -> None:
        first, second = (made(closed, output_format=output_format) for _ in range(2))
        assert first.sha256 == second.sha256
        entries = LedgerEntry.objects.filter(event="decision.explanation_made")
        assert {entry.additional_data["sha256"] for entry in entries} == {first.sha256}
        details = entries[0].additional_data
        assert details["person"] == of(closed, MOTHER).pk
        assert details["left_out"] == first.left_out > 0
        assert MOTHER not in str(details)

    def test_it_warns_where_they_are_not_to_be_informed_any_more(self, closed: Case, as_user: SignIn) -> None:
        letter = made(closed)
        path = reverse("letters:made", args=[closed.decision.public_id, letter.public_id])
        client = as_user(closed.cast.practitioner)
        assert "Do not give them this letter." not in client.get(path).content.decode()
        answers = {"informing_state": "NOT_TELLING", "informing_reason": "RISK_CHILD", "informing_text": "He found her",
                   "informing_review_on": closed.at.date()}  # fmt: skip
        add_informing(
            decision=closed.decision, person=of(closed, MOTHER), answers=answers, submission_id=uuid4(),
            by=closed.cast.practitioner, at=closed.at,
        )  # fmt: skip
        assert "Do not give them this letter." in client.get(path).content.decode()
        with pytest.raises(ValidationError, match="will not be informed"):
            made(closed)

    def test_it_is_read_again_as_it_was_given(self, closed: Case, as_user: SignIn) -> None:
        """Also after something more was sent."""
        letter = made(closed)
        events.sending(closed)
        client = as_user(closed.cast.supervisor)
        answer = client.get(reverse("letters:pdf", args=[closed.decision.public_id, letter.public_id]))
        assert hashlib.sha256(answer.content).hexdigest() == letter.sha256
        assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
        assert LedgerEntry.objects.filter(event="decision.letter_opened").count() == 1

    def test_every_word_of_it_stands_on_the_record_and_nowhere_else(self, closed: Case, as_user: SignIn) -> None:
        recipient = str(closed.decision.recipients.get().pk)
        typed = {
            "why": "zq1qz",
            "contact": "zq2qz",
            "own_words": {recipient: "zq3qz"},
            "how_used": {recipient: "zq4qz"},
        }
        letter = made(closed, choices=typed)
        client = as_user(closed.cast.practitioner)
        for name in ("decisions:detail", "decisions:print"):
            page = client.get(reverse(name, args=[closed.decision.public_id])).content.decode()
            text = parsed(page).all("main")[0].text
            for section in letter.content["sections"]:
                for block in section["blocks"]:
                    for words in block.get("list", [block.get("text")]):
                        assert " ".join(words.split()) in text
            assert [word for word in ("zq1qz", "zq2qz", "zq3qz", "zq4qz") if word not in text] == []
        details = LedgerEntry.objects.get(event="decision.explanation_made").additional_data
        assert not re.search(r"zq\dqz", str(details))
        summary = client.get(reverse("decisions:summary", args=[closed.decision.public_id])).content.decode()
        assert not re.search(r"zq\dqz", summary)

    def test_what_turned_out_to_be_wrong_is_said_to_be(self, closed: Case) -> None:
        item = closed.decision.items.get(text="Attendance this term")
        wrong = add_wrong_information(
            decision=closed.decision, item=item, answers={"found_at": closed.at, "what_is_wrong": "It was his cousin"},
            submission_id=uuid4(), by=closed.cast.practitioner, at=closed.at,
        )  # fmt: skip
        text = str(made(closed).content)
        assert "this part was wrong: Attendance this term" in text
        assert "cousin" not in text
        assert "that it was wrong." not in text
        notified = {"notified_at": closed.at, "notified_to": "Duty desk", "how": "", "why_not_notified": ""}
        add_correction(
            wrong=wrong, recipient=closed.decision.recipients.get(), answers=notified, submission_id=uuid4(),
            by=closed.cast.practitioner, at=closed.at,
        )  # fmt: skip
        assert "We have told Ravensmere children's social care that it was wrong." in str(made(closed).content)

    def test_a_later_sending_is_in_the_next_letter(self, closed: Case) -> None:
        before = str(made(closed).content)
        later = events.sending(closed)
        after = str(made(closed).content)
        assert f"{later.sent_at.day} {later.sent_at:%B}" in after
        assert before != after or later.sent_at.date() == closed.at.date()

    def test_a_letter_of_easy_read_has_a_sentence_on_a_line(self, closed: Case) -> None:
        blocks = [
            block["text"]
            for section in made(closed, choices={"layout": Layout.EASY}).content["sections"]
            for block in section["blocks"]
            if "text" in block
        ]
        assert max(text.count(". ") for text in blocks) == 0
        assert "Why did we do this?" in str(made(closed, choices={"layout": Layout.EASY}).content)

    def test_only_whoever_may_add_to_the_decision_makes_one(self, closed: Case) -> None:
        with pytest.raises(Http404):
            made(closed, by=closed.cast.supervisor)

    def test_only_to_somebody_of_the_decision(self, closed: Case) -> None:
        nobody = copy(of(closed, MOTHER))
        with pytest.raises(Http404):
            make_letter(
                decision=closed.decision, person=nobody, choices=Choices(version=Version.ADULT), language="en",
                output_format="pdf", route="in_person", submission_id=uuid4(), by=closed.cast.practitioner,
                at=closed.at,
            )  # fmt: skip


class TestGate:
    @pytest.fixture
    def shut(self, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr(leaving, "gates", [lambda each: "Not there." if each.person else ""])
        return "Not there."

    def test_nothing_is_made_while_it_is_shut(self, closed: Case, shut: str) -> None:
        with pytest.raises(ValidationError, match=shut):
            made(closed)
        assert LetterMade.objects.count() == 0

    @pytest.mark.parametrize("name", ["letters:made", "letters:pdf"])
    def test_a_letter_made_before_is_not_shown(
        self, closed: Case, as_user: SignIn, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        letter = made(closed)
        monkeypatch.setattr(leaving, "gates", [lambda _: "Not there."])
        answer = as_user(closed.cast.practitioner).get(
            reverse(name, args=[closed.decision.public_id, letter.public_id])
        )
        assert answer.status_code == 409
        assert b"Not there." in answer.content
        assert b"Attendance" not in answer.content
        assert not LedgerEntry.objects.filter(event="decision.letter_opened").exists()


class TestDatabase:
    def test_a_letter_is_never_changed_or_deleted(self, closed: Case) -> None:
        letter = made(closed)
        with pytest.raises(DatabaseError), transaction.atomic():
            plain(LetterMade).update(sha256="0" * 64)
        with pytest.raises(DatabaseError), transaction.atomic():
            plain(LetterMade).all()._raw_delete("default")
        letter.refresh_from_db()
        assert letter.sha256 != "0" * 64

    @pytest.mark.parametrize(
        "wrong",
        [
            {"sha256": "short"},
            {"kind": "decline"},
            {"version": "baby"},
            {"written_by_name": " "},
        ],
    )
    def test_what_no_letter_may_be(self, closed: Case, wrong: dict[str, Any]) -> None:
        letter = made(closed)
        with pytest.raises(DatabaseError), transaction.atomic():
            plain(LetterMade).bulk_create([copy(letter, **wrong)])

    def test_to_somebody_who_is_not_to_be_informed(self, closed: Case) -> None:
        letter = made(closed)
        with pytest.raises(DatabaseError, match="must not be informed"), transaction.atomic():
            plain(LetterMade).bulk_create([copy(letter, person_id=of(closed, PARTNER).pk)])

    def test_of_another_organisation(self, closed: Case) -> None:
        letter = made(closed)
        with pytest.raises(DatabaseError), transaction.atomic():
            plain(LetterMade).bulk_create([copy(letter, organisation_id=closed.cast.stranger.organisation.pk)])

    def test_about_a_decision_by_which_nothing_was_sent(self, closed: Case) -> None:
        letter, draft = made(closed), twin_of(closed.decision)
        plain(Sending).filter(decision=draft)._raw_delete("default")
        plain(Decision).filter(pk=draft.pk).update(state="recorded", recorded_at=closed.at)
        person = draft.people.get(name=MOTHER)
        with pytest.raises(DatabaseError, match="nothing was sent"), transaction.atomic():
            plain(LetterMade).bulk_create([copy(letter, decision_id=draft.pk, person_id=person.pk)])


def test_the_child_has_a_letter_of_their_own(closed: Case) -> None:
    text = str(made(closed, CHILD, choices={"version": Version.CHILD}).content)
    assert "We told Ravensmere children's social care some things about you." in text
    assert "Attendance" not in text
    assert closed.cast.organisation.name in text
