from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from families.forms import ContactForm, DisclosureForm, PersonForm, RegisterForm, RisksForm
from families.forms.disclosure import ONE_NEEDED
from families.models.person import OLDEST
from ui.text import BROKEN_MESSAGE, UNSEEN_MESSAGE

TODAY = timezone.localdate()
PERSON = {"name": "Tilly", "role": "child", "age_kind": "not_known", "parental_responsibility": "no"}
SAID = {
    "said_by": "Tilly",
    "said_to": "Asha",
    "facts": "A bruise",
    "level": "s47",
    "received_at_day": "2",
    "received_at_month": "11",
    "received_at_year": "2026",
    "received_at_time": "2:30pm",
}


def sent(**values: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    return data


def day(name: str, when: date) -> dict[str, int]:
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def person(**values: Any) -> PersonForm:
    return PersonForm(sent(**{**PERSON, **values}))


def disclosure(**values: Any) -> DisclosureForm:
    return DisclosureForm(sent(**{**SAID, **values}))


def test_the_least_about_a_person() -> None:
    form = person()
    assert form.is_valid(), form.errors
    assert (form.details().name, form.details().date_of_birth, form.details().age) == ("Tilly", None, None)


@pytest.mark.parametrize("missing", sorted({*PERSON} - {"parental_responsibility"}))
def test_each_question_about_a_person_is_asked(missing: str) -> None:
    form = person(**{missing: ""})
    assert not form.is_valid()
    assert list(form.errors) == [missing]


def test_a_date_of_birth() -> None:
    form = person(age_kind="birth", **day("date_of_birth", date(2016, 3, 27)))
    assert form.is_valid(), form.errors
    assert form.details().date_of_birth == date(2016, 3, 27)


def test_an_age_needs_its_day() -> None:
    form = person(age_kind="age", age="14")
    assert not form.is_valid()
    assert list(form.errors) == ["age_on"]


def test_an_age_with_its_day() -> None:
    form = person(age_kind="age", age="14", **day("age_on", TODAY))
    assert form.is_valid(), form.errors
    assert (form.details().age, form.details().age_on) == (14, TODAY)


@given(age=st.integers(min_value=-1000, max_value=1000))
def test_only_ages_of_a_human_life(age: int) -> None:
    form = person(age_kind="age", age=age, **day("age_on", TODAY))
    assert form.is_valid() is (0 <= age <= OLDEST)
    if not form.is_valid():
        assert form.errors["age"] == [f"Age must be a whole number from 0 to {OLDEST}"]


@given(age=st.text(max_size=12))
def test_any_text_for_an_age_is_answered(age: str) -> None:
    form = person(age_kind="age", age=age, **day("age_on", TODAY))
    if form.is_valid():
        assert 0 <= (form.details().age or 0) <= OLDEST
    else:
        assert list(form.errors) == ["age"]


@given(offset=st.integers(min_value=-30_000, max_value=3_000))
def test_a_birth_lies_in_the_past(offset: int) -> None:
    form = person(age_kind="birth", **day("date_of_birth", TODAY + timedelta(days=offset)))
    assert form.is_valid() is (offset <= 0)


@given(offset=st.integers(min_value=-400, max_value=2_000))
def test_a_due_date_is_at_most_ten_months_away(offset: int) -> None:
    form = person(role="unborn", age_kind="due", **day("due_on", TODAY + timedelta(days=offset)))
    assert form.is_valid() is (offset <= 300)


@given(day=st.text(max_size=5), month=st.text(max_size=5), year=st.text(max_size=6))
def test_any_text_for_a_date_is_answered(day: str, month: str, year: str) -> None:
    typed = {"date_of_birth_day": day, "date_of_birth_month": month, "date_of_birth_year": year}
    form = person(age_kind="birth", **typed)
    assert form.is_valid() or list(form.errors) == ["date_of_birth"]


def test_an_unborn_child_has_a_due_date_or_nothing() -> None:
    assert person(role="unborn", age_kind="due", **day("due_on", TODAY)).is_valid()
    assert person(role="unborn").is_valid()
    for wrong in (
        {"age_kind": "birth", **day("date_of_birth", TODAY)},
        {"age_kind": "age", "age": "0", **day("age_on", TODAY)},
    ):
        form = person(role="unborn", **wrong)
        assert "unborn child has a due date" in form.errors["age_kind"][0]


def test_only_an_unborn_child_is_due() -> None:
    form = person(role="mother", age_kind="due", **day("due_on", TODAY))
    assert "Only an unborn child" in form.errors["age_kind"][0]


def test_an_answer_no_longer_open_does_not_apply() -> None:
    """Somebody typed a birth date, then chose the age instead."""
    both = {"age": "3", **day("age_on", TODAY), **day("date_of_birth", date(2016, 3, 27))}
    form = person(age_kind="age", **both)
    assert form.is_valid(), form.errors
    assert form.details().date_of_birth is None


@pytest.mark.parametrize("name", ["name", "communication_need"])
@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b"])
def test_characters_nobody_can_keep(name: str, bad: str) -> None:
    assert person(**{name: bad}).errors[name] == [BROKEN_MESSAGE]


def test_too_long_says_how_long() -> None:
    assert person(name="x" * 101).errors["name"] == ["Name must be 100 characters or fewer. You have typed 101."]
    assert person(name="x" * 100).is_valid()


@pytest.mark.parametrize("field", ["facts", "opinion", "child_words"])
def test_one_of_three_boxes_is_enough(field: str) -> None:
    form = disclosure(**{"facts": "", field: "Something"})
    assert form.is_valid(), form.errors
    assert getattr(form.details(), field) == "Something"


@pytest.mark.parametrize("blank", ["", "   ", "\n\n"])
def test_nothing_in_three_boxes_is_not(blank: str) -> None:
    form = disclosure(facts=blank, opinion=blank, child_words=blank)
    assert form.errors == {"facts": [ONE_NEEDED]}


@pytest.mark.parametrize("field", ["facts", "opinion", "child_words"])
def test_a_box_holds_4000_characters(field: str) -> None:
    assert disclosure(**{field: "x" * 4000}).is_valid()
    assert "4,000 characters or fewer" in disclosure(**{field: "x" * 4001}).errors[field][0]


def test_lines_count_as_the_person_sees_them() -> None:
    form = disclosure(facts="a\r\n" * 1999 + "aa")
    assert form.is_valid(), form.errors


def test_nothing_was_received_in_the_future() -> None:
    tomorrow = timezone.localtime() + timedelta(days=1)
    form = disclosure(**day("received_at", tomorrow.date()), received_at_time="9am")
    assert form.errors["received_at"] == ["The date and time must be in the past"]


def test_a_correction_cannot_receive_after_it_was_written() -> None:
    written = timezone.make_aware(datetime(2026, 11, 1, 9, 0))  # noqa: DTZ001  (made aware at once)
    form = DisclosureForm(sent(**SAID), written_at=written)
    assert "before the disclosure was first written" in form.errors["received_at"][0]
    assert DisclosureForm(sent(**SAID), written_at=written + timedelta(days=30)).is_valid()


@pytest.mark.parametrize("missing", ["said_by", "said_to", "level"])
def test_each_question_about_a_disclosure_is_asked(missing: str) -> None:
    assert list(disclosure(**{missing: ""}).errors) == [missing]


@pytest.mark.parametrize("level", ["S47", "none", "x" * 2000])
def test_a_level_not_on_the_list(level: str) -> None:
    assert list(disclosure(level=level).errors) == ["level"]


@pytest.mark.parametrize("safe", ["yes", "no"])
def test_an_answer_about_safety_says_how_and_when(safe: str) -> None:
    form = ContactForm(sent(kind="phone", safe=safe))
    assert set(form.errors) == {"why", "checked_on"}
    assert ContactForm(sent(kind="phone", safe=safe, why="She said", **day("checked_on", TODAY))).is_valid()


def test_not_known_needs_no_more() -> None:
    assert ContactForm(sent(kind="phone", safe="unknown")).is_valid()


def test_nothing_was_checked_tomorrow() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = ContactForm(sent(kind="phone", safe="yes", why="x", **day("checked_on", tomorrow)))
    assert list(form.errors) == ["checked_on"]


def test_risks_are_those_ticked() -> None:
    form = RisksForm(sent(version=1, kinds=["other", "honour_based"], note_other="A dog", note_violence_at_home="no"))
    assert form.is_valid(), form.errors
    assert form.notes() == {"other": "A dog", "honour_based": ""}


def test_no_risk_is_an_answer() -> None:
    form = RisksForm(sent(version=1))
    assert form.is_valid()
    assert form.notes() == {}


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 2000])
def test_a_version_nobody_was_given(version: str) -> None:
    assert list(RisksForm(sent(version=version)).errors) == ["version"]


def test_somebody_in_one_team_is_not_asked_which() -> None:
    class Only:
        public_id, name = "a", "Harbour"

    form = RegisterForm(sent(name="Ash"), own_teams=[Only()])  # type: ignore[list-item]  # stands for a team
    assert "teams" not in form.fields
    assert form.is_valid()
    assert len(form.chosen_teams()) == 1


def test_somebody_in_two_teams_is() -> None:
    class One:
        def __init__(self, key: str) -> None:
            self.public_id = self.name = key

    teams: list[Any] = [One("a"), One("b")]
    assert list(RegisterForm(sent(name="Ash"), own_teams=teams).errors) == ["teams"]
    assert list(RegisterForm(sent(name="Ash", teams=["c"]), own_teams=teams).errors) == ["teams"]
    form = RegisterForm(sent(name="Ash", teams=["b"]), own_teams=teams)
    assert form.is_valid()
    assert form.chosen_teams() == [teams[1]]


@pytest.mark.parametrize("bad", ["Ada\u200b", "\u202eadA", "Ada\u2066", "\ufeff"])
def test_a_name_with_something_unseen_is_refused_where_it_stands(bad: str) -> None:
    assert person(name=bad).errors["name"] == [UNSEEN_MESSAGE]
