"""`make run`: bring the desk's tables up to date, find a free port, serve, and say where."""

from __future__ import annotations

import argparse
import os
import socket
import sys


def main() -> int:
    """Serve the desk on this machine until it is stopped."""
    parser = argparse.ArgumentParser(prog="privity serve", description="Serve the desk on this machine.")
    parser.add_argument("--port", default="8471", help="the next free one is taken when it is in use")
    try:
        wanted = read_port(parser.parse_args().port)
        next_free(wanted)
    except BadPort as error:
        print(error, file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privity.practice.site.settings")

    import django
    from django.core.management import call_command

    django.setup()
    for database in ("keys", "default"):
        call_command("migrate", database=database, interactive=False, verbosity=0)
    port = next_free(wanted)
    if port != wanted:
        print(f"Port {wanted} is taken; using {port}.")
    print(f"Privity is at http://localhost:{port}   (Ctrl-C stops it)")
    sys.stdout.flush()
    serve(port)
    return 0


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
    """Serve under granian, on this machine's own address alone."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "privity.practice.site.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    raise SystemExit(main())
