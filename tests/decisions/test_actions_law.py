"""A data protection officer's words about the law: dated, checked, entered, and said once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actions import deactivate
from audit.models import LedgerEntry
from audit.verification import verify
from decisions.actions.law_notices import FARTHEST, FIRST_DAY, law_before_retiring
from decisions.law_notices import gathered, provision_from_json
from decisions.models import LawNotice
from rules.law import Law
from rules.law_files import load
from rules.local_provisions import KINDS_OF, code_of, contradictions
from tests import shared
from tests.cast import Cast
from tests.decisions.law_said import CSA, ROW, SHARE_DUTY, SOURCE, commenced, local, proposed, retired, taken_back

cast = shared.cast
Say = Callable[..., LawNotice]
EACH = pytest.mark.parametrize("say", [proposed, local, retired], ids=lambda say: say.__name__)


def law_of(cast: Cast) -> Law:
    notices = gathered(LawNotice.objects.visible_to(cast.officer))
    return load().for_us(notices.commencements, notices.local_provisions, notices.retired)


def refusal(say: Callable[[], object]) -> dict[str, list[str]]:
    """The messages by field; one about none stands under "all"."""
    with pytest.raises(ValidationError) as caught:
        say()
    return caught.value.message_dict if hasattr(caught.value, "error_dict") else {"all": caught.value.messages}


class TestEach:
    @EACH
    def test_it_is_a_notice_with_its_entry(self, cast: Cast, say: Say) -> None:
        at = timezone.now()
        notice = say(cast.officer, at=at)
        assert (notice.written_by, notice.written_at, notice.organisation) == (cast.officer, at, cast.organisation)
        (entry,) = LedgerEntry.objects.filter(organisation=cast.organisation.pk)
        assert (entry.action, entry.subject) == (LedgerEntry.Action.CREATE, "decisions.lawnotice")
        assert (entry.actor_id, entry.object_repr) == (cast.officer.pk, f"law {notice.code}")
        assert verify().sound

    @EACH
    def test_the_same_words_again_are_no_second_notice(self, cast: Cast, say: Say) -> None:
        first, entries = say(cast.officer), LedgerEntry.objects.count()
        assert say(cast.officer) == first
        assert LawNotice.objects.count() == 1
        assert LedgerEntry.objects.count() == entries

    @EACH
    @pytest.mark.parametrize("who", ["practitioner", "teammate", "supervisor", "administrator"])
    def test_others_may_not(self, cast: Cast, say: Say, who: str) -> None:
        with pytest.raises(PermissionDenied):
            say(getattr(cast, who))
        assert not LawNotice.objects.exists()

    @EACH
    def test_nor_an_officer_who_has_left(self, cast: Cast, say: Say) -> None:
        deactivate(user=cast.officer, by=cast.administrator, at=timezone.now())
        with pytest.raises(PermissionDenied):
            say(cast.officer)
        assert not LawNotice.objects.exists()

    @EACH
    def test_each_organisation_has_its_own(self, cast: Cast, say: Say) -> None:
        ours, theirs = say(cast.officer), say(cast.stranger.officer)
        assert ours != theirs
        assert list(LawNotice.objects.visible_to(cast.practitioner)) == [ours]
        assert list(LawNotice.objects.visible_to(cast.stranger.supervisor)) == [theirs]


class TestCommencement:
    def test_the_law_is_on_from_that_day(self, cast: Cast) -> None:
        assert law_of(cast).provision(SHARE_DUTY, date(2026, 10, 1)) is None
        commenced(cast.officer)
        assert law_of(cast).provision(SHARE_DUTY, date(2026, 9, 29)) is None
        found = law_of(cast).provision(SHARE_DUTY, date(2026, 9, 30))
        assert found is not None
        assert found.on
        assert law_of(cast.stranger).provision(SHARE_DUTY, date(2026, 10, 1)) is None  # type: ignore[arg-type]  # a company

    def test_another_day_is_a_new_notice_and_the_later_one_holds(self, cast: Cast) -> None:
        commenced(cast.officer)
        commenced(cast.officer, on_day=date(2027, 1, 1))
        assert LawNotice.objects.filter(what="commenced").count() == 2
        assert law_of(cast).provision(SHARE_DUTY, date(2026, 10, 1)) is None
        assert law_of(cast).provision(SHARE_DUTY, date(2027, 1, 1))

    @pytest.mark.parametrize("code", ["ART6_A", "NOTHING", "", "LOCAL_X"])
    def test_only_what_came_switched_off(self, cast: Cast, code: str) -> None:
        assert refusal(lambda: proposed(cast.officer, code=code)) == {"code": ["Choose a law from the list."]}

    @pytest.mark.parametrize("day", [date(2026, 4, 28), date(2018, 5, 25), date(1900, 1, 1), date(2099, 1, 1)])
    def test_a_day_that_cannot_be(self, cast: Cast, day: date) -> None:
        (message,) = refusal(lambda: proposed(cast.officer, on_day=day))["on_day"]
        assert message.startswith("Enter a day from 29 April 2026 to ")
        assert not LawNotice.objects.exists()

    @pytest.mark.parametrize(("days", "allowed"), [(731, True), (732, False), (1, True)])
    def test_a_day_to_come(self, cast: Cast, days: int, allowed: bool) -> None:  # noqa: FBT001  (a parameter)
        day = timezone.localdate() + timedelta(days=days)
        if allowed:
            assert proposed(cast.officer, code=CSA, on_day=day).on_day == day
        else:
            assert "on_day" in refusal(lambda: proposed(cast.officer, code=CSA, on_day=day))
        assert timedelta(days=731) == FARTHEST

    def test_taken_back(self, cast: Cast) -> None:
        notice = commenced(cast.officer)
        back = taken_back(notice, cast.officer)
        assert (back.what, back.code, back.on_day) == (LawNotice.What.NOT_COMMENCED, SHARE_DUTY, None)
        assert law_of(cast).provision(SHARE_DUTY, date(2026, 10, 1)) is None
        again = commenced(cast.officer)
        assert again not in {notice, back}
        assert law_of(cast).provision(SHARE_DUTY, date(2026, 10, 1))


class TestTakingBack:
    def test_twice_is_once(self, cast: Cast) -> None:
        notice = retired(cast.officer)
        first = taken_back(notice, cast.officer)
        assert taken_back(notice, cast.officer) == first
        assert LawNotice.objects.count() == 2

    def test_in_other_words_is_told_to_look_again(self, cast: Cast) -> None:
        notice = retired(cast.officer)
        taken_back(notice, cast.officer)
        (message,) = refusal(lambda: taken_back(notice, cast.officer, why="Another reason"))["all"]
        assert "There is a later notice about this provision" in message

    def test_an_earlier_word_cannot_be(self, cast: Cast) -> None:
        """The page stood open while somebody else said another day."""
        notice = commenced(cast.officer)
        commenced(cast.officer, on_day=date(2026, 10, 31))
        assert "all" in refusal(lambda: taken_back(notice, cast.officer))
        assert not LawNotice.objects.filter(what="not_commenced").exists()

    def test_a_row_of_our_own_cannot_be(self, cast: Cast) -> None:
        with pytest.raises(PermissionDenied):
            taken_back(local(cast.officer), cast.officer)

    def test_nor_what_another_organisation_said(self, cast: Cast) -> None:
        theirs = retired(cast.stranger.officer)
        with pytest.raises(PermissionDenied):
            taken_back(theirs, cast.officer)
        assert LawNotice.objects.count() == 1

    @pytest.mark.parametrize("who", ["administrator", "supervisor", "practitioner"])
    def test_nor_by_others(self, cast: Cast, who: str) -> None:
        notice = retired(cast.officer)
        with pytest.raises(PermissionDenied):
            taken_back(notice, getattr(cast, who))


class TestRetiring:
    def test_it_is_used_until_the_day_before(self, cast: Cast) -> None:
        day = timezone.localdate()
        retired(cast.officer)
        assert law_of(cast).provision("ART6_B", day) is None
        assert law_of(cast).provision("ART6_B", day - timedelta(days=1))
        taken_back(LawNotice.objects.get(), cast.officer)
        assert law_of(cast).provision("ART6_B", day)

    def test_from_its_first_day_it_is_never_used(self, cast: Cast) -> None:
        notice = local(cast.officer)
        retired(cast.officer, code=notice.code, on_day=ROW["effective_from"])
        assert law_of(cast).any_provision(notice.code) is None
        assert law_of(cast).knows(notice.code)
        assert law_before_retiring(cast.organisation).any_provision(notice.code)

    @pytest.mark.parametrize("code", ["NOTHING", "", "LOCAL_THEIRS", "\x00"])
    def test_only_what_is_there(self, cast: Cast, code: str) -> None:
        local(cast.stranger.officer, name="theirs")
        assert refusal(lambda: retired(cast.officer, code=code)) == {"code": ["Choose a provision from the list."]}

    def test_what_ended_by_itself(self, cast: Cast) -> None:
        (message,) = refusal(lambda: retired(cast.officer, code="CA04_12"))["code"]
        assert message.startswith("It already ended on 6 August 2010")

    @pytest.mark.parametrize("day", [date(2018, 5, 24), date(2030, 1, 1)])
    def test_a_day_that_cannot_be(self, cast: Cast, day: date) -> None:
        assert "Enter a day from 25 May 2018" in refusal(lambda: retired(cast.officer, on_day=day))["on_day"][0]
        assert date(2018, 5, 25) == FIRST_DAY

    def test_not_before_its_own_first_day(self, cast: Cast) -> None:
        (message,) = refusal(lambda: retired(cast.officer, code="ART6_EA", on_day=date(2026, 2, 4)))["on_day"]
        assert "from 5 February 2026" in message


class TestLocalRows:
    def test_it_is_a_row_like_any_other(self, cast: Cast) -> None:
        notice = local(cast.officer)
        row = provision_from_json(notice.provision)
        assert (notice.code, notice.local_code, notice.source) == ("LOCAL_HEALTH_PROTOCOL",) * 2 + (ROW["source"],)
        assert law_of(cast).provision("LOCAL_HEALTH_PROTOCOL", date(2024, 1, 1)) == row
        assert row.tests == ("Is the child under five?",)
        assert row.checked_on == ROW["checked_on"]

    def test_a_code_is_made_once(self, cast: Cast) -> None:
        local(cast.officer)
        message = refusal(lambda: local(cast.officer, name="Health  protocol", short_name="Another"))["name"]
        assert message == ["There is already a provision with this name. Choose another name."]

    def test_not_even_once_it_is_retired(self, cast: Cast) -> None:
        retired(cast.officer, code=local(cast.officer).code)
        assert "name" in refusal(lambda: local(cast.officer, citation="Changed"))

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"layer": "L9"}, "layer"), ({"layer": "L5", "kind": "limits"}, "layer"), ({"kind": "legal_basis"}, "kind"),
            ({"layer": "L1"}, "kind"), ({"kind": "nonsense"}, "kind"),
            ({"kind": "must_disclose", "refused_ok": "no"}, "refused_ok"),
            ({"kind": "needs_agreement", "refused_ok": "yes"}, "refused_ok"),
            ({"who": "EVERYBODY"}, "all"), ({"confidence": "X"}, "all"), ({"refused_ok": "if"}, "all"),
            ({"shoe_size": "9"}, "all"), ({"effective_from": date(2018, 5, 24)}, "effective_from"),
            ({"effective_from": date(2030, 5, 24)}, "effective_from"),
        ],
        ids=str,
    )  # fmt: skip
    def test_what_does_not_fit(self, cast: Cast, change: dict[str, Any], field: str) -> None:
        assert field in refusal(lambda: local(cast.officer, **change))
        assert not LawNotice.objects.exists()

    @pytest.mark.parametrize("name", ["", " ", "é", "a-b", "x" * 25, "a\x00", "a\nb", "LOCAL_", "../x", "_ é"])
    def test_names_that_make_no_code(self, cast: Cast, name: str) -> None:
        assert code_of(name) == ""
        assert "name" in refusal(lambda: local(cast.officer, name=name))

    @pytest.mark.parametrize(
        ("name", "code"),
        [("a", "LOCAL_A"), ("Health protocol", "LOCAL_HEALTH_PROTOCOL"), ("LOCAL_X_1", "LOCAL_X_1"),
         ("  a   b ", "LOCAL_A_B"), ("x" * 24, f"LOCAL_{'X' * 24}")],
    )  # fmt: skip
    def test_names_that_do(self, name: str, code: str) -> None:
        assert code_of(name) == code
        assert len(code) <= 30

    @pytest.mark.parametrize("layer", KINDS_OF)
    def test_every_layer_takes_rows_as_ours_come(self, layer: str) -> None:
        """What is allowed is what the tables themselves have."""
        shipped = [row for row in load().all_provisions if row.layer == layer]
        assert {row.kind for row in shipped} <= KINDS_OF[layer]
        for row in shipped:
            assert contradictions({"layer": layer, "kind": row.kind, "refused_ok": row.refused_ok}) == {}, row.code

    def test_no_shipped_row_is_called_like_one(self) -> None:
        assert not [row.code for row in load().all_provisions if row.code.startswith("LOCAL_")]


def test_the_source_is_kept_with_every_word(cast: Cast) -> None:
    said = [commenced(cast.officer), local(cast.officer), retired(cast.officer)]
    said.append(taken_back(said[0], cast.officer))
    assert [one.source for one in said] == [SOURCE, ROW["source"], "Our lawyer", "Our lawyer"]
