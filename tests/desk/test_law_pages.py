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
