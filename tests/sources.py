"""The project's own files, each read and parsed once in a worker, for the tests that look at every one of them."""

import ast
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path


@cache
def text_of(path: Path) -> str:
    return path.read_text()


@cache
def parsed(path: Path) -> ast.Module:
    """Shared: to be looked at and not changed."""
    with _all_is_kept():
        return ast.parse(text_of(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of the file, as ast.walk gives them."""
    with _all_is_kept():
        return tuple(ast.walk(parsed(path)))


def statements_of(node: ast.AST) -> Iterator[ast.stmt]:
    """Every statement in it: most nodes of a file are parts of expressions."""
    for name in ("body", "orelse", "handlers", "finalbody", "cases"):
        for inner in getattr(node, name, ()):
            if isinstance(inner, ast.stmt):
                yield inner
            yield from statements_of(inner)


@contextmanager
def _all_is_kept() -> Iterator[None]:
    """Millions of nodes, and none of them is garbage: to look for some, now or later, doubles the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
