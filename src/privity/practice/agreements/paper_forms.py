"""The forms about papers: a practice's own wording, what is laid before a client, and the talk beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms

from privity.law import Book
from privity.practice.people.spoken import label, state

from . import papers
from .forms import OWN_PAPERS, in_groups, told_in_groups
from .paper_access import IMPOSSIBLE, REFUSED, Kind, OnFile, Person, bound
from .paper_services import FromOutside, Offer
from .papers import Content
from .reading import LANGUAGES
from .scans import TOO_LARGE
from .validity import years_on

MONTHS_ES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre")
DAY = {"type": "date", "autocomplete": "off"}
LONGEST = 4000
# What stands in a blank, as staff are asked for it.
BLANKS = {
    "contact": ("Whom to ask, with a phone number or address", "Such as: Ana Ruiz, 303 555 0100."),
    "starts": ("The day the notice begins", "As it is to stand there, such as: June 1, 2026."),
    "who": ("Who shares: the practice, or whoever here may", "Such as: Dana Reyes and the Elm Street Practice."),
    "client": ("Whose records they are", "The full name, as it is to stand there."),
    "recipient": ("Name of who gets it, as it is to stand there", ""),
    "description": ("What is shared, in plain words", "Such as: the dates you came and your list of medicines."),
    "purpose": ("Why, in plain words", "Such as: so your doctor can plan your care."),
}


def day_in_words(on: date, language: str) -> str:
    """Return a day in full: June 1, 2027, or 1 de junio de 2027."""
    return f"{on.day} de {MONTHS_ES[on.month - 1]} de {on.year}" if language == "es" else f"{on:%B} {on.day}, {on.year}"


class WordingForm(forms.Form):
    """A practice's own wording of a paper: each block in both languages. Nothing is forbidden; what is missing is said."""

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        now, template = kind.now.content, kind.template
        self.kind, self.keys = kind, papers.keys_for(template, kind.states)
        initial: dict[str, str] = {}
        fields: dict[str, forms.Field] = {}
        for name, said, label_said, rows in self._lines(now, template):
            for language in LANGUAGES:
                tall = max(rows, len(said.get(language, "")) // 48 + 2)
                area = forms.Textarea(attrs={"rows": tall, "lang": language})
                widget = area if rows > 1 else forms.TextInput(attrs={"lang": language, "autocomplete": "off"})
                fields[f"{name}-{language}"] = forms.CharField(label=f"{label_said}, {LANGUAGES[language]}", required=False, max_length=LONGEST, widget=widget)
                initial[f"{name}-{language}"] = said.get(language, "")
        for blank in template.fills:
            said_label, hint = BLANKS[blank]
            fields[f"fill-{blank}"] = forms.CharField(label=said_label, help_text=hint, required=False, max_length=200)
            initial[f"fill-{blank}"] = now.fills.get(blank, "")
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields.update(fields)

    def _lines(self, now: Content, template: papers.Template) -> list[tuple[str, papers.Words, str, int]]:
        blocks = [(f"text-{key}", now.texts.get(key, {}), "Words", 2) for key, _, _ in self.keys]
        return [("title", now.title, "Title", 1), *blocks, ("annex", now.annex, "Small print", 6)]

    def pair(self, name: str) -> list[Any]:
        """Return a line's two fields."""
        return [self[f"{name}-{language}"] for language in LANGUAGES]

    def said(self) -> Content:
        """Return the wording. Wordings for states the practice does not work in stay as they were."""
        raw = self.cleaned_data

        def both(name: str) -> dict[str, str]:
            return {language: raw[f"{name}-{language}"].replace("\r\n", "\n").strip() for language in LANGUAGES}

        texts = {**self.kind.now.content.texts, **{key: both(f"text-{key}") for key, _, _ in self.keys}}
        fills = {blank: raw[f"fill-{blank}"].strip() for blank in self.kind.template.fills if raw[f"fill-{blank}"].strip()}
        return Content(both("title"), texts, both("annex"), fills)


class OfferForm(forms.Form):
    """What is laid before the client: in which state's wording and language, for whose signatures, with what in the blanks."""

    def __init__(self, book: Book, kind: Kind, people: Sequence[Person], needed: Collection[Any], *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.people, self.today = kind, people, today
        template, fixed = kind.template, bound(kind.template, people)
        self.blanks = [one for one in (*template.asks, *template.fills) if one != "ends" and not kind.now.content.fills.get(one)]
        if len(kind.states) > 1:
            choices = [(one, state(one)) for one in (template.only or kind.states)]
            self.fields["state"] = forms.ChoiceField(label="Which state’s law: where the client is", choices=choices)
        if self.typed:
            help_text = "The words you write below stand in it, so write them in this language."
            self.fields["language"] = forms.ChoiceField(label="Language of this paper", choices=list(LANGUAGES.items()), help_text=help_text)
        choices = [(str(one.id), f"{one.name}{_beside(one)}") for one in people if one.id not in fixed]
        if choices:
            self.fields["signers"] = forms.MultipleChoiceField(
                label="Who must sign", choices=choices, widget=forms.CheckboxSelectMultiple, initial=[str(one) for one in needed], required=not fixed,
                error_messages={"required": "Tick who must sign."},
            )  # fmt: skip
        self.fixed = tuple(one for one in people if one.id in fixed)
        if template.authorization:
            self._of_a_release(book, template.authorization)
        for blank in self.blanks:
            said, hint = BLANKS[blank]
            self.fields[blank] = forms.CharField(label=said, help_text=hint, max_length=300, error_messages={"required": "Write what is to stand there."})
        if template.authorization:
            self.order_fields(["state", "language", "signers", "recipient_kind", "recipient", "purpose_kind", "purpose", "information", "description"])
        if "ends" in template.asks:
            erase = template.kind == "recording"
            self.fields["ends"] = forms.DateField(label="Day it is erased" if erase else "Last day", required=False, widget=forms.DateInput(attrs=DAY))
            self.fields["ends_with"] = forms.CharField(
                label="Or the event, in plain words", help_text="Such as: when treatment ends.", required=False, max_length=200
            )
            if template.authorization and "CA" in kind.states:
                self.fields["longer_by_wish"] = forms.BooleanField(label="The signer asked for a day after more than a year", required=False)

    @property
    def typed(self) -> bool:
        """Tell whether somebody writes words into this paper."""
        return bool(self.kind.template.asks) or bool(self.blanks)

    def _of_a_release(self, book: Book, own: Mapping[str, Any]) -> None:
        def choose(name: str, fact: str, said: str) -> None:
            never = book.groups.get("NEVER_GROUNDS", frozenset()) if fact == "purpose" else frozenset()
            told = sorted(((one, label(book, fact, one)) for one in book.facts[fact].of if one not in never), key=lambda one: one[1].casefold())
            self.fields[name] = forms.ChoiceField(
                label=said, choices=[("", "Choose one"), *told], error_messages={"required": f"Choose {said[0].lower()}{said[1:]}."}
            )

        if "recipient_kind" not in own:
            choose("recipient_kind", "recipient.kind", "What sort of recipient")
        if "purpose" not in own:
            choose("purpose_kind", "purpose", "What sort of purpose")
        if "information" not in own:
            told = in_groups(book, "information", {*OWN_PAPERS, "psychotherapy_notes"})
            self.fields["information"] = forms.MultipleChoiceField(
                label="What may be shared", choices=told, widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick what may be shared."},
                help_text="Psychotherapy notes need a paper of their own.",
            )  # fmt: skip

    def told(self) -> list[dict[str, Any]]:
        """Return what may be shared, in groups."""
        return told_in_groups(self["information"])

    def clean(self) -> dict[str, Any]:
        """Check that it ends, in one way, after today."""
        said = super().clean() or {}
        if "ends" in self.fields:
            ends, event = said.get("ends"), said.get("ends_with", "").strip()
            if not ends and not event and "ends" not in self.errors:
                self.add_error("ends", "Write the last day, or the event below.")
            if ends and event:
                self.add_error("ends_with", "Write the day or the event, whichever comes first, not both.")
            if ends and ends < self.today:
                self.add_error("ends", "That day is over. Write one to come.")
            if ends and "longer_by_wish" in self.fields and ends > years_on(self.today, 1) and not said.get("longer_by_wish"):
                self.add_error("ends", "In California it ends within a year, unless the signer asks for a later day. If so, tick that below.")
        return said

    def said(self) -> Offer:
        """Return what is to be laid before the client."""
        raw, template = self.cleaned_data, self.kind.template
        language = raw.get("language", "")
        values = {one: raw[one].strip() for one in self.blanks}
        if "ends" in self.fields:
            values["ends"] = day_in_words(raw["ends"], language) if raw.get("ends") else raw.get("ends_with", "").strip()
        by_id = {str(one.id): one.id for one in self.people}
        signers = (*(one.id for one in self.fixed), *(by_id[one] for one in raw.get("signers", ())))
        where = raw.get("state") or (self.kind.states[0] if self.kind.states else "")
        return Offer(template.id, where, (language,) if language else tuple(LANGUAGES), signers, values, self._terms(values) if template.authorization else {})

    def _terms(self, values: Mapping[str, str]) -> dict[str, Any]:
        raw, own = self.cleaned_data, self.kind.template.authorization
        ends = raw.get("ends")
        return {
            "kind": own.get("kind", "authorization"), "recipient_kind": own.get("recipient_kind") or raw["recipient_kind"],
            "recipient": own.get("recipient") or values["recipient"], "information": list(own.get("information") or raw["information"]),
            "description": values["description"], "purpose": own.get("purpose") or raw["purpose_kind"], "has": list(own.get("has", ())),
            "ends": ends.isoformat() if ends else "", "ends_with": "" if ends else raw.get("ends_with", "").strip(),
            "longer_by_wish": bool(raw.get("longer_by_wish")),
        }  # fmt: skip


def _beside(one: Person) -> str:
    beside = {"parent": "parent", "guardian": "guardian"}.get(one.part, "")
    age = f"{one.age} years old" if one.is_minor else ""
    said = ", ".join(word for word in (beside, age) if word)
    return f" ({said})" if said else ""


UNSIGNED = {REFUSED: "given, and they did not want to sign for it", IMPOSSIBLE: "given, and signing for it was not possible"}


class OnFileForm(forms.Form):
    """What somebody has before them: a paper signed outside Privity, or how the privacy notice was given without a signature."""

    press = forms.UUIDField(widget=forms.HiddenInput)
    templates = forms.MultipleChoiceField(
        label="Which papers", help_text="Several, if the same people signed them on the same days.", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick which papers they are."},
    )  # fmt: skip
    why = forms.CharField(
        label="Only for a notice nobody signed: what you did, and why no signature came", help_text="Such as: asked twice; she wants to sign nothing.",
        required=False, max_length=400,
    )  # fmt: skip
    words = forms.CharField(label="Which version, in one line", help_text="If you know it. Such as: our consent of 2024.", required=False, max_length=200)
    language = forms.ChoiceField(label="Language of the paper", choices=[*LANGUAGES.items(), ("other", "Another")])
    file = forms.FileField(label="A scan, if you have one", required=False, help_text="PDF, PNG or JPEG, up to 10 MB. It is sealed like the record.")
    lies = forms.CharField(label="Where the paper lies, if you have no scan", help_text="Such as: in the paper chart, front.", required=False, max_length=200)
    seen = forms.BooleanField(
        label="I saw each paper myself, signed on these days. If nobody signed for the notice, I know that it was given.",
        error_messages={"required": "Tick that you saw them. Whoever saw a paper puts it on file."},
    )  # fmt: skip

    def __init__(self, kinds: Sequence[Kind], people: Sequence[Person], *args: Any, today: date, scanned: bool, too_large: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.today, self.scanned, self.too_large = people, today, scanned, too_large
        self.fields["press"].initial = uuid4
        choices = []
        for paper in (each.template for each in kinds if not each.template.authorization):
            choices.append((paper.id, paper.name))
            choices += [(f"{paper.id}:{how}", f"{paper.name}, {said}") for how, said in UNSIGNED.items() if paper.kind == "privacy_notice"]
        self.fields["templates"].choices = choices  # type: ignore[attr-defined]
        self.notice = {one for one, _ in choices if ":" in one}
        for one in people:
            self.fields[f"day-{one.id}"] = forms.DateField(label=f"{one.name}{_beside(one)}", required=False, widget=forms.DateInput(attrs=DAY))
        if scanned:
            del self.fields["file"]
            self.fields["lies"].label = "Where the paper itself lies"

    @property
    def days(self) -> list[Any]:
        """Return the fields for the day each person signed."""
        return [self[f"day-{one.id}"] for one in self.people]

    def clean(self) -> dict[str, Any]:
        """Check that somebody signed, on days that can be, that the paper can be found again, and that a notice nobody signed has its reason."""
        said = super().clean() or {}
        days = {one: said.get(f"day-{one.id}") for one in self.people}
        for one, day in days.items():
            if day and (why := one.cannot_have_signed(day, self.today)):
                self.add_error(f"day-{one.id}", why)
        if self.people and not any(days.values()) and not any(f"day-{one.id}" in self.errors for one in self.people):
            self.add_error(f"day-{self.people[0].id}", "Write at least one day: of whoever signed, or got the notice.")
        papers = said.get("templates", [])
        unsigned = self.notice & set(papers)
        if len({one.partition(":")[0] for one in papers}) < len(papers):
            self.add_error("templates", "Tick one line for the privacy notice: how it was.")
        if unsigned and not said.get("why", "").strip():
            self.add_error("why", "Write what you did to get a signature, and why none came. The rule asks for both.")
        if not unsigned and said.get("why", "").strip() and "templates" not in self.errors:
            self.add_error("why", "This is for a notice nobody signed. Choose that above, or empty this.")
        if self.too_large and not self.scanned:
            self.add_error("file", TOO_LARGE)
        if set(papers) - unsigned and not self.scanned and not said.get("file") and not said.get("lies", "").strip() and "file" not in self.errors:
            self.add_error("lies", "Attach a scan, or write where the paper lies, so that it can be found again.")
        return said

    def said(self) -> list[FromOutside]:
        """Return what is put on file, those that were signed first."""
        raw, found = self.cleaned_data, []
        days: dict[UUID, date] = {one.id: raw[f"day-{one.id}"] for one in self.people if raw.get(f"day-{one.id}")}
        for one in sorted(raw["templates"], key=self.notice.__contains__):
            template, _, unsigned = one.partition(":")
            lies, why = ("", raw["why"].strip()) if unsigned else (raw["lies"].strip(), "")
            found.append(FromOutside(template, days, OnFile(raw["words"].strip(), raw["language"], lies, unsigned, why)))
        return found


SAID = (
    ("culture", "About culture, faith or language"),
    ("family", "About family, and who must not know"),
    ("safety", "About safety"),
    ("identity", "About who they are, and how they want to be called"),
)


class TalkForm(forms.Form):
    """What was talked about: what was explained, what was asked back, and what the client said that changes how private things must stay."""

    explained = forms.MultipleChoiceField(label="What you explained", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, sheet: papers.Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.fields["explained"].choices = [(id, text.split("\n")[0]) for id, text in sheet.blocks]  # type: ignore[attr-defined]
        for one in sheet.questions:
            self.fields[f"asked-{one['id']}"] = forms.CharField(
                label=one["ask"], help_text="What they answered, in their words. Leave it empty if you did not ask.", required=False, max_length=600,
            )  # fmt: skip
        for name, said in SAID:
            self.fields[f"said-{name}"] = forms.CharField(label=said, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        """Check that something was written."""
        said = super().clean() or {}
        if not any(said.values()):
            raise forms.ValidationError("Nothing is written yet. Tick what you explained, or write what was said.")
        return said

    def said(self) -> dict[str, Any]:
        """Return the talk as it is kept."""
        raw, blocks = self.cleaned_data, dict(self.sheet.blocks)
        asked = [{"ask": one["ask"], "answer": raw[f"asked-{one['id']}"].strip()} for one in self.sheet.questions if raw[f"asked-{one['id']}"].strip()]
        told = {name: raw[f"said-{name}"].strip() for name, _ in SAID if raw[f"said-{name}"].strip()}
        return {"explained": [blocks[one] for one in raw["explained"]], "asked": asked, "said": told}
