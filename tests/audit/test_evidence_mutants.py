"""Nothing in a bundle can be altered unseen, by somebody without our key; and an untouched one is verified."""

from collections.abc import Callable

import pytest

from tests.audit import verifier_from_the_document as by_document
from tests.audit.evidence_files import (
    KINDS,
    Files,
    evidence_files,
    files_of,
    fingerprint,
    random_mutants,
    result_of,
    signed_again,
    with_sums,
    zipped,
)
from tests.in_turn import in_turn

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
AT_ENTRY = ("byte", "removed", "inserted", "reordered", "line endings", "unicode", "unicode form", "space", "time")


@pytest.mark.parametrize("name", ["whole", "part", "end"])
def test_an_untouched_one_is_verified(name: str) -> None:
    evidence = evidence_files()[name]
    assert zipped(files_of(evidence)) == evidence
    assert result_of(evidence)[:1] == (0,)
    assert result_of(evidence)[1].startswith("VERIFIED, signer not checked\n")
    code, said = result_of(evidence, fingerprint())
    assert (code, said.split("\n")[0]) == (0, "VERIFIED")
    assert by_document.verifies(evidence, fingerprint())


def as_it_is(files: Files) -> Files:
    return files


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("forged", [as_it_is, with_sums, signed_again])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_alteration_is_found(kind: str, forged: Callable[[Files], Files]) -> None:
    for name, evidence in evidence_files().items():
        altered = zipped(KINDS[kind](files_of(evidence)))
        if altered == evidence:
            assert name != "whole"
            continue
        code, said = result_of(zipped(forged(KINDS[kind](files_of(evidence)))), fingerprint())
        assert code in {1, 2}, (name, said)
        assert said.startswith({1: "ALTERED at ", 2: "INCOMPLETE: "}[code])
        assert not by_document.verifies(zipped(forged(KINDS[kind](files_of(evidence)))), fingerprint())
        if kind in AT_ENTRY:
            assert said.startswith("ALTERED at entry "), (name, said)


def test_the_first_entry_that_is_altered_is_named() -> None:
    whole = files_of(evidence_files()["whole"])
    assert result_of(zipped(KINDS["removed"](whole)))[1].startswith("ALTERED at entry 4 of organisation 7: ")
    assert result_of(zipped(KINDS["byte"](whole)))[1] == (
        "ALTERED at entry 7 of organisation 7: its fields are not what was written"
    )
    assert result_of(zipped(KINDS["cut"](whole))) == (2, "INCOMPLETE: the entries of organisation 7 end after 16")


def test_one_signed_again_is_told_from_ours_by_the_key_alone() -> None:
    forged = zipped(signed_again(files_of(evidence_files()["whole"])))
    assert result_of(forged)[1].startswith("VERIFIED, signer not checked\n")
    code, said = result_of(forged, fingerprint())
    assert (code, said) == (1, f"ALTERED at entry 1: this is not signed by the key {fingerprint()}")


def test_a_zip_file_that_is_cut_off_is_incomplete() -> None:
    whole = evidence_files()["whole"]
    for length in (0, 20, len(whole) // 2, len(whole) - 1):
        assert result_of(whole[:length])[0] == 2, length


def test_random_mutants_are_found_by_both_verifiers() -> None:
    tried, key = 0, fingerprint()
    for name, mutant in in_turn(random_mutants(500, seed=13), 4):
        assert result_of(mutant, key)[0] in {1, 2}, name
        assert not by_document.verifies(mutant, key), name
        tried += 1
    assert tried > 100
