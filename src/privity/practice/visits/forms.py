"""The form for a visit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from privity.practice.people.access import Colleague
from privity.practice.people.client_forms import treating
from privity.practice.people.times import TimesTurned, span

from .models import Visit
from .services import NewVisit


class VisitForm(forms.Form):
    """When, with whom, how, and what is billed."""

    on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label="Start", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    stop = forms.TimeField(label="Stop", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    clinician = forms.ChoiceField(label="With whom")
    modality = forms.ChoiceField(label="How", choices=Visit.Modality.choices)
    room = forms.CharField(label="Room", max_length=40, required=False)
    code = forms.CharField(label="Billing code", max_length=20, required=False, help_text="Kept sealed; the day’s list does not show it at the desk.")

    def __init__(self, staff: Iterable[Colleague], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clinician"].choices = [("", "Choose one"), *treating(staff)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that the stop comes after the start."""
        said = super().clean() or {}
        if {"on", "start", "stop"} <= set(said):
            try:
                said["span"] = span(said["on"], said["start"], said["stop"])
            except TimesTurned as turned:
                self.add_error("stop", str(turned))
        return said

    def said(self) -> NewVisit:
        """Return the visit as written."""
        raw = self.cleaned_data
        starts, ends = raw["span"]
        return NewVisit(UUID(raw["clinician"]), starts, ends, raw["modality"], raw["room"], raw["code"])
