"""`make bench`: the law engine's figures, and ratios against peers in the same run on the same policies.

Run inside the bench environment: `python bench/engine.py [--quick]`. Writes docs/reference/bench-engine.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from privity.law import Book, Question, advise, decide  # noqa: E402
from privity.law.columns import Columns, decide_many  # noqa: E402
from privity.law.reading import load  # noqa: E402

DEFINITE = ("required", "permitted", "with_authorization", "prohibited", "conflict")


def rate(run: Callable[[], object], seconds: float = 0.5) -> float:
    """Return runs a second, the best of three spans."""
    best = 0.0
    for _ in range(3):
        count, start = 0, time.perf_counter()
        while (spent := time.perf_counter() - start) < seconds:
            run()
            count += 1
        best = max(best, count / spent)
    return best


def examples() -> dict[str, Question]:
    """Return the example questions by name."""
    found = {}
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        if path.stem != "EXPECTED":
            found[path.stem] = Question.from_dict(load(path.read_text("utf-8"), path.name))
    return found


def variants(book: Book, question: Question, count: int, chance: random.Random) -> list[Question]:
    """Return the question with other values of its yes/no facts and ages, so that no answer is met twice in a row."""
    names = [n for n, v in question.prepared(book).facts.items() if isinstance(v, bool)]
    made = []
    for _ in range(count):
        changed: dict[str, object] = {n: chance.random() < 0.5 for n in chance.sample(names, min(len(names), 3))}
        made.append(question.with_facts({**changed, "client.age": chance.choice([9, 12, 14, 17, 30, 82])}))
    return made


def single(book: Book, chance: random.Random, quick: bool) -> list[tuple[str, str]]:
    """Return the figures of single decisions over the whole book: typed before, and typed anew each time; the best of five runs of each question."""
    rows: list[tuple[float, float, int, str]] = []
    for name, question in list(examples().items())[:: 9 if quick else 1]:
        for asked in [question, *variants(book, question, 3 if quick else 20, chance)]:
            decision = decide(book, asked)  # makes the plan
            if decision.outcome not in DEFINITE or len(decision.parts) > 1:
                continue
            asked.prepared(book)
            raw = asked.to_dict()
            typed = min(timed(lambda asked=asked: decide(book, asked)) for _ in range(5))  # type: ignore[misc]
            whole = min(timed(lambda raw=raw: decide(book, Question.from_dict(raw))) for _ in range(5))  # type: ignore[misc]
            rows.append((typed, whole, len(decision.parts[0].plan.rules), name))
    found = [("definite decisions timed", str(len(rows)))]
    for place, what in ((0, "typed before"), (1, "typing included")):
        times = sorted(row[place] for row in rows)
        slowest = max(rows, key=lambda row, place=place: row[place])  # type: ignore[misc]
        found += [
            (f"definite single decision, median, {what}", f"{statistics.median(times) * 1e6:.1f} us"),
            (f"definite single decision, p99, {what}", f"{times[int(len(times) * 0.99)] * 1e6:.1f} us"),
            (f"slowest definite question of all, {what}", f"{slowest[place] * 1e6:.1f} us ({slowest[3]})"),
        ]
    per_rule = statistics.median(typed / max(rules, 1) for typed, _, rules, _ in rows)
    return [*found, ("for each rule tried, median, typed before", f"{per_rule * 1e6:.3f} us")]


def timed(run: Callable[[], object]) -> float:
    """Return the seconds one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def slower_questions(book: Book, quick: bool) -> list[tuple[str, str]]:
    """Return the figures of `--change`, `advise`, first use and opening the book."""
    change, advice = [], []
    for question in list(examples().values())[:: 18 if quick else 1]:
        decide(book, question).to_dict(change=True)
        change.append(min(timed(lambda q=question: decide(book, q).to_dict(change=True)) for _ in range(2)))  # type: ignore[misc]
        facts = {n: v for n, v in question.facts.items() if n not in ("purpose", "recipient.kind")}
        open_ = Question(question.on, question.places, facts, question.subjects, question.items)
        advise(book, open_).to_dict()
        advice.append(min(timed(lambda q=open_: advise(book, q).to_dict()) for _ in range(2)))  # type: ignore[misc]
    return [
        ("answer with --change, slowest example", f"{max(change) * 1e3:.1f} ms"),
        ("advise, slowest example", f"{max(advice) * 1e3:.1f} ms"),
        ("opening the book from its files", f"{timed(Book.open):.2f} s"),
    ]


# --- the same policies for everybody -------------------------------------------------------------------------

KINDS = ("treating_provider", "payer", "supervisor", "school", "court")  # none that a purpose of treatment is asked back for


