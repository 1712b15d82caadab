"""A draft: started by one person, kept page by page, and never overwritten unseen."""

import json
from datetime import timedelta

import pytest
from django.http import Http404, QueryDict

from accounts.models import User
from audit.models import LedgerEntry
from audit.verification import verify
from decisions.database.triggers import PARTS
from decisions.models import ConsentCovers, Decision, DecisionItem, DecisionPerson, DraftPage
from drafting import actions
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.steps import step_on_path
from safeguarding.demo import stories
from safeguarding.demo.filling import filled_page
from tests.decisions.cases import CHILD, MOTHER, PARTNER, Case, bruise_story, plain, started
from tests.drafting.households import address_book


def page_of(draft: Draft, key: str, data: QueryDict | None = None) -> Page:
    step = step_on_path(draft, key)
    assert step is not None
    page = step.page(draft, data)
    if data is not None:
        page.is_valid()
    return page


def filled(case: Case, decision: Decision, key: str, **answers: object) -> Page:
    """A page with answers over what stands there, as one tab holds it."""
    draft = load(decision, case.cast.practitioner)
    return page_of(draft, key, filled_page(draft, key, answers))


def save(case: Case, page: Page, version: int, by: User | None = None, *, judge: bool = True) -> Draft:
    return actions.save_page(page=page, version=version, by=by or case.cast.practitioner, at=case.at, judge=judge)


def keep(case: Case, page: Page, version: int, by: User | None = None) -> Draft:
    return actions.save_form_data(page=page, version=version, by=by or case.cast.practitioner, at=case.at)


def entries(case: Case) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(organisation=case.cast.organisation.pk).order_by("seq"))


# saving a page


def test_a_page_is_saved(complete: Case) -> None:
    page = filled(complete, complete.decision, "outcome", why_now="So that he is seen by a doctor tonight.")
    draft = save(complete, page, 1)
    assert draft.decision.why_now == "So that he is seen by a doctor tonight."
    assert draft.version("outcome") == 2
    entry = entries(complete)[-1]
    assert (entry.event, entry.additional_data["page"]) == ("decision.page_saved", "outcome")
    assert "why_now" in entry.additional_data["fields"]
    assert "doctor" not in json.dumps([[row.changes, row.additional_data] for row in entries(complete)])


def test_a_stale_page_writes_nothing(complete: Case) -> None:
    first = filled(complete, complete.decision, "outcome", why_now="The first tab's reason, in full.")
    second = filled(complete, complete.decision, "outcome", why_now="The second tab's reason, in full.")
    save(complete, first, 1)
    count, rows = LedgerEntry.objects.count(), list(plain(DraftPage).order_by("pk").values())
    with pytest.raises(actions.Stale):
        save(complete, second, 1)
    with pytest.raises(actions.Stale):
        keep(complete, second, 1)
    assert complete.again().why_now == "The first tab's reason, in full."
    assert LedgerEntry.objects.count() == count
    assert list(plain(DraftPage).order_by("pk").values()) == rows


@pytest.mark.parametrize("version", [0, 2, 999999])
def test_only_the_version_that_was_opened_is_saved(complete: Case, version: int) -> None:
    with pytest.raises(actions.Stale):
        save(complete, filled(complete, complete.decision, "outcome"), version)


def test_two_tabs_on_two_pages_keep_to_their_own(complete: Case) -> None:
    """Both were opened before either was saved."""
    outcome = filled(complete, complete.decision, "outcome", why_now="So that he is seen by a doctor tonight.")
    basis = filled(complete, complete.decision, "legal_basis", why_no_more="The bruises and his words only.")
    say = filled(complete, complete.decision, "consent", consent={MOTHER: {"views": "She says he fell."}})
    sent = filled(complete, complete.decision, "sending", informing={MOTHER: {"informed_how": "At the door"}})
    for page in (outcome, basis, say, sent):
        save(complete, page, 1, judge=False)
    decision = complete.again()
    assert decision.why_now == "So that he is seen by a doctor tonight."
    assert decision.why_no_more == "The bruises and his words only."
    mother = decision.people.get(name=MOTHER)
    assert (mother.views, mother.informed_how) == ("She says he fell.", "At the door")
    assert mother.consent_state == "OBJECTED"


def test_saving_another_page_makes_a_page_incomplete(complete: Case) -> None:
    """A recipient is added of whom the information page says nothing; taken out again, it is complete as it was."""
    pages = DraftPage.objects.filter(decision=complete.decision)
    assert not pages.filter(complete=False).exists()
    before = pages.get(page="information")
    address_book("Health visiting", by=complete.cast.administrator, at=complete.at)
    both = [stories.SOCIAL_CARE, "Health visiting"]
    save(complete, filled(complete, complete.decision, "request", recipients=both), 1)
    after = pages.get(page="information")
    assert not after.complete
    assert pages.get(page="request").complete
    assert (after.version, after.form_data) == (before.version, before.form_data), "the page itself was not saved"
    save(complete, filled(complete, complete.decision, "request", recipients=[stories.SOCIAL_CARE]), 2)
    assert not pages.filter(complete=False).exists()


def test_saving_what_stands_there_changes_nothing(complete: Case) -> None:
    before = everything(complete)
    for key in ("people", "concern", "request", "outcome", "consent", "information", "legal_basis", "sending"):
        save(complete, filled(complete, complete.decision, key), 1, judge=False)
    assert everything(complete) == before


