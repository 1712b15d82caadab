"""What is found by its signs is what Python reads."""

import ast
import io
import tokenize

import pytest

from tests.literals import comments, comments_and_docstrings, strings, words_of_code
from tests.sources import text_of
from tests.test_words import python_files, used_names

FILES = python_files("safeguarding")
Documented = ast.Module | ast.ClassDef | ast.FunctionDef


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_comment_is_found() -> None:
    for path in FILES:
        tokens = tokenize.generate_tokens(io.StringIO(text_of(path)).readline)
        expected = [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]
        assert list(comments(text_of(path))) == expected


def test_every_docstring_is_found() -> None:
    for path in FILES:
        found = {flat(text.strip('"')) for _, text in comments_and_docstrings(text_of(path))}
        nodes = (node for node in ast.walk(ast.parse(text_of(path))) if isinstance(node, Documented))
        docstrings = {flat(ast.get_docstring(node) or "") for node in nodes} - {""}
        assert docstrings <= found


def test_every_string_is_found() -> None:
    """Whole, or in the one of which Python makes parts; one in three quotes may be among the docstrings."""
    for path in FILES:
        text = text_of(path)
        found = [flat(each) for _, each in (*strings(text), *comments_and_docstrings(text))]
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\\" not in ascii(node.value):
                assert any(flat(node.value) in each for each in found), f"{path}:{node.lineno}"


def test_every_name_is_among_the_words_of_the_code() -> None:
    for path in FILES:
        assert {name for _, name in used_names(ast.walk(ast.parse(text_of(path))))} <= words_of_code(path)


@pytest.mark.parametrize(
    "text",
    [
        """a = "# no" # yes""",
        """a = '#' + "'" # yes""",
        """a = "\\\"#" # yes""",
        '''a = """\n# no "\n""" # yes''',
        """f(r'\\', # yes\n"#")""",
    ],
)
def test_comments_are_told_from_strings(text: str) -> None:
    assert [comment for _, comment in comments(text)] == ["# yes"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("""a = ("one "\n     f"two {x} "  'three')""", ["one two {x} three"]),
        ("""a = "one", "two" + r'three'""", ["one", "two", "three"]),
        (r"""a = "one\ntwo\"s" """, ['one\ntwo"s']),
        ('def f():\n    """No."""\n    return """yes"""', ["yes"]),
        ('a = ""\nb = "yes"  # "no"', ["", "yes"]),
    ],
)
def test_strings_that_python_puts_together_are_one(text: str, expected: list[str]) -> None:
    assert [each for _, each in strings(text)] == expected
