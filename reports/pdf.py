"""A pack as a tagged PDF (PDF/UA-1), by the same typesetter and font as letters."""

from pathlib import Path

from letters.pdf import typeset
from reports.pack import Block

TEMPLATE = Path(__file__).resolve().parent / "typesetting" / "pack.typ"


def pdf_of(pack: Block) -> bytes:
    """Raises NotInFont where a name has a character that the font cannot show."""
    return typeset(TEMPLATE, pack=pack)
