"""The forms about the practice."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from privity.law import Book

from .models import Practice, Role
from .spoken import label, state

YES_NO = (("yes", "Yes"), ("no", "No"))
PHONES = (
    ("police", "Police, not the emergency line"),
    ("crisis", "Crisis team"),
    ("hospital", "Hospital or emergency room"),
    ("child_protection", "Child protection in your county"),
    ("adult_protection", "Adult protection in your county"),
    ("supervisor", "Supervisor on call"),
    ("counsel", "Your insurer’s or lawyer’s line"),
)
PHONE = RegexValidator(r"^\+?[(]?[0-9][0-9 ().-]{1,23}$", "Write a phone number with digits, as you would dial it.")
YES_NO_UNSURE = (*YES_NO, ("unsure", "I don’t know"))
COVERED = (*YES_NO, ("unsure", "Not sure: ask me two questions"))


class PracticeForm(forms.Form):
    """States, license, HIPAA, substance-use program, setting."""

    states = forms.MultipleChoiceField(error_messages={"required": "Choose at least one state."})
    profession = forms.ChoiceField(error_messages={"required": "Choose your license or role."})
    hipaa = forms.ChoiceField(choices=COVERED, error_messages={"required": "Say whether HIPAA covers your practice: yes, no or not sure."})
    bills_electronically = forms.ChoiceField(choices=YES_NO, required=False)
    other_electronic = forms.ChoiceField(choices=YES_NO, required=False)
    part2 = forms.ChoiceField(choices=COVERED, error_messages={"required": "Say whether yours is a substance-use program: yes, no or not sure."})
    holds_out = forms.ChoiceField(choices=YES_NO_UNSURE, required=False)
    federal_help = forms.ChoiceField(choices=YES_NO_UNSURE, required=False)
    setting = forms.ChoiceField(error_messages={"required": "Choose where you work."})

    def __init__(self, book: Book, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["states"].choices = [(code, state(code)) for code in book.states]  # type: ignore[attr-defined]
        for name, whose in PHONES:
            self.fields[f"phone_{name}"] = forms.CharField(required=False, max_length=25, label=whose, validators=[PHONE])
        for field, fact in (("profession", "provider.profession"), ("setting", "practice.setting")):
            self.fields[field].choices = [(value, label(book, fact, value)) for value in book.facts[fact].of]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Settle whether HIPAA covers the practice, and whether it is a substance-use program: as said, or by two questions each."""
        said = super().clean() or {}
        helping = [said.get("bills_electronically"), said.get("other_electronic")]
        if said.get("hipaa") == "unsure" and "yes" not in helping and "" in helping:
            self.add_error("hipaa", "Answer the two questions below, and this is settled.")
        both = [said.get("holds_out"), said.get("federal_help")]
        if said.get("part2") == "unsure" and "no" not in both and "" in both:
            self.add_error("part2", "Answer the two questions below. “I don’t know” is an answer.")
        return said

    def phones(self) -> list[forms.BoundField]:
        """Return the fields for numbers to call in danger."""
        return [self[f"phone_{name}"] for name, _ in PHONES]

    def phones_said(self) -> bool:
        """Return whether any number is written, well or badly: then the numbers are in view."""
        return any(field.value() for field in self.phones())

    def said(self) -> dict[str, object]:
        """Return what was said, as the practice keeps it."""
        data = self.cleaned_data
        unsure = data["hipaa"] == "unsure"
        program, unsettled = is_program(data)
        covered = "yes" in (data["bills_electronically"], data["other_electronic"]) if unsure else data["hipaa"] == "yes"
        return {
            "states": sorted(data["states"]),
            "profession": data["profession"],
            "setting": data["setting"],
            "hipaa_covered": covered,
            "hipaa_by_two_questions": unsure,
            "part2_program": program,
            "part2_unsettled": unsettled,
            "phones": {name: data[f"phone_{name}"] for name, _ in PHONES if data[f"phone_{name}"]},
        }


def is_program(said: dict[str, Any]) -> tuple[bool, bool]:
    """Return whether 42 CFR Part 2 takes the practice as a program, and whether that is unsettled: then the stricter reading holds.

    A program both holds itself out as treating substance use and has federal help (42 CFR 2.11, 2.12(b)); one no is enough.
    """
    if said["part2"] != "unsure":
        return said["part2"] == "yes", False
    both = (said["holds_out"], said["federal_help"])
    return "no" not in both, "no" not in both and "unsure" in both


def filled_from(practice: Practice | None) -> dict[str, object]:
    """Return the form's starting values."""
    if practice is None:
        return {}
    return {
        "states": practice.states,
        "profession": practice.profession,
        "setting": practice.setting,
        "hipaa": "yes" if practice.hipaa_covered else "no",
        "part2": "unsure" if practice.part2_unsettled else "yes" if practice.part2_program else "no",
        **{f"phone_{name}": number for name, number in practice.phones.items()},
    }


def numbers(practice: Practice | None) -> list[tuple[str, str, str]]:
    """Return (whose, number as written, number as dialled) for each number the practice keeps for a day of danger."""
    kept = (number_kept(practice, name) for name, _ in PHONES)
    return [(whose, number, dialled(number)) for whose, number in filter(None, kept)]


def number_kept(practice: Practice | None, name: str) -> tuple[str, str] | None:
    """Return whose number it is, and the number as written; None where the practice keeps none."""
    number = practice.phones.get(name) if practice else None
    return (dict(PHONES)[name], number) if number else None


def dialled(number: str) -> str:
    """Return a number as a telephone takes it."""
    return re.sub(r"[^+0-9]", "", number)


class UnitNameForm(forms.Form):
    """What a unit is called."""

    name = forms.CharField(max_length=60, error_messages={"required": "Write what stands on its door.", "max_length": "Write at most 60 signs."})


class StaffForm(forms.Form):
    """A member of staff: a name as colleagues see it, and roles."""

    name = forms.CharField(max_length=120, error_messages={"required": "Write the name as colleagues know it."})
    roles = forms.MultipleChoiceField(choices=Role.choices, error_messages={"required": "Choose at least one role.", "invalid_choice": "Choose from the list."})


class LetterheadForm(forms.Form):
    """What stands above letters."""

    name = forms.CharField(label="Name of the practice", max_length=120, error_messages={"required": "Write the name."})
    address = forms.CharField(
        label="Its address", max_length=300, error_messages={"required": "Write the address."}, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip
    contact = forms.CharField(
        label="Who takes complaints", help_text="A name or a title. A letter that refuses something must say it.", max_length=120,
        error_messages={"required": "Write who takes complaints."},
    )  # fmt: skip
    phone = forms.CharField(label="Telephone for that", max_length=40, error_messages={"required": "Write the number."})
