"""Forms about requests: what was asked, by kind, and what goes with each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from privity.law import Book
from privity.practice.people.access import Opened
from privity.practice.people.models import Participant
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said, moment_said
from privity.vault.blind import normal_phone
from privity.vault.faults import CannotSeal

from .access import Page
from .requests import (
    ACCESS,
    ACCESS_GROUNDS,
    AMENDMENT,
    AMENDMENT_GROUNDS,
    CHANNEL,
    CHANNEL_GROUNDS,
    DECIDED,
    OUTSIDE,
    PURPOSES,
    RESTRICTION,
    Fee,
    Ground,
    Said,
)  # fmt: skip

DAY = {"type": "date", "autocomplete": "off"}
ELSE = "else"
IDENTITY = (
    ("known", "Known here in person"), ("photo", "Photo ID was shown"), ("called", "Called back on the number we have"),
    ("signature", "The signature is the one we have"), ("not_yet", "Not checked yet"),
)  # fmt: skip
ASKERS = (
    ("client", "The client"), ("parent", "A parent"), ("guardian", "A guardian"), ("personal_representative", "Somebody else who may decide for the client"),
)  # fmt: skip
ASKED_FOR = (
    "whole_chart", "billing", "attendance", "diagnosis", "treatment_plan", "medication", "test_results", "summary", "progress_notes", "correspondence",
    "psychotherapy_notes",
)  # fmt: skip
HELD = (
    "psychotherapy_notes", "session_content", "progress_notes", "diagnosis", "treatment_plan", "medication", "test_results", "test_materials", "summary",
    "correspondence", "recordings", "third_party_information", "threat_facts", "abuse_facts", "billing", "sud_counseling_notes", "for_counsel",
)  # fmt: skip
TOWARD = ("payer", "spouse_or_partner", "parent", "family_or_friend", "treating_provider", "practice_staff", "employer", "school")
THIRD = ("family_or_friend", "spouse_or_partner", "treating_provider", "client_attorney", "other_attorney", "payer", "other_insurer", "benefits_agency",
         "employer", "school", "anyone_else")  # fmt: skip
# Purposes nobody outside comes with: the client's own rights, and what the practice does for itself.
NOT_OUTSIDE = {*PURPOSES.values(), "inform_client", "retention", "breach_notice", "avert_threat", "deidentify", "improve_relationship", "casual_talk",
               "public_reply", "practice_transfer", "legal_defense", "consent_to_care"}  # fmt: skip
LANGUAGES = (("en", "English"), ("es", "Spanish"))
WANTS = (("copy", "A copy"), ("look", "To look into it here"), ("both", "Both"))
FORMS = (("paper", "On paper"), ("pdf", "As a PDF file"), ("other", "Another way"))
OF_KIND: Mapping[str, tuple[str, ...]] = {
    ACCESS: ("information", "wants", "form", "form_words", "third", "third_kind", "third_address"),
    RESTRICTION: ("information", "toward", "self_pay", "visits"),
    CHANNEL: ("how", "to", "call", "voicemail", "text", "when"),
}


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})


class RequestForm(forms.Form):
    """What somebody asks for."""

    asker = forms.ChoiceField(label="Who asks", choices=ASKERS)
    person = forms.ChoiceField(label="Which person of this record", error_messages={"required": "Choose who it is, or say that it is somebody else."})
    name = forms.CharField(label="Name, if it is somebody else", max_length=200, required=False)
    identity = forms.ChoiceField(label="How you know it is them", choices=(("", "Choose one"), *IDENTITY), error_messages={"required": "Choose how you know."})
    authority = forms.CharField(
        label="By what right they ask for the client", help_text="Such as: order of guardianship, seen on May 3. Empty where the client asks.", max_length=300,
        required=False,
    )  # fmt: skip
    received = forms.DateField(
        label="Day it came in", help_text="The day it reached anybody here.", widget=forms.DateInput(attrs=DAY),
        error_messages={"required": "Write the day it came in: its clock begins then."},
    )  # fmt: skip
    in_writing = forms.ChoiceField(label="How it came", choices=(("yes", "In writing, signed"), ("no", "By word")), widget=forms.RadioSelect)
    what = forms.CharField(
        label="What exactly they ask for", max_length=2000, widget=_text(4), help_text="In their words. Names only where they are needed.",
        error_messages={"required": "Write what they ask for."},
    )  # fmt: skip
    language = forms.ChoiceField(label="Letters to them in", choices=LANGUAGES)

    information = forms.MultipleChoiceField(label="Which parts of the record", required=False, widget=forms.CheckboxSelectMultiple)
    wants = forms.ChoiceField(label="What they want", choices=WANTS, widget=forms.RadioSelect)
    form = forms.ChoiceField(label="In which form", choices=FORMS, widget=forms.RadioSelect)
    form_words = forms.CharField(label="Which other way", max_length=200, required=False)
    third = forms.CharField(label="If the copy goes to somebody else: who", max_length=200, required=False, help_text="Only as a signed paper names them.")
    third_kind = forms.ChoiceField(label="Who that is", required=False)
    third_address = forms.CharField(label="Where it goes", max_length=300, required=False, widget=_text(2))

    toward = forms.MultipleChoiceField(
        label="From whom it is to be kept", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick from whom it is to be kept."},
    )  # fmt: skip
    self_pay = forms.BooleanField(
        label="It was paid in full by or for the client, without the health plan", required=False,
        help_text="Then you must keep it from the plan: 45 CFR 164.522(a)(1)(vi).",
    )  # fmt: skip
    visits = forms.CharField(label="Which visits it is about", max_length=300, required=False)

    how = forms.ChoiceField(label="Which way", choices=(("phone", "A telephone number"), ("mail", "An address")), widget=forms.RadioSelect)
    to = forms.CharField(label="The number or address", max_length=400, widget=_text(2), error_messages={"required": "Write the number or address."})
    call = forms.BooleanField(label="May be called", required=False)
    voicemail = forms.BooleanField(label="Voicemail may be left", required=False)
    text = forms.BooleanField(label="May be texted", required=False)
    when = forms.CharField(label="When it is safe", help_text="Such as: after 6 pm.", max_length=80, required=False)

    def __init__(self, book: Book, kind: str, whole: Opened, *args: Any, known: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today, self.people = kind, today, {str(person.id): part for part, person in whole.people}
        keep = OF_KIND.get(kind, ())
        for name in {one for names in OF_KIND.values() for one in names} - set(keep):
            del self.fields[name]
        names = [
            (str(who.id), f"{who.called}, {Participant.Part(part).label.lower()}" if known else Participant.Part(part).label) for part, who in whole.people
        ]
        else_ = [] if kind == CHANNEL else [(ELSE, "Somebody who is not in this record")]
        self._choices("person", [("", "Choose one"), *names, *else_])
        self._choices("information", [(one, label(book, "information", one)) for one in (ASKED_FOR if kind == ACCESS else HELD)])
        self._choices("toward", [(one, label(book, "recipient.kind", one)) for one in TOWARD])
        self._choices("third_kind", [("", "Choose one"), *((one, label(book, "recipient.kind", one)) for one in THIRD)])
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        if name in self.fields:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def of_kind(self) -> list[forms.BoundField]:
        """The fields that only this kind has, in their order."""
        return [self[name] for name in OF_KIND.get(self.kind, ())]

    def clean_received(self) -> date:
        """Return the day. It is none that is still to come."""
        on: date = self.cleaned_data["received"]
        if on > self.today:
            raise forms.ValidationError("That day is still to come. Write the day it came in.")
        return on

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        said = super().clean() or {}
        person, asker = said.get("person"), said.get("asker")
        if person == ELSE and not said.get("name"):
            self.add_error("name", "Write the name of who asks.")
        part = self.people.get(str(person), "")
        if asker == "client" and (person == ELSE or part in ("parent", "guardian")):
            self.add_error("person", "You chose that the client asks. Choose the client, or say above who asks.")
        if asker in ("parent", "guardian") and part and part not in ("parent", "guardian"):
            self.add_error("person", "You chose that a parent or guardian asks. Choose that person, or say above who asks.")
        if self.kind == ACCESS:
            self._access(said)
        if self.kind == RESTRICTION and said.get("self_pay") and "payer" not in said.get("toward", ()):
            self.add_error("toward", "What is paid in full is kept from the health plan. Tick it, or leave the line on payment empty.")
        if self.kind == CHANNEL and said.get("how") == "phone" and said.get("to"):
            try:
                normal_phone(said["to"])
            except CannotSeal:
                self.add_error("to", "Write the whole number with its area code, or with + and the country.")
        return said

    def _access(self, said: Mapping[str, Any]) -> None:
        if not said.get("information"):
            self.add_error("information", "Tick what they ask for; the whole chart is one of them.")
        if said.get("form") == "other" and not said.get("form_words"):
            self.add_error("form_words", "Write which way.")
        if said.get("third"):
            if said.get("in_writing") != "yes":
                self.add_error("third", "A copy goes to somebody else only where a signed paper names them: 45 CFR 164.524(c)(3)(ii).")
            for name, words in (("third_kind", "Choose who that is."), ("third_address", "Write where it goes, as the paper says.")):
                if not said.get(name):
                    self.add_error(name, words)

    def said(self) -> Said:
        """Return what was written."""
        raw = {**dict.fromkeys(("wants", "form", "form_words", "third", "third_kind", "third_address", "visits"), ""), **self.cleaned_data}
        way: dict[str, Any] = {}
        if self.kind == CHANNEL:
            way = {"how": "mail", "to": raw["to"].strip(), "mail": True}
            if raw["how"] == "phone":
                way = {"how": "phone", "to": raw["to"].strip(), **{one: raw[one] for one in ("call", "voicemail", "text")}, "when": raw["when"].strip()}
        return Said(
            self.kind, raw["received"], raw["asker"], None if raw["person"] == ELSE else UUID(raw["person"]), raw["name"].strip(), raw["identity"],
            raw["authority"].strip(), raw["what"].strip(), raw["in_writing"] == "yes", tuple(raw.get("information", ())), raw["wants"], raw["form"],
            raw["form_words"].strip(), raw["third"].strip(), raw["third_kind"] if raw["third"] else "", raw["third_address"].strip(),
            tuple(raw.get("toward", ())), raw.get("self_pay", False), raw["visits"].strip(), way, raw["language"],
        )  # fmt: skip


class OutsideForm(forms.Form):
    """What somebody outside asks for."""

    name = forms.CharField(label="Who asks", max_length=200, error_messages={"required": "Write who asks: a name, or an office."})
    asker = forms.ChoiceField(label="What they are", error_messages={"required": "Choose what they are. The law asks for it first."})
    reason = forms.ChoiceField(label="What it is for", error_messages={"required": "Choose what it is for. Where nobody said, ask them."})
    why = forms.CharField(label="Why, in their words", max_length=1000, required=False, widget=_text(2))
    what = forms.CharField(
        label="What exactly they ask for", max_length=2000, widget=_text(3), help_text="In their words. Names only where they are needed.",
        error_messages={"required": "Write what they ask for."},
    )  # fmt: skip
    information = forms.MultipleChoiceField(
        label="Which parts of the record", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick what they ask for."}
    )
    in_writing = forms.ChoiceField(label="How it came", choices=(("yes", "In writing"), ("no", "By word")), widget=forms.RadioSelect)
    received = forms.DateField(
        label="Day it came in", help_text="The day it reached anybody here.", widget=forms.DateInput(attrs=DAY),
        error_messages={"required": "Write the day it came in: a clock may begin then."},
    )  # fmt: skip
    by_when = forms.DateField(label="By when they want it", help_text="Their wish; it binds nobody.", required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, book: Book, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, fact, leave in (("asker", "recipient.kind", {*dict(ASKERS), "practice_staff", "supervisor", "trainee"}), ("reason", "purpose", NOT_OUTSIDE)):
            choices = sorted(((one, label(book, fact, one)) for one in book.facts[fact].of if one not in leave), key=lambda row: row[1])
            self.fields[name].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]
        self.fields["information"].choices = [(one, label(book, "information", one)) for one in ASKED_FOR]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def clean_received(self) -> date:
        """Return the day. It is none that is still to come."""
        on: date = self.cleaned_data["received"]
        if on > self.today:
            raise forms.ValidationError("That day is still to come. Write the day it came in.")
        return on

    def said(self) -> Said:
        """Return what was written."""
        raw = self.cleaned_data
        wanted = raw["by_when"].isoformat() if raw["by_when"] else ""
        return Said(
            OUTSIDE, raw["received"], raw["asker"], None, raw["name"].strip(), "", "", raw["what"].strip(), raw["in_writing"] == "yes",
            tuple(raw["information"]), why=raw["why"].strip(), reason=raw["reason"], by_when=wanted,
        )  # fmt: skip


# --- steps ---------------------------------------------------------------------------------------------------------


def _grounds(of: Mapping[str, Ground]) -> list[tuple[str, str]]:
    return [("", "Choose one"), *((key, f"{one.words} ({one.cite})") for key, one in of.items())]


class StepForm(forms.Form):
    """What goes with a step. Each kind of step has its own fields."""

    title, button = "", "Do this"

    def __init__(self, page: Page, book: Book, sent: Any = None, *, act: str = "") -> None:
        super().__init__(sent, use_required_attribute=False, auto_id=f"id_{act}_%s")
        self.page, self.book = page, book

    def given(self) -> dict[str, Any]:
        """Return what was said."""
        return dict(self.cleaned_data)


class WordsForm(StepForm):
    """Words, and a day."""

    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs=DAY), help_text="Empty means today.")
    words = forms.CharField(
        label="How", max_length=400, error_messages={"required": "Write a few words."}, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class TextForm(StepForm):
    """A longer text."""

    words = forms.CharField(label="The text", max_length=8000, widget=_text(6), error_messages={"required": "Write the text."})


class NothingForm(StepForm):
    """Nothing but the step."""


class ExtendForm(StepForm):
    """Why more time is needed."""

    reason = forms.CharField(
        label="Why it takes longer", help_text="It stands in the letter.", max_length=300, widget=_text(2),
        error_messages={"required": "Write why. The letter must say it."},
    )  # fmt: skip
    until = forms.DateField(label="Until when", help_text="Empty means the 30 more days.", required=False, widget=forms.DateInput(attrs=DAY))


GAVE_ACCESS = (("whole", "Give all of it"), ("part", "Give a part, and hold the rest back"), ("none", "Refuse all of it"))


def _dollars(words: str, hint: str = "") -> forms.DecimalField:
    return forms.DecimalField(label=words, help_text=hint, min_value=0, max_digits=7, decimal_places=2, required=False)


class AccessForm(StepForm):
    """The answer to a request for the record."""

    gave = forms.ChoiceField(label="The answer", choices=GAVE_ACCESS, widget=forms.RadioSelect, error_messages={"required": "Choose the answer."})
    held = forms.MultipleChoiceField(label="What is held back", required=False, widget=forms.CheckboxSelectMultiple)
    ground = forms.ChoiceField(label="On which ground", required=False, choices=_grounds(ACCESS_GROUNDS))
    why = forms.CharField(
        label="Why, in plain words for the client", required=False, max_length=1000, widget=_text(3),
        help_text="It stands in the letter. Do not give away what is held back.",
    )  # fmt: skip
    reviewer = forms.ChoiceField(label="Who looks at it again, if the client asks", required=False)
    reviewer_outside = forms.CharField(label="Or a licensed professional from outside", required=False, max_length=120)
    labor = _dollars("Copying, in dollars")
    supplies = _dollars("Paper, disc or stick")
    postage = _dollars("Postage")
    summary = _dollars("A summary")
    summary_agreed = forms.BooleanField(label="The client agreed to a summary and its price before", required=False)
    pages = forms.IntegerField(label="Pages on paper", min_value=0, max_value=100_000, required=False)

    def __init__(self, page: Page, book: Book, sent: Any = None, *, act: str = "") -> None:
        super().__init__(page, book, sent, act=act)
        self.fields["held"].choices = [(one, label(book, "information", one)) for one in HELD]  # type: ignore[attr-defined]
        deciders = {str(step.by) for step in page.one.steps if step.act in DECIDED}
        choices = [(id, name) for id, name in treating(page) if id not in deciders]
        self.fields["reviewer"].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]

    @property
    def fees(self) -> list[forms.BoundField]:
        """The fields about the fee."""
        return [self[name] for name in ("labor", "supplies", "postage", "summary", "pages")]

    def clean(self) -> dict[str, Any]:
        """Check that a refusal has its ground and its words."""
        said = super().clean() or {}
        if said.get("gave") in ("part", "none"):
            if not said.get("ground"):
                self.add_error("ground", "Choose the ground. Without one nothing may be held back.")
            if not said.get("why"):
                self.add_error("why", "Write why, in plain words. The letter must say it.")
            if said["gave"] == "part" and not said.get("held"):
                self.add_error("held", "Tick what is held back.")
        return said

    def given(self) -> dict[str, Any]:
        """Return what was said, the fee in cents."""
        raw = self.cleaned_data
        cents = {name: int((raw[name] or 0) * 100) for name in ("labor", "supplies", "postage", "summary")}
        return {**raw, "fee": Fee(**cents, pages=raw["pages"] or 0)}


def treating(page: Page) -> list[tuple[str, str]]:
    """Return the colleagues who hold a license to treat."""
    from privity.practice.people.client_forms import treating

    return treating(page.staff)


class AmendmentForm(StepForm):
    """The answer to a request for a correction."""

    gave = forms.ChoiceField(
        label="The answer", choices=(("whole", "Amend it"), ("none", "Refuse")), widget=forms.RadioSelect, error_messages={"required": "Choose the answer."},
    )  # fmt: skip
    entry = forms.ChoiceField(label="Which entry it is about", required=False)
    ground = forms.ChoiceField(label="If you refuse: on which ground", required=False, choices=_grounds(AMENDMENT_GROUNDS))
    why = forms.CharField(label="In plain words for the client", max_length=1000, widget=_text(3),
    help_text="What is amended, or why not. It stands in the letter.",
                          error_messages={"required": "Write it in plain words. The letter must say it."})  # fmt: skip

    def __init__(self, page: Page, book: Book, sent: Any = None, *, act: str = "") -> None:
        super().__init__(page, book, sent, act=act)
        entries = [(str(one.id), f"{one.kind.capitalize()} of {day_said(one.began)}") for one in page.entries]
        self.fields["entry"].choices = [("", "The record as a whole, or not known here"), *entries]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that a refusal has its ground."""
        said = super().clean() or {}
        if said.get("gave") == "none" and not said.get("ground"):
            self.add_error("ground", "Choose the ground. There are only these four.")
        return said


