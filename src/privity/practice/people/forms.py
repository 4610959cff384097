"""The one form about the practice."""

from __future__ import annotations

from typing import Any

from django import forms

from privity.law import Book

from .models import Practice
from .spoken import label, state

YES_NO = (("yes", "Yes"), ("no", "No"))
COVERED = (*YES_NO, ("unsure", "Not sure: ask me two questions"))


class PracticeForm(forms.Form):
    """States, licence, HIPAA, substance-use program, setting."""

    states = forms.MultipleChoiceField(error_messages={"required": "Choose at least one state."})
    profession = forms.ChoiceField(error_messages={"required": "Choose your licence or role."})
    hipaa = forms.ChoiceField(choices=COVERED, error_messages={"required": "Say yes, no or not sure."})
    bills_electronically = forms.ChoiceField(choices=YES_NO, required=False)
    other_electronic = forms.ChoiceField(choices=YES_NO, required=False)
    part2 = forms.ChoiceField(choices=YES_NO, error_messages={"required": "Say yes or no. Federal law on substance-use records is the strictest there is."})
    setting = forms.ChoiceField(error_messages={"required": "Choose where you work."})

    def __init__(self, book: Book, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["states"].choices = [(code, state(code)) for code in book.states]  # type: ignore[attr-defined]
        for field, fact in (("profession", "provider.profession"), ("setting", "practice.setting")):
            self.fields[field].choices = [(value, label(book, fact, value)) for value in book.facts[fact].of]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Settle whether HIPAA covers the practice: as said, or by the two questions."""
        said = super().clean() or {}
        helping = [said.get("bills_electronically"), said.get("other_electronic")]
        if said.get("hipaa") == "unsure" and "yes" not in helping and "" in helping:
            self.add_error("hipaa", "Answer the two questions below, and this is settled.")
        return said

    def said(self) -> dict[str, object]:
        """Return what was said, as the practice keeps it."""
        data = self.cleaned_data
        unsure = data["hipaa"] == "unsure"
        covered = "yes" in (data["bills_electronically"], data["other_electronic"]) if unsure else data["hipaa"] == "yes"
        return {
            "states": sorted(data["states"]),
            "profession": data["profession"],
            "setting": data["setting"],
            "hipaa_covered": covered,
            "hipaa_by_two_questions": unsure,
            "part2_program": data["part2"] == "yes",
        }


def filled_from(practice: Practice | None) -> dict[str, object]:
    """Return the form's starting values."""
    if practice is None:
        return {}
    return {
        "states": practice.states,
        "profession": practice.profession,
        "setting": practice.setting,
        "hipaa": "yes" if practice.hipaa_covered else "no",
        "part2": "yes" if practice.part2_program else "no",
    }
