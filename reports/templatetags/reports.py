from collections.abc import Sequence

from django import template

register = template.Library()


@register.filter
def under(row: Sequence[str], head: Sequence[str]) -> list[tuple[str, str]]:
    """Each cell of a row with the head of its column, for a screen on which a table is read line by line."""
    return list(zip(head, row, strict=True))
