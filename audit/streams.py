"""A file that is sent in chunks, and what is entered of how that ended."""

from collections.abc import Callable, Iterable, Iterator
from typing import Self

from audit import ledger


class Sent(Iterator[bytes]):
    """The chunks. Once, `enter` is told whether all of them were read; also where nobody ever read the first.

    The response is already sent by then, or the client is gone; what is entered still has the request's id.
    """

    def __init__(self, chunks: Iterable[bytes], enter: Callable[[bool], None]) -> None:
        self._chunks, self._enter = iter(chunks), enter
        self._request = ledger.current_request() or ledger.Request()
        self._is_over = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if self._is_over:
            raise StopIteration
        try:
            return next(self._chunks)
        except BaseException as error:
            self._end(complete=isinstance(error, StopIteration))
            raise

    def close(self) -> None:
        """Called by the server at the end of every response, whatever became of it."""
        if not self._is_over:
            self._end(complete=False)

    def _end(self, *, complete: bool) -> None:
        self._is_over = True
        with ledger.within(self._request):
            self._enter(complete)
