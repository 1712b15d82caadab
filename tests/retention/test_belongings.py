"""Every table with words in it goes with a record, or says here why it stays. Needs no database."""

import pytest
from django.apps import apps
from django.db import models

from decisions.database.disposal import SKELETON, blanks
from decisions.models import Decision
from families.models import Disclosure, Family, Person
from retention.belongings import WAYS
from retention.models import Tombstone

OURS = "about the organisation and its people, not about a family"
STAYS = {
    "accounts.Organisation": OURS, "accounts.DutyNumber": OURS, "accounts.Team": OURS, "accounts.User": OURS,
    "accounts.Recipient": OURS, "accounts.Membership": OURS, "accounts.ReviewCover": OURS,
    "accounts.RoleAgreement": OURS, "accounts.Inspection": OURS, "accounts.AccessNotice": OURS,
    "accounts.GuessCount": "a hash", "accounts.SignOn": "how one of the organisation's people signs in",
    "mfa.Authenticator": "how one of the organisation's people signs in",
    "accounts.AutosavedText": "by the address of its page, which holds no key: disposing.py deletes it",
    "audit.LedgerEntry": "blanked: audit/disposal.py",
    "audit.Checkpoint": "hashes alone", "audit.TreeTile": "hashes alone",
    "wording.ApprovedPhrase": "sentences for every letter", "decisions.LawNotice": "the law, for every decision",
    "reminders.Reminder": "how many are due, and a code of what went wrong",
    "reminders.ReminderChoice": OURS, "reminders.RemindedTask": "a hash",
    "retention.RetentionRule": "a rule, for every record", "retention.Tombstone": "it is what stays",
    "retention.Disposal": "it is what stays", "retention.DisposalRecord": "it is what stays",
    "retention.DisposalAnswer": "it is what stays",
    "administration.EvidenceRequest": "what left the site, by its reference, and why",
    "administration.EvidenceAnswer": "what a second officer said to that",
    "administration.LeftOut": "which field did not leave, and nothing of it",
    "decisions.Decision": "blanked to its skeleton",
}  # fmt: skip
OF_OTHERS = {"auth", "contenttypes", "sessions", "account"}
GOING = {model._meta.label for ways in WAYS.values() for model, _ in ways}
TEXT = (models.CharField, models.TextField, models.JSONField)


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label not in OF_OTHERS]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_a_table_with_words_goes_or_says_why_it_stays(model: type[models.Model]) -> None:
    if any(isinstance(field, TEXT) for field in model._meta.concrete_fields):
        assert (model._meta.label in GOING) != (model._meta.label in STAYS)


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_what_names_a_record_goes_with_it(model: type[models.Model]) -> None:
    """A foreign key to a row that goes would also stop it from going."""
    goes = {Family, Person, Disclosure}
    named = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    if named & (goes | {Decision}) and model not in {Decision, Tombstone}:
        assert model._meta.label in GOING


def test_nothing_of_a_decision_stays_but_its_skeleton() -> None:
    named = {field.attname for field in Decision._meta.concrete_fields if field.name not in SKELETON}
    assert set(blanks()) == named
    assert {value for value in blanks().values() if value not in {None, "", False}} == {1}
    words = {field.name for field in Decision._meta.concrete_fields if isinstance(field, TEXT)}
    assert words & SKELETON == {"reference", "state"}


def test_nobody_stays_without_being_there() -> None:
    assert set(STAYS) <= {model._meta.label for model in ours()}
