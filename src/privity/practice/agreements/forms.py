"""The form on which a person writes down what a signed paper says, and ticks what it has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from privity.law import Book
from privity.practice.people.spoken import label

from .validity import CALIFORNIA, FEDERAL, REPRESENTATIVE, Terms

SEEN = {
    "description": "It says what would be told",
    "discloser": "It names who tells: this practice",
    "recipient": "It names who gets it",
    "purpose": "It says what it is for",
    "expiry": "It says when it ends",
    "signature": "It is signed",
    "date": "The signature has its date",
    "authority_of_signer": "It says by what right another signed",
    "right_to_revoke": "It says that it can be taken back, and how",
    "conditioning_statement": "It says that care does not depend on signing",
    "redisclosure_statement": "It says that who gets it may pass it on",
    "type_size": "It is printed in 14-point type or larger, or written by hand",
    "separate_form": "It stands apart from everything else on the page",
    "own_signature": "The signature is for this alone",
    "right_to_copy": "It says that the signer may have a copy",
}
DAY = {"type": "date", "autocomplete": "off"}


class AuthorizationForm(forms.Form):
    """What the paper says."""

    recipient_kind = forms.ChoiceField(label="Who gets it", error_messages={"required": "Choose who gets it."})
    recipient = forms.CharField(label="Name or office, as the paper has it", max_length=200, error_messages={"required": "Write the name as the paper has it."})
    information = forms.MultipleChoiceField(
        label="What may be told", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick what the paper lets you tell."},
    )  # fmt: skip
    description = forms.CharField(label="In the paper’s own words", help_text="With its dates, if it names any.", max_length=400, required=False)
    purpose = forms.ChoiceField(label="What for", error_messages={"required": "Choose what it is for."})
    signed_by = forms.ChoiceField(label="Who signed", error_messages={"required": "Choose who signed."})
    signer = forms.CharField(label="Name of whoever signed", max_length=200, error_messages={"required": "Write the name of whoever signed."})
    signed = forms.DateField(label="Day of the signature", widget=forms.DateInput(attrs=DAY), error_messages={"required": "Write the day it was signed."})
    ends = forms.DateField(label="Last day", required=False, widget=forms.DateInput(attrs=DAY))
    ends_with = forms.CharField(label="Or the event that ends it", help_text="Such as: when treatment ends.", max_length=200, required=False)
    longer_by_wish = forms.BooleanField(label="The signer asked for a day after more than a year", required=False)
    has = forms.MultipleChoiceField(
        label="What you saw on the paper", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Tick only what is there. One thing missing, and nothing may leave under it.",
    )  # fmt: skip

    def __init__(self, book: Book, states: Collection[str], *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, fact in (("recipient_kind", "recipient.kind"), ("purpose", "purpose"), ("signed_by", "authorization.signed_by")):
            never = book.groups.get("NEVER_GROUNDS", frozenset()) if fact == "purpose" else frozenset()
            choices = sorted(((one, label(book, fact, one)) for one in book.facts[fact].of if one not in never), key=lambda one: one[1].casefold())
            self.fields[name].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]
        self.fields["information"].choices = [(one, label(book, "information", one)) for one in book.facts["information"].of]  # type: ignore[attr-defined]
        wanted = (*FEDERAL, REPRESENTATIVE[0], *(CALIFORNIA if "CA" in states else ()))
        self.fields["has"].choices = [(one, SEEN[one]) for one in wanted]  # type: ignore[attr-defined]
        if "CA" not in states:
            del self.fields["longer_by_wish"]

    def clean(self) -> dict[str, Any]:
        """Check that the paper was not signed tomorrow, that it ends after it begins, and in one way."""
        said = super().clean() or {}
        signed, ends = said.get("signed"), said.get("ends")
        if signed and signed > self.today:
            self.add_error("signed", "That day is still to come. Write the day it was signed.")
        if signed and ends and ends < signed:
            self.add_error("ends", "It would end before it was signed. Look at the paper again.")
        if ends and said.get("ends_with"):
            self.add_error("ends_with", "Write the day or the event, whichever comes first, not both.")
        if not ends and not said.get("ends_with") and "expiry" in said.get("has", ()):
            self.add_error("ends", "You ticked that it says when it ends. Write the day or the event.")
        return said

    def said(self) -> Terms:
        """Return what the paper says. An end that is written down nowhere was not seen."""
        raw = self.cleaned_data
        return Terms(
            raw["recipient_kind"], raw["recipient"], tuple(raw["information"]), raw["description"], raw["purpose"], raw["signed_by"], raw["signer"],
            raw["signed"], tuple(raw["has"]), raw["ends"], raw["ends_with"], raw.get("longer_by_wish", False),
        )  # fmt: skip
