"""A page with every component on it, and its URLs. Never mounted by the site."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from ui import fields, forms
from ui.rows import Event, Row, Task

HOSTILE = '<script>alert("x")</script>'
LEVELS = [("low", "Low"), ("high", "High"), ("other", "Another level"), ("unsure", "I am not sure")]


class Kitchen(forms.Form):
    name = django_forms.CharField(label="Your full name", help_text="As your colleagues know you")
    seen = django_forms.CharField(label="What was seen or said", widget=fields.Textarea(rows=4, count=2000))
    level = django_forms.ChoiceField(
        label="How serious is it?",
        choices=LEVELS,
        widget=fields.Radios(
            hints={"high": "Somebody could be badly hurt"},
            reveals={"other": ["level_other"]},
            dividers={"unsure": "or"},
        ),
    )
    level_other = django_forms.CharField(label="Which level?", max_length=50)
    spoken = django_forms.ChoiceField(
        label="Have you spoken with her?", choices=[("yes", "Yes"), ("no", "No")], widget=fields.Radios(inline=True)
    )
    needs = django_forms.MultipleChoiceField(
        label="What help is there?",
        choices=[("school", "At school"), ("else", "Somewhere else"), ("none", "None of these")],
        widget=fields.Checkboxes(reveals={"else": ["needs_else"]}, dividers={"none": "or"}, exclusive="none"),
        help_text="Tick all that apply",
    )
    needs_else = django_forms.CharField(label="Where?")
    told_on = fields.DateField(label="When were you told?", help_text="For example, 27 3 2026", when="past")
    happened_at = fields.DateTimeField(label="When did it happen?")
    route = django_forms.ChoiceField(
        label="How it was sent", choices=[("", "---------"), *LEVELS], widget=fields.Select()
    )
    age = django_forms.IntegerField(label="Age in years", min_value=0, max_value=120)
    email = django_forms.EmailField(label="Email address")
    agreed = django_forms.BooleanField(
        label="She agreed", help_text="In words, not by silence", widget=fields.Checkbox(reveals=["agreed_how"])
    )
    agreed_how = django_forms.CharField(label="In what words?", widget=fields.Textarea(rows=2))
    note = django_forms.CharField(widget=django_forms.HiddenInput, required=False)


class PersonRow(forms.Form):
    said = django_forms.CharField(label="What she said", widget=fields.Textarea(rows=2))
    answer = django_forms.ChoiceField(
        label="Her answer",
        choices=[("yes", "Agreed"), ("no", "Refused")],
        widget=fields.Radios(reveals={"no": ["why"]}),
    )
    why = django_forms.CharField(label="Why she refused")


class Filter(forms.Form):
    level = django_forms.MultipleChoiceField(
        label="Level", choices=LEVELS, required=False, widget=fields.Checkboxes(small=True)
    )


class Question(forms.Form):
    page_heading = "level"
    level = django_forms.ChoiceField(label="How serious is it?", choices=LEVELS, widget=fields.Radios())


PAGE = """{% extends "base.html" %}{% load crispy_forms_tags ui %}
{% block title %}Kitchen{% endblock %}
{% block before %}<a class="govuk-back-link" href="/">Back</a>{% endblock %}
{% block main %}{% error_summary form rows %}
<h1 class="govuk-heading-l">Kitchen</h1>
{% filter_panel filter %}
<form method="post" novalidate>{% csrf_token %}{% crispy form %}
{% for row in rows %}<fieldset class="govuk-fieldset app-row">
<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{{ row.error_prefix }}</legend>{% crispy row %}
</fieldset>{% endfor %}
<button type="submit" class="govuk-button" data-module="govuk-button">Continue</button></form>
<h2 class="govuk-heading-m">Summary</h2>{% summary_list summary %}
<p class="govuk-body">{% status_tag "Recorded" "green" %} {% status_tag "Draft" "yellow" %}
{% status_tag "Overdue" "red" %}</p>
{% details "Why this?" %}<p class="govuk-body">{{ hostile }}</p>{% enddetails %}
<h2 class="govuk-heading-m">What is left</h2>{% task_list tasks %}
<h2 class="govuk-heading-m">History</h2>{% timeline events %}
{% pagination page %}{% endblock %}"""

HEADING = """{% extends "base.html" %}{% load crispy_forms_tags ui %}
{% block title %}How serious is it?{% endblock %}
{% block main %}{% error_summary form %}<form method="post" novalidate>{% csrf_token %}{% crispy form %}
<button type="submit" class="govuk-button" data-module="govuk-button">Continue</button></form>{% endblock %}"""

SUMMARY = [
    Row("Child", "Aisha Khan", "/change/", "the child"),
    Row("What was seen", f"A bruise.\nOn the left arm. {HOSTILE} {'long' * 60}", "/change/"),
    Row("Recipients", ["Front door", "School nurse"]),
]
TASKS = [
    Task("Who", "Done", "/who/"),
    Task("Your concern", "To do", "/concern/", hint="Facts and opinion apart", colour="blue"),
    Task("Check", "Cannot start yet", colour="grey"),
]
EVENTS = [
    Event(
        "Recorded",
        datetime(2026, 3, 27, 14, 30, tzinfo=UTC),
        by="Sam Rivers",
        text=f"First.\nThen. {HOSTILE}",
        url="/x/",
    ),
    Event("Born", date(2019, 5, 1)),
    Event("Told", "in spring"),
]
USER = SimpleNamespace(is_authenticated=True, full_name="Sam Rivers")
NAVIGATION = [("Families", "/families/", False), ("Decisions", "/decisions/", True)]


@login_not_required
def kitchen(request: HttpRequest) -> HttpResponse:
    sent = request.POST or None
    form = Kitchen(sent)
    rows = [PersonRow(sent, prefix=f"p{number}", error_prefix=f"Mother (P{number})") for number in (1, 2)]
    refused = sent is not None and not all([form.is_valid(), *[row.is_valid() for row in rows]])
    if "messages" in request.GET:
        messages.success(request, "It was kept")
        messages.warning(request, f"Look at this {HOSTILE}")
    context = {
        "form": form,
        "rows": rows,
        "filter": Filter(request.GET if "level" in request.GET else None, auto_id="filter_%s"),
        "summary": SUMMARY,
        "tasks": TASKS,
        "events": EVENTS,
        "hostile": HOSTILE,
        "page": Paginator(range(100), 10).page(int(request.GET.get("page", 5))),
        "user": USER,
        "navigation": NAVIGATION,
    }
    html = engines["django"].from_string(PAGE).render(context, request)
    return HttpResponse(html, status=422 if refused else 200)


@login_not_required
def question(request: HttpRequest) -> HttpResponse:
    form = Question(request.POST or None)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return HttpResponse(engines["django"].from_string(HEADING).render({"form": form}, request), status=status)


@login_not_required
def left(request: HttpRequest) -> HttpResponse:
    """Where Quick leave and sign-out land."""
    page = (
        '{% extends "base.html" %}{% block title %}Weather{% endblock %}{% block main %}<h1>Weather</h1>{% endblock %}'
    )
    return HttpResponse(engines["django"].from_string(page).render({}, request))


urlpatterns = [
    path("", kitchen, name="home"),
    path("question/", question),
    path("left/", left, name="quick_leave"),
    path("goodbye/", left, name="goodbye"),
    path("sign-in/", left, name="account_login"),
    path("out/", left, name="account_logout"),
    path("law/", left, name="law"),
]
handler400 = "safeguarding.errors.bad_request"
handler403 = "safeguarding.errors.forbidden"
handler404 = "safeguarding.errors.not_found"
handler500 = "safeguarding.errors.server_error"

GOOD = {
    "name": "Sam Rivers", "seen": "A bruise", "level": "low", "spoken": "yes", "needs": "school",
    "told_on_day": "1", "told_on_month": "3", "told_on_year": "2026",
    "happened_at_day": "1", "happened_at_month": "mar", "happened_at_year": "2026", "happened_at_time": "2.30pm",
    "route": "high", "age": "7", "email": "sam@demo.test", "agreed": "on", "agreed_how": "Yes, tell them",
    "p1-said": "Fine", "p1-answer": "yes", "p2-said": "Fine", "p2-answer": "yes",
}  # fmt: skip
