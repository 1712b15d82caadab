"""Write docs/law.md from the version of the law in use, so that a lawyer reads what the site reads.

.venv/bin/python docs/law.py
"""
# ruff: noqa: INP001  (a script, not a package)

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from rules.law import Law, Provision

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "law.md"
HEADS = (
    *("code", "layer", "kind", "what it is", "citation", "from - to", "who", "stands on a refusal"),
    *("needs",),
    *("sure", "checked on", "source"),
)
# Rests on no Act with a first day of its own.
ALWAYS = 1900
INTRO = """# The law in use

Made by `.venv/bin/python docs/law.py` from version {version} of the law, `rules/data/law/{version}/`: change the law
there, not here. {count} legal provisions. A decision keeps its provisions as they stood, so a later version rewrites no
record (ADR 0010).

**This is not legal advice.** Each provision is a reading of the law in our own words. An organisation's data protection
officer or lawyer signs it off before it is relied on.

- *Layer*: L1 UK GDPR Article 6 (for police work Data Protection Act 2018 section 35); ANNEX1 recognised
  legitimate interest; L2 Articles 9 and 10; SCHEDULE1 and SCHEDULE8 the conditions they need; L3 the power or duty to
  share; L4 duty of confidence; L5 human rights.
- *Kind*: only `must_disclose` leaves the family no choice. `arrangements` is a duty to have arrangements or to help
  another body, `power` something you may do, `needs_agreement` what falls without consent, `limits` what narrows the
  others. A `+` names the sectors whose own function it is; for any other it is what the recipient will use it for.
- *Who*: PUB public bodies in their tasks, NON others, LE police and the like in their own work, ANY. A public
  provision is open to police outside their own work. `16la` and `not` narrow it further.
- *Stands on a refusal*: may it be relied on when a person who can decide has refused? yes; no; if, once its
  question has an answer; na, where it does not come up.
- *Needs*: what the facts must hold for it to be relied on; each that is missing is found. `-`: nothing that can be
  tested.
- *Sure*: C confirmed in a source, P partly, K general knowledge, N not found or uncertain.
- *Checked on*: when somebody last read the source, or looked for one. Nothing later is known here.

{off} ship switched off: {names}.
Each is made law, and no order that starts it was seen. An organisation's data protection officer switches one on
with the day, once there is an order to point to. Until then nobody is offered it.
"""
NOT_TOLD = """## Not telling, and not showing

Why a person need not be told that information about them is used, or not be shown it when they ask
(`rules/data/exemptions.toml`). The two are not the same: what lifts only access is no reason not to tell somebody.
"""
NUMBERS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def page(law: "Law") -> str:
    """The whole page."""
    off = [provision.code for provision in law.all_provisions if not provision.on]
    intro = INTRO.format(
        version=law.version,
        count=len(law.all_provisions),
        off=NUMBERS.get(len(off), str(len(off))),
        names=", ".join(f"`{code}`" for code in off),
    )
    return "\n".join([intro, *_table(law), "", *_exemptions(), ""])


def _table(law: "Law") -> Iterator[str]:
    yield _line(HEADS)
    yield _line(["---"] * len(HEADS))
    for provision in law.all_provisions:
        yield _line(_cells(provision))


def _exemptions() -> Iterator[str]:
    from rules.exemptions import exemptions  # noqa: PLC0415  (after the path is set)

    yield from NOT_TOLD.splitlines()
    yield _line(("code", "what it is", "citation", "not told", "not shown", "of what came from", "sure", "source"))
    yield _line(["---"] * 8)
    for each in exemptions():
        said = ["yes" if lifted else "no" for lifted in (each.informing, each.access)]
        words = (f"`{each.code}`", each.plain_english, each.citation, *said)
        yield _line((*words, each.obtained, each.confidence, each.source))


def _cells(provision: "Provision") -> tuple[str, ...]:
    kind = f"{provision.kind} + {', '.join(provision.function_of)}" if provision.function_of else provision.kind
    narrowed = [
        provision.who,
        *([provision.scope] if provision.scope else []),
        *(f"not {sector}" for sector in provision.not_sectors),
    ]
    no = f"if: {provision.refused_test}" if provision.refused_ok == "if" else provision.refused_ok
    return (
        *(
            f"`{provision.code}`",
            provision.layer,
            kind,
            provision.short_name,
            provision.citation,
            _days(provision),
            ", ".join(narrowed),
            no,
            _needs(provision),
        ),
        *(provision.confidence, provision.checked_on.isoformat(), provision.source),
    )


def _needs(provision: "Provision") -> str:
    from rules.needs import Need, parsed  # noqa: PLC0415  (after the path is set)

    named = [(Need.label_of(name), values) for name, values in map(parsed, provision.needs)]
    return "; ".join(f"{label} ({', '.join(values)})" if values else label for label, values in named) or "-"


def _days(provision: "Provision") -> str:
    days = f"{_first(provision.effective_from)} - {provision.effective_to or ''}".strip()
    return days if provision.on else f"off ({days})"


def _first(day: "date") -> str:
    return "always" if day.year == ALWAYS else day.isoformat()


def _line(cells: "tuple[str, ...] | list[str]") -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from rules.law_files import load  # noqa: PLC0415  (after the path is set)

    PAGE.write_text(page(load()))


if __name__ == "__main__":
    main()
