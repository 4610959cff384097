"""The forms of releases: how a packet is planned, who receives, what left by another way, what an agency asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from privity.law import Book
from privity.practice.people.access import Identity
from privity.practice.people.spoken import label

from .accounting import Told, exempt
from .models import Outgoing
from .packet import Asked, Cuts, Plan
from .recipients import Listed, Said
from .services import MOST_DAYS

DAY = {"type": "date", "autocomplete": "off"}
OFF = {"autocomplete": "off"}


class PlanForm(forms.Form):
    """What was asked, who receives it, how it leaves, what is taken out."""

    since = forms.DateField(label="Asked from", required=False, widget=forms.DateInput(attrs=DAY))
    until = forms.DateField(label="Asked to", required=False, widget=forms.DateInput(attrs=DAY))
    reference = forms.CharField(
        label="Their number for it",
        help_text="Such as a member or claim number. It stands on the first page; of a fax on the second.",
        max_length=120,
        required=False,
    )
    why = forms.CharField(
        label="Why their review needs the notes", max_length=400,
        help_text="A plan gets notes only where its review needs them. It stands on the first page; of a fax on the second.",
        required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    words = forms.CharField(
        label="Words to take out of every note and file", help_text="One name or phrase on a line, as it stands there.", max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 4, **OFF}),
    )  # fmt: skip
    recipient = forms.ChoiceField(label="Who receives it", help_text="From your list, checked by somebody here.", required=False)
    number = forms.CharField(label="Fax number on the request", max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", **OFF}))
    way = forms.ChoiceField(label="How it leaves", choices=Outgoing.Way.choices, required=False, widget=forms.RadioSelect)
    days = forms.IntegerField(label="Days until a link ends", min_value=1, max_value=MOST_DAYS, required=False)

    def __init__(self, listed: Iterable[Listed], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.id), one.said.name) for one in listed]
        self.fields["recipient"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, listed: Iterable[Listed], plan: Plan) -> PlanForm:
        """Return the form as a plan fills it."""
        return cls(listed, initial=initial(plan), use_required_attribute=False)

    def clean(self) -> dict[str, Any]:
        """Return what was said; an end before its start is none."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "This day is before the first one.")
        return said

    def plan(self, chosen: Collection[str], ticked: Collection[str]) -> Plan:
        """Return the plan that was sent: pieces ticked to go, sentences ticked to be taken out (`piece:number`)."""
        said = self.cleaned_data
        lines: dict[str, set[int]] = {}
        for one in ticked:
            if found := re.fullmatch(r"([0-9a-f-]{36}):(\d{1,4})", one):
                lines.setdefault(found[1], set()).add(int(found[2]))
        words = tuple(dict.fromkeys(line.strip() for line in said["words"].splitlines() if len(line.strip()) > 1))
        return Plan(
            frozenset(chosen), Asked(said["since"], said["until"], said["reference"].strip()), said["why"].strip(),
            Cuts({piece: frozenset(numbers) for piece, numbers in lines.items()}, words), said["recipient"],
            said["number"].strip(), said["way"], said["days"] or 14,
        )  # fmt: skip


def initial(plan: Plan) -> dict[str, Any]:
    """Return a plan as its form shows it."""
    return {
        "since": plan.asked.since, "until": plan.asked.until, "reference": plan.asked.words, "why": plan.why, "words": "\n".join(plan.cuts.words),
        "recipient": plan.recipient, "number": plan.number, "way": plan.way, "days": plan.days,
    }  # fmt: skip


