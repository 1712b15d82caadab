"""The error summary of a page made of several forms."""

from typing import Any

import pytest
from django import forms as django_forms
from django.forms import formset_factory
from django.template import Context, Template

from ui import fields, forms
from ui.errors import error_links, has_errors


class Main(forms.Form):
    name = django_forms.CharField()
    token = django_forms.CharField(widget=django_forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        if self.data.get("name") == "both":
            raise django_forms.ValidationError("Say one thing or the other")
        return self.cleaned_data


class PersonRow(forms.Form):
    said = django_forms.CharField(label="What she said")
    on = fields.DateField()


class OnlyHidden(forms.Form):
    token = django_forms.CharField(widget=django_forms.HiddenInput)


RowSet = formset_factory(PersonRow, extra=0, min_num=2, validate_min=True)


def row(number: int, data: dict[str, str]) -> PersonRow:
    return PersonRow(data, prefix=f"p{number}", error_prefix=f"Mother (P{number})")


def test_errors_come_in_the_order_of_the_page() -> None:
    links = error_links(Main({"token": "t"}), [row(1, {}), row(2, {"p2-said": "Yes"})])
    assert links == [
        ("#id_name", "Enter name"),
        ("#id_p1-said", "Mother (P1): Enter what she said"),
        ("#id_p1-on_day", "Mother (P1): Enter a day, month and year, such as 27 3 2026"),
        ("#id_p2-on_day", "Mother (P2): Enter a day, month and year, such as 27 3 2026"),
    ]


def test_an_error_of_no_field_leads_to_the_first_input() -> None:
    assert error_links(Main({"name": "both", "token": "t"})) == [("#id_name", "Say one thing or the other")]


def test_an_error_of_a_hidden_field_leads_to_the_first_input() -> None:
    assert error_links(Main({"name": "x"})) == [("#id_name", "Enter token")]


def test_an_error_with_nowhere_to_go_is_no_link() -> None:
    form = OnlyHidden({})
    assert error_links(form) == [("", "Enter token")]
    html = Template("{% load ui %}{% error_summary form %}").render(Context({"form": form}))
    assert "<li> Enter token </li>" in " ".join(html.replace(">", "> ").replace("<", " <").split())


def test_formsets_are_listed_with_their_own_errors() -> None:
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-said": "x"}
    formset = RowSet(data)
    assert not formset.is_valid()
    hrefs = [href for href, _ in error_links(formset)]
    assert hrefs == ["#id_form-0-said", "#id_form-0-on_day"]


def test_a_formset_without_its_form_count_is_no_fault() -> None:
    formset = RowSet({})
    assert not formset.is_valid()
    assert error_links(formset)


def test_an_unsent_form_has_no_errors_and_is_not_checked() -> None:
    form = Main({})
    assert not has_errors(form, [form], Main(), RowSet(), None, "text", 7)
    assert form._errors is None


@pytest.mark.parametrize("nested", [False, True])
def test_a_refused_form_is_found_wherever_it_stands(nested: bool) -> None:  # noqa: FBT001  a parameter of the table
    form = Main({})
    form.is_valid()
    assert has_errors([[form]] if nested else form)


def test_the_title_says_error_when_any_form_of_the_page_was_refused() -> None:
    template = Template("{% load ui %}{% error_title %}")
    refused, fine = row(1, {}), Main({"name": "a", "token": "b"})
    refused.is_valid()
    fine.is_valid()
    assert template.render(Context({"form": fine, "rows": [refused]})) == "Error: "
    assert template.render(Context({"form": fine, "rows": []})) == ""


def test_nothing_is_printed_without_errors() -> None:
    html = Template("{% load ui %}{% error_summary form %}").render(Context({"form": Main()}))
    assert html.strip() == ""


def test_messages_are_escaped() -> None:
    form = row(1, {})
    form.error_prefix = "<b>Mother"
    form.add_error("said", "<script>")
    html = Template("{% load ui %}{% error_summary rows %}").render(Context({"rows": [form]}))
    assert "<script>" not in html
    assert "&lt;b&gt;Mother: &lt;script&gt;" in html
