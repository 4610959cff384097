"""`privity init | serve | unlock | lock | backup | restore | verify | code | export | import | shred`: a practice on this machine.

Django starts only once one of them runs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from privity.practice.site.config import KEY_FILE, KEY_SERVICE, PASSPHRASE, BadConfig, Config

from .dialogue import NotSaid, Progress, asked, secret

if TYPE_CHECKING:
    from privity.practice.site.keeping import Keeping
    from privity.practice.site.restoring import Staged
    from privity.vault.providers import RootFile

OK, WRONG, REFUSED = 0, 1, 2
SQLITE = "sqlite"
HOME = Path.home() / "privity-data"


class NoPractice(Exception):
    """No practice stands in the folder. Its text is one sentence."""


def add_commands(commands: Any) -> None:
    """Add the practice's commands to the parser's subcommands."""
    from . import setup

    setup.add_command(_command(commands, "init", setup.run, "set a practice up: its folder, its root key with a recovery sheet, its first account"))
    one = _command(commands, "serve", run_serve, "serve the practice; every ten minutes a backup, every night the sweep of what was shredded")
    one.add_argument("--port", default="8471", help="the next free one is taken when it is in use")
    one.add_argument("--clock-is-right", action="store_true", help="start although the trail holds later moments than this computer's clock")
    one = _command(commands, "unlock", run_unlock, "give the running server the root key, by passphrase where it is kept so")
    one = _command(commands, "lock", run_lock, "make the running server forget every key")
    one = _command(commands, "backup", run_backup, "make a sealed backup now, and remove those whose life is over")
    one.add_argument("--to", type=Path, metavar="FOLDER", help="another folder than the practice's own for backups")
    one = _command(commands, "restore", run_restore, "bring a practice back from its backups into a folder where none stands")
    one.add_argument("--backups", type=Path, metavar="FOLDER", help="the folder with data/ and keys/ (default: beside the data folder)")
    one.add_argument("--from", type=Path, dest="from_", metavar="FILE", help="this backup of the data, not the newest")
    one.add_argument("--keys-from", type=Path, metavar="FILE", help="this backup of the keys, not the newest")
    one.add_argument("--sheet", action="store_true", help="the root key is lost: type its recovery sheet")
    one.add_argument("--key-service", metavar="COMMAND", default="", help="the command that reaches the key service that wrapped the root key")
    one.add_argument("--on", metavar="WHERE", help="sqlite, or an empty PostgreSQL database's address (default: PRIVITY_DATABASE, or where the practice was)")
    one = _command(commands, "verify", run_verify, "check databases, log, records, backups and clock; 1 when something does not stand")
    one = _command(commands, "code", run_code, "a code for an owner who lost every way in; whoever has the root key makes it, and the log says so")
    one.add_argument("user_name", metavar="USER_NAME", help="the owner's, such as heron-cedar-4821")
    one = _command(commands, "export", run_export, "write a client's record, or everything, as JSON and documents anybody can read")
    one.add_argument("to", type=Path, help="a folder that is empty or not there")
    one.add_argument("--record", type=UUID, help="one record's id; left out, the whole practice")
    one.add_argument("--by", required=True, metavar="USER_NAME", help="who exports: records custodian for a record, owner for everything; written into the log")
    one = _command(commands, "import", run_import, "bring in what privity export wrote: tried out first, then record by record, each whole")
    one.add_argument("folder", type=Path, help="the folder that privity export wrote")
    one.add_argument("--by", required=True, metavar="USER_NAME", help="the owner who imports; written into the log")
    one.add_argument("--staff", action="append", default=[], metavar="THERE=HERE", help="user names of one person there and here; may be said several times")
    one.add_argument("--team", default="", metavar="USER_NAME", help="who cares for records that nobody here cares for")
    one.add_argument("--dry-run", action="store_true", help="only try out")
    one.add_argument("--yes", action="store_true", help="do not ask again")
    one = commands.add_parser("rights", help="print the SQL that lets a PostgreSQL role run the practice: rows and no tables, and never a change of the log")
    one.add_argument("role", metavar="ROLE", help="the role the server connects as; make it first, as no superuser")
    one.set_defaults(run=lambda args: carefully(run_rights, args), data=None)
    one = _command(commands, "shred", run_shred, "destroy a record's keys for good; a legal hold refuses")
    one.add_argument("record", type=UUID, nargs="?", help="the record's id; left out with --sweep")
    one.add_argument("--by", metavar="USER_NAME", help="the privacy officer who does it; written into the log")
    one.add_argument("--yes", action="store_true", help="do not ask again")
    one.add_argument("--sweep", action="store_true", help="do the night's sweep now and print the certificates")


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--data", type=Path, help="the practice's folder (default: PRIVITY_DATA, or privity-data in your home)")
    if name != "init":
        parser.add_argument("--key", type=Path, metavar="FILE", help="the root key's file, where it does not lie where the practice says")
    parser.set_defaults(run=lambda args: carefully(run, args))
    return parser


def carefully(run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Run a command; what stands in its way becomes one sentence."""
    args.data = (args.data or Path(os.environ.get("PRIVITY_DATA") or HOME)).absolute()
    if getattr(args, "key", None):
        os.environ["PRIVITY_KEY"] = str(args.key.absolute())
    os.umask(0o077)
    try:
        return run(args)
    except KeyboardInterrupt:
        print("stopped; what was done before is kept, and the command can be called again", file=sys.stderr)
        return REFUSED
    except Exception as fault:
        if not _is_expected(fault):
            raise
        from privity.practice.site.serve import sentence

        said = sentence(fault)
        if isinstance(fault, PermissionError) and hasattr(fault, "title"):  # people.access.NotAllowed; Django may not have started
            said = f"whoever is named with --by may not do this ({said}): the work they do here does not include it; name somebody whose work does"
        print(f"privity {args.command}: {said}", file=sys.stderr)
        return REFUSED


