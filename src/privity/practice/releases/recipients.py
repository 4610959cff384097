"""The verified list: who receives, checked by somebody here (45 CFR 164.514(h)). Names are sealed under a key of the practice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.agreements.validity import same_name
from privity.practice.decisions.calls import Called
from privity.practice.people.access import NotThere, barred, opened, require_at_practice, staff
from privity.practice.people.actor import Actor
from privity.practice.people.matrix import AT_PRACTICE, relations_for
from privity.practice.people.models import Record
from privity.practice.people.services import make_missing
from privity.practice.trail import services as trail
from privity.vault import Binding, Key, Use, open_text, seal

from .models import Recipient

# Kinds of recipients who tell of a client by their own name.
IN_PERSON = frozenset({"client", "personal_representative", "parent", "guardian", "spouse_or_partner", "family_or_friend", "other_participant"})


@dataclass(frozen=True)
class Said:
    """What is said of a recipient, and how somebody made sure of it."""

    name: str
    kind: str
    fax: str = ""
    address: str = ""
    mail: str = ""
    phone: str = ""
    how: str = ""


@dataclass(frozen=True)
class Listed:
    """A recipient on the list, opened."""

    id: UUID
    said: Said
    by: str
    checked: datetime
    version: int
    by_id: UUID


def digits(number: str) -> str:
    """Return a number's digits alone."""
    return re.sub(r"\D", "", number)


def dialed(number: str) -> str:
    """Return a number's digits as they are dialed here: with all that stands before them, but for the 1 of North America."""
    found = digits(number)
    return found[1:] if len(found) == 11 and found[0] == "1" else found


def key_of(actor: Actor) -> Key:
    """Return the practice's own key for what is said of recipients."""
    return make_missing(actor, [(actor.practice, Use.RELEASES)])[actor.practice, Use.RELEASES]


def _place(actor: Actor, recipient: UUID, version: int) -> Binding:
    return Binding(str(actor.practice), str(actor.practice), "recipient.about", str(recipient), version)


def listed(actor: Actor) -> tuple[Listed, ...]:
    """Return the list as far as the actor may know it, by name; the event is written first. Raises NotAllowed."""
    return known(actor, _every(actor))


def _every(actor: Actor) -> tuple[Listed, ...]:
    with transaction.atomic():
        require_at_practice(actor, "see", "recipient")
        found = for_gates(actor)
        trail.write(actor.practice, actor.account, "recipients.list", at=actor.now)
    return found


def known(actor: Actor, every: Iterable[Listed]) -> tuple[Listed, ...]:
    """Return those of the list whom the actor may know of: who is here in person tells of a client. For gates alone.

    That is whoever may know every client, or put them on the list; and nobody whose record bars the actor.
    """
    persons = relations_for(actor.roles, "see", "identity") & {AT_PRACTICE}
    kept_away = Record.objects.filter(id__in=barred(actor), shredded=None).values_list("id", flat=True)
    shut = [person.name for one in opened(actor, dict.fromkeys(kept_away, frozenset[str]())) for _, person in one.people]
    return tuple(
        one for one in every
        if one.said.kind not in IN_PERSON or ((persons or one.by_id == actor.account) and not any(same_name(one.said.name, name) for name in shut))
    )  # fmt: skip


def for_gates(actor: Actor) -> tuple[Listed, ...]:
    """Return the list, by name. For gates alone: it asks nobody and writes no event."""
    rows = list(Recipient.objects.filter(practice_id=actor.practice_row, ended=None))
    if not rows:
        return ()
    key, names = key_of(actor), {one.id: one.name for one in staff(actor)}
    found = [_opened(actor, row, key, names.get(row.by_id, "Somebody no longer here")) for row in rows]
    return tuple(sorted(found, key=lambda one: one.said.name.casefold()))


def numbers(sender: object, *, actor: Actor, names: Sequence[str], **_: object) -> tuple[Called, ...]:
    """Return the numbers of those of these names who are on the list, for the call guide. It answers decisions.calls.calling."""
    if not relations_for(actor.roles, "see", "recipient"):
        return ()
    mine = [one for one in _every(actor) if one.said.phone and any(same_name(one.said.name, name) for name in names)]
    return tuple(Called(one.said.name, one.said.phone, one.by, one.checked) for one in mine)


def one(actor: Actor, recipient: UUID) -> Listed:
    """Return one recipient that things may go to. For gates alone. Raises NotThere."""
    found = next((each for each in for_gates(actor) if each.id == recipient), None)
    if found is None:
        raise NotThere(f"recipient {recipient}")
    return found


def _known(actor: Actor, recipient: UUID) -> None:
    if not known(actor, [one(actor, recipient)]):
        raise NotThere(f"recipient {recipient}")


def _opened(actor: Actor, row: Recipient, key: Key, by: str) -> Listed:
    raw = json.loads(open_text(row.about, with_=key, bound_to=_place(actor, row.id, row.version)))
    return Listed(row.id, Said(kind=row.kind, **raw), by, row.checked, row.version, row.by_id)


def keep(actor: Actor, said: Said, recipient: UUID | None = None) -> UUID:
    """Return the id of a recipient, on the list as said, checked now by the actor. Raises NotAllowed and NotThere."""
    require_at_practice(actor, "change", "recipient")
    key, id = key_of(actor), recipient or uuid4()
    raw = {name: value for name, value in asdict(said).items() if name != "kind"}
    with transaction.atomic():
        require_at_practice(actor, "change", "recipient")
        row = Recipient.objects.select_for_update().filter(id=id, practice_id=actor.practice_row, ended=None).first()
        if recipient is not None:
            _known(actor, recipient)
        row = row or Recipient(id=id, practice_id=actor.practice_row, version=0)
        row.version += 1
        row.kind, row.by_id, row.checked = said.kind, actor.account, actor.now
        row.about = seal(json.dumps(raw), with_=key, bound_to=_place(actor, id, row.version))
        row.save()
        trail.write(actor.practice, actor.account, "recipient.check", at=actor.now)
    return id


def end(actor: Actor, recipient: UUID) -> None:
    """Take a recipient off the list; what was sent stays as it is. Raises NotAllowed and NotThere."""
    with transaction.atomic():
        require_at_practice(actor, "change", "recipient")
        _known(actor, recipient)
        if not Recipient.objects.filter(id=recipient, practice_id=actor.practice_row, ended=None).update(ended=actor.now):
            raise NotThere(f"recipient {recipient}")
        trail.write(actor.practice, actor.account, "recipient.end", at=actor.now)
