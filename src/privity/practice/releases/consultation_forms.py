"""The forms of a consultation: the case, what still could tell, and what the colleague said."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from .consultation_known import Told

LONGEST = 40_000
YES_NO = (("yes", "Yes"), ("no", "No"))
RISKS = {
    "small_place": ("Does the case take place in a small town, or a small group where people know each other?", "A village, a church, a team, a base."),
    "rare_work": ("Is the work, the post or the skill a rare one?", "The only judge, a known athlete, the one midwife of the county."),
    "news": ("Was any of it in the news, in court, or online?", "A crash, a trial, a video that many saw."),
    "unusual": ("Did something happen that few people live through?", "People remember the story and not the name."),
    "may_know": ("Could the colleague know the client, or somebody in the case?", "Same town, same school, same family, same profession."),
}
RECIPIENTS = (("consultant", "A colleague outside this practice"), ("supervisor", "A supervisor"), ("practice_staff", "A colleague of this practice"))


class CaseForm(forms.Form):
    """The case as it is written, and what the clinician knows besides the record."""

    case = forms.CharField(
        label="The case", max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 14, "autocomplete": "off"}),
        help_text="Write it, or paste it. Names may stand in it: they are found and taken out on this computer.",
        error_messages={"required": "Write the case, or choose notes to begin from.",
                        "max_length": "This is more than 40,000 signs. Tell the part you need advice on."},
    )  # fmt: skip
    people = forms.CharField(label="Other names in it", required=False, max_length=2000, help_text="Kin, partners, friends. Between them a comma.")
    places = forms.CharField(label="Places", required=False, max_length=2000, help_text="Home town, where it happened.")
    employers = forms.CharField(label="Employers", required=False, max_length=2000)
    schools = forms.CharField(label="Schools", required=False, max_length=2000)

    def told(self) -> Told:
        """Return what was added to what the record knows."""
        return Told.of(*(self.data.get(name, "")[:2000] for name in ("people", "places", "employers", "schools")))


class KeepForm(forms.Form):
    """What still could tell who it is, judged by whoever signed in; and whom they will ask."""

    small_place = forms.ChoiceField(label=RISKS["small_place"][0], help_text=RISKS["small_place"][1], choices=YES_NO, widget=forms.RadioSelect)
    rare_work = forms.ChoiceField(label=RISKS["rare_work"][0], help_text=RISKS["rare_work"][1], choices=YES_NO, widget=forms.RadioSelect)
    news = forms.ChoiceField(label=RISKS["news"][0], help_text=RISKS["news"][1], choices=YES_NO, widget=forms.RadioSelect)
    unusual = forms.ChoiceField(label=RISKS["unusual"][0], help_text=RISKS["unusual"][1], choices=YES_NO, widget=forms.RadioSelect)
    may_know = forms.ChoiceField(label=RISKS["may_know"][0], help_text=RISKS["may_know"][1], choices=YES_NO, widget=forms.RadioSelect)
    why = forms.CharField(
        label="Where you said yes: why nobody could tell who it is all the same", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text="Or change the text: another trade, a larger place, an age in tens.",
    )  # fmt: skip
    removed = forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)
    recognizable = forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)
    recipient = forms.ChoiceField(
        label="Whom will you ask?", choices=RECIPIENTS, widget=forms.RadioSelect, error_messages={"required": "Choose whom you will ask."}
    )
    asked = forms.CharField(label="Name of the colleague", max_length=200, error_messages={"required": "Write whom you will ask."})

    def __init__(self, book: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, fact in (("removed", "deidentified.identifiers_removed"), ("recognizable", "deidentified.recognizable")):
            self.fields[name].label, self.fields[name].help_text = book.facts[fact].ask, book.facts[fact].help
        for name in (*RISKS, "removed", "recognizable"):
            self.fields[name].error_messages["required"] = "Say yes or no."

    @property
    def risks(self) -> list[forms.BoundField]:
        """The five questions."""
        return [self[name] for name in RISKS]

    def clean(self) -> dict[str, Any]:
        """Check that a yes is explained where the text is said to tell of nobody."""
        said = super().clean() or {}
        if any(said.get(name) == "yes" for name in RISKS) and said.get("recognizable") == "no" and not said.get("why", "").strip():
            self.add_error("why", "You said yes above. Write why nobody could tell all the same, or change the text.")
        return said


class ReplyForm(forms.Form):
    """What a colleague said."""

    who = forms.CharField(label="Who said it", max_length=200, error_messages={"required": "Write who said it."})
    on = forms.DateField(label="When", widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}), error_messages={"required": "Write the day."})
    said = forms.CharField(
        label="What they said", max_length=10_000, widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": "Write what they said."},
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        """Return the day, which cannot be still to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("That day is still to come.")
        return on
