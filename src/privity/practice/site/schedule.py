"""What the server does by itself: a backup when something changed; every night the sweep of what was shredded or kept long enough, and decisions asked anew."""

from __future__ import annotations

import logging
import sqlite3
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connections

from privity.law import Book
from privity.practice.agreements import sweeping
from privity.practice.decisions import services as decisions
from privity.practice.incidents.sweeping import open_on
from privity.practice.people import roll
from privity.practice.people.access import staffed
from privity.practice.people.actor import Actor
from privity.practice.people.models import Practice
from privity.practice.releases import outbox
from privity.vault import VaultFault

from . import kept_long_enough, rows
from .backup import FILES, back_up, newest_moment, prune
from .config import Config
from .keeping import Keeping
from .shredding import sweep_all

EVERY = timedelta(minutes=10)  # at most fifteen minutes' work is ever lost with the disk
NIGHT = 2  # o'clock
LOOK = 30.0  # seconds
log = logging.getLogger("privity")


@dataclass
class Schedule:
    """What is due and what was done. Nothing of it is kept: after a start it looks at the backups that are there."""

    keeping: Keeping
    config: Config
    swept: datetime | None = None
    _as_backed_up: tuple[tuple[int, int], ...] = ()
    _said: str = ""
    _ahead_said: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look every half minute, until told to stop."""
        while not self.stopping.wait(LOOK):
            self.tend(datetime.now().astimezone())
            self.look(datetime.now().astimezone())

    def run_ahead(self) -> None:
        """Open names ahead, every half minute, until told to stop. On a thread of its own: whatever stands in its way, backups are made."""
        self.look_ahead(datetime.now().astimezone())
        while not self.stopping.wait(LOOK):
            self.look_ahead(datetime.now().astimezone())

    def look_ahead(self, now: datetime) -> None:
        """Open the practices' names after each unlock, so that the first who looks at the list does not wait for thousands of them."""
        try:
            for practice in Practice.objects.all():
                held = self.keeping.keys(practice)
                if not self.keeping.why_locked:
                    roll.warm(practice, held, now)
        except (VaultFault, OSError, sqlite3.Error, DatabaseError) as fault:
            if str(fault) != self._ahead_said:
                self._ahead_said = str(fault)
                log.warning("names are not opened ahead: %s", fault)
        finally:
            connections.close_all()

    def tend(self, now: datetime) -> None:
        """Hold on to what this server has on its way, and say of another's what it left behind once nobody holds it."""
        try:
            outbox.tend(now)
        except (OSError, sqlite3.Error, DatabaseError) as fault:
            log.warning("what is on its way is not looked after: %s", fault)
        finally:
            connections.close_all()

    def look(self, now: datetime) -> None:
        """Do what is due; a fault is said once in the server's own log, and tried again at the next look."""
        close_old_connections()
        try:
            if staffed():  # a demo is nobody's work
                self._back_up(now)
                self._sweep(now)
            self._said = ""
        except (VaultFault, OSError, sqlite3.Error, DatabaseError) as fault:
            if str(fault) != self._said:
                self._said = str(fault)
                log.warning("no backup since %s: %s", newest_moment(self.config) or "ever", fault)
        finally:
            connections.close_all()

    def _back_up(self, now: datetime) -> None:
        last, state = newest_moment(self.config), self._state()
        prune(self.config, now)  # a shred's day must come even where nothing is written
        if state == self._as_backed_up or (last is not None and now - last < EVERY and last <= now):
            return
        back_up(self.keeping, self.config, now)
        self._as_backed_up = state

    def _sweep(self, now: datetime) -> None:
        if now.hour != NIGHT or (self.swept is not None and now - self.swept < timedelta(hours=2)):
            return
        sweep_all(self.keeping, self.config, now)
        for practice in Practice.objects.all():
            sweeping.sweep(practice, now, open_on(practice))  # before: a paper that became an authorization goes after it
            kept_long_enough.sweep(practice, now)
        self.swept = now
        rows.look_through()
        self._ask_again(now)

    def _ask_again(self, now: datetime) -> None:
        """Open decisions again that no longer stand: a paper ended, a birthday came, a judgment aged, the law was corrected."""
        book = Book.open()
        for practice in Practice.objects.all():
            held = self.keeping.keys(practice)
            if not self.keeping.why_locked:
                decisions.sweep(Actor(practice.uid, practice.uid, practice.pk, frozenset(), now, held), book)

    def _state(self) -> tuple[tuple[int, int], ...]:
        """Return what changes whenever something is written."""
        if rows.on_server():
            return rows.written()
        found = []
        for name in (*FILES.values(), f"{FILES['data']}-wal"):
            try:
                told = (self.keeping.data / name).stat()
                found.append((told.st_mtime_ns, told.st_size))
            except FileNotFoundError:
                found.append((0, 0))
        return tuple(found)


def begin(keeping: Keeping, config: Config) -> Schedule:
    """Return a running schedule."""
    schedule = Schedule(keeping, config)
    for name, run in (("schedule", schedule.run), ("names", schedule.run_ahead)):
        threading.Thread(target=run, daemon=True, name=name).start()
    return schedule
