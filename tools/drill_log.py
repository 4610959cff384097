"""Part of `make drill`: attacks on the log. `python tools/drill_log.py [--attacks 10000] [--size 1000] [--large 200] [--large-size 100000]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "vault")]

from attacks import attack, whole_log  # noqa: E402


def drill(size: int, count: int) -> int:
    """Print how many attacks on a log of this size were missed, and return it."""
    whole_log(size)
    start, shown, missed, names = time.perf_counter(), time.perf_counter(), 0, Counter[str]()
    for number in range(count):
        one = attack(size, number)
        names[one.name] += 1
        if said := one.missed():
            missed += 1
            print(f"MISSED (attack {number}): {said}")
        if time.perf_counter() - shown > 2 and sys.stderr.isatty():
            shown = time.perf_counter()
            print(f"\r{number} of {count}", end="", file=sys.stderr)
    print(f"log of {size:,}: {count:,} attacks of {len(names)} kinds, {missed} missed, {time.perf_counter() - start:.0f} s")
    return missed


def main() -> int:
    """Run both drills; 1 when any attack was missed."""
    parser = argparse.ArgumentParser(description="attack logs, and see that the checker names what was done")
    for name, number in (("attacks", 10_000), ("size", 1_000), ("large", 200), ("large-size", 100_000)):
        parser.add_argument(f"--{name}", type=int, default=number)
    args = parser.parse_args()
    return 1 if drill(args.size, args.attacks) + drill(args.large_size, args.large) else 0


if __name__ == "__main__":
    sys.exit(main())
