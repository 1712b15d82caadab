from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model

from decisions.forms.part_form import PartForm
from decisions.models import Decision, DecisionFamily
from families.models import Family
from ui import forms

AnyForm = TypeVar("AnyForm", bound=forms.Form | forms.ModelForm[Any])


def filled(rows: Sequence[AnyForm]) -> list[AnyForm]:
    """The rows with an answer that are not marked for removal."""
    return [row for row in rows if row.cleaned_data and not row.cleaned_data.get("remove")]


def set_columns(row: Model, answers: Mapping[str, Any], names: Iterable[str]) -> None:
    """Save only the columns of one page, so that two tabs on two pages cannot overwrite each other."""
    changed = [name for name in names if getattr(row, name) != answers[name]]
    for name in changed:
        setattr(row, name, answers[name])
    if row._state.adding:
        row.save()
    elif changed:
        row.save(update_fields=changed)


def columns_of(form: PartForm[Any]) -> list[str]:
    columns = {field.name for field in form._meta.model._meta.concrete_fields}
    return [name for name in form.fields if name in columns and name in form.cleaned_data]


def add_family(decision: Decision, family: Family) -> None:
    """Add a family to a draft, once. Called inside an action that has checked that the draft's team works with it."""
    if not decision.decision_families.filter(family=family).exists():
        DecisionFamily(
            organisation_id=decision.organisation_id, decision=decision, family=family, reference=family.reference
        ).save()


def sync_rows(
    decision: Decision, model: type[Any], rows: Iterable[PartForm[Any]], existing: dict[int, Any], **extra: Any
) -> list[tuple[PartForm[Any], Any]]:
    """Change the rows with a key, add those without, and delete those marked for removal or not submitted."""
    written, keys = [], set()
    for form in filled(list(rows)):
        row = existing.get(form.cleaned_data.get("pk") or 0)
        if row is None:
            row = model(organisation_id=decision.organisation_id, decision=decision, **extra)
        if "recipient" in form.cleaned_data:
            row.recipient_id = int(form.cleaned_data["recipient"])
        set_columns(row, form.cleaned_data, _without_keys(form))
        keys.add(row.pk)
        written.append((form, row))
    for key, row in existing.items():
        if key not in keys:
            row.delete()
    return written


def _without_keys(form: PartForm[Any]) -> list[str]:
    return [name for name in columns_of(form) if name != "recipient"]
