"""Every provision of the law in use, against lists written by hand from the law; and the version before it, frozen."""

import hashlib
import re
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rules.law import Combination, Law, Provision
from rules.law_files import CURRENT, load
from tests.rules.law_lists import (
    CHANGED_ON_PURPOSE,
    FROZEN,
    KINDS_OF_POWERS,
    LAYERS,
    MEANING,
    NOT_STARTED,
    ON_A_NO,
    RENAMED,
    SCHEDULE_8,
    SECTORS,
    SETS_CHANGED,
    SURE,
    WHOSE,
)

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 30)
BEFORE = "2026-11-29"
INSTRUMENT = re.compile(r"SI \d{4}/\d+")
ASKING = frozenset({"emergency", "function_named", "prejudice", "made_public", "balance"})


@pytest.fixture
def law() -> Law:
    return load()


def provision(law: Law, code: str) -> Provision:
    found = law.any_provision(code)
    assert found is not None
    return found


def in_combinations(law: Law) -> set[str]:
    return {code for suggestion in law.combinations for code in suggestion.codes}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_row_of_each_part_is_there_and_no_other(law: Law, layer: str) -> None:
    assert {provision.code for provision in law.all_provisions if provision.layer == layer} == LAYERS[layer]


def test_no_layer_is_left_out(law: Law) -> None:
    assert law.known == set().union(*LAYERS.values())
    assert len(law.known) == 93
    assert len(law.all_provisions) == 94, "public task is there twice: its words changed on 5 February 2026"


@pytest.mark.parametrize(("code", "kind"), KINDS_OF_POWERS.items())
def test_each_power_or_duty_is_of_its_kind(law: Law, code: str, kind: str) -> None:
    assert provision(law, code).kind == kind


def test_only_a_duty_to_disclose_hides_the_choice(law: Law) -> None:
    """A duty to have arrangements would hide it too, and early help would never be asked about."""
    duties = {code for code, kind in KINDS_OF_POWERS.items() if kind == "must_disclose"}
    assert {provision.code for provision in law.all_provisions if provision.hides_choice} == duties
    assert len(duties) == 8


def test_only_what_is_not_known_to_have_started_ships_off(law: Law) -> None:
    assert {provision.code for provision in law.all_provisions if not provision.on} == NOT_STARTED
    assert not [code for code in NOT_STARTED if law.provision(code, TODAY)]


def test_what_ended_is_not_offered(law: Law) -> None:
    """The Children Act 2004 section 12 database was turned off on 6 August 2010."""
    ended = provision(law, "CA04_12")
    assert ended.effective_to == date(2010, 8, 6)
    assert law.provision("CA04_12", date(2010, 8, 6)) == ended
    assert law.provision("CA04_12", date(2010, 8, 7)) is None


def test_everything_else_is_in_force_today(law: Law) -> None:
    assert {code for code in law.known if not law.provision(code, TODAY)} == NOT_STARTED | {"CA04_12", "OP_ENCOMPASS"}


def test_every_row_says_where_it_comes_from(law: Law) -> None:
    for provision in law.all_provisions:
        assert provision.citation.strip(), provision.code
        assert provision.source.strip(), provision.code
        assert provision.jurisdiction in {"UK", "GB", "E&W", "E"}, provision.code
        assert date(2026, 1, 1) <= provision.checked_on <= TODAY, provision.code
        assert date(1900, 1, 1) <= provision.effective_from <= TODAY, provision.code


def test_no_source_is_a_file_or_a_place_on_a_disk(law: Law) -> None:
    for provision in law.all_provisions:
        assert not [part for part in (".md", ".pdf", "/", "\\") if part in INSTRUMENT.sub("", provision.source)], (
            provision.code
        )


def test_who_must_keep_to_which_sectors(law: Law) -> None:
    assert {
        provision.code: set(provision.function_of) for provision in law.all_provisions if provision.function_of
    } == WHOSE
    assert set().union(*WHOSE.values()) <= SECTORS
    assert {provision.code: provision.not_sectors for provision in law.all_provisions if provision.not_sectors} == {
        "PCSC22_16": ("nhs", "gp")
    }
    assert {provision.code for provision in law.all_provisions if provision.scope} == {"CA04_16LA", "CA04_16LC"}


@pytest.mark.parametrize("sector", ["maintained_school", "academy", "independent_school", "nhs", "charity"])
def test_the_councils_enquiry_is_the_recipients_for_a_school_or_a_nurse(law: Law, sector: str) -> None:
    """Children Act 1989 section 47(11) does not list schools; Care Act 2014 section 42 is the council's alone."""
    for code in ("CA89_47", "CARE14_42"):
        assert provision(law, code).kind_for(sector) == "function_of_recipient"
        assert provision(law, code).kind_for("la") == "power"
    assert law.is_recipients(provision(law, "CA89_47"), sector)
    assert "school or a nurse" in provision(law, "CA89_47").plain_english