def _is_expected(fault: Exception) -> bool:
    """Tell whether a fault speaks for itself in one sentence."""
    from privity.vault import VaultFault

    known: tuple[type[BaseException], ...] = (NoPractice, NotSaid, BadConfig, VaultFault, OSError, LookupError, PermissionError, ValueError)
    if isinstance(fault, known):
        return not isinstance(fault, (KeyError, IndexError))
    return type(fault).__module__.startswith(("sqlite3", "psycopg", "django.db", "privity."))


def practice_at(data: Path) -> None:
    """Start Django on a practice's folder. Raises NoPractice, and NotReached where its database is on a server that cannot be used."""
    refuse_nowhere(data)
    start_django(data)


def refuse_nowhere(data: Path) -> None:
    """Raise NoPractice when nobody works in a folder, nor in the PostgreSQL database named for it; NotReached when that cannot be used."""
    from privity.practice.site.postgres import address_of, reach

    address = address_of(data)
    if not (data.exists() if address else (data / "privity.sqlite3").exists()):
        raise NoPractice(f"there is no practice in {data}: make one with privity init, or name its folder with --data")
    if address and not reach(address):
        raise NoPractice("there is no practice in that PostgreSQL database: make one with privity init, or bring one back with privity restore")


def start_django(data: Path) -> None:
    """Start Django on a folder."""
    os.environ["PRIVITY_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privity.practice.site.settings")
    import django

    django.setup()


def keeping_of() -> Keeping:
    """Return the practice's keeping, unlocked; a passphrase is asked for. Raises VaultFault."""
    from django.conf import settings

    from privity.practice.site.keeping import Keeping

    keeping = Keeping.of(settings.CONFIG, Path(settings.DATA))
    if settings.CONFIG.root == PASSPHRASE:
        keeping.unlock(secret("Passphrase of the root key", "standard input"))
    keeping.roots()
    return keeping


def now() -> datetime:
    """Return this moment."""
    return datetime.now().astimezone()


# --- serving -----------------------------------------------------------------------------------------------------


def run_serve(args: argparse.Namespace) -> int:
    """Serve the practice until it is stopped."""
    from privity.practice.site.serve import start

    refuse_nowhere(args.data)
    os.environ["PRIVITY_DATA"] = str(args.data)
    return start(args.port, demo=False, clock_is_right=args.clock_is_right)


