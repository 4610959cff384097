"""Clients from a CSV file: upload, say which column is which, try out, bring in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from privity.vault import VaultFault

from .. import importing
from ..access import NotThere, require_at_practice
from ..actor import Actor

MARK = "<!-- progress -->"


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for the file, and keep it sealed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require_at_practice(actor, "import", "clients")
    if request.method != "POST":
        return render(request, "people/import.html")
    sent = request.FILES.get("file")
    if sent is None:
        wrong = "No file came with it, or it is larger than 8 MB. Choose a CSV file."
    else:
        try:
            return redirect("import-map", importing.keep_file(actor, sent.read(importing.MOST_BYTES + 1)))
        except importing.NotReadable as fault:
            wrong = str(fault)
    return render(request, "people/import.html", {"wrong": wrong}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, file: UUID) -> HttpResponse:
    """Ask which column is which; then show what would come in, and which rows would not and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    table = importing.table(actor, file)
    if request.method != "POST":
        return _ask(request, file, table, importing.guess(table), None)
    chosen, default = _said(request, table)
    if wrong := _unmapped(chosen):
        return _ask(request, file, table, chosen, default, wrong)
    tried = importing.try_out(actor, file, chosen, default)
    hidden = [(f"column-{number}", field) for number, field in chosen.items()] + [("clinician", str(default or "")), ("expected", len(tried.clients))]
    told = {"file": file, "tried": tried, "hidden": hidden, "rows": len(table.rows)}
    told |= {"blind": not importing.sees_names(actor), "first": tried.wrong[:200], "more": max(0, len(tried.wrong) - 200)}
    return render(request, "people/import_tried.html", told)


def _ask(request: HttpRequest, file: UUID, table: importing.Table, chosen: dict[int, str], default: UUID | None, wrong: str = "") -> HttpResponse:
    columns = [
        {"number": number, "head": head, "sample": ", ".join(cells[number] for _, cells in table.rows[:3] if number < len(cells) and cells[number])[:80],
         "field": chosen.get(number, "")}
        for number, head in enumerate(table.heads)
    ]  # fmt: skip
    fields = [(name, words) for name, (words, _) in importing.FIELDS.items()]
    told: dict[str, Any] = {"file": file, "columns": columns, "fields": fields, "rows": len(table.rows), "wrong": wrong, "default": default}
    caring = importing.clinicians(request.actor)  # type: ignore[attr-defined]
    return render(request, "people/import_map.html", {**told, "clinicians": caring}, status=422 if wrong else 200)


def _said(request: HttpRequest, table: importing.Table) -> tuple[dict[int, str], UUID | None]:
    """Return which column is which, and who cares for clients of whom the file says nothing."""
    told = {number: request.POST.get(f"column-{number}", "") for number in range(len(table.heads))}
    caring = {str(id): id for id, _, _ in importing.clinicians(request.actor)}  # type: ignore[attr-defined]
    return {number: field for number, field in told.items() if field in importing.FIELDS}, caring.get(request.POST.get("clinician", ""))


def _unmapped(chosen: dict[int, str]) -> str:
    told = list(chosen.values())
    if len(set(told)) != len(told):
        return "Two columns are the same thing; choose one of them."
    if "name" not in told and not {"first", "last"} <= set(told):
        return "Say which column holds the name: the whole name, or first and last name."
    if "born" not in told:
        return "Say which column holds the birth date; without it two clients of one name could not be told apart."
    return ""


@require_POST
def bring_in(request: HttpRequest, file: UUID) -> HttpResponseBase:
    """Bring the clients in, showing how far it is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    chosen, default = _said(request, importing.table(actor, file))
    told = request.POST.get("expected", "")
    if _unmapped(chosen) or not told.isdecimal() or len(told) > 6:
        return redirect("import-map", file)
    before, after = render_to_string("people/import_running.html", {}, request).split(MARK)
    steps = importing.bring_in(actor, file, chosen, default, int(told))
    return StreamingHttpResponse(_as_it_goes(before, steps, after), content_type="text/html; charset=utf-8")


def _as_it_goes(before: str, steps: Iterator[tuple[int, int]], after: str) -> Iterator[str]:
    yield before
    count, end = 0, ""
    try:
        for count, of in steps:
            yield format_html("<li>{} of {} clients sealed</li>\n", f"{count:,}", f"{of:,}")
        end = format_html("<li><b>{} here now.</b> Each stands in the trail.</li>\n", "1 client is" if count == 1 else f"{count:,} clients are")
    except importing.Changed:
        end = "<li><b>Nothing was brought in.</b> Since you tried the file out, something changed here. Try it out again.</li>\n"
    except NotThere:
        end = "<li><b>Nothing was brought in.</b> This file was brought in already, or dropped. Look at the list of clients.</li>\n"
    except (DatabaseError, OSError, VaultFault):
        end = "<li><b>Nothing was brought in.</b> The database or the log could not be written. Look at the disk, then try again.</li>\n"
    yield end + after


@require_POST
def drop(request: HttpRequest, file: UUID) -> HttpResponse:
    """Forget the file."""
    importing.drop_file(request.actor, file)  # type: ignore[attr-defined]
    return redirect("import")
