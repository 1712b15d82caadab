"""Nothing that was written is left out of what a decision shows."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.db import models

from decisions.database.triggers import PARTS
from decisions.models import (
    Advice,
    Decision,
    DecisionFamily,
    DecisionItem,
    DecisionPerson,
    DecisionProvision,
    DecisionRecipient,
    GuidanceSeen,
    InformingEvent,
    ItemRecipient,
    Sending,
)
from decisions.presenters.record import sections
from tests.decisions.cases import CHILD, MOTHER, Case, columns, plain, shown
from tests.in_turn import in_turn
from ui.moments import moment

Counting = Callable[[int], AbstractContextManager[Any]]

# Columns of words that stand somewhere else than among the sections.
ELSEWHERE = {
    (Decision, "reference"),  # the heading
    (Decision, "author_name"),  # the line under it, with the job, the team and the organisation
    (Decision, "author_job"),
    (Decision, "team_name"),
    (Decision, "organisation_name"),
    (Decision, "organisation_kind"),  # what the rules judged by; the law's rows carry their version by value
    (Decision, "organisation_sector"),
    (Decision, "policy_document_link"),
    (Decision, "law_version"),
    (Decision, "duty_code"),  # codes are on no page: the legal names are shown
    (DecisionProvision, "code"),
    (DecisionFamily, "reference"),  # the family's own page
    (DecisionRecipient, "kind"),  # a code of the address book; its name and route are shown
    (Sending, "written_by_name"),  # the timeline, where it is another than the author, or was written down later
    (InformingEvent, "written_by_name"),
    (GuidanceSeen, "page"),  # which passage stood beside an answer, by its fingerprint
    (GuidanceSeen, "passage"),
    (GuidanceSeen, "version"),
    (GuidanceSeen, "sha256"),
}
# Of a person: each goes with a kind of number only.
OF_A_KIND = ("identifier", "why_no_identifier")
# What a day is refused without.
GOES_WITH: dict[str, dict[str, str]] = {
    "standing_until": {"standing_scope": "Attendance"},
    "read_back_at": {"read_back": "CONFIRMED", "read_back_by": "Asha Verrall", "views": "I said no."},
}
MODELS: tuple[type[models.Model], ...] = (Decision, *PARTS, Sending, InformingEvent)


def words_of(model: type[models.Model]) -> Iterator[str]:
    """Columns that hold words somebody typed, or that were copied."""
    for field in columns(model):
        if (
            isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and ((model, field.name) not in ELSEWHERE)
        ):
            yield field.name


def token(model: type[models.Model], name: str) -> str:
    """One that no other column has."""
    known = [(one, column) for one in MODELS for column in words_of(one)]
    return f"W{known.index((model, name)):03d}W"


def with_tokens(case: Case) -> None:
    """Each column of words says its own token; one item is held back from nobody, one from the recipient."""
    # Why advice was not needed goes with that answer only.
    plain(Decision).filter(pk=case.decision.pk).update(advice_first="not_needed")
    for model in MODELS:
        rows: models.QuerySet[Any] = plain(model)
        mine = rows.filter(pk=case.decision.pk) if model is Decision else rows.filter(decision=case.decision)
        tokens: dict[str, object] = {name: token(model, name) for name in words_of(model) if name not in OF_A_KIND}
        if model is DecisionPerson:
            tokens |= {"read_back": "CORRECTED", "read_back_at": case.at}  # without, there are no corrected words
        if tokens:
            mine.update(**tokens)
    _with_a_number_and_why_none(case)
    held = plain(DecisionItem).filter(decision=case.decision, grid__given=False)
    plain(ItemRecipient).filter(decision=case.decision).exclude(item__in=held).update(given=True)


def _with_a_number_and_why_none(case: Case) -> None:
    """No person has both."""
    number, why = (token(DecisionPerson, name) for name in OF_A_KIND)
    mine = plain(DecisionPerson).filter(decision=case.decision)
    mine.filter(person__name=MOTHER).update(identifier_kind="none", why_no_identifier=why)
    mine.filter(person__name=CHILD).update(identifier_kind="other", identifier=number)


def missing(model: type[models.Model], text: str) -> list[str]:
    return [name for name in words_of(model) if token(model, name) not in text]


def test_every_word_of_a_draft_is_shown(complete: Case) -> None:
    with_tokens(complete)
    text = shown(complete.again())
    assert {model.__name__: missing(model, text) for model in MODELS if model is not InformingEvent} == {
        model.__name__: [] for model in MODELS if model is not InformingEvent
    }


def test_every_word_of_a_record_is_shown(complete: Case) -> None:
    """The telling is shown from its events then, and the answers it began with are the first of them."""
    with_tokens(complete)
    plain(Decision).filter(pk=complete.decision.pk).update(state="recorded", recorded_at=complete.at)
    told = InformingEvent(
        organisation=complete.cast.organisation,
        decision=complete.decision,
        written_at=complete.at,
        informing_state="DEFERRED",
        person=DecisionPerson.objects.get(decision=complete.decision, person__name=MOTHER),
        written_by=complete.cast.practitioner,
        written_by_name="Asha Verrall",
        informing_review_on=complete.at.date(),
        informing_exemption="CRIME",  # a law has its name, and a name its law
        **{name: token(InformingEvent, name) for name in words_of(InformingEvent)},
    )
    plain(InformingEvent).bulk_create([told])
    text = shown(complete.again())
    first_answers = {
        "informed_how", "informed_by", "informing_text", "informing_agreed_with", "safe_contact",
        "informing_exemption_citation", "informing_exemption_version", "handed_to", "handed_to_agency",
    }  # fmt: skip
    for model in MODELS:
        assert set(missing(model, text)) <= (first_answers if model is DecisionPerson else set())


def test_every_date_and_tick_is_shown(complete: Case) -> None:
    """A day or a tick that no row shows would be an answer nobody reads again. Each third of them a day."""
    day = complete.at.date() + timedelta(days=400)
    whole: tuple[type[models.Model], ...] = (Decision, *PARTS, Sending)
    dates = [(one, field.name) for one in whole for field in columns(one) if isinstance(field, models.DateField)]
    hidden = {
        (Decision, "started_at"),
        (Decision, "recorded_at"),
        (Decision, "policy_document_on"),
        (Sending, "written_at"),
        (DecisionPerson, "age_on"),
        (DecisionPerson, "due_on"),
    }
    for number, (model, name) in in_turn(enumerate(dates), of=3):
        if (model, name) in hidden:
            continue
        is_time = isinstance(model._meta.get_field(name), models.DateTimeField)
        value = (complete.at if is_time else day) + timedelta(days=number)
        rows: models.QuerySet[Any] = plain(model)
        mine = rows.filter(pk=complete.decision.pk) if model is Decision else rows.filter(decision=complete.decision)
        mine.update(**{name: value, **GOES_WITH.get(name, {})})
        assert moment(value) in shown(complete.again()), name


def test_a_section_without_answers_is_left_out(complete: Case) -> None:
    blank = Decision(entry_route="DECIDING", state="draft")
    blank.pk = 0
    assert sections(blank) == []


def test_not_shared_says_why_not(complete: Case) -> None:
    plain(Decision).filter(pk=complete.decision.pk).update(
        outcome="NOT_SHARED",
        no_basis="basis_but_not",
        no_basis_reason="She is safe with her aunt.",
    )
    titles = {section.key: section.title for section in sections(complete.again())}
    assert titles["legal_basis"] == "Reasons for not sharing"
    assert "There is a lawful basis, but I decided not to share" in shown(complete.again())


def test_tokens_find_what_is_not_shown(complete: Case) -> None:
    """The test above would notice: a token that stands nowhere is reported."""
    with_tokens(complete)
    plain(Advice).filter(decision=complete.decision).update(gist="something else")
    plain(DecisionProvision).filter(decision=complete.decision).update(answer="")
    text = shown(complete.again())
    assert missing(Advice, text) == ["gist"]
    assert missing(DecisionProvision, text) == ["answer"]
