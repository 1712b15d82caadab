"""Writes docs/asvs.md from docs/asvs.csv: `.venv/bin/python docs/asvs.py`."""  # noqa: INP001 - a script

import csv
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
MET, NOT_APPLICABLE, NOT_MET = JUDGED = ("met", "not applicable", "not met")
CHAPTERS = {
    "1": "Encoding and sanitising",
    "2": "Validation and business logic",
    "3": "Browsers",
    "4": "Web services",
    "5": "Files",
    "6": "Signing in",
    "7": "Sessions",
    "8": "Who may do what",
    "9": "Signed tokens",
    "10": "OAuth and OpenID Connect",
    "11": "Cryptography",
    "12": "Connections",
    "13": "Configuration",
    "14": "Protection of data",
    "15": "Code and packages",
    "16": "Logs and errors",
    "17": "WebRTC",
}
COLUMNS = "| requirement | level | about | judged | shown by, or why |"
HEAD = """# OWASP ASVS 5.0, levels 1 and 2

The requirements are those of the [OWASP Application Security Verification Standard
5.0.0](https://github.com/OWASP/ASVS), published by the OWASP Foundation under CC BY-SA 4.0. Only their numbers and
levels are taken from it; what each is about is said here in our own words, and whoever judges needs the standard's.
We judged this ourselves, by reading and by the tests, on 30 November 2026: nobody independent has. Judged is the site
as [production.md](production.md) sets it up on Debian, without containers. “Met” names the
tests, or the file to read where no test holds it; “not met” and “not applicable” say why. This page is made from
asvs.csv by asvs.py, and `tests/test_asvs.py` holds it to the files that it names.
"""


def rows() -> list[list[str]]:
    with (HERE / "asvs.csv").open(newline="") as file:
        return list(csv.reader(file))[1:]


def counts(given: list[list[str]]) -> str:
    lines = [f"| level | {' | '.join(JUDGED)} | met, of what applies |", "|---|---|---|---|---|"]
    for level in ("1", "2"):
        found = Counter(row[3] for row in given if row[1] == level)
        applies = found[MET] + found[NOT_MET]
        shares = " | ".join(str(found[judged]) for judged in JUDGED)
        lines.append(f"| {level} | {shares} | {found[MET]} of {applies}, {100 * found[MET] // applies} % |")
    return "\n".join(lines)


def page() -> str:
    given, parts = rows(), [HEAD]
    parts.append(counts(given) + "\n")
    for number, title in CHAPTERS.items():
        lines = [
            f"## {number}. {title}\n",
            "| requirement | level | about | judged | shown by, or why |",
            "|---|---|---|---|---|",
        ]
        lines += [f"| {' | '.join(row)} |" for row in given if row[0].split(".")[0] == number]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    (HERE / "asvs.md").write_text(page())