def everything(case: Case) -> list[object]:
    rows: list[object] = list(plain(Decision).filter(pk=case.decision.pk).values())
    # Whom a yes covers was put there by hand: nobody in S01 says yes, so saving the page takes it away.
    for model in (one for one in PARTS if one is not ConsentCovers):
        rows += plain(model).filter(decision=case.decision).order_by("pk").values()
    return rows


def test_somebody_ticked_away_is_gone_with_what_was_said_of_them(complete: Case) -> None:
    draft = load(complete.decision, complete.cast.practitioner)
    data = filled_page(draft, "people", {"people": {PARTNER: {"on": False, "source_of_harm": False}}})
    partner = next(person for person in draft.possible_people if person.name == PARTNER)
    assert not page_of(draft, "people", data).is_valid(), "asked first"
    data[f"person-{partner.pk}-take_out"] = "on"
    page = page_of(draft, "people", data)
    assert page.is_valid()
    save(complete, page, 1)
    decision = complete.again()
    assert {person.name for person in decision.people.all()} == {CHILD, MOTHER}
    assert {row.person_id for item in decision.items.all() for row in item.about.all()} <= {
        person.pk for person in decision.people.all()
    }


@pytest.mark.parametrize("who", ["teammate", "other_team", "supervisor"])
def test_nobody_else_writes_in_a_draft(complete: Case, who: str) -> None:
    page = filled(complete, complete.decision, "outcome", why_now="Somebody else's words here.")
    by = getattr(complete.cast, who)
    for write in (save, keep):
        with pytest.raises(Http404):
            write(complete, page, 1, by)
    with pytest.raises(Http404):
        actions.discard(decision=complete.decision, by=by, at=complete.at)
    with pytest.raises(Http404):
        save(complete, page, 1, complete.cast.stranger.practitioner)


def test_a_recorded_decision_has_no_pages_to_save(complete: Case) -> None:
    page = filled(complete, complete.decision, "outcome", why_now="An afterthought, too late.")
    actions.record(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    for write in (save, keep):
        with pytest.raises(Http404):
            write(complete, page, 1)
    with pytest.raises(Http404):
        actions.discard(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)


# what could not be accepted yet


def test_what_was_typed_is_kept(complete: Case) -> None:
    page = filled(complete, complete.decision, "outcome", why_now="see notes")
    assert not page.is_valid()
    draft = keep(complete, page, 1)
    assert draft.pages["outcome"].form_data["outcome-why_now"] == ["see notes"]
    assert draft.version("outcome") == 2
    assert complete.again().why_now == bruise_story(complete.at)["outcome"]["why_now"]
    assert "see notes" not in json.dumps([[row.changes, row.additional_data] for row in entries(complete)])
    assert entries(complete)[-1].event == "decision.page_autosaved"


@pytest.mark.parametrize(("typed", "kept"), [
    ("A word\x00 with NUL", "A word\ufffd with NUL"),
    ("\ud83d half a face", "? half a face"),
    ("\udcff", "?"),
    ("\U0001f937 a whole one, and \u00a0", "\U0001f937 a whole one, and \u00a0"),
    ("x" * 50_000, "x" * 50_000),
])  # fmt: skip
def test_what_cannot_be_stored_is_replaced_and_the_rest_kept(complete: Case, typed: str, kept: str) -> None:
    draft = load(complete.decision, complete.cast.practitioner)
    data = filled_page(draft, "outcome", {"why_now": "here"})
    data.setlist("outcome-why_now", [typed])
    assert keep(complete, page_of(draft, "outcome", data), 1).pages["outcome"].form_data["outcome-why_now"] == [kept]
    assert LedgerEntry.objects.exists()


def test_a_key_that_cannot_be_stored_is_no_error(complete: Case) -> None:
    """Names of fields come from the browser too."""
    draft = load(complete.decision, complete.cast.practitioner)
    data = filled_page(draft, "outcome", {"why_now": "n/a"})
    data["minded-\x00"] = data["\ud800"] = "x"
    kept = keep(complete, page_of(draft, "outcome", data), 1).pages["outcome"].form_data
    assert kept["outcome-why_now"] == ["n/a"]


def test_what_was_kept_gives_way_to_what_is_saved(complete: Case) -> None:
    keep(complete, filled(complete, complete.decision, "outcome", why_now="tbc"), 1)
    draft = save(complete, filled(complete, complete.decision, "outcome", why_now="A doctor should see him."), 2)
    assert draft.pages["outcome"].form_data == {}
    assert draft.decision.why_now == "A doctor should see him."


# throwing it away


def test_a_discarded_draft_is_gone_and_its_entries_stay(complete: Case) -> None:
    before, reference = len(entries(complete)), complete.decision.reference
    actions.discard(decision=complete.decision, by=complete.cast.practitioner, at=complete.at)
    assert not Decision.objects.filter(pk=complete.decision.pk).exists()
    for model in (DraftPage, DecisionPerson, DecisionItem):
        assert not plain(model).filter(decision=complete.decision.pk).exists()
    new = entries(complete)[before:]
    assert "decision.draft_deleted" in {entry.event for entry in new}
    assert {entry.object_repr for entry in entries(complete) if entry.event == "decision.draft_deleted"} == {reference}
    assert "A doctor" not in json.dumps([entry.changes for entry in new])
    assert all(set(map(tuple, entry.changes.values())) <= {(None, None)} for entry in new)
    assert verify().sound


def test_a_blank_draft_can_be_discarded(complete: Case) -> None:
    draft = started(complete.cast, complete.at + timedelta(minutes=1))
    actions.discard(decision=draft, by=complete.cast.practitioner, at=complete.at)
    assert not Decision.objects.filter(pk=draft.pk).exists()
