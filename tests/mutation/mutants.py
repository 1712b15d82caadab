"""Every condition of the rules, taken out in turn: a source text for each, and where it was."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RULES = Path(__file__).parents[2] / "decisions" / "rules"
TRUE, FALSE = ast.Constant(value=True), ast.Constant(value=False)


@dataclass(frozen=True)
class Mutant:
    module: str
    line: int
    what: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}: {self.what}"


def rule_modules() -> list[str]:
    """Those with rules in them, and the two that the rules ask about people."""
    with_rules = [path.stem for path in sorted(RULES.glob("*.py")) if "\nRULES = (" in path.read_text()]
    return [*(name for name in with_rules if name != "assess"), "agreement", "people"]


def mutants(module: str) -> Iterator[Mutant]:
    """A rule no longer asked, a condition always met, a guard taken away, one half of an "and" or an "or" left out."""
    tree = ast.parse((RULES / f"{module}.py").read_text())
    for path in _paths(tree):
        yield from (_made(module, tree, path, change) for change in _changes(_at(tree, path)))


Path_ = tuple[tuple[str, int | None], ...]


def _paths(node: ast.AST, here: Path_ = ()) -> Iterator[Path_]:
    """Where each node is, so that a copy of the tree can be changed at the same place."""
    yield here
    for name, value in ast.iter_fields(node):
        children = value if isinstance(value, list) else [value]
        for index, child in enumerate(children):
            if isinstance(child, ast.AST):
                yield from _paths(child, (*here, (name, index if isinstance(value, list) else None)))


def _at(tree: ast.AST, path: Path_) -> ast.AST:
    for name, index in path:
        value = getattr(tree, name)
        tree = value if index is None else value[index]
    return tree


def _changes(node: ast.AST) -> Iterator[tuple[str, int]]:
    """What can be taken out of one node: its name, and which part."""
    if isinstance(node, ast.If):
        yield ("guard" if _only_leaves(node) else "if", 0)
    elif isinstance(node, ast.BoolOp):
        yield from (("half", index) for index in range(len(node.values)))
    elif isinstance(node, ast.comprehension):
        yield from (("filter", index) for index in range(len(node.ifs)))
    elif isinstance(node, ast.Assign) and _is_rules(node) and isinstance(node.value, ast.Tuple):
        yield from (("rule", index) for index in range(len(node.value.elts)))


def _only_leaves(node: ast.If) -> bool:
    leaves = (ast.Return, ast.Continue)
    return not node.orelse and isinstance(node.body[-1], leaves) and not any(isinstance(n, ast.Yield) for n in ast.walk(node))


def _is_rules(node: ast.Assign) -> bool:
    return isinstance(node.targets[0], ast.Name) and node.targets[0].id == "RULES"


def _made(module: str, tree: ast.Module, path: Path_, change: tuple[str, int]) -> Mutant:
    mutated = copy.deepcopy(tree)
    node, (kind, index) = _at(mutated, path), change
    line, said = getattr(node, "lineno", 0), ""
    if isinstance(node, ast.If):
        said, node.test = ast.unparse(node.test), FALSE if kind == "guard" else TRUE
    elif isinstance(node, ast.BoolOp):
        gone = node.values.pop(index)
        line, said = gone.lineno, ast.unparse(gone)
    elif isinstance(node, ast.comprehension):
        gone = node.ifs.pop(index)
        line, said = gone.lineno, ast.unparse(gone)
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
        gone = node.value.elts.pop(index)
        line, said = gone.lineno, ast.unparse(gone)
    return Mutant(module, line, f"{kind} taken out: {said}", ast.unparse(ast.fix_missing_locations(mutated)))
