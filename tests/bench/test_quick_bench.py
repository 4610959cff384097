"""The benchmark runs, and its figures are there; how fast it is here is not judged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/bench-engine.md"


@pytest.mark.slow
def test_the_quick_benchmark_runs_and_leaves_the_page_alone() -> None:
    before = PAGE.read_bytes()
    done = subprocess.run([sys.executable, "bench/engine.py", "--quick"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for words in ("slowest definite question of all, typed before", "slowest definite question of all, typing included", "100 policies", "columns, whole book"):
        assert words in done.stdout
    assert json.loads(done.stdout.splitlines()[-1])["rules"] > 400
    assert PAGE.read_bytes() == before


@pytest.mark.slow
def test_the_quick_benchmark_of_the_trail_runs_and_leaves_the_page_alone() -> None:
    page = ROOT / "docs/reference/bench-trail.md"
    before = page.read_bytes()
    done = subprocess.run([sys.executable, "bench/trail.py", "--quick"], cwd=ROOT, capture_output=True, text=True)
    assert "officer: twelve months, newest first" in done.stdout, done.stderr
    assert "clinician: what nobody did, by record" in done.stdout
    assert page.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words"), [("keep", "append one event about a record"), ("pages", "0 errors")])
def test_the_quick_benchmarks_of_a_practice_run_and_leave_their_pages_alone(name: str, words: str) -> None:
    page = ROOT / f"docs/reference/bench-{name}.md"
    before = page.read_bytes()
    done = subprocess.run([sys.executable, f"bench/{name}.py", "--quick"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert words in done.stdout
    assert page.read_bytes() == before


@pytest.mark.slow
def test_the_search_for_faults_that_no_test_notices_begins_with_tests_that_pass() -> None:
    done = subprocess.run([sys.executable, "tools/mutants.py", "--sample", "1"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, "of 1 faults noticed" in done.stdout) == (0, True), done.stdout + done.stderr
