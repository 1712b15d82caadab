"""Tags of forms that are autosaved: `{% load autosave %}`.

    {% autosaved form %}
    <form method="post" data-autosave="{% url "autosave" %}">{% csrf_token %}{% autosave_token %} ... </form>

`autosaved` puts back what was typed on this page and not submitted, with a notice; `data-autosave` is the URL that
static/autosave.js posts to; `autosave_token` names the user and page, also after the session has ended.
"""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone

from accounts import autosave
from accounts.idle import seconds_left
from accounts.models import User
from ui.forms import GovukFormMixin

register = template.Library()


def _user(context: Context) -> User | None:
    user = getattr(context.get("request"), "user", None)
    return user if isinstance(user, User) else None


@register.inclusion_tag("accounts/autosave_token.html", takes_context=True)
def autosave_token(context: Context) -> dict[str, str]:
    user, request = _user(context), context["request"]
    if user is None:
        return {}
    autosave.goes_on(request)
    # A form may be submitted to another URL: what was typed belongs to the page it was opened on.
    sent = autosave.read_token(request.POST.get(autosave.FIELD, ""))
    path = sent.path if sent and sent.user == user.pk else request.path
    return {"field": autosave.FIELD, "token": autosave.token(user, path)}


@register.inclusion_tag("accounts/autosaved.html", takes_context=True)
def autosaved(context: Context, *forms: GovukFormMixin) -> dict[str, Any]:
    """On GET only: a submitted form shows what was submitted. A view may give the row itself as `autosaved_row`."""
    user = _user(context)
    if user is None or context["request"].method == "POST":
        return {}
    read = "autosaved_row" in context
    row = context["autosaved_row"] if read else autosave.saved_text(user, context["request"].path)
    if row is None:
        return {}
    for form in forms:
        form.put_back(autosave.to_querydict(row.form_data))
    return {"at": row.saved_at, "field": autosave.FIELD, "token": autosave.token(user, row.path)}


@register.inclusion_tag("accounts/idle.html", takes_context=True)
def idle_warning(context: Context) -> dict[str, Any]:
    if _user(context) is None:
        return {}
    left = seconds_left(context["request"].session, timezone.now())
    warning, cover = settings.IDLE_WARNING_SECONDS, settings.IDLE_COVER_SECONDS
    return {
        "left": left, "warning": warning, "minutes": warning // 60, "cover": cover, "cover_minutes": cover // 60,
    }  # fmt: skip
