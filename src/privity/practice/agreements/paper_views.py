"""Papers as staff see them: the practice's own wordings, and what was offered and signed in a record."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.desk import StaffRequest
from privity.practice.people.models import SUBJECTS, Participant
from privity.practice.people.spoken import state
from privity.practice.people.times import day_said, moment_said
from privity.practice.records.documents import CannotKeep

from . import paper_access as access
from . import paper_services as services
from . import papers, scans
from .paper_access import REFUSED, Kind, Offered, OnFile, PapersPage
from .paper_forms import SAID, OfferForm, OnFileForm, TalkForm, WordingForm
from .paper_models import EVERYBODY
from .paper_signing import begin
from .reading import LANGUAGES

LOOK = ["GET", "HEAD"]
BOTH = ["GET", "HEAD", "POST"]


# --- the practice's own wordings -----------------------------------------------------------------------------------


@require_http_methods(LOOK)
def listed(request: StaffRequest) -> HttpResponse:
    """Show every paper with its grade."""
    rows = [
        {"id": one.template.id, "name": one.template.name, "version": one.now.named, "grades": _grades(one, one.now.content),
         "missing": _missing(one, one.now.content), "empty": [name for name in one.template.fills if not one.now.content.fills.get(name)]}
        for one in access.kinds(request.actor)
    ]  # fmt: skip
    return render(request, "agreements/papers.html", {"rows": rows})


@require_http_methods(LOOK)
def kind(request: StaffRequest, template: str) -> HttpResponse:
    """Show one paper in both languages, side by side, as it is now or as it was in an older version."""
    found = access.kind(request.actor, template)
    wanted = request.GET.get("version", "")
    version = next((one for one in found.versions if str(one.number) == wanted), found.now)
    where = request.GET.get("state", "")
    where = where if where in found.states else (found.states[0] if found.states else "")
    sheets = [(papers.sheet(found.template, version.content, language, where, {}), LANGUAGES[language]) for language in LANGUAGES]
    told = {
        "kind": found, "version": version, "pairs": _pairs(sheets), "sheets": sheets, "where": where,
        "states": [(one, state(one)) for one in found.states],
        "grades": _grades(found, version.content), "missing": _missing(found, version.content), "digest": version.content.digest.hex(),
        "versions": [_version(found, one) for one in found.versions],
        "law": _law(found, where), "questions": list(zip(*(sheet.questions for sheet, _ in sheets), strict=False)),
    }  # fmt: skip
    return render(request, "agreements/paper_kind.html", told)


def _version(found: Kind, one: access.Version) -> dict[str, Any]:
    return {"one": one, "made": moment_said(one.made) if one.made else "", "digest": one.content.digest.hex()[:16], "now": one is found.now}


def _pairs(sheets: list[tuple[papers.Sheet, str]]) -> list[list[tuple[str, str]]]:
    texts = [dict(sheet.blocks) for sheet, _ in sheets]
    order = dict.fromkeys(id for sheet, _ in sheets for id, _ in sheet.blocks)
    return [[(sheet.language, text.get(id, "")) for (sheet, _), text in zip(sheets, texts, strict=True)] for id in order]


def _law(found: Kind, where: str) -> list[tuple[str, str]]:
    said = {"warn": "Threats against others", "elders": "Hurt older people", "minors": "Young people who agree alone"}
    says = {"must": "must", "may": "may", "own": "may agree alone"}
    switched = dict.fromkeys(block.switch for block in found.template.blocks if block.switch)
    told = papers.lines(where)
    return [(f"{said[one]}: {says[told.wording[one]]}", told.cites[one]) for one in switched]


@require_http_methods(BOTH)
def edit(request: StaffRequest, template: str) -> HttpResponse:
    """Show a paper to be worded anew, with its grade, or keep it as a new version."""
    found = access.kind(request.actor, template)
    sent = request.POST if request.method == "POST" else None
    form = WordingForm(found, sent, use_required_attribute=False)
    kept = sent is not None and form.is_valid()
    content = form.said() if kept else found.now.content
    if kept and request.POST.get("act") == "keep":
        services.keep_version(request.actor, template, content)
        return redirect("paper-kind", template)
    lines = [{"heading": "", "fields": form.pair("title"), "has": [], "wording": ""}]
    has = {one.id: one for one in found.template.elements}
    for key, block, wording in form.keys:
        lines.append({"heading": "", "fields": form.pair(f"text-{key}"), "has": [has[one] for one in block.has], "wording": _worded(found, block, wording)})
    lines.append({"heading": "", "fields": form.pair("annex"), "has": [], "wording": ""})
    told = {
        "kind": found, "form": form, "lines": lines, "fills": [form[f"fill-{one}"] for one in found.template.fills], "grades": _grades(found, content),
        "missing": _missing(found, content), "looked": sent is not None,
    }  # fmt: skip
    return render(request, "agreements/paper_edit.html", told, status=200 if sent is None or kept else 422)


def _worded(found: Kind, block: papers.Block, wording: str) -> str:
    if not block.switch:
        return ""
    where = [state(one) for one in found.states if papers.lines(one).wording[block.switch] == wording]
    cites = dict.fromkeys(papers.lines(one).cites[block.switch] for one in found.states if papers.lines(one).wording[block.switch] == wording)
    return f"For {', '.join(where)}: {'; '.join(cites)}"


@require_POST
def reading(request: StaffRequest, template: str) -> HttpResponse:
    """Tell how hard a wording reads, while it is written. Nothing is kept."""
    found = access.kind(request.actor, template)
    form = WordingForm(found, request.POST)
    if not form.is_valid():
        return JsonResponse({"grades": [], "missing": []}, status=422)
    content = form.said()
    told = [{"language": one["language"], "said": one["said"], "over": list(one["over"])} for one in _grades(found, content)]
    return JsonResponse({"grades": told, "missing": [f"{words} ({language}). {cite}" for words, language, cite in _missing(found, content)]})


def _grades(found: Kind, content: papers.Content) -> list[dict[str, Any]]:
    said = []
    for language, name in LANGUAGES.items():
        told = papers.grade_of(found.template, content, language, found.states)
        line = f"Grade {told.core.grade:.1f}, {told.core.average:.0f} words a sentence, longest {told.core.longest}"
        line += f", INFLESZ {told.core.ease:.0f}" if language == "es" else f", {told.core.hard:.0%} long words"
        line += f"; small print {told.annex.grade:.1f}" if told.annex.words else ""
        said.append({"language": language, "name": name, "grade": f"{told.core.grade:.1f}", "said": line, "over": told.over})
    return said


def _missing(found: Kind, content: papers.Content) -> list[tuple[str, str, str]]:
    return [(element.says, LANGUAGES[language], element.cite) for element, language in papers.missing(found.template, content, found.states)]


# --- in a record -----------------------------------------------------------------------------------------------


@require_http_methods(LOOK)
def record_papers(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show which papers are signed, which are open, and by whom one is still to be signed."""
    found = access.page(request.actor, record)
    rows = [_row(one, found) for one in found.kept]
    told = {
        "who": found.who,
        "rows": rows,
        "kinds": [(one.template.id, one.template.name) for one in found.kinds],
        "may_change": found.may_change,
        "due": found.due,
    }
    return render(request, "agreements/record_papers.html", told)


