"""`privity init`: a practice of one's own, in a quarter of an hour."""

from __future__ import annotations

import argparse
import secrets
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from privity.practice.site.config import DESK, HOUSE, KEY_FILE, KEY_SERVICE, PASSPHRASE, Config
from privity.practice.site.postgres import address_of, reach

from .dialogue import NotSaid, asked, secret

if TYPE_CHECKING:
    from privity.vault.providers import RootFile

TRIES = 5
YES_NO = ("yes", "no")


def add_command(parser: argparse.ArgumentParser) -> None:
    """Add what can be said beforehand; whatever is left out is asked."""
    parser.add_argument("--desk", dest="runs_as", action="store_const", const=DESK, help="for this computer alone")
    parser.add_argument("--house", dest="runs_as", action="store_const", const=HOUSE, help="a small server that others reach by https")
    parser.add_argument("--host", help="a house's name, such as notes.example.org; passkeys will belong to it")
    parser.add_argument("--certificate", help="a house's certificate file; left out, a proxy on this machine does https")
    parser.add_argument("--certificate-key", help="the certificate's key file")
    parser.add_argument("--state", help="where the practice works: CO, CA or both as CO,CA")
    parser.add_argument("--profession", help="the owner's licence, in the law's word, such as psychologist")
    parser.add_argument("--setting", help="private_practice, group_practice, clinic, ...")
    parser.add_argument("--hipaa", choices=YES_NO, help="whether HIPAA covers the practice")
    parser.add_argument("--part2", choices=YES_NO, help="whether it is a substance-use program under 42 CFR Part 2")
    parser.add_argument("--owner", help="the owner's name, as colleagues see it")
    parser.add_argument("--owner-sees-clients", choices=YES_NO, help="whether the owner is a clinician too")
    parser.add_argument("--key", type=Path, metavar="FILE", help="where the root key's file goes; never into the data folder")
    parser.add_argument("--passphrase", action="store_true", help="keep the root key under a passphrase, typed after each start")
    parser.add_argument("--key-service", metavar="COMMAND", help="have the root key wrapped by an outside service that this command reaches")
    parser.add_argument("--backups", type=Path, metavar="FOLDER", help="where backups go, best on another disk")


def run(args: argparse.Namespace) -> int:
    """Set a practice up: ask, make the root key, have its sheet tried, make the first account, make and open a backup."""
    from .practice import start_django

    address = address_of(args.data)
    if _somebody_works(args.data / "privity.sqlite3") or (address and reach(address)):
        raise NotSaid(f"something stands in {args.data} already; serve it with privity serve, or name another folder with --data")
    config, said = _config(args), _said(args)
    owner = asked(args.owner, "The owner's name, as colleagues see it", "--owner")
    clinician = asked(args.owner_sees_clients, "Does the owner see clients? yes or no", "--owner-sees-clients", default="yes", of=YES_NO) == "yes"
    args.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    config.write(args.data)
    provider = _root_key(config, args.data)
    _try_sheet(provider)

    start_django(args.data)

    from privity.practice.site.backup import back_up, open_backup, refuse_inside_data
    from privity.practice.site.keeping import Keeping
    from privity.practice.site.rows import make_tables
    from privity.practice.site.setting_up import first_code, set_up
    from privity.practice.site.verifying import Nowhere

    from .practice import now

    refuse_inside_data(config, args.data)
    for database in ("keys", "default"):
        make_tables(database)
    roots = provider.unlock()
    account = set_up(roots[0], said, owner, ["owner", "privacy_officer", *(["clinician"] if clinician else [])], now())
    print(f"\nYour user name: {account.user_name}")
    keeping = Keeping.of(config, args.data)
    keeping.take(roots)
    code, ends = first_code(keeping, account, now())
    print(f"Your code for setting up how you sign in: {code}   (once, until {ends:%Y-%m-%d %H:%M})")
    made = back_up(keeping, config, now())
    for path in (made.data, made.keys):
        open_backup(path, Nowhere(), roots)
    print(f"A backup was made and opened once: {config.backups}")
    where = f"https://{config.host}" if config.secure else "http://localhost:8471"
    print(f"Now: privity serve --data {args.data}")
    print(f"Then open {where}, choose Sign in, and then I have a code from the owner.")
    return 0


