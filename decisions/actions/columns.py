from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from decisions.journey.pages.base import PartForm


def set_columns(row: Model, answers: Mapping[str, Any], names: Iterable[str]) -> None:
    """Saves only what this page asks, so that two tabs on two pages cannot overwrite each other."""
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
