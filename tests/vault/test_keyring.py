"""The keyring, locked and open; the practice key and the root key replaced, with the process killed at every step; shredding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from stores import NOW, PRACTICE, Killed, MemoryKeyStore, practice

from privity.vault import HeldForLaw, Key, KeyFor, Locked, LockedKeyring, OpenKeyring, Use, WillNotOpen, Wrap, WrongKey
from privity.vault.faults import CannotSeal, NoSuchKey, StillInUse
from privity.vault.keys import practice_key_for, wrap
from privity.vault.rotate import rewrap_practice_keys, rotate_practice_key, shred, sweep

FOR = KeyFor(PRACTICE, "r0", Use.RECORD)


def opened(store: MemoryKeyStore, keyring: OpenKeyring) -> dict[str, bytes]:
    return {row.for_.record: keyring.open(row.wrapped, row.for_).secret for row in store.rows.values() if row.for_.use is Use.RECORD}


def secrets(keys: dict[str, Key]) -> dict[str, bytes]:
    return {record: key.secret for record, key in keys.items()}


def ring(store: MemoryKeyStore, root: Key) -> OpenKeyring:
    return LockedKeyring(PRACTICE).unlock([root], [store.rows[id] for id in store.order])


@pytest.mark.parametrize("verb", ["make", "open", "rewrap", "current", "named"])
def test_locked_every_verb_says_so(verb: str) -> None:
    store, keyring, _, _ = practice(1)
    wrapped = store.rows["w0"].wrapped
    given = {"make": (FOR,), "open": (wrapped, FOR), "rewrap": (wrapped, FOR), "current": (), "named": (b"x",)}[verb]
    for locked in (LockedKeyring(PRACTICE), keyring.lock(), keyring):
        with pytest.raises(Locked, match="unlock"):
            getattr(locked, verb)(*given)


def test_no_verb_of_the_keyring_is_forgotten_above() -> None:
    verbs = {name for name in vars(LockedKeyring).keys() | vars(LockedKeyring.__base__).keys() if not name.startswith("_")}
    assert verbs - {"lock", "unlock"} == {"make", "open", "rewrap", "current", "named"}


def test_unlocking_gives_the_same_keys() -> None:
    store, keyring, root, keys = practice(3)
    assert opened(store, keyring.lock().unlock([root], [store.rows["p0"]])) == secrets(keys)


def test_another_practices_root_key_does_not_unlock() -> None:
    store, keyring, _, _ = practice(1)
    with pytest.raises(WrongKey):
        keyring.lock().unlock([Key.random()], [store.rows["p0"]])


def test_a_keyring_serves_its_own_practice_alone() -> None:
    _, keyring, _, _ = practice(0)
    with pytest.raises(CannotSeal, match="birch"):
        keyring.make(KeyFor("birch", "r0", Use.RECORD))
    with pytest.raises(NoSuchKey):
        LockedKeyring(PRACTICE).unlock([Key.random()], [])


# --- replacing keys --------------------------------------------------------------------------------------------------


def test_a_new_practice_key_opens_everything_and_the_old_one_nothing() -> None:
    store, before, root, keys = practice(7)
    told: list[int] = []
    after = rotate_practice_key(store, before, [root], batch=3, progress=told.append)
    assert opened(store, after) == secrets(keys)
    assert told == [3, 6, 7]
    assert store.note is None
    assert len(store.order) == 1
    for row in store.rows.values():
        if row.for_.use is Use.RECORD:
            with pytest.raises(NoSuchKey):
                before.open(row.wrapped, row.for_)


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the call"])
def test_killed_at_every_step_the_rotation_goes_on_and_loses_nothing(after: bool) -> None:
    step = 0
    while True:
        step += 1
        store, keyring, root, keys = practice(7)
        store.calls, store.die_at, store.die_after = 0, step, after
        old = keyring.current().id
        try:
            rotate_practice_key(store, keyring, [root], batch=3)
            break
        except Killed:
            store.die_at = -1
        assert opened(store, ring(store, root)) == secrets(keys), "between kill and resumption everything opens"
        if store.note is not None or old in {store.rows[id].child for id in store.order}:
            rotate_practice_key(store, ring(store, root), [root], batch=3)
        assert opened(store, ring(store, root)) == secrets(keys)
        assert old not in {row.parent for row in store.rows.values()} | {row.child for row in store.rows.values()}
        assert len(store.order) == 1
    assert step > 9


def test_a_key_made_while_the_practice_key_is_replaced_is_kept() -> None:
    store, keyring, root, keys = practice(4)
    store.calls, store.die_at = 0, 5
    with pytest.raises(Killed):
        rotate_practice_key(store, keyring, [root], batch=2)
    store.die_at = -1
    between = ring(store, root)
    for_ = KeyFor(PRACTICE, "new", Use.RECORD)
    keys["new"], wrapped = between.make(for_)
    store.add(Wrap("new", for_, wrapped))
    assert opened(store, rotate_practice_key(store, between, [root])) == secrets(keys)


def test_a_keyring_from_before_the_rotation_cannot_add_a_key() -> None:
    store, before, root, _ = practice(1)
    rotate_practice_key(store, before, [root])
    with pytest.raises(StillInUse):
        store.add(Wrap("late", FOR, before.make(FOR)[1]))


def test_a_broken_wrap_stops_the_rotation_and_destroys_nothing() -> None:
    store, keyring, root, keys = practice(3)
    whole = store.rows["w1"]
    store.rows["w1"] = replace(whole, wrapped=whole.wrapped[:-1] + bytes([whole.wrapped[-1] ^ 1]))
    with pytest.raises(WillNotOpen):
        rotate_practice_key(store, keyring, [root], batch=1)
    store.rows["w1"] = whole
    assert opened(store, rotate_practice_key(store, ring(store, root), [root])) == secrets(keys)


def test_practice_keys_move_under_a_new_root_key_and_a_second_call_changes_nothing() -> None:
    store, _, root, keys = practice(2)
    new = Key.random()
    rewrap_practice_keys(store, PRACTICE, root, new)
    rewrap_practice_keys(store, PRACTICE, root, new)
    assert opened(store, ring(store, new)) == secrets(keys)
    with pytest.raises(WrongKey):
        ring(store, root)


def test_a_practice_key_is_replaced_while_the_root_key_is_too() -> None:
    store, keyring, root, keys = practice(3)
    new = Key.random()
    after = rotate_practice_key(store, keyring, [new, root][::-1])
    assert opened(store, after) == secrets(keys)
    rewrap_practice_keys(store, PRACTICE, root, new)
    with pytest.raises(StillInUse, match="unlock again"):
        rotate_practice_key(store, after, [root])
    assert opened(store, rotate_practice_key(store, after, [new, root])) == secrets(keys)


# --- shredding -------------------------------------------------------------------------------------------------------

YEAR = timedelta(days=365)


def shred_r0(store: MemoryKeyStore, days: int = 0):
    return shred(store, "r0", [FOR], id="s-1", requested=NOW - YEAR, now=NOW + timedelta(days=days))


def test_a_shredded_record_stays_closed_even_with_yesterdays_key_store() -> None:
    store, keyring, root, keys = practice(3)
    backup = dict(store.rows)
    shred_r0(store)
    after, (certificate,) = sweep(store, keyring, [root], now=NOW, backups_live=timedelta(days=14))
    assert opened(store, after) == {record: key.secret for record, key in keys.items() if record != "r0"}
    with pytest.raises(NoSuchKey):
        after.open(backup["w0"].wrapped, FOR)
    assert certificate.old_key not in {row.parent for row in store.rows.values()} | {row.child for row in store.rows.values()}
    assert store.certificates == [certificate]
    assert store.waiting == {}


def test_the_certificate_tells_when_it_is_true_and_of_whom_only_to_the_holder_of_its_opening() -> None:
    store, keyring, root, _ = practice(1)
    note, opening = shred_r0(store)
    _, (certificate,) = sweep(store, keyring, [root], now=NOW + timedelta(hours=18), backups_live=timedelta(days=14))
    assert certificate.effective == date(2026, 12, 10)  # the last backup dies on December 9, at three in the morning
    assert (certificate.requested, certificate.removed, certificate.executed) == (NOW - YEAR, NOW, NOW + timedelta(hours=18))
    assert certificate.is_about("r0", opening)
    assert not certificate.is_about("r1", opening)
    assert not certificate.is_about("r0", bytes(32))
    assert "r0" not in certificate.text()
    assert note.record.hex() in certificate.text()


def test_a_hold_at_the_moment_of_execution_keeps_the_record() -> None:
    store, keyring, _, keys = practice(1)
    store.held["r0"] = ("hold-3",)
    calls = store.calls
    with pytest.raises(HeldForLaw, match="hold-3"):
        shred_r0(store)
    assert store.calls == calls + 1, "the store was not even asked to destroy"
    assert opened(store, keyring) == secrets(keys)
    del store.held["r0"]
    shred_r0(store)
    with pytest.raises(NoSuchKey):
        shred_r0(store)


def test_other_uses_of_the_record_outlive_it() -> None:
    store, keyring, root, _ = practice(1)
    kept = KeyFor(PRACTICE, "r0", Use.ACCOUNTING)
    key, wrapped = keyring.make(kept)
    store.add(Wrap("a0", kept, wrapped))
    shred_r0(store)
    after, _ = sweep(store, keyring, [root], now=NOW, backups_live=YEAR)
    assert after.open(store.rows["a0"].wrapped, kept).secret == key.secret


def test_with_nothing_to_shred_the_sweep_changes_nothing() -> None:
    store, keyring, root, _ = practice(2)
    rows = dict(store.rows)
    assert sweep(store, keyring, [root], now=NOW, backups_live=YEAR) == (keyring, [])
    assert store.rows == rows


def test_a_shred_during_a_sweep_waits_for_the_next_one_and_is_not_brought_back() -> None:
    store, keyring, root, keys = practice(4)
    shred_r0(store)
    store.calls, store.die_at = 0, 6
    with pytest.raises(Killed):
        sweep(store, keyring, [root], now=NOW, backups_live=YEAR, batch=1)
    store.die_at = -1
    shred(store, "r3", [KeyFor(PRACTICE, "r3", Use.RECORD)], id="s-2", requested=NOW, now=NOW)
    after, done = sweep(store, ring(store, root), [root], now=NOW, backups_live=YEAR)
    assert [certificate.id for certificate in done] == ["s-1"]
    after, done = sweep(store, after, [root], now=NOW, backups_live=YEAR)
    assert [certificate.id for certificate in done] == ["s-2"]
    assert opened(store, after) == {record: keys[record].secret for record in ("r1", "r2")}


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after the call"])
def test_killed_at_every_step_a_sweep_goes_on_and_certifies_once(after: bool) -> None:
    step = 0
    while True:
        step += 1
        store, keyring, root, keys = practice(5)
        shred_r0(store)
        store.calls, store.die_at, store.die_after = 0, step, after
        try:
            sweep(store, keyring, [root], now=NOW, backups_live=YEAR, batch=2)
            break
        except Killed:
            store.die_at = -1
        sweep(store, ring(store, root), [root], now=NOW, backups_live=YEAR, batch=2)
        assert [certificate.id for certificate in store.certificates] == ["s-1"]
        assert opened(store, ring(store, root)) == {record: key.secret for record, key in keys.items() if record != "r0"}
        assert len(store.order) == 1
    assert step > 8


def test_a_practice_key_for_another_practice_does_not_open_here() -> None:
    root = Key.random()
    foreign = Wrap("p", practice_key_for("birch"), wrap(Key.random(), under=root, for_=practice_key_for("birch")))
    with pytest.raises(WillNotOpen):
        LockedKeyring(PRACTICE).unlock([root], [foreign])
