"""The forms of the chart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms

from privity.practice.people.times import TimesTurned, local, span
from privity.practice.visits.models import Visit

from .classes import ALL, DOCUMENTS, GUARDED, MORE, PARTS, words
from .services import CannotSign, NewDocument, NewEntry


class PartsForm(forms.Form):
    """The parts of an entry. `sheet` is the entry's id to be, so that a form sent twice is signed once."""

    sheet = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, quiet: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in ALL.values():
            rows = 12 if part.long else 3
            attrs = {"rows": rows, "autocomplete": "off"}
            self.fields[part.klass] = forms.CharField(label=part.label, help_text=part.help, required=False, strip=False, widget=forms.Textarea(attrs=attrs))
        self.quiet = quiet
        if not self.is_bound:
            self.initial.setdefault("sheet", str(uuid4()))

    @property
    def main(self) -> list[forms.BoundField]:
        """The parts everybody fills in, and one for each thing this client wants kept especially quiet."""
        return [self[part.klass] for part in PARTS] + [self[part.klass] for part in GUARDED if part.klass in self.quiet]

    @property
    def more(self) -> list[forms.BoundField]:
        """The other parts."""
        return [self[part.klass] for part in (*MORE, *GUARDED) if part.klass not in self.quiet]

    @property
    def more_used(self) -> bool:
        """Tell whether something stands in the other parts."""
        return any(field.value() or field.errors for field in self.more)

    def parts(self) -> dict[str, str]:
        """Return what was written, by class of information, as it was typed."""
        return {klass: self.cleaned_data[klass].replace("\r\n", "\n") for klass in ALL if self.cleaned_data.get(klass)}

    def refuse(self, why: CannotSign) -> None:
        """Mark the part that stands in the way."""
        self.add_error(why.klass if why.klass in self.fields else None, str(why))


class EntryForm(PartsForm):
    """A session entry: when it began and ended, how it was held, and its parts."""

    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label="Start", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    stop = forms.TimeField(label="Stop", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    modality = forms.ChoiceField(label="How it was held", choices=Visit.Modality.choices)
    member = forms.UUIDField(label="Whom it is on", required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """Check the times."""
        said = super().clean() or {}
        if {"day", "start", "stop"} <= set(said):
            try:
                said["span"] = span(said["day"], said["start"], said["stop"])
            except TimesTurned as turned:
                self.add_error("stop", str(turned))
            else:
                if said["span"][0] > self.now:
                    self.add_error("start", "This session lies in the future. Keep a draft, and sign it afterwards.")
        return said

    def said(self) -> NewEntry:
        """Return the entry as written."""
        raw = self.cleaned_data
        began, ended = raw["span"]
        return NewEntry("session", began, self.parts(), ended, raw["modality"], None, raw["member"], raw["sheet"])


class AmendmentForm(PartsForm):
    """An amendment: dated by its signature, it stands beneath what it corrects."""

    def said(self, amends: UUID, now: datetime) -> NewEntry:
        """Return the amendment as written."""
        return NewEntry("amendment", now, self.parts(), None, "", amends, None, self.cleaned_data["sheet"])


def as_typed(form: type[PartsForm], sent: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands in a form, as a draft keeps it: right or wrong, whole or half."""
    names = [*form.base_fields, *ALL]
    return {name: str(sent[name]) for name in names if sent.get(name)}


def begun_with(now: datetime) -> dict[str, str]:
    """Return what a new session entry begins with."""
    return {"day": local(now).date().isoformat(), "modality": "office"}


class DocumentForm(forms.Form):
    """A document: the file, what it is called, what it is about."""

    title = forms.CharField(label="What it is called", max_length=80, required=False, help_text="Left empty, the file’s own name is taken.")
    klass = forms.ChoiceField(label="What it holds")
    file = forms.FileField(label="The file", help_text="PDF, picture (PNG or JPEG), Word or plain text; at most 10 MB.", required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["klass"].choices = [(klass, TITLES.get(klass) or words(klass)) for klass in DOCUMENTS]  # type: ignore[attr-defined]

    def said(self) -> NewDocument:
        """Return the document as sent."""
        raw = self.cleaned_data
        return NewDocument(raw["title"] or raw["file"].name, raw["klass"], raw["file"].read())


TITLES = {"correspondence": "Letters and messages", "summary": "A summary", "chart_part": "Part of another chart", "billing": "Bills and codes"}
