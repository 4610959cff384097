"""Verbs about what browsers sealed: each checks the bytes' outside, seals them once more, and is one transaction with its event as the last statement."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.people import matrix
from privity.practice.people.access import NotThere, require_at_practice
from privity.practice.people.actor import Actor
from privity.practice.people.models import Account
from privity.practice.trail import services as trail
from privity.vault import Use, open_sealed, seal

from .models import Entry
from .sealed_access import about_author, digest_of, place, require_author, require_named
from .sealed_models import Absence, AuthorKey, Compared, Custody, NoteKey, Opening, SealedNote, Ticket, Unlocker
from .services import NewEntry, sign_entry

LEAST_WAYS = 2
LONGEST = timedelta(hours=12)  # no session lasts longer
KINDS = {1: "code", 2: "passkey"}
# Lengths and marks of FORMAT-BROWSER.md: the server looks at the outside of what it is given, and at nothing else.
UNLOCKER, NOTE_KEY, CUSTODY, INNER = 111, 162, 290, 80
NOTE_LEAST, NOTE_MOST = 366, (1 << 20) + 1024


class SealRefused(ValueError):
    """What a browser sent cannot be kept as it is. Its text is one sentence."""


def give_ticket(actor: Actor, session: str, record: UUID | None, pages: str = "") -> str:
    """Return a ticket for the keys' origin: for one record's sealed notes, or for one's own keys. Raises NotThere. `pages` names what is served there."""
    text = secrets.token_urlsafe(32)
    with transaction.atomic():
        about = []
        if record is not None:
            try:
                require_author(actor, record, "write")
            except NotThere:
                require_author(actor, record, "see")
            about = [(actor.keys.key(record, Use.RECORD), record)]
        Ticket.objects.filter(practice_id=actor.practice_row, made__lt=actor.now - LONGEST).delete()
        Ticket.objects.create(digest=digest_of(text), practice_id=actor.practice_row, account_id=actor.account, record=record, session=session, made=actor.now)
        trail.write(actor.practice, actor.account, "sealed.open", at=actor.now, about=about, pages=pages or "untold")
    return text


# --- one's own keys --------------------------------------------------------------------------------------------


def begin_keys(actor: Actor, agree: bytes, verify: bytes, wraps: Sequence[bytes]) -> None:
    """Keep somebody's public keys with the first ways in. Raises SealRefused: two ways at least, all of them to these keys, and only once."""
    print_ = sha256(b"privity/browser/v1/fingerprint" + agree + verify).digest()
    if len(agree) != 32 or len(verify) != 32 or any(not _is_unlocker(one) or one[19:51] != print_ for one in wraps):
        raise SealRefused("these are not ways in to one pair of keys; nothing was kept; load the page anew")
    if len({one[3:19] for one in wraps}) < LEAST_WAYS:
        raise SealRefused("two ways in at least are made before the first sealed note; nothing was kept; add another")
    rows = [_unlocker(actor, one) for one in wraps]
    with transaction.atomic():
        if AuthorKey.objects.filter(account_id=actor.account).exists():
            raise SealRefused("you have keys already, and a second pair would not open your notes; nothing was changed; unlock the first")
        AuthorKey.objects.create(account_id=actor.account, practice_id=actor.practice_row, agree=agree, verify=verify, made=actor.now)
        Unlocker.objects.bulk_create(rows)
        trail.write(actor.practice, actor.account, "keys.begin", at=actor.now, print=print_.hex(), ways=len(rows))


def add_unlocker(actor: Actor, wrap: bytes) -> None:
    """Keep one more way in to the same keys. Raises SealRefused."""
    with transaction.atomic():
        row = AuthorKey.objects.filter(account_id=actor.account).first()
        print_ = row and sha256(b"privity/browser/v1/fingerprint" + bytes(row.agree) + bytes(row.verify)).digest()
        if not _is_unlocker(wrap) or wrap[19:51] != print_:
            raise SealRefused("this is no way in to your keys; nothing was kept; load the page anew")
        added = _unlocker(actor, wrap)
        added.save(force_insert=True)
        trail.write(actor.practice, actor.account, "keys.add", at=actor.now, way=str(added.id), kind=added.kind)


