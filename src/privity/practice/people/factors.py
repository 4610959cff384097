"""What proves who an account's holder is, and the verbs that set it up and change it. There are always two factors, and no switch.

A password goes with a code from an app, or with a recovery code on paper; a passkey stands alone, since the device checks its user.
What is being set up does not count until its last step: recovery codes shown once, and one of them typed back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from privity.practice.keys.held import HeldKeys
from privity.practice.trail import services as trail
from privity.vault import Binding, Use, factors, open_sealed, seal

from . import passkeys, passwords
from .access import NotAllowed, NotThere, require_at_practice
from .actor import Actor
from .models import Account, AppCode, PaperCode, Passkey, Practice

SET_UP_LASTS = timedelta(hours=72)
RECOVERY_CODES = 8
RECOVERY, SET_UP = PaperCode.Kind.RECOVERY, PaperCode.Kind.SET_UP


class NotYet(ValueError):
    """A step before this one is missing; its text says which."""


def account_named(name: str) -> Account | None:
    """Return the account with a user name, if it may sign in."""
    return Account.objects.filter(user_name=name.strip().casefold()[:40], ended=None).select_related("practice").first()


def account(id: str) -> Account | None:
    """Return the account with an id, if it may sign in."""
    return Account.objects.filter(id=UUID(id), ended=None).select_related("practice").first()


# --- proving ---------------------------------------------------------------------------------------------------


def password_fits(account: Account | None, typed: str) -> bool:
    """Tell whether the password is the account's. An unknown account takes as long, and so does one without a password."""
    return passwords.fits(typed, account.password if account else None)


def app_code_fits(account: Account, keys: HeldKeys, typed: str, now: datetime) -> bool:
    """Tell whether the code is the one the account's app shows now; it never fits again."""
    row = AppCode.objects.filter(account=account).exclude(counts=None).first()
    return row is not None and _app_code(row, keys, typed, now)


def _app_code(row: AppCode, keys: HeldKeys, typed: str, now: datetime) -> bool:
    key = keys.key(row.account_id, Use.ACCOUNT)
    secret = open_sealed(bytes(row.secret), with_=key, bound_to=place_of_secret(keys.practice, row.account_id, row.id))
    step = factors.step_of(secret, typed, now.timestamp())
    return step is not None and AppCode.objects.filter(id=row.id, last__lt=step).update(last=step) == 1


def recovery_code_fits(account: Account, keys: HeldKeys, typed: str, now: datetime) -> bool:
    """Tell whether the code is one of the account's recovery codes; it never fits again."""
    rows = PaperCode.objects.filter(account=account, kind=RECOVERY, used=None, mark=_mark(account.id, keys, RECOVERY, typed))
    return rows.exclude(counts=None).update(used=now) == 1


def passkey_fits(post: Mapping[str, str], challenge: bytes, place: passkeys.Place) -> Account:
    """Return the account whose passkey was used. Raises NotThisPasskey."""
    row = Passkey.objects.filter(credential=passkeys.credential_of(post), account__ended=None).exclude(counts=None).select_related("account__practice").first()
    if row is None:
        raise passkeys.NotThisPasskey("unknown here")
    kept = passkeys.Made(bytes(row.credential), bytes(row.public), row.uses, row.synced)
    uses = passkeys.used(post, challenge, place, kept, row.account_id)
    if Passkey.objects.filter(id=row.id, uses=row.uses).update(uses=uses) != 1:
        raise passkeys.NotThisPasskey("used twice at once")
    return row.account


def signed_in(account: Account, how: str, now: datetime) -> None:
    """Write that somebody came in, and how."""
    with transaction.atomic():
        trail.write(account.practice.uid, account.id, "sign.in", at=now, how=how)


def proved_anew(actor: Actor, how: str) -> None:
    """Write that somebody proved anew who they are."""
    with transaction.atomic():
        trail.write(actor.practice, actor.account, "sign.prove", at=actor.now, how=how)


def signed_out(actor: Actor) -> None:
    """Write that somebody signed out."""
    with transaction.atomic():
        trail.write(actor.practice, actor.account, "sign.out", at=actor.now)


def sessions_ended(actor: Actor, ended: int) -> None:
    """Write that somebody ended other sessions of their own."""
    if ended:
        with transaction.atomic():
            trail.write(actor.practice, actor.account, "session.end", at=actor.now, ended=ended)


