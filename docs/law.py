"""Makes docs/law.md from the version of the law in use, so that a lawyer reads what the site reads.

.venv/bin/python docs/law.py
"""
# ruff: noqa: INP001  (a script beside the papers)

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from rules.law import Law, Provision

ROOT = Path(__file__).resolve().parents[1]
PAPER = ROOT / "docs" / "law.md"
HEADS = (
    *("code", "layer", "kind", "what it is", "citation", "from - to", "who", "stands on a no"),
    *("sure", "checked on", "source"),
)
# Rests on no Act with a first day of its own.
ALWAYS = 1900
INTRO = """# The law in use

Made by `.venv/bin/python docs/law.py` from version {version} of the law, `rules/data/law/{version}/`: change the law
there, not here. {rows} rows. A decision keeps its rows as they stood, so a later version rewrites no record (ADR 0010).

**This is not legal advice.** Each row is a reading of the law in our own words. An organisation's data protection
officer or lawyer signs it off before it is relied on.

- *Layer*: L1 UK GDPR Article 6 (for police work Data Protection Act 2018 section 35); ANNEX1 which recognised interest;
  L2 Articles 9 and 10; SCHEDULE1 and SCHEDULE8 the conditions they need; L3 the power or duty to share; L4 confidence;
  L5 human rights.
- *Kind*: only `must_disclose` leaves the family no choice. `arrangements` is a duty to have arrangements or to help
  another body, `power` something you may do, `needs_agreement` what falls without a yes, `limits` what narrows the
  others. A `+` names the sectors whose own function it is; for any other it is what the recipient will use it for.
- *Who*: PUB public bodies in their tasks, NON others, LE police and the like in their own work, ANY. A public row is
  open to police outside their own work. `16la` and `not` narrow it further.
- *Stands on a no*: may it be relied on when a person who can decide has said no? yes; no; if, once its question has an
  answer; na, where it does not come up.
- *Sure*: C confirmed in a source, P partly, K general knowledge, N not found or uncertain.
- *Checked on*: when somebody last read the source, or looked for one. Nothing later is known here.

{off} ship switched off: {names}.
Each is made law, and no order that starts it was seen. An organisation's data protection officer switches one on
with the day, once there is an order to point to. Until then nobody is offered it.
"""
NUMBERS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def paper(law: "Law") -> str:
    """The whole page."""
    off = [row.code for row in law.all_provisions if not row.on]
    intro = INTRO.format(
        version=law.version,
        rows=len(law.all_provisions),
        off=NUMBERS.get(len(off), str(len(off))),
        names=", ".join(f"`{code}`" for code in off),
    )
    return "\n".join([intro, *_table(law), ""])


def _table(law: "Law") -> Iterator[str]:
    yield _line(HEADS)
    yield _line(["---"] * len(HEADS))
    for row in law.all_provisions:
        yield _line(_cells(row))


def _cells(row: "Provision") -> tuple[str, ...]:
    kind = f"{row.kind} + {', '.join(row.function_of)}" if row.function_of else row.kind
    narrowed = [row.who, *([row.scope] if row.scope else []), *(f"not {sector}" for sector in row.not_sectors)]
    no = f"if: {row.refused_test}" if row.refused_ok == "if" else row.refused_ok
    return (
        *(f"`{row.code}`", row.layer, kind, row.short_name, row.citation, _days(row), ", ".join(narrowed), no),
        *(row.confidence, row.checked_on.isoformat(), row.source),
    )


def _days(row: "Provision") -> str:
    days = f"{_first(row.effective_from)} - {row.effective_to or ''}".strip()
    return days if row.on else f"off ({days})"


def _first(day: "date") -> str:
    return "always" if day.year == ALWAYS else day.isoformat()


def _line(cells: "tuple[str, ...] | list[str]") -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from rules.law_files import load  # noqa: PLC0415  (after the path is set)

    PAPER.write_text(paper(load()))


if __name__ == "__main__":
    main()