def test_the_serious_violence_power_is_shut_to_health(law: Law) -> None:
    """Police, Crime, Sentencing and Courts Act 2022 section 16: no personal information from health or social care."""
    power = provision(law, "PCSC22_16")
    assert not power.open_to("PUB", "nhs")
    assert power.open_to("PUB", "la")
    assert power.open_to("PUB", "maintained_school")
    assert power.open_to("LE", "police")
    assert "health or social care service may not" in power.plain_english


def test_what_becomes_of_each_row_on_a_no(law: Law) -> None:
    assert {
        provision.code: provision.refused_ok for provision in law.all_provisions if provision.refused_ok != "yes"
    } == ON_A_NO


def test_what_needs_agreement_falls_without_it(law: Law) -> None:
    assert {
        provision.code: provision.refused_ok for provision in law.all_provisions if provision.kind == "needs_agreement"
    } == {
        "HA96_213B": "no",
        "CTSA15_SUPPORT": "no",
    }


@pytest.mark.parametrize("code", sorted(code for code, answer in ON_A_NO.items() if answer == "if"))
def test_an_if_has_its_question_among_those_asked(law: Law, code: str) -> None:
    assert provision(law, code).refused_test
    assert provision(law, code).refused_test in provision(law, code).tests


def test_a_question_is_kept_only_where_it_is_used(law: Law) -> None:
    """On a refusal, or by a need of the provision: of an emergency, a function, or how asking would prejudice it."""
    asked_always = {provision.code for provision in law.all_provisions if ASKING.intersection(provision.needs)}
    on_a_refusal = {provision.code for provision in law.all_provisions if provision.refused_ok == "if"}
    assert {provision.code for provision in law.all_provisions if provision.refused_test} == asked_always | on_a_refusal
    assert asked_always - on_a_refusal


def test_how_sure_each_row_is(law: Law) -> None:
    less = {mark: {provision.code for provision in law.all_provisions if provision.confidence == mark} for mark in SURE}
    assert less == SURE
    assert {
        provision.confidence for provision in law.all_provisions if provision.code not in set().union(*SURE.values())
    } == {"C"}


def test_a_row_known_from_nowhere_says_so(law: Law) -> None:
    """The paper must not look surer than it is."""
    assert "not found" in provision(law, "OP_ENCOMPASS").citation
    assert "no start found" in provision(law, "CPA26_CSA").source
    assert "no order seen" in provision(law, "CA04_16LA").source


def test_telling_the_police_needs_no_policy_document_for_unlawful_acts(law: Law) -> None:
    """Data Protection Act 2018 Schedule 1 paragraph 10(2): none where a competent authority is told."""
    assert {
        provision.code: provision.policy_document_unless
        for provision in law.all_provisions
        if provision.policy_document_unless
    } == {"S1_P10": ("police",)}


@pytest.mark.parametrize("code", ["ART10", "S1_P6", "S1_P10", "S1_P18"])
def test_paragraph_36_is_named_where_a_crime_changes_the_question(law: Law, code: str) -> None:
    assert any("paragraph 36" in test for test in provision(law, code).tests)


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        ("CA04_16LA", "sharing would do the child more harm than not sharing"),
        ("CA04_16H", "only with what helps them in that work"),
        ("CARE14_45", "only what was asked"),
        ("FGMA03_5B", "Nobody can do it for you"),
        ("CPA26_CSA", "You yourself"),
        ("COURT_ORDER", "no more"),
    ],
)
def test_a_duty_says_its_way_out_or_its_limit(law: Law, code: str, limit: str) -> None:
    assert limit in provision(law, code).plain_english


def test_a_partner_asks_for_its_safeguarding_work_alone(law: Law) -> None:
    assert any("16E and 16F" in test for test in provision(law, "CA04_16H").tests)


def test_the_condition_for_money_is_never_a_childs(law: Law) -> None:
    """Data Protection Act 2018 Schedule 1 paragraph 19(2): 18 or over, and health information only."""
    condition = provision(law, "S1_P19")
    assert "18 or over" in condition.plain_english
    assert "never for a child" in condition.plain_english
    assert {"Are they 18 or over?", "Is it health information, and nothing else?"} < set(condition.tests)
    assert "S1_P19" not in in_combinations(law)


def test_the_rules_for_police_work_are_for_police_alone(law: Law) -> None:
    for code in SCHEDULE_8 | {"LE_S35"}:
        assert provision(law, code).who == "LE"
        assert provision(law, code).open_to("LE", "police")
        assert not provision(law, code).open_to("PUB", "police")
        assert not provision(law, code).open_to("NON", "charity")


