"""The words that somebody typed into a row: of every column of text that has no list to choose from."""

from collections.abc import Iterable

from django.db.models import CharField, Model, TextField


def texts_of(rows: Iterable[Model]) -> list[str]:
    return [text for row in rows for text in _texts(row) if text]


def _texts(row: Model) -> Iterable[str]:
    for field in row._meta.concrete_fields:
        if isinstance(field, CharField | TextField) and not field.choices:
            yield getattr(row, field.attname)
