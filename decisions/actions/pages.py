"""Writes the answers of one page into the decision and its parts. Called inside `save_page`, under its lock."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from decisions.actions.adding import add_family
from decisions.facts import COLUMNS
from decisions.journey.pages.asked import AskedPage
from decisions.journey.pages.base import Page, PartForm, filled
from decisions.journey.pages.basis import BasisPage, NoBasisPage
from decisions.journey.pages.give import GivePage, ItemForm
from decisions.journey.pages.minded import MindedPage
from decisions.journey.pages.say import SayPage
from decisions.journey.pages.sent import InsteadPage, SentPage
from decisions.journey.pages.who import NewPersonForm, WhoPage
from decisions.journey.pages.worry import COPIED as FROM_DISCLOSURE
from decisions.journey.pages.worry import WorryPage
from decisions.models import (
    Advice,
    BasisRow,
    Decision,
    DecisionItem,
    DecisionPerson,
    DecisionRecipient,
    ItemAbout,
    ItemMustNotReach,
    ItemRecipient,
    Sending,
)
from decisions.rules.codes import Layer, Trigger
from decisions.rules.law import load
from families.actions import add_person, open_family
from families.models import Person

COPIED = ["name", "role", "date_of_birth", "age", "age_on", "due_on", "parental_responsibility", "communication_need"]


def write(page: Page, decision: Decision, *, by: User, at: datetime) -> None:
    WRITERS[type(page)](page, decision, by, at)


def _set(row: Model, answers: Mapping[str, Any], names: Iterable[str]) -> None:
    """Saves only what this page asks, so that two tabs on two pages cannot overwrite each other."""
    changed = [name for name in names if getattr(row, name) != answers[name]]
    for name in changed:
        setattr(row, name, answers[name])
    if row._state.adding:
        row.save()
    elif changed:
        row.save(update_fields=changed)


def _model_fields(form: PartForm[Any]) -> list[str]:
    columns = {field.name for field in form._meta.model._meta.concrete_fields}
    return [name for name in form.fields if name in columns and name in form.cleaned_data]


def _save_main(page: Page, decision: Decision) -> None:
    if isinstance(page.main, PartForm):
        _set(decision, page.main.cleaned_data, _model_fields(page.main))


def copy_person(row: DecisionPerson, person: Person) -> None:
    """The person as the family's record has them at this moment."""
    for name in COPIED:
        setattr(row, name, getattr(person, name))


def _who(page: WhoPage, decision: Decision, by: User, at: datetime) -> None:
    family = getattr(page.main, "family", None)
    if family:
        open_family(family=family, by=by, at=at)
        add_family(decision, family)
    chosen = {row.person_id: row for row in decision.people.all()}
    for form in page.people:
        row = chosen.get(form.person.pk)
        if not form.cleaned_data["on"]:
            if row:
                row.delete()
            continue
        if row is None:
            row = DecisionPerson(organisation_id=decision.organisation_id, decision=decision, person=form.person)
            copy_person(row, form.person)
        _set(row, form.cleaned_data, ["source_of_harm"])
    for new in filled(page.new_people):
        _new_person(new, decision, by, at)


def _new_person(form: NewPersonForm, decision: Decision, by: User, at: datetime) -> None:
    person = add_person(family=form.family, details=form.details(), by=by, at=at)
    row = DecisionPerson(organisation_id=decision.organisation_id, decision=decision, person=person)
    copy_person(row, person)
    _set(row, form.cleaned_data, ["source_of_harm"])