def slowed(practice: Practice | None, account: Account | None, now: datetime) -> None:
    """Write that somebody failed often by one name: the account's, or one that nobody has."""
    practice = account.practice if account else practice
    if practice is not None:
        with transaction.atomic():
            trail.write(practice.uid, account.id if account else practice.uid, "sign.slow", at=now)


# --- setting up ------------------------------------------------------------------------------------------------


def new_set_up_code(actor: Actor, account: UUID) -> tuple[str, datetime]:
    """Return a code by which the holder sets the account up, and until when: to be shown once. Older ones are void. Raises NotAllowed and NotThere."""
    require_at_practice(actor, "change", "staff")
    row = Account.objects.filter(id=account, practice_id=actor.practice_row, ended=None).first()
    if row is None:
        raise NotThere(f"account {account}")
    if "owner" in row.roles and "owner" not in actor.roles:
        raise NotAllowed("an owner's account is another owner's to set up anew")
    return set_up_code(row, actor.keys, actor.now, by=actor.account)


def set_up_code(account: Account, keys: HeldKeys, now: datetime, *, by: UUID | None = None) -> tuple[str, datetime]:
    """Return the same for whoever stands at the machine itself: the first account, or an owner who lost every way in."""
    code, ends = factors.new_code(), now + SET_UP_LASTS
    mark = _mark(account.id, keys, SET_UP, code)
    with transaction.atomic():
        PaperCode.objects.filter(account=account, kind=SET_UP).delete()
        PaperCode.objects.create(practice_id=account.practice_id, account=account, kind=SET_UP, mark=mark, made=now, ends=ends, counts=now)
        trail.write(keys.practice, by or account.id, "account.set_up_code", at=now, account=str(account.id))
    return code, ends


def begin_set_up(account: Account, keys: HeldKeys, typed: str, now: datetime) -> UUID | None:
    """Return the id of the code that was typed, or None when it is not this account's. What an earlier set-up left unfinished is gone.

    The code is spent when the set-up is done.
    """
    code = _set_up_codes(account, keys, typed, now).first()
    if code is None:
        return None
    with transaction.atomic():
        Passkey.objects.filter(account=account, counts=None).delete()
        AppCode.objects.filter(account=account, counts=None).delete()
        PaperCode.objects.filter(account=account, kind=RECOVERY, counts=None).delete()
        Account.objects.filter(id=account.id).update(chosen="")
    return code.id


def being_set_up(code: UUID, now: datetime) -> Account | None:
    """Return the account that a code lets set up; None when the code was spent, is too old or was replaced, or the account has ended."""
    row = PaperCode.objects.filter(id=code, kind=SET_UP, used=None, ends__gt=now, account__ended=None).select_related("account__practice").first()
    return row.account if row else None


def spend_set_up_code(account: Account, keys: HeldKeys, typed: str, now: datetime) -> bool:
    """Tell whether the code from the owner fits; it never fits again. With a recovery code it lets in whoever has no password."""
    return _set_up_codes(account, keys, typed, now).update(used=now) == 1


def _set_up_codes(account: Account, keys: HeldKeys, typed: str, now: datetime) -> QuerySet[PaperCode]:
    return PaperCode.objects.filter(account=account, kind=SET_UP, used=None, ends__gt=now, mark=_mark(account.id, keys, SET_UP, typed))


def app_secret(account: Account, keys: HeldKeys, now: datetime) -> str:
    """Return the secret to put into an app, in base 32: a new one, or the one that is being set up and does not count yet."""
    row = AppCode.objects.filter(account=account, counts=None).first()
    if row is None:
        row = _keep_secret(account, keys, factors.new_secret(), now)
    key = keys.key(account.id, Use.ACCOUNT)
    return factors.typed_secret(open_sealed(bytes(row.secret), with_=key, bound_to=place_of_secret(keys.practice, account.id, row.id)))


def _keep_secret(account: Account, keys: HeldKeys, secret: bytes, now: datetime) -> AppCode:
    row = AppCode(practice_id=account.practice_id, account=account, made=now)
    key = keys.key(account.id, Use.ACCOUNT)
    row.secret = seal(secret, with_=key, bound_to=place_of_secret(keys.practice, account.id, row.id))
    row.save(force_insert=True)
    return row


