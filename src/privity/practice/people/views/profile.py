"""The practice profile: said once, changed when it changes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..access import the_practice
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
    form = PracticeForm(request.book, request.POST)
    if not form.is_valid():
        return render(request, "people/profile.html", {"form": form, "practice": practice}, status=422)
    if request.actor:
        change_practice(request.actor, form.said())
    else:
        describe_practice(form.said(), request.now.date())
    return redirect("ask")
