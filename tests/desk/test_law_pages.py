"""The law as pages: every section, every rule."""

from __future__ import annotations

import re

from privity.law import Book


def test_every_section_is_listed_with_its_mark(desk) -> None:
    words = desk.open("/law").words
    for section in Book.open().sections:
        assert re.sub(r"\s+", " ", section.citation) in words


def test_every_rule_has_its_page(desk) -> None:
    for rule in Book.open().rules.values():
        page = desk.client.get(f"/law/{rule.id}")
        assert page.status_code == 200, rule.id


def test_a_rule_shows_its_citation_dates_and_check(desk) -> None:
    rule = Book.open().rules["co.statutes.13-21-117.2a_threat"]
    words = desk.open(f"/law/{rule.id}").words
    assert rule.cite in words
    assert "In force from Apr 7, 2014" in words
    assert "Last laid beside its text" in words
    assert "How we read it" in words


def test_there_is_no_page_for_a_rule_nobody_wrote(desk) -> None:
    assert desk.open("/law/us.nothing.1").page.status_code == 404


def test_a_rule_is_found_by_its_words(desk) -> None:
    words = desk.open("/law?q=grand+jury").words
    assert "grand jury" in words
    assert "Psychotherapist-patient privilege" not in words
    assert "Write nothing about a client" in words


def test_a_search_that_finds_nothing_says_so(desk) -> None:
    assert "0 rules with" in desk.open("/law?q=zzz").words


def test_sections_are_folded_by_law(desk) -> None:
    page = desk.open("/law").text
    assert page.count('<details class="law-group">') > 8
    assert "HIPAA" in desk.words


def test_a_rule_names_its_purposes_in_words(desk) -> None:
    for rule in Book.open().rules.values():
        if rule.about and len(rule.about) > 4:
            page = desk.open(f"/law/{rule.id}")
            assert f"{len(rule.about)} purposes" in page.words
            assert not re.search(r"\b[a-z]+_[a-z]+\b", page.text[page.text.index("For these purposes") :].partition("</article>")[0])
            break