def _row(one: Offered, found: PapersPage) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "offered": moment_said(one.offered), "by": one.by, "state": _stands(one), "whole": one.whole is not None,
        "open": one.open, "withdrawn": one.withdrawn is not None, "on_file": one.on_file, "short": _short(one, found),
        "signed": [(signer.name, _when(signer)) for signer in one.signers if signer.at], "missing": [signer.name for signer in one.missing],
        "differs": [(signer.name, typed) for signer in one.signers if (typed := signer.differs(found.who))],
    }  # fmt: skip


def _stands(one: Offered) -> str:
    if one.on_file:
        return "Withdrawn" if one.withdrawn else "Given, not signed" if one.on_file.unsigned else "On paper"
    return "Taken away" if one.withdrawn else "Signed" if one.whole else "Open"


def _when(signer: access.Signer) -> str:
    """Return when somebody signed: here to the minute; on paper the day that stands there, and whether they were a minor then."""
    if signer.day is None:
        return moment_said(signer.at) if signer.at else ""
    return f"{day_said(signer.day)}{', a minor then' if signer.minor else ''}"


def _short(one: Offered, found: PapersPage) -> list[str]:
    """Return who shares the record and is not on a paper from outside, which therefore does not count as what everybody signs."""
    there = {signer.person for signer in one.signers}
    subjects = [each for each in found.people if each.part in SUBJECTS and each.id not in there]
    return [each.name for each in subjects] if one.on_file and not one.counts and one.kind in EVERYBODY else []


