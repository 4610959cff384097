"""Writes the vault's vectors from fixed inputs: `python tests/vectors/make.py`. Twice run, twice the same bytes.

Each vector says the outcome it must have. Files of an older version are never made anew; a new version gets files of its own.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from unittest import mock

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "src"))

from privity.vault.blind import BlindIndex  # noqa: E402
from privity.vault.checkpoints import checkpoint  # noqa: E402
from privity.vault.keys import KeyFor, Use, wrap  # noqa: E402
from privity.vault.log import Entry, MemoryLog, append, commit, consistency, inclusion, root  # noqa: E402
from privity.vault.notes import WITNESS, Signer, add_signature  # noqa: E402
from privity.vault.recovery import rows_of  # noqa: E402
from privity.vault.seal import Binding, Key, seal  # noqa: E402


def fixed(text: str, count: int = 32) -> bytes:
    """Return bytes that follow from a word."""
    return hashlib.sha256(b"privity vector " + text.encode()).digest()[:count]


@contextmanager
def nonce(text: str) -> Iterator[None]:
    """Let seal and wrap draw this nonce: for vectors alone."""
    with ExitStack() as stack:
        for name in ("seal", "keys"):
            stack.enter_context(mock.patch.object(sys.modules[f"privity.vault.{name}"], "random_bytes", lambda count: fixed(text, count)))
        yield


KEY, OTHER, PRACTICE_KEY, ROOT_KEY = (Key(fixed(name)) for name in ("record key", "other key", "practice key", "root key"))
PLACE = Binding("alder", "r-1", "note.text", "n-7", 3)
FOR = KeyFor("alder", "r-1", Use.RECORD)


def place(binding: Binding) -> dict[str, object]:
    """Return a place as it stands in a vector."""
    return {name: getattr(binding, name) for name in ("practice", "record", "kind", "row", "version")}


def sealed_vectors() -> list[dict[str, object]]:
    """Return values that open, and values that must not."""
    rows: list[dict[str, object]] = []

    def add(name: str, sealed: bytes, outcome: str, *, plain: bytes = b"", key: Key = KEY, at: Binding = PLACE) -> None:
        opened = {"plain": plain.hex()} if outcome == "opens" else {}
        rows.append({"name": name, "key": key.secret.hex(), "place": place(at), "sealed": sealed.hex(), "outcome": outcome, **opened})

    for name, plain in [
        ("a text", b"She said it on Tuesday."),
        ("nothing", b""),
        ("31 bytes", b"x" * 31),
        ("32 bytes", b"x" * 32),
        ("zeros at the end", b"x\0\0"),
    ]:
        with nonce(name):
            add(name, seal(plain, with_=KEY, bound_to=PLACE), "opens", plain=plain)
    whole = bytes.fromhex(str(rows[0]["sealed"]))
    for part, at in [
        ("mark", 0),
        ("version", 1),
        ("key id", 9),
        ("binding tag", 25),
        ("length", 36),
        ("nonce", 45),
        ("ciphertext", 60),
        ("tag", len(whole) - 1),
    ]:
        altered = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        outcome = {"mark": "unknown format", "version": "unknown format", "key id": "wrong key", "length": "truncated"}.get(part, "seal broken")
        add(f"{part} altered", altered, outcome)
    for count in (0, 1, 2, 37, 65, len(whole) - 1):
        add(f"cut to {count} bytes", whole[:count], "truncated")
    add("a byte too many", whole + b"\0", "seal broken")
    add("another key", whole, "wrong key", key=OTHER)
    add("another key that takes its id", whole[:2] + OTHER.id + whole[18:], "seal broken", key=OTHER)
    for name in ("practice", "record", "kind", "row", "version"):
        moved = Binding(**{**place(PLACE), name: 4 if name == "version" else "x-2"})  # type: ignore[arg-type]
        add(f"moved to another {name}", whole, "moved row", at=moved)
    return rows


def wrapped_vectors() -> list[dict[str, object]]:
    """Return wrapped keys that open, and those that must not."""
    with nonce("wrap"):
        whole = wrap(KEY, under=PRACTICE_KEY, for_=FOR)
    base = {"under": PRACTICE_KEY.secret.hex(), "for": {"practice": "alder", "record": "r-1", "use": "record"}, "wrapped": whole.hex()}
    return [
        {"name": "a record key", **base, "outcome": "opens", "key": KEY.secret.hex(), "id": KEY.id.hex()},
        {"name": "under another key", **base, "under": OTHER.secret.hex(), "outcome": "wrong key"},
        {"name": "for another record", **base, "for": {**base["for"], "record": "r-2"}, "outcome": "moved row"},  # type: ignore[dict-item]
        {"name": "for another use", **base, "for": {**base["for"], "use": "identity"}, "outcome": "moved row"},  # type: ignore[dict-item]
        {"name": "cut", **base, "wrapped": whole[:-1].hex(), "outcome": "truncated"},
        {"name": "altered", **base, "wrapped": (whole[:-1] + bytes([whole[-1] ^ 1])).hex(), "outcome": "seal broken"},
        {"name": "a newer version", **base, "wrapped": (b"W\x02" + whole[2:]).hex(), "outcome": "unknown format"},
    ]


def small_vectors() -> dict[str, object]:
    """Return what has one right answer: ids, places, tags, marks, commitments, the sheet."""
    index = BlindIndex(Key(fixed("index key")))
    return {
        "key": KEY.secret.hex(),
        "key_id": KEY.id.hex(),
        "place": place(PLACE),
        "place_bytes": PLACE.canonical.hex(),
        "binding_tag": PLACE.tag(KEY).hex(),
        "sheet": {"key": ROOT_KEY.secret.hex(), "rows": list(rows_of(ROOT_KEY))},
        "blind": {
            "key": index.key.secret.hex(),
            "phone": {"(970) 555-0142": index.phone("(970) 555-0142").hex()},
            "person": {"Cleo O'Brien-García, 1991-04-02": index.person("Cleo O'Brien-García", date(1991, 4, 2)).hex()},
        },
        "commitment": {"salt": fixed("salt", 16).hex(), "field": "subject", "value": "r-1", "is": commit(KEY, fixed("salt", 16), "subject", "r-1")},
    }


LOG_SIGNER = Signer("log.alder.example/1", fixed("log seed"))
WITNESS_SIGNER = Signer("witness.example/w1", fixed("witness seed"), WITNESS)


def log_entry(number: int) -> Entry:
    """Return an event of the vectors' log."""
    salt = fixed(f"salt {number}", 16)
    at = datetime(2026, 11, 20, 17, number, tzinfo=UTC)
    return Entry(
        at, f"staff-{number % 3}", "note.read", salt, (commit(KEY, salt, "subject", "r-1"),), commit(KEY, salt, "row", f"n-{number}"), {"pages": number}
    )


