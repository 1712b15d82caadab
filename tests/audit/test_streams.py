"""How a file that is sent in chunks ended is entered once, whatever becomes of it."""

from collections.abc import Iterator

import pytest

from audit import ledger
from audit.streams import Sent


def chunks(number: int, *, fails: bool = False) -> Iterator[bytes]:
    for _ in range(number):
        yield b"row"
    if fails:
        raise RuntimeError("The database is gone")


@pytest.mark.parametrize(
    ("read", "entered"), [(0, [False]), (1, [False]), (3, [False]), (4, [True]), (5, [True])]
)  # fmt: skip
def test_it_is_complete_once_the_end_was_read(read: int, entered: list[bool]) -> None:
    """Four times asked for three chunks: the end."""
    found: list[bool] = []
    sent = Sent(chunks(3), found.append)
    assert [next(sent, None) for _ in range(read)] == [b"row", b"row", b"row", None, None][:read]
    sent.close()
    sent.close()
    assert found == entered


def test_what_fails_is_not_complete() -> None:
    found: list[bool] = []
    sent = Sent(chunks(2, fails=True), found.append)
    with pytest.raises(RuntimeError):
        list(sent)
    sent.close()
    assert (found, list(sent)) == ([False], [])


def test_what_is_entered_belongs_to_the_request_that_asked() -> None:
    request, seen = ledger.Request(address="192.0.2.9"), list[ledger.Request | None]()
    with ledger.within(request):
        sent = Sent(chunks(1), lambda _: seen.append(ledger.current_request()))
    sent.close()
    assert seen == [request]
