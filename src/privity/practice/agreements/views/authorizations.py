"""A record's authorizations: the list, one of them, a new one, and its end."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from privity.law import Book
from privity.practice.people.access import NotAllowed, NotThere, Opened, letterhead
from privity.practice.people.desk import StaffRequest
from privity.practice.people.models import SUBJECTS
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said, moment_said
from privity.practice.records.documents import CannotKeep

from .. import access, scans, services, validity
from ..access import Kept, Page, in_days
from ..elements import KIND_SAID, TOGETHER_SAID, missing
from ..forms import ALL_KINDS, NOTES_ALONE, AuthorizationForm, BeginForm, ScanForm
from ..letters import return_letter
from ..scans import TOO_LARGE, Paper
from ..validity import State, days_left

SAID = {State.LIVE: "Good", State.DEFECTIVE: "Not valid", State.EXPIRED: "Ended", State.REVOKED: "Taken back"}


@require_http_methods(["GET", "HEAD"])
def listed(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show a record's authorizations, and the papers nobody has read yet."""
    found = access.page(request.actor, record)
    rows = [_told(request.book, kept, request.now.date(), found.states, found.who) for kept in found.kept]
    return render(request, "agreements/authorizations.html", {"who": found.who, "rows": rows, "may_change": found.may_change, "unread": _papers(found.unread)})


@require_http_methods(["GET", "HEAD"])
def ending(request: StaffRequest) -> HttpResponse:
    """Show whose signed releases end within thirty days, the nearest end first."""
    today = request.actor.now.astimezone().date()
    rows = [
        {"record": one.record, "id": one.id, "called": one.called, "ends": day_said(one.ends), "left": in_days((one.ends - today).days), "good": one.good}
        for one in access.ending(request.actor)
    ]  # fmt: skip
    return render(request, "agreements/ending.html", {"rows": rows})