def test_no_usual_set_offers_what_is_hardly_ever_right(law: Law) -> None:
    rare = {"ART6_B", "ART9_D", "ART9_E", "ART9_I", "ART9_J", "RLI_SEC", "RLI_EMERG", "LA11_1", "LGA72_111", "CA04_12"}
    assert not rare & in_combinations(law)


@pytest.mark.parametrize("code", ["CA04_16LA", "CA04_16H", "CARE14_45", "CPA26_CSA"])
def test_each_duty_has_a_usual_set_for_both_kinds(law: Law, code: str) -> None:
    sets = [combination for combination in law.combinations if code in combination.duties]
    assert [(one.kinds, one.schedule1) for one in sets] == [(("PUB", "LE"), ("S1_P6",)), (("NON",), ("S1_P18",))]
    for one in sets:
        assert one.triggers == ("MANDATORY",)
        assert (one.l1, one.l2, one.l3, one.l4) == (("ART6_C",), ("ART9_G",), (code,), ("CONF_LAW",))


def test_duties_come_before_all_but_a_court(law: Law) -> None:
    """The first that fits is offered: a council under a duty is not offered its everyday set."""
    order = [combination.code for combination in law.combinations]
    assert order[0] == "COURT_ORDER"
    assert max(order.index(combination.code) for combination in law.combinations if combination.duties) < order.index(
        "TRANSFER_MAINTAINED"
    )
    assert order.index("POLICE_PURPOSE") < order.index("CRIME_PUBLIC")
    assert order[-1] == "CHARITY"


def test_police_work_is_offered_only_to_those_who_do_it(law: Law) -> None:
    (found,) = (combination for combination in law.combinations if "LE_S35" in combination.l1)
    assert (found.code, found.kinds, found.levels) == ("POLICE_PURPOSE", ("LE",), ("crime",))
    assert found.l2 == found.schedule1 == ()


def test_the_paper_says_what_the_law_says(law: Law) -> None:
    script = runpy.run_path(str(ROOT / "docs" / "law.py"))
    assert (ROOT / "docs" / "law.md").read_text() == script["page"](law), "run docs/law.py again"


def test_the_paper_follows_the_law(law: Law) -> None:
    script = runpy.run_path(str(ROOT / "docs" / "law.py"))
    renamed = replace(law, all_provisions=(replace(law.all_provisions[0], short_name="A | B"), *law.all_provisions[1:]))
    assert "| A / B |" in script["page"](renamed)
    text = script["page"](law)
    assert "Three ship switched off" in text
    assert "not legal advice" in text
    assert text.count("| off (") == len(NOT_STARTED)
    assert all(f"| `{code}` |" in text for code in law.known)


@pytest.mark.parametrize("version", FROZEN)
def test_a_version_that_was_used_is_frozen(version: str) -> None:
    data = ROOT / "rules" / "data" / "law"
    files = sorted((data / version).glob("*.toml")) or [data / f"{version}.toml"]
    raw = b"\n".join(file.read_bytes() for file in files)
    assert hashlib.sha256(raw).hexdigest() == FROZEN[version] == load(version).sha256
    assert version < CURRENT
    assert load(version).known <= load().known


def test_every_version_but_the_one_in_use_is_frozen() -> None:
    there = {path.stem for path in (ROOT / "rules" / "data" / "law").iterdir()}
    assert there == {*FROZEN, CURRENT}


def test_a_row_that_was_used_keeps_its_meaning(law: Law) -> None:
    """Decisions copy provisions; a code whose meaning changes would mislead a later reader."""
    now = {(provision.code, provision.effective_from): provision for provision in law.all_provisions}
    changed, renamed = set(), set()
    for old in load(BEFORE).all_provisions:
        new = now[old.code, old.effective_from]
        renamed |= {old.code} if new.short_name != old.short_name else set()
        changed |= {(old.code, name) for name in MEANING if getattr(new, name) != getattr(old, name)}
    assert changed == set(CHANGED_ON_PURPOSE)
    assert renamed == set(RENAMED)


def _suggests(combination: Combination) -> Combination:
    return replace(combination, name="", why="")


def test_every_set_of_before_is_still_there(law: Law) -> None:
    assert {combination.code for combination in load(BEFORE).combinations} <= {
        combination.code for combination in law.combinations
    }
    new = {combination.code: _suggests(combination) for combination in law.combinations}
    changed = {each.code for each in load(BEFORE).combinations if new[each.code] != _suggests(each)}
    assert changed == set(SETS_CHANGED)


def test_no_file_of_it_is_longer_than_a_person_reads() -> None:
    files = sorted((ROOT / "rules" / "data" / "law" / CURRENT).glob("*.toml"))
    assert len(files) == 14
    assert files[0].name == "00_version.toml"
    assert all(len(file.read_text().splitlines()) <= 300 for file in files)
