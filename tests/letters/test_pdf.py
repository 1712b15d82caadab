"""The PDF of a letter can be read by a screen reader, and nothing in it is markup or of this machine."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from letters.pdf import NotInFont, pdf_of
from rules.explanation.versions import Layout

PIECES = ["#panic() *bold* _it_ [x] $x$ <y> @z // \\", "Seán Ó Dálaigh, Łucja, Ŵyn, Іван, محمد"]


def content(**changed: Any) -> dict[str, Any]:
    blocks = [{"text": text} for text in PIECES] + [{"list": ["One", "Two"]}]
    sections = [{"heading": "", "blocks": blocks}, {"heading": "Why we did this", "blocks": [{"text": "To help."}]}]
    letter = {"title": "What we shared", "author": "Northmere", "language": "en", "layout": "standard"}
    return {**letter, "sections": sections, **changed}


def catalogue(made: bytes) -> Any:
    return PdfReader(io.BytesIO(made)).trailer["/Root"]


def tags(node: Any) -> list[str]:
    """Every kind of structure element, in order of reading."""
    found = [str(node["/S"])] if "/S" in node else []
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        got = child.get_object() if hasattr(child, "get_object") else child
        found += tags(got) if hasattr(got, "keys") and ("/S" in got or "/K" in got) else []
    return found


def test_it_is_tagged_and_says_its_language_and_title() -> None:
    made = pdf_of(content())
    root = catalogue(made)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert PdfReader(io.BytesIO(made)).metadata.title == "What we shared"  # type: ignore[union-attr]
    found = tags(root["/StructTreeRoot"])
    assert [tag for tag in found if tag in {"/H1", "/H2", "/L"}] == ["/H1", "/L", "/H2"]
    assert found.count("/P") >= 3
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_what_was_typed_is_text_and_never_markup() -> None:
    text = PdfReader(io.BytesIO(pdf_of(content()))).pages[0].extract_text()
    for words in ("#panic()", "*bold*", "_it_", "$x$", "@z", "Łucja", "Ŵyn", "Іван"):
        assert words in text


@pytest.mark.parametrize("layout", Layout)
def test_twice_the_same_bytes_and_no_time_in_them(layout: Layout) -> None:
    first, second = pdf_of(content(layout=str(layout))), pdf_of(content(layout=str(layout)))
    assert first == second
    assert b"CreationDate" not in first
    assert b"ModDate" not in first
    assert b"xmp:CreateDate" not in first


def test_large_print_is_larger() -> None:
    many = [{"heading": "", "blocks": [{"text": "A sentence of some length about what was shared. " * 4}] * 12}]
    pages = [len(PdfReader(io.BytesIO(pdf_of(content(layout=layout, sections=many)))).pages) for layout in Layout]
    assert pages[1] > pages[2] >= pages[0]


def test_only_the_font_that_is_shipped_is_in_it() -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in PdfReader(io.BytesIO(pdf_of(content()))).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert all(font.startswith("DejaVuSans") for font in fonts)


@pytest.mark.parametrize("language", ["cy", "ar", "pl", "uk"])
def test_its_language_is_that_of_its_words(language: str) -> None:
    assert catalogue(pdf_of(content(language=language)))["/Lang"] == language


@pytest.mark.parametrize("words", ["漢字", "ภาษาไทย", "😷 and more 🦺"])
def test_a_character_that_it_cannot_show_is_refused(words: str) -> None:
    with pytest.raises(NotInFont):
        pdf_of(content(title=words))
