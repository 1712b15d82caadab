"""What an organisation said about the law, put together; and a row of its own on its way into a record."""

from datetime import date

from django.utils import timezone

from decisions.facts.decision import assessed
from decisions.law_notices import gathered, provision_as_json, provision_from_json
from decisions.models import Decision, LawNotice
from rules.law_files import load
from tests.cast import Cast
from tests.decisions.cases import shown
from tests.decisions.law_said import ROW, SHARE_DUTY, commenced, local, retired, taken_back
from tests.drafting import scenario_cases as cases


class TestGathered:
    def test_the_last_word_about_each_row_holds(self, cast: Cast) -> None:
        by = cast.officer
        begun, away = commenced(by), retired(by)
        local(by)
        held = gathered(LawNotice.objects.all())
        assert held.commencements == {SHARE_DUTY: begun.on_day}
        assert held.retired == {"ART6_B": away.on_day}
        assert [row.code for row in held.local_provisions] == ["LOCAL_HEALTH_PROTOCOL"]
        taken_back(begun, by)
        taken_back(away, by)
        held = gathered(LawNotice.objects.all())
        assert (held.commencements, held.retired, len(held.local_provisions)) == ({}, {}, 1)

    def test_nothing_said_changes_nothing(self) -> None:
        held = gathered([])
        assert (
            load().for_us(held.commencements, held.local_provisions, held.retired).all_provisions
            == load().all_provisions
        )

    def test_a_row_is_kept_and_read_back(self) -> None:
        entry = {**ROW, "code": "LOCAL_X"}
        assert provision_as_json(provision_from_json(provision_as_json(entry)).__dict__) == {
            **provision_as_json(entry),
            "tests": ("Is the child under five?",),
            "effective_to": None,
            "replaced_by": "",
            "policy_document_unless": (),
            "scope": "",
            "function_of": (),
            "not_sectors": (),
            "on": True,
            "needs": (),
            "usual_levels": (),
            "enacted_on": None,
            "lifts_confidence": False,
        }


def test_a_local_row_is_chosen_recorded_and_kept(cast: Cast) -> None:
    """Through the pages: page 7 offers it with its question, and the record has it by value once it is retired."""
    now = timezone.now()
    notice = local(cast.officer, refused_ok="if", refused_test=ROW["tests"][0])
    story = cases.s03(now)
    basis = story["legal_basis"]
    powers = basis["l3"] if isinstance(basis["l3"], list) else [basis["l3"]]
    chosen = {**basis, "l3": [*powers, notice.code], f"answer_{notice.code}": "He is three"}
    walk = cases.begin_at("legal_basis", cases.S03, story, cast, now)
    walk.open("legal_basis")
    assert "Northmere health protocol" in walk.text
    walk.skip({**story, "legal_basis": chosen}, *cases.SHARE_ROUTE[cases.SHARE_ROUTE.index("legal_basis") :])
    decision = walk.record()
    retired(cast.officer, code=notice.code, on_day=date(2025, 1, 1))
    kept = decision.provisions.get(code=notice.code)
    assert (kept.details["short_name"], kept.answer) == ("Northmere health protocol", "He is three")
    again = Decision.objects.with_parts().get(pk=decision.pk)
    assert assessed(again).may_be_recorded
    assert "Northmere health protocol" in shown(again)
