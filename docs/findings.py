"""Write docs/findings.md: every finding of the rules, with what it rests on.

.venv/bin/python docs/findings.py
"""
# ruff: noqa: INP001  (a script, not a package)

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "findings.md"
CODES = ROOT / "rules" / "data" / "finding_codes.txt"
INTRO = """# The findings

Made by `.venv/bin/python docs/findings.py` from `rules/finding_types_*.py`, `rules/finding_sources.py` and
`rules/data/finding_codes.txt`: change them there, not here. {count} findings, of which {blocking} block recording; the
others are shown to the supervisor.

A *code* is for other systems ([assess.md](assess.md)) and is never used again for another finding: one that is given up
moves to the list at the end. *Fact* is the field of the facts that it is about. *Sure*: C confirmed in a source, P
partly, K general knowledge, N a rule of our own, or a source that was looked for and not found.

What blocks is mostly refused by its page. A warning is shown on its page as soon as that is saved, and holds nobody up;
these are said at Check and in review alone:

{at_check}
"""
HEADS = ("code", "blocks", "page", "what the person is told", "fact", "rests on", "sure")


def page() -> str:
    """The whole page."""
    from rules.findings import FINDING_TYPES  # noqa: PLC0415  (after the path is set)

    blocking = sum(kind.severity == "blocks" for kind in FINDING_TYPES.values())
    given_up = [f"- `{code}`: {why}" for code, why in codes_ever().items() if why] or ["None."]
    return "\n".join(
        [
            INTRO.format(count=len(FINDING_TYPES), blocking=blocking, at_check="\n".join(_at_check())),
            *_table(),
            "",
            "## No longer used",
            "",
            *given_up,
            "",
        ]
    )


def _at_check() -> Iterator[str]:
    """The warnings that are not shown on their page, by why."""
    from rules.finding_type import REASONS_AT_CHECK  # noqa: PLC0415
    from rules.findings import FINDING_TYPES  # noqa: PLC0415

    for reason in REASONS_AT_CHECK:
        codes = sorted(code for code, kind in FINDING_TYPES.items() if kind.only_at_check == reason)
        yield f"- {reason}: {', '.join(f'`{code}`' for code in codes)}"


def codes_ever() -> dict[str, str]:
    """Every code that a finding has had, and why it was given up where it was."""
    lines = (line.partition(": ") for line in CODES.read_text().splitlines() if line and not line.startswith("#"))
    return {code: why for code, _, why in lines}


def _table() -> Iterator[str]:
    from rules.finding_sources import FINDING_SOURCES  # noqa: PLC0415  (after the path is set)
    from rules.findings import FINDING_TYPES, PAGES  # noqa: PLC0415

    yield _line(HEADS)
    yield _line(["---"] * len(HEADS))
    for code, kind in sorted(FINDING_TYPES.items(), key=lambda entry: (PAGES.index(entry[1].page), entry[0])):
        source = FINDING_SOURCES[code]
        cells = (f"`{code}`", "yes" if kind.severity == "blocks" else "no", kind.page.replace("_", " "), kind.message)
        yield _line((*cells, f"`{source.path}`", source.citation.text, source.citation.confidence))


def _line(cells: "tuple[str, ...] | list[str]") -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def main() -> None:
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
