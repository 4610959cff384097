"""`make golden`: write the answers of the example questions anew. The diff is then read line by line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from privity.law import Book, Question, decide  # noqa: E402
from privity.law.reading import load  # noqa: E402


def main() -> None:
    """Write NAME.golden.json beside each NAME.yaml; the book's hash, what holds it, and the rules tried in vain are left out."""
    book, count = Book.open(), 0
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        if path.stem == "EXPECTED":
            continue
        data = decide(book, Question.from_dict(load(path.read_text("utf-8"), path.name))).to_dict(change=True)
        for key in ("book", "considered", "core", "hash"):
            data.pop(key)
        path.with_suffix(".golden.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")
        count += 1
    print(f"{count} golden answers written")


if __name__ == "__main__":
    main()
