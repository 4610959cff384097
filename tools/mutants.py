"""`make mutants`: how well the tests test. One small fault at a time in the decision core; a fault no quick test notices lives on.

A fault is one of: a comparison turned (`<` to `<=`, `==` to `!=`, `in` to `not in`, `is` to `is not`), `and` for `or`, `&` for `|`,
`+` for `-`, a condition negated, a `not` taken away, a number moved by one, True for False, a returned value lost, `break` for
`continue`, a statement left out. Texts, annotations, docstrings, and messages of errors are left alone.

    python tools/mutants.py [--all | --sample 300] [--seed 20261126] [--write]

Each fault is tried in a process of its own, forked from one that has the test tools loaded and nothing of Privity. Without
--all a sample is drawn by the seed, from all modules together. --write puts the score between the marks in CONTRIBUTING.md.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAW = ROOT / "src/privity/law"
MODULES = ("combine", "plan", "explore", "decide", "expression", "question", "silence", "assumptions", "explain")
TESTS = (
    "tests/law/test_combine.py", "tests/law/test_expression.py", "tests/law/test_asking.py", "tests/law/test_whole_answers.py",
    "tests/law/test_asked_back.py", "tests/law/test_core.py::test_small_libraries_agree_with_the_reference[0]",
)  # fmt: skip
MARK = "<!-- mutants -->"
PATIENCE = 60  # seconds; a fault that makes the tests run longer was noticed
COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATOR: dict[type[ast.operator], type[ast.operator]] = {ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub, ast.Sub: ast.Add}


@dataclass(frozen=True)
class Mutant:
    """One fault: the module, the place in it, and what was changed."""

    module: str
    place: int
    kind: str
    line: int
    what: str


def faults(tree: ast.Module) -> Iterator[tuple[int, str, int, str]]:
    """Yield (place, kind, line, what) for every fault that can be put into a module, always in the same order."""
    for place, node in enumerate(ast.walk(tree)):
        for kind, what in _kinds(node):
            yield place, kind, getattr(node, "lineno", 0), what


def with_fault(tree: ast.Module, place: int, kind: str) -> ast.Module:
    """Return the module with one fault in it."""
    changed = copy.deepcopy(tree)
    node = next(node for number, node in enumerate(ast.walk(changed)) if number == place)
    _change(node, kind)
    return ast.fix_missing_locations(changed)


def _kinds(node: ast.AST) -> Iterator[tuple[str, str]]:
    if getattr(node, "left_alone", False):
        return
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARE:
        yield "compare", f"{type(node.ops[0]).__name__} becomes {COMPARE[type(node.ops[0])].__name__}"
    elif isinstance(node, ast.BoolOp):
        yield "bool", "and becomes or" if isinstance(node.op, ast.And) else "or becomes and"
    elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in OPERATOR:
        yield "operator", f"{type(node.op).__name__} becomes {OPERATOR[type(node.op)].__name__}"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not", "not is gone"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "flip", f"{node.value} becomes {not node.value}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "number", f"{node.value} becomes {node.value + 1}"
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield "negate", "the condition is negated"
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "return", "nothing is returned"
    elif isinstance(node, (ast.Break, ast.Continue)):
        yield "leave", "break and continue change places"
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise)) and not isinstance(getattr(node, "value", None), ast.Constant):
        yield "drop", "the statement is left out"


def _change(node: ast.AST, kind: str) -> None:
    if kind == "compare":
        node.ops[0] = COMPARE[type(node.ops[0])]()  # type: ignore[attr-defined]
    elif kind == "bool":
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()  # type: ignore[attr-defined]
    elif kind == "operator":
        node.op = OPERATOR[type(node.op)]()  # type: ignore[attr-defined]
    elif kind == "not":
        _become(node, ast.Call(func=ast.Name("bool", ast.Load()), args=[node.operand], keywords=[]))  # type: ignore[attr-defined]
    elif kind == "flip":
        node.value = not node.value  # type: ignore[attr-defined]
    elif kind == "number":
        node.value += 1  # type: ignore[attr-defined]
    elif kind == "negate":
        node.test = ast.UnaryOp(ast.Not(), node.test)  # type: ignore[attr-defined]
    elif kind == "return":
        node.value = None  # type: ignore[attr-defined]
    elif kind == "leave":
        _become(node, ast.Continue() if isinstance(node, ast.Break) else ast.Break())
    elif kind == "drop":
        _become(node, ast.Pass())


def _become(node: ast.AST, other: ast.AST) -> None:
    place = {name: getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset") if hasattr(node, name)}
    node.__dict__.clear()
    node.__class__ = type(other)  # type: ignore[assignment]
    node.__dict__.update({**other.__dict__, **place})


def read(module: str) -> ast.Module:
    """Return a module's tree with everything marked that no answer turns on: annotations, docstrings, imports, errors' texts."""
    tree = ast.parse((LAW / f"{module}.py").read_text("utf-8"))
    for node in ast.walk(tree):
        aside: list[ast.AST | None] = []
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            aside += [node.returns, *node.decorator_list, *(a.annotation for a in [*node.args.args, *node.args.kwonlyargs])]
        elif isinstance(node, ast.ClassDef):
            aside += node.decorator_list
        elif isinstance(node, ast.AnnAssign):
            aside.append(node.annotation)
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            aside += node.exc.args
        elif (
            isinstance(node, (ast.Import, ast.ImportFrom))
            or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
            or (
                isinstance(node, ast.Assign)
                and any(isinstance(t, ast.Name) and t.id in ("__all__", "Runner", "Node", "Value", "Values", "Data") for t in node.targets)
            )
            or isinstance(node, ast.JoinedStr)
        ):
            aside.append(node)
        for root in aside:
            for inner in ast.walk(root) if root is not None else ():
                inner.left_alone = True  # type: ignore[attr-defined]
    return tree


class Altered(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of the law with a fault in it."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name, self.tree = name, tree

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(name, self, origin=str(LAW / f"{name.rsplit('.', 1)[-1]}.py")) if name == self.name else None

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: object) -> None:
        exec(compile(self.tree, f"<{self.name} with a fault>", "exec"), module.__dict__)


def survives(module: str, tree: ast.Module) -> bool:
    """Tell whether the quick tests pass with the fault in place."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            sys.meta_path.insert(0, Altered(f"privity.law.{module}", tree))
            status = run_tests()
        finally:
            os._exit(1 if status else 0)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def run_tests() -> int:
    """Return pytest's status on the quick tests; it stops at the first that fails."""
    import pytest

    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:hypothesispytest", "--no-header", "-W", "ignore"]
    return int(pytest.main([*options, *TESTS]))


