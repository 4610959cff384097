"""Broken glass: a form of its own, reason first; and its review."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import glass
from ..access import require_at_practice
from ..models import GlassBreak
from ..session import fresh_proof_required
from ..times import clock_said, moment_said

SHORTEST = 20
SAY_WHY = "Say in at least 20 characters why you need this record now."


class WhyForm(forms.Form):
    """Why, before whose."""

    category = forms.ChoiceField(choices=GlassBreak.Category.choices, error_messages={"required": "Choose what this is about."})
    reason = forms.CharField(min_length=SHORTEST, max_length=1000, error_messages={"required": SAY_WHY, "min_length": SAY_WHY})

    def clean_reason(self) -> str:
        """Refuse a reason made of nothing."""
        text: str = " ".join(self.cleaned_data["reason"].split())
        if len(text) < SHORTEST or len(set(text.casefold())) < 6:
            raise forms.ValidationError(SAY_WHY)
        return text


class WhoseForm(forms.Form):
    """Whose record: exact name and birth date."""

    name = forms.CharField(max_length=200, error_messages={"required": "Write the whole name, first and last."})
    born = forms.DateField(error_messages={"required": "Give the birth date.", "invalid": "Write the birth date as 1984-03-14, or choose it."})

    def clean_name(self) -> str:
        """Refuse a name that has no letter."""
        name: str = self.cleaned_data["name"]
        if not any(sign.isalnum() for sign in name):
            raise forms.ValidationError("Write the whole name, first and last.")
        return name

    def clean_born(self) -> date:
        """Refuse a day nobody alive was born on."""
        born: date = self.cleaned_data["born"]
        if born.year < 1900:
            raise forms.ValidationError("Give the birth date with its whole year.")
        return born


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def break_glass(request: HttpRequest) -> HttpResponse:
    """Ask for the reason, then for the name; then open the record, if there is one, and say the same in either case."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    require_at_practice(actor, "break", "glass")
    if request.method != "POST":
        return render(request, "people/break_glass.html", {"why": WhyForm()})
    why = WhyForm(request.POST)
    if not why.is_valid():
        return render(request, "people/break_glass.html", {"why": why}, status=422)
    if "name" not in request.POST:
        return render(request, "people/break_glass.html", {"why": why, "whose": WhoseForm()})
    whose = WhoseForm(request.POST)
    if not whose.is_valid():
        return render(request, "people/break_glass.html", {"why": why, "whose": whose}, status=422)
    said, told = why.cleaned_data, whose.cleaned_data
    ends = glass.break_glass(actor, said["category"], said["reason"], told["name"], told["born"])
    return render(request, "people/glass_broken.html", {"ends": moment_said(ends), "clock": clock_said(ends)})


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Show the broken glasses, those to be reviewed first."""
    found = glass.broken(request.actor)  # type: ignore[attr-defined]
    told = {"open": [one for one in found if not one.reviewed], "done": [one for one in found if one.reviewed]}
    return render(request, "people/glass_reviews.html", {**told, "findings": GlassBreak.Finding.choices})


@require_POST
def review(request: HttpRequest, id: UUID) -> HttpResponse:
    """Keep what the review found."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    require_at_practice(actor, "review", "glass")
    if request.POST.get("finding") not in GlassBreak.Finding.values:
        return redirect("glass-reviews")
    glass.review(actor, id, request.POST["finding"])
    return redirect("glass-reviews")
