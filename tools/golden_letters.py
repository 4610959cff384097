"""`make golden`: write what each letter says anew. The diff is then read line by line."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.pdf.letters import LETTERS  # noqa: E402
from tests.pdf.said import said  # noqa: E402

from privity.practice.pdf import typeset  # noqa: E402


def main() -> None:
    """Write tests/pdf/golden/NAME.txt for every letter, and take away those of letters that are no more."""
    folder = ROOT / "tests" / "pdf" / "golden"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    for name, (template, data) in LETTERS.items():
        (folder / f"{name}.txt").write_text(said(typeset.letter(template, data)), "utf-8")
    print(f"{len(LETTERS)} golden letters written")


if __name__ == "__main__":
    main()
