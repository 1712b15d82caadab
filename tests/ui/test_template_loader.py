"""Templates without their indentation: the same lines, and nothing else of the text."""

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
NAME = "decisions/detail.html"


def source(name: str) -> str:
    return str(get_template(name).template.source)  # type: ignore[attr-defined]  # Django's own backend


def test_a_template_has_its_lines_and_no_indentation() -> None:
    written = (ROOT / "templates" / NAME).read_text()
    assert re.search(r"\n +<", written)
    assert source(NAME).split("\n") == [line.lstrip() for line in written.split("\n")]


def test_an_error_names_the_line_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<p>\n    <b>\n        {% nothing %}\n    </b>\n</p>\n")
    engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own backend
    [cached] = engine.template_loaders
    loader = type(cached.loaders[0])(engine, [tmp_path])
    with pytest.raises(TemplateSyntaxError) as refused:
        loader.get_template("wrong.html")
    assert refused.value.token.lineno == 3  # type: ignore[attr-defined]  # set by the parser


def test_no_style_shows_the_line_breaks_of_a_template() -> None:
    """`pre-line` and its like would: the formatter breaks lines where white space shows nothing else."""
    assert not re.search(r"white-space:\s*pre", (ROOT / "static" / "app.css").read_text())
