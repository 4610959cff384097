"""What the server does by itself, and what it says when it cannot."""

from __future__ import annotations

import logging
import shlex
import ssl
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from privity.practice.site.config import BadConfig, Config
from privity.practice.site.keeping import PAUSE, Keeping
from privity.practice.site.schedule import Schedule
from privity.vault import VaultFault

from .on_disk import set_up
from .test_commands import begun, practice, serve, stop  # noqa: F401  (fixtures)

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def schedule(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Schedule:
    """A schedule whose acts are only counted: `tmp_path/data` is what it watches."""
    (tmp_path / "data").mkdir()
    done: list[str] = []
    monkeypatch.setattr("privity.practice.site.schedule.staffed", lambda: True)
    monkeypatch.setattr("privity.practice.site.schedule.rows.on_server", lambda: False)
    monkeypatch.setattr("privity.practice.site.schedule.rows.look_through", lambda: None)
    monkeypatch.setattr("privity.practice.site.schedule.back_up", lambda keeping, config, now: done.append("backup"))
    monkeypatch.setattr("privity.practice.site.schedule.sweep_all", lambda keeping, config, now: done.append("sweep"))
    monkeypatch.setattr("privity.practice.site.schedule.newest_moment", lambda config: schedule.last)
    for shut in ("connections.close_all", "close_old_connections"):
        monkeypatch.setattr(f"privity.practice.site.schedule.{shut}", lambda: None)  # the test's own connection stays open
    keeping = type("Keeping", (), {"data": tmp_path / "data"})()
    schedule = Schedule(keeping, Config.of(tmp_path / "data"))
    schedule.done, schedule.last = done, None  # type: ignore[attr-defined]
    return schedule


def change(schedule: Schedule) -> None:
    (schedule.keeping.data / "privity.sqlite3").write_text(str(len(schedule.done)) * (len(schedule.done) + 1))


def test_a_backup_is_made_ten_minutes_after_the_last_one_when_something_was_written(schedule: Schedule) -> None:
    change(schedule)
    schedule.look(NOW)
    assert schedule.done == ["backup"]
    schedule.last = NOW
    schedule.look(NOW + timedelta(minutes=11))
    assert schedule.done == ["backup"]  # nothing was written
    change(schedule)
    schedule.look(NOW + timedelta(minutes=9))
    assert schedule.done == ["backup"]  # not yet
    schedule.look(NOW + timedelta(minutes=10))
    assert schedule.done == ["backup"] * 2


def test_with_the_clock_set_back_a_backup_is_made_at_once(schedule: Schedule) -> None:
    schedule.last = NOW
    change(schedule)
    schedule.look(NOW - timedelta(days=2))
    assert schedule.done == ["backup"]


def test_the_sweep_comes_once_a_night(schedule: Schedule) -> None:
    schedule.last = NOW
    for minute in range(0, 180, 20):
        schedule.look(NOW.replace(hour=1, minute=0) + timedelta(minutes=minute))
    assert schedule.done.count("sweep") == 1


def test_what_stands_in_the_way_is_said_once_and_tried_again(schedule: Schedule, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def full(*_: object) -> None:
        schedule.done.append("tried")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("privity.practice.site.schedule.back_up", full)
    with caplog.at_level(logging.WARNING, "privity"):
        for minute in range(3):
            change(schedule)
            schedule.look(NOW + timedelta(minutes=minute))
    assert schedule.done == ["tried"] * 3
    assert [record.message for record in caplog.records] == ["no backup since ever: [Errno 28] No space left on device"]


def test_a_key_service_that_fails_is_not_asked_again_by_each_page(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    asked = tmp_path / "asked"
    wrap = f"{sys.executable} {Path(__file__).parents[1] / 'vault' / 'key_service.py'} {tmp_path / 'kek'}"
    (tmp_path / "kek").write_text("5a" * 32)
    keeping = Keeping(tmp_path / "data", tmp_path / "key" / "root.json", "key service", wrap)
    keeping.provider().create()
    keeping.service = shlex.join([sys.executable, "-c", f"open({str(asked)!r}, 'a').write('asked ')"])
    for times in (1, 1, 1, 2):
        if times == 2:
            keeping._again -= PAUSE  # the pause is over
        with pytest.raises(VaultFault, match="the key service refused to unwrap"):
            keeping.roots()
        assert asked.read_text() == "asked " * times
    keeping.service = wrap
    keeping.unlock()  # whoever runs the computer need not wait
    assert len(keeping.roots()) == 1


@pytest.mark.parametrize("text", ["host = 7\n", "hots = 'x'\n", "host = \n"])
def test_a_set_up_file_that_cannot_be_is_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "privity.toml").write_text(text)
    with pytest.raises(BadConfig, match=r"privity\.toml"):
        Config.of(tmp_path)


def test_a_house_is_reached_by_https_under_its_name_alone(tmp_path: Path) -> None:
    certificate, key = authority_of(tmp_path)
    words = ("--house", "--host", "localhost", "--certificate", str(certificate), "--certificate-key", str(key))
    status, said, house = set_up(tmp_path / "house", *words)
    assert status == 0, said
    going, address = serve(house)
    try:
        assert address.startswith("https://localhost:")
        trusting = ssl.create_default_context(cafile=str(certificate))
        page = urllib.request.urlopen(f"{address}/danger", context=trusting)
        assert page.status == 200
        assert "max-age" in page.headers["Strict-Transport-Security"]
        of_keys = urllib.request.Request(f"{address}/keys/pages/notes.html", headers={"Host": address.replace("https://", "keys.")})
        assert urllib.request.urlopen(of_keys, context=trusting).headers["Strict-Transport-Security"] == page.headers["Strict-Transport-Security"]
        assert "Secure" in page.headers["Set-Cookie"]
        request = urllib.request.Request(f"{address}/danger", headers={"Host": "elsewhere.example"})
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(request, context=trusting)
    finally:
        stop(going)


def test_a_passphrase_is_given_to_the_running_server_and_to_nobody_else(tmp_path: Path) -> None:
    status, said, one = set_up(tmp_path, "--desk", "--passphrase")
    assert status == 0, said
    going, address = serve(one)
    try:
        status, said = one.run("unlock", typed="five words drawn by hand\n")
        assert (status, "does not open the root key" in said) == (1, True)
        with pytest.raises(urllib.error.HTTPError, match="503"):
            urllib.request.urlopen(f"{address}/locked")
        assert one.run("unlock", typed="five words drawn by lot\n")[0] == 0
        assert urllib.request.urlopen(f"{address}/locked").status == 200
        assert b"five words" not in Path(f"/proc/{going.pid}/environ").read_bytes() + Path(f"/proc/{going.pid}/cmdline").read_bytes()
    finally:
        stop(going)


def authority_of(folder: Path) -> tuple[Path, Path]:
    """Return a certificate for localhost that is its own authority, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key, name = generate_private_key(SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    (folder / "c.pem").write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    (folder / "k.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "c.pem", folder / "k.pem"
