"""The bytes of a letter, from its content, in either format."""

import hashlib

from django.template.loader import render_to_string

from letters.content import Content
from letters.models import LetterMade
from letters.pdf import pdf_of


def bytes_of(content: Content, output_format: str) -> bytes:
    """The same content gives the same bytes. Raises NotInFont where a PDF cannot show a character."""
    if output_format == LetterMade.Format.PDF:
        return pdf_of(content)
    return render_to_string("letters/_letter.html", {"letter": content}).encode()


def sha256_of(made: bytes) -> str:
    return hashlib.sha256(made).hexdigest()