def preload() -> None:
    """Load what the tests need beside Privity, so that each child starts at once."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tests/properties"), str(ROOT / "tests/law")]
    import difflib  # noqa: F401
    import tempfile  # noqa: F401
    import zipfile  # noqa: F401

    import pytest  # noqa: F401
    import reference  # noqa: F401
    import yaml  # noqa: F401


def main() -> int:
    """Print each fault that lives, and the score."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    os.chdir(ROOT)
    preload()
    trees = {module: read(module) for module in MODULES}
    every = [Mutant(module, *fault) for module, tree in trees.items() for fault in faults(tree)]
    chosen = every if args.all or args.sample >= len(every) else sorted(random.Random(args.seed).sample(every, args.sample), key=every.index)
    if not survives("combine", trees["combine"]):
        print("the quick tests fail without any fault; mend that first")
        return 1
    start, tried, killed = time.monotonic(), Counter[str](), Counter[str]()
    for fault in chosen:
        tried[fault.module] += 1
        if survives(fault.module, with_fault(trees[fault.module], fault.place, fault.kind)):
            print(f"lives: {fault.module}.py:{fault.line}: {fault.what}", flush=True)
        else:
            killed[fault.module] += 1
    print(report := score(tried, killed, len(every), args, time.monotonic() - start))
    if args.write:
        write(report)
    return 0


def score(tried: Counter[str], killed: Counter[str], of: int, args: argparse.Namespace, spent: float) -> str:
    """Return the score in words and as a table."""
    total, dead = sum(tried.values()), sum(killed.values())
    which = f"all {of:,}" if total == of else f"{total:,} of {of:,}, drawn by the seed {args.seed}"
    lines = [f"{date.today()}: {dead:,} of {total:,} faults noticed by the quick tests ({dead / total:.0%}); tried: {which}; {spent / 60:.0f} minutes.", "",
        "| module | tried | noticed | |", "|---|---|---|---|"]  # fmt: skip
    lines += [f"| {module}.py | {tried[module]} | {killed[module]} | {killed[module] / tried[module]:.0%} |" for module in MODULES if tried[module]]
    return "\n".join(lines)


def write(report: str) -> None:
    """Put the score between the marks in CONTRIBUTING.md."""
    path = ROOT / "CONTRIBUTING.md"
    before, _, after = path.read_text("utf-8").split(MARK)
    path.write_text(f"{before}{MARK}\n{report}\n{MARK}{after}", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
