"""The forms on which a person writes down what a signed paper says, and ticks what it has; and those of its scan, its end, and a restriction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from privity.law import Book
from privity.practice.people.spoken import groups, label
from privity.practice.people.times import moment_said

from . import validity
from .elements import GROUPS, SEEN, TOGETHER_SAID
from .restrictions import BY_PRACTICE, BY_WORD, IN_WRITING, NewRestriction, VisitSeen
from .validity import CONSENTS, COUNSELING_NOTES, NOTES, REQUEST, TPO, Terms, needed, same_name

DAY = {"type": "date", "autocomplete": "off"}
BY_CLASS = "providers_and_plans"
NOTES_ALONE = "psychotherapy_notes"  # an authorization for these notes alone, as the first page offers it
ALL_KINDS = (validity.AUTHORIZATION, NOTES_ALONE, *CONSENTS, REQUEST)
OWN_PAPERS = frozenset({"deidentified", "limited_data_set", "decision_file", "incident_file", "audit_trail", "for_counsel"})  # no paper is signed for these
GUARDED = ("sud_records", "third_party_information", "threat_facts")  # one of each group that waits behind "More"


def offered(states: Collection[str], *, part2: bool) -> list[tuple[str, str, str]]:
    """Return the kinds of papers a practice meets: each with its name and what it is for. Part 2 comes first where the practice is a program."""
    usual = [
        (validity.AUTHORIZATION, "An authorization", "The client lets you tell somebody something. HIPAA, 45 CFR 164.508."),
        (NOTES_ALONE, "An authorization for psychotherapy notes", "For notes that are kept apart from the chart, and for nothing else. 45 CFR 164.508(a)(2)."),
    ]
    consents = [
        (TPO, "A Part 2 consent for care, payment and operations", "One signature for all of these, until it is taken back. 42 CFR 2.31, 2.33."),
        ("single_purpose", "A Part 2 consent for one purpose", "To tell of care for substance use, to whom it names. 42 CFR 2.31."),
        ("counseling_notes", "A Part 2 consent for counseling notes", "For the separate notes of a counselor alone. 42 CFR 2.31(b)."),
        ("legal_proceedings", "A Part 2 consent for a case against the client", "For a court or agency, and for nothing else. 42 CFR 2.31(d)."),
        ("criminal_justice", "A Part 2 consent for whoever ordered the care", "A court, or an officer of probation or parole. 42 CFR 2.35."),
    ]
    request = [(REQUEST, "A written request", "From a payer or other who asks about outpatient psychotherapy. Cal. Civ. Code 56.104.")]
    return [*(consents if part2 else ()), *usual, *(request if "CA" in states else ()), *(() if part2 else consents)]


class BeginForm(forms.Form):
    """What kind of paper came, and the paper itself where there is a file of it."""

    kind = forms.ChoiceField(label="What kind of paper is it?", widget=forms.RadioSelect, error_messages={"required": "Choose what kind of paper it is."})
    file = forms.FileField(
        label="The file, if you have one", required=False, help_text="A scan, a fax or a picture: PDF, PNG or JPEG, up to 10 MB. You can add it later."
    )

    def __init__(self, states: Collection[str], *args: Any, part2: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = offered(states, part2=part2)
        self.fields["kind"].choices = [(kind, name) for kind, name, _ in self.told]  # type: ignore[attr-defined]

    def rows(self) -> list[dict[str, Any]]:
        """Return each kind with its button and what it is for."""
        return [{"tag": tag.tag(), "name": name, "about": about} for tag, (_, name, about) in zip(self["kind"], self.told, strict=True)]


class ScanForm(forms.Form):
    """The paper itself, for an authorization that is on file."""

    file = forms.FileField(label="A file of it", help_text="PDF, PNG or JPEG, up to 10 MB.", required=False)


def in_groups(book: Book, fact: str, without: Collection[str] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    found = [(one.label, [(value, label(book, fact, value)) for value in one.values if value not in without]) for one in groups(book, fact)]
    return [(name, values) for name, values in found if values]


def told_in_groups(field: forms.BoundField) -> list[dict[str, Any]]:
    """Return what may be told, in groups; the guarded wait behind a word, unless one of them is ticked."""
    tags, chosen = {str(one.data["value"]): one for one in field}, set(field.value() or ())
    found: list[dict[str, Any]] = []
    for name, values in field.field.choices:  # type: ignore[attr-defined]
        inside = [value for value, _ in values]
        rows = [{"tag": tags[value].tag(), "words": words} for value, words in values]
        found.append({"name": name, "rows": rows, "more": bool(set(inside) & set(GUARDED)), "open": bool(chosen & set(inside))})
    return found


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
    own_name = forms.BooleanField(label="It is another name of the client, and I made sure that the paper is the client’s", required=False)
    also_as = forms.ChoiceField(label="Who signed beside them", required=False)
    also_signer = forms.CharField(
        label="Name of the second signer", help_text="Each signature counts for the person whose it is.", max_length=200, required=False,
    )  # fmt: skip
    signed = forms.DateField(label="Day of the signature", widget=forms.DateInput(attrs=DAY), error_messages={"required": "Write the day it was signed."})
    ends = forms.DateField(label="Last day", required=False, widget=forms.DateInput(attrs=DAY))
    ends_with = forms.CharField(label="Or the event that ends it", help_text="Such as: when the school year ends.", max_length=200, required=False)
    with_treatment = forms.BooleanField(label="It ends when treatment here ends, if that comes first", required=False)
    longer_by_wish = forms.BooleanField(label="The signer asked for a day after more than a year", required=False)
    together = forms.ChoiceField(label="What else stands on the same sheet", required=False)
    conditioned = forms.ChoiceField(label="Did something depend on signing?", required=False)
    known_false = forms.BooleanField(label="Something on it is known not to be so", required=False)
    has = forms.MultipleChoiceField(
        label="What you saw on the paper", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Tick only what is there. One thing missing, and nothing may leave under it.",
    )  # fmt: skip

    def __init__(
        self, book: Book, states: Collection[str], *args: Any, today: date, kind: str = validity.AUTHORIZATION, names: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.book, self.today, self.asked, self.names = book, today, kind, names
        self.kind = validity.AUTHORIZATION if kind == NOTES_ALONE else kind
        self._choose()
        self.cites = self._wanted(states)
        self.fields["has"].choices = [(one, SEEN[one]) for _, group in GROUPS for one in group if one in self.cites]  # type: ignore[attr-defined]
        for name in self._not_asked(states):
            del self.fields[name]
        if self.kind == REQUEST:
            self.fields["ends"].label = "Kept until"
            self.fields["recipient_kind"].label, self.fields["signer"].label = "Who asks", "Name of whoever signed it"
            self.fields["information"].label = "What they ask for"

    def _choose(self) -> None:
        book, choices = self.book, {}
        choices["recipient_kind"] = in_groups(book, "recipient.kind")
        if self.kind == TPO:
            choices["recipient_kind"].insert(
                0, ("As one consent may name them", [(BY_CLASS, "“My treating providers, health plans, third-party payers …”")]),
            )  # fmt: skip
        choices["purpose"] = in_groups(book, "purpose", book.groups.get("NEVER_GROUNDS", frozenset()))
        choices["signed_by"] = [("", [(one, label(book, "authorization.signed_by", one)) for one in book.facts["authorization.signed_by"].of])]
        for name, grouped in choices.items():
            flat = grouped[0][1] if len(grouped) == 1 else grouped
            self.fields[name].choices = [("", "Choose one"), *flat]  # type: ignore[attr-defined]
        self.fields["information"].choices = in_groups(book, "information", OWN_PAPERS)  # type: ignore[attr-defined]
        self.fields["also_as"].choices = [("", "Nobody"), *((one, label(book, "authorization.signed_by", one)) for one in validity.SIGNERS)]  # type: ignore[attr-defined]
        self.fields["together"].choices = list(TOGETHER_SAID.items())  # type: ignore[attr-defined]
        self.fields["conditioned"].choices = [(one, label(book, "authorization.conditioned", one)) for one in validity.CONDITIONED]  # type: ignore[attr-defined]

    def _wanted(self, states: Collection[str]) -> dict[str, str]:
        found = needed(states, by_representative=True, kind=self.kind, purpose="treatment" if self.kind == "single_purpose" else "")
        if self.kind in CONSENTS and self.kind != TPO:  # what makes it an authorization as well
            found = {**found, **(validity.CALIFORNIA if "CA" in states else {}), "conditioning_statement": validity.FEDERAL["conditioning_statement"]}
            found.setdefault("redisclosure_statement", validity.FEDERAL["redisclosure_statement"])
            found["authority_of_signer"] = validity.REPRESENTATIVE[1]
        return found

    def _not_asked(self, states: Collection[str]) -> Iterator[str]:
        if "CA" not in states or self.kind != validity.AUTHORIZATION:
            yield "longer_by_wish"
        if self.asked in (NOTES_ALONE, "counseling_notes"):
            yield "information"
        if self.kind == TPO:
            yield "purpose"
        if self.kind == REQUEST:
            yield from ("signed_by", "own_name", "also_as", "also_signer", "ends_with", "with_treatment", "together", "conditioned")

    def groups(self) -> list[dict[str, Any]]:
        """Return the elements to tick, in groups, each with where it is asked for."""
        tags = {str(one.data["value"]): one for one in self["has"]}
        found = []
        for name, wanted in GROUPS:
            rows = [{"tag": tags[one].tag(), "words": SEEN[one], "cite": self.cites[one]} for one in wanted if one in tags]
            found += [{"name": name, "rows": rows}] if rows else []
        return found

    def told(self) -> list[dict[str, Any]]:
        """Return what may be told, in groups; nothing where the kind of paper says it."""
        return told_in_groups(self["information"]) if "information" in self.fields else []

    def clean(self) -> dict[str, Any]:
        """Check that the paper was not signed tomorrow, that it ends after it begins, and in one way."""
        said = super().clean() or {}
        signed, ends = said.get("signed"), said.get("ends")
        if signed and signed > self.today:
            self.add_error("signed", "That day is still to come. Write the day it was signed.")
        if signed and ends and ends < signed:
            self.add_error("ends", "It would end before it was signed. Look at the paper again.")
        mine = [said.get(name, "") for kind, name in (("signed_by", "signer"), ("also_as", "also_signer")) if said.get(kind) == "client"]
        if self.names and not said.get("own_name") and any(one and not any(same_name(one, known) for known in self.names) for one in mine):
            words = "Another name stands on it than the client’s. Look whether it lies in the right record. If it is another name of the client, tick so below."
            self.add_error("signer", words)
        if bool(said.get("also_as")) != bool((said.get("also_signer") or "").strip()):
            self.add_error("also_signer", "Write both: who the second signer is, and the name. Or leave both empty.")
        if ends and said.get("ends_with"):
            self.add_error("ends_with", "Write the day or the event, whichever comes first, not both.")
        none_needed = self.kind == TPO or said.get("purpose") == "research"  # there "none" is an end (42 CFR 2.31(a)(7), 45 CFR 164.508(c)(1)(v))
        some = ends or said.get("ends_with") or said.get("with_treatment")
        if not some and not none_needed and {"expiry", "how_long_kept"} & set(said.get("has", ())):
            self.add_error("ends", "You ticked that it says when it ends. Write the day or the event.")
        return said

    def said(self) -> Terms:
        """Return what the paper says. An end that is written down nowhere was not seen."""
        raw = self.cleaned_data
        fixed = {NOTES_ALONE: (NOTES,), "counseling_notes": (COUNSELING_NOTES,)}
        by_class = raw["recipient_kind"] == BY_CLASS
        kind = "treating_provider" if by_class else raw["recipient_kind"]
        told = tuple(raw["information"]) if "information" in raw else fixed[self.asked]
        return Terms(
            kind, raw["recipient"], told, raw["description"], raw.get("purpose") or "treatment", raw.get("signed_by") or "someone_else", raw["signer"],
            raw["signed"], tuple(raw["has"]), raw["ends"], raw.get("ends_with", ""), raw.get("longer_by_wish", False), self.kind,
            raw.get("with_treatment", False), raw.get("together") or validity.ALONE, raw.get("conditioned") or validity.NO_CONDITION, raw["known_false"],
            by_class, ((raw["also_as"], raw["also_signer"].strip()),) if raw.get("also_as") else (),
        )  # fmt: skip


WHY = (("no", "The client asked, and we agree"), ("yes", "The client paid in full, and the health plan is told nothing"))


class RestrictionForm(forms.Form):
    """What the practice will not tell, and to whom."""

    self_pay = forms.ChoiceField(
        label="Why", widget=forms.RadioSelect, choices=WHY,         error_messages={"required": "Choose one."},
    )  # fmt: skip
    recipient_kinds = forms.MultipleChoiceField(label="Who is not told", required=False, widget=forms.CheckboxSelectMultiple)
    classes = forms.MultipleChoiceField(label="What is kept back", required=False, widget=forms.CheckboxSelectMultiple)
    visits = forms.MultipleChoiceField(label="Only for these visits", required=False, widget=forms.CheckboxSelectMultiple)
    began = forms.DateField(label="From", widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), error_messages={"required": "Write the first day."})
    note = forms.CharField(label="In the client’s words", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, book: Book, visits: Iterable[VisitSeen], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient_kinds"].choices = in_groups(book, "recipient.kind", ("client",))  # type: ignore[attr-defined]
        self.fields["classes"].choices = in_groups(book, "information", OWN_PAPERS)  # type: ignore[attr-defined]
        self.fields["visits"].choices = [(str(one.id), moment_said(one.starts)) for one in visits]  # type: ignore[attr-defined]

    def grouped(self, name: str) -> list[dict[str, Any]]:
        """Return a long list of boxes in its groups."""
        tags, chosen = {str(one.data["value"]): one for one in self[name]}, set(self[name].value() or ())
        found = []
        for title, values in self.fields[name].choices:  # type: ignore[attr-defined]
            rows = [{"tag": tags[value].tag(), "words": words} for value, words in values]
            found.append({"name": title, "rows": rows, "open": bool(chosen & {value for value, _ in values})})
        return found

    def kinds(self) -> list[dict[str, Any]]:
        """Return whom it may be kept from, in groups."""
        return self.grouped("recipient_kinds")

    def told(self) -> list[dict[str, Any]]:
        """Return what may be kept back, in groups."""
        return self.grouped("classes")

    def clean(self) -> dict[str, Any]:
        """Check that an agreed restriction names somebody or something."""
        said = super().clean() or {}
        if said.get("self_pay") == "no" and not said.get("recipient_kinds") and not said.get("classes"):
            self.add_error("recipient_kinds", "Tick who is not told, or what is kept back, or both.")
        return said

    def said(self) -> NewRestriction:
        """Return the restriction as it was agreed."""
        raw = self.cleaned_data
        paid = raw["self_pay"] == "yes"
        kinds = ("payer",) if paid else tuple(raw["recipient_kinds"])
        return NewRestriction(tuple(raw["classes"]), kinds, paid, raw["began"], tuple(UUID(one) for one in raw["visits"]), raw["note"].strip())


ENDS_SAID = {
    IN_WRITING: "The client asked for it in writing",
    BY_WORD: "The client agreed by word",
    BY_PRACTICE: "We told the client that we end it",
}