def choose_password(account: Account, chosen: str) -> None:
    """Keep a password that counts once the set-up is done. Raises NotAPassword."""
    Account.objects.filter(id=account.id).update(chosen=passwords.hash_of(chosen, user_name=account.user_name))


def try_new_app(account: Account, keys: HeldKeys, typed: str, now: datetime) -> bool:
    """Tell whether the app that is being set up shows the right code."""
    row = AppCode.objects.filter(account=account, counts=None).first()
    return row is not None and _app_code(row, keys, typed, now)


def keep_passkey(account: Account, made: passkeys.Made, now: datetime) -> None:
    """Keep a new passkey that counts once the set-up is done. Raises NotThisPasskey for one that is known."""
    if Passkey.objects.filter(credential=made.credential).exists():
        raise passkeys.NotThisPasskey("known already")
    Passkey.objects.create(
        practice_id=account.practice_id, account=account, credential=made.credential, public=made.public, uses=made.uses, synced=made.synced, made=now
    )


def may_print_codes(account: Account) -> bool:
    """Tell whether a way in has been chosen, so that only the codes are missing."""
    return Passkey.objects.filter(account=account, counts=None).exists() or _new_app(account) is not None


def _new_app(account: Account) -> AppCode | None:
    fresh = Account.objects.get(id=account.id)
    return AppCode.objects.filter(account=account, counts=None, last__gt=0).first() if fresh.chosen else None


def new_recovery_codes(account: Account, keys: HeldKeys, now: datetime) -> list[str]:
    """Return new recovery codes, to be shown once; they count when one of them was typed back."""
    codes = [factors.new_code() for _ in range(RECOVERY_CODES)]
    rows = [PaperCode(practice_id=account.practice_id, account=account, kind=RECOVERY, mark=_mark(account.id, keys, RECOVERY, one), made=now) for one in codes]
    with transaction.atomic():
        PaperCode.objects.filter(account=account, kind=RECOVERY, counts=None).delete()
        PaperCode.objects.bulk_create(rows)
    return codes


def typed_back(account: Account, keys: HeldKeys, typed: str) -> bool:
    """Tell whether a code is one of those just shown."""
    mark = _mark(account.id, keys, RECOVERY, typed)
    return PaperCode.objects.filter(account=account, kind=RECOVERY, counts=None, mark=mark).exists()


def finish_set_up(account: Account, keys: HeldKeys, typed: str, now: datetime) -> Account:
    """Return the account with its new ways in; the former ones are gone, its sessions are over, the code from the owner is spent.

    Raises NotYet when a step is missing or the code typed back is none of those shown.
    """
    with transaction.atomic():
        row = Account.objects.select_for_update().select_related("practice").get(id=account.id)
        app, new_passkeys = _new_app(row), Passkey.objects.filter(account=row, counts=None)
        how = "app" if app else "passkey"
        if app is None and not new_passkeys.exists():
            raise NotYet("Choose a passkey, or a password and an app, first.")
        if not typed_back(row, keys, typed):
            raise NotYet("That is none of the codes just shown. Type one of them, all six groups.")
        Passkey.objects.filter(account=row).exclude(counts=None).delete()
        new_passkeys.update(counts=now)
        AppCode.objects.filter(account=row).exclude(id=app.id if app else uuid4()).delete()
        if app:
            AppCode.objects.filter(id=app.id).update(counts=now)
        _count_recovery_codes(row, now)
        PaperCode.objects.filter(account=row, kind=SET_UP, used=None).update(used=now)
        row.password, row.chosen, row.epoch = row.chosen if app else "!", "", row.epoch + 1
        row.save(update_fields=["password", "chosen", "epoch"])
        trail.write(row.practice.uid, row.id, "account.set_up", at=now, how=how)
    return row


def _count_recovery_codes(account: Account, now: datetime) -> None:
    rows = PaperCode.objects.filter(account=account, kind=RECOVERY)
    rows.exclude(counts=None).delete()
    rows.update(counts=now)


# --- changing one's own ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """A passkey as its holder sees it."""

    id: UUID
    made: datetime
    synced: bool


@dataclass(frozen=True)
class Ways:
    """An account's ways in."""

    passkeys: tuple[Held, ...]
    password: bool  # and with it always a code from an app
    codes_left: int

    @property
    def ready(self) -> bool:
        """Tell whether the account has been set up."""
        return self.password or bool(self.passkeys)