@require_http_methods(BOTH)
def offer(request: StaffRequest, record: UUID, template: str) -> HttpResponse:
    """Show a paper to be laid before the client, or lay it before them."""
    found = access.page(request.actor, record)
    if not found.may_change:
        raise NotAllowed("change authorization")
    wanted = next((one for one in found.kinds if one.template.id == template), None)
    if wanted is None:
        raise NotThere(f"paper {template}")
    sent = request.POST if request.method == "POST" else None
    needed = access.needed(wanted.template, found.who, found.people)
    form = OfferForm(request.book, wanted, found.people, needed, sent, today=request.now.date(), use_required_attribute=False)
    if sent is not None and form.is_valid():
        return redirect("record-paper", record, services.offer(request.actor, record, form.said()))
    minor = next((one for one in found.people if one.is_minor), None)
    law = [(state(one), papers.lines(one)) for one in wanted.states]
    told = {
        "who": found.who, "kind": wanted, "form": form, "missing": _missing(wanted, wanted.now.content), "minor": minor,
        "ages": [(name, lines.ages["minor_age"], lines.cites["minors"]) for name, lines in law if "minor_age" in lines.ages],
    }  # fmt: skip
    return render(request, "agreements/paper_offer.html", told, status=200 if sent is None else 422)


@require_http_methods(BOTH)
def put_on_file(request: StaffRequest, record: UUID) -> HttpResponse:
    """Ask what was signed outside Privity, beside its scan where one came in, or put it on file. A release goes to the authorizations' own page."""
    found = access.page(request.actor, record)
    if not found.may_change:
        raise NotAllowed("change authorization")
    wanted = next((one.template for one in found.kinds if one.template.id == request.GET.get("paper", "")), None)
    if wanted is not None and wanted.authorization:
        return redirect("authorization-begin", record)
    scan, of = _scan(found, request.GET.get("scan", ""))
    if of is not None:  # pressed twice, or somebody wrote it down meanwhile
        return redirect("record-paper", record, of) if of in {one.id for one in found.kept} else redirect("authorizations", record)
    sent, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OnFileForm(
        found.kinds, found.people, sent, files, initial={"templates": [wanted.id] if wanted else [], "language": "en"}, today=request.now.date(),
        scanned=scan is not None, too_large=bool(request.META.get("privity.too_large")), use_required_attribute=False,
    )  # fmt: skip
    if sent is not None and (ids := _put_on_file(request, record, form, scan)):
        return redirect("record-paper", record, *ids) if len(ids) == 1 else redirect("record-papers", record)
    return render(request, "agreements/paper_file.html", {"who": found.who, "form": form, "scan": scan}, status=200 if sent is None else 422)