def drop_unlocker(actor: Actor, id: UUID) -> None:
    """Take a way in back, such as a lost passkey. Raises SealRefused when fewer than two would stay, and NotThere."""
    with transaction.atomic():
        rows = Unlocker.objects.select_for_update().filter(account_id=actor.account)
        if not rows.filter(id=id).exists():
            raise NotThere(f"unlocker {id}")
        if rows.count() <= LEAST_WAYS:
            raise SealRefused("two ways in must stay; nothing was changed; add another first, then take this one back")
        rows.filter(id=id).delete()
        trail.write(actor.practice, actor.account, "keys.drop", at=actor.now, way=str(id))


def _is_unlocker(wrap: bytes) -> bool:
    return len(wrap) == UNLOCKER and wrap[:2] == b"U\x01" and wrap[2] in KINDS


def _unlocker(actor: Actor, wrap: bytes) -> Unlocker:
    id = uuid4()
    sealed = seal(wrap, with_=actor.keys.key(actor.account, Use.ACCOUNT), bound_to=place(actor, actor.account, "unlocker.wrapped", id))
    return Unlocker(id=id, practice_id=actor.practice_row, account_id=actor.account, kind=KINDS[wrap[2]], wrapped=sealed, made=actor.now)


def keep_compared(actor: Actor, whom: UUID, fingerprint: bytes, signature: bytes) -> None:
    """Keep that the actor compared a colleague's keys, as the actor's browser signed it. Raises NotThere and SealRefused."""
    if len(fingerprint) != 32 or len(signature) != 64:
        raise SealRefused("this is no signed comparison; nothing was kept; load the page anew")
    with transaction.atomic():
        if not Account.objects.filter(id=whom, practice_id=actor.practice_row).exists():
            raise NotThere(f"account {whom}")
        said = {"practice_id": actor.practice_row, "fingerprint": fingerprint, "signature": signature, "at": actor.now}
        Compared.objects.update_or_create(by_id=actor.account, whom_id=whom, defaults=said)
        trail.write(actor.practice, actor.account, "keys.compare", at=actor.now, account=str(whom), print=fingerprint.hex())


# --- notes -----------------------------------------------------------------------------------------------------


def keep_note(actor: Actor, record: UUID, id: UUID, version: int, body: bytes, *, key_wrap: bytes | None = None) -> None:
    """Keep a note as its author's browser sealed it: version 1 is a note, and ends the draft; later versions are drafts. Raises NotThere and SealRefused."""
    if not NOTE_LEAST <= len(body) <= NOTE_MOST or body[:2] != b"N\x01" or not 1 <= version < 1 << 31:
        raise SealRefused("this is no sealed note; nothing was kept; load the page anew")
    require_author(actor, record, "write")
    key, draft = actor.keys.key(record, Use.RECORD), version > 1
    sealed = seal(body, with_=key, bound_to=place(actor, record, "sealed_note.body", id, version))
    with transaction.atomic():
        require_author(actor, record, "write")
        if Unlocker.objects.filter(account_id=actor.account).count() < LEAST_WAYS:
            raise SealRefused("two ways in at least are made before the first sealed note; nothing was kept; make them first")
        _keep_note_key(actor, record, key_wrap)
        before = SealedNote.objects.select_for_update().filter(id=id).first()
        drafts = SealedNote.objects.filter(record_id=record, author_id=actor.account, draft=True)
        mine = before is not None and (before.author_id, before.record_id) == (actor.account, record)
        if before is not None and not (draft and mine and before.draft and before.version < version):
            raise SealRefused("another window saved this since; nothing was changed; copy what you wrote, load the page anew, and look at both")
        if draft and drafts.exclude(id=id).exists():
            raise SealRefused("another window holds a draft of this record; nothing was changed; copy what you wrote and finish that draft first")
        if not draft:
            drafts.delete()
        SealedNote.objects.update_or_create(
            id=id, defaults={"practice_id": actor.practice_row, "record_id": record, "author_id": actor.account, "version": version, "draft": draft,
                             "at": actor.now, "body": sealed},
        )  # fmt: skip
        trail.write(actor.practice, actor.account, "sealed.draft" if draft else "sealed.write", at=actor.now, about=[(key, record)], row=(key, id))


