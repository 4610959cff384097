"""The law the desk applies: sections, and one rule at a time."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privity.law import Book
from privity.law.rules import Duty, Rule, Section
from privity.practice.people.desk import DeskRequest
from privity.practice.people.spoken import label, state

from ..wording import KNOWN, Known, Row, day, known_of, sentence

MOST_WORDS = 80  # a search is for words of the law; a story about someone does not fit


@require_safe
def law(request: DeskRequest) -> HttpResponse:
    """List every section with its dates, and how well its rules are known; with `q` only those that hold its words."""
    book = request.book
    words = request.GET.get("q", "")[:MOST_WORDS].split()
    places: dict[str, dict[str, list[Row]]] = {}
    found = 0
    for section in sorted(book.sections, key=lambda s: (s.law, s.path)):
        row = section_row(section, words)
        if row["rules"] or not words:
            found += len(row["rules"])
            places.setdefault(section.law.split(".")[0].upper(), {}).setdefault(law_name(section.law), []).append(row)
    ordered = sorted(places, key=lambda code: (code != "US", state(code)))
    return render(
        request,
        "decisions/law.html",
        {
            "places": [{"name": state(code), "code": code, "laws": list(places[code].items())} for code in ordered],
            "marks": marks(book),
            "count": len(book.rules),
            "hash": book.hash,
            "q": " ".join(words),
            "found": found,
        },
    )


def law_name(law: str) -> str:
    """Return a law's name in words, as far as it has one: `us.hipaa` as "HIPAA"."""
    return LAWS.get(law) or law.partition(".")[2].replace("_", " ").capitalize()


LAWS = {
    "us.hipaa": "HIPAA",
    "us.part2": "42 CFR Part 2: substance-use records",
    "us.ferpa": "FERPA: school records",
    "us.research": "Certificates of confidentiality in research",
    "us.infoblocking": "Information blocking",
    "us.privilege": "The federal courts’ privilege",
    "us.pamii": "Protection and advocacy for people with mental illness",
    "us.process": "Paper from a federal court",
    "us.secretary": "What the federal health department may ask",
    "us.va": "Veterans Affairs",
    "us.vcaa": "The federal report of child abuse",
    "us.grounds": "Reasons no law knows",
    "us.outside": "Law outside this book",
    "co.statutes": "Statutes",
    "co.rules": "Court rules",
    "co.boards": "Rules of the licensing boards",
    "ca.cmia": "Confidentiality of Medical Information Act",
    "ca.lps": "Lanterman-Petris-Short Act: inpatient and county care",
    "ca.codes": "Codes",
}


def marks(book: Book) -> list[tuple[Known, int]]:
    """Return how many rules are known how."""
    return [(Known(against, KNOWN[against]), count) for against, count in book.checked_marks().items()]


def section_row(section: Section, words: list[str]) -> Row:
    """Return a section for the list: citation, dates, marks, and its rules; of these only those that hold the words, where words are sought."""
    rules = [rule for version in section.versions[:1] for rule in version.rules]
    known = Counter(rule.checked.against for rule in rules)
    newest = section.versions[0]
    return {
        "citation": section.citation,
        "title": section.title,
        "since": "" if newest.from_ == date.min else day(newest.from_.isoformat()),
        "until": "" if newest.until == date.max else day(newest.until.isoformat()),
        "versions": len(section.versions),
        "marks": [(Known(against, KNOWN[against]), known[against]) for against in ("official", "secondary", "memory") if known[against]],
        "checked": day(max((rule.checked.on for rule in rules), default=newest.from_).isoformat()) if rules else "",
        "rules": [{"id": rule.id, "cite": rule.cite, "plain": sentence(rule.plain)} for rule in rules if holds(section, rule, words)],
    }


def holds(section: Section, rule: Rule, words: list[str]) -> bool:
    """Return whether a rule, its citation or its section's title holds every one of these words."""
    text = " ".join((section.citation, section.title, rule.cite, rule.plain, rule.id)).lower()
    return all(word.lower() in text for word in words)


@require_safe
def rule(request: DeskRequest, rule_id: str) -> HttpResponse:
    """Show one rule: what it says, since when, who checked it against what, and how it is read."""
    book = request.book
    found = book.rules.get(rule_id)
    if found is None:
        raise Http404(rule_id)
    section, version = next((s, v) for s in book.sections for v in s.versions if any(r.id == found.id for r in v.rules))
    return render(
        request,
        "decisions/rule.html",
        {
            "rule": found,
            "plain": sentence(found.plain),
            "section": section,
            "since": day(version.from_.isoformat()),
            "until": "" if version.until == date.max else day(version.until.isoformat()),
            "known": known_of(_checked(found)),
            "says": SAYS[found.says],
            "duties": [said_duty(duty) for duty in found.must],
            "to": [label(book, "recipient.kind", one) for one in sorted(found.to or ())],
            "of": [label(book, "information", one) for one in sorted(found.of or ())],
            "about": [label(book, "purpose", one) for one in sorted(found.about or ())],
            "checked_on": day(found.checked.on.isoformat()),
            "parent": found.parent,
            "excepts": found.excepts,
            "source": found.checked.source if found.checked.source.startswith("https://") else "",
        },
    )


def said_duty(duty: Duty) -> str:
    """Return a duty as a sentence; where there is a choice, all of it."""
    if duty.any_of:
        return sentence("One of these: " + "; or ".join((one.plain or one.do.replace("_", " ")).rstrip(".") for one in duty.any_of))
    return sentence(duty.plain or " ".join((duty.do, duty.whom, duty.what)).replace("_", " "))


SAYS = {
    "required": "It requires telling.",
    "permitted": "It permits telling.",
    "with_authorization": "It asks for the client’s written authorization.",
    "prohibited": "It forbids telling.",
    "silent": "It switches off another rule where it applies. By itself it neither allows nor forbids anything.",
}


def _checked(rule_: Rule) -> dict[str, str]:
    return {"on": rule_.checked.on.isoformat(), "against": rule_.checked.against, "source": rule_.checked.source}
