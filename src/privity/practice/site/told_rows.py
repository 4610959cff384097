"""Whether what the log says was told, let go, taken back or agreed still stands in its tables: whoever has the database and no key may delete rows, or say in
an open column that something ended or never left. The log names each row by a commitment; the record's key proves which one it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from privity.practice.agreements.models import Authorization, Restriction
from privity.practice.keys.held import HeldKeys
from privity.practice.people.models import Tie
from privity.practice.releases.models import Disclosure, Outgoing
from privity.practice.trail.models import About, Event
from privity.practice.trail.storage import as_bytes
from privity.vault import Use
from privity.vault.log import commit

KEPT = timedelta(days=6 * 365)  # so long no sweep takes a row of these away

# What stands for each act: the rows it may be about, by their ids, and what it means that none of them is there.
STANDS: dict[str, tuple[Callable[[], QuerySet], str, str]] = {  # type: ignore[type-arg]
    "release.send": (lambda: Disclosure.objects.exclude(outgoing=None), "outgoing_id", "let something go, and its row of the accounting is not there"),
    "accounting.add": (Disclosure.objects.all, "id", "wrote a row of the accounting, and it is not there"),
    "release.sent": (lambda: Outgoing.objects.exclude(state=Outgoing.State.FAILED), "id", "noted that something left, and its row is gone, or says it did not"),
    "link.open": (lambda: Outgoing.objects.exclude(state=Outgoing.State.FAILED), "id", "opened what was sent, and its row is gone, or says it did not leave"),
    "authorization.record": (Authorization.objects.all, "id", "wrote down a signed paper, and it is not there"),
    "authorization.revoke": (lambda: Authorization.objects.exclude(revoked=None), "id", "took a signed paper back, and it is gone, or counts again"),
    "authorization.end": (lambda: Authorization.objects.exclude(ended=None), "id", "noted that a signed paper ended, and it is gone, or counts again"),
    "restriction.agree": (Restriction.objects.all, "id", "agreed to a restriction, and it is not there"),
}


def wrong(keys: HeldKeys, now: datetime) -> Iterator[str]:
    """Yield a sentence for each event whose row is gone or says otherwise. A shredded record has no key, and older events' rows may be swept."""
    live = keys.all(Use.RECORD)
    there: dict[tuple[str, UUID], set[str]] = {}
    wanted = Q(practice=keys.practice, act__in=STANDS, at__gt=now - KEPT)
    records: dict[int, list[UUID]] = {}
    for n, record in About.objects.filter(practice=keys.practice, n__in=Event.objects.filter(wanted).values("n")).values_list("n", "record"):
        records.setdefault(n, []).append(record)
    for n, act, line in Event.objects.filter(wanted).order_by("n").values_list("n", "act", "line").iterator(chunk_size=500):
        raw = json.loads(as_bytes(line))
        for record in records.get(n, ()):
            key = live.get(record)
            if key is None or not raw.get("row"):
                continue
            rows, column, words = STANDS[act]
            if (act, record) not in there:
                there[act, record] = {str(one) for one in rows().filter(record_id=record).values_list(column, flat=True)}
            salt = bytes.fromhex(raw["salt"])
            if not any(commit(key, salt, "row", one) == raw["row"] for one in there[act, record]):
                yield f"event {n} of record {record} {words}: it was deleted or changed by hand"
    yield from _bars(keys, live.keys())


def _bars(keys: HeldKeys, live: Collection[UUID]) -> Iterator[str]:
    """Yield a sentence for each bar from a record that nobody ended by the log, and that does not stand."""
    newest: dict[tuple[UUID, str], tuple[int, str]] = {}
    events = Event.objects.filter(practice=keys.practice, act__in=("tie.barred", "tie.end")).order_by("n")
    about = dict(About.objects.filter(practice=keys.practice, n__in=events.values("n")).values_list("n", "record"))
    for n, act, line in events.values_list("n", "act", "line"):
        if about.get(n) in live:
            newest[about[n], str(json.loads(as_bytes(line)).get("facts", {}).get("account"))] = (n, act)
    there = {(record, str(account)) for record, account in Tie.objects.filter(kind=Tie.Kind.BARRED).values_list("record_id", "account_id")}
    for (record, account), (n, act) in sorted(newest.items(), key=lambda one: one[1]):
        if act == "tie.barred" and (record, account) not in there:
            yield f"event {n} of record {record} shut somebody out, and that is not there: it was deleted or changed by hand"
