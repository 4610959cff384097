"""Whole answers, word for word: one small library that holds everything a law file can say, and the real book on every sixth example."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from privity.law import BadQuestion, Book, Question, decide
from privity.law.explain import NOTHING_PERMITS
from privity.law.reading import load

EXAMPLES = Path(__file__).parents[2] / "examples"
SOME = sorted(p for p in EXAMPLES.glob("*.yaml") if p.stem != "EXPECTED")[::6]
YES_NO = {"is": "yes_no"}
FACTS = {
    "purpose": {"is": "one_of", "of": ["treatment", "report", "client_access", "client_request", "casual_talk"]},
    "recipient.kind": {"is": "one_of", "of": ["client", "other_participant", "county", "police"]},
    "information": {"is": "some_of", "of": ["summary", "notes"]},
    "client.age": {"is": "number"},
    "client.born": {"is": "day"},
    "client.died": {"is": "day"},
    "client.agrees": YES_NO,
    "client.objects": YES_NO,
    "client.dead_over_fifty_years": YES_NO,
    "client.asks_in_writing": YES_NO,
    "client.has_capacity": YES_NO,
    "client.present": YES_NO,
    "client.adult": {**YES_NO, "presume": "true", "reason": "most are", "ask": "Is the client an adult?"},
    "client.deceased": {**YES_NO, "presume": "false", "reason": "most live", "ask": "Is the client dead?"},
    "minor.consented": YES_NO,
    "practice.setting": {"is": "one_of", "of": ["private_practice", "inpatient", "correctional"]},
    "care.level": {"is": "one_of", "of": ["outpatient", "inpatient"]},
    "authorization.valid": YES_NO,
    "authorization.on_file": YES_NO,
    "authorization.revoked": YES_NO,
    "authorization.expired": YES_NO,
    "authorization.lacks": {"is": "some_of", "of": ["date", "signature"]},
    "abuse.suspected": {**YES_NO, "judgment": "true", "ask": "Do you suspect abuse?"},
    "abuse.learned_at": {"is": "moment"},
    "abuse.kind": {"is": "one_of", "of": ["physical", "neglect"]},
    "urgent": YES_NO,
    "harm": YES_NO,
    "order": YES_NO,
    "paper.day": {"is": "day"},
}
WORDS = {
    "groups": {"NO_TELLING": [], "OWED_WHOEVER_ASKS": ["report"]},
    "taken": {"abuse.kind": "physical"},
    "matter": {"report": "summary"},
    "asked_back": {"treatment": ["police"]},
    "follows": {"urgent": ["harm"]},
    "acts": [
        {"act": "get_order", "plain": "Get an order", "cite": "c", "sets": {"order": "true"}},
        {"act": "get_both", "plain": "Get both", "cite": "c", "sets": {"order": "true", "authorization.valid": "true"}},
        {"act": "get_authorization", "plain": "Get it signed", "cite": "c", "sets": {"authorization.valid": "true"}},
    ],
}
RULES = [
    {
        "id": "base",
        "about": "ANY",
        "says": "with_authorization",
        "how_much": {"only": ["name", "place"]},
        "except": [
            {
                "id": "signed",
                "says": "permitted",
                "when": "authorization.valid",
                "how_much": "whole",
                "must": [{"do": "document", "after": "release", "plain": "Note it"}],
            },
            {
                "id": "care",
                "about": ["treatment"],
                "to": ["county"],
                "says": "permitted",
                "when": 'care.level == "outpatient" and not client.objects',
                "how_much": "minimum_necessary",
                "must": [{"do": "verify_identity", "before": "release", "plain": "Look who asks"}],
            },
            {"id": "compelled", "says": "silent", "when": "law.compels"},
            {"id": "ordered", "about": ["treatment"], "says": "permitted", "when": "order"},
        ],
    },
    {"id": "talk", "about": ["casual_talk"], "says": "prohibited"},
    {"id": "agreeing", "about": ["client_request"], "says": "permitted", "when": "client.agrees and client.asks_in_writing", "excepts": "us.a.s.base"},
    {
        "id": "own",
        "about": ["client_access"],
        "to": ["client"],
        "says": "required",
        "when": "client.adult",
        "except": [
            {"id": "harm", "says": "prohibited", "when": "harm", "must": [{"do": "deny_in_writing", "plain": "Say no in writing", "when": "not urgent"}]}
        ],
    },
    {"id": "grown", "defines": "client.adult", "means": "client.age >= 18"},
    {
        "id": "paper",
        "defines": "authorization.valid",
        "means": "authorization.on_file and not authorization.revoked and not authorization.expired and authorization.lacks == {}",
    },
    {"id": "calm", "defines": "urgent", "means": "false", "plain": "Nothing is urgent unless somebody says so"},
]
STATE = [
    {
        "id": "report",
        "about": ["report"],
        "to": ["county"],
        "says": "required",
        "when": 'abuse.suspected and abuse.kind == "physical"',
        "must": [
            {
                "do": "report_orally",
                "whom": "county",
                "plain": "Call",
                "due": {"words": "at once", "from": "abuse.learned_at", "within": "24 hours", "suggest": "1 hour"},
            },
            {"do": "report_in_writing", "whom": "county", "plain": "Write", "due": {"words": "soon", "from": "abuse.learned_at", "within": "2 business_days"}},
            {"any_of": [{"do": "warn", "whom": "family", "plain": "Warn"}, {"do": "consult", "plain": "Ask", "when": "not urgent"}], "when": "harm"},
        ],
    },
    {
        "id": "police",
        "about": ["report"],
        "to": ["police"],
        "says": "required",
        "when": "abuse.suspected and harm",
        "must": [{"do": "notify", "plain": "Call the police"}],
    },
    {"id": "shut", "about": ["report"], "of": ["notes"], "says": "prohibited", "when": "client.objects", "excepts": []},
]
PRIVILEGE = [
    {
        "id": "p",
        "cite": "c",
        "plain": "Hers",
        "about": ["report"],
        "holder": "client",
        "waived_by": "the client",
        "when": "not order",
        "exceptions": [{"id": "e", "cite": "c", "plain": "Harm", "when": "harm"}, {"id": "f", "cite": "c", "plain": "Any"}],
    }
]
MEANWHILE = [{"id": "m", "cite": "c", "plain": "Listen", "about": ["report"], "when": "not order"}]
PRECEDENCE = [
    {"id": "telling", "axis": "telling", "governs": "most_protective"},
    {"id": "access", "axis": "access", "governs": "most"},
    {"id": "minors", "axis": "minors", "governs": "state"},
    {"id": "over", "restricts": "us.a", "over": "co"},
]
MARKS = {"cite": "c", "plain": "p"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "core.yaml").write_text(yaml.safe_dump({"facts": FACTS, **WORDS}), "utf-8")
    stamp = {"checked": "2026-01-01", "against": "official", "source": "s"}
    for key, law, against, rules, more in (
        ("s", "us.a", "official", RULES, {}),
        ("t", "co.b", "secondary", STATE, {"privilege": PRIVILEGE, "meanwhile": MEANWHILE}),
    ):
        version = {"from": "2000-01-01", **stamp, "against": against, "rules": [_marked(rule) for rule in rules], **more}
        (folder / f"{key}.yaml").write_text(yaml.safe_dump({"section": key, "law": law, "key": key, "in_force": [version]}), "utf-8")
    (folder / "precedence.yaml").write_text(yaml.safe_dump({"precedence": [{**MARKS, **stamp, **row} for row in PRECEDENCE]}), "utf-8")
    return Book.read(folder)


def _marked(rule: dict[str, Any]) -> dict[str, Any]:
    return {**MARKS, **rule, **({"except": [_marked(child) for child in rule["except"]]} if "except" in rule else {})}


def ask(book: Book, purpose: str = "treatment", to: str = "county", *, places: Any = ("CO",), on: str = "2026-11-26", rows: Any = None, **facts: Any) -> Any:
    given = {"purpose": purpose, "recipient.kind": to, "information": ["summary"], **{n.replace("__", "."): v for n, v in facts.items()}}
    given = {name: value for name, value in given.items() if value != "unstated"}
    question = Question.from_dict({"on": on, "places": list(places), "facts": given, **(rows or {})})
    return decide(book, question).to_dict(change=True)


def listed(answer: Any) -> dict[str, Any]:
    return {row["fact"]: row["value"] for row in answer["assumptions"]}


def test_a_permission_with_its_limit_its_duty_and_what_it_takes_for_granted(small: Book) -> None:
    answer = ask(small, client__objects=False)
    assert (answer["outcome"], answer["rests_on"]) == ("permitted", "official")
    assert answer["how_much"] == {"limit": "minimum_necessary", "only": [], "cite": ["c"]}
    assert [(d["do"], d["timing"], d["if"], d["rule"]) for d in answer["duties"]] == [("verify_identity", "before", [], "us.a.s.care")]
    assert listed(answer) == {"care.level": "outpatient"}
    assert [row["id"] for row in answer["because"]] == ["us.a.s.care"]
    assert [row["id"] for row in answer["precedence"]] == ["precedence.telling"]
    tried = {row["id"]: (row["stopped_by"], row["withdrawn_by"]) for row in answer["considered"]}
    assert tried == {"us.a.s.base": ([], ["us.a.s.care"]), "us.a.s.compelled": (["law.compels"], []), "us.a.s.signed": (["authorization.valid"], [])}
    assert answer["can_do"] == [] == answer["ask"] == answer["possible"]


def test_what_would_open_a_closed_answer_names_the_smallest_acts(small: Book) -> None:
    answer = ask(small, client__objects=True, order=False)
    assert answer["outcome"] == "with_authorization"
    assert answer["how_much"] == {"limit": "only", "only": ["name", "place"], "cite": ["c"]}
    assert [row["act"] for row in answer["can_do"]] == ["get_order", "get_authorization"]
    assert listed(answer) == {"authorization.on_file": False}
    assert [row["id"] for row in answer["because"]] == ["us.a.s.base"]


def test_a_report_with_its_clocks_choices_privilege_and_those_who_must_hear_as_well(small: Book) -> None:
    answer = ask(small, "report", abuse__suspected=True, abuse__learned_at="2026-11-27T17:05", harm=True)
    assert (answer["outcome"], answer["rests_on"]) == ("required", "secondary")
    rows = [(d["do"], d["due"]["at"], d["due"]["suggest_at"], [i["do"] for i in d["any_of"]], d["if"]) for d in answer["duties"]]
    assert rows == [
        ("report_orally", "2026-11-28T17:05:00", "2026-11-27T18:05:00", [], []),
        ("report_in_writing", "2026-12-01", None, [], []),
        ("any_of", None, None, ["warn", "consult"], []),
        ("notify", None, None, [], []),
    ]
    assert listed(answer) == {"abuse.kind": "physical"}
    (privilege,) = answer["privilege"]
    assert [(e["id"], e["applies"]) for e in privilege["exceptions"]] == [("e", "yes"), ("f", "perhaps")]
    assert [row["id"] for row in ask(small, "report", abuse__suspected=True, order=True)["privilege"]] == []


def test_an_open_report_says_what_it_hangs_on_and_what_nobody_forbids(small: Book) -> None:
    answer = ask(small, "report", abuse__suspected="unknown", harm=False)
    assert answer["outcome"] == "unknown"
    assert answer["possible"] == ["required", "with_authorization"]
    assert next(row["fact"] for row in answer["ask"]) == "abuse.suspected"
    assert {row["do"]: row["if"] for row in answer["duties"]}["report_orally"] == ["abuse.suspected"]
    assert "any_of" not in {row["do"] for row in answer["duties"]}
    assert [row["plain"] for row in answer["meanwhile"]] == ["Listen"]
    assert ask(small, "report", abuse__suspected=True)["meanwhile"] == []


def test_a_mandate_a_stricter_law_closes_keeps_its_duty_and_says_how(small: Book) -> None:
    answer = ask(small, "report", information=["notes"], abuse__suspected=True, client__objects=True, harm=False)
    assert answer["outcome"] == "conflict"
    assert {row["says"] for row in answer["because"]} == {"required", "prohibited"}


def test_the_clients_own_access_and_its_refusal(small: Book) -> None:
    assert ask(small, "client_access", "client", harm=False)["outcome"] == "required"
    refused = ask(small, "client_access", "client", harm=True)
    assert refused["outcome"] == "with_authorization"
    assert "deny_in_writing" in {row["do"] for row in refused["duties"]}
    assert [row["id"] for row in refused["precedence"]] == ["precedence.access"]
    child = ask(small, "client_access", "client", harm=False, client__age=9)
    assert child["outcome"] != "required"
    assert "precedence.minors" in [row["id"] for row in child["precedence"]]
    assert "client.adult" in listed(ask(small, "client_access", "client", harm=False))


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"client__born": "2008-11-26"}, "required"),
        ({"client__born": "2008-11-27"}, "open"),
        ({"client__age": 18}, "required"),
        ({"minor__consented": True}, "open"),
    ],
)
def test_age_is_worked_out_from_the_day_of_birth(small: Book, facts: dict[str, Any], outcome: str) -> None:
    got = ask(small, "client_access", "client", harm=False, **facts)["outcome"]
    assert (got == "required") == (outcome == "required")


def test_what_one_word_says_about_another(small: Book) -> None:
    def presumed(**facts: Any) -> dict[str, Any]:
        given = {"purpose": "client_request", "recipient.kind": "county", "information": ["summary"], **{n.replace("__", "."): v for n, v in facts.items()}}
        return dict(decide(small, Question.from_dict({"on": "2026-11-26", "places": [], "facts": given})).parts[0].of.presumed)

    assert presumed()["client.asks_in_writing"] == 0
    assert presumed(client__agrees=True)["client.objects"] == 0
    assert presumed(client__objects=True)["client.agrees"] == 0
    assert presumed(client__died="2020-01-01")["client.agrees"] == 0
    assert "client.agrees" not in presumed(client__objects=False)
    assert presumed(client__present=False)["client.objects"] == presumed(client__has_capacity=False)["client.objects"] == 0
    assert presumed(practice__setting="private_practice")["care.level"] == "outpatient"
    assert "care.level" not in presumed(practice__setting="inpatient")
    assert presumed()["authorization.on_file"] == 0
    assert "authorization.on_file" not in presumed(authorization__expired=False)
    valid = presumed(authorization__valid=True)
    assert (valid["authorization.on_file"], valid["authorization.lacks"], valid["authorization.revoked"], valid["authorization.expired"]) == (
        3,
        frozenset(),
        0,
        0,
    )
    assert presumed()["client.adult"] == 3
    assert "client.adult" not in presumed(minor__consented=True) and "client.adult" not in presumed(client__age=40)
    assert "client.deceased" not in presumed(client__died="2020-01-01")


@pytest.mark.parametrize(
    ("died", "deceased", "long"), [("2026-11-26", 3, 0), ("2026-11-27", 0, 0), ("1976-11-26", 3, 0), ("1976-11-25", 3, 3), ("1970-01-01", 3, 3)]
)
def test_death_is_worked_out_from_its_day(small: Book, died: str, deceased: int, long: int) -> None:
    question = Question.from_dict(
        {"on": "2026-11-26", "facts": {"purpose": "treatment", "recipient.kind": "county", "information": ["summary"], "client.died": died}}
    )
    values = decide(small, question).parts[0].values
    assert (values["client.deceased"], values["client.dead_over_fifty_years"]) == (deceased, long)


def test_several_people_and_papers_give_parts_in_the_order_of_urgency(small: Book) -> None:
    people = [{"id": "ana", "facts": {"client.objects": False}}, {"id": "ben", "role": "partner", "facts": {"client.objects": True}}]
    papers = [
        {"id": "chart", "class": "summary", "about": ["ana"]},
        {"id": "joint", "class": "notes", "about": ["ana", "ben"], "facts": {"authorization.valid": False}},
    ]
    answer = ask(small, rows={"subjects": people, "items": papers}, order=False)
    assert answer["outcome"] == "in_part"
    assert [(p["about"], p["item"], p["outcome"]) for p in answer["parts"]] == [
        ("ben", "joint", "with_authorization"),
        ("ana", "chart", "permitted"),
        ("ana", "joint", "permitted"),
    ]
    assert ask(small, information=["summary", "notes"], client__objects=False)["outcome"] == "permitted"
    assert [p["item"] for p in ask(small, information=["summary", "notes"], client__objects=False)["parts"]] == ["notes", "summary"]
    assert ask(small, "report", information="unstated", abuse__suspected=True)["parts"][0]["information"] == "summary"


def test_a_client_who_asks_about_somebody_else_is_another_participant(small: Book) -> None:
    people = [{"id": "ana"}, {"id": "ben", "role": "partner"}]
    parts = decide(
        small,
        Question.from_dict(
            {"on": "2026-11-26", "facts": {"purpose": "client_access", "recipient.kind": "client", "information": ["summary"]}, "subjects": people}
        ),
    ).parts
    assert {part.of.about: part.of.recipient for part in parts} == {"ana": "client", "ben": "other_participant"}
    parts = decide(
        small,
        Question.from_dict(
            {"on": "2026-11-26", "facts": {"purpose": "client_access", "recipient.kind": "other_participant", "information": ["summary"]}, "subjects": people}
        ),
    ).parts
    assert {part.of.about: part.of.recipient for part in parts} == {"ana": "other_participant", "ben": "client"}


def test_a_purpose_that_does_not_fit_is_asked_back(small: Book) -> None:
    answer = ask(small, "treatment", "police")
    assert answer["outcome"] == "unknown"
    assert [row["fact"] for row in answer["ask"]] == ["purpose"]


def test_nothing_that_permits_is_said_in_words(tmp_path: Path, small: Book) -> None:
    answer = ask(small, "casual_talk")
    assert answer["outcome"] == "prohibited"
    assert [row["id"] for row in answer["because"]] == ["us.a.s.talk"]
    assert NOTHING_PERMITS not in [row["plain"] for row in answer["because"]]
    child = ask(small.only("co.b"), "treatment", client__objects=False)
    assert (child["outcome"], child["rests_on"]) == ("prohibited", "memory")
    assert [row["plain"] for row in child["because"]] == [NOTHING_PERMITS]


def test_without_a_place_only_federal_law_is_applied_and_said(small: Book) -> None:
    answer = ask(small, "report", places=(), abuse__suspected=True, client__objects=False)
    assert answer["outcome"] == "with_authorization"
    assert listed(answer) == {"places": [], "authorization.on_file": False}
    away = Question.from_dict(
        {
            "on": "2026-11-26",
            "places": {"practice": "CO", "court": "TX"},
            "facts": {"purpose": "treatment", "recipient.kind": "county", "information": ["summary"]},
        }
    )
    assert listed(decide(small, away).to_dict())["places.court"] == ["TX"]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ([], "a question is a mapping"),
        ({"facts": {}}, "on: the day"),
        ({"on": "2026-13-01"}, "is not a day"),
        ({"on": "2026-01-01", "fact": {}}, "did you mean facts"),
        ({"on": "2026-01-01", "places": 7}, "expected a list"),
        ({"on": "2026-01-01", "places": ["COL"]}, "is not a place"),
        ({"on": "2026-01-01", "places": ["TX"]}, "holds no law of TX"),
        ({"on": "2026-01-01", "places": {"clinic": "CO"}}, "no role clinic"),
        ({"on": "2026-01-01", "facts": []}, "expected names"),
        ({"on": "2026-01-01", "facts": {"harn": True}}, "did you mean harm"),
        ({"on": "2026-01-01", "subjects": {}}, "expected a list"),
        ({"on": "2026-01-01", "subjects": ["a"]}, "each entry has"),
        ({"on": "2026-01-01", "subjects": [{"id": "a"}, {"id": "a"}]}, "its own id"),
        ({"on": "2026-01-01", "subjects": [{"id": True}]}, "its own id"),
        ({"on": "2026-01-01", "subjects": [{"id": "a", "role": "boss"}]}, "no role boss"),
        ({"on": "2026-01-01", "items": [{"id": "a", "clas": "x"}]}, "did you mean class"),
        ({"on": "2026-01-01", "items": [{"id": "a", "class": "x"}]}, "no class x"),
        ({"on": "2026-01-01", "items": [{"id": "a", "about": 3}]}, "list of subject ids"),
        ({"on": "2026-01-01", "items": [{"id": "a", "about": "zed"}]}, "not among the subjects"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(small: Book, raw: Any, says: str) -> None:
    with pytest.raises(BadQuestion, match=says):
        decide(small, Question.from_dict(raw))


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_the_real_book_answers_word_for_word(book: Book, path: Path) -> None:
    data = decide(book, Question.from_dict(load(path.read_text("utf-8"), path.name))).to_dict(change=True)
    golden = json.loads(path.with_suffix(".golden.json").read_text("utf-8"))
    assert {name: value for name, value in json.loads(json.dumps(data)).items() if name in golden} == golden


def core_book(folder: Path, sections: list[tuple[str, list[dict[str, Any]]]], precedence: list[dict[str, Any]] | None = None) -> Book:
    """Return a book of a few laws over the same words."""
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "vocabulary" / "core.yaml").write_text(yaml.safe_dump({"facts": FACTS, "groups": {"NO_TELLING": []}}), "utf-8")
    stamp = {"checked": "2026-01-01", "against": "official"}
    for number, (law, rules) in enumerate(sections):
        version = {"from": "2000-01-01", **stamp, "rules": [_marked({"about": ["treatment"], **rule}) for rule in rules]}
        (folder / f"s{number}.yaml").write_text(yaml.safe_dump({"section": "s", "law": law, "key": f"s{number}", "in_force": [version]}), "utf-8")
    rows = [{**MARKS, **stamp, **row} for row in precedence or []]
    (folder / "precedence.yaml").write_text(yaml.safe_dump({"precedence": rows}), "utf-8")
    return Book.read(folder)


def test_one_of_two_grounds_holds_whatever_turns_out(tmp_path: Path) -> None:
    rules = [
        {"id": "a", "says": "permitted", "when": "harm"},
        {"id": "b", "says": "permitted", "when": "not harm"},
        {"id": "c", "says": "permitted", "when": "urgent and harm and not harm"},
    ]
    answer = ask(core_book(tmp_path, [("us.a", rules)]), places=())
    assert answer["outcome"] == "permitted"
    assert [row["id"] for row in answer["because"]] == ["us.a.s0.a", "us.a.s0.b"]


def test_a_law_that_governs_a_mandate_is_named_with_the_mandate_and_how_its_duty_can_still_be_met(tmp_path: Path) -> None:
    mandate = {"id": "m", "says": "required", "must": [{"do": "report", "plain": "Report it"}, {"do": "document", "plain": "Note it", "after": "release"}]}
    laws = [("co.b", [mandate]), ("us.a", [{"id": "r", "says": "prohibited"}, {"id": "limit", "says": "silent", "how_much": "whole"}])]
    answer = ask(core_book(tmp_path, laws, [{"id": "over", "restricts": "us.a", "over": "co"}]))
    assert answer["outcome"] == "prohibited"
    assert [row["id"] for row in answer["because"]] == ["us.a.s1.r", "co.b.s0.m"]
    assert [row["id"] for row in answer["precedence"]] == ["precedence.over"]
    (duty,) = answer["duties"]
    assert (duty["do"], duty["closed_by"]) == ("report", ["c"])
    assert duty["plain"].startswith("Only in a way c leaves open") and duty["plain"].endswith(": report it")
    assert answer["how_much"] is None


def test_a_mandate_alone_names_no_precedence_and_is_not_closed(tmp_path: Path) -> None:
    laws = [("co.b", [{"id": "m", "says": "required", "must": [{"do": "report", "plain": "Report it"}]}, {"id": "p", "says": "permitted"}])]
    answer = ask(core_book(tmp_path, laws, [{"id": "over", "restricts": "us.a", "over": "co"}]))
    assert (answer["outcome"], answer["precedence"]) == ("required", [])
    assert [row["id"] for row in answer["because"]] == ["co.b.s0.m", "co.b.s0.p"]
    assert "closed_by" not in answer["duties"][0]


@pytest.mark.parametrize(
    ("when", "facts", "stopped"),
    [
        ("harm and urgent", {"harm": False, "urgent": False}, ["harm"]),
        ("harm or urgent", {"harm": False, "urgent": False}, ["harm", "urgent"]),
        ("not (harm or urgent)", {"harm": True, "urgent": True}, ["harm"]),
        ("not (harm and urgent)", {"harm": True, "urgent": True}, ["harm", "urgent"]),
        ("not harm", {"harm": True}, ["harm"]),
        ("client.age >= 18", {"client__age": 3}, ["client.age"]),
        ("not (not harm and urgent)", {"harm": False, "urgent": True}, ["harm", "urgent"]),
        ("not (harm or not urgent)", {"harm": False, "urgent": False}, ["urgent"]),
    ],
)
def test_what_stopped_a_rule_is_named(tmp_path: Path, when: str, facts: dict[str, Any], stopped: list[str]) -> None:
    answer = ask(core_book(tmp_path, [("us.a", [{"id": "a", "says": "permitted", "when": when}])]), places=(), **facts)
    assert answer["outcome"] == "prohibited"
    assert [row["stopped_by"] for row in answer["considered"]] == [stopped]


def test_a_question_is_given_back_as_plain_data(small: Book) -> None:
    from datetime import date, datetime

    raw = {
        "on": datetime(2026, 11, 26, 9, 5),
        "places": {"practice": "CO"},
        "facts": {"abuse": {"learned_at": datetime(2026, 11, 26, 9, 5)}, "information": {"summary", "notes"}, "paper.day": date(2026, 1, 2)},
        "subjects": [{"id": "ana", "facts": {"harm": True}}],
        "items": [{"id": 1, "class": "notes", "about": "ana"}],
    }
    question = Question.from_dict({**raw, "facts": {**raw["facts"], "purpose": "treatment", "recipient.kind": "county"}})  # type: ignore[dict-item]
    back = question.to_dict()
    assert (back["on"], back["places"]) == ("2026-11-26", {"practice": "CO"})
    facts: Any = back["facts"]
    assert (facts["abuse"], facts["information"], facts["paper.day"]) == ({"learned_at": "2026-11-26T09:05:00"}, ["notes", "summary"], "2026-01-02")
    assert (back["subjects"], back["items"]) == ([{"id": "ana", "facts": {"harm": True}}], [{"id": 1, "class": "notes", "about": "ana"}])
    assert decide(small, Question.from_dict(back)).to_dict() == decide(small, question).to_dict()
    assert decide(small, question.with_facts({"abuse.learned_at": "2026-11-27"})).parts[0].of.moments["abuse.learned_at"] == date(2026, 11, 27)
    assert "subjects" not in Question.from_dict({"on": "2026-11-26"}).to_dict()


def test_a_moment_is_compared_as_its_day(tmp_path: Path) -> None:
    book = core_book(tmp_path, [("us.a", [{"id": "a", "says": "permitted", "when": 'abuse.learned_at >= "2026-11-26"'}])])
    assert ask(book, places=(), abuse__learned_at="2026-11-26T00:00")["outcome"] == "permitted"
    assert ask(book, places=(), abuse__learned_at="2026-11-25T23:59")["outcome"] == "prohibited"