def policy_numbers(count: int) -> list[tuple[int, str]]:
    """Return what tells the policies apart: an age and a recipient."""
    return [(10 + number % 60, KINDS[number % len(KINDS)]) for number in range(count)]


CASES = [(serious, age, kind) for serious in (True, False) for age in (5, 30, 75) for kind in KINDS]


def ours(count: int, folder: Path) -> Callable[[int], bool]:
    """Return a decider over `count` policies as law files; those that cannot touch a question are not tried for it."""
    (folder / "vocabulary").mkdir()
    for path in (ROOT / "src/privity/law/library/vocabulary").glob("*.yaml"):
        (folder / "vocabulary" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    for number, (age, kind) in enumerate(policy_numbers(count)):
        (folder / f"p{number}.yaml").write_text(f"""section: policy {number}
law: us.bench
key: p{number}
in_force:
  - from: 2000-01-01
    checked: 2026-11-24
    against: memory
    rules:
      - {{id: a, cite: none, plain: bench, about: [treatment], says: permitted,
         when: threat.serious and not threat.imminent and client.age >= {age} and recipient.kind == "{kind}"}}
""", "utf-8")  # fmt: skip
    book = Book.read(folder)
    questions = []
    for serious, age, kind in CASES:
        facts = {
            "purpose": "treatment",
            "threat.serious": serious,
            "threat.imminent": False,
            "client.age": age,
            "recipient.kind": kind,
            "information": ["summary"],
        }
        questions.append(Question.from_dict({"on": "2026-01-01", "places": [], "facts": facts}))
        questions[-1].prepared(book)
    return lambda n: decide(book, questions[n]).outcome == "permitted"


def cedar(count: int) -> Callable[[int], bool]:
    import cedarpy

    text = "\n".join(
        'permit(principal, action == Action::"treatment", resource) when '
        f'{{ context.serious && !context.imminent && context.age >= {age} && context.kind == "{kind}" }};'
        for age, kind in policy_numbers(count)
    )
    policies, entities = cedarpy.PolicySet.from_str(text), cedarpy.Entities.from_json_str("[]") if hasattr(cedarpy.Entities, "from_json_str") else []
    requests = [
        {
            "principal": 'User::"a"',
            "action": 'Action::"treatment"',
            "resource": 'Record::"r"',
            "context": {"serious": s, "imminent": False, "age": age, "kind": kind},
        }
        for s, age, kind in CASES
    ]
    return lambda n: cedarpy.is_authorized(requests[n], policies, entities).allowed


def casbin_peer(count: int) -> Callable[[int], bool]:
    import casbin

    model = casbin.Model()
    model.load_model_from_text("""
[request_definition]
r = sub, act
[policy_definition]
p = age, kind, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && r.sub.serious && r.sub.calm && r.sub.age >= int(p.age) && r.sub.kind == p.kind
""")
    enforcer = casbin.Enforcer(model)
    enforcer.add_function("int", int)
    for age, kind in dict.fromkeys(policy_numbers(count)):
        enforcer.add_policy(str(age), kind, "treatment")

    class Subject:
        def __init__(self, serious: bool, age: int, kind: str) -> None:
            self.serious, self.calm, self.age, self.kind = serious, True, age, kind

    subjects = [Subject(*case) for case in CASES]
    return lambda n: bool(enforcer.enforce(subjects[n], "treatment"))


def rego(count: int) -> Callable[[int], bool]:
    import regopy

    rules = "\n".join(
        f'allow if {{ input.purpose == "treatment"; input.serious; not input.imminent; input.age >= {age}; input.kind == "{kind}" }}'
        for age, kind in policy_numbers(count)
    )
    interpreter = regopy.Interpreter()
    interpreter.add_module("bench", f"package bench\nimport rego.v1\ndefault allow := false\n{rules}\n")
    inputs = [regopy.Input({"purpose": "treatment", "serious": s, "imminent": False, "age": age, "kind": kind}) for s, age, kind in CASES]

    def run(n: int) -> bool:
        interpreter.set_input(inputs[n])
        return "true" in str(interpreter.query("data.bench.allow"))

    return run


def against_peers(quick: bool) -> list[tuple[str, str]]:
    """Return decisions a second of everybody on the same 2, 10 and 100 policies, after checking that all agree."""
    rows = []
    for count in (2, 10, 100):
        with tempfile.TemporaryDirectory() as place:
            deciders: dict[str, Callable[[int], bool]] = {"privity": ours(count, Path(place))}
            for name, make in (("cedarpy", cedar), ("casbin", casbin_peer), ("regopy", rego)):
                if importlib.util.find_spec(name):  # `make bench` installs them all; the quick run in the tests has none
                    deciders[name] = make(count)
            truth = [deciders["privity"](n) for n in range(len(CASES))]
            allowed = [any(serious and age >= least and kind == named for least, named in policy_numbers(count)) for serious, age, kind in CASES]
            if truth != allowed:
                raise SystemExit(f"our own answers on {count} policies are not what the policies say")
            rates = {}
            for name, run in deciders.items():
                answers = [run(n) for n in range(len(CASES))]
                if answers != truth:
                    raise SystemExit(f"{name} answers otherwise on {count} policies; the comparison would mean nothing")
                turn = iter(int(x) for x in range(10**9))
                rates[name] = rate(lambda run=run, turn=turn: run(next(turn) % len(CASES)), 0.2 if quick else 0.5)  # type: ignore[misc]
            shown = ", ".join(f"{name} {value:,.0f}/s" for name, value in rates.items())
            ratios = ", ".join(f"{rates['privity'] / value:.1f} x {name}" for name, value in rates.items() if name != "privity")
            rows.append((f"{count} policies", f"{shown}: {ratios}"))
    return rows


def columns(book: Book, quick: bool, chance: random.Random) -> list[tuple[str, str]]:
    """Return cases a second over columns in memory, against OpenFisca on the same kind of rule."""
    count = 200_000 if quick else 1_000_000
    base = examples()["shoot-manager-co"] if "shoot-manager-co" in examples() else next(iter(examples().values()))
    names = ("threat.serious", "threat.imminent", "disclosure.lessens_threat", "discloser.in_good_faith")
    cases = Columns.of(book, {name: [chance.random() < 0.5 for _ in range(count)] for name in names})
    decide_many(book, base, cases)
    spent = min(timed(lambda: decide_many(book, base, cases)) for _ in range(3))
    answers = decide_many(book, base, cases)
    for case in chance.sample(range(count), 200):
        one = base.with_facts({n: bool(cases.values[n].get(True, 0) >> case & 1) for n in names})
        if decide(book, one, budget=0).outcome != answers.outcome_of(case):
            raise SystemExit(f"column answer {case} differs from its single decision")
    rows = [("columns, whole book, one question", f"{count / spent / 1e6:.1f} M cases/s for outcome and deciding rule")]
    if not importlib.util.find_spec("openfisca_core"):
        return rows
    peer = openfisca(count, chance)
    rows.append((
        "openfisca-core, one formula of four facts", f"{peer / 1e6:.1f} M cases/s; ours, every rule of the book for the question: {count / spent / peer:.2f} x"
    ))  # fmt: skip
    return rows


def openfisca(count: int, chance: random.Random) -> float:
    """Return cases a second of OpenFisca on one formula over four columns."""
    import numpy
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import MONTH
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="", is_person=True)
    system = TaxBenefitSystem([person])
    names = ("serious", "imminent", "lessens", "faith")

    def fact(name: str) -> type[Variable]:
        return type(name, (Variable,), {"value_type": bool, "entity": person, "definition_period": MONTH})

    def formula(persons: object, period: object, parameters: object) -> object:
        return persons("serious", period) * persons("imminent", period) * persons("lessens", period) * persons("faith", period)  # type: ignore[operator]

    for name in names:
        system.add_variable(fact(name))
    system.add_variable(type("permitted", (Variable,), {"value_type": bool, "entity": person, "definition_period": MONTH, "formula": formula}))
    best = float("inf")
    for _ in range(3):
        simulation = SimulationBuilder().build_default_simulation(system, count=count)
        for name in names:
            simulation.set_input(name, "2026-01", numpy.array([chance.random() < 0.5 for _ in range(1000)] * (count // 1000)))
        best = min(best, timed(lambda s=simulation: s.calculate("permitted", "2026-01")))  # type: ignore[misc]
    return count / best


def main() -> None:
    """Print the figures and write them down."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer questions and shorter runs; writes no page")
    quick = parser.parse_args().quick
    chance, book = random.Random(20261124), Book.open()
    rows = single(book, chance, quick) + slower_questions(book, quick) + against_peers(quick) + columns(book, quick, chance)
    lines = ["# Engine figures", "", "Written by `make bench`; ratios come from one run on one machine.", "",
        f"Python {platform.python_version()}, {platform.machine()}; book {book.hash[:12]}, {len(book.rules)} rules.", "",
        "| what | figure |", "|---|---|"]  # fmt: skip
    lines += [f"| {name} | {figure} |" for name, figure in rows]
    for name, figure in rows:
        print(f"{name:45} {figure}")
    if not quick:
        (ROOT / "docs/reference/bench-engine.md").write_text("\n".join(lines) + "\n", "utf-8")
    print(json.dumps({"rules": len(book.rules)}))


if __name__ == "__main__":
    main()
