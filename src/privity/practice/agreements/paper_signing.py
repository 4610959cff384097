"""The page on which somebody signs, on a tablet that was handed over or at home: one paper, nothing else of the house. It ends itself.

Whoever signs has no account. The session holds which link opened it, and since when. What was answered so far travels in the page, signed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from privity.practice.people import links
from privity.practice.people.actor import Actor
from privity.practice.people.desk import DeskRequest
from privity.practice.people.links import Gone, Held, WrongCode
from privity.practice.people.session import device_of
from privity.practice.people.times import moment_said

from . import paper_services as services
from . import papers
from .paper_access import Offered, Signer
from .papers import Sheet
from .reading import LANGUAGES

LASTS = timedelta(minutes=30)  # of a page once it is open
SALT = "privity.paper"
STROKE = r"\d{1,3},\d{1,3}(?: \d{1,3},\d{1,3})*"
STROKES = re.compile(rf"^{STROKE}(?:;{STROKE})*$")
BOTH = ["GET", "HEAD", "POST"]
SIGNS = ("sign", "sure")  # the second: "I am that person; this is how I write my name"


def begin(request: HttpRequest, link: UUID) -> None:
    """Let this browser open one paper and nothing else: whatever session it had is over."""
    now: datetime = request.now  # type: ignore[attr-defined]
    request.session.flush()
    request.session.cycle_key()
    rotate_token(request)
    request.session["signing"] = {"link": str(link), "since": now.isoformat()}


# --- by a link and a code ------------------------------------------------------------------------------------------


@require_http_methods(BOTH)
def by_link(request: DeskRequest, token: str) -> HttpResponse:
    """Ask for the code that was told by another way; nobody is named before it is right."""
    language = _language(request.POST.get("language", ""), LANGUAGES)
    wrong = False
    try:
        link = links.find(token, request.now)
        if request.method == "POST" and request.POST.get("act") == "open":
            links.open_with(link, request.POST.get("code", "")[:40], request.keeping.keys(link.practice), request.now)
            begin(request, link.id)
            return redirect("paper-sign")
    except WrongCode:
        wrong = True
    except Gone:
        return _end(request, language, "gone", status=404)
    return _page(request, "agreements/sign_code.html", language, {"wrong": wrong}, status=422 if wrong else 200)


# --- the paper -----------------------------------------------------------------------------------------------------


@dataclass
class At:
    """Where somebody is in a paper: the language, the step, and what was answered so far."""

    language: str
    step: int = 0
    answers: dict[str, list[int]] = field(default_factory=dict)

    def packed(self, link: Held) -> str:
        """Return it as it travels in the page."""
        return signing.dumps([self.language, self.step, self.answers], salt=f"{SALT}.{link.id}")


Step = tuple[str, Any]  # a screen with its blocks, a question, or the signature


def steps(sheet: Sheet) -> list[Step]:
    """Return a paper step by step: each question comes after the screen that tells its answer."""
    found: list[Step] = []
    for screen in sheet.screens:
        found.append(("screen", screen))
        here = {id for id, _ in screen}
        found += [("question", one) for one in sheet.questions if one["block"] in here]
    return [*found, ("sign", None)]


def mixed(link: Held, question: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Return a question's answers with their numbers, in an order of this link's own; number 0 is the right one."""
    return sorted(enumerate(question["answers"]), key=lambda one: sha256(f"{link.id} {question['id']} {one[0]}".encode()).digest())


@require_http_methods(BOTH)
def sign(request: DeskRequest) -> HttpResponse:
    """Show the paper step by step, ask back, and take the signature or the not now."""
    language = _language(request.POST.get("language", ""), LANGUAGES)
    try:
        link, actor = _open(request)
        paper, signer = services.laid_before(actor, link)
        at = _at(request, link, paper)
        language = at.language
        return _step(request, actor, link, paper, signer, at)
    except Gone:
        return _end(request, language, "gone", status=404)


def _open(request: DeskRequest) -> tuple[Held, Actor]:
    """Return the link this browser opened, and under whose hand. Raises Gone."""
    told = request.session.get("signing")
    if not told or not timedelta(0) <= request.now - datetime.fromisoformat(told["since"]) <= LASTS:
        raise Gone("no paper is open here")
    link = links.held(UUID(told["link"]), request.now)
    return link, link.actor(request.keeping.keys(link.practice), request.now)


def _at(request: DeskRequest, link: Held, paper: Offered) -> At:
    first = next(iter(paper.sheets))
    try:
        language, step, answers = signing.loads(request.POST.get("state", ""), salt=f"{SALT}.{link.id}")
    except (signing.BadSignature, ValueError):
        language, step, answers = first, 0, {}
    wanted = "" if request.POST.get("act") in SIGNS else request.POST.get("language", "")  # signed is what stood on the screen
    return At(_language(wanted or language, paper.sheets), step, answers)


