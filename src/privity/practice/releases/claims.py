"""Which server has something on its way. Two servers may share one database: what one of them let go, the other leaves alone while the claim on it runs.

A claim is taken in the one UPDATE that also takes the step, so that of two servers only one takes it. It names the server: this machine and its data folder,
on which only one server runs (site.alone), so that after a stop the same server finds its own again at once, and another once the lease has run out.
"""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from functools import cache
from uuid import NAMESPACE_OID, UUID, getnode, uuid5

from django.conf import settings
from django.db.models import Q

from .models import Outgoing

State = Outgoing.State
LEASE = timedelta(hours=12)  # of no server that runs: each renews its own long before
RUNNING = (State.AUTHORIZED, State.SENDING)


@cache
def server() -> UUID:
    """Return the name of the server on this data folder: the same after each start, another on each machine and folder."""
    return uuid5(NAMESPACE_OID, f"{getnode()} {socket.gethostname()} {settings.DATA}")


def take(row: UUID, now: datetime, *, began: datetime) -> bool:
    """Tell whether something that may be handed out is now on its way by this server: one UPDATE, which only one of two that try at once does."""
    free = Outgoing.objects.filter(Q(state=State.AUTHORIZED) | Q(state=State.SENDING, way=Outgoing.Way.LINK), id=row)
    return free.update(state=State.SENDING, began=began, shown=True, claim=server(), claimed_until=now + LEASE) == 1