def run_unlock(args: argparse.Namespace) -> int:
    """Unlock the running server."""
    practice_at(args.data)
    from privity.practice.site.control import ask

    typed = secret("Passphrase of the root key", "standard input") if Config.of(args.data).root == PASSPHRASE else ""
    done, said = ask(args.data, "unlock", passphrase=typed)
    print(said)
    return OK if done else WRONG


def run_lock(args: argparse.Namespace) -> int:
    """Lock the running server."""
    practice_at(args.data)
    from privity.practice.site.control import ask

    done, said = ask(args.data, "lock")
    print(said)
    return OK if done else WRONG


# --- backup, restore, verify ----------------------------------------------------------------------------------------


def run_backup(args: argparse.Namespace) -> int:
    """Make a backup and say where it lies."""
    practice_at(args.data)
    from dataclasses import replace

    from django.conf import settings

    from privity.practice.site.backup import back_up, refuse_inside_data

    config = replace(settings.CONFIG, backups=str(args.to.absolute())) if args.to else settings.CONFIG
    refuse_inside_data(config, args.data)
    made = back_up(keeping_of(), config, now(), Progress("MB"))
    print(f"data  {made.data}")
    print(f"keys  {made.keys}   (lives {config.key_backups_days} days)")
    print("Both are sealed under the root key. Keep a copy on another disk, and the recovery sheet apart from both.")
    return OK


def run_restore(args: argparse.Namespace) -> int:
    """Bring a practice back; nothing stands in its place before everything was checked."""
    from privity.practice.site import restoring

    began, default = time.monotonic(), Config.of(args.data)
    folder = (args.backups or Path(default.backups)).absolute()
    data, keys = args.from_ or restoring.newest(folder, "data"), args.keys_from or restoring.newest(folder, "keys")
    if not args.sheet and not Path(default.key_file).exists():
        raise NoPractice(f"the root key's file is not at {default.key_file}: say where it lies with --key, or type its recovery sheet with --sheet")
    service = args.key_service or default.key_service
    provider = _provider(Path(default.key_file), args.data, service)
    if args.sheet:
        provider.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        print("Type the seven rows of the recovery sheet, one a line:", file=sys.stderr)
        provider.restore("\n".join(sys.stdin.readline() for _ in range(7)))
    roots, progress = provider.unlock(), Progress("MB")
    named = args.on or os.environ.pop("PRIVITY_DATABASE", "")
    if named and named != SQLITE:
        _refuse_taken(named)
    print(f"opening {data.name} and {keys.name}")
    staged = restoring.stage(data, keys, args.data, roots, lambda done: progress("opened", done))
    print("every piece opened, and both checksums are right")
    try:
        print("".join(f"{line}\n" for line in restoring.take_books(staged, {folder, data.absolute().parent.parent})), end="")
        address = "" if named == SQLITE else named or restoring.told_address(staged)
        if address and not named:
            _refuse_taken(address)
        wrong = _checked(staged, folder, provider, address, told=address if args.on or not named else "", service=service)
    except BaseException:
        restoring.drop(staged)
        raise
    if wrong:
        restoring.drop(staged)
        print("\n".join(f"WRONG: {line}" for line in wrong))
        print("not restored: take another backup (--from FILE, --keys-from FILE)")
        return WRONG
    restoring.put_in_place(staged)
    where = f"{args.data} and the PostgreSQL database" if address else f"{args.data}"
    print(f"restored into {where} in {time.monotonic() - began:.0f} s; start it with privity serve")
    print("nothing leaves it until the privacy officer or the owner has gone through what was taken back since that backup: Today leads there")
    return OK


def _refuse_taken(address: str) -> None:
    """Raise NoPractice when somebody works in a PostgreSQL database; NotReached when it cannot be used."""
    from privity.practice.site.postgres import reach

    if reach(address):
        raise NoPractice("that PostgreSQL database holds a practice; nothing is ever restored over one: make an empty one, and one of its name with _keys")


