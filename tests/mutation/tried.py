"""Which rules were tried as they are: `module digest`, one to a line, written when every condition of it was missed."""

import ast
import io
import tokenize
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from tests.mutation.mutants import RULES, rule_modules

FILE = Path(__file__).with_name("tried.txt")


def as_it_is(source: str) -> str:
    """The same for two sources that differ in comments, docstrings and lines alone, whichever Python reads them."""
    lines = source.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            (row, column), (_, end) = token.start, token.end
            lines[row - 1] = lines[row - 1][:column] + lines[row - 1][end:]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            first = node.body[0]
            lines[first.lineno - 1 : first.end_lineno] = [""] * len(lines[first.lineno - 1 : first.end_lineno])
    return sha256(" ".join("".join(lines).split()).encode()).hexdigest()[:16]


def changed_since() -> list[str]:
    """Modules of which some condition was not tried as it is now."""
    known = dict(line.split() for line in FILE.read_text().splitlines())
    return [module for module in rule_modules() if known.get(module) != _now(module)]


def write_down(modules: Iterable[str]) -> None:
    known = dict(line.split() for line in FILE.read_text().splitlines()) if FILE.exists() else {}
    known |= {module: _now(module) for module in modules}
    FILE.write_text("".join(f"{module} {known[module]}\n" for module in sorted(known) if module in rule_modules()))


def _now(module: str) -> str:
    return as_it_is((RULES / f"{module}.py").read_text())
