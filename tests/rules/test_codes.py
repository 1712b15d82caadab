"""The code lists are closed, short to read, and the same wherever they are kept."""

import pytest

from rules import codes
from rules.codes import Code, Consent, Level
from rules.law_files import load
from rules.organisations import OrganisationKind, Sector

LISTS = [one for one in vars(codes).values() if isinstance(one, type) and issubclass(one, Code) and one is not Code]


@pytest.mark.parametrize("one", LISTS)
def test_labels_are_short_plain_words(one: type[Code]) -> None:
    for code, label in one.choices():
        assert type(code) is str
        assert 0 < len(label) <= 80
        assert not label.endswith(".")
        assert code not in label.split() or code.islower()
    assert len({label for _, label in one.choices()}) == len(one)


def test_a_code_is_its_text_and_knows_its_words() -> None:
    assert Consent("REFUSED") == "REFUSED"
    assert Consent.REFUSED.label == "Consent refused"
    assert Consent.label_of("REFUSED") == "Consent refused"
    assert Consent.label_of("GONE") == "GONE"


def test_every_consent_state_is_placed_once() -> None:
    assert len(Consent) == 15
    rest = {Consent.UNKNOWN, Consent.NOT_NEEDED_ANON}
    groups = [codes.WITHOUT_AGREEMENT, codes.AGREED, codes.CANNOT_DECIDE, rest]
    assert frozenset().union(*groups) == frozenset(Consent)
    assert sum(len(group) for group in groups) == len(Consent)


def test_every_outcome_is_shared_or_asks_what_is_done_instead() -> None:
    assert frozenset(codes.Outcome) == codes.SHARED | codes.NEEDS_INSTEAD
    assert not codes.SHARED & codes.NEEDS_INSTEAD


def test_the_law_knows_the_kinds_and_sectors_of_organisations() -> None:
    for suggestion in load().combinations:
        assert set(suggestion.kinds) <= set(OrganisationKind)
        assert set(suggestion.sectors) <= set(Sector)
        assert set(suggestion.triggers) <= set(codes.Trigger)
        assert set(suggestion.levels) <= {*Level, ""}
    for row in load().all_provisions:
        assert set(row.function_of) <= set(Sector)