def _checked(staged: Staged, backups: Path, provider: RootFile, address: str, told: str, service: str) -> list[str]:
    """Return what does not stand in a folder taken out of backups; where all stands and an address is given, its rows now lie there."""
    from dataclasses import replace

    os.environ["PRIVITY_KEY"] = str(provider.path)
    config = replace(Config.of(staged.folder), key_file=str(provider.path), backups=str(backups), root=provider.kept, database="")
    config = replace(config, key_service=service if provider.kept == KEY_SERVICE else "")
    config.write(staged.folder)
    start_django(staged.folder)
    from django.db import connections

    from privity.practice.site import restoring, rows
    from privity.practice.site.backup import set_aside_later_notes
    from privity.practice.site.keeping import Keeping
    from privity.practice.site.verifying import note_restore, same_logs, verify

    for database in ("keys", "default"):
        rows.refuse_newer(database)
        rows.make_tables(database)
    keeping = Keeping.of(config, staged.folder)
    keeping.take(provider.unlock())
    found = verify(keeping, config, now(), made=datetime.fromisoformat(staged.facts["made"]), said=lambda line: print(line, flush=True))
    print("\n".join(found.good))
    wrong = [*found.wrong, *(same_logs(staged.facts) if not found.wrong else [])]
    if not wrong:
        said, sizes = note_restore(keeping, config, found.shredded, now(), datetime.fromisoformat(staged.facts["made"]))
        print("\n".join(said) or "no checkpoint kept beside the backups is newer; what was done since that backup is missing in it all the same")
        with rows.poured_into(address, Progress("rows")) if address else nullcontext():
            for practice, size in sizes.items():
                set_aside_later_notes(config, practice, size, now())
    connections.close_all()
    if address and not wrong:
        replace(config, database=told).write(staged.folder)
        restoring.forget_files(staged)
        print("every row lies on the server as it lay in the backup")
    return wrong


def _provider(path: Path, data: Path, service: str) -> RootFile:
    """Return the keeper of a root file, as the file says it is kept. Raises NotSaid."""
    from privity.vault.providers import keeper

    try:
        kept = json.loads(path.read_text("utf-8")).get("kind")
    except (OSError, ValueError, AttributeError):
        kept = KEY_FILE
    if kept == KEY_SERVICE and not service:
        raise NotSaid("a key service wrapped this root key: say with --key-service which command reaches it, or type the recovery sheet with --sheet")
    typed = secret("Passphrase of the root key", "standard input") if kept == PASSPHRASE else ""
    return keeper(kept, path, data=data, passphrase=typed, service=service)


def run_verify(args: argparse.Namespace) -> int:
    """Check everything; 1 when something does not stand."""
    practice_at(args.data)
    from django.conf import settings

    from privity.practice.site.verifying import verify

    found = verify(keeping_of(), settings.CONFIG, now(), said=lambda line: print(f"... {line}", file=sys.stderr, flush=True))
    print("\n".join([*found.good, *(f"WRONG: {line}" for line in found.wrong)]))
    print("everything stands" if not found.wrong else f"{len(found.wrong)} things do not stand; change nothing before you have a copy of the folder")
    return WRONG if found.wrong else OK


def run_code(args: argparse.Namespace) -> int:
    """Print a set-up code, once."""
    practice_at(args.data)
    from privity.practice.site.setting_up import code_at_the_machine

    code, ends = code_at_the_machine(keeping_of(), args.user_name, now())
    print(f"user name           {args.user_name}")
    print(f"code to set it up   {code}")
    print(f"Good until {ends.astimezone():%A, %B %-d, %H:%M}, and shown this once. Choose Sign in, then I have a code from the owner.")
    print("The former ways in end when the account is set up anew. That this code was made stands in the log.")
    return OK


def run_rights(args: argparse.Namespace) -> int:
    """Print what the owner of the tables runs once, and after each restore."""
    from privity.practice.site.row_security import app_role

    data, keys = app_role(args.role), app_role(args.role, keys=True)
    print("-- in the practice's database, NAME", *(f"{line};" for line in data), sep="\n")
    print("-- in the keys' database, NAME_keys", *(f"{line};" for line in keys), sep="\n")
    return OK