def _keep_note_key(actor: Actor, record: UUID, wrap: bytes | None) -> None:
    there = NoteKey.objects.filter(record_id=record, author_id=actor.account).exists()
    if there == (wrap is not None):
        raise SealRefused("the key of these notes is another one now; nothing was kept; copy what you wrote and load the page anew")
    if wrap is not None:
        if len(wrap) != NOTE_KEY or wrap[:2] != b"K\x01":
            raise SealRefused("this is no note key; nothing was kept; load the page anew")
        id = uuid4()
        sealed = seal(wrap, with_=actor.keys.key(record, Use.RECORD), bound_to=place(actor, record, "note_key.wrapped", id))
        NoteKey.objects.create(id=id, practice_id=actor.practice_row, record_id=record, author_id=actor.account, wrapped=sealed)


def hand_over(actor: Actor, record: UUID, id: UUID, text: str) -> UUID:
    """Return the id of the chart entry an author made of a sealed note's text; the note stays sealed. Raises NotThere, NotAllowed and NothingWritten.

    The entry is a progress note: what stands in the record is no longer "separated from the rest" (45 CFR 164.501), so it is no psychotherapy note.
    """
    with transaction.atomic():
        require_author(actor, record, "see")
        row = SealedNote.objects.select_for_update().filter(id=id, record_id=record, author_id=actor.account, draft=False).first()
        if row is None:
            raise NotThere(f"sealed note {id}")
        entry = sign_entry(actor, record, NewEntry(Entry.Kind.NOTE, actor.now, {"progress_notes": text}))
        SealedNote.objects.filter(id=id).update(handed=entry)
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "sealed.hand", at=actor.now, about=[(key, record)], row=(key, id))
    return entry


# --- the custodians' way ---------------------------------------------------------------------------------------


def name_custodians(actor: Actor, wraps: Sequence[tuple[UUID, UUID, bytes]]) -> None:
    """Keep an author's custodians, a wrap for each pair; those named before are custodians no more. Raises NotThere and SealRefused."""
    for first, second, wrap in wraps:
        if len(wrap) != CUSTODY or wrap[:2] != b"C\x01" or len({first, second, actor.account}) != 3:
            raise SealRefused("custodians are two colleagues other than yourself; nothing was kept; choose again")
    with transaction.atomic():
        wanted = {one for first, second, _ in wraps for one in (first, second)}
        if AuthorKey.objects.filter(account_id__in=wanted, practice_id=actor.practice_row, account__ended=None).count() != len(wanted):
            raise NotThere("custodian")
        old = Custody.objects.filter(author_id=actor.account, ended=None)
        Opening.objects.filter(custody__in=old, stopped=None).update(stopped=actor.now)
        old.update(ended=actor.now)
        key = actor.keys.key(actor.account, Use.ACCOUNT)
        for first, second, wrap in wraps:
            id = uuid4()
            sealed = seal(wrap, with_=key, bound_to=place(actor, actor.account, "custody.wrapped", id))
            Custody.objects.create(
                id=id, practice_id=actor.practice_row, author_id=actor.account, first_id=first, second_id=second, wrapped=sealed, named=actor.now
            )
        trail.write(actor.practice, actor.account, "custody.name", at=actor.now, custodians=".".join(sorted(map(str, wanted))) or "none")


def record_absence(actor: Actor, account: UUID, why: str, paper: str) -> UUID:
    """Return the id of a recorded death or incapacity of a colleague. Raises NotAllowed, NotThere and SealRefused."""
    require_at_practice(actor, "record", "absence")
    if account == actor.account:
        raise SealRefused("somebody else records this of you; nothing was kept")
    if why not in Absence.Why.values or paper not in Absence.Paper.values:
        raise SealRefused("say what happened and what was shown; nothing was kept")
    with transaction.atomic():
        if not Account.objects.filter(id=account, practice_id=actor.practice_row).exists():
            raise NotThere(f"account {account}")
        if Absence.objects.filter(account_id=account, lifted=None).exists():
            raise SealRefused("this is recorded already; nothing was changed")
        row = Absence.objects.create(practice_id=actor.practice_row, account_id=account, why=why, paper=paper, at=actor.now, by=actor.account)
        trail.write(actor.practice, actor.account, "absence.record", at=actor.now, account=str(account), why=why, paper=paper)
    return row.id


