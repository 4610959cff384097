"""The practice profile: said once, changed when it changes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..access import letterhead as the_letterhead
from ..access import require_at_practice, the_practice
from ..actor import Actor
from ..desk import DeskRequest, StaffRequest
from ..forms import LetterheadForm, PracticeForm, filled_from
from ..services import change_practice, describe_practice, keep_letterhead


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: DeskRequest) -> HttpResponse:
    """Show the profile, or keep what was said and go on to the first question."""
    practice = the_practice(request.actor)
    if request.method != "POST":
        form = PracticeForm(request.book, initial=filled_from(practice))
        return render(request, "people/profile.html", {"form": form, "practice": practice})
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None:  # the desk alone, before anybody has an account, describes itself
        require_at_practice(actor, "change", "practice")
    form = PracticeForm(request.book, request.POST)
    if not form.is_valid():
        return render(request, "people/profile.html", {"form": form, "practice": practice}, status=422)
    if request.actor:
        change_practice(request.actor, form.said())
    else:
        describe_practice(form.said(), request.now.date())
    return redirect("ask")


@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: StaffRequest) -> HttpResponse:
    """Show what stands above the practice's letters, or keep it."""
    require_at_practice(request.actor, "change", "papers")
    there = the_letterhead(request.actor)
    filled = {name: getattr(there, name) for name in ("name", "address", "contact", "phone")} if there else None
    form = LetterheadForm(request.POST if request.method == "POST" else None, initial=filled, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        keep_letterhead(request.actor, **form.cleaned_data)
        return redirect(f"{request.path}?kept=1")
    return render(request, "people/letterhead.html", {"form": form, "kept": bool(request.GET.get("kept"))}, status=422 if request.method == "POST" else 200)
