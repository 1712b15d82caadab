"""The markup of each field, and that nothing in it is alive."""

import pytest
from crispy_forms.layout import Layout
from django import forms as django_forms
from django.template import Context, Template

from tests.pages import Page
from ui import fields, forms
from ui.layout import Group

BAD = "<script>alert(1)</script>"
CHOICES = [("a", "A"), ("b", "B")]


def form_of(field: django_forms.Field, data: dict[str, object] | None = None) -> forms.Form:
    made: type[forms.Form] = type("Made", (forms.Form,), {"x": field})
    return made(data)


def page_of(field: django_forms.Field, data: dict[str, object] | None = None) -> Page:
    return Page(str(form_of(field, data)))


EVERY = [
    django_forms.CharField(label=BAD, help_text=BAD),
    django_forms.CharField(label=BAD, help_text=BAD, widget=fields.Textarea(count=10)),
    django_forms.ChoiceField(label=BAD, help_text=BAD, choices=[(BAD, BAD)], widget=fields.Select()),
    django_forms.ChoiceField(
        label=BAD, help_text=BAD, choices=[(BAD, BAD)], widget=fields.Radios(hints={BAD: BAD}, dividers={BAD: BAD})
    ),
    django_forms.MultipleChoiceField(
        label=BAD, help_text=BAD, choices=[(BAD, BAD)], widget=fields.Checkboxes(hints={BAD: BAD}, dividers={BAD: BAD})
    ),
    django_forms.BooleanField(label=BAD, help_text=BAD, widget=fields.Checkbox()),
    fields.DateField(label=BAD, help_text=BAD),
    fields.DateTimeField(label=BAD, help_text=BAD),
]


@pytest.mark.parametrize("field", EVERY, ids=lambda field: type(field.widget).__name__)
@pytest.mark.parametrize("data", [None, {}, {"x": BAD, "x_day": BAD, "x_time": BAD}], ids=["fresh", "empty", "sending"])
def test_labels_hints_legends_options_and_values_are_escaped(
    field: django_forms.Field, data: dict[str, object] | None
) -> None:
    html = str(form_of(field, data))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert Page(html).stray == []


@pytest.mark.parametrize("field", EVERY, ids=lambda field: type(field.widget).__name__)
def test_every_input_is_described_by_what_exists(field: django_forms.Field) -> None:
    page = page_of(field, {})
    described = [element.attrs["aria-describedby"] for element in page.elements if "aria-describedby" in element.attrs]
    assert described
    assert all(page.by_id(id_) for ids in described for id_ in ids.split())
    assert any("id_x-error" in ids for ids in described)


@pytest.mark.parametrize(
    ("widget", "kind"),
    [
        (django_forms.TextInput(), "text"),
        (django_forms.PasswordInput(), "text"),
        (django_forms.Textarea(), "textarea"),
        (django_forms.Select(choices=CHOICES), "select"),
        (django_forms.RadioSelect(choices=CHOICES), "radios"),
        (django_forms.CheckboxSelectMultiple(choices=CHOICES), "checkboxes"),
        (django_forms.CheckboxInput(), "checkbox"),
        (fields.DateField().widget, "date"),
    ],
)
def test_django_s_own_widgets_get_the_same_dress(widget: django_forms.Widget, kind: str) -> None:
    assert form_of(django_forms.Field(widget=widget))["x"].kind == kind  # type: ignore[attr-defined]


def test_checkboxes_are_not_radios() -> None:
    page = page_of(django_forms.MultipleChoiceField(choices=CHOICES, widget=django_forms.CheckboxSelectMultiple()))
    assert {field.attrs["type"] for field in page.all("input")} == {"checkbox"}


def test_what_was_ticked_stays_ticked() -> None:
    field = django_forms.MultipleChoiceField(choices=CHOICES, widget=fields.Checkboxes())
    ticked = [box.attrs["value"] for box in page_of(field, {"x": ["b"]}).all("input") if "checked" in box.attrs]
    assert ticked == ["b"]


def test_an_author_s_class_is_kept_beside_ours() -> None:
    widget = django_forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "name"})
    field = page_of(django_forms.CharField(widget=widget), {}).all("input")[0]
    assert field.attrs["class"].split() == ["govuk-input--width-10", "govuk-input", "govuk-input--error"]
    assert field.attrs["autocomplete"] == "name"


def test_numbers_are_typed_not_spun() -> None:
    field = page_of(django_forms.IntegerField(min_value=1, max_value=9)).all("input")[0]
    assert (field.attrs["type"], field.attrs["inputmode"]) == ("text", "numeric")
    assert not {"min", "max", "step"} & set(field.attrs)


def test_inline_and_small_options_say_so() -> None:
    inline = page_of(django_forms.ChoiceField(choices=CHOICES, widget=fields.Radios(inline=True)))
    assert inline.classed("govuk-radios--inline")
    small = page_of(django_forms.MultipleChoiceField(choices=CHOICES, widget=fields.Checkboxes(small=True)))
    assert small.classed("govuk-checkboxes--small")


def test_disabled_options_cannot_be_ticked() -> None:
    page = page_of(django_forms.ChoiceField(choices=CHOICES, disabled=True, widget=fields.Radios()))
    assert all("disabled" in field.attrs for field in page.all("input"))


def test_label_sizes_can_be_chosen() -> None:
    page = page_of(django_forms.CharField(widget=fields.Textarea(label_size="m")))
    assert page.all("label")[0].has_class("govuk-label--m")


def test_hidden_fields_are_printed_bare() -> None:
    page = page_of(django_forms.CharField(widget=django_forms.HiddenInput, initial="v"))
    assert [element.tag for element in page.elements] == ["input"]


def test_a_text_label_can_be_the_page_heading() -> None:
    class Heading(forms.Form):
        page_heading = "x"
        x = django_forms.CharField(label="What happened?")

    page = Page(str(Heading()))
    assert page.all("label")[0].inside("h1") is not None


class Laid(forms.Form):
    a = django_forms.CharField()
    b = django_forms.CharField()

    @property
    def helper(self) -> object:
        helper = super().helper
        helper.layout = Layout(Group(f"{BAD}{{{{ x }}}}", "a"), "b")
        return helper


def test_a_group_s_legend_is_text() -> None:
    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": Laid(), "x": "run"}))
    page = Page(html)
    assert "<script" not in html
    assert page.all("legend")[0].text == f"{BAD}{{{{ x }}}}"
    assert page.by_id("id_a") is not None
    assert page.by_id("id_b") is not None


def test_crispy_prints_fields_and_no_form_of_its_own() -> None:
    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": form_of(django_forms.CharField())})
    )
    page = Page(html)
    assert page.all("form") == []
    assert len(page.all("input")) == 1


def test_forms_that_are_not_ours_look_the_same() -> None:
    class Foreign(django_forms.Form):
        login = django_forms.EmailField()

    page = Page(str(Foreign({})))
    assert page.by_id("id_login-error") is not None
    assert page.all("input")[0].has_class("govuk-input--error")