def lift_absence(actor: Actor) -> None:
    """End what was recorded of the actor, who is here: every opening stops. Raises NotThere."""
    with transaction.atomic():
        rows = Absence.objects.select_for_update().filter(account_id=actor.account, lifted=None)
        if not rows.exists():
            raise NotThere("absence")
        Opening.objects.filter(absence__in=rows, stopped=None).update(stopped=actor.now)
        rows.update(lifted=actor.now)
        trail.write(actor.practice, actor.account, "absence.lift", at=actor.now)


def ask_opening(actor: Actor, custody: UUID) -> UUID:
    """Return the id of an opening asked for by one of the pair; the 72 hours begin. Raises NotThere and SealRefused."""
    with transaction.atomic():
        row = Custody.objects.select_for_update().filter(id=custody, practice_id=actor.practice_row, ended=None).first()
        if row is None or actor.account not in (row.first_id, row.second_id):
            raise NotThere(f"custody {custody}")
        absence = Absence.objects.filter(account_id=row.author_id, lifted=None).first()
        if absence is None:
            raise SealRefused("no death or incapacity of the author is recorded; nothing was begun; the owner or the privacy officer records it first")
        if Opening.objects.filter(custody=row, stopped=None).exists():
            raise SealRefused("this was asked for already; nothing was changed")
        opening = Opening.objects.create(practice_id=actor.practice_row, custody=row, absence=absence, asked=actor.now, by=actor.account)
        trail.write(actor.practice, actor.account, "custody.ask", at=actor.now, about=about_author(actor, row.author_id), opening=str(opening.id))
    return opening.id


def stop_opening(actor: Actor, opening: UUID) -> None:
    """Stop an opening: by the author, one of the pair, or whoever records absences. Raises NotThere."""
    with transaction.atomic():
        row = Opening.objects.select_for_update().select_related("custody").filter(id=opening, practice_id=actor.practice_row, stopped=None).first()
        if row is None:
            raise NotThere(f"opening {opening}")
        concerned = actor.account in (row.custody.author_id, row.custody.first_id, row.custody.second_id)
        if not concerned and not matrix.may(actor.roles, "record", "absence", [matrix.AT_PRACTICE]):
            raise NotThere(f"opening {opening}")
        Opening.objects.filter(id=opening).update(stopped=actor.now)
        trail.write(actor.practice, actor.account, "custody.stop", at=actor.now, about=about_author(actor, row.custody.author_id), opening=str(opening))


def give_inner(actor: Actor, opening: UUID, inner: bytes) -> None:
    """Keep what the first custodian's browser opened: still sealed to the second. Raises NotThere, TooEarly and SealRefused."""
    if len(inner) != INNER:
        raise SealRefused("this is not what lies under the first layer; nothing was kept; load the page anew")
    with transaction.atomic():
        row = require_named(actor, opening, "first")
        author = row.custody.author_id
        sealed = seal(inner, with_=actor.keys.key(author, Use.ACCOUNT), bound_to=place(actor, author, "opening.inner", row.id))
        Opening.objects.filter(id=row.id).update(inner=sealed, first_at=actor.now)
        trail.write(actor.practice, actor.account, "custody.first", at=actor.now, about=about_author(actor, author), opening=str(opening))


def take_inner(actor: Actor, opening: UUID) -> bytes:
    """Return what the second custodian opens, after the first has. Raises NotThere, TooEarly and SealRefused."""
    with transaction.atomic():
        row = require_named(actor, opening, "second")
        if row.inner is None:
            raise SealRefused("the first custodian has not opened their layer yet; nothing was opened; ask them to")
        author = row.custody.author_id
        inner = open_sealed(row.inner, with_=actor.keys.key(author, Use.ACCOUNT), bound_to=place(actor, author, "opening.inner", row.id))
        Opening.objects.filter(id=row.id, second_at=None).update(second_at=actor.now)
        trail.write(actor.practice, actor.account, "custody.second", at=actor.now, about=about_author(actor, author), opening=str(opening))
    return inner
