"""The practice profile: said once, changed when it changes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..access import require_at_practice, the_practice
from ..actor import Actor
from ..desk import DeskRequest
from ..forms import PracticeForm, filled_from
from ..services import change_practice, describe_practice


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
