"""Every closed row is as its entries say: what is altered, taken away or put in behind our back is found and named."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from django.db import connection, models, transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import Inspection, Membership, ReviewCover, SignOn, User
from audit import closed_rows, ledger, record_drill, triggers
from audit.closed_rows import closed_models
from audit.models import AuditedModel, hides_values
from audit.record_drill import Tables, drill_records
from audit.record_verification import Difference, Walk, compare
from audit.row_history import histories
from audit.verification import verify
from decisions.models import (
    Decision,
    DecisionFamily,
    DecisionItem,
    DecisionPerson,
    DecisionProvision,
    DecisionTeam,
    FiledUnder,
    ItemAbout,
    OpenMatter,
)
from families.models import Family, Person
from incidents.models import Incident
from letters.models import LetterMade
from reflections.models import Reflection
from retention.belongings import Record
from retention.disposing import Authority, dispose
from retention.models import Disposal
from reviews.models import Review
from tests.audit.conftest import sql
from tests.cast import enter_people
from tests.decisions.cases import plain
from tests.shared import undone
from tests.test_access_matrix import Scene, whole_scene

# Rows that may change or go, and are compared all the same: they decide who reads case text.
WHO_READS = {
    "accounts_user", "accounts_membership", "accounts_inspection", "accounts_signon", "accounts_reviewcover",
}  # fmt: skip
Row = TypeVar("Row", bound=models.Model)
pytestmark = pytest.mark.django_db
LEDGERS_OWN = {"audit_ledgerentry", "audit_checkpoint", "audit_treetile"}
# What the database itself writes from the rows that are compared.
DERIVED = {model._meta.db_table for model in (DecisionTeam, FiledUnder, OpenMatter)} | {"search_searchrow"}


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    made = whole_scene()
    enter_people(made.cast)
    return made


@pytest.fixture(scope="class")
def as_the_owner(scene: Scene) -> Iterator[None]:
    """No trigger stands in the way. What a test does is undone() before a foreign key is looked at."""
    with transaction.atomic():
        triggers.drop_all(connection)
        yield
        transaction.set_rollback(True)


def table(model: type[models.Model]) -> str:
    return model._meta.db_table


def difference_in(scene: Scene, model: type[AuditedModel]) -> Difference:
    """The first one in this table: to compare every other too would take fifty times as long."""
    difference = Walk(scene.cast.organisation.pk, model).run()
    assert difference is not None
    return difference


def found(scene: Scene, model: type[AuditedModel], row: models.Model, field: str = "", what: str = "") -> None:
    """The first difference in its table is this one."""
    difference = difference_in(scene, model)
    assert (difference.kind, difference.field) == (model._meta.label_lower, field)
    assert str(getattr(row, "public_id", "")) in difference.record
    assert what in difference.what


def test_what_is_closed_by_triggers_is_compared() -> None:
    compared = {table(model) for model in closed_models()}
    assert compared.isdisjoint(LEDGERS_OWN | DERIVED)
    assert triggers.tables() | WHO_READS == compared | LEDGERS_OWN | DERIVED
    assert {table(model) for model in closed_models() if model.ledger_compared} == WHO_READS
    for model in closed_models():
        names = {field.name for field in closed_rows.entered_fields(model)}
        assert {"organisation"} <= names, model
        assert isinstance(model._meta.pk, models.BigAutoField), model


def test_what_the_ledger_does_not_have_of_a_closed_row_is_named() -> None:
    """Each has its reason: a reflection's words, and which decision it is about, are in its digest or stay apart."""
    left_out = {
        f"{model._meta.label_lower}.{field.name}"
        for model in closed_models()
        for field in model._meta.concrete_fields
        if not field.primary_key and field not in closed_rows.entered_fields(model)
    }
    words = {f"reflections.reflection.{name}" for name in Reflection().words}
    apart = {f"reflections.reflection.{name}" for name in ("decision", "salt", "version")}
    marks = {f"accounts.user.{field.name}" for field in User._meta.fields if field.name.startswith("has_")}
    assert left_out == words | apart | marks | {"accounts.user.password"}


def test_honest_rows_raise_no_alarm(scene: Scene) -> None:
    done = compare()
    assert done.first is None
    assert done.rows == sum(plain(model).count() for model in closed_models()) > 200
    of_one = compare(scene.cast.organisation.pk)
    assert (of_one.first, of_one.kinds) == (None, done.kinds)
    next_door = compare(scene.cast.stranger.organisation.pk)
    assert (of_one.rows + next_door.rows, next_door.rows) == (done.rows, 10)
    assert compare(scene.cast.organisation.pk + 100).rows == 0


