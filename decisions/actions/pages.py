"""Writes the answers of one page into the decision and its parts. Called inside `save_page`, under its lock."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from decisions.actions.adding import add_family
from decisions.actions.basis import write_basis
from decisions.actions.columns import columns_of, set_columns
from decisions.facts import COLUMNS
from decisions.journey.pages import agreeing
from decisions.journey.pages.asked import DUTY, AskedPage
from decisions.journey.pages.base import Page, PartForm, filled
from decisions.journey.pages.basis import BasisPage
from decisions.journey.pages.give import GivePage
from decisions.journey.pages.minded import MindedPage
from decisions.journey.pages.say import SayPage
from decisions.journey.pages.say_person import AT_RISK
from decisions.journey.pages.sent import InsteadPage, SentPage
from decisions.journey.pages.who import NewPersonForm, WhoPage
from decisions.journey.pages.why_not import CONDITIONS, NoBasisPage
from decisions.journey.pages.worry import COPIED as FROM_DISCLOSURE
from decisions.journey.pages.worry import WorryPage
from decisions.models import (
    Advice,
    ConsentCovers,
    Decision,
    DecisionItem,
    DecisionPerson,
    DecisionRecipient,
    ItemAbout,
    ItemMustNotReach,
    ItemRecipient,
    Sending,
)
from decisions.rules.codes import Trigger
from decisions.rules.duties import under_share_duty
from families.actions import add_person, open_family
from families.models import Person

BLANKS = {"discovered_at": None, "starts_on": None}
YES_COLUMNS = {"limits": "consent_limits", "until": "consent_until"}
COPIED = ["name", "role", "date_of_birth", "age", "age_on", "due_on", "parental_responsibility", "communication_need"]


def write(page: Page, decision: Decision, *, by: User, at: datetime) -> None:
    WRITERS[type(page)](page, decision, by, at)


def _save_main(page: Page, decision: Decision) -> None:
    if isinstance(page.main, PartForm):
        set_columns(decision, page.main.cleaned_data, columns_of(page.main))


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
        set_columns(row, form.cleaned_data, ["source_of_harm"])
    for new in filled(page.new_people):
        _new_person(new, decision, by, at)


def _new_person(form: NewPersonForm, decision: Decision, by: User, at: datetime) -> None:
    person = add_person(family=form.family, details=form.details(), by=by, at=at)
    row = DecisionPerson(organisation_id=decision.organisation_id, decision=decision, person=person)
    copy_person(row, person)
    set_columns(row, form.cleaned_data, ["source_of_harm"])


def _worry(page: WorryPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    form = page.main
    answers = dict(form.cleaned_data)
    disclosure = form.chosen
    if disclosure:
        for name in FROM_DISCLOSURE:
            answers[name] = getattr(disclosure, name)
    answers["disclosure"] = disclosure
    set_columns(decision, answers, ["disclosure", *columns_of(form)])


def _asked(page: AskedPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    answers = page.main.cleaned_data
    # A duty that is not offered here any more takes what it turned on with it. Its conditions are asked of those who
    # decide not to share as well, so they are not this page's alone.
    began = (decision.trigger, decision.duty_code), (answers.get("trigger"), answers.get("duty_code"))
    elsewhere = set() if any(under_share_duty(*one) for one in began) else set(CONDITIONS)
    gone = {name: BLANKS.get(name, "") for name in (*DUTY, "starts_on") if name not in page.main.fields}
    names = [name for name in (*columns_of(page.main), *gone) if name not in elsewhere]
    set_columns(decision, {**answers, **gone}, names)
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
        row.in_scope_16la = entry.in_scope_16la


def _asker(decision: Decision, row: DecisionRecipient | None) -> None:
    """Whoever asked is the first recipient; nobody has to name them twice."""
    if decision.trigger != Trigger.REQ:
        if row:
            row.delete()
        return
    row = row or DecisionRecipient(organisation_id=decision.organisation_id, decision=decision, is_asker=True)
    who = ", ".join(filter(None, [decision.asked_by_name, decision.asked_by_role]))[:200]
    name = decision.asked_by_organisation
    known = decision.organisation.recipients.filter(name__iexact=name.strip(), retired=False).first()
    # Where the address book knows them: what they are, and whether the duty to share binds them.
    kind, bound = (known.kind, known.in_scope_16la) if known else ("", False)
    answers = {"name": name, "person_or_role": who, "kind": kind, "in_scope_16la": bound}
    set_columns(row, answers, answers)


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
        set_columns(row, form.cleaned_data, _without_keys(form))
        kept.add(row.pk)
        written.append((form, row))
    for key, row in existing.items():
        if key not in kept:
            row.delete()
    return written


def _without_keys(form: PartForm[Any]) -> list[str]:
    return [name for name in columns_of(form) if name != "recipient"]


def _minded(page: MindedPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    _save_main(page, decision)
    set_columns(decision, {"passed_to": page.main.passed_to}, ["passed_to"])


def _why_not(page: NoBasisPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    answers = {"detriment": "", **page.main.cleaned_data}
    set_columns(decision, answers, {"detriment", *columns_of(page.main)})


def _say(page: SayPage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    _save_main(page, decision)
    for form in page.groups[0].rows:
        answers = dict(form.cleaned_data)
        answers["consent_state"] = form.state
        answers["views"] = answers.get("child_views") or answers.get("views") or ""
        yes = {YES_COLUMNS.get(name, name): value for name, value in agreeing.columns(answers, form.state).items()}
        at_risk = {name: answers.get(name) or "" for name in AT_RISK}
        set_columns(form.instance, {**answers, **yes, **at_risk}, ["consent_state", *columns_of(form), *yes, *at_risk])
        _covers(form.instance, form.covered)
    for form in page.groups[1].rows if len(page.groups) > 1 else ():
        set_columns(form.instance, form.cleaned_data, ["choice"])
    for recipient in decision.recipients.all() if page.no_choice else ():
        # Answered before the duty was: a choice they do not have is not kept as if it had been offered.
        set_columns(recipient, {"choice": ""}, ["choice"])


def _covers(giver: DecisionPerson, wanted: list[str]) -> None:
    here = {str(row.person_id): row for row in giver.covers.all()}
    for key in [key for key in wanted if key not in here]:
        common = {"organisation_id": giver.organisation_id, "decision": giver.decision}
        ConsentCovers(**common, giver=giver, person_id=int(key)).save()
    for key, row in here.items():
        if key not in wanted:
            row.delete()


def _give(page: GivePage, decision: Decision, by: User, at: datetime) -> None:  # noqa: ARG001
    recipients = list(decision.recipients.all())
    existing = {row.pk: row for row in decision.items.all()}
    for form, item in _sync(decision, DecisionItem, page.groups[0].rows, existing):
        answers = form.cleaned_data
        ticked = answers.get("sensitivities") or []
        set_columns(item, {column: code in ticked for code, column in COLUMNS.items()}, COLUMNS.values())
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


def _grid(item: DecisionItem, recipients: list[DecisionRecipient], form: Any) -> None:
    here = {row.recipient_id: row for row in item.grid.all()}
    # One added in another tab at this moment was not asked about: the page is then not done.
    for recipient in [one for one in recipients if one.pk in form.recipients]:
        row = here.get(recipient.pk) or ItemRecipient(
            organisation_id=item.organisation_id, decision=item.decision, item=item, recipient=recipient, given=False
        )
        kept = {"given": form.gives(recipient.pk), "why_held": form.given_to[recipient.pk]}
        set_columns(row, kept, ["given", "why_held"])


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
        set_columns(form.instance, answers, ["telling_state", *columns_of(form)])
    _sync(decision, Advice, groups["advice"].rows, {row.pk: row for row in decision.advice.all()})


WRITERS: dict[type[Page], Callable[[Any, Decision, User, datetime], None]] = {
    WhoPage: _who,
    WorryPage: _worry,
    AskedPage: _asked,
    MindedPage: _minded,
    SayPage: _say,
    GivePage: _give,
    BasisPage: write_basis,
    NoBasisPage: _why_not,
    SentPage: _sent,
    InsteadPage: _sent,
}
