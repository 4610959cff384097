"""Answers in plain words for a terminal."""

from __future__ import annotations

import textwrap
from typing import Any

VERDICT = {
    "required": "MUST. A law requires it.",
    "permitted": "MAY. Allowed, not demanded.",
    "with_authorization": "ONLY WITH A SIGNATURE. The client must say yes first.",
    "prohibited": "NO. No law allows it.",
    "unknown": "NEED TO KNOW MORE.",
    "conflict": "TWO LAWS DISAGREE. Hold it, and call your lawyer.",
    "in_part": "THE PARTS DIFFER. Look at each one.",
}
KNOWN = {"official": "read in the law's text", "secondary": "second hand", "memory": "from memory, not yet checked"}


def decision_text(data: dict[str, Any]) -> str:
    """Return a decision as lines a person can read at a glance."""
    lines = [VERDICT[data["outcome"]], ""]
    if len(data["parts"]) > 1:
        lines += [f"  {VERDICT[p['outcome']].split('.')[0]}: {p['item'] or 'this'}, about {p['about']}" for p in data["parts"]] + [""]
    lines += _section("Because", [f"{r['plain']}. [{r['cite']}; {_known(r)}]" for r in data["because"]])
    if data["how_much"]:
        much = data["how_much"]
        words = {"minimum_necessary": "only what this needs", "whole": "the whole, if it helps"}.get(much["limit"], ", ".join(much["only"]))
        lines += _section("How much", [f"{words} [{'; '.join(much['cite'])}]"])
    lines += _section("What you owe", [_duty(d) for d in data["duties"]])
    lines += _section("To ask", [f"{a['question'] or a['fact']} ({a['fact']})" for a in data["ask"]])
    if data["possible"]:
        lines += _section("Then it will be one of", [", ".join(VERDICT[p].split(".")[0] for p in data["possible"])])
    lines += _section("Meanwhile no law forbids", [f"{m['plain']} [{m['cite']}]" for m in data["meanwhile"]])
    lines += _section("Taken as so", [_assumed(a) for a in data["assumptions"]])
    lines += _section("In court", [f"{p['plain']}. [{p['cite']}]" for p in data["privilege"]])
    lines += _section("What would change it", [f"{c['plain']} -> {VERDICT[c['outcome']].split('.')[0]} [{c['cite']}]" for c in data["can_do"]])
    lines += _section("Which law governed", [f"{p['plain']} [{p['cite']}]" for p in data["precedence"]])
    lines.append(f"Law of {data['on']}; rests on: {data['rests_on']}; book {data['book'][:12]}. Not legal advice.")
    return "\n".join(lines)


def _assumed(row: dict[str, Any]) -> str:
    told = row["fact"] == "on" or row["fact"].split(".")[0] == "places"  # what the book does not hold: no question with its answer
    taken = "." if told else f" {_taken(row['value'])}"
    return f"{row['plain']}{taken} ({row['reason']})"


def _taken(value: object) -> str:
    if isinstance(value, bool):
        return "Yes." if value else "No."
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value)).replace("_", " ").capitalize() + "."


def _known(rule: dict[str, Any]) -> str:
    mark = rule["checked"]
    return f"{KNOWN[mark['against']]}{', ' + mark['on'] if mark['on'] else ''}"


def _section(title: str, rows: list[str]) -> list[str]:
    if not rows:
        return []
    return [title, *(textwrap.fill(row, 100, initial_indent="  - ", subsequent_indent="    ") for row in rows), ""]


def _duty(duty: dict[str, Any]) -> str:
    if duty["any_of"]:
        text = "one of: " + "; or ".join(_duty(inner) for inner in duty["any_of"])
    else:
        text = duty["plain"] or " ".join(w for w in (duty["do"].replace("_", " "), duty["whom"].replace("_", " "), duty["what"]) if w)
    due = duty["due"]
    clock = f"by {due['at']}" if due["at"] else ""
    words = f'"{due["words"]}"' if due["words"] else ""
    suggest = f"we suggest within {due['suggest']}" if due["suggest"] else ""
    timing = {"before": "before you tell", "after": "after you tell"}.get(duty["timing"] or "", "")
    open_ = f"if it turns out that {', '.join(duty['if'])}" if duty["if"] else ""
    extra = "; ".join(word for word in (timing, clock, words, suggest, open_) if word)
    return f"{text}{' (' + extra + ')' if extra else ''} [{duty['cite']}]"


def advice_text(data: dict[str, Any]) -> str:
    """Return advice as lines: musts first, then what may be told to whom."""
    lines: list[str] = []
    for outcome in ("required", "conflict", "unknown", "permitted", "with_authorization"):
        rows = [f"{p['recipient']} for {p['purpose']}: {p['information'] or 'what the matter needs'}" for p in data["parts"] if p["outcome"] == outcome]
        lines += _section(VERDICT[outcome], rows)
    lines += _section("What you owe", [_duty(d) for d in data["duties"]])
    lines += _section("To ask", [f"{a['question'] or a['fact']} ({a['fact']})" for a in data["ask"]])
    lines += _section("Meanwhile no law forbids", [f"{m['plain']} [{m['cite']}]" for m in data["meanwhile"]])
    lines += _section("Taken as so", [_assumed(a) for a in data["assumptions"]])
    lines += _section("Because", [f"{r['plain']}. [{r['cite']}; {_known(r)}]" for r in data["because"]])
    lines.append(f"Law of {data['on']}; book {data['book'][:12]}. Not legal advice.")
    return "\n".join(lines)
