"""The law as data: whole, dated, and refused when it is not."""

from datetime import date, timedelta

import pytest

from rules.codes import CONSENT_PROVISIONS, Layer
from rules.facts import Facts, OrganisationFacts
from rules.law import Law, Provision
from rules.law_files import BadLaw, load, parse
from rules.legal_options import available_provisions
from tests.rules.cases import at

TODAY = date(2026, 11, 22)
ROW = """
[[provision]]
code = "ONE"
layer = "L1"
kind = "basis"
short_name = "One"
plain_english = "One."
citation = "An Act"
who = "ANY"
tests = ["Why?"]
refused_ok = "yes"
jurisdiction = "UK"
effective_from = 2020-01-01
confidence = "C"
source = "Seen"
"""
HEAD = 'version = "test"\nchecked_on = 2026-01-01\n'


@pytest.fixture
def law() -> Law:
    return load()


def made(change: str = "", instead: str = "", more: str = "") -> Law:
    return parse((HEAD + ROW.replace(change, instead) + more).encode())


def at_a(kind: str, layer: str, law: Law, *, in_scope: bool = False) -> set[str]:
    """What an organisation of this kind is offered today."""
    ours = OrganisationFacts(kind=kind, in_scope_16la=in_scope)
    facts = Facts(organisation=ours, decided_at=at(TODAY.isoformat()))
    return {provision.code for provision in available_provisions(layer, facts, law)}


def test_it_is_read_once_and_known_by_its_hash(law: Law) -> None:
    assert law is load()
    assert law.version == "2026-11-30"
    assert len(law.sha256) == 64


def test_every_row_is_written_for_a_person(law: Law) -> None:
    for provision in law.all_provisions:
        assert provision.plain_english.endswith(".")
        assert 0 < len(provision.short_name) <= 60
        assert provision.tests
        assert all(test.endswith(("?", ".")) for test in provision.tests)
        assert provision.citation
        assert provision.source


@pytest.mark.parametrize(
    "code",
    [
        "ART6_A",
        "ART6_B",
        "ART6_C",
        "ART6_D",
        "ART6_E",
        "ART6_EA",
        "ART6_F",
        "RLI_SAFEG",
        "RLI_CRIME",
        "RLI_REQ",
        "ART9_A",
        "ART9_C",
        "ART9_F",
        "ART9_G",
        "ART9_H",
        "ART10",
        "S1_P2",
        "S1_P6",
        "S1_P10",
        "S1_P18",
        "EA02_175",
        "EA02_157",
        "CA04_10",
        "CA04_11",
        "CA89_17",
        "CA89_47",
        "NON_STAT",
        "CDA98_115",
        "FGMA03_5B",
        "COURT_ORDER",
        "IMPLIED",
        "KCSIE_TRANSFER",
        "CONF_NONE",
        "CONF_CONSENT",
        "CONF_PI",
        "CONF_LAW",
        "CONF_BEST",
        "HRA_8_2",
    ],
)
def test_what_a_first_decision_needs_is_in_force(law: Law, code: str) -> None:
    assert law.provision(code, TODAY) is not None


@pytest.mark.parametrize("code", ["CA04_16LA", "CA04_16LC", "CPA26_CSA"])
def test_what_is_not_confirmed_ships_switched_off(law: Law, code: str) -> None:
    assert law.knows(code)
    assert law.provision(code, TODAY) is None
    started = law.for_us({code: date(2026, 10, 1)})
    assert started.provision(code, date(2026, 9, 30)) is None
    on = started.provision(code, date(2026, 10, 1))
    assert on is not None
    assert on.hides_choice is (code != "CA04_16LC"), "an identifier hides nobody's choice"
    assert law.provision(code, TODAY) is None, "confirming makes another law, it does not change this one"


def test_a_confirmed_day_moves_no_row_that_is_on_already(law: Law) -> None:
    assert law.for_us({"ART6_E": date(2030, 1, 1)}).provision("ART6_E", TODAY) is not None


def test_only_a_duty_to_disclose_hides_the_choice(law: Law) -> None:
    assert {provision.code for provision in law.all_provisions if provision.hides_choice} == {
        *("COURT_ORDER", "FGMA03_5B", "CA04_16LA", "CPA26_CSA", "CARE14_45", "CA04_16H", "CA89_42", "SCHOOL_RETURNS")
    }


def test_only_consent_and_what_needs_agreement_fall_with_a_refusal(law: Law) -> None:
    """Paragraphs of a body's own members let nothing out without a yes; help that is a choice is one."""
    needs_a_yes = {"S1_P29", "ART9_D", "S1_P31", "HA96_213B", "CTSA15_SUPPORT"}
    assert {
        provision.code for provision in law.all_provisions if provision.refused_ok == "no"
    } == CONSENT_PROVISIONS | needs_a_yes


def test_a_policy_document_is_needed_for_these_conditions(law: Law) -> None:
    """Data Protection Act 2018 Schedule 1 paragraphs 1(1)(b) and 5, and section 35(5) for Schedule 8."""
    schedule1 = {"S1_P1", "S1_P6", "S1_P10", "S1_P17", "S1_P18", "S1_P19"}
    schedule8 = {"S8_P1", "S8_P2", "S8_P3", "S8_P4"}
    assert {
        provision.code for provision in law.all_provisions if provision.needs_policy_document
    } == schedule1 | schedule8


def test_the_row_of_the_day_is_used(law: Law) -> None:
    before, after = law.provision("ART6_E", date(2026, 2, 4)), law.provision("ART6_E", date(2026, 2, 5))
    assert before is not None
    assert after is not None
    assert "2025" in after.citation
    assert "2025" not in before.citation
    assert law.provision("ART6_EA", date(2026, 2, 4)) is None


