"""The verifier reads files of entries in one go, and beside each other: it says the same as line by line."""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO

import pytest

from audit.evidence import verify
from audit.tlog.tree import root_of
from tests.audit.evidence_files import KINDS, evidence_files, files_of, fingerprint, random_mutants, result_of, zipped

on_sqlite = [pytest.mark.django_db, pytest.mark.sqlite]


@contextmanager
def ended() -> Iterator[Executor]:
    """Takes no work any more, as where a process was killed."""
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    yield pool


def with_workers(evidence: bytes, workers: Executor) -> tuple[int, str]:
    return verify.result_of(verify.files_of_zip(BytesIO(evidence)), fingerprint(), is_zip=True, workers=workers)


class TestReading:
    pytestmark = on_sqlite

    @pytest.mark.parametrize("name", ["whole", "part", "end"])
    def test_what_is_found_at_once_is_what_is_found_line_by_line(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        evidence = evidence_files()[name]
        mutants = [evidence, *(zipped(change(files_of(evidence))) for change in KINDS.values())]
        mutants += [mutant for of, mutant in random_mutants(90, seed=7) if of == name]
        at_once = [result_of(mutant, fingerprint()) for mutant in mutants]
        monkeypatch.setattr(verify, "whole", lambda *_: None)
        assert at_once == [result_of(mutant, fingerprint()) for mutant in mutants]

    def test_the_whole_log_is_never_read_line_by_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verify.Chain, "feed", lambda *_: pytest.fail("a file was read line by line"))
        assert result_of(evidence_files()["whole"], fingerprint())[0] == 0

    @pytest.mark.parametrize("pool", [lambda: ThreadPoolExecutor(3), lambda: ProcessPoolExecutor(2), ended])
    def test_workers_change_nothing_of_what_is_said(self, pool: type[ThreadPoolExecutor]) -> None:
        evidence = evidence_files()["whole"]
        with pool() as workers:
            for change in (lambda files: files, KINDS["byte"], KINDS["removed"], KINDS["cut"]):
                altered = zipped(change(files_of(evidence)))
                assert with_workers(altered, workers) == result_of(altered, fingerprint())

    def test_a_large_bundle_gets_workers_and_a_small_one_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("os.cpu_count", lambda: 2)
        with verify.helpers(verify.LARGE) as none, verify.helpers(verify.LARGE + 1) as some:
            assert none is None
            assert isinstance(some, ProcessPoolExecutor)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21, 64, 65])
def test_parts_of_the_tree_come_together_wherever_it_is_divided(size: int) -> None:
    hashes = [sha256(bytes([number])).digest() for number in range(size)]
    for middle in range(size):
        chain = verify.Chain()
        for first, neighbours in ((0, hashes[:middle]), (middle, hashes[middle:])):
            for height, part in verify.parts_of(first, list(neighbours)):
                chain.push(height, part)
        assert (chain.place, chain.root()) == (size, root_of(hashes))
