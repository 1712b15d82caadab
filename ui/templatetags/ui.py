"""Components: `{% load ui %}`. What they are given is text and is escaped, unless Python marked it safe."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui import errors, filters, moments, phones, rendering, summaries
from ui.newer_older import AFTER, BEFORE, MOST_COUNTED, NewestPage
from ui.options import Option
from ui.rows import Event, Row, Task

register = template.Library()
COLOURS = frozenset({"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"})
BANNERS = {"success": "Done", "error": "There is a problem", "warning": "Important", "info": "Information"}


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """The fields of a form; the page writes the form element, because rows of several forms share it."""
    return rendering.fields_of(form)


@register.filter
def legend(field: Any) -> SafeString:
    return rendering.legend(field)


@register.filter
def hint_and_error(field: Any) -> SafeString:
    return rendering.hint_and_error(field)


@register.filter
def as_items(options: Iterable[Option], kind: str) -> SafeString:
    """`{{ options|as_items:field.kind }}`: radios or checkboxes of a field, for a page that lays them out itself."""
    return rendering.option_list(options, kind)


@register.filter
def moment(when: datetime | date | None) -> str:
    """`{{ decision.decided_at|moment }}`: 16 November 2026, 4:46pm."""
    return moments.moment(when)


@register.filter
def weekday(day: date) -> str:
    """`{{ urgent.complete_by|weekday }}`: Monday 20 July 2026."""
    return moments.weekday(day)


@register.filter
def tel(number: str) -> str:
    """What a phone dials for a number as people write it; nothing where that cannot be told."""
    return phones.dialled(number)


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """Every error of the forms, formsets and lists of forms given. Nothing when there is none."""
    return {"links": errors.error_links(*sources) if errors.has_errors(*sources) else []}


@register.simple_tag(takes_context=True)
def error_title(context: Context) -> str:
    """ "Error: " when any form of the page was refused: it goes before the title."""
    values = context.flatten().values()
    return "Error: " if errors.has_errors(*values) else ""


@register.simple_tag
def summary_list(rows: Iterable[Row]) -> SafeString:
    return summaries.summary_list(rows)


@register.simple_tag
def status_tag(text: str, colour: str = "grey") -> SafeString:
    if colour not in COLOURS:
        raise ValueError(f"'{colour}' is no colour of a tag. Use one of {', '.join(sorted(COLOURS))}.")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages, keeping what the address already asks for."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {"number": number, "url": address(number) if isinstance(number, int) else "", "current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "numbers": numbers if page.has_other_pages() else [],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.filter
def counted(number: int) -> str:
    """A number that is counted no further than one more than MOST_COUNTED, in words."""
    return f"{number:,}" if number <= MOST_COUNTED else f"More than {MOST_COUNTED:,}"


@register.inclusion_tag("ui/newer_older.html", takes_context=True)
def newer_older(context: Context, page: NewestPage[Any], newer: str = "Newer", older: str = "Older") -> dict[str, str]:
    """Links to the pages beside this one of a list without numbers, keeping what the address already asks for."""
    request = context.get("request")
    query = request.GET if request else None
    return {
        "newer": page.address(query, AFTER, page.newer),
        "older": page.address(query, BEFORE, page.older),
        "newer_words": newer,
        "older_words": older,
    }


@register.inclusion_tag("ui/banner.html")
def banner(kind: str, text: str) -> dict[str, str]:
    """`kind` is success, error, warning or info (the tags of Django's messages)."""
    return {"kind": kind, "text": text, "title": BANNERS.get(kind, BANNERS["info"])}


@register.simple_tag
def timeline(events: Iterable[Event]) -> SafeString:
    return summaries.timeline(events)


@register.inclusion_tag("ui/task_list.html")
def task_list(tasks: Sequence[Task], id_prefix: str = "task") -> dict[str, Any]:
    """Give a second list on the same page an `id_prefix` of its own."""
    return {"tasks": tasks, "id_prefix": id_prefix}


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """A block: what stands between {% details "Why this?" %} and its end is hidden until asked for."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag
def fold(content: str, title: str, key: str, *, open: bool = False) -> SafeString:  # noqa: A002 - as the page says it
    """A block: a section of a long page that is closed until asked for. A link to `#key` opens it, also in print."""
    return format_html(
        '<section class="app-fold" aria-labelledby="{key}-title"><details{open}><summary class="app-fold__summary">'
        '<h2 class="app-fold__title" id="{key}-title">{title}</h2></summary>'
        '<div class="app-fold__body" id="{key}">{content}</div></details></section>',
        key=key, title=title, content=content, open=SafeString(" open") if open else "",
    )  # fmt: skip


@register.inclusion_tag("ui/filter_panel.html", takes_context=True)
def filter_panel(context: Context, form: BaseForm, clear_url: str = "?") -> dict[str, Any]:
    """A plain GET form: its address can be kept and sent. Never for names, which must not stand in an address.

    Above it, what is in use: each filter is taken away by itself.
    """
    request = context.get("request")
    tags = filters.filter_tags(form, request.GET) if request else []
    return {"form": form, "clear_url": clear_url, "tags": tags}