def _worry(page: WorryPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    form = page.main
    answers = dict(form.cleaned_data)
    disclosure = form.chosen
    if disclosure:
        for name in FROM_DISCLOSURE:
            answers[name] = getattr(disclosure, name)
    answers["disclosure"] = disclosure
    _set(decision, answers, ["disclosure", *_model_fields(form)])


def _asked(page: AskedPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    _save_main(page, decision)
    answers = page.main.cleaned_data
    existing = list(decision.recipients.all())
    wanted = {page.main.address_book[key].pk: page.main.address_book[key] for key in answers.get("recipients") or []}
    for row in existing:
        if row.recipient_id and row.recipient_id not in wanted:
            row.delete()
    here = {row.recipient_id for row in existing}
    for key, entry in wanted.items():
        if key not in here:
            row = DecisionRecipient(organisation_id=decision.organisation_id, decision=decision, recipient=entry)
            copy_recipient(row)
            row.save()
    _asker(decision, next((row for row in existing if row.is_asker), None))
    others = {row.pk: row for row in existing if not row.recipient_id and not row.is_asker}
    _sync(decision, DecisionRecipient, page.groups[0].rows, others)


def copy_recipient(row: DecisionRecipient) -> None:
    """The address book's entry as it stands at this moment."""
    entry = row.recipient
    if entry:
        row.name, row.kind, row.route_kind = entry.name, entry.kind, entry.route_kind
        row.route, row.route_checked_on = entry.route, entry.checked_on


def _asker(decision: Decision, row: DecisionRecipient | None) -> None:
    """Whoever asked is the first recipient; nobody has to name them twice."""
    if decision.trigger != Trigger.REQ:
        if row:
            row.delete()
        return
    row = row or DecisionRecipient(organisation_id=decision.organisation_id, decision=decision, is_asker=True)
    who = ", ".join(filter(None, [decision.asked_by_name, decision.asked_by_role]))[:200]
    _set(row, {"name": decision.asked_by_organisation, "person_or_role": who}, ["name", "person_or_role"])


def _sync(
    decision: Decision, model: type[Any], rows: Iterable[PartForm[Any]], existing: dict[int, Any], **extra: Any
) -> list[tuple[PartForm[Any], Any]]:
    """Rows with a key are changed, those without are added, those ticked away or not sent are removed."""
    written, kept = [], set()
    for form in filled(list(rows)):
        row = existing.get(form.cleaned_data.get("pk") or 0)
        if row is None:
            row = model(organisation_id=decision.organisation_id, decision=decision, **extra)
        if "recipient" in form.cleaned_data:
            row.recipient_id = int(form.cleaned_data["recipient"])
        _set(row, form.cleaned_data, _model_fields_without_keys(form))
        kept.add(row.pk)
        written.append((form, row))
    for key, row in existing.items():
        if key not in kept:
            row.delete()
    return written


def _model_fields_without_keys(form: PartForm[Any]) -> list[str]:
    return [name for name in _model_fields(form) if name != "recipient"]


def _minded(page: MindedPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    _save_main(page, decision)
    _set(decision, {"passed_to": page.main.passed_to}, ["passed_to"])


def _why_not(page: NoBasisPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    _save_main(page, decision)


def _say(page: SayPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    _save_main(page, decision)
    for form in page.groups[0].rows:
        answers = dict(form.cleaned_data)
        answers["consent_state"] = form.state
        answers["views"] = answers.get("child_views") or answers.get("views") or ""
        _set(form.instance, answers, ["consent_state", *_model_fields(form)])
    for form in page.groups[1].rows if len(page.groups) > 1 else ():
        _set(form.instance, form.cleaned_data, ["choice"])


def _give(page: GivePage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    recipients = list(decision.recipients.all())
    existing = {row.pk: row for row in decision.items.all()}
    for form, item in _sync(decision, DecisionItem, page.groups[0].rows, existing):
        answers = form.cleaned_data
        ticked = answers.get("sensitivities") or []
        _set(item, {column: code in ticked for code, column in COLUMNS.items()}, COLUMNS.values())
        _people_rows(item, ItemAbout, item.about, answers.get("about") or [])
        _people_rows(item, ItemMustNotReach, item.must_not_reach, answers.get("kept_from") or [])
        _grid(item, recipients, form)


def _people_rows(item: DecisionItem, model: type[Any], related: Any, wanted: list[str]) -> None:
    here = {str(row.person_id): row for row in related.all()}
    for key in wanted:
        if key not in here:
            model(organisation_id=item.organisation_id, decision=item.decision, item=item, person_id=int(key)).save()
    for key, row in here.items():
        if key not in wanted:
            row.delete()


def _grid(item: DecisionItem, recipients: list[DecisionRecipient], form: ItemForm) -> None:
    here = {row.recipient_id: row for row in item.grid.all()}
    for recipient in recipients:
        row = here.get(recipient.pk) or ItemRecipient(
            organisation_id=item.organisation_id, decision=item.decision, item=item, recipient=recipient, given=False
        )
        kept = {"given": form.gives(recipient.pk), "why_held": form.given_to[recipient.pk]}
        _set(row, kept, ["given", "why_held"])


def _basis(page: BasisPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    _save_main(page, decision)
    answers = page.main.cleaned_data
    codes = [answers.get("l1"), *(answers.get("annex1") or []), *(answers.get("l3") or []), answers.get("l4")]
    wanted = {(code, None): _answer(answers, code) for code in codes if code}
    for form in page.groups[0].rows if page.groups else ():
        _set(form.instance, form.cleaned_data, ["p18_reason", "p18_text"])
        for code in [*(form.cleaned_data.get("l2") or []), *(form.cleaned_data.get("schedule1") or [])]:
            text = form.cleaned_data["p18_text"] if code == "S1_P18" else _answer(form.cleaned_data, code)
            wanted[(code, form.instance.pk)] = text
    here = {(row.code, row.person_id): row for row in decision.basis_rows.all()}
    for key, row in here.items():
        if key not in wanted:
            row.delete()
    day = timezone.localdate(decision.decided_at or at)
    sector = decision.organisation.sector
    for (code, person), answer in wanted.items():
        row = here.get((code, person)) or BasisRow(
            organisation_id=decision.organisation_id, decision=decision, person_id=person, code=code
        )
        kept = {"answer": answer, **by_value(code, day, sector)}
        _set(row, kept, kept)


def _answer(answers: Mapping[str, Any], code: str) -> str:
    return str(answers.get(f"answer_{code}") or "")


def by_value(code: str, day: date, sector: str) -> dict[str, Any]:
    """The row of the law as it stands on that day: what is kept, whatever becomes of the tables.

    Nothing for one that has left the tables since: an old draft keeps its copy, and the rules refuse it by name.
    """
    law = load().row(code, day) or load().any_row(code)
    if law is None:
        return {}
    row = {
        "version": load().version,
        "sha256": load().sha256,
        "kind": law.kind_for(sector),
        "short_name": law.short_name,
        "plain_english": law.plain_english,
        "citation": law.citation,
        "tests": list(law.tests),
        "refused_test": law.refused_test,
        "effective_from": law.effective_from.isoformat(),
        "effective_to": law.effective_to.isoformat() if law.effective_to else None,
        "confidence": law.confidence,
        "source": law.source,
    }
    return {"layer": Layer(law.layer).value, "refused_ok": law.refused_ok, "row": row}


def _sent(page: SentPage, decision: Decision, by: User, at: datetime) -> None:
    _save_main(page, decision)
    groups = {group.name: group for group in page.groups}
    if "sending" in groups:
        existing = {row.pk: row for row in decision.sendings.all()}
        _sync(decision, Sending, groups["sending"].rows, existing, written_at=at, written_by=by)
    for form in groups["told"].rows if "told" in groups else ():
        answers = dict(form.cleaned_data)
        answers["telling_state"] = form.state
        answers["telling_text"] = answers.get("told_note") or answers.get("telling_text") or ""
        _set(form.instance, answers, ["telling_state", *_model_fields(form)])
    _sync(decision, Advice, groups["advice"].rows, {row.pk: row for row in decision.advice.all()})


WRITERS: dict[type[Page], Callable[[Any, Decision, User, datetime], None]] = {
    WhoPage: _who,
    WorryPage: _worry,
    AskedPage: _asked,
    MindedPage: _minded,
    SayPage: _say,
    GivePage: _give,
    BasisPage: _basis,
    NoBasisPage: _why_not,
    SentPage: _sent,
    InsteadPage: _sent,
}
