"""Slowing down whoever guesses. It is kept in the database, so a restart or a second process gives no new tries.

Failures are counted by the name typed and by the address; on a device that its owner has signed in from before, by that device and name
alone: so nobody else's guessing keeps the owner out. A try is counted before it is checked, so tries side by side gain nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from .models import Tries

COOKIE, YEAR, NAMES = "privity-known", 366 * 86400, 12
FREE = {"name": 5, "device": 5, "address": 50}  # the failure from which one waits
FIRST, LONGEST, MANY, DAY = timedelta(seconds=30), timedelta(hours=1), 100, timedelta(days=1)


class Wait(Exception):
    """Too many failures: nothing is tried before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("wait")
        self.until = until


def waits(mark: str, failed: int) -> timedelta:
    """Return how long one waits after so many failures: 30 seconds, then twice as long each time, at most an hour; a day after a hundred."""
    kind = mark.split(":")[0]
    over = failed - FREE[kind]
    if over < 0:
        return timedelta(0)
    return DAY if failed >= MANY and kind != "address" else min(FIRST * 2 ** min(over, 10), LONGEST)


def marks(request: HttpRequest, name: str) -> list[str]:
    """Return what a try counts against."""
    named = _mark("name", name)
    device, names = _known(request)
    if named in names:
        return [_mark("device", f"{device} {name}")]
    return [named, _mark("address", request.META.get("REMOTE_ADDR", ""))]


def count(against: Sequence[str], now: datetime) -> bool:
    """Count a try as failed, for now; tell whether somebody waits from this one on. Raises Wait, and then counts nothing."""
    _wait(Tries.objects.filter(mark__in=against), now)  # a flood is turned away without a write
    with transaction.atomic():
        Tries.objects.filter(last__lt=now - DAY, failed__lt=MANY).delete()
        rows = [Tries.objects.select_for_update().get_or_create(mark=mark, defaults={"last": now})[0] for mark in sorted(against)]
        _wait(rows, now)
        Tries.objects.filter(mark__in=against).update(failed=F("failed") + 1, last=now)
        return any(row.failed + 1 == FREE[row.mark.split(":")[0]] for row in rows)


def _wait(rows: Iterable[Tries], now: datetime) -> None:
    until = max((row.last + waits(row.mark, row.failed) for row in rows), default=now)
    if until > now:
        raise Wait(until)


def give_back(against: Sequence[str], now: datetime) -> None:
    """Take one try back: it was right, and the proof that follows may be tried at once."""
    with transaction.atomic():
        for row in Tries.objects.select_for_update().filter(mark__in=against, failed__gt=0):
            row.failed -= 1
            row.last = now - waits(row.mark, row.failed)
            row.save(update_fields=["failed", "last"])


def forget(against: Sequence[str], name: str) -> None:
    """Forget failures by a name: its owner just came in. What an address did stays."""
    Tries.objects.filter(mark__in=[_mark("name", name), *(mark for mark in against if not mark.startswith("address"))]).delete()


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Let this device be known as one that the name's owner came in from. The cookie lets nobody in; it holds random numbers."""
    device, names = _known(request)
    names = [*(one for one in names if one != _mark("name", name)), _mark("name", name)][-NAMES:]
    text = signing.dumps({"device": device, "names": names}, salt=COOKIE)
    response.set_cookie(COOKIE, text, max_age=YEAR, path="/sign-in", secure=request.is_secure(), httponly=True, samesite="Strict")


def _known(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=YEAR)
    except signing.BadSignature:
        return uuid4().hex, []
    return told["device"], told["names"]


def _mark(kind: str, of: str) -> str:
    return f"{kind}:{salted_hmac('privity.tries', f'{kind} {of}', algorithm='sha256').hexdigest()[:48]}"