def _somebody_works(path: Path) -> bool:
    """Tell whether a folder's database holds an account; an init that was stopped leaves none, and goes on."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
            return base.execute("SELECT 1 FROM people_account LIMIT 1").fetchone() is not None
    except sqlite3.Error as fault:
        return "no such table" not in str(fault)


def _config(args: argparse.Namespace) -> Config:
    """Return how the practice is to run. Raises NotSaid."""
    default = Config.of(args.data)
    runs_as = asked(args.runs_as, "For this computer alone (desk), or a small server for several (house)", "--desk or --house", default=DESK, of=(DESK, HOUSE))
    host = asked(args.host, "The house's name, such as notes.example.org", "--host") if runs_as == HOUSE else "localhost"
    root, service = _kept(args)
    key = asked(str(args.key.absolute()) if args.key else None, "Where the root key's file goes", "--key", default=default.key_file)
    folder = asked(str(args.backups.absolute()) if args.backups else None, "Where backups go, best on another disk", "--backups", default=default.backups)
    proxy = runs_as == HOUSE and not args.certificate
    return Config(
        runs_as, host, root, str(Path(key).absolute()), str(Path(folder).absolute()), str(Path(args.certificate).absolute()) if args.certificate else "",
        str(Path(args.certificate_key).absolute()) if args.certificate_key else "", proxy, key_service=service, database=default.database,
    )  # fmt: skip


def _kept(args: argparse.Namespace) -> tuple[str, str]:
    """Return who keeps the root key, and the command of a key service. Raises NotSaid."""
    if args.passphrase and args.key_service:
        raise NotSaid("--passphrase and --key-service: one of them keeps the root key, so say one")
    if args.passphrase or args.key_service or args.key:
        return PASSPHRASE if args.passphrase else KEY_SERVICE if args.key_service else KEY_FILE, args.key_service or ""
    kinds = {"file": KEY_FILE, "passphrase": PASSPHRASE, "service": KEY_SERVICE}
    question = "Who keeps the root key: a file on this computer (file), a passphrase typed after each start (passphrase), or an outside key service (service)"
    root = kinds[asked(None, question, "--key, --passphrase or --key-service", default="file", of=tuple(kinds))]
    return root, asked(None, "The command that reaches the key service", "--key-service") if root == KEY_SERVICE else ""


def _said(args: argparse.Namespace) -> dict[str, object]:
    """Return the practice's profile. Raises NotSaid."""
    from privity.law import Book

    book = Book.open()
    states = asked(args.state, f"Where the practice works, of {', '.join(book.states)}; several with commas", "--state").upper().replace(" ", "").split(",")
    if unknown := [code for code in states if code not in book.states]:
        raise NotSaid(f"--state: the law of {', '.join(unknown)} is not held yet; say {' or '.join(book.states)}")
    return {
        "states": states,
        "profession": asked(args.profession, "The owner's licence", "--profession", default="psychologist", of=book.facts["provider.profession"].of),
        "setting": asked(args.setting, "The setting", "--setting", default="private_practice", of=book.facts["practice.setting"].of),
        "hipaa_covered": asked(args.hipaa, "Does HIPAA cover the practice? yes or no", "--hipaa", default="yes", of=YES_NO) == "yes",
        "part2_program": asked(args.part2, "Is it a substance-use program (42 CFR Part 2)? yes or no", "--part2", default="no", of=YES_NO) == "yes",
    }


def _root_key(config: Config, data: Path) -> RootFile:
    """Return the keeper of the root key, made now unless an earlier, unfinished init made it."""
    from privity.vault.providers import keeper

    path, typed = Path(config.key_file), ""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if config.root == PASSPHRASE:
        typed = secret("A passphrase for the root key; five words drawn by lot are good", "standard input")
        if secret("The same again", "standard input") != typed:
            raise NotSaid("the two were not the same; nothing was made, call privity init again")
    provider = keeper(config.root, path, data=data, passphrase=typed, service=config.key_service)
    if not path.exists():
        provider.create()
    provider.unlock()
    return provider


def _try_sheet(provider: RootFile) -> None:
    """Show the recovery sheet, and go on only when one row of it was typed back from paper. Raises NotSaid."""
    from privity.vault.faults import SheetMistyped

    rows = provider.sheet()
    print("\nRECOVERY SHEET. Write or print these seven rows, and keep them where neither this computer nor its backups are.")
    print("Without the root key nobody opens anything: not you, not us. With it, and a backup, everything comes back.\n")
    for number, row in enumerate(rows, 1):
        print(f"   {number}   {row}")
    number = secrets.randbelow(len(rows))
    for _ in range(TRIES):
        typed = asked(None, f"\nType row {number + 1} from your paper", "standard input")
        try:
            if typed.upper() not in (rows[number], rows[number].replace("-", "")):
                raise SheetMistyped(f"that is not row {number + 1}; look at your paper, and type it again")
            provider.try_sheet("\n".join([*rows[:number], typed, *rows[number + 1 :]]))
        except SheetMistyped as fault:
            print(fault, file=sys.stderr)
            continue
        print("The sheet was tried, and opens the root key.")
        return
    raise NotSaid("the sheet was not tried, so no practice was made; call privity init again, the root key stays")
