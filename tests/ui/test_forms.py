"""The base classes: lengths, characters, words, questions that open."""

from typing import Any

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from ui import fields, forms
from ui.errors import error_links
from ui.fields import Radios, Select
from ui.text import printable

CHOICES = [("a", "A"), ("b", "B")]
BROKEN = "This has a character that cannot be kept. Delete what you pasted and type it again"


class Plain(forms.Form):
    line = django_forms.CharField(required=False)
    text = django_forms.CharField(widget=fields.Textarea(), required=False)
    counted = django_forms.CharField(label="Reason", widget=fields.Textarea(count=20), required=False)
    own = django_forms.CharField(label="What did she say?", max_length=5, required=False)
    number = django_forms.IntegerField(required=False, max_value=150)
    choice = django_forms.ChoiceField(choices=CHOICES, required=False)
    several = django_forms.MultipleChoiceField(choices=CHOICES, required=False)
    email = django_forms.EmailField(required=False)


def said(form: django_forms.BaseForm) -> list[str]:
    return [message for _, message in error_links(form)]


@pytest.mark.parametrize(
    ("name", "most", "subject"),
    [("line", 200, "Line"), ("text", 10_000, "Text"), ("counted", 20, "Reason"), ("own", 5, "Your answer")],
)
def test_every_text_has_a_length_and_says_it(name: str, most: int, subject: str) -> None:
    assert Plain({name: "é" * most}).is_valid()
    form = Plain({name: "é" * (most + 105)})
    assert said(form) == [f"{subject} must be {most:,} characters or fewer. You have typed {most + 105:,}."]
    assert form[name].value() == "é" * (most + 105)


def test_nothing_is_cut_off_by_the_browser() -> None:
    assert "maxlength" not in str(Plain()).replace("data-maxlength", "")


def test_a_line_break_counts_once_and_is_kept_once() -> None:
    form = Plain({"counted": "a\r\n" * 9 + "bc"})
    assert form.is_valid()
    assert form.cleaned_data["counted"] == "a\n" * 9 + "bc"


def test_spaces_round_a_text_do_not_count() -> None:
    assert Plain({"own": "  12345  "}).is_valid()


@pytest.mark.parametrize("name", ["line", "text", "number", "choice", "several", "email"])
@pytest.mark.parametrize("bad", ["a\x00b", "\ud83d"])
def test_characters_that_cannot_be_kept_are_refused_everywhere(name: str, bad: str) -> None:
    form = Plain({name: [bad] if name == "several" else bad})
    assert said(form) == [BROKEN]
    str(form).encode()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"choice": "z"}, "Select an answer from the list"),
        ({"choice": "z" * 5000}, "Select an answer from the list"),
        ({"several": ["z"]}, "Select an answer from the list"),
        ({"number": "seven"}, "Enter a whole number, such as 12"),
        ({"number": "9" * 5000}, "Enter a whole number, such as 12"),
        ({"email": "sam"}, "Enter an email address in the correct format, such as name@example.com"),
    ],
)
def test_bad_answers_are_told_what_to_do(typed: dict[str, Any], message: str) -> None:
    assert said(Plain(typed)) == [message]


class Needed(forms.Form):
    name = django_forms.CharField(label="Your full name")
    question = django_forms.CharField(label="What happened?")
    pick = django_forms.ChoiceField(label="Level", choices=CHOICES)
    tick = django_forms.BooleanField(label="I have read it")
    own = django_forms.CharField(error_messages={"required": "Say it in your words"})


def test_what_is_missing_is_asked_for() -> None:
    assert said(Needed({})) == [
        "Enter your full name",
        "Answer the question: What happened?",
        "Select level",
        "Tick the box: I have read it",
        "Say it in your words",
    ]


def test_a_field_may_have_a_name_for_its_messages() -> None:
    form = Needed({})
    form.fields["question"].error_name = "What she told you"  # type: ignore[attr-defined]
    assert form.label_of("question") == "What she told you"


class Opening(forms.Form):
    how = django_forms.ChoiceField(
        choices=[("phone", "Phone"), ("other", "Other")],
        widget=fields.Radios(reveals={"other": ["other_how", "witness"]}),
    )
    other_how = django_forms.CharField()
    witness = django_forms.BooleanField(required=False, widget=fields.Checkbox(reveals=["witness_name"]))
    witness_name = django_forms.CharField()
    needs = django_forms.MultipleChoiceField(
        choices=[("x", "X"), ("y", "Y")], required=False, widget=fields.Checkboxes(reveals={"y": ["why"]})
    )
    why = fields.DateField()

    def clean_other_how(self) -> str:
        if self.cleaned_data["other_how"] == "magic":
            raise django_forms.ValidationError("Not by magic")
        return str(self.cleaned_data["other_how"])


def test_a_closed_question_is_neither_needed_nor_kept() -> None:
    form = Opening({"how": "phone", "other_how": "magic", "witness": "on", "witness_name": "Jo", "why_day": "x"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "how": "phone", "other_how": "", "witness": False, "witness_name": "", "needs": [], "why": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"how": "other"}, ["#id_other_how"]),
        ({"how": "other", "other_how": "magic"}, ["#id_other_how"]),
        ({"how": "other", "other_how": "Post", "witness": "on"}, ["#id_witness_name"]),
        ({"how": "phone", "needs": ["x"]}, []),
        ({"how": "phone", "needs": ["x", "y"]}, ["#id_why_day"]),
        ({}, ["#id_how_0"]),
        ({"how": "nonsense", "other_how": "magic"}, ["#id_how_0"]),
    ],
)
def test_an_open_question_is_needed(typed: dict[str, Any], expected: list[str]) -> None:
    assert [href for href, _ in error_links(Opening(typed))] == expected