def test_every_column_of_every_kind_is_compared(scene: Scene) -> None:
    """One row of each kind, one column at a time."""
    tried = 0
    for model in closed_models():
        row = next((row for row in plain(model).order_by("pk") if not hides_values(row)), None)
        if row is None:
            continue
        walk = Walk(scene.cast.organisation.pk, model)
        history = histories(walk.organisation, walk.subject, [row.pk])[row.pk]
        values = closed_rows.row_values(model, row.pk, walk.organisation) or {}
        for field in closed_rows.entered_fields(model):
            altered = closed_rows.in_ledger_form(model, {field.attname: another(field, getattr(row, field.attname))})
            assert walk.fault(history, values) is None
            assert walk.fault(history, values | altered) == (field.name, "it is not what the audit log says")
            tried += 1
    assert tried > 400


def another(field: Any, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return {"other": value}
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + timedelta(microseconds=1)
    if isinstance(field, models.DateField):
        return (value or timezone.localdate()) + timedelta(days=1)
    return (value or 0) + 1000 if not isinstance(field, models.CharField | models.TextField) else f"{value or ''}."


def update(model: type[models.Model], pk: Any, **values: Any) -> None:
    assert plain(model).filter(pk=pk).update(**values) == 1


def part_of(model: type[Row], decision: Decision) -> Row:
    found: Row | None = plain(model).filter(decision=decision).order_by("pk").first()
    assert found is not None
    return found


ALTERED: dict[str, tuple[type[AuditedModel], str, Callable[[Scene], Any]]] = {
    "a reason": (Decision, "why_now", lambda _: "For no reason"),
    "an author": (Decision, "author", lambda scene: scene.cast.supervisor),
    "a time": (Decision, "decided_at", lambda _: timezone.now() - timedelta(hours=9)),
    "a text of a part": (DecisionItem, "text", lambda _: "Nothing of note"),
    "a list in JSON": (DecisionProvision, "details", lambda _: {"version": "2026-01-01"}),
    "a name on the record": (DecisionPerson, "name", lambda _: "Somebody Else"),
    "what a reviewer said": (Review, "comment", lambda _: "All is well"),
    "a letter's bytes": (LetterMade, "sha256", lambda _: "f" * 64),
    "an incident": (Incident, "danger", lambda _: "no"),
}


@pytest.mark.usefixtures("as_the_owner")
class TestByTheOwner:
    @pytest.mark.parametrize("kind", ALTERED)
    def test_an_altered_row_is_named_with_its_field(self, scene: Scene, kind: str) -> None:
        model, field, value = ALTERED[kind]
        with undone():
            row = scene.recorded if model is Decision else plain(model).earliest("pk")
            update(model, row.pk, **{field: value(scene)})
            found(scene, model, row, field, "it is not what the audit log says")

    def test_whoever_is_let_in_past_the_site_is_named(self, scene: Scene) -> None:
        """What decides who reads: a role, a place, cover, an inspection and a sign-on."""
        cast = scene.cast
        with undone():
            update(User, cast.teammate.pk, organisation_role="data_protection_officer")
            found(scene, User, cast.teammate, "organisation_role")
        with undone():
            update(User, cast.teammate.pk, is_active=False)
            found(scene, User, cast.teammate, "is_active")
        with undone():
            row = Membership(organisation=cast.organisation, team=cast.team, user=cast.other_team, role="supervisor")
            plain(Membership).bulk_create([row])
            assert str(difference_in(scene, Membership)).endswith(
                f"membership row {row.pk}: it is there, but the audit log does not say that it was made"
            )
        with undone():
            sql(f"DELETE FROM {table(Membership)} WHERE user_id = %s", cast.teammate.pk)
            assert "it is missing" in str(difference_in(scene, Membership))
        with undone():
            update(Inspection, scene.inspection.pk, ends_on=timezone.localdate() + timedelta(days=400))
            found(scene, Inspection, scene.inspection, "ends_on")
        with undone():
            update(ReviewCover, scene.cover.pk, team=cast.team)
            found(scene, ReviewCover, scene.cover, "team")
        with undone():
            update(SignOn, scene.sign_on.pk, subject="somebody-elses")
            found(scene, SignOn, scene.sign_on, "subject")

    def test_the_chain_says_nothing_of_it(self, scene: Scene) -> None:
        with undone():
            update(Decision, scene.recorded.pk, why_now="For no reason")
            sql(f"DELETE FROM {table(Review)}")
            found(scene, Decision, scene.recorded, "why_now")
            assert compare().first == difference_in(scene, Decision)
            assert verify().broken is None

    def test_a_renamed_family_is_named(self, scene: Scene) -> None:
        with undone():
            update(Family, scene.family.pk, name="Other", version=2)
            found(scene, Family, scene.family, "name")

    def test_a_part_of_another_decision_is_named(self, scene: Scene) -> None:
        with undone():
            row = part_of(DecisionItem, scene.recorded)
            update(DecisionItem, row.pk, decision=scene.declined)
            found(scene, DecisionItem, row, "decision")

    @pytest.mark.parametrize("model", [Decision, ItemAbout, Review, Person])
    def test_a_missing_row_is_named(self, scene: Scene, model: type[AuditedModel]) -> None:
        with undone():
            row = scene.recorded if model is Decision else plain(model).order_by("pk").first()
            assert row is not None
            sql(f"DELETE FROM {table(model)} WHERE id = %s", row.pk)
            found(scene, model, row, what="it is missing")

    def test_all_recorded_decisions_gone_are_named(self, scene: Scene) -> None:
        with undone():
            first = plain(Decision).exclude(state="draft").earliest("pk")
            sql(f"DELETE FROM {table(Decision)} WHERE state = 'recorded'")
            found(scene, Decision, first, what="it is missing")

    @pytest.mark.parametrize("model", [Decision, DecisionItem, LetterMade])
    def test_an_additional_row_is_named(self, scene: Scene, model: type[AuditedModel]) -> None:
        with undone():
            row: Any = scene.recorded if model is Decision else part_of(model, scene.recorded)
            row = plain(model).get(pk=row.pk)
            row.pk = 10_000 + row.pk
            row.public_id = uuid4()
            row.reference = "D-ADDED2"
            plain(model).bulk_create([row])
            assert str(difference_in(scene, model)).endswith(
                f"{model._meta.label_lower} row {row.pk}: it is there, but the audit log does not say that it was made"
            )

    def test_a_part_with_an_entry_for_a_draft_only_is_named(self, scene: Scene) -> None:
        """Brought in from a draft, whose values were never entered."""
        with undone():
            row = part_of(DecisionFamily, scene.draft)
            removed = plain(DecisionFamily).get(decision=scene.declined)
            sql(f"DELETE FROM {table(DecisionFamily)} WHERE id = %s", removed.pk)
            update(DecisionFamily, row.pk, decision=scene.declined)
            found(scene, DecisionFamily, row, what="it is no draft, but its values were never entered")

    def test_words_that_are_not_in_the_log_are_compared_by_their_digest(self, scene: Scene) -> None:
        with undone():
            row = plain(Reflection).earliest("pk")
            update(Reflection, row.pk, went_well="Nothing")
            found(scene, Reflection, row, "digest")


@pytest.fixture(scope="class")
def gone(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DecisionItem]:
    """A part of a record that was disposed of."""
    with transaction.atomic(), override_settings(TOMBSTONES_FILE=tmp_path_factory.mktemp("kept") / "gone.jsonl"):
        part = part_of(DecisionItem, scene.recorded)
        at, officer = timezone.now(), scene.cast.officer
        disposal = Disposal(
            organisation=scene.cast.organisation, reason="Our schedule", needs_second=False, written_by=officer,
            written_at=at, written_by_name="Femi Larkin",
        )  # fmt: skip
        with ledger.recording(actor=officer, at=at):
            disposal.save()
            dispose(Record("decision", scene.recorded), Authority("25 years", at, disposal, officer))
        yield part
        transaction.set_rollback(True)


@pytest.mark.usefixtures("gone", "as_the_owner")
class TestDisposed:
    def test_it_raises_no_alarm(self) -> None:
        assert verify().blanked > 50
        assert compare().first is None

    @pytest.mark.parametrize(("field", "value"), [("recorded_at", timezone.now), ("why_now", lambda: "Because")])
    def test_what_is_left_is_compared(self, scene: Scene, field: str, value: Callable[[], Any]) -> None:
        with undone():
            update(Decision, scene.recorded.pk, **{field: value()})
            found(scene, Decision, scene.recorded, field)

    def test_what_is_left_may_not_go(self, scene: Scene) -> None:
        with undone():
            sql(f"DELETE FROM {table(Decision)} WHERE id = %s", scene.recorded.pk)
            found(scene, Decision, scene.recorded, what="it is missing")

    def test_what_is_gone_may_not_come_back(self, scene: Scene, gone: DecisionItem) -> None:
        with undone():
            plain(DecisionItem).bulk_create([gone])
            found(scene, DecisionItem, gone, what="it is there, although the audit log says that it was disposed of")


def test_the_drill_finds_each_kind_in_every_table_and_leaves_the_records(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says of one that does nothing that it was found in none."""
    monkeypatch.setattr(record_drill, "KINDS", (*record_drill.KINDS, ("nothing", "nothing is done", lambda _: None)))
    before = {model: list(plain(model).order_by("pk").values()) for model in closed_models()}
    alarm, tables = drill_records(scene.cast.organisation.pk)
    assert alarm == ""
    filled = sum(bool(rows) for rows in before.values())
    assert tables.pop("nothing") == Tables(filled, 0)
    assert len(tables) == 4
    assert {(done.tried, done.found) for done in tables.values()} == {(filled, filled)}
    assert {model: list(plain(model).order_by("pk").values()) for model in closed_models()} == before


def test_the_drill_of_an_organisation_without_records_tries_nothing(db: None) -> None:
    assert drill_records(7) == ("", {})