@require_http_methods(["GET", "HEAD"])
def one(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Show one authorization."""
    return _one(request, record, authorization)


def _one(request: StaffRequest, record: UUID, authorization: UUID, scan: ScanForm | None = None, status: int = 200) -> HttpResponse:
    found, kept = access.one(request.actor, record, authorization)
    told = _told(request.book, kept, request.now.date(), found.states, found.who)
    shown = {"who": found.who, "one": told, "may_change": found.may_change, "scan": scan or ScanForm(use_required_attribute=False)}
    return render(request, "agreements/authorization.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest, record: UUID) -> HttpResponse:
    """Ask what kind of paper it is, and take the paper itself; then the form beside its picture."""
    found = _to_change(request, record)
    sent = request.POST if request.method == "POST" else None
    form = BeginForm(found.states, sent, request.FILES if sent is not None else None, part2=found.part2_program, use_required_attribute=False)
    if sent is not None and form.is_valid():
        asked = f"?kind={form.cleaned_data['kind']}"
        if form.cleaned_data["file"] is None and not request.META.get("privity.too_large"):
            return redirect(reverse("authorization-new", args=[record]) + asked)
        if (scan := kept_file(request, form, record)) is not None:
            return redirect(f"{reverse('authorization-new', args=[record])}{asked}&paper={scan}")
    return render(request, "agreements/begin.html", {"form": form, "who": found.who}, status=200 if sent is None else 422)


def kept_file(request: StaffRequest, form: Any, record: UUID, authorization: UUID | None = None) -> UUID | None:
    """Return the id of the paper that was sent, now kept; or None, and the form says why."""
    if request.META.get("privity.too_large"):
        form.add_error("file", TOO_LARGE)
    elif form.cleaned_data["file"] is None:
        form.add_error("file", "Choose a file.")
    else:
        try:
            return scans.add(request.actor, record, form.cleaned_data["file"].read(), authorization)
        except CannotKeep as why:
            form.add_error("file", str(why))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the form for a signed paper, beside its picture where there is one, or keep what it says."""
    found = _to_change(request, record)
    kind = request.GET.get("kind", "")
    kind = kind if kind in ALL_KINDS else validity.AUTHORIZATION
    paper = _unread(found, request.GET.get("paper", ""))
    sent = request.POST if request.method == "POST" else None
    names = [name for part, person in found.who.people if part in SUBJECTS for name in (person.name, person.chosen) if name]
    form = AuthorizationForm(request.book, found.states, sent, today=request.now.date(), kind=kind, names=names, use_required_attribute=False)
    if sent is not None and form.is_valid():
        with contextlib.suppress(scans.AlreadyRead):
            return redirect("authorization", record, services.record_authorization(request.actor, record, form.said(), paper.id if paper else None))
        return redirect("authorizations", record)
    told = {"form": form, "who": found.who, "kind": "Psychotherapy notes alone" if kind == NOTES_ALONE else KIND_SAID[form.kind],
            "paper": paper and _paper(paper),
            "asks": kind == validity.REQUEST, "colorado": "CO" in found.states and form.kind == validity.AUTHORIZATION}  # fmt: skip
    return render(request, "agreements/new.html", told, status=200 if sent is None else 422)


def _to_change(request: StaffRequest, record: UUID) -> Page:
    found = access.page(request.actor, record)
    if not found.may_change:
        raise NotAllowed("change authorization")
    return found


def _unread(found: Page, said: str) -> Paper | None:
    if not said:
        return None
    paper = next((one for one in found.unread if str(one.id) == said), None)
    if paper is None:
        raise NotThere("this paper, or somebody wrote down what it says")
    return paper


@require_POST
def take_back(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Take an authorization back."""
    by_word, how = request.POST.get("way") == "by_word", request.POST.get("how", "")[:400]
    return _ended(request, record, authorization, lambda: services.revoke(request.actor, record, authorization, how, by_word=by_word))


@require_POST
def ended(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Note that its event came."""
    return _ended(request, record, authorization, lambda: services.event_came(request.actor, record, authorization))


@require_POST
def confirm(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Note that a paper which was brought in is the client's, under another name."""
    services.confirm_name(request.actor, record, authorization)
    return redirect("authorization", record, authorization)


def _ended(request: StaffRequest, record: UUID, authorization: UUID, act: Any) -> HttpResponse:
    with contextlib.suppress(services.NothingToTakeBack):  # pressed twice, or in another window: the page says how it stands
        act()
    return redirect("authorization", record, authorization)


@require_http_methods(["GET", "HEAD"])
def letter(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Show the letter that sends a paper back, to be printed."""
    found, kept = access.one(request.actor, record, authorization, "authorization.letter")
    told = {"who": found.who, "id": kept.id, "letter": return_letter(kept), "on": day_said(request.now), "head": letterhead(request.actor)}
    return render(request, "agreements/letter.html", told)


# --- as a page says it -------------------------------------------------------------------------------------------


def _papers(papers: tuple[Paper, ...]) -> list[dict[str, Any]]:
    return [_paper(one) for one in papers]


def _paper(one: Paper) -> dict[str, Any]:
    many = "1 page" if one.pages == 1 else f"{one.pages} pages"
    return {"id": one.id, "added": moment_said(one.added), "said": f"{one.ending.upper()}, {many}", "pages": one.numbers}


def _told(book: Book, kept: Kept, today: date, states: tuple[str, ...], who: Opened) -> dict[str, Any]:
    terms, left = kept.terms, days_left(kept.ends, today)
    recipient_kind = "Who treats, pays and helps" if terms.by_class else label(book, "recipient.kind", terms.recipient_kind)
    depended = "" if terms.conditioned == validity.NO_CONDITION else label(book, "authorization.conditioned", terms.conditioned)
    return {
        "id": kept.id, "recipient": terms.recipient, "kind": recipient_kind, "writing": _writing(terms.kind, states), "paper": KIND_SAID[terms.kind],
        "description": terms.description, "request": terms.kind == validity.REQUEST,
        "information": [label(book, "information", each) for each in terms.information],
        "purpose": "Treatment, payment and operations" if terms.kind == validity.TPO else label(book, "purpose", terms.purpose),
        "signed": day_said(terms.signed), "end": _end(kept),
        "signers": [(name, label(book, "authorization.signed_by", kind)) for kind, name in terms.signatures],
        "state": SAID[kept.state], "live": kept.state is State.LIVE, "over": kept.state in (State.EXPIRED, State.REVOKED),
        "wrong": [(each.words or f"Missing: {missing(each.element)}.", each.cite) for each in kept.wrong],
        "left": f"Ends {in_days(left)}" if left is not None and kept.state is State.LIVE else "", "by": kept.by, "recorded": moment_said(kept.recorded),
        "revoked": moment_said(kept.revoked) if kept.revoked else "", "how": kept.how_revoked, "by_word": kept.by_word, "ended": day_said(kept.ended),
        "by_event": kept.ends is None and bool(terms.ends_with), "scans": _papers(kept.scans), "depended": depended,
        "together": TOGETHER_SAID[terms.together] if terms.together != validity.ALONE else "", "also": _also(kept),
        "counts": _counts(kept, who, today), "part2": terms.kind in validity.CONSENTS,
        "other_name": terms.other_name and kept.state is State.DEFECTIVE, "goes_back": any(each.element != validity.OTHER_NAME for each in kept.wrong),
    }  # fmt: skip


def _counts(kept: Kept, who: Opened, today: date) -> list[str]:
    """Return for whose part a live paper counts, and where who signed it is weighed anew with each question."""
    if kept.state is not State.LIVE or kept.terms.kind == validity.REQUEST:
        return []
    names, each, found = {one.id: one.called for _, one in who.people}, access.each_of(who.people, who.id, today), []
    for one in each:
        name, part = names.get(one.person.id, who.called), one.part(kept.terms)
        right = part and (one.consents(part) if kept.terms.kind in validity.CONSENTS else one.right(part))
        if part is None:
            found.append(f"It opens nothing about {name}, who has not signed it.")
        elif right is False:
            found.append(f"{name} was not grown up when it was signed, and is now. It opens nothing more. {name} can sign a new one.")
        elif right is None:
            found.append(f"Whether the right person signed for {name} is weighed each time somebody asks.")
        elif len(each) > 1:
            found.append(f"It counts for {name}, who signed it.")
    return found


def _writing(kind: str, states: tuple[str, ...]) -> str:
    """Return where the law asks that a paper be taken back in writing."""
    if kind in validity.CONSENTS:
        return "42 CFR 2.31(a)(6)"
    return "45 CFR 164.508(b)(5); Cal. Civ. Code 56.15" if "CA" in states else "45 CFR 164.508(b)(5)"


def _end(kept: Kept) -> str:
    terms = kept.terms
    if kept.ends:
        return f"Through {day_said(kept.ends)}{', or until treatment ends' if terms.with_treatment else ''}"
    longest = validity.last_day(terms, kept.states)
    at_most = f", or through {day_said(longest)}, whichever comes first ({validity.YEAR_CITE})" if longest else ""
    if terms.ends_with:
        return f"Until this: {terms.ends_with}{', or treatment ends' if terms.ends_at_close else ''}{at_most}"
    if terms.with_treatment:
        return f"Until treatment ends{at_most}"
    return "Without an end, as it may be" if "expiry" in terms.has else "No end stands on it"


def _also(kept: Kept) -> str:
    """Return what a Part 2 consent is beside that: an authorization under HIPAA, or not."""
    terms = kept.terms
    if terms.kind not in validity.CONSENTS or kept.state is not State.LIVE or terms.kind == validity.TPO:
        return ""
    if validity.is_whole(terms, kept.wrong, kept.state):
        return "It has all that HIPAA asks of an authorization as well."
    named = "; ".join(missing(one).lower() for one in validity.lacks_for_hipaa(terms, kept.wrong))
    return f"It is no authorization under HIPAA{f', which asks for more: {named}' if named else ''} (45 CFR 164.508)."