def test_a_question_is_printed_once_under_its_option() -> None:
    html = str(Opening())
    assert html.count('name="other_how"') == 1
    assert html.index('id="conditional-id_how_1"') < html.index('name="other_how"') < html.index('name="witness_name"')
    assert html.index('name="witness_name"') < html.index('name="needs"')


def test_a_stored_answer_stands_open() -> None:
    html = str(Opening(initial={"how": "other"}))
    assert 'class="govuk-radios__conditional" id="conditional-id_how_1"' in html
    assert "govuk-checkboxes__conditional--hidden" in html


def test_inline_options_cannot_open_anything() -> None:
    with pytest.raises(ValueError, match="no room"):
        fields.Radios(inline=True, reveals={"a": ["b"]})


def test_disabled_and_file_fields_keep_django_s_ways() -> None:
    class Odd(forms.Form):
        fixed = django_forms.CharField(disabled=True, initial="as it was")
        file = django_forms.FileField()

    form = Odd({"fixed": "changed"}, {"file": SimpleUploadedFile("a.txt", b"a")})
    assert form.is_valid()
    assert form.cleaned_data["fixed"] == "as it was"


class Thing(models.Model):
    kind = models.CharField(max_length=5, choices=CHOICES)
    maybe = models.CharField(max_length=5, choices=CHOICES, blank=True)
    on = models.DateField()
    at = models.DateTimeField(null=True, blank=True)
    story = models.TextField(max_length=300)
    agreed = models.BooleanField(default=False)

    class Meta:
        app_label = "kitchen"  # of no installed app: nothing else sees this model


class ThingForm(forms.ModelForm[Thing]):
    class Meta:
        model = Thing
        fields = ["kind", "maybe", "on", "at", "story", "agreed"]


def test_a_model_s_fields_come_as_components() -> None:
    form = ThingForm()
    assert isinstance(form.fields["kind"].widget, fields.Radios)
    assert isinstance(form.fields["on"], fields.DateField)
    assert isinstance(form.fields["at"], fields.DateTimeField)
    assert isinstance(form.fields["story"].widget, fields.Textarea)
    assert form["story"].count == 300  # type: ignore[attr-defined]
    assert isinstance(form.fields["agreed"].widget, fields.Checkbox)


def test_the_blank_choice_is_no_radio() -> None:
    assert [option.value for option in ThingForm()["maybe"].options] == ["a", "b"]  # type: ignore[attr-defined]


def test_an_author_s_widget_wins() -> None:
    class Other(forms.ModelForm[Thing]):
        class Meta:
            model = Thing
            fields = ["kind", "on"]
            widgets = {"kind": Select()}

    assert isinstance(Other().fields["kind"].widget, fields.Select)
    assert "Choose one" in str(Other()["kind"])


def test_a_model_form_fills_its_instance() -> None:
    form = ThingForm({"kind": "a", "on_day": "1", "on_month": "2", "on_year": "2026", "story": "x", "agreed": "on"})
    assert form.is_valid(), form.errors
    assert (form.instance.kind, str(form.instance.on), form.instance.at, form.instance.agreed) == (
        "a", "2026-02-01", None, True,
    )  # fmt: skip


def test_a_model_form_drops_a_closed_answer_without_complaint() -> None:
    class Closing(forms.ModelForm[Thing]):
        class Meta:
            model = Thing
            fields = ["kind", "story"]
            widgets = {"kind": Radios(reveals={"b": ["story"]})}

    form = Closing({"kind": "a", "story": "typed before"})
    assert form.is_valid(), form.errors
    assert form.instance.story == ""


class Minding(Opening):
    refuses_concealed = True


OTHER = "You also wrote under “Other”: choose it, or clear what you wrote there"


@pytest.mark.parametrize(("typed", "expected"), [
    ({"how": "phone", "other_how": "By pigeon"}, [OTHER]),
    ({"how": "phone", "other_how": "By \x00 pigeon"}, [OTHER]),
    ({"how": "phone", "other_how": " \r\n "}, []),
    ({"how": "other", "other_how": "By pigeon"}, []),
    ({"how": "phone", "other_how": "By pigeon", "witness_name": "Ines"}, [OTHER]),
])  # fmt: skip
def test_words_under_another_answer_are_never_dropped_unseen(typed: dict[str, Any], expected: list[str]) -> None:
    form = Minding(typed)
    assert [message for message in said(form) if "wrote" in message] == expected
    assert form["other_how"].value() == printable(typed["other_how"])


def test_words_that_stood_there_before_may_be_given_up() -> None:
    form = Minding(
        {"how": "phone", "other_how": "By pigeon\r\nand raven "}, initial={"other_how": "By pigeon\nand raven"}
    )
    assert not [message for message in said(form) if "wrote" in message]


@given(st.dictionaries(st.sampled_from(list(Plain.base_fields)), st.text(st.characters())))
def test_whatever_is_sent_the_form_answers_and_prints(typed: dict[str, Any]) -> None:
    form = Plain(typed)
    form.is_valid()
    str(form).encode()
    assert all(message for _, message in error_links(form))


def test_a_field_that_one_form_adds_says_what_to_do_as_the_others_do() -> None:
    class Growing(forms.Form):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.add_field("town", django_forms.CharField(label="Town"))
            self.add_field(
                "side", django_forms.ChoiceField(label="Which side?", choices=[("l", "Left")], widget=Radios())
            )

    empty = Growing({})
    assert not empty.is_valid()
    assert empty.errors["town"] == ["Enter town"]
    assert "This field is required." not in str(empty.errors)
    assert "characters or fewer" in str(Growing({"town": "x" * 1_000, "side": "l"}).errors["town"])
