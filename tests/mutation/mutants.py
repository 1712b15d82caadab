"""Every condition of the rules, taken out in turn: a source text for each, and where it was."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

RULES = Path(__file__).parents[2] / "rules"
# Without rules of their own, and what the rules ask.
ASKED = ("agreement", "law", "people", "suggestions")
TRUE, FALSE = ast.Constant(value=True), ast.Constant(value=False)

Place = tuple[tuple[str, int | None], ...]
Taken = tuple[ast.AST, Callable[[], None]]  # what goes, and the doing of it


@dataclass(frozen=True)
class Mutant:
    """A module with one condition gone: where it stood, and the source without it."""

    module: str
    inside: str  # the function, or empty
    line: int
    kind: str
    what: str
    whole: str = field(repr=False)
    place: Place = field(repr=False)
    part: int
    number: int = 1  # of those called the same

    @property
    def name(self) -> str:
        """What it is called from run to run, whatever the line."""
        again = f" ({self.number})" if self.number > 1 else ""
        return f"{self.module}.{self.inside or 'RULES'}: {self.kind} taken out: {self.what}{again}"

    @property
    def source(self) -> str:
        tree = ast.parse(self.whole)
        _taken(_at(tree, self.place), self.kind, self.part)[1]()
        return ast.unparse(ast.fix_missing_locations(tree))

    def __str__(self) -> str:
        return f"{self.name} (line {self.line})"


def rule_modules() -> list[str]:
    """Those with rules in them, and those that the rules ask."""
    with_rules = (path.stem for path in sorted(RULES.glob("*.py")) if "\nRULES = (" in path.read_text())
    return [*with_rules, *ASKED]


@cache
def mutants(module: str) -> tuple[Mutant, ...]:
    """The mutants of one module, each with a name of its own."""
    made, seen = [], Counter[str]()
    for mutant in mutants_of(module, (RULES / f"{module}.py").read_text()):
        seen[mutant.name] += 1
        made.append(replace(mutant, number=seen[mutant.name]))
    return tuple(made)


def unchanged(module: str = "basis") -> Mutant:
    """A change that changes nothing: tests that fail for it would fail for any."""
    whole = (RULES / f"{module}.py").read_text() + "\nNOTHING = 1 if True else 0\n"
    return next(mutant for mutant in mutants_of(module, whole) if mutant.kind == "choice" and not mutant.inside)


def mutants_of(module: str, whole: str) -> Iterator[Mutant]:
    """A rule no longer asked, a condition always met, a guard taken away, one half of an "and" or an "or" left out."""
    tree = ast.parse(whole)
    for inside, place in _places(tree):
        node = _at(tree, place)
        for kind, part in _changes(node):
            gone = _taken(node, kind, part)[0]
            what = " ".join(ast.unparse(gone).split())
            yield Mutant(module, inside, getattr(gone, "lineno", 0), kind, what, whole, place, part)


def _places(node: ast.AST, inside: str = "", here: Place = ()) -> Iterator[tuple[str, Place]]:
    """Where each node is, so that a copy of the tree can be changed at the same place."""
    yield inside, here
    inside = node.name if isinstance(node, ast.FunctionDef) else inside
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield from _places(value, inside, (*here, (name, None)))
        elif isinstance(value, list):
            for index, child in enumerate(value):
                if isinstance(child, ast.AST):
                    yield from _places(child, inside, (*here, (name, index)))


def _at(tree: ast.AST, place: Place) -> ast.AST:
    for name, index in place:
        value = getattr(tree, name)
        tree = value if index is None else value[index]
    return tree


def _changes(node: ast.AST) -> list[tuple[str, int]]:
    """What can be taken out of one node: its kind, and which part."""
    if isinstance(node, ast.If):
        return [("guard" if _only_leaves(node) else "if", 0)]
    if isinstance(node, ast.IfExp):
        return [("choice", 0)]
    if isinstance(node, ast.BoolOp):
        return [("half", index) for index in range(len(node.values))]
    if isinstance(node, ast.comprehension):
        return [("filter", index) for index in range(len(node.ifs))]
    if _asks_each(node):
        return [("each", 0)]
    rules = _rules(node)
    return [("rule", index) for index in range(len(rules.elts))] if rules else []


def _only_leaves(node: ast.If) -> bool:
    leaves = isinstance(node.body[-1], ast.Return | ast.Continue)
    return leaves and not node.orelse and not any(isinstance(inner, ast.Yield) for inner in ast.walk(node))


def _asks_each(node: ast.AST) -> bool:
    """An any() or all() over a condition that is not in halves: those are taken out one by one."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"any", "all"}
        and isinstance(node.args[0], ast.GeneratorExp)
        and not isinstance(node.args[0].elt, ast.BoolOp)
    )


def _rules(node: ast.AST) -> ast.Tuple | None:
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and ast.unparse(node.targets[0]) == "RULES":
        return node.value
    return None


def _taken(node: ast.AST, kind: str, part: int) -> Taken:
    if isinstance(node, ast.If | ast.IfExp):
        return node.test, lambda: setattr(node, "test", FALSE if kind == "guard" else TRUE)
    if isinstance(node, ast.BoolOp):
        return node.values[part], lambda: node.values.__delitem__(part)
    if isinstance(node, ast.comprehension):
        return node.ifs[part], lambda: node.ifs.__delitem__(part)
    if isinstance(node, ast.Call) and isinstance(each := node.args[0], ast.GeneratorExp):
        return each.elt, lambda: setattr(each, "elt", TRUE)
    rules = _rules(node)
    if rules is None:
        raise TypeError(kind)
    return rules.elts[part], lambda: rules.elts.__delitem__(part)
