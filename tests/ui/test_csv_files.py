"""Whatever file is chosen is read as it was meant, or refused with what to do."""

import pytest

from ui.csv_files import NotReadable, is_formula, read_table, unwrapped


def read(content: bytes, most_bytes: int = 10_000, most_rows: int = 10) -> list[tuple[str, ...]]:
    table = read_table(content, most_bytes=most_bytes, most_rows=most_rows)
    return [table.headings, *(line.cells for line in table.lines)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_letters_marks_and_ends_of_lines(encoding: str, mark: str, end: str) -> None:
    text = end.join([f"Name{mark}Town", f"Zoë{mark}Llŷn" if encoding.startswith("utf") else f"Zoë{mark}Fowey", ""])
    assert read(text.encode(encoding))[1][0] == "Zoë"


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    table = read_table(b'Title\n\nA,B\n1,"two\nlines"\n\n3,4\n', most_bytes=100, most_rows=9)
    assert [line.number for line in table.lines] == [4, 6]
    assert table.lines[0].cells == ("1", "two\nlines")


def test_every_heading_has_its_own_name() -> None:
    assert read(b"Name,,Name\nx,y,z\n")[0] == ("Name (column 1)", "Column 2", "Name (column 3)")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no rows"), (b"\n\n", "no rows"), (b"A,B\n", "no rows"), (b"A\n1\n", "only one column"),
        (b"PK\x03\x04rest", "not a CSV file"), (b"%PDF-1.7", "not a CSV file"), (b"A,B\n\x00,1\n", "not a CSV file"),
        (b"\xd0\xcf\x11\xe0", "not a CSV file"), (b"A,B\n\x81,\x8d\n", "cannot be read"),
        ("A,B\nZoë,1\n".encode() + "Zoë,2\n".encode("cp1252"), "cannot be read"), (b"\xff\xfeA", "cannot be read"),
        (b'A,B\n"1,2\n3,4\n', "Row 2 has a quotation mark"), (b"A,B\n" + b"1,2\n" * 11, "11 rows: the most is 10"),
        (b"A,B\n" + b"1" * 10_000, "too large"), (b",".join([b"x"] * 101) + b"\n1,2\n", "101 columns"),
        (b'A,B\n"' + b"x" * 9_000 + b'",1\n"y"z,2\n', "Row 3 has a quotation mark"),
    ],
)  # fmt: skip
def test_files_that_are_refused(content: bytes, why: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read(content)
    assert why in refused.value.message


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-2+3", "+a", "+1;cmd"])
def test_formulas(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize("cell", ["+44 7700 900100", "07700-900100", "Smith-Jones", "", "1=1"])
def test_no_formulas(cell: str) -> None:
    assert not is_formula(cell)


@pytest.mark.parametrize(("cell", "says"), [('="007"', "007"), ("'+44 1", "+44 1"), ("'tHooft", "'tHooft"), ("x", "x")])
def test_what_kept_a_spreadsheet_from_changing_a_cell_is_taken_away(cell: str, says: str) -> None:
    assert unwrapped(cell) == says
