"""Write the table of docs/words.md anew: the pages as tests/test_reading_age.py measures them.

.venv/bin/python docs/words.py
"""
# ruff: noqa: INP001, S603  (a script beside the documents; it starts our own tests)

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "words.md"


def main() -> None:
    """The test writes the lines it measured where TABLE_OF_WORDS says, and passes when no page is too hard."""
    command = [sys.executable, "-m", "pytest", "tests/test_reading_age.py", "-k", "twelve", "-n", "0"]
    table = ROOT / "var" / "words_table.md"
    table.unlink(missing_ok=True)
    subprocess.run(command, cwd=ROOT, env={**os.environ, "TABLE_OF_WORDS": str(table)}, check=False)
    if not table.exists():
        raise SystemExit("The pages could not be measured; the lines above say why.")
    text = PAGE.read_text()
    head = text[: text.index("| page | words |")]
    PAGE.write_text(f"{head}| page | words | reading age |\n|---|---|---|\n{table.read_text()}")
    table.unlink()


if __name__ == "__main__":
    main()
