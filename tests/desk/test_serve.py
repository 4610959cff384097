"""`make run`: a port that cannot be is refused in one sentence."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from privity.practice.site import serve

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("port", ["70000", "0", "abc", "-1", "8471x", ""])
def test_what_is_no_port_is_refused_in_one_sentence(port: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "privity.practice.site.serve", f"--port={port}"],
        cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "PRIVITY_DATA": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.strip().startswith(f"PORT={port} is not a port: write a number from 1024 to 65535")
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "privity.sqlite3").exists()


def test_a_port_this_account_may_not_take_is_refused(monkeypatch) -> None:
    class Refused(socket.socket):
        def bind(self, address) -> None:
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(serve.socket, "socket", Refused)
    with pytest.raises(serve.BadPort, match="kept for this computer's administrator"):
        serve.next_free(80)


def test_after_the_last_port_there_is_none(monkeypatch) -> None:
    monkeypatch.setattr(serve, "_is_free", lambda port: False)
    with pytest.raises(serve.BadPort, match="Every port from 65530"):
        serve.next_free(65530)
