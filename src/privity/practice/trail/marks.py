"""Which record each event was about, recomputed from the log: the table pages find events by is a convenience, and this is its proof."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from uuid import UUID

from privity.practice.keys.held import HeldKeys
from privity.vault import Key, Use
from privity.vault.faults import NoSuchKey
from privity.vault.log import commit

from .models import About, Event
from .storage import AT_ONCE, as_bytes


def wrong(keys: HeldKeys, shredded: Iterable[UUID] = ()) -> Iterator[str]:
    """Yield a sentence for each mark that an event's entry has and the table lacks, or the other way round. Raises Locked.

    A shredded record has no key, and so no mark of it can be missed; `shredded` are those whose rows are still to be struck.
    """
    live, gone = keys.all(Use.RECORD), frozenset(shredded)
    own: dict[UUID, Key | None] = {}
    seen = 0
    events = Event.objects.filter(practice=keys.practice).order_by("n").values_list("n", "actor", "line")
    every = events.iterator(chunk_size=AT_ONCE)
    while some := list(islice(every, AT_ONCE)):
        told: dict[int, set[UUID]] = {}
        rows = About.objects.filter(practice=keys.practice, n__gte=some[0][0], n__lte=some[-1][0])
        for n, record in rows.values_list("n", "record"):
            told.setdefault(n, set()).add(record)
            seen += 1
        for n, actor, line in some:
            yield from _of_event(keys, n, actor, as_bytes(line), told.get(n, set()) - gone, live, own)
    if lost := About.objects.filter(practice=keys.practice).count() - seen:
        yield f"{lost} marks of records stand for events that are not there: they were added by hand"


def _of_event(keys: HeldKeys, n: int, actor: UUID, line: bytes, told: set[UUID], live: Mapping[UUID, Key], own: dict[UUID, Key | None]) -> Iterator[str]:
    try:
        raw = json.loads(line)
        salt, left = bytes.fromhex(raw["salt"]), set(raw["subjects"])
    except (ValueError, KeyError, TypeError):
        return  # the check of the log names it
    for record in sorted(told):
        # What was about nobody here is committed under the actor's own key.
        key = live.get(record) or _own(keys, actor, own)
        mark = commit(key, salt, "subject", str(record)) if key else ""
        if mark not in left:
            yield f"event {n} is shown in the trail of record {record}, and its entry does not say so: that mark was added by hand"
        left.discard(mark)
    if left:
        for record, key in live.items():
            if record not in told and commit(key, salt, "subject", str(record)) in left:
                yield f"event {n} is about record {record}, and pages do not show it there: its mark was taken out of the table"


def _own(keys: HeldKeys, account: UUID, own: dict[UUID, Key | None]) -> Key | None:
    if account not in own:
        try:
            own[account] = keys.key(account, Use.ACCOUNT)
        except NoSuchKey:
            own[account] = None
    return own[account]
