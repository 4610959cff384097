"""The forms about clients: who somebody is and how to reach them safely, what is kept quiet, who cares for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from privity.law import Book
from privity.vault.blind import normal_name, normal_phone
from privity.vault.faults import CannotSeal

from .access import Colleague, Identity
from .matrix import TREATING
from .models import Participant, Record, Tie
from .services import NewPerson
from .spoken import label

Part = Participant.Part
SUBJECT = {Record.Kind.INDIVIDUAL: Part.CLIENT, Record.Kind.COUPLE: Part.PARTNER, Record.Kind.FAMILY: Part.FAMILY_MEMBER, Record.Kind.GROUP: Part.GROUP_MEMBER}
STANDS_FOR = (Part.PARENT, Part.GUARDIAN)
FEWEST = {Record.Kind.INDIVIDUAL: 1, Record.Kind.COUPLE: 2, Record.Kind.FAMILY: 2, Record.Kind.GROUP: 2}
MOST_PEOPLE = 12
# Classes of information, by the law's own names.
ITEMS = ("attendance", "billing", "diagnosis", "treatment_plan", "medication", "test_results", "summary", "progress_notes")
QUIET = (
    "gender_affirming_care", "sexual_orientation_or_gender_identity", "reproductive_health", "hiv", "sud_records", "genetic", "immigration_status",
    "abuse_facts", "admission_of_crime", "fact_of_treatment",
)  # fmt: skip


def worded(book: Book, classes: Iterable[str]) -> list[tuple[str, str]]:
    """Return classes of information with their words."""
    return [(one, label(book, "information", one)) for one in classes]


def parts_of(kind: str, number: int) -> tuple[str, ...]:
    """Return what the person in a row of the form may be in a record."""
    subject = SUBJECT[Record.Kind(kind)]
    if kind == Record.Kind.INDIVIDUAL:
        return STANDS_FOR if number else (subject,)
    return (subject, *STANDS_FOR) if number >= FEWEST[Record.Kind(kind)] else (subject,)


class PersonForm(forms.Form):
    """One person: names, pronouns, birth date, safe ways to be reached; for a parent or guardian what they may see, by item."""

    part = forms.ChoiceField(label="In this record")
    name = forms.CharField(label="Name", max_length=200, required=False)
    chosen = forms.CharField(label="Name they go by", help_text="If it is another one.", max_length=200, required=False)
    pronouns = forms.CharField(label="Pronouns", max_length=60, required=False)
    born = forms.DateField(label="Birth date", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    phone = forms.CharField(label="Phone", max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    call = forms.BooleanField(label="May be called", required=False)
    voicemail = forms.BooleanField(label="Voicemail may be left", required=False)
    text = forms.BooleanField(label="May be texted", required=False)
    when = forms.CharField(label="When it is safe", help_text="Such as: after 6 pm.", max_length=80, required=False)
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    mail = forms.BooleanField(label="Letters may be sent", required=False)
    may_see = forms.MultipleChoiceField(
        label="What this parent or guardian may see", required=False, widget=forms.CheckboxSelectMultiple, help_text="Nothing is shown that is not ticked."
    )
    same = forms.ChoiceField(required=False)  # answers "is it the same person?"

    def __init__(self, book: Book, parts: Sequence[str], *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        part, may_see, same = (self.fields[name] for name in ("part", "may_see", "same"))
        part.choices = [(one, Part(one).label) for one in parts]  # type: ignore[attr-defined]
        if len(parts) == 1:
            part.widget, part.initial = forms.HiddenInput(), parts[0]
        may_see.choices = worded(book, ITEMS)  # type: ignore[attr-defined]
        same.choices = [("", ""), ("yes", "The same person"), ("no", "Somebody else")]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody was written here."""
        return not any(self[name].value() for name in ("name", "chosen", "born", "phone", "address"))

    def clean_name(self) -> str:
        """Return the name. There must be one letter at least."""
        try:
            normal_name(self.cleaned_data["name"])
        except CannotSeal:
            raise forms.ValidationError("Write a name.") from None
        return str(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        """Return the number as it was written, when it is one."""
        if said := str(self.cleaned_data["phone"]).strip():
            try:
                normal_phone(said)
            except CannotSeal:
                raise forms.ValidationError("Write the whole number with its area code, or with + and the country.") from None
        return said

    def clean_born(self) -> date | None:
        """Return the birth date, when it lies behind us."""
        born: date | None = self.cleaned_data["born"]
        if born and (born > self.today or born.year < self.today.year - 130):
            raise forms.ValidationError("Look at the birth date: it is not one of a person alive today.")
        return born

    def said(self, known: UUID | None = None) -> NewPerson:
        """Return the person as written."""
        raw = self.cleaned_data
        contacts: list[Mapping[str, Any]] = []
        if raw["phone"]:
            contacts.append({"how": "phone", "to": raw["phone"], **{way: raw[way] for way in ("call", "voicemail", "text")}, "when": raw["when"].strip()})
        if raw["address"].strip():
            contacts.append({"how": "mail", "to": raw["address"].strip(), "mail": raw["mail"]})
        may_see = tuple(raw["may_see"]) if raw["part"] in STANDS_FOR else ()
        return NewPerson(raw["name"], raw["part"], raw["chosen"], raw["pronouns"], raw["born"], tuple(contacts), may_see, known)


def filled_with(part: str, who: Identity, may_see: tuple[str, ...]) -> dict[str, Any]:
    """Return the form's values for somebody already kept."""
    phone = next((one for one in who.contacts if one.get("how") == "phone"), {})
    letters = next((one for one in who.contacts if one.get("how") == "mail"), {})
    return {
        "part": part, "name": who.name, "chosen": who.chosen, "pronouns": who.pronouns, "born": who.born, "may_see": list(may_see),
        "phone": phone.get("to", ""), "call": phone.get("call", bool(phone)), "voicemail": phone.get("voicemail", False), "text": phone.get("text", False),
        "when": phone.get("when", ""), "address": letters.get("to", ""), "mail": letters.get("mail", False),
    }  # fmt: skip


class RecordForm(forms.Form):
    """What belongs to the record as a whole: its title, what is kept quiet, its team."""

    title = forms.CharField(label="What the record is called", max_length=120, required=False)
    quiet = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="What the client wants kept especially quiet")
    team = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="Who cares for them")

    def __init__(self, book: Book, staff: Iterable[Colleague], *args: Any, by_desk: bool, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_desk = by_desk
        self.fields["quiet"].choices = worded(book, QUIET)  # type: ignore[attr-defined]
        self.fields["team"].choices = treating(staff)  # type: ignore[attr-defined]
        if by_desk:
            del self.fields["quiet"]  # the desk need not know
        if kind in (Record.Kind.INDIVIDUAL, Record.Kind.COUPLE):
            del self.fields["title"]

    def clean_team(self) -> tuple[UUID, ...]:
        """Return who was chosen. Without anybody, nobody could open the record."""
        if self.by_desk and not self.cleaned_data["team"]:
            raise forms.ValidationError("Choose who treats. Without a team nobody could open the record.")
        return tuple(UUID(one) for one in self.cleaned_data["team"])


class QuietForm(forms.Form):
    """What is kept quiet, changed later."""

    quiet = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="What the client wants kept especially quiet")

    def __init__(self, book: Book, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quiet"].choices = worded(book, QUIET)  # type: ignore[attr-defined]


def treating(staff: Iterable[Colleague]) -> list[tuple[str, str]]:
    """Return the colleagues who may be on a team."""
    return [(str(one.id), one.name) for one in staff if one.active and set(one.roles) & set(TREATING)]


class UnitForm(forms.Form):
    """A record is put on a unit: which, and who is assigned to the case."""

    unit = forms.ChoiceField(label="Unit", error_messages={"required": "Choose the unit.", "invalid_choice": "Choose the unit from the list."})
    assigned = forms.MultipleChoiceField(
        label="Who is assigned to the case", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who is assigned. Nobody else can open it."},
    )  # fmt: skip

    def __init__(self, units: Mapping[UUID, str], staff: Iterable[Colleague], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "Choose one"), *((str(id), name) for id, name in units.items())]  # type: ignore[attr-defined]
        self.fields["assigned"].choices = treating(staff)  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """Why a record is held."""

    reason = forms.CharField(
        label="Why it is held", max_length=400, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text="Such as: subpoena of March 3, Denver District Court, 25 CV 123. No name: who keeps holds need not know whose record it is.",
        error_messages={"required": "Write why. Whoever is to lift it needs to know."},
    )  # fmt: skip


class TieForm(forms.Form):
    """Somebody is tied to the record: on the team, shared with one way, or barred."""

    kind = forms.ChoiceField(label="How")
    account = forms.ChoiceField(label="Who")
    until = forms.DateField(label="Last day", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, kinds: Iterable[Tie.Kind], staff: Iterable[Colleague], *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = list(staff)
        self.today = today
        self.cares = {id for id, _ in treating(everybody)}
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]
        barred = Tie.Kind.BARRED in kinds
        people = [(str(one.id), one.name) for one in everybody if one.active] if barred else treating(everybody)
        self.fields["account"].choices = [("", "Choose one"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that a shared view has its last day, and that none lies behind us."""
        said = super().clean() or {}
        kind, until = said.get("kind"), said.get("until")
        if kind == Tie.Kind.SHARED and not until and "until" not in self.errors:
            self.add_error("until", "A shared view needs its last day.")
        if until and until < self.today:
            self.add_error("until", "The last day is over already. Choose today or a later day.")
        if kind != Tie.Kind.BARRED and said.get("account") and said["account"] not in self.cares:
            self.add_error("account", "Only who treats can see a chart. Choose a clinician.")
        return said