def test_a_public_body_is_not_offered_legitimate_interests(law: Law) -> None:
    public = {"ART6_A", "ART6_B", "ART6_C", "ART6_D", "ART6_E"}
    assert at_a("PUB", "L1", law) == public
    assert at_a("NON", "L1", law) == {"ART6_A", "ART6_B", "ART6_C", "ART6_D", "ART6_EA", "ART6_F"}
    assert at_a("LE", "L1", law) == public | {"LE_S35"}, "police outside their own purposes are a public body"


def test_the_duty_to_share_is_offered_only_within_its_scope(law: Law) -> None:
    started = law.for_us({"CA04_16LA": date(2026, 9, 30)})
    for in_scope in (True, False):
        assert ("CA04_16LA" in at_a("PUB", "L3", started, in_scope=in_scope)) is in_scope


def test_every_layer_has_something_to_choose(law: Law) -> None:
    for layer in Layer:
        assert any(provision.layer == layer for provision in law.all_provisions)


def test_every_row_of_a_bundle_is_there_in_date_and_open_to_whom_it_is_for(law: Law) -> None:
    for suggestion in law.combinations:
        assert suggestion.why.endswith(".")
        for code in suggestion.codes:
            provision = law.provision(code, TODAY) or (law.any_provision(code) if code in suggestion.duties else None)
            assert provision is not None, (suggestion.code, code)
            assert provision.in_force(TODAY) or not provision.on, (suggestion.code, code)
            sectors = suggestion.sectors or ("",)
            assert all(provision.open_to(kind, sector) for kind in suggestion.kinds for sector in sectors), (
                suggestion.code,
                code,
            )
        assert len({suggestion.code for suggestion in law.combinations}) == len(law.combinations)


def test_a_bundle_names_rows_of_the_layer_it_puts_them_in(law: Law) -> None:
    for suggestion in law.combinations:
        for layer, codes in (
            (Layer.L1, suggestion.l1),
            (Layer.ANNEX1, suggestion.annex1),
            (Layer.L2, suggestion.l2),
            (Layer.SCHEDULE1, suggestion.schedule1),
            (Layer.L3, suggestion.l3 + suggestion.recipient_functions),
            (Layer.L4, suggestion.l4),
        ):
            provisions = [law.any_provision(code) for code in codes]
            assert all(provision is not None and provision.layer == layer for provision in provisions), (
                suggestion.code,
                layer,
            )


def test_a_small_law_is_read() -> None:
    (provision,) = made().all_provisions
    assert isinstance(provision, Provision)
    assert provision.in_force(date(2020, 1, 1))
    assert not provision.in_force(date(2020, 1, 1) - timedelta(days=1))
    assert made().any_provision("TWO") is None


@pytest.mark.parametrize(
    ("change", "instead", "says"),
    [
        ('layer = "L1"', 'layer = "L9"', "layer"),
        ('kind = "basis"', 'kind = "basic"', "kind"),
        ('who = "ANY"', 'who = "ALL"', "who"),
        ('refused_ok = "yes"', 'refused_ok = "maybe"', "refused_ok"),
        ('refused_ok = "yes"', 'refused_ok = "if"', "refused_test"),
        ('confidence = "C"', 'confidence = "Z"', "confidence"),
        ("effective_from = 2020-01-01", 'effective_from = "2020-01-01"', "effective_from"),
        ("effective_from = 2020-01-01", "effective_from = 2020-01-01\neffective_to = 2019-12-31", "effective_to"),
        ('tests = ["Why?"]', 'tests = "Why?"', "tests"),
        ('tests = ["Why?"]', "tests = [1]", "tests"),
        ('source = "Seen"', 'source = "Seen"\non = "no"', "on has the wrong type"),
        ('source = "Seen"', 'source = "Seen"\ncolour = "red"', "colour"),
        ('source = "Seen"', "", "source"),
        ('source = "Seen"', "source = ", "Invalid value"),
    ],
)
def test_a_row_that_cannot_be_so_is_refused(change: str, instead: str, says: str) -> None:
    with pytest.raises(BadLaw, match=says):
        made(change, instead)


def test_two_rows_of_one_code_on_one_day_are_refused() -> None:
    with pytest.raises(BadLaw, match="two are in force"):
        made(more=ROW)


def test_a_combination_of_unknown_provisions_is_refused() -> None:
    with pytest.raises(BadLaw, match="TWO"):
        made(more='[[combination]]\ncode = "B"\nname = "B"\nwhy = "B."\nl1 = ["TWO"]\n')


@pytest.mark.parametrize("raw", [b"\xff", b"", b"version = 1\nchecked_on = 2026-01-01\n", b'version = "x"\n'])
def test_a_file_that_is_no_law_is_refused(raw: bytes) -> None:
    with pytest.raises(BadLaw):
        parse(raw)


def test_the_duty_to_report_fgm_says_whom_it_binds() -> None:
    """Female Genital Mutilation Act 2003 section 5B(2): a duty of the person, in a regulated profession."""
    provision = load().provision("FGMA03_5B", date(2026, 11, 22))
    assert provision is not None
    for words in (provision.short_name, provision.plain_english, provision.tests[0]):
        assert "health professional" in words
        assert "teacher" in words
    assert "you yourself" in provision.plain_english
    assert "social care worker in Wales" in provision.tests[0]
    for suggestion in load().combinations:
        if "FGMA03_5B" in suggestion.l3:
            assert suggestion.why.startswith("You are a health professional or a teacher")