class RecipientForm(forms.Form):
    """A recipient, and how somebody made sure of it."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write the name."}, widget=forms.TextInput(attrs=OFF))
    kind = forms.ChoiceField(label="What they are", error_messages={"required": "Choose what they are."})
    phone = forms.CharField(label="Main telephone number", max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", **OFF}))
    fax = forms.CharField(label="Fax", max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", **OFF}))
    address = forms.CharField(label="Postal address", max_length=300, required=False, widget=forms.TextInput(attrs=OFF))
    mail = forms.CharField(label="E-mail", max_length=200, required=False, widget=forms.TextInput(attrs=OFF))
    how = forms.CharField(
        label="How you made sure", help_text="Such as: called the main line in their own directory, and had the fax number read back.", max_length=300,
        error_messages={"required": "Write how you made sure that it is them."},
    )  # fmt: skip

    def __init__(self, book: Book, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(value, label(book, "recipient.kind", value)) for value in book.facts["recipient.kind"].of]
        self.fields["kind"].choices = [("", "Choose"), *sorted(kinds, key=lambda one: one[1])]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return what was said; a fax number has ten digits."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("fax") and len(re.sub(r"\D", "", said["fax"])) < 10:
            self.add_error("fax", "A fax number has ten digits.")
        if not any(said.get(one) for one in ("fax", "address", "mail", "phone")):
            self.add_error("phone", "Write at least one way to reach them.")
        return said

    def said(self) -> Said:
        """Return the recipient as it was said."""
        return Said(**self.cleaned_data)


class ToldForm(forms.Form):
    """What left by another way than a packet: a call, a report, a talk."""

    on = forms.DateField(label="Day", widget=forms.DateInput(attrs=DAY), error_messages={"required": "Write the day."})
    who = forms.CharField(label="Who was told", max_length=200, error_messages={"required": "Write who was told."}, widget=forms.TextInput(attrs=OFF))
    kind = forms.ChoiceField(label="What they are", error_messages={"required": "Choose what they are."})
    address = forms.CharField(label="Where, if you know", max_length=300, required=False, widget=forms.TextInput(attrs=OFF))
    what = forms.CharField(
        label="What they were told", max_length=400, error_messages={"required": "Write what they were told."},
        widget=forms.Textarea(attrs={"rows": 3, **OFF}),
    )  # fmt: skip
    purpose = forms.ChoiceField(label="What for", error_messages={"required": "Choose what for."})
    basis = forms.CharField(label="On what ground", help_text="The law or the paper it rests on.", max_length=200, required=False)
    way = forms.CharField(label="How", help_text="Such as: by telephone.", max_length=80, required=False)

    def __init__(self, book: Book, *args: Any, people: Iterable[Identity] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        if choices := [(str(one.id), one.called) for one in people]:
            self.fields["about"] = forms.MultipleChoiceField(
                label="Whose part it was", help_text="None ticked means everybody’s. It stands on their lists alone.", choices=choices, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        for name, fact in (("kind", "recipient.kind"), ("purpose", "purpose")):
            choices = sorted(((value, label(book, fact, value)) for value in book.facts[fact].of), key=lambda one: one[1])
            self.fields[name].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]

    def told(self) -> Told:
        """Return the entry that was written."""
        said = self.cleaned_data
        purpose = label(self.book, "purpose", said["purpose"])
        by_paper = "164.508" in said["basis"] or "authorization" in said["basis"].lower()
        why_not = exempt(said["purpose"], said["kind"], by_authorization=by_paper)
        return Told(
            said["on"],
            said["who"],
            said["what"],
            purpose,
            said["basis"],
            said["address"],
            said["way"],
            why_not,
            ground=said["purpose"],
            about=tuple(said.get("about", ())),
        )


class SuspendForm(forms.Form):
    """What an agency asked (45 CFR 164.528(a)(2))."""

    agency = forms.CharField(label="Which agency", max_length=200, error_messages={"required": "Write which agency asked."})
    speaker = forms.CharField(label="Who spoke or signed for it", max_length=200, required=False)
    statement = forms.CharField(
        label="What it stated", help_text="That telling the client would likely impede its work, and until when.", max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Write what it stated."},
    )  # fmt: skip
    ends = forms.DateField(label="Last day", widget=forms.DateInput(attrs=DAY), error_messages={"required": "Write the last day."})
    oral = forms.BooleanField(label="It was only said, not written: 30 days at most", required=False)