class RestrictionForm(StepForm):
    """The answer to a request for a restriction."""

    gave = forms.ChoiceField(
        label="The answer", choices=(("whole", "Agree"), ("none", "Decline")), widget=forms.RadioSelect, error_messages={"required": "Choose the answer."},
    )  # fmt: skip
    visits = forms.MultipleChoiceField(
        label="Which visits it is for", help_text="None ticked means all of them.", required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(label="Why not, or what the letter says beside it", required=False, max_length=1000, widget=_text(2))

    def __init__(self, page: Page, book: Book, sent: Any = None, *, act: str = "") -> None:
        super().__init__(page, book, sent, act=act)
        self.fields["visits"].choices = [(str(id), moment_said(starts)) for id, starts in page.visits]  # type: ignore[attr-defined]
        if not page.visits:
            del self.fields["visits"]

    def clean(self) -> dict[str, Any]:
        """Check that a refusal says why."""
        said = super().clean() or {}
        if said.get("gave") == "none" and not said.get("why"):
            self.add_error("why", "Write why not. The letter must say it.")
        return said

    def given(self) -> dict[str, Any]:
        """Return what was said; no visit means all."""
        return {"visits": [], **self.cleaned_data}


class ChannelForm(StepForm):
    """The answer to a wish to be reached another way."""

    gave = forms.ChoiceField(
        label="The answer", choices=(("whole", "Go along with it from now on"), ("none", "It cannot be done as it is")), widget=forms.RadioSelect,
        error_messages={"required": "Choose the answer."},
    )  # fmt: skip
    only = forms.BooleanField(label="From now on only this way: nothing else we have is used", required=False, initial=True)
    ground = forms.ChoiceField(label="If it cannot: what stands in the way", required=False, choices=_grounds(CHANNEL_GROUNDS))
    why = forms.CharField(label="What the letter says beside it", required=False, max_length=600, widget=_text(2))


class ReviewForm(StepForm):
    """What the reviewer found."""

    gave = forms.ChoiceField(
        label="What the review found", choices=(("keep", "The refusal stands"), ("give", "It is to be given")), widget=forms.RadioSelect,
        error_messages={"required": "Choose what the review found."},
    )  # fmt: skip
    why = forms.CharField(label="In plain words for the client", max_length=1000, widget=_text(3), error_messages={"required": "Write it in plain words."})


class ListForm(StepForm):
    """The list of who was told, and what it costs."""

    dollars = _dollars("What it costs, in dollars", "The first in twelve months is free.")
    told_before = forms.BooleanField(label="The client was told the cost before", required=False)

    def given(self) -> dict[str, Any]:
        """Return what was said, in cents."""
        return {"cents": int((self.cleaned_data["dollars"] or 0) * 100), "told_before": self.cleaned_data["told_before"]}


class FactsForm(StepForm):
    """What the law still asks."""

    def __init__(self, page: Page, book: Book, sent: Any = None, *, act: str = "") -> None:
        super().__init__(page, book, sent, act=act)
        for row in still_asked(page):
            name, fact = row["fact"], book.facts[row["fact"]]
            values = [("yes", "Yes"), ("no", "No")] if fact.is_ == "yes_no" else [(one, label(book, name, one)) for one in fact.of]
            self.fields[name] = forms.ChoiceField(
                label=row["question"], help_text=row["help"], required=False, choices=[*values, ("", "Not known")], widget=forms.RadioSelect,
            )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Return the facts that were answered."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return {"facts": {name: {"yes": True, "no": False}.get(value, value) for name, value in said.items()}}


def still_asked(page: Page) -> list[Mapping[str, Any]]:
    """Return what the law asks before it can say more, as far as a form can take it."""
    return [row for row in page.law.answer["ask"] if row["is"] in ("yes_no", "one_of")]


ANSWERS: Mapping[str, type[StepForm]] = {ACCESS: AccessForm, AMENDMENT: AmendmentForm, RESTRICTION: RestrictionForm, CHANNEL: ChannelForm}
OF_ACT: Mapping[str, type[StepForm]] = {
    "facts": FactsForm, "extend": ExtendForm, "withdraw": WordsForm, "packet": NothingForm, "handed": WordsForm, "review_ask": WordsForm,
    "review": ReviewForm, "amended": NothingForm, "told": WordsForm, "statement": TextForm, "rebuttal": TextForm, "along": NothingForm, "list": ListForm,
    "done": WordsForm,
}  # fmt: skip


def form_of(act: str, page: Page, book: Book, sent: Any = None) -> StepForm:
    """Return the form of a step."""
    return (ANSWERS[page.one.said.kind] if act == "answer" else OF_ACT[act])(page, book, sent, act=act)


def names(choices: Iterable[tuple[str, str]], value: str) -> str:
    """Return a choice in words."""
    return dict(choices).get(value, value)
