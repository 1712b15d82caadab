"""The pages of a chain as `audit.composed_verification` finds them: here, or in processes beside this one."""

from collections import deque
from collections.abc import Collection, Generator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from audit import composed
from audit.checkpointing import MADE
from audit.composed_verification import Follower, Verified, verified
from audit.reading import Chain

# A page or None where it is to be read by rows; after which number it begins, and its last.
Page = tuple[Verified | None, int, int]
Begun = Future[Verified | None] | None
# A process was killed, or none can be started. What it had is read by rows, which takes longer.
GONE = (OSError, RuntimeError)
# Fewer are verified before a process has started.
MANY = 50_000
WAITING = 3


def verified_pages(chain: Chain, disposed: Collection[int], processes: int) -> Generator[Page, None, None]:
    """In so many processes where that is worth it. Each page is verified on its own; whoever asked joins them."""
    if processes > 1 and chain.count > MANY:
        yield from _in_processes(chain, disposed, processes)
        return
    follower = Follower(chain.organisation, MADE, disposed)
    for page, after, last in composed.pages(chain, follower.follow):
        yield (follower.page() if page else None), after, last
        follower.begin(last)


def _in_processes(chain: Chain, disposed: Collection[int], processes: int) -> Generator[Page, None, None]:
    """This process reads and joins. The others are started anew, so that none has its connection to the database."""
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    waiting = deque[tuple[Begun, int, int]]()
    try:
        for lines, after, last in composed.whole_pages(chain):
            here = frozenset(number for number in disposed if after < number <= last)
            waiting.append((_begun(pool, chain.organisation, MADE, here, max(after, 0), lines), after, last))
            if len(waiting) > WAITING * processes:
                yield _ended(*waiting.popleft())
        while waiting:
            yield _ended(*waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _begun(pool: ProcessPoolExecutor, *page: Any) -> Begun:
    try:
        return pool.submit(verified, *page)
    except GONE:
        return None


def _ended(begun: Begun, after: int, last: int) -> Page:
    try:
        return (begun.result() if begun else None), after, last
    except GONE:
        return None, after, last