# --- export and shred -------------------------------------------------------------------------------------------------


def run_export(args: argparse.Namespace) -> int:
    """Write an export."""
    practice_at(args.data)
    from privity.practice.site.exporting import export
    from privity.practice.site.setting_up import actor_named

    progress = Progress("records")
    done = export(actor_named(keeping_of(), args.by, now()), args.to.absolute(), args.record, lambda count: progress("written", count))
    print(f"{done} {'record' if done == 1 else 'records'} in {args.to}. It is not sealed: whoever has the folder can read it.")
    return OK


def run_import(args: argparse.Namespace) -> int:
    """Try an export out, and bring it in."""
    practice_at(args.data)
    from privity.practice.site.importing import bring_in, try_out
    from privity.practice.site.setting_up import actor_named

    if any(one.count("=") != 1 for one in args.staff):
        raise NotSaid("--staff takes two user names, THERE=HERE")
    progress, folder = Progress("records"), args.folder.absolute()
    actor = actor_named(keeping_of(), args.by, now())
    tried = try_out(actor, folder, dict(one.split("=") for one in args.staff), args.team, lambda done: progress("tried", done))
    print("\n".join(f"WRONG: {one}" for one in tried.wrong) or f"{len(tried.files)} records can come in, and nothing is wrong with them")
    if tried.wrong:
        print(f"{len(tried.wrong)} things are wrong; nothing was brought in")
        return WRONG
    if tried.here:
        print(f"{len(tried.here)} came in by an earlier import, and stay as they are")
    for id in sorted(tried.former):
        print(f"{tried.names[id]} has no account here: stands as a former colleague who cannot sign in (or say who it is with --staff THERE=HERE)")
    for id in tried.held:
        print(f"record {id} is held for law there: place the hold here too")
    if tried.stays:
        print(tried.stays_in_words)
    print("What an export does not hold does not come: drafts, private working notes (sealed to their author), the log, how staff sign in")
    if not tried.files:
        raise NotSaid("everything in this export is here already; nothing was brought in")
    if args.dry_run:
        return OK
    if not args.yes and asked(None, "Type import to go on", "--yes") != "import":
        raise NotSaid("nothing was brought in")
    done = bring_in(actor, folder, tried, lambda count: progress("brought in", count))
    print(f"{done} {'record' if done == 1 else 'records'} brought in")
    return OK


def run_shred(args: argparse.Namespace) -> int:
    """Destroy a record's keys, or complete what was shredded."""
    practice_at(args.data)
    from django.conf import settings

    from privity.practice.site.shredding import shred_record, sweep_all

    keeping, config = keeping_of(), settings.CONFIG
    if args.record is not None:
        from privity.practice.site.setting_up import actor_named

        if not args.by:
            raise NotSaid("say who shreds with --by USER_NAME: a privacy officer")
        actor = actor_named(keeping, args.by, now())
        if not args.yes and secret(f"Record {args.record} will be gone for good. Type shred to go on", "--yes") != "shred":
            raise NotSaid("nothing was shredded")
        paper = shred_record(actor, args.record, config)
        print(f"record {args.record}: its keys are destroyed, and nothing here opens it any more")
        print(f"shred {paper.id}; its certificate comes with tonight's sweep (or now: privity shred --sweep)")
        print(f"opening, to be given to whoever asked and kept nowhere: {paper.opening.hex()}")
        print(f"until {paper.effective_at_the_earliest:%B %-d, %Y} a backup of the keys, with the root key, could still bring it back")
        print(f"until {config.data_backups_days} days from now old backups of the data still hold its sealed bytes and the marks of names, which open nothing")
    elif not args.sweep:
        raise NotSaid("say which record, or --sweep")
    if args.sweep:
        progress = Progress("keys")
        written = sweep_all(keeping, config, now(), lambda done: progress("wrapped anew", done))
        print("\n".join(path.read_text("utf-8") for path in written) or "nothing waited to be swept")
    return OK
