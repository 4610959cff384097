"""`privity log export`: the practice's log, from its database, as a folder that `privity log check` reads. It alone of the log's verbs needs Django."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

OK, ODD = 0, 1


class NotWritten(Exception):
    """The log could not be written out. One line: why, and what to do."""


def add_commands(verbs: Any) -> None:
    """Add `export` to the verbs of `log`."""
    text = "sign the practice's log as it stands and write it to a folder, to be checked anywhere"
    parser = verbs.add_parser("export", help=text, description=text)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the log out; 1 when the tables show it otherwise than it is."""
    if args.folder.exists() and (not args.folder.is_dir() or any(args.folder.iterdir())):
        raise NotWritten(f"{args.folder.name} is not empty; name a new folder, so that no older copy is mixed in")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privity.practice.site.settings")
    import django

    django.setup()
    from django.db import DatabaseError

    from privity.practice.people.access import the_practice
    from privity.practice.trail import checkpoints
    from privity.vault import VaultFault

    from .practice import keeping_of

    try:
        practice = the_practice()
        if practice is None:
            raise NotWritten("there is no practice here; set PRIVITY_DATA to the folder it lies in")
        try:
            keys = keeping_of().opened(practice)
        except VaultFault as fault:
            raise NotWritten(f"the practice is locked: {fault}") from None
        shown = time.monotonic()
        done = checkpoints.Copied()
        for done in checkpoints.export(keys, args.folder, datetime.now().astimezone()):
            if sys.stderr.isatty() and time.monotonic() - shown > 2:
                print(f"\r{done.events:,} events", end="\r", file=sys.stderr, flush=True)
    except (DatabaseError, OSError) as fault:
        raise NotWritten(f"the log could not be written to {args.folder.name}: {fault}") from None
    for line in done.odd[:50]:
        print(f"odd: {line}")
    print(f"wrote {done.events} events and {done.checkpoints} checkpoints to {args.folder.name}; check them with: privity log check {args.folder}")
    return ODD if done.odd else OK
