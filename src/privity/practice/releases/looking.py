"""What stands in a practice that was brought back from a backup, and may have ended since: for the privacy officer and the owner, by records' numbers alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from privity.practice.agreements import access as agreements
from privity.practice.people import links as papers
from privity.practice.people import restored
from privity.practice.people.access import Colleague, barred, live, require_at_practice, staff
from privity.practice.people.actor import Actor
from privity.practice.people.matrix import CARE
from privity.practice.people.models import Tie
from privity.practice.trail import services as trail

from . import accounting, links

# What whoever looks ticks, each when it is done. There is no page that could know it for them.
TICKS = {
    "papers": "I asked those who treat and the front desk which signed papers and consents were taken back since then. They are taken back here again",
    "restrictions": "Restrictions agreed since then are missing here. Those that anybody knows of are written down again",
    "left": "What left since then, by packet, call or report, is missing in the accounting here. What anybody knows of is written into it again",
    "staff": "Accounts, roles and ways to sign in that ended since then are ended again, and whoever was barred from a record is barred again",
    "recipients": "Recipients that were corrected or struck since then are so again",
    "requests": "What clients, and agencies for the client’s list, asked since then is missing here. What anybody knows of is written down again",
}


@dataclass(frozen=True)
class Stands:
    """What stands of one record, by its number: papers that let something go, links that open, entries held back from the client's list; who cares for it."""

    record: UUID
    papers: int
    links: int
    held: int
    team: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """What the officer goes through. `since` is nothing where there is nothing to go through."""

    since: str
    stands: tuple[Stands, ...]
    staff: tuple[Colleague, ...]


def look(actor: Actor) -> Look:
    """Return what stands and may have ended since the backup; the event is written first. Raises NotAllowed."""
    require_at_practice(actor, "change", "practice")
    since = restored.unlooked(actor.practice)
    if not since:
        return Look("", (), ())
    with transaction.atomic():
        signed, open_links, signing, held = agreements.standing(actor), links.standing(actor), papers.standing(actor), accounting.standing(actor)
        mine = sorted({*signed, *open_links, *signing, *held} - barred(actor), key=str)
        people = staff(actor)
        names, teams = {one.id: one.name for one in people}, dict[UUID, list[str]]()
        ties = Tie.objects.filter(live(actor), practice_id=actor.practice_row, kind__in=CARE, record_id__in=mine)
        for record, account in ties.values_list("record_id", "account_id"):
            teams.setdefault(record, []).append(names.get(account, "Somebody no longer here"))
        trail.write(actor.practice, actor.account, "records.list", at=actor.now, records=len(mine))
    found = (
        Stands(one, signed.get(one, 0), open_links.get(one, 0) + signing.get(one, 0), held.get(one, 0), tuple(sorted(set(teams.get(one, ()))))) for one in mine
    )
    return Look(since, tuple(found), tuple(one for one in people if one.active))


def done(actor: Actor, ticked: Collection[str]) -> bool:
    """Tell whether it counts as gone through now: all is ticked. Every link that could be opened is closed with it. Raises NotAllowed."""
    require_at_practice(actor, "change", "practice")
    if not set(TICKS) <= set(ticked):
        return False
    with transaction.atomic():
        if restored.unlooked(actor.practice):
            closed = links.close_every(actor) + papers.close_every(actor)
            trail.write(actor.practice, actor.account, restored.LOOK, at=actor.now, count=closed)
    return True
