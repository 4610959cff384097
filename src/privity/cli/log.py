"""`privity log check | prove | checkpoint | witness`: a log that was exported, looked at without Django and without the practice."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from privity.vault import check
from privity.vault.checkpoints import Checkpoint, believed, checkpoint, witnessed
from privity.vault.faults import BadNote, ProofFails, VaultFault
from privity.vault.log import MemoryLog, consistency, inclusion, root
from privity.vault.notes import WITNESS, Note, Signer, Verifier
from privity.vault.primitives import random_bytes

BAD_INPUT = (check.Unreadable, VaultFault)
OK, TAMPERED = 0, 1
SHOWN = 50


def add_commands(commands: Any) -> Any:
    """Add `log` and its verbs to the parser's subcommands, and return the verbs, so that one more can stand beside them."""
    log = commands.add_parser("log", help="check, prove and witness an exported log")
    verbs = log.add_subparsers(dest="verb", required=True, metavar="VERB")
    one = _verb(verbs, "check", run_check, "recompute the log and name any edited, inserted, deleted, reordered or cut-off event")
    one.add_argument("--key", help="the log's verifier key as it was handed to you, or a file that holds it; else the one lying beside the log")
    one.add_argument("--kept", type=Path, action="append", default=[], metavar="NOTE", help="a checkpoint kept elsewhere; may be given more than once")
    one.add_argument("--witness", action="append", default=[], metavar="KEY", help="count only checkpoints that this witness signed as well")
    one.add_argument("--json", action="store_true", help="the whole answer as JSON")
    one = _verb(verbs, "prove", run_prove, "the proof that an event stands in the log, or that the log continues an earlier one")
    one.add_argument("event", type=int, help="the event's number, counted from 0; with --since, the later size")
    one.add_argument("--size", type=int, help="prove it in the log of this size (default: all of it)")
    one.add_argument("--since", type=int, metavar="SIZE", help="prove that the log of EVENT events continues the log of SIZE")
    one.add_argument("--json", action="store_true")
    one = _verb(verbs, "checkpoint", run_checkpoint, "the newest checkpoint that fits the log; with --sign, a new one")
    one.add_argument("--key")
    one.add_argument("--sign", type=Path, metavar="FILE", help="the file with the log's signing key")
    one = _verb(verbs, "witness", run_witness, "sign the newest checkpoint, once it is shown to continue what was seen before")
    one.add_argument("--key", required=True, help="the log's verifier key, or a file that holds it")
    one.add_argument("--sign", type=Path, required=True, metavar="FILE", help="the file with the witness's signing key")
    one.add_argument("--name", help="make that file, with a new key under this name, if there is none yet; its verifier key is printed to be handed out")
    one.add_argument("--seen", type=Path, required=True, metavar="FILE", help="the checkpoint seen last; written anew when this one is signed")
    return verbs