def ways(account: UUID) -> Ways:
    """Return an account's ways in."""
    rows = Passkey.objects.filter(account_id=account).exclude(counts=None).order_by("made")
    left = PaperCode.objects.filter(account_id=account, kind=RECOVERY, used=None).exclude(counts=None).count()
    app = AppCode.objects.filter(account_id=account).exclude(counts=None).exists()
    return Ways(tuple(Held(row.id, row.made.astimezone(), row.synced) for row in rows), app, left)


def credentials(account: UUID) -> list[bytes]:
    """Return an account's passkeys by the numbers a browser knows them by."""
    return [bytes(one) for one in Passkey.objects.filter(account_id=account).values_list("credential", flat=True)]


def add_passkey(actor: Actor, made: passkeys.Made) -> None:
    """Give the actor another passkey. Raises NotThisPasskey."""
    row = Account.objects.get(id=actor.account)
    with transaction.atomic():
        keep_passkey(row, made, actor.now)
        Passkey.objects.filter(account=row, credential=made.credential).update(counts=actor.now)
        trail.write(actor.practice, actor.account, "factor.add", at=actor.now, kind="passkey")


def remove_passkey(actor: Actor, passkey: UUID) -> None:
    """Take one of the actor's passkeys away. Raises NotThere, and NotAllowed for the last way in."""
    with transaction.atomic():
        Account.objects.select_for_update().get(id=actor.account)
        here = ways(actor.account)
        if passkey not in {one.id for one in here.passkeys}:
            raise NotThere(f"passkey {passkey}")
        if not here.password and len(here.passkeys) == 1:
            raise NotAllowed("the last way in stays")
        Passkey.objects.filter(id=passkey).delete()
        trail.write(actor.practice, actor.account, "factor.remove", at=actor.now, kind="passkey")


def change_password(actor: Actor, chosen: str, typed: str) -> bool:
    """Change the actor's password and app together, once the new app's code fits; tell whether it did. Raises NotAPassword.

    The actor's other sessions are over: the one that did this begins anew.
    """
    row = Account.objects.get(id=actor.account)
    choose_password(row, chosen)
    if not try_new_app(row, actor.keys, typed, actor.now):
        return False
    with transaction.atomic():
        row = Account.objects.select_for_update().get(id=actor.account)
        app = _new_app(row)
        if app is None:
            return False
        AppCode.objects.filter(account=row).exclude(id=app.id).delete()
        AppCode.objects.filter(id=app.id).update(counts=actor.now)
        row.password, row.chosen, row.epoch = row.chosen, "", row.epoch + 1
        row.save(update_fields=["password", "chosen", "epoch"])
        trail.write(actor.practice, actor.account, "factor.add", at=actor.now, kind="password")
    return True


def keep_recovery_codes(actor: Actor, typed: str) -> None:
    """Let the codes just shown count, and the former ones no more. Raises NotYet when the one typed back is none of them."""
    with transaction.atomic():
        row = Account.objects.select_for_update().get(id=actor.account)
        if not typed_back(row, actor.keys, typed):
            raise NotYet("That is none of the codes just shown. Type one of them, all six groups.")
        _count_recovery_codes(row, actor.now)
        trail.write(actor.practice, actor.account, "factor.add", at=actor.now, kind="recovery")


def set_known(account: Account, keys: HeldKeys, *, password: str, secret: str, now: datetime) -> None:
    """Give an account of an invented person a password and an app secret (base 32) that everybody may know."""
    with transaction.atomic():
        AppCode.objects.filter(account=account).delete()
        row = _keep_secret(account, keys, factors.secret_typed(secret), now)
        AppCode.objects.filter(id=row.id).update(counts=now)
        account.password = _known_hash(password, account.user_name)
        account.save(update_fields=["password"])
        trail.write(keys.practice, account.id, "account.set_up", at=now, how="demo")


@cache
def _known_hash(password: str, user_name: str) -> str:
    """Return the hash of a password that everybody may know, worked out once: it is slow, and has nothing to keep."""
    return passwords.hash_of(password, user_name=user_name)


def place_of_secret(practice: UUID, account: UUID, row: UUID) -> Binding:
    """Return where an app's secret may open."""
    return Binding(str(practice), str(account), "app_code.secret", str(row))


def _mark(account: UUID, keys: HeldKeys, kind: str, typed: str) -> bytes:
    return factors.code_mark(keys.key(account, Use.ACCOUNT), kind, typed[:80])
