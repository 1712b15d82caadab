"""A summary list and a timeline in GOV.UK's markup, written in Python: a record has a hundred lines of them.

Everything that is not markup here is escaped, unless Python marked it safe.
"""

from collections.abc import Iterable
from datetime import datetime

from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from ui.moments import moment
from ui.rendering import esc
from ui.rows import Event, Row


def summary_list(rows: Iterable[Row]) -> SafeString:
    """Where some rows have a link to change them, those without keep the width of the column of links."""
    listed = list(rows)
    narrow = " govuk-summary-list__row--no-actions" if any(row.change_url for row in listed) else ""
    lines = "".join(_row(row, "" if row.change_url else narrow) for row in listed)
    return mark_safe(f'<dl class="govuk-summary-list">\n{lines}</dl>')


def _row(row: Row, narrow: str) -> str:
    values = "".join(f'<p class="govuk-body app-text">{_broken(line)}</p>' for line in row.lines)
    return (
        f'<div class="govuk-summary-list__row{narrow}">\n<dt class="govuk-summary-list__key">{esc(row.key)}</dt>\n'
        f'<dd class="govuk-summary-list__value">{values}</dd>\n{_change(row)}</div>\n'
    )


def _broken(text: str) -> str:
    """linebreaksbr(), which goes through lazy text, for what hardly ever has a second line."""
    return linebreaksbr(text) if type(text) is not str or "\n" in text or "\r" in text else esc(text)


def _change(row: Row) -> str:
    if not row.change_url:
        return ""
    what = f'<span class="govuk-visually-hidden"> {esc(row.change_what or row.key)}</span>'
    link = f'<a class="govuk-link" href="{esc(row.change_url)}">Change{what}</a>'
    return f'<dd class="govuk-summary-list__actions">{link}</dd>\n'


def timeline(events: Iterable[Event]) -> SafeString:
    return mark_safe(f'<ol class="app-timeline">\n{"".join(map(_event, events))}</ol>')


def _event(event: Event) -> str:
    title = f'<a class="govuk-link" href="{esc(event.url)}">{esc(event.title)}</a>' if event.url else esc(event.title)
    text = f'<p class="govuk-body app-text">{_broken(event.text)}</p>\n' if event.text else ""
    return (
        f'<li class="app-timeline__item">\n<h3 class="app-timeline__title">{title}</h3>\n'
        f'<p class="app-timeline__when">{_when(event)}{f", {esc(event.by)}" if event.by else ""}</p>\n{text}</li>\n'
    )


def _when(event: Event) -> str:
    if isinstance(event.when, str):
        return esc(event.when)
    at = localtime(event.when) if isinstance(event.when, datetime) else event.when
    return f'<time datetime="{at.isoformat()}">{moment(event.when)}</time>'
