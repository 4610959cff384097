"""What holds for every answer the desk sends."""

from __future__ import annotations

import pytest
from django.test import Client

PAGES = ("/", "/profile", "/ask", "/danger", "/law", "/law/co.statutes.13-21-117.2a_threat", "/nothing", "/static/privity/desk.js")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_its_headers(path: str, practice) -> None:
    page = Client().get(path, follow=True)
    policy = page.headers["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    if not path.startswith("/static/"):
        assert page.headers["Cache-Control"] == "no-store"


def test_a_number_is_sent_on_to_the_name(db) -> None:
    page = Client().get("/law?x=1", headers={"host": "127.0.0.1:8471"})
    assert (page.status_code, page.headers["Location"]) == (302, "http://localhost:8471/law?x=1")


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org", "10.0.0.1:8471"])
def test_no_other_name_is_served(db, host: str) -> None:
    assert Client().get("/law", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/ask", "/answer", "/danger", "/profile"])
def test_other_methods_are_refused(db, path: str) -> None:
    assert Client().put(path).status_code == 405