def _scan(found: PapersPage, said: str) -> tuple[scans.Paper | None, UUID | None]:
    """Return the scan that came in before, and of what it is already. Raises NotThere."""
    if not said:
        return None, None
    there = next(((one, of) for of, papers in found.files.items() for one in papers if str(one.id) == said), None)
    if there is None:
        raise NotThere("this scan")
    return there


def _put_on_file(request: StaffRequest, record: UUID, form: OnFileForm, scan: scans.Paper | None) -> tuple[UUID, ...]:
    """Return the ids of the papers now on file; none, and the form says why not."""
    if not form.is_valid():
        return ()
    file = form.cleaned_data.get("file")
    try:
        return services.put_on_file(
            request.actor, record, form.said(), press=form.cleaned_data["press"], content=file.read() if file else None, scan=scan.id if scan else None
        )
    except CannotKeep as why:
        form.add_error("file", str(why))
    except (scans.AlreadyRead, services.CannotBe):
        form.add_error(None, "Somebody changed this record meanwhile, and nothing was kept. Open this page anew.")
    return ()


@require_http_methods(LOOK)
def record_paper(request: StaffRequest, record: UUID, paper: UUID) -> HttpResponse:
    """Show one paper: its words, who signed, and what was talked about."""
    return _show(request, access.page(request.actor, record, paper))


def _show(request: StaffRequest, found: PapersPage, status: int = 200, **more: Any) -> HttpResponse:
    (one,) = found.kept
    if one.on_file:
        return _show_on_file(request, found, one, one.on_file)
    names = {signer.person: signer.name for signer in one.signers}
    told = {
        "who": found.who, "one": one, "state": _stands(one), "offered": moment_said(one.offered), "whole": moment_said(one.whole) if one.whole else "",
        "differs": _row(one, found)["differs"],
        "signers": [_signer(one, signer) for signer in one.signers], "sheets": [(sheet, LANGUAGES[language]) for language, sheet in one.sheets.items()],
        "links": [{"who": names[link.who], "ends": moment_said(link.ends), "opens": link.opens, "left": link.left}
                  for link in one.links if link.with_code and link.who in names],
        "talks": [_talk(each) for each in found.talks.get(one.id, ())], "may_change": found.may_change, "may_talk": found.may_talk, "may_hear": found.may_hear,
        "law": one.cites, "state_name": state(one.state), "wording": f"version {one.version}" if one.version else "Privity’s own", **more,
    }  # fmt: skip
    return render(request, "agreements/record_paper.html", told, status=status)


def _show_on_file(request: StaffRequest, found: PapersPage, one: Offered, said: OnFile) -> HttpResponse:
    told = {
        "who": found.who, "one": one, "state": _stands(one), "offered": moment_said(one.offered), "may_change": found.may_change, "short": _short(one, found),
        "signers": [{"name": each.name, "part": _part(each), "when": _when(each)} for each in one.signers],
        "files": found.files.get(UUID(said.beside) if said.beside else one.id, ()),
        "language": LANGUAGES.get(said.language, "Another"), "refused": said.unsigned == REFUSED,
        "withdrawn": moment_said(one.withdrawn) if one.withdrawn else "",
        "asked": not said.unsigned and one.kind != "privacy_notice" and any(each.minor or each.stands_for for each in one.signers),
    }  # fmt: skip
    return render(request, "agreements/paper_on_file.html", told)


def _part(signer: access.Signer) -> str:
    return str(Participant.Part(signer.part).label) if signer.part in Participant.Part.values else signer.part