def log_vectors() -> dict[str, object]:
    """Return a log of 11 events with its proofs and checkpoints, and what others made of it."""
    log, notes = MemoryLog(), []
    for number in range(11):
        append(log, log_entry(number))
        if number + 1 in (4, 11):
            notes.append(checkpoint(log, LOG_SIGNER))
    lines = [line.decode() for line in log.lines]
    hashes = [log.hashes(number).hex() for number in range(11)]
    edited = [*lines[:6], lines[6].replace("staff-0", "staff-9"), *lines[7:]]
    forged = MemoryLog(line.encode() for line in edited)
    made_anew = [forged.hashes(number).hex() for number in range(11)]
    cases = [
        ("whole", lines, hashes, notes, [], []),
        ("edited", edited, hashes, notes, [], [["edited", 6]]),
        ("inserted", [*lines[:3], lines[9].replace("staff-0", "staff-9"), *lines[3:]], hashes, notes, [], [["inserted", 3]]),
        ("deleted", [*lines[:5], *lines[6:]], hashes, notes, [], [["deleted", 5]]),
        ("reordered", [*lines[:1], *lines[2:9], lines[1], *lines[9:]], hashes, notes, [], [["reordered", 1]]),
        ("cut off", lines[:8], hashes[:8], notes, [], [["cut off", 8]]),
        ("edited, without kept hashes", edited, [], notes, [], [["altered within", 4]]),
        ("rolled back", lines[:4], hashes[:4], notes[:1], notes[1:], [["rolled back", 4]]),
        (
            "rewritten and signed again",
            edited,
            made_anew,
            [checkpoint(forged, LOG_SIGNER)],
            notes[1:],
            [["rewritten and signed again", 0]],
        ),
        ("checkpoint of another key", lines, hashes, [checkpoint(log, Signer(LOG_SIGNER.name, bytes(32)))], [], [["false checkpoint", 11]]),
    ]
    return {
        "key": LOG_SIGNER.verifier.text,
        "seed": LOG_SIGNER.seed.hex(),
        "roots": [root(log, size).hex() for size in range(12)],
        "inclusion": [[index, size, [step.hex() for step in inclusion(log, index, size)]] for index, size in ((0, 1), (0, 11), (6, 7), (10, 11), (5, 8))],
        "consistency": [[old, new, [step.hex() for step in consistency(log, old, new)]] for old, new in ((1, 11), (4, 11), (6, 8), (7, 11), (11, 11))],
        "cosigned": add_signature(notes[1], WITNESS_SIGNER, now=datetime(2026, 11, 21, 8, tzinfo=UTC)),
        "witness": WITNESS_SIGNER.verifier.text,
        "logs": [_log(*case) for case in cases],
    }  # fmt: skip


def _log(name: str, lines: list[str], hashes: list[str], notes: list[str], kept: list[str], faults: list[list[object]]) -> dict[str, object]:
    outcome = "altered log" if faults else "unbroken"
    return {"name": name, "lines": lines, "hashes": hashes, "checkpoints": notes, "kept": kept, "faults": faults, "outcome": outcome}


def files() -> dict[str, str]:
    """Return every vector file by name."""
    made = {"sealed-1.json": sealed_vectors(), "wrapped-1.json": wrapped_vectors(), "small-1.json": small_vectors(), "log-1.json": log_vectors()}
    return {name: json.dumps(content, indent=1, ensure_ascii=False) + "\n" for name, content in made.items()}


if __name__ == "__main__":
    for name, text in files().items():
        (HERE / name).write_text(text, "utf-8")
        print(name)
