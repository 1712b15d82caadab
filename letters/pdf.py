"""A letter as a tagged PDF (PDF/UA-1). The same content gives the same bytes: no clock, no font of the machine."""

import json
from functools import cache
from importlib import metadata
from pathlib import Path

import typst

from letters.content import Content

HERE = Path(__file__).resolve().parent
TEMPLATE, FONTS = HERE / "typesetting" / "letter.typ", HERE / "fonts"
CANNOT_SHOW = "could not be displayed"


class NotInFont(ValueError):
    """The letter has a character that the font cannot show."""


def pdf_of(content: Content) -> bytes:
    return typeset(TEMPLATE, letter=content)


def typeset(template: Path, **content: Content) -> bytes:
    """Raises NotInFont where a character cannot be shown: a letter with holes would be none."""
    try:
        made: bytes = typst.compile(
            template,
            root=template.parent,
            format="pdf",
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={name: json.dumps(value) for name, value in content.items()},
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        if CANNOT_SHOW in str(error):
            raise NotInFont from error
        raise
    return made


@cache
def made_with() -> str:
    return f"typst {metadata.version('typst')}"
