"""`make run` and `privity serve`: bring the tables up to date, find a free port, serve, and say where."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path


def main() -> int:
    """Serve this folder's desk, with a demo practice where nobody works yet, until it is stopped."""
    parser = argparse.ArgumentParser(prog="make run", description="Serve the desk and a demo practice on this machine.")
    parser.add_argument("--port", default="8471", help="the next free one is taken when it is in use")
    parser.add_argument("--clock-is-right", action="store_true", help="start although the trail holds later moments")
    args = parser.parse_args()
    return start(args.port, demo=True, clock_is_right=args.clock_is_right)


def start(port: str, *, demo: bool, clock_is_right: bool = False) -> int:
    """Serve the data folder that PRIVITY_DATA names until it is stopped; 2 with one sentence where it cannot be."""
    try:
        wanted = read_port(port)
        next_free(wanted)
    except BadPort as error:
        print(error, file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privity.practice.site.settings")
    os.umask(0o077)  # whatever is made from here on is this user's alone
    from .config import BadConfig

    try:
        import django

        django.setup()
    except (BadConfig, OSError) as error:
        print(_said(error), file=sys.stderr)
        return 2
    return _start(wanted, demo, clock_is_right)


def _start(wanted: int, demo: bool, clock_is_right: bool) -> int:
    from django.conf import settings
    from django.db import DatabaseError, connections

    from privity.vault import VaultFault

    from .alone import ClockSetBack, TakenByAnother, only_server

    try:
        with only_server(settings.DATA):
            there = _ready(demo, clock_is_right)
            connections.close_all()  # none may be open when the server makes its worker
            port = next_free(wanted)
            if port != wanted:
                print(f"Port {wanted} is taken; using {port}.")
            at_door = "" if settings.CONFIG.behind_proxy or port == 443 else f":{port}"
            address = f"https://{settings.CONFIG.host}{at_door}" if settings.CONFIG.secure else f"http://localhost:{port}"
            print(f"Privity is at {address}   (Ctrl-C stops it)")
            if there:
                print(f"A demo practice of invented people: {address}/demo")
            sys.stdout.flush()
            serve(port)
    except (BadPort, ClockSetBack, TakenByAnother, DatabaseError, OSError, VaultFault) as error:
        print(_said(error), file=sys.stderr)
        return 2
    return 0


def _ready(demo: bool, clock_is_right: bool) -> bool:
    """Bring the tables up to date; tell whether there is a demo. Raises what stands in the way."""
    from django.conf import settings

    from privity.practice.releases.outbox import wake

    from .alone import refuse_old_clock
    from .demo import plan_today, the_demo
    from .keeping import Keeping
    from .rows import look_through, make_tables

    for database in ("keys", "default"):
        make_tables(database)
    look_through()
    now = datetime.now().astimezone()
    if not clock_is_right:
        refuse_old_clock(now)
    wake(now)  # what a stop left on its way
    keeping = Keeping.of(settings.CONFIG, Path(settings.DATA))
    if demo and the_demo() is None:
        _apart("from privity.practice.site.serve import make_demo_here; make_demo_here()")
    practice = the_demo()
    if practice is not None:
        plan_today(keeping.opened(practice), now)
    return practice is not None


def _apart(code: str) -> None:
    """Run code in a process of its own. Raises OSError.

    The demo's letters start threads, and a server that makes its worker out of a process with threads gets one in which no letter is ever done.
    """
    done = subprocess.run([sys.executable, "-c", f"import django; django.setup(); {code}"], stderr=subprocess.PIPE, text=True)  # noqa: S603  (our own words)
    if done.returncode:
        raise OSError(f"the demo practice could not be made ({(done.stderr.strip().splitlines() or [str(done.returncode)])[-1]})")


def make_demo_here() -> None:
    """Make the demo practice of this data folder, and its root key where there is none."""
    from django.conf import settings

    from .demo import make_demo
    from .keeping import Keeping

    keeping = Keeping.of(settings.CONFIG, Path(settings.DATA))
    keeping.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_demo(keeping.roots()[0] if keeping.key_file.exists() else keeping.provider().create(), datetime.now().astimezone())


def sentence(error: Exception) -> str:
    """Return what went wrong as one sentence with what to do."""
    text = " ".join(str(error).split())
    if "malformed" in text or "not a database" in text:
        return f"a database in the data folder is damaged or cut off ({text}). Do not write to it: bring the newest backup back with privity restore."
    if "disk is full" in text or "No space left" in text or "File too large" in text:
        return f"the disk is full ({text}). Nothing that was saved is lost: make room, and start again."
    if "disk I/O error" in text or "unable to open" in text or "readonly" in text:
        return f"the disk cannot be used ({text}): it is full or failing. Nothing that was saved is lost: make room or mend it, and start again."
    if "connection to server" in text or "server closed the connection" in text or "terminating connection" in text or "get a connection" in text:
        return f"the PostgreSQL server cannot be reached, or stopped meanwhile ({text}): see that it runs, and call this again; nothing half done was kept."
    return text


def _said(error: Exception) -> str:
    text = sentence(error)
    return text[:1].upper() + text[1:]


HIGHEST = 65535


class BadPort(ValueError):
    """A port the desk cannot be served on. Its text is one sentence: what is wrong, and what to write instead."""


def read_port(text: str) -> int:
    """Return the port somebody asked for. Raises BadPort."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= HIGHEST:
        raise BadPort(f"PORT={text[:20]} is not a port: write a number from 1024 to {HIGHEST}, such as PORT=8471.")
    return int(text)


def next_free(port: int) -> int:
    """Return the first port from this one on that nobody serves on this machine, under either address. Raises BadPort."""
    wanted = port
    while not _is_free(port):
        port += 1
        if port > HIGHEST:
            raise BadPort(f"Every port from {wanted} to {HIGHEST} is taken: write a smaller one, such as PORT=8471.")
    return port


def _is_free(port: int) -> bool:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                if probe.connect_ex((address, port)) == 0:
                    return False
        except OSError:
            continue  # no such address family here
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except PermissionError:
        raise BadPort(f"PORT={port} is kept for this computer's administrator: write a number from 1024 to {HIGHEST}, such as PORT=8471.") from None
    except OSError:
        return False
    return True


def serve(port: int) -> None:
    """Serve under granian: on this machine's own address alone, or, as a house with its certificate, on all of them."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    certificate, its_key = settings.CONFIG.certificate, settings.CONFIG.certificate_key
    Granian(
        "privity.practice.site.serving:application",
        address="0.0.0.0" if certificate else "127.0.0.1",  # noqa: S104  (a house is reached from other machines, by https)
        port=port,
        ssl_cert=Path(certificate) if certificate else None,
        ssl_key=Path(its_key) if its_key else None,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=2,  # one works while the other waits for the disk; more wait for each other (bench/pages.py)
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    raise SystemExit(main())
