"""The rooms as they stand: what imports cannot show, and that the contracts name every room there is."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import django
from django.apps import apps

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "privity"
ORDER = ("pdf", "keys", "trail", "people", "visits", "records", "agreements", "messaging", "decisions", "releases", "incidents", "portal", "assurance", "site")
REACH_OUT = {"socket", "ssl", "urllib", "http", "asyncio", "subprocess", "multiprocessing", "threading", "random", "secrets", "pickle", "ctypes", "time"}
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


def rooms(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def layers(container: str) -> list[str]:
    rows = next(contract["layers"] for contract in CONTRACTS if contract.get("containers") == [container])
    return [name.strip() for row in rows for name in row.split("|")]


def test_every_room_stands_in_its_contract() -> None:
    assert rooms(SOURCE) == set(layers("privity"))
    assert rooms(SOURCE / "practice") == set(layers("privity.practice"))


def test_the_apps_stand_in_the_order_of_the_house() -> None:
    found = list(reversed(layers("privity.practice")))
    assert found == [name for name in ORDER if name in found]


def test_the_layer_contracts_are_exhaustive() -> None:
    assert all(contract["exhaustive"] for contract in CONTRACTS if contract["type"] == "layers")


def test_relations_between_tables_point_the_way_imports_do() -> None:
    django.setup()
    place = {name: number for number, name in enumerate(ORDER)}
    for model in apps.get_models():
        if model._meta.app_label in place:
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                if target is not None and not field.auto_created:
                    assert place[target._meta.app_label] <= place[model._meta.app_label], f"{model.__name__}.{field.name} points up"


def test_nobody_calls_a_room_utils() -> None:
    for path in SOURCE.rglob("*"):
        assert path.stem not in ("utils", "common", "helpers", "core") or "library" in path.parts, path


def test_the_contracts_name_every_module_of_the_vault() -> None:
    files = {f"privity.vault.{path.stem}" for path in (SOURCE / "vault").glob("*.py")} - {"privity.vault.__init__"}
    named = {contract["name"]: {*contract["forbidden_modules"], *contract["source_modules"]} for contract in CONTRACTS if contract["type"] == "forbidden"}
    assert files <= named["the log's checker shares no code with its writer"]
    chosen = next(names for name, names in named.items() if name.startswith("the vault's algorithms"))
    assert files - chosen == {"privity.vault.primitives", "privity.vault.check"}


def test_the_pure_rooms_read_no_clock_and_no_settings() -> None:
    for path in [*(SOURCE / "law").glob("*.py"), *(SOURCE / "vault").glob("*.py")]:
        text = path.read_text("utf-8")
        assert not re.search(r"\b(datetime|date)\.(now|today|utcnow)\(|os\.environ|import socket|urllib|time\.time\(", text), path.name


def test_the_law_imports_the_standard_library_the_yaml_reader_and_itself_and_nothing_else() -> None:
    for path in (SOURCE / "law").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level < 2, f"{path.name} reaches out of its room"
                names = [] if node.level else [str(node.module)]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "__import__", path.name
            for name in names:
                allowed = {*sys.stdlib_module_names, "yaml"} - REACH_OUT
                assert name.split(".")[0] in allowed, f"{path.name} imports {name}"


def test_opening_the_law_loads_nothing_else() -> None:
    """What is imported in passing counts as well: a fresh process that decides has loaded the standard library and the YAML reader."""
    question = "Question.from_dict({'on': '2026-11-26', 'facts': {'purpose': 'treatment'}})"
    act = f"from privity.law import *; decide(Book.open(), {question}).to_dict()"
    text = f"import sys; before = set(sys.modules); {act}; print(*sorted(set(sys.modules) - before))"
    env = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ.get("PATH", "")}
    out = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, env=env).stdout.split()
    loaded = {name.split(".")[0] for name in out if "cython" not in name} - set(sys.stdlib_module_names)  # the YAML reader's own C part
    assert loaded <= {"privity", "yaml", "_yaml"}, loaded
    assert {name for name in out if name.startswith("privity.")} == {name for name in out if name.startswith("privity.law")}


def test_views_get_rows_through_the_gate() -> None:
    for path in (SOURCE / "practice").rglob("views*/*.py"):
        assert ".objects" not in path.read_text("utf-8"), path
    for path in (SOURCE / "practice").rglob("views.py"):
        assert ".objects" not in path.read_text("utf-8"), path


def test_templates_hold_no_inline_style_or_script() -> None:
    for path in (SOURCE / "practice").rglob("templates/**/*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text), path.name
        assert not re.search(r"(src|href)=\"https?://", text), path.name


def test_the_lock_names_no_machine_or_private_address() -> None:
    text = (ROOT / "uv.lock").read_text("utf-8")
    hosts = set(re.findall(r"https?://([^/\"\s]+)", text))
    assert 1 <= len(hosts) <= 2
    assert not [host for host in hosts if re.search(r"localhost|^[\d.:]+$|\.local|internal", host)]
    assert "file://" not in text
