"""The documents: their commands run, their links lead somewhere, and the repository names no machine."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ (privity .+)$", README, re.M)
ANSWERED = (0, 10, 11, 12, 13, 14)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readmes_commands_run(command: str, tmp_path: Path) -> None:
    words = shlex.split(command)[1:]
    done = subprocess.run([sys.executable, "-m", "privity", *words], cwd=ROOT, capture_output=True, text=True, env={**_env(), "PRIVITY_HOME": str(tmp_path)})
    assert done.returncode in ANSWERED, done.stderr
    assert done.stdout.strip()


def test_the_readmes_python_runs() -> None:
    code = re.search(r"```python\n(.*?)```", README, re.S)[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=_env())
    assert (done.returncode, done.stdout.strip()) == (0, "prohibited"), done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_make_command_is_listed_and_documented() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    names = re.findall(r"^([a-z]+):.*## ", makefile, re.M)
    assert {"run", "test", "lint", "golden", "bench", "drill"} <= set(names)
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True).stdout
    assert all(f"make {name}" in listed for name in names)


def _env() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def test_the_generated_reference_is_as_the_program_would_write_it_now() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    import reference_pages

    for name, text in reference_pages.pages().items():
        assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == text, f"{name} is out of date: make golden"
