"""Fields of a decision that stay out of its evidence: of the entries, and of the page to read."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from administration import evidence_actions as actions
from administration.evidence_fields import Field, fields_of, still_in
from administration.evidence_forms import AGAIN
from administration.evidence_record import pages
from administration.evidence_scope import of_decision
from administration.models import DAYS_OPEN, EvidenceRequest, LeftOut
from audit.models import LedgerEntry
from audit.signing import fingerprint
from letters.models import LetterMade
from retention.belongings import Kind, Record
from reviews.models import Review
from tests.administration.evidence_scenes import asked_for, manifest_of, taken
from tests.audit.conftest import EVERY, tampering
from tests.audit.evidence_files import files_of, result_of
from tests.audit.test_commands import run
from tests.decisions.cases import plain
from tests.in_turn import in_turn
from tests.pages import PageClient
from tests.retention.scene import plant
from tests.test_access_matrix import Scene, scene

__all__ = ["scene"]
SignIn = Callable[[User], PageClient]
pytestmark = pytest.mark.sqlite
# As a telephone writes it.
WHY = 'Somebody else’s “name”, "as said" \\ here'  # noqa: RUF001 - the apostrophe of a telephone


def page_of(request: EvidenceRequest) -> str:
    return reverse("administration:evidence_leave_out", args=[request.public_id])


def leave_out(request: EvidenceRequest, fields: list[Field], reason: str = WHY) -> None:
    codes = [field.code for field in fields]
    actions.leave_out_fields(request=request, codes=codes, reason=reason, by=request.written_by, at=timezone.now())


def asked(scene: Scene) -> EvidenceRequest:
    return asked_for(scene.cast, "decision", scene.recorded.reference)


def texts(evidence: bytes) -> str:
    """Everything in it, as JSON reads it."""
    found = ""
    for name, data in files_of(evidence):
        if name.startswith("entries"):
            found += " ".join(str(json.loads(line)) for line in data.decode().splitlines())
        if name.startswith("D-"):
            found += data.decode()
    return " ".join(found.split())


def blocks(letter: LetterMade) -> list[str]:
    found = [block for section in letter.content["sections"] for block in section["blocks"]]
    return [text for block in found for text in block.get("list", [block.get("text", "")])]


def test_they_are_called_what_the_record_calls_them(scene: Scene) -> None:
    fields = fields_of(of_decision(scene.recorded))
    called = {(field.subject, field.name): field.words for field in fields}
    assert called["decisions.decision", "facts"] == "Seen or said"
    assert called["decisions.decision", "why_now"] == "Reasons for the decision"
    assert len({field.words for field in fields}) == len(fields)
    assert {field.name for field in fields} & {"reference", "sha256", "law_version", "state"} == set()
    assert [field.words for field in fields if "_" in field.words] == []


def test_with_everything_left_out_no_word_is_left_and_it_still_verifies(scene: Scene) -> None:
    request, fields = asked(scene), fields_of(of_decision(scene.recorded))
    names = {person.name for person in scene.recorded.people.all()}
    letters = {text for letter in LetterMade.objects.all() for text in blocks(letter)}
    said = (
        {field.text for field in fields if len(field.text) > 20} | names | {text for text in letters if len(text) > 20}
    )
    before = texts(taken(request))
    assert len([text for text in said if text in before]) > 20
    leave_out(request, fields)
    after = texts(evidence := taken(request))
    assert [text for text in said if text in after] == []
    assert result_of(evidence, fingerprint())[1].startswith("VERIFIED\n")
    assert manifest_of(evidence)["left_out"][WHY] > 20


def test_whatever_the_page_shows_can_be_left_out_of_it(scene: Scene) -> None:
    """A word of its own in each column of each row: what is left of them on the page is on no list."""
    with tampering(EVERY):
        planted = plant(Record(Kind.DECISION, scene.recorded))
    about = of_decision(scene.recorded)
    [(_, whole)] = pages(about.decisions, addresses=True)
    assert len([word for word in planted if word in whole]) > 20
    everything = {field.key: WHY for field in fields_of(about)}
    [(_, page)] = pages(about.decisions, addresses=True, left_out=everything)
    assert [word for word in planted if word in page] == []
    assert f"[Left out: {escape(WHY)}]" in page


def test_letters_reviews_and_the_timeline_are_on_the_page(scene: Scene) -> None:
    [letter] = LetterMade.objects.filter(decision=scene.recorded)
    [review] = Review.objects.exclude(comment="")[:1]
    pages_of = dict(pages([scene.recorded, review.decision], addresses=False))
    page = unescape(pages_of[f"{scene.recorded.reference}.html"])
    assert [text for text in blocks(letter) if text not in page] == []
    assert 'id="chronology"' in page
    assert "Complaint" in page.partition('id="chronology"')[2]
    assert review.comment in unescape(pages_of[f"{review.decision.reference}.html"])
    for made in pages_of.values():
        assert [word for word in ("href=", "src=", "<script") if word in made] == []


def test_one_is_left_out_with_its_reason_and_the_others_stay(scene: Scene, as_user: SignIn) -> None:
    request, client = asked(scene), as_user(scene.cast.officer)
    fields = {(field.subject, field.name): field for field in fields_of(of_decision(scene.recorded))}
    facts, why_now = fields["decisions.decision", "facts"], fields["decisions.decision", "why_now"]
    page = client.get(page_of(request)).content.decode()
    assert f'value="{facts.code}"' in page
    assert LedgerEntry.objects.order_by("-seq").values_list("event", flat=True)[0] == "decision.evidence_fields_shown"
    refused = client.post(page_of(request), {"fields_out": [facts.code], "reason": ""})
    assert refused.status_code == 422
    assert f'value="{facts.code}" checked' in " ".join(refused.content.decode().split())
    assert client.post(page_of(request), {"fields_out": ["x|1|y"], "reason": WHY}).status_code == 422
    assert client.post(page_of(request), {"fields_out": [facts.code], "reason": WHY}).status_code == 302
    assert f'value="{facts.code}"' not in client.get(page_of(request)).content.decode()
    assert (
        f"1: {escape(WHY)}"
        in client.get(reverse("administration:evidence_request", args=[request.public_id])).content.decode()
    )
    found = texts(evidence := taken(request))
    assert f"[Left out: {escape(WHY)}]" in found
    assert why_now.text in found
    assert manifest_of(evidence)["left_out"][WHY] >= 1


def test_what_says_it_again_is_marked(scene: Scene, as_user: SignIn) -> None:
    request, client = asked(scene), as_user(scene.cast.officer)
    fields = fields_of(of_decision(scene.recorded))
    [name] = [field for field in fields if field.text == "Rhian Ashdown"]
    assert AGAIN not in client.get(page_of(request)).content.decode()
    answer = client.post(page_of(request), {"fields_out": [name.code], "reason": WHY}, follow=True)
    assert AGAIN in answer.content.decode()
    left = still_in(fields, {name.key})
    marked = {field.text for field in left if field.repeats}
    assert "Tomos Ashdown" in marked
    assert [text for text in marked if not re.search("Rhian|Ashdown", text)] == []
    assert [field for field in left if "Rhian" in field.text and not field.repeats] == []
    others = [field for field in left if field.repeats]
    client.post(page_of(request), {"fields_out": [field.code for field in others], "reason": WHY})
    assert "Rhian" not in texts(taken(request))


def test_the_command_leaves_out_too(scene: Scene, tmp_path: Path) -> None:
    path, reference = tmp_path / "e.zip", scene.recorded.reference
    asked = ("export_evidence", reference, "--output", path, "--reason", "A court")
    names = [person.name for person in scene.recorded.people.all()]
    assert run(*asked, "--leave-out", f"why_now={WHY}", "--leave-out", f"decisionperson.name={WHY}")[0] == 0
    evidence = path.read_bytes()
    assert manifest_of(evidence)["left_out"][WHY] > len(names)
    assert scene.recorded.why_now not in texts(evidence)
    for wrong in in_turn(("why_now", "why_now= ", "nothing=x", "decisionperson.nothing=x")):
        assert run(*asked, "--leave-out", wrong)[0] == 2


def test_only_whoever_asked_leaves_out_and_only_of_a_decision(scene: Scene, as_user: SignIn) -> None:
    others, now = asked_for(scene.cast, "log"), timezone.now()
    assert as_user(scene.cast.officer).get(page_of(others)).status_code == 404
    with pytest.raises(Http404):
        actions.leave_out_fields(request=others, codes=["x"], reason=WHY, by=scene.cast.officer, at=now)
    old = asked_for(scene.cast, "decision", scene.recorded.reference, at=now - DAYS_OPEN)
    with pytest.raises(ValidationError, match="7 days"):
        actions.leave_out_fields(request=old, codes=["x"], reason=WHY, by=scene.cast.officer, at=now)
    row = LeftOut(organisation=others.organisation, request=others, subject="x", row="1", field="y", reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        plain(LeftOut).bulk_create([row])
