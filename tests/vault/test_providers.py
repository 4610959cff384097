"""The root key: in a file, under a passphrase, with an outside service; its printed sheet; replaced with a kill at every step."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stores import PRACTICE, Killed, practice

from privity.vault import Key, LockedKeyring, Use
from privity.vault import providers as module
from privity.vault.faults import RootKeyRefused, ServiceFailed, SheetMistyped, SheetOfAnotherKey, VaultFault, WrongPassphrase
from privity.vault.providers import KeyFile, KeyProvider, KeyService, Passphrase, keeper
from privity.vault.recovery import LETTERS, key_from, rows_of
from privity.vault.rotate import rewrap_practice_keys

WORDS = "copper lantern seven quiet harbour"
SERVICE = Path(__file__).parent / "key_service.py"


@pytest.fixture(autouse=True)
def small_argon(monkeypatch) -> None:
    """Argon2id with 64 KiB, so that tests take no seconds; the real numbers are tested once below."""
    monkeypatch.setattr(module, "MEMORY", 64)
    monkeypatch.setattr(module, "PASSES", 1)


@pytest.fixture
def keep(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "keys").mkdir()
    (tmp_path / "kek").write_text("42" * 32)

    def make(kind: str, *more: str, name: str = "root.key", seconds: float = 20) -> KeyProvider:
        path, data = tmp_path / "keys" / name, tmp_path / "data"
        if kind == "file":
            return KeyFile(path, data=data)
        if kind == "passphrase":
            return Passphrase(path, data=data, passphrase=more[0] if more else WORDS)
        return KeyService(path, data=data, command=[sys.executable, str(SERVICE), str(tmp_path / "kek"), *more], seconds=seconds)

    return make


KINDS = ["file", "passphrase", "service"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_root_key_that_was_made_opens_again(kind: str, keep) -> None:
    key = keep(kind).create()
    assert [one.secret for one in keep(kind).unlock()] == [key.secret]
    told = keep(kind).describe()
    assert (told.key, told.sheet_tried, told.unfinished) == (key.id.hex(), False, False)


@pytest.mark.parametrize("kind", KINDS)
def test_a_root_key_is_never_written_over(kind: str, keep) -> None:
    key = keep(kind).create()
    for verb in (lambda: keep(kind).create(), lambda: keep(kind).restore("\n".join(rows_of(Key.random())))):
        with pytest.raises(RootKeyRefused, match="never written over"):
            verb()
    assert keep(kind).unlock()[0].secret == key.secret


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_is_its_owners_alone_and_the_key_is_in_it_only_for_a_key_file(kind: str, keep) -> None:
    key, path = keep(kind).create(), keep(kind).path
    assert path.stat().st_mode & 0o777 == 0o600
    import base64

    assert (base64.b64encode(key.secret).decode() in path.read_text()) == (kind == "file")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_file_open_to_others_is_refused(mode: int, keep) -> None:
    keep("file").create()
    keep("file").path.chmod(mode)
    with pytest.raises(RootKeyRefused, match="chmod 600"):
        keep("file").unlock()


def test_a_root_file_in_the_data_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "root.key", tmp_path / "deep" / "root.key"):
        path.parent.mkdir(exist_ok=True)
        with pytest.raises(RootKeyRefused, match="data folder"):
            KeyFile(path, data=tmp_path).create()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "deep")
    with pytest.raises(RootKeyRefused, match="data folder"):
        KeyFile(tmp_path / "elsewhere" / "root.key", data=tmp_path / "deep").create()


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"privity_root": 2, "kind": "key file", "keys": []}', "\xff", '{"privity_root": 1, "kind": "key file", "keys": []}']
)
def test_a_damaged_root_file_is_one_clear_sentence(text: str, keep) -> None:
    path = keep("file").path
    path.write_text(text, "latin-1")
    path.chmod(0o600)
    with pytest.raises(RootKeyRefused, match="recovery sheet"):
        keep("file").unlock()


@pytest.mark.parametrize("kind", KINDS)
def test_every_altered_value_of_a_root_file_is_refused(kind: str, keep) -> None:
    keep(kind).create()
    path = keep(kind).path
    whole = json.loads(path.read_text())
    for name, value in whole["keys"][0].items():
        if name == "sheet_tried":
            continue
        for other in ["", 0, -1, 10**9, None, [], *([value[:-4] + "AAA=", value[4:]] if isinstance(value, str) else [])]:
            path.write_text(json.dumps({**whole, "keys": [{**whole["keys"][0], name: other}]}))
            with pytest.raises(VaultFault):
                keep(kind).unlock()


def test_a_missing_root_file_says_what_to_do(keep) -> None:
    with pytest.raises(RootKeyRefused, match="bring the root file back"):
        keep("file").unlock()


# --- passphrase -------------------------------------------------------------------------------------------------------------


def test_a_wrong_passphrase_opens_nothing(keep) -> None:
    keep("passphrase").create()
    with pytest.raises(WrongPassphrase, match="try again"):
        keep("passphrase", WORDS + "s").unlock()
    assert keep("passphrase", "  copper lantern  seven quiet harbour ").unlock(), "spaces around and between words do not matter"


def test_a_short_passphrase_is_refused(keep) -> None:
    with pytest.raises(WrongPassphrase, match="five words"):
        keep("passphrase", "hunter2").create()
    assert not keep("passphrase").path.exists()


def test_the_real_numbers_are_64_mib(keep, monkeypatch) -> None:
    monkeypatch.undo()
    assert module.MEMORY == 64 * 1024
    keep("passphrase").create()
    row = json.loads(keep("passphrase").path.read_text())["keys"][0]
    assert (row["memory_kib"], row["passes"], row["lanes"]) == (65536, 3, 4)


# --- the outside service -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mode", "says"), [("--fail", "status 3"), ("--garble", "refused"), ("--sleep", "did not answer")])
def test_a_service_that_fails_is_one_clear_sentence(mode: str, says: str, keep) -> None:
    keep("service").create()
    with pytest.raises(ServiceFailed, match=says):
        keep("service", mode, seconds=0.5 if mode == "--sleep" else 20).unlock()


@pytest.mark.parametrize(("service", "says"), [("", "no command says how"), ("wrap 'of", "cannot be read (No closing quotation)")])
def test_a_command_that_is_none_is_one_clear_sentence(service: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(RootKeyRefused, match=re.escape(says)):
        keeper("key service", tmp_path / "root.key", data=tmp_path / "data", service=service)


def test_a_service_that_lies_is_found_out(keep) -> None:
    keep("service").create()
    with pytest.raises(RootKeyRefused, match="altered"):
        keep("service", "--lie").unlock()
    keep("service").path.unlink()
    keep("service", "--lie").create()
    with pytest.raises(ServiceFailed):
        keep("service").unlock()


def test_a_command_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ServiceFailed, match="cannot be run"):
        KeyService(tmp_path / "root.key", data=tmp_path / "data", command=["/nonexistent/wrap"]).create()


def test_nothing_of_the_environment_reaches_the_service(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PRIVITY_SECRET", "x")
    program = tmp_path / "show.py"
    program.write_text(f"import os, json\nopen({str(tmp_path / 'seen')!r}, 'w').write(json.dumps(dict(os.environ)))\n")
    with pytest.raises(ServiceFailed):
        KeyService(tmp_path / "root.key", data=tmp_path / "data", command=[sys.executable, str(program)]).create()
    assert set(json.loads((tmp_path / "seen").read_text())) <= {"PATH", "LC_CTYPE"}


# --- moving between keepers, and replacing the key ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("to", KINDS)
def test_the_same_root_key_moves_to_another_keeper(kind: str, to: str, keep) -> None:
    key = keep(kind).create()
    keep(kind).rewrap(keep(to, name="other.key"))
    assert keep(to, name="other.key").unlock()[0].secret == key.secret
    assert not keep(kind).path.exists()


def test_a_passphrase_is_changed_in_place(keep) -> None:
    key = keep("passphrase").create()
    keep("passphrase").rewrap(keep("passphrase", WORDS + " anew"))
    assert keep("passphrase", WORDS + " anew").unlock()[0].secret == key.secret
    with pytest.raises(WrongPassphrase):
        keep("passphrase").unlock()


def test_moving_to_a_service_that_fails_loses_nothing(keep) -> None:
    key = keep("file").create()
    with pytest.raises(VaultFault):
        keep("file").rewrap(keep("service", "--lie", name="other.key"))
    assert keep("file").unlock()[0].secret == key.secret


def test_a_new_root_key_is_wrapped_by_the_service(keep) -> None:
    old, told = keep("service").create(), []
    new = keep("service").rotate(lambda one, other: told.append((one.id, other.id)))
    assert told == [(old.id, new.id)]
    assert [key.secret for key in keep("service").unlock()] == [new.secret]


@pytest.mark.parametrize("kind", ["file", "passphrase"])
def test_killed_at_every_step_a_new_root_key_is_reached_and_nothing_lost(kind: str, keep, monkeypatch) -> None:
    """Dies at each rename of the root file and each call of the key store in turn."""
    real = Path.replace
    for step in range(1, 12):
        keep(kind).path.unlink(missing_ok=True)
        root = keep(kind).create()
        store, _, _, keys = practice(2, root)
        store.calls, died, turn = 0, False, 0

        def step_or_die(step=step) -> None:
            nonlocal turn
            turn += 1
            if turn == step:
                raise Killed

        def rename(self: Path, target: Path) -> Path:
            step_or_die()
            return real(self, target)

        def rewrap(old: Key, new: Key, store=store) -> None:
            step_or_die()
            rewrap_practice_keys(store, PRACTICE, old, new, batch=1)
            step_or_die()

        monkeypatch.setattr(Path, "replace", rename)
        try:
            keep(kind).rotate(rewrap)
        except Killed:
            died = True
        monkeypatch.setattr(Path, "replace", real)
        ring = LockedKeyring(PRACTICE).unlock(keep(kind).unlock(), [store.rows[id] for id in store.order])
        if died:
            keep(kind).rotate(lambda old, new, store=store: rewrap_practice_keys(store, PRACTICE, old, new))
        (new,) = keep(kind).unlock()
        assert new.id != root.id
        ring = LockedKeyring(PRACTICE).unlock([new], [store.rows[id] for id in store.order])
        for row in store.rows.values():
            if row.for_.use is Use.RECORD:
                assert ring.open(row.wrapped, row.for_).secret == keys[row.for_.record].secret
        if not died:
            assert step > 4
            return
    raise AssertionError("the rotation never came to its end")


# --- the recovery sheet ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_is_tried_once_and_that_is_remembered(kind: str, keep) -> None:
    keep(kind).create()
    typed = " ".join(keep(kind).sheet()).lower().replace("0", "o").replace("1", "l")
    keep(kind).try_sheet(typed)
    assert keep(kind).describe().sheet_tried
    keep(kind).rotate(lambda old, new: None)
    assert not keep(kind).describe().sheet_tried, "a new root key needs a new sheet"
    with pytest.raises(SheetOfAnotherKey):
        keep(kind).try_sheet(typed)


@pytest.mark.parametrize("kind", KINDS)
def test_when_the_file_is_lost_the_sheet_brings_the_key_back(kind: str, keep) -> None:
    key, rows = keep(kind).create(), keep(kind).sheet()
    keep(kind).path.unlink()
    assert keep(kind).restore("\n".join(rows)).secret == key.secret
    assert keep(kind).unlock()[0].secret == key.secret
    assert keep(kind).describe().sheet_tried


@given(st.binary(min_size=32, max_size=32))
def test_every_key_comes_back_from_its_sheet(secret: bytes) -> None:
    rows = rows_of(Key(secret))
    assert (len(rows), {len(row) for row in rows}) == (7, {11})
    assert key_from(" ".join(rows)).secret == secret


@given(st.binary(min_size=32, max_size=32), st.integers(0, 62), st.sampled_from(LETTERS))
def test_a_mistyped_letter_is_never_taken_for_a_key(secret: bytes, place: int, letter: str) -> None:
    typed = "".join(rows_of(Key(secret))).replace("-", "")
    wrong = typed[:place] + letter + typed[place + 1 :]
    if wrong != typed:
        with pytest.raises(SheetMistyped):
            key_from(wrong)


def test_a_mistyped_row_is_named_and_so_are_rows_in_another_order() -> None:
    rows = list(rows_of(Key(bytes(range(32)))))
    with pytest.raises(SheetMistyped, match="row 3"):
        key_from("".join([*rows[:2], ("0" if rows[2][0] != "0" else "1") + rows[2][1:], *rows[3:]]))
    with pytest.raises(SheetMistyped, match=r"row [12] "):
        key_from("".join([rows[1], rows[0], *rows[2:]]))
    with pytest.raises(SheetMistyped, match="count the rows"):
        key_from("".join(rows[:6]))
    with pytest.raises(SheetMistyped, match="row 7"):
        key_from("".join([*rows[:6], "UUUU-UUUU-U"]))


def test_the_owner_of_the_file_must_be_privitys_own_user(keep) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs a user who may give files away")
    keep("file").create()
    os.chown(keep("file").path, 1, 1)
    with pytest.raises(RootKeyRefused, match="another user"):
        keep("file").unlock()
