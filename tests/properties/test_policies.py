"""A practice's own rules can only forbid, ask for authorization, shrink or add steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from privity.law import BadLaw, Book, Question, decide
from privity.law.book import LIBRARY

POLICY = """
section: Our policy 1
law: practice.alder
key: p1
title: Ask first
in_force:
  - from: 2020-01-01
    checked: 2026-11-24
    against: official
    source: our handbook
    rules:
      - {{id: a, cite: Our policy 1, plain: We ask the client before we tell another provider, about: [{about}], says: {says}}}
"""


def with_policy(folder: Path, says: str, about: str = "treatment") -> Book:
    folder.mkdir(exist_ok=True)
    (folder / "p1.yaml").write_text(POLICY.format(says=says, about=about))
    return Book.read(LIBRARY, folder)


TREATMENT = {
    "on": "2026-11-24", "places": [],
    "facts": {"purpose": "treatment", "recipient.kind": "treating_provider", "information": ["diagnosis"], "practice.hipaa_covered": True,
        "practice.part2_program": False, "restriction.agreed": False},
}  # fmt: skip
RECORD = {
    "on": "2026-11-24", "places": [],
    "facts": {"purpose": "client_access", "recipient.kind": "client", "information": ["diagnosis"], "practice.hipaa_covered": True,
        "practice.part2_program": False, "access.would_endanger": False, "access.would_harm_other": False, "access.reveals_confidential_source": False},
}  # fmt: skip


@pytest.mark.parametrize("says", ["prohibited", "with_authorization"])
def test_a_policy_may_be_stricter_than_the_law(says: str, tmp_path: Path) -> None:
    question = Question.from_dict(TREATMENT)
    assert decide(Book.read(LIBRARY), question).outcome == "permitted"
    assert decide(with_policy(tmp_path / "p", says), question).outcome == says


@pytest.mark.parametrize("says", ["permitted", "required"])
def test_a_policy_that_would_permit_keeps_the_book_shut(says: str, tmp_path: Path) -> None:
    with pytest.raises(BadLaw, match="own rule may only"):
        with_policy(tmp_path / "p", says)


def test_a_policy_never_stops_what_the_client_may_have(tmp_path: Path) -> None:
    question = Question.from_dict(RECORD)
    answer = decide(with_policy(tmp_path / "p", "prohibited", "client_access"), question)
    assert answer.outcome == decide(Book.read(LIBRARY), question).outcome == "required"
    assert "Your policy says otherwise; the law governs" in [row["plain"] for row in answer.to_dict()["precedence"]]  # type: ignore[attr-defined]