def _step(request: DeskRequest, actor: Actor, link: Held, paper: Offered, signer: Signer, at: At) -> HttpResponse:
    sheet = paper.sheets[at.language]
    all_steps, act = steps(sheet), request.POST.get("act", "")
    at.step = min(max(at.step, 0), len(all_steps) - 1)
    kind, what = all_steps[at.step]
    told: dict[str, Any] = {}
    if act == "no":
        services.not_now(actor, link)
        return _end(request, at.language, "declined", here=not link.with_code)
    if act == "back":
        at.step = max(0, at.step - 1)
    elif act == "next" and kind == "screen":
        at.step += 1
    elif act == "answer" and kind == "question":
        told = _answered(request, at, what)
    elif act in SIGNS and kind == "sign":
        told = _signed(request, actor, link, signer)
        if not told:
            done = services.sign(actor, link, _mark(request, at))
            told = {"several": len(done.signers) > 1, "whole": done.whole is not None, "copy": sheet if link.with_code else None, **_under(request)}
            return _end(request, at.language, "signed", here=not link.with_code, **told)
    kind, what = all_steps[at.step]
    told |= {
        "kind": kind, "what": what, "sheet": sheet, "step": at.step + 1, "of": len(all_steps), "state": at.packed(link),
        "stands_for": signer.stands_for,
        "languages": [(code, LANGUAGES[code]) for code in paper.sheets if code != at.language], "first": at.step == 0,
        "answers": mixed(link, what) if kind == "question" else [], "card": dict(sheet.blocks).get(what["block"], "") if kind == "question" else "",
        "again": kind == "question" and bool(at.answers.get(what["id"])) and at.answers[what["id"]][-1] != 0,
    }  # fmt: skip
    return _page(request, "agreements/sign.html", at.language, told, status=422 if told.get("wrong") else 200)


def _answered(request: DeskRequest, at: At, question: Mapping[str, Any]) -> dict[str, Any]:
    """Take an answer: the right one leads on, any other shows the card again. Returns what the page has to say."""
    said = request.POST.get("answer", "")
    if said not in {str(number) for number in range(len(question["answers"]))}:
        return {"wrong": "choose"}
    tries = at.answers.setdefault(question["id"], [])
    if not tries or tries[-1] != 0:
        tries.append(int(said))
    if int(said) == 0:
        at.step += 1
    return {}


def _signed(request: DeskRequest, actor: Actor, link: Held, signer: Signer) -> dict[str, Any]:
    """Return what is missing for a signature; nothing when all is there. Another name than the person's own is asked about once."""
    name, right = request.POST.get("name", "").strip()[:200], request.POST.get("right", "").strip()[:200]
    wrong = "name" if not name else "right" if signer.stands_for and not right else ""
    sure = request.POST.get("act") == "sure" and request.POST.get("asked", "") == name  # said of this very name
    if not wrong and not sure and not services.own_name(actor, link, name):
        wrong = "differs"
    drawn = request.POST.get("drawn", "")[: services.MOST_MARK]
    return {"wrong": wrong, "name": name, "right": right, "drawn": drawn if STROKES.match(drawn) else "", "whose": signer.name} if wrong else {}


def _under(request: DeskRequest) -> dict[str, str]:
    return {"name": request.POST.get("name", "").strip()[:200], "signed": moment_said(request.now)}


def _mark(request: DeskRequest, at: At) -> services.Mark:
    drawn = request.POST.get("drawn", "")[: services.MOST_MARK]
    device_time = request.POST.get("device_time", "")[:40]
    return services.Mark(
        at.language, request.POST.get("name", "").strip()[:200], request.POST.get("right", "").strip()[:200], drawn if STROKES.match(drawn) else "", at.answers,
        device_of(request.headers.get("User-Agent", "")), device_time if re.fullmatch(r"[\w:+. -]*", device_time) else "",
    )  # fmt: skip


# --- around it -----------------------------------------------------------------------------------------------------


def _end(request: DeskRequest, language: str, what: str, *, status: int = 200, **told: Any) -> HttpResponse:
    """Show the last page. What this browser could open, it opens no more."""
    if "signing" in request.session:
        request.session.flush()
    return _page(request, "agreements/sign_end.html", language, {"end": what, **told}, status=status)


def _page(request: DeskRequest, template: str, language: str, told: Mapping[str, Any], status: int = 200) -> HttpResponse:
    said = {key: words[language] for key, words in papers.words().items()}
    others = [(code, name) for code, name in LANGUAGES.items() if code != language]
    return render(request, template, {"say": said, "lang": language, "languages": others, **told}, status=status)


def _language(wanted: str, among: Mapping[str, Any]) -> str:
    return wanted if wanted in among else next(iter(among))
