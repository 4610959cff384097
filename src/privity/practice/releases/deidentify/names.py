"""Names the record knows, however they are written: whole or in part, short forms, initials, possessives, hyphens, one slip of the keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from .found import Hit
from .kinds import Kind
from .known import Known
from .letters import glued, lone, together
from .words import ABBREVIATIONS, GIVEN, NAMES_TOO, SHORT_FORMS, TITLES, common

WORD = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W\d_]+)*")
POSSESSIVE = re.compile(r"['’]s?$|['’]S$", re.I)
PARTICLES = frozenset("de la las los del der den van von di da dos du le el al bin ibn y e st san".split())
GAP = re.compile(
    r"\s+v(?:s|ersus)?\.?\s+|(?:\s*,\s*|\s+|\s*[-‑]\s*)(?:[A-Z]\.?\s+|(?:de|la|las|los|del|der|den|van|von|di|da|dos|du|le|el|al|bin|y|e|[“\"(']\s*)\s*)*(?:[“\"(‘'])?|\.\s?|[”\"’')]\s*"
)
SMALL_AFTER = re.compile(r"\s+(?:she|he|they|it|we|you|i|the|a|an|this|that|not|be|there|her|his|their|my|is it|for|of|on)\b", re.I)
BEFORE_LETTER = re.compile(
    r"(?:vitamin|hepatitis|plan|option|type|part|section|group|grade|appendix|criterion|criteria|item|cluster|step|exhibit|schedule|column)\s+$", re.I
)
TITLE = re.compile(rf"(?:\b(?:{TITLES})\b\.?\s+)+$")
TITLED_LETTER = re.compile(rf"\b(?:{TITLES})\.?\s+([A-Z])\b\.?")
SLIP_FROM = 5  # letters


def plain(word: str) -> str:
    """Return a word small, without accents and apostrophes."""
    small = word.casefold()
    if small.isascii():
        return small if small.isalpha() else "".join(filter(str.isalpha, small))
    small = unicodedata.normalize("NFKD", small)
    return "".join(sign for sign in small if sign.isalpha())


def small(text: str) -> str:
    """Return a text in small letters, every sign at its own place: patterns without regard to size run quicker over it."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def one_slip(one: str, other: str) -> bool:
    """Tell whether one word becomes the other by one slip: a letter more, less, another, or two turned round."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and len(a) > 1 and len(b) > 1 and a[2:] == b[2:])


@dataclass
class Names:
    """Every word by which a record's people go, and whose it is."""

    known: Known
    owners: dict[str, set[int]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    letters: list[set[str]] = field(default_factory=list)  # initials of whole names
    firsts: list[set[str]] = field(default_factory=list)
    lasts: list[set[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        parts = [person.part for person in self.known.people]
        for at, person in enumerate(self.known.people):
            again = parts[:at].count(person.part)
            self.labels.append(f"{person.part} {again + 1}" if parts.count(person.part) > 1 else person.part)
            letters, firsts, lasts = set(), set(), set()
            for name in person.names:
                bare = re.sub(rf"^(?:(?:{TITLES})\.?\s+)+", "", name.strip())
                words = [word for word in WORD.findall(bare) if len(plain(word)) > 1 or len(WORD.findall(bare)) == 1]
                if (title := WORD.match(name.strip())) and plain(title.group()) in NAMES_TOO | GIVEN and bare != name.strip():
                    words = [title.group(), *words]  # Dean Brandvold: perhaps no dean
                split = [piece for word in words for piece in (word, *re.split(r"[-‑]", word))]
                for word in split:
                    if len(plain(word)) > 1 and plain(word) not in PARTICLES:
                        self.owners.setdefault(plain(word), set()).add(at)
                for word in words[:1]:
                    for short in SHORT_FORMS.get(plain(word), "").split():
                        self.owners.setdefault(short, set()).add(at)
                every = [word for word in WORD.findall(bare) if plain(word) not in PARTICLES]
                if len(every) > 1:
                    letters.add("".join(word[0] for word in every).upper())
                    letters.add((every[0][0] + every[-1][0]).upper())
                    letters.add((every[0][0] + every[1][0]).upper())
                    lasts.add(every[-1][0].upper())
                if every:
                    firsts.add(every[0][0].upper())
            self.letters.append(letters)
            self.firsts.append(firsts)
            self.lasts.append(lasts)

    @cached_property
    def slips(self) -> Mapping[str, set[int]]:
        """The words long enough to be known with a slip in them."""
        return {word: who for word, who in self.owners.items() if len(word) >= SLIP_FROM - 1}

    def owners_of(self, word: str, text: str, start: int, end: int) -> set[int]:
        """Return whose name a word is, or nobody's."""
        bare = POSSESSIVE.sub("", word)
        key = plain(bare)
        large, small = word[:1].isupper(), key in common() or key in NAMES_TOO
        for form in (key, *([key[:-1]] if key.endswith("s") and len(key) > 4 else []), *([key[:-2]] if key.endswith("es") and len(key) > 5 else [])):
            if form in self.owners:
                if not large and (len(form) < 3 or ((small or form in common()) and not _acts(text, start, end))):
                    return set()
                if small and starts_sentence(text, start) and SMALL_AFTER.match(text, end) and not word.isupper():
                    return set()
                if form != key and key in common():
                    return set()
                return self.owners[form]
        if (
            large
            and len(key) > 4
            and not small
            and (longer := {who for known, whose in self.owners.items() if len(known) > len(key) + 2 and known.startswith(key) for who in whose})
        ):
            return longer
        if large and len(key) >= SLIP_FROM and not small and key not in SAFE_WORDS and key not in ABBREVIATIONS:
            return {who for known, whose in self.slips.items() if abs(len(key) - len(known)) < 2 and one_slip(key, known) for who in whose}
        return set()

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield every stretch that names somebody."""
        run: list[tuple[int, int, set[int]]] = []
        for match in WORD.finditer(text):
            for start, end in self._pieces(text, match):
                who = self.owners_of(text[start:end], text, start, end)
                if not who:
                    continue
                if run and run[-1][2] & who and GAP.fullmatch(text, run[-1][1], start):
                    run[-1] = (run[-1][0], end, run[-1][2] & who)
                else:
                    run.append((start, end, who))
        for start, end, who in run:
            yield self._hit(text, *self._wider(text, start, end, who), who)
        yield from self._initials(text)
        yield from self._glued(text)
        yield from self._told(text)

    def _pieces(self, text: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
        word = match.group()
        if not re.search(r"[-‑]", word) or plain(POSSESSIVE.sub("", word)) in self.owners:
            yield match.span()
            return
        parts, at = re.split(r"[-‑]", word), match.start()
        spans = []
        for part in parts:
            spans.append((at, at + len(part)))
            at += len(part) + 1
        mine = [bool(self.owners_of(part, text, *span)) for part, span in zip(parts, spans, strict=True)]
        if any(mine) and all(part[:1].isupper() for part in parts):  # a double name of which the record has one half
            inside = next(span for span, own in zip(spans, mine, strict=True) if own)
            yield (match.start(), match.end()) if self.owners_of(text[slice(*match.span())], text, *match.span()) else inside
            return
        yield from spans

    def _wider(self, text: str, start: int, end: int, who: set[int]) -> tuple[int, int]:
        while (hyphen := re.compile(r"[-‑][A-Z][^\W\d_]+").match(text, end)) is not None:
            end = hyphen.end()
        while (hyphen := re.search(r"\b[A-Z][^\W\d_]+[-‑]$", text[max(0, start - 60) : start])) is not None:
            start -= len(hyphen.group())
        last = {letter for one in who for letter in self.lasts[one]}
        if (letter := re.compile(r"\s+([a-z])(?:\.(?!\w)|(?=[\"”'’,;)\n]|$))").match(text, end)) and letter[1].upper() in last and text[start].islower():
            end = letter.end()
        if (after := re.compile(r"\s+([A-Z])(?:\.(?![\w])|(?=['’]s\b)|\b(?![.'’\w]))").match(text, end)) and after[1] in last:
            end = after.end()
        first = {letter for one in who for letter in self.firsts[one]}
        if (small := re.search(r"(?<![\w.])([a-z])\.\s?$", text[max(0, start - 5) : start])) and small[1].upper() in first and text[start].islower():
            start -= len(small.group())
        if (before := re.search(r"\b([A-Z])\.?\s+(?:[A-Z]\.\s+)?$", text[max(0, start - 60) : start])) and before[1] in first:
            start -= len(before.group())
        while particle := re.search(r"\b(?:de|la|las|los|del|der|den|van|von|di|da|dos|du|al|bin)\s+$", text[max(0, start - 60) : start], re.I):
            start -= len(particle.group())
        if titled := TITLE.search(text[max(0, start - 60) : start]):
            start -= len(titled.group())
        return start, end

    def _hit(self, text: str, start: int, end: int, who: set[int]) -> Hit:
        end -= len(tail[0]) if (tail := re.search(r"['’]s$", text[start:end])) else 0
        one = min(who)
        label = self.labels[one] if len(who) == 1 else "Family name"
        return Hit(start, end, Kind.NAME, label, f"person {one}" if len(who) == 1 else "family name", known=True, numbered=False)

    def _initials(self, text: str) -> Iterator[Hit]:
        for at, _ in enumerate(self.known.people):
            for letters in self.letters[at]:
                spaced = r"\.\s?".join(letters)
                for match in () if f"{letters[0]}." not in text else re.finditer(rf"(?<![\w.]){spaced}(?:\.[A-Z](?![a-z]))*(?:\.|(?![\w]))", text):
                    yield self._hit(text, *match.span(), {at})
                if letters in text and letters.lower() not in ABBREVIATIONS:
                    for match in re.finditer(rf"(?<![\w.\-/]){letters}(?![\w\-/]|\s+\d)", text):
                        yield self._hit(text, *match.span(), {at})
        singles: dict[str, set[int]] = {}
        for at, _ in enumerate(self.known.people):
            for letter in self.firsts[at]:
                singles.setdefault(letter, set()).add(at)
        for letter, who in singles.items():
            if not any(f"{letter}{after}" in text for after in (".", "'", "’", " ")):
                continue
            for match in re.finditer(rf"(?<![\w.&/\-]){letter}(?:\.(?=\s+[a-z])|\.(?=['’]s\b)|(?=['’]s\b)|\.(?=,|\s*\())", text):
                if not BEFORE_LETTER.search(text[max(0, match.start() - 60) : match.start()]) and not re.search(
                    r"[A-Z]\.\s*$|[A-Z][a-z]+\s+$|\d\s?(?:yo|y/o)?\s*$", text[max(0, match.start() - 60) : match.start()]
                ):
                    yield self._hit(text, *match.span(), who)
            if letter != "I" and letter != "A":
                for match in re.finditer(
                    rf"(?<=[a-z,;] ){letter}(?= (?:said|says|is|was|has|had|and|reports|reported|states|feels|felt|told|will|would|did)\b)", text
                ):
                    if not BEFORE_LETTER.search(text[max(0, match.start() - 60) : match.start()]):
                        yield self._hit(text, *match.span(), who)
        titled: dict[str, set[int]] = {}
        for at, _ in enumerate(self.known.people):
            for letter in self.lasts[at] | self.firsts[at]:
                titled.setdefault(letter, set()).add(at)
        for match in TITLED_LETTER.finditer(text):
            if match[1] in titled and not re.match(r"[a-z]", text[match.end() : match.end() + 1]):
                yield self._hit(text, *match.span(), titled[match[1]])

    def _glued(self, text: str) -> Iterator[Hit]:
        """Names run together with others or with numbers, as in handles and names of files."""
        long = [word for word in self.owners if len(word) > 3 and word not in common()]
        for match in re.finditer(r"[@#]?\w+(?:[._\-]\w+)*", text):
            small = plain(match.group())
            joined = re.search(r"[\d_@#]|\w\.\w", match.group())
            inside = [word for word in long if word in small and word != small]
            if (inside and (joined or len(set(inside)) > 1) and not re.fullmatch(r"[^\W\d_]+(?:[-.][^\W\d_]+)?", match.group())) or (
                len({who for word in inside for who in [word]}) > 1 and " " not in match.group() and "-" not in match.group()
            ):
                yield Hit(match.start(), match.end(), Kind.OTHER, "Handle", small, known=True)

    @cached_property
    def singles(self) -> Mapping[str, set[int]]:
        """Whose each first letter of a given name or a surname is."""
        singles: dict[str, set[int]] = {}
        for at, _ in enumerate(self.known.people):
            for letter in self.firsts[at] | self.lasts[at]:
                singles.setdefault(letter, set()).add(at)
        return singles

    def asked(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield letters that may stand for somebody's name, to be asked about."""
        yield from ((start, end) for start, end, _, sure in lone(text, self.singles) if not sure)

    def _told(self, text: str) -> Iterator[Hit]:
        for start, end, who, sure in lone(text, self.singles):
            if sure:  # with what says that it is somebody's: a letter and an s are no word by themselves
                yield replace(self._hit(text, start, end, who), end=end + 2 * text.startswith(("'s", "’s"), end))
        initials: dict[str, set[int]] = {}
        for at, mine in enumerate(self.letters):
            for told in mine:
                initials.setdefault(told, set()).add(at)
        for start, end, who in together(text, initials, harmless()):
            yield self._hit(text, start, end, who)
        pairs = {
            at: {(words[0], words[-1]) for name in person.names if len(words := [plain(word) for word in WORD.findall(name) if len(plain(word)) > 1]) > 1}
            for at, person in enumerate(self.known.people)
        }
        for start, end in glued(text, pairs, self.owners, common()):
            yield Hit(start, end, Kind.OTHER, "Handle", plain(text[start:end]), known=True)


NOT_INITIALS = frozenset(
    "am pm eg ie us uk po qd bid tid qid prn hs so dob aka nb rto wrt etc ca vs iq ba ma phd md rn od os im iv sc cc cf ps pps ad bc ce la da sa dc ny hx dx tx rx sx io ao nos ot pt tv"
    " mg ml kg lb lbs oz cm mm ft km hr hrs wk wks mo mos yr yrs ed er or pa np pcp bf gf ex yo st nd rd th do dr mr ms jr sr id ok re pe ph cp ap lp gp bp hr rr bm bs sob si hi sib ha va dv ac tc fu wnl rt lt bl ll lr rl ne nw se sw al el de du von ab ob gyn icu nicu pic pc mc dj cd ct mri ep em vp hc sm ts tb tp pb pd pi ch cl cn co cr cs cv dm ds ee eu fb fm fx ga gi gm gr gs gt hb hd hk hp ia ir is it iu ks ky ld le li lo ls lv me mi mn mp mr mt mv nc nh ni nj nm no np ns oh on op pl pp pr pv qa ra rb ri rn ro rv sd sf sg sl sn sp ss su sv ta td tf ti tn to tr ut vt wa wc wi wo wv ya ye".split()
)


@cache
def harmless() -> frozenset[str]:
    """Return what letters run together may be that name nobody."""
    return ABBREVIATIONS | common() | NOT_INITIALS


ACTS = re.compile(
    r"\s+(?:(?!need|indeed|red|bed|feed)\w{3,}ed|did|said|says|was|has|had|came|went|told|feels|felt|got|took|left|didn['’]?t|wasn['’]?t|isn['’]?t|thinks|knows|wants|keeps|lives|works|reports|states|denies|and (?:his|her)|will)\b"
)
THING = re.compile(
    r"\b(?:a|an|the|this|that|his|her|their|my|our|your|its|any|no|some|more|all|of|in|with|without|for|to|and|he|she|they|it|we|you|i|who|which|who|what)\s+$",
    re.I,
)


def _acts(text: str, start: int, end: int) -> bool:
    """Tell whether a word in small letters that is also a name does something, as in a note typed in haste: will arrived late."""
    return bool(ACTS.match(text, end)) and not THING.search(text[max(0, start - 12) : start])


SAFE_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split()
)


def starts_sentence(text: str, start: int) -> bool:
    """Tell whether a word at this place is the first of a sentence, a line, or what is quoted."""
    before = text[max(0, start - 200) : start].rstrip(" \t")
    if before.endswith("\n"):  # a line that was only wrapped goes on
        line = before.rstrip("\n").rpartition("\n")[2].rstrip()
        if len(line) > 45 and line[-1] not in '.!?:;”"' and not before.endswith("\n\n"):
            return False
    return not before or before[-1] in '.!?:\n;•–—("“‘[*|' or bool(re.search(r"(?:[.!?:]|^|\n)[\"“”‘’')\]]+$|(?:^|\n)\s*(?:[-*#>]+|\d+[.)])$", before))
