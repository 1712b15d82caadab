"""The files of `audit.export`, the same to the byte, from the lines that PostgreSQL copies."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from audit import composed, leaves, reading
from audit.copied_lines import AFTER, NULL, entry, json_of, leaf, meant, moment, unescaped
from audit.csv_cells import csv_cell, in_quotes
from audit.reading import Chain

ByRows = Callable[[Sequence[leaves.Row], bool], str]
# How many entries, and their text.
Chunks = Iterator[tuple[int, str]]


def json_lines(chain: Chain, values: bool, by_rows: ByRows) -> Chunks:  # noqa: FBT001 - as in the table of the formats
    def line(text: str) -> str:
        return _json_line(chain.organisation, text, values)

    for lines, after, last in composed.pages(chain, line):
        if lines is None:
            yield from _read_by_rows(chain, after, last, values, by_rows)
        else:
            yield len(lines), "".join(lines)


def _read_by_rows(chain: Chain, after: int, last: int, values: bool, by_rows: ByRows) -> Chunks:  # noqa: FBT001
    for page in reading.pages(Chain(chain.organisation, last, chain.count), after=after):
        yield len(page), by_rows(page, values)


def _json_line(organisation: int, line: str, values: bool) -> str:  # noqa: FBT001
    seq, at, prev_hash, content_hash, entry_hash, _, shown, named, nonces, digests = entry(line)
    unquoted = prev_hash + content_hash + entry_hash + nonces
    if "\\" in unquoted or '"' in nonces:
        raise ValueError("A hash or a nonce is none.")
    if named:
        shown += f",{','.join(_values(named, nonces, digests, values))}"
    return (
        f'{{"v":"{leaves.VERSION}","organisation":{organisation},"seq":{seq},"recorded_at":"{at}",'
        f'"prev_hash":"{prev_hash}","content_hash":"{content_hash}","entry_hash":"{entry_hash}","leaves":[{shown}]}}\n'
    )


def _values(named: list[tuple[str, Any]], nonces: str, digests: str, values: bool) -> Iterator[str]:  # noqa: FBT001
    """Each leaf after the envelope, or its digest."""
    for place, (name, value) in enumerate(named, start=1):
        nonce = nonces[leaves.NONCE * place : leaves.NONCE * (place + 1)]
        if values and nonce != leaves.BLANKED:
            yield leaf(nonce, name, value)
        else:
            yield f'"{digests[leaves.DIGEST * place : leaves.DIGEST * (place + 1)]}"'


def csv_lines(chain: Chain, values: bool, by_rows: ByRows) -> Chunks:  # noqa: FBT001
    organisation = csv_cell(str(chain.organisation))

    def line(text: str) -> str:
        return _csv_line(organisation, text, values)

    for lines, after, last in composed.pages(chain, line):
        if lines is None:
            yield from _read_by_rows(chain, after, last, values, by_rows)
        else:
            yield len(lines), "".join(lines)


def _csv_line(organisation: str, line: str, values: bool) -> str:  # noqa: FBT001
    """Times, hashes and JSON of ours are cells as they are; what else was entered may need more."""
    head, happened, at, prev_hash, content_hash, entry_hash, changes, details, _, _, serialized = line.rsplit(
        "\t", len(AFTER)
    )
    seq, _, email, actor, _, cid, _, event, _, key, reference, address, _, subject = head.split("\t")
    hashes = f"{prev_hash},{content_hash},{entry_hash}"
    if serialized != NULL or NULL in (event, reference, subject) or not hashes.replace(",", "").isalnum():
        raise ValueError("A column holds what is not written by us.")
    names = " ".join([*sorted(json_of(changes)), *sorted(json_of(details))])
    shown = f"{_json_cell(changes)},{_json_cell(details)}," if values else ""
    return (
        f"{organisation},{csv_cell(seq)},{moment(at)},{moment(happened)},{_cell(event)},"
        f"{'' if actor == NULL else csv_cell(actor)},{_entered(email)},{_cell(subject)},{_entered(key)},"
        f"{_cell(reference)},{_entered(cid)},{'' if address == NULL else address},{csv_cell(names)},{shown}{hashes}\r\n"
    )


def _cell(column: str) -> str:
    return csv_cell(meant(column) if "\\" in column else column)


def _entered(column: str) -> str:
    return "" if column == NULL else _cell(column[1:])


def _json_cell(column: str) -> str:
    if column == "{}":
        return column
    if column[:1] != "{":
        raise ValueError("It is no mapping.")
    return in_quotes(unescaped(column))
