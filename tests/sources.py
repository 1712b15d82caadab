"""The project's own files, each read and parsed once in a worker, for the tests that look at every one of them."""

import ast
import gc
from functools import cache
from pathlib import Path


@cache
def text_of(path: Path) -> str:
    return path.read_text()


@cache
def parsed(path: Path) -> ast.Module:
    """Shared: to be looked at and not changed."""
    return ast.parse(text_of(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of the file, as ast.walk gives them."""
    # All of it is kept: to look for garbage in it meanwhile doubles the time.
    gc.disable()
    try:
        return tuple(ast.walk(parsed(path)))
    finally:
        gc.enable()