def _verb(verbs: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    parser.add_argument("log", type=Path, help="the exported folder, or a file of JSON lines")
    parser.set_defaults(run=run)
    return parser


def run_check(args: argparse.Namespace) -> int:
    """Check a log; 1 when something was done to it."""
    given, key = _log_and_key(args)
    found = check.check(given, key, kept=[_text(path) for path in args.kept], witnesses=[_key(text) for text in args.witness])
    if found.events and not found.sealed and not found.faults:
        raise check.Unreadable("not proved: no checkpoint that counts lies beside this log; give one kept elsewhere with --kept")
    if args.json:
        faults = [{"kind": fault.kind.value, "first": fault.first, "last": fault.last, "words": fault.words} for fault in found.faults]
        answer = {"events": found.events, "sealed": found.sealed, "root": found.root.hex(), "faults": faults, "notices": list(found.notices), "key": key}
        print(json.dumps(answer, indent=1, ensure_ascii=False))
    else:
        print("\n".join(_words(found, key, handed=bool(args.key))))
    return TAMPERED if found.faults else OK


def _words(found: check.Verdict, key: str, *, handed: bool) -> list[str]:
    """Return a verdict as lines."""
    lines = [f"{fault.kind.value}: {fault.words}" for fault in found.faults[:SHOWN]]
    if len(found.faults) > SHOWN:
        lines.append(f"and {len(found.faults) - SHOWN} more faults (--json shows all)")
    if found.faults:
        lines.append(f"TAMPERED: {len(found.faults)} faults in {found.events} events. Keep this copy as it is, and every checkpoint kept elsewhere.")
    elif found.sealed or not found.events:
        lines.append(f"unbroken: {found.sealed} of {found.events} events fit their checkpoint; root {found.root.hex()}")
    if found.events > found.sealed > 0 and not found.faults:
        lines.append(f"events {found.sealed} to {found.events - 1} are newer than every checkpoint; nothing signed speaks for them yet")
    lines += [f"notice: {notice}" for notice in found.notices]
    if not handed:
        lines.append(f"notice: the key {key.split('+')[0]} was taken from beside the log; compare it with the one handed to you: {key}")
    return lines


def run_prove(args: argparse.Namespace) -> int:
    """Print a proof as lines that anybody with a calculator for SHA-256 can follow."""
    log = MemoryLog(check.read(args.log).lines)
    if args.since is not None:
        path = consistency(log, args.since, args.event)
        told: dict[str, object] = {"from": args.since, "to": args.event, "old_root": root(log, args.since).hex(), "new_root": root(log, args.event).hex()}
    else:
        size = log.size() if args.size is None else args.size
        path = inclusion(log, args.event, size)
        told = {"event": args.event, "size": size, "leaf": log.hashes(args.event)[:32].hex(), "root": root(log, size).hex()}
    sides = _sides(args.event, int(str(told.get("size", 0))), len(path)) if args.since is None else [""] * len(path)
    if args.json:
        print(json.dumps({**told, "path": [step.hex() for step in path]}, indent=1))
        return OK
    for name, value in told.items():
        print(f"{name}: {value}")
    for side, step in zip(sides, path, strict=True):
        print(f"{side:5} {step.hex()}".strip())
    print("Start with the leaf. Join each line in order on the side it names: SHA-256 of 01, left, right. It ends at the root." if args.since is None else "")
    return OK


def _sides(index: int, size: int, steps: int) -> list[str]:
    """Return on which side each hash of an inclusion proof is joined (RFC 9162 section 2.1.3.2)."""
    sides, place, last = [], index, size - 1
    for _ in range(steps):
        joined_left = bool(place & 1 or place == last)
        sides.append("left" if joined_left else "right")
        while joined_left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    return sides


def run_checkpoint(args: argparse.Namespace) -> int:
    """Print the newest checkpoint that fits, or a new one; 1 when the log does not fit its checkpoints."""
    given, key = _log_and_key(args)
    given.lines = list(given.lines)
    found = check.check(given, key)
    if found.faults:
        print("\n".join(_words(found, key, handed=True)))
        return TAMPERED
    if args.sign:
        signer = Signer.read(_text(args.sign))
        if signer.verifier != Verifier.read(key):
            raise BadNote(f"{args.sign.name} is not the signing key of {key.split('+')[0]}; give that log's own")
        print(checkpoint(MemoryLog(given.lines), signer), end="")
        return OK
    if not given.notes:
        raise BadNote("there is no checkpoint beside this log; make one with --sign")
    print(max(given.notes, key=lambda note: Checkpoint.read(Note.read(note).text).size), end="")
    return OK


def run_witness(args: argparse.Namespace) -> int:
    """Print the newest checkpoint with the witness's signature; 1 when the log went back or another way."""
    given, key = _log_and_key(args)
    given.lines = list(given.lines)
    log, signer = Verifier.read(key), _witness(args.sign, args.name)
    if signer.type != WITNESS:
        raise BadNote(f"{args.sign.name} is no witness's key; a witness signs with a key of type 4")
    seen = believed(_text(args.seen), log) if args.seen.exists() else None
    found = check.check(given, key, kept=[_text(args.seen)] if seen else [])
    if not given.notes:
        raise BadNote("there is no checkpoint beside this log to sign; ask for an export with one")
    if found.faults:
        print("\n".join(_words(found, key, handed=True)))
        return TAMPERED
    note = max(given.notes, key=lambda note: believed(note, log).size)
    proof = consistency(MemoryLog(given.lines), seen.size, believed(note, log).size) if seen and 0 < seen.size <= believed(note, log).size else []
    try:
        signed = witnessed(note, log=log, seen=seen, proof=proof, witness=signer, now=datetime.now(UTC))
    except ProofFails as fault:
        print(f"NOT SIGNED: {fault}")
        return TAMPERED
    _write(args.seen, note)
    print(signed, end="")
    return OK


def _with_progress(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines; on a terminal, show how many were read whenever two seconds have passed."""
    if not sys.stderr.isatty():
        yield from lines
        return
    shown = time.monotonic()
    for number, line in enumerate(lines):
        if not number & 1023 and time.monotonic() - shown > 2:
            shown = time.monotonic()
            print(f"\r{number:,} events", end="\r", file=sys.stderr, flush=True)
        yield line


def _witness(path: Path, name: str | None) -> Signer:
    """Return the witness's signer, made now if there is none and a name was given."""
    if name and not path.exists():
        signer = Signer(name, random_bytes(32), WITNESS)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(signer.text + "\n")
        print(f"made {path.name}; hand out its verifier key: {signer.verifier.text}", file=sys.stderr)
    return Signer.read(_text(path))


def _log_and_key(args: argparse.Namespace) -> tuple[check.Log, str]:
    given = check.read(args.log)
    given.lines = _with_progress(given.lines)
    key = _key(args.key) if args.key else given.key
    if not key:
        raise check.Unreadable(f"{args.log.name} has no verifier key beside it; give the one handed to you with --key")
    return given, key


def _key(text: str) -> str:
    """Return a verifier key given as such or as a file."""
    return text.strip() if "+" in text and not Path(text).exists() else _text(Path(text)).strip()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise check.Unreadable(f"{path.name} is not UTF-8 text") from None


def _write(path: Path, text: str) -> None:
    """Replace a file whole or not at all."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