def _signer(one: Offered, signer: access.Signer) -> dict[str, Any]:
    told, lines = signer.evidence, []
    if signer.at:
        lines = [
            f"Wrote “{told['name']}”{' and drew it' if told['drawn'] else ''}",
            "Signed at home, by a link and a code" if told["how"] == "home" else "Signed on a device here",
        ]
        lines += [f"{'Sent' if told['how'] == 'home' else 'Handed over'} by {told['handed_over_by']}"]
        lines += [f"Device’s own time: {_device_time(told['device_time'])}; {told['device'] or 'device not told'}"]
        lines += [f"By what right: {told['right']}"] if told["right"] else []
        asked = {each["id"]: each["ask"] for each in one.sheets[told["language"]].questions}
        lines += [f"{asked[id]} {_tries(tries)}" for id, tries in told["answers"].items() if id in asked]
    return {"person": signer.person, "name": signer.name, "part": _part(signer), "at": moment_said(signer.at) if signer.at else "", "lines": lines,
            "digest": told.get("digest", ""), "language": LANGUAGES.get(told.get("language", ""), ""), "drawn": _strokes(told.get("drawn", ""))}  # fmt: skip


def _device_time(said: str) -> str:
    try:
        return moment_said(datetime.fromisoformat(said))
    except ValueError:
        return said or "not told"


def _tries(tries: list[int]) -> str:
    return "Not asked." if not tries else "Right at once." if tries == [0] else f"Right after {len(tries)} tries." if tries[-1] == 0 else "Not answered right."


def _strokes(drawn: str) -> list[str]:
    """Return a drawn name as the points of its lines, for a picture of 300 by 100."""
    return [stroke for stroke in drawn.split(";") if stroke] if drawn else []


def _talk(said: access.Said) -> dict[str, Any]:
    return {
        "by": said.by,
        "at": moment_said(said.at),
        "explained": said.explained,
        "asked": said.asked,
        "said": [(words, said.said[name]) for name, words in SAID if name in said.said],
    }


@require_http_methods(BOTH)
def talk(request: StaffRequest, record: UUID, paper: UUID) -> HttpResponse:
    """Show the sheet for the talk about a paper, or keep it."""
    found = access.page(request.actor, record, paper)
    if not found.may_talk:
        raise NotAllowed("write chart")
    (one,) = found.kept
    if one.on_file:
        raise NotThere("the talk about a paper that was signed elsewhere")
    sheet = one.sheets.get("en") or next(iter(one.sheets.values()))
    sent = request.POST if request.method == "POST" else None
    form = TalkForm(sheet, sent, use_required_attribute=False)
    if sent is not None and form.is_valid():
        services.write_talk(request.actor, record, paper, form.said())
        return redirect("record-paper", record, paper)
    told = {
        "who": found.who,
        "one": one,
        "form": form,
        "asked": [form[name] for name in form.fields if name.startswith("asked-")],
        "said": [form[f"said-{name}"] for name, _ in SAID],
    }
    return render(request, "agreements/paper_talk.html", told, status=200 if sent is None else 422)


@require_POST
def hand_over(request: StaffRequest, record: UUID, paper: UUID) -> HttpResponse:
    """Hand this device over for one paper: whoever was signed in on it is so no more."""
    try:
        made = services.hand_over(request.actor, record, paper, _person(request))
    except services.CannotSign:
        return redirect("record-paper", record, paper)
    begin(request, made.id)
    return redirect("paper-sign")


@require_POST
def send_home(request: StaffRequest, record: UUID, paper: UUID) -> HttpResponse:
    """Make a link for one signer, and show it and its code this once."""
    try:
        made = services.send_home(request.actor, record, paper, _person(request))
    except services.CannotSign:
        return redirect("record-paper", record, paper)
    address = request.build_absolute_uri(reverse("paper-link", args=[made.token]))
    found = access.page(request.actor, record, paper)
    return _show(request, found, made={"address": address, "code": made.code, "ends": moment_said(made.ends)})


@require_POST
def withdraw(request: StaffRequest, record: UUID, paper: UUID) -> HttpResponse:
    """Take a paper away."""
    with contextlib.suppress(services.CannotSign):  # pressed twice: the page says how it stands
        services.withdraw(request.actor, record, paper)
    return redirect("record-paper", record, paper)


def _person(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("person", ""))
    except ValueError:
        return UUID(int=0)
