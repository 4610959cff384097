"""A case told without saying whose: what tells who it is, found and given the same name each time; what nobody can tell, left to a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from . import dates, grown, numbers, places, wide
from .dates import between, day_of
from .found import Hit, settled
from .kinds import Kind
from .known import Known
from .names import POSSESSIVE, SAFE_WORDS, WORD, Names, plain, starts_sentence
from .words import ABBREVIATIONS, COMMON_TAIL, GIVEN, LARGE, MEDICINE, NAMES_TOO, STATES, TITLES, common

PERSON, PLACE, WORKPLACE, LEAVE = "person", "place", "workplace", "leave"
CHOICES = {
    PERSON: "Somebody: take it out", PLACE: "A place: take it out", WORKPLACE: "An employer or school: take it out", "date": "A date or great age: take it out",
    "number": "A number of one person: take it out", "picture": "A picture: take it out", "print": "A voice or body print: take it out",
    "rare": "True of one person: take it out", LEAVE: "Tells nobody: leave it",
}  # fmt: skip
CHOSEN = {
    PERSON: (Kind.NAME, "Person"), PLACE: (Kind.PLACE, "Place"), WORKPLACE: (Kind.NAME, "Workplace"), "date": (Kind.DATE, "a date"), "number": (Kind.OTHER, "Number"),
    "picture": (Kind.PICTURE, "picture"), "print": (Kind.BIOMETRIC, "body print"), "rare": (Kind.OTHER, "something known of one person"),
}  # fmt: skip
ALIKE = ("a date", "picture", "body print", "something known of one person")  # labels nobody needs told apart
TITLED = re.compile(rf"\b(?:{TITLES})\b\.?\s+[A-Z][\w’'\-]*\.?(?:\s+[A-Z][\w’'\-]+)*")
SEQUENCE = re.compile(
    r"(?:[A-Z]\.\s?)*[A-Z][^\W\d_]*(?:['’\-‑][^\W\d_]+)*(?:\s+(?:(?:de|la|las|los|del|van|von|der|den|bin|al|el|di|da)\s+)*(?:[A-Z]\.\s?)*[A-Z][^\W\d_]*(?:['’\-‑][^\W\d_]+)*)*"
)
SMALL_TITLED = re.compile(
    r"\b(?:mr|mrs|ms|mx|dr|prof|rev|fr)\b\.?\s+[a-z][\w’'\-]+|\b(?:aunt|uncle|tia|tio|grandma|grandpa|coach|officer|deputy|judge)\s+(?!and|or|who|is|was|said|says|died|has|had|in|at|on|to|for|with|of|came|from|that|then|will|about)[a-z]{3,}"
)
CAPS_TITLED = re.compile(
    r"\b(?:MR|MRS|MS|MX|DR|MISS|JUDGE|OFFICER|OFC|SGT|DET|CAPT|LT|DEPUTY|COACH|PASTOR|REV|FR|PROF|NURSE|AUNT|UNCLE|COUSIN)\b\.?\s+(?:(?:MR|MRS|MS|MX|DR|REV|FR)\b\.?\s+)?(?!AND\b|OR\b|WHO\b|IS\b|WAS\b|SAID\b|SAYS\b|HAS\b|HAD\b|IN\b|AT\b|ON\b|TO\b|FOR\b|WITH\b|OF\b|FROM\b|THAT\b|CAME\b|CALLED\b|WILL\b)[A-Z][A-Z’'\-]+\b\.?"
)
SMALL_WORD = re.compile(r"(?<![\w@./\-])[a-z](?:[^\W\d_]{2,}(?:['’\-][^\W\d_]+)*|['’][^\W\d_]{3,})(?![\w@/])")
ROLE = (  # a word in small letters after one of these is a name, unless it is a word of everyday
    "named|called|met|dating|married|boyfriend|girlfriend|bf|gf|fianc[eé]e?|partner|husband|hubby|wife|spouse|ex|brother|bro|sister|sis|son|daughter|dtr|kid|baby|twins?|mom|mum|mother|dad|father|stepmom|stepdad|stepfather|stepmother|aunt|auntie|uncle|cousin|nephew|niece"
    "|grandma|grandpa|gma|gpa|mamaw|papaw|meemaw|memaw|abuela|abuelo|gram|nana|friend|bestie|bff|buddy|roommates?|roomie|coworker|colleague|neighbor|boss|supervisor|manager|coach|teacher|principal|sponsor|pastor|priest|rabbi|imam|nurse|doctor|dr|officer|ofc|trooper|deputy|judge|lawyer|attorney|landlord|client|pt|patient|hi|hey|hello|dear|love|signed|thanks"
)
AFTER_ROLE = re.compile(rf"(?:\b(?:(?:in|near|from|{ROLE}|it[’']?s)[,:]?)|=|\bw/|\+)\s+[\"“(]?$", re.I)
GREETED = re.compile(r"\b(?:hi|hey|hello|dear)\s+$", re.I)
SURE_ROLE = re.compile(rf"(?:\b(?:{ROLE})|\bw/)\s+[\"“(]?$", re.I)
SCALE = re.compile(r"[A-Z][A-Z\-]{2,7}")
SCORE = re.compile(r"\s(?:(?:of|at|total|score)\s|[=:]\s?)?\d{1,3}(?:\.\d+)?(?![\w\-/:]|\s\d|[,.]\d)")
DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.\s?){2,3}(?![a-z])")
STATE_NAMES = frozenset(plain(word) for word in re.findall(r"\w+", STATES))


@dataclass(frozen=True)
class Group:
    """Questions of one kind: what they are called, why they are asked, and which of CHOICES answer them."""

    heading: str
    one: str
    many: str
    why: str
    choices: tuple[str, ...]


GROUPS = {
    wide.NAME: Group(
        "Names nobody knows", "name nobody knows", "names nobody knows", "The record does not know these. Nobody but you can say what they are.",
        (PERSON, PLACE, WORKPLACE, "number", LEAVE),
    ),
    wide.PLACE: Group(
        "Perhaps a place", "place, perhaps", "places, perhaps", "A street, a shelter, a clinic: anything smaller than a state tells where.", (PLACE, WORKPLACE, PERSON, LEAVE)
    ),
    wide.DATE: Group(
        "Perhaps a date, or an age over 89", "date or great age, perhaps", "dates or great ages, perhaps",
        "Only the year may stay of a date, and no age over 89 nor what tells it.", ("date", LEAVE),
    ),
    wide.NUMBER: Group(
        "Numbers and codes", "number or code", "numbers or codes", "A score or a dose may stay. A number given to one person or thing may not.", ("number", LEAVE)
    ),
    wide.PICTURE: Group(
        "Pictures spoken of", "picture spoken of", "pictures spoken of", "The case may say that there is a picture, but not what leads to it.", ("picture", LEAVE)
    ),
    wide.PRINT: Group(
        "Voices, fingers, faces on record", "voice or body print spoken of", "voices or body prints spoken of",
        "A recording or a scan is the person's own mark. Say whether this leads to one.", ("print", LEAVE),
    ),
    wide.RARE: Group(
        "True of few people", "thing true of few people", "things true of few people", "The only one, the first one, a prize, a mark on the skin: who knows it knows the name.",
        ("rare", LEAVE),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Replaced:
    """Everything that means the same, and what takes its place."""

    key: str
    kind: Kind
    said: tuple[str, ...]  # as it is written, each way once
    put: str
    known: bool
    times: int


@dataclass(frozen=True)
class Unknown:
    """What only a person can tell: a name nobody knows, a number, a date, a picture spoken of. `kind` is one of those in wide; it is shown until somebody says what it is."""

    key: str
    said: tuple[str, ...]
    times: int
    kind: str = wide.NAME
    around: str = ""  # the words in which it stands, where a part alone would say too little


@dataclass(frozen=True)
class Piece:
    """A stretch of the text as it goes out. `key` says what it is part of; empty for what was written so. `was` is what stood there."""

    was: str
    put: str
    key: str = ""
    unknown: bool = False


@dataclass(frozen=True)
class Found:
    """A text read through: its pieces in order, what is taken out, and what a person has to say."""

    pieces: tuple[Piece, ...]
    replaced: tuple[Replaced, ...]
    unknown: tuple[Unknown, ...]

    @property
    def text(self) -> str:
        """The text as a colleague would see it."""
        return "".join(piece.put for piece in self.pieces)


def read(text: str, known: Known, *, keep: Collection[str] = (), chosen: Mapping[str, str] | None = None) -> Found:
    """Return a text read through. `keep` holds keys of what somebody wants left in; `chosen` says of unknown names, by key, which of CHOICES they are."""
    names = Names(known)
    known_words = frozenset(names.owners)
    hits = grown.grown(text, settled((*names.hits(text), *dates.hits(text, known), *numbers.hits(text, known), *places.hits(text, known))))
    hits = [one for one in hits if text[one.start : one.end].strip()]
    strangers = list(_strangers(text, hits, known))
    groups = _groups(text, strangers)
    asked = wide.asks(
        text,
        [(one.start, one.end) for one in hits],
        strangers,
        known_words,
        hasty=_hasty(text),
        dated=[one.end for one in hits if one.kind is Kind.DATE],
        letters=list(names.asked(text)),
    )
    groups |= {one.start: one.key for one in asked}
    strangers = sorted((*strangers, *((one.start, one.end) for one in asked)))
    told = dict(chosen or {})
    made = [
        Hit(start, end, *_of(told[key]), f"chosen {told[key]} {key}", numbered=CHOSEN[told[key]][1] not in ALIKE)
        for start, end in strangers
        if (key := groups[start]) and told.get(key) in CHOSEN
    ]  # fmt: skip
    hits = sorted((*hits, *made), key=lambda one: one.start)
    labels = _labels(text, hits)
    keys = {stands: stands for stands in dict.fromkeys(one.stands_for for one in hits if not one.stands_for.startswith("chosen "))}
    pieces, at = [], 0
    open_names = [(start, end, groups[start]) for start, end in strangers if told.get(groups[start]) not in CHOSEN]
    spans: list[tuple[int, int, Hit | str]] = [*((one.start, one.end, one) for one in hits), *open_names]
    for start, end, what in sorted(spans, key=lambda one: one[0]):
        if start > at:
            pieces.append(Piece(text[at:start], text[at:start]))
        was = text[start:end]
        if isinstance(what, str):
            pieces.append(Piece(was, was, what, unknown=told.get(what) != LEAVE))
        else:
            key = keys.get(what.stands_for, what.stands_for.split(" ", 2)[-1])
            pieces.append(Piece(was, was if key in keep else f"[{labels[what.stands_for]}]", key))
        at = end
    pieces.append(Piece(text[at:], text[at:]))
    return Found(
        tuple(piece for piece in pieces if piece.was),
        tuple(_replaced(text, hits, labels, keys)),
        tuple(_unknown(text, strangers, groups, {one.key: one.around for one in asked})),
    )


def _of(choice: str) -> tuple[Kind, str]:
    return CHOSEN[choice]


def _strangers(text: str, hits: list[Hit], known: Known) -> Iterator[tuple[int, int]]:
    covered = [(one.start, one.end) for one in hits]
    small = {plain(word) for word in re.findall(r"(?<![\w])[a-z][^\W\d_]+", text)}
    found: list[tuple[int, int]] = []
    low = _hasty(text)
    roles = {  # whoever is named once after a role is the same elsewhere: gf june; june in june
        key
        for match in SMALL_WORD.finditer(text)
        if low and SURE_ROLE.search(text[max(0, match.start() - 16) : match.start()]) and (key := plain(POSSESSIVE.sub("", match.group()))) in NAMES_TOO | GIVEN
    }  # fmt: skip
    for match in SMALL_WORD.finditer(text):
        key = plain(POSSESSIVE.sub("", match.group()))
        if _everyday_small(match.group()):
            continue
        before = text[max(0, match.start() - 16) : match.start()]
        greeted = GREETED.search(before) is not None and key not in KIN and key not in common() and len(key) > 2
        role = low and SURE_ROLE.search(before) is not None
        if (
            key in roles
            or greeted
            or (AFTER_ROLE.search(before) and _odd(key))
            or (role and len(key) > 2 and (key in GIVEN or key in NAMES_TOO or _odd(key, tails=False)))
            or (key in GIVEN and key not in common() and key not in LARGE)
            or (low and _odd(key))
        ):
            for start, end in _uncovered(*match.span(), covered):
                if (start, end) == match.span():
                    end -= len((POSSESSIVE.search(match.group()) or [""])[0])
                    if found and re.fullmatch(r"\s+", text[found[-1][1] : start]):
                        found[-1] = (found[-1][0], end)
                    else:
                        initial = re.compile(r"\s+[a-z]\.(?!\w)").match(text, end)
                        found.append((start, initial.end() if initial else end))
    for match in SMALL_TITLED.finditer(text):
        for start, end in _uncovered(*match.span(), covered):
            inside = [one for one in found if one[0] < end and start < one[1]]
            if start == match.start() and not any(plain(word) in common() for word in match.group().split()[1:]):
                found = [one for one in found if one not in inside] + [(start, max([end, *(one[1] for one in inside)]))]
    for match in CAPS_TITLED.finditer(text):
        for start, end in _uncovered(*match.span(), covered):
            if start == match.start() and not any(start < other[1] and other[0] < end for other in found):
                found.append((start, end))
    for pattern in (TITLED, DOTTED, SEQUENCE):
        for match in pattern.finditer(text):
            for start, end in _uncovered(match.start(), match.end(), covered):
                for span in _named(text, start, end, small, pattern):
                    for left in _uncovered(*span, sorted(found)) if any(span[0] < other[1] and other[0] < span[1] for other in found) else [span]:
                        first = left[0] + len(text[slice(*left)]) - len(text[slice(*left)].lstrip())
                        if re.search(r"\w{2}", text[first : left[1]]):
                            found.append((first, left[1]))
    until = 0
    large = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    for start, end in sorted(found):
        if not large and SCALE.fullmatch(text, start, end) and SCORE.match(text, end):
            continue  # a scale and what it came to
        for first, last in _uncovered(*grown.stranger(text, max(start, until), end), covered) if end > until else ():
            if first < end and start < last:
                yield max(first, until), last
                until = last


def _uncovered(start: int, end: int, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = start
    for first, last in covered:
        if last <= at or first >= end:
            continue
        if first > at:
            yield at, first
        at = max(at, last)
    if at < end:
        yield at, end


def _named(text: str, start: int, end: int, small: set[str], pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words, within a stretch in capitals, that may name somebody or something."""
    if pattern is DOTTED and plain(text[start:end]) not in ABBREVIATIONS and len(plain(text[start:end])) > 1:
        yield start, start + len(text[start:end].rstrip())
        return
    if pattern is TITLED:
        words = list(WORD.finditer(text, start, end))
        short = re.match(r"(?:Mr|Mrs|Ms|Mx|Dr|Miss|Prof|Fr|Rev|Det|Sgt|Lt|Capt|Sra|Srta)\b", text[start:end]) is not None
        names = [word for word in words[1:] if word.group()[:1].isupper() and plain(word.group()) not in SAFE_WORDS]
        if any(plain(word.group()) not in LARGE and plain(word.group()) not in common() and word.group().lower() not in ABBREVIATIONS for word in names) or (
            names and (short or (not starts_sentence(text, start) and any(len(word.group()) == 1 or plain(word.group()) in NAMES_TOO for word in names)))
        ):
            yield start, end - len((POSSESSIVE.search(text[start:end]) or [""])[0])
        return

    heading = _heading(text, start)
    run: list[re.Match[str]] = []
    strange = False
    for word in (*WORD.finditer(text, start, end), None):
        if word is not None and (
            _stranger(text, word, small, heading) or _beside(text, word, heading) or (run and word.group()[:1].islower() and len(word.group()) < 4)
        ):
            run.append(word)
            strange = strange or _stranger(text, word, small, heading)
            continue
        while run and (run[-1].group()[:1].islower() or (not strange and _everyday(run[-1].group()))):
            run.pop()
        if run and (strange or (len(run) > 1 and not any(_everyday(one.group()) for one in run))):
            last = text[run[0].start() : run[-1].end() - len((POSSESSIVE.search(run[-1].group()) or [""])[0])]
            dot = len(run[-1].group()) == 1 and text[run[-1].end() : run[-1].end() + 1] == "."
            yield run[0].start(), run[0].start() + len(last) + dot
        run, strange = [], False


def _hasty(text: str) -> bool:
    """Tell whether somebody wrote in small letters: then they say nothing of what is a name."""
    if sum(map(str.isupper, text)) * 60 < sum(map(str.islower, text)):
        return True  # as a dictation comes out, without a mark
    heads = re.findall(r"(?:^|[.!?]\s+|\n\s*)[\"“(]?([^\W\d_])", text)
    return len(heads) > 2 and sum(one.islower() for one in heads) * 2 >= len(heads)


def _everyday_small(word: str) -> bool:
    """Tell whether a word in small letters is a weekday, a state, or made of words of every day: tuesday, ohio, follow-up."""
    parts = [plain(part) for part in re.split(r"[-‑]", word)]
    if len(parts) > 1:
        return all(part in common() or part in ABBREVIATIONS or part in LARGE or len(part) < 3 for part in parts)
    return (parts[0].removesuffix("s").endswith("day") and parts[0].removesuffix("s") in SAFE_WORDS) or (
        parts[0] in STATE_NAMES and parts[0] not in GIVEN and parts[0] not in NAMES_TOO
    )


def _odd(key: str, *, tails: bool = True) -> bool:
    stems = (key, key[:-1] if key.endswith("s") else key, key[:-2] if key.endswith(("es", "ed")) else key, key[:-3] if key.endswith("ing") else key)
    return (
        len(key) > 2
        and not any(stem in common() or stem in LARGE or stem in ABBREVIATIONS or stem in NAMES_TOO for stem in stems)
        and not (tails and (COMMON_TAIL.search(key) or MEDICINE.search(key)))
    )


def _beside(text: str, match: re.Match[str], heading: bool) -> bool:
    """Tell whether a word in capitals belongs to a name beside it: West Colfax, Mother Alder, T. Abelard, First Lutheran."""
    word = match.group()
    if not word[:1].isupper() or word in ("I", "I'm", "I’m", "I'd", "I’d", "I'll", "I’ll", "I've", "I’ve") or plain(word) in SAFE_WORDS:
        return False
    if heading or starts_sentence(text, match.start()):
        return plain(word) in KIN or (len(word) == 1 and text[match.end() : match.end() + 1] == ".")
    return not (word.isupper() and len(word) > 1 and word.lower() in ABBREVIATIONS)


def _everyday(word: str) -> bool:
    key = POSSESSIVE.sub("", word).lower()
    return key in LARGE or key in ABBREVIATIONS or plain(key) in STATE_NAMES or len(key) == 1


KIN = frozenset(
    "mom mother mama dad father papa grandma grandmother granny nana grandpa grandfather aunt auntie uncle cousin sister brother mr mrs ms dr deacon coach".split()
)


def _stranger(text: str, match: re.Match[str], small: set[str], heading: bool) -> bool:
    word = match.group()
    bare = POSSESSIVE.sub("", word)
    key = plain(bare)
    parts = [plain(part) for part in re.split(r"[-‑]", bare)]
    if not bare[:1].isupper() or len(key) < 2 or key in SAFE_WORDS:
        return False
    if (
        (bare.lower() in ABBREVIATIONS and (sum(sign.isupper() for sign in bare) > 1 or first_said(bare)))
        or bare.lower() in LARGE
        or word.lower() in LARGE
        or (key in STATE_NAMES and key not in GIVEN)
    ):
        return False
    if re.search(r"['’](?:m|ll|d|re|ve|t)$", word, re.I) and plain(re.split("['’]", word)[0]) in common() | {
        "i",
        "he",
        "she",
        "it",
        "they",
        "we",
        "you",
        "don",
        "can",
        "won",
        "isn",
    }:
        return False
    if len(parts) > 1 and all(part in common() or part in LARGE or part in ABBREVIATIONS or len(part) < 2 for part in parts):
        return False
    ordinary = (
        key in common()
        or key in LARGE
        or key in small
        or (key.endswith("s") and (key[:-1] in common() or key[:-1] in LARGE or key[:-1] in ABBREVIATIONS))
        or (key in ABBREVIATIONS and not bare[1:].islower())
    )
    first = heading or (starts_sentence(text, match.start()) and not re.search(r"\b[A-Z]\.\s*$", text[max(0, match.start() - 5) : match.start()]))
    if key in GIVEN:
        return True
    if key in NAMES_TOO:
        return not (first and re.match(r"\s+(?:she|he|they|it|we|you|I|the|a|an|this|that|not|be|there|her|his)\b", text[match.end() :]))
    if first:
        if not ordinary and re.match(r"\s+[A-Z][a-z]", text[match.end() :]):
            return True
        return (
            not ordinary
            and (not COMMON_TAIL.search(key) or _unlike_words(key))
            and not (MEDICINE.search(key) and re.match(r"\s*(?:\d|\(|,\s*\d|x?[rl]\b)", text[match.end() :]))
        )
    if word.isupper() and len(word) > 3 and ordinary:
        return False
    return not ordinary


def _unlike_words(key: str) -> bool:
    """Tell whether a word that ends like a verb has no word before the ending: Fleming, Jared."""
    found = re.fullmatch(r"(\w{2,})(ing|ed|ly)", key)
    stem = found[1] if found else ""
    return bool(stem) and not ({stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem, stem[:-1] + "y"} & common()) and len(key) < 9


def first_said(bare: str) -> bool:
    """Tell whether an abbreviation is written with its first letter large: Hx, Dx, Pt."""
    return bare.lower() in {
        "hx",
        "dx",
        "rx",
        "tx",
        "sx",
        "fx",
        "pt",
        "ssi",
        "tele",
        "al-anon",
        "er",
        "or",
        "in",
        "me",
        "hi",
        "oh",
        "ok",
        "id",
        "as",
        "do",
        "it",
        "us",
    }


def _heading(text: str, start: int) -> bool:
    begins, ends = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    line = text[begins : ends if ends >= 0 else len(text)].strip()
    words = re.findall(r"[^\W\d_]{4,}", line)
    return bool(words) and len(line) < 70 and all(word[0].isupper() for word in words) and not line.endswith(".")


def _groups(text: str, spans: list[tuple[int, int]]) -> dict[int, str]:
    """Return which name each stretch belongs to: one name inside another is the same."""
    names = {start: _bare(text[start:end]) for start, end in spans}
    whole = sorted(set(names.values()), key=lambda name: (-len(name.split()), name))
    group: dict[str, str] = {}
    for name in whole:
        bigger = [one for one in whole if one != name and set(name.split()) < set(one.split())]
        group[name] = group.get(bigger[0], bigger[0]) if len({group.get(one, one) for one in bigger}) == 1 and bigger else name
    return {start: f"name {group[name]}" for start, name in names.items()}


def _bare(told: str) -> str:
    return " ".join(plain(POSSESSIVE.sub("", word)) for word in re.sub(rf"^(?:(?:{TITLES})\.?\s+)+", "", told).split()) or plain(told)


def _unknown(text: str, spans: list[tuple[int, int]], groups: Mapping[int, str], around: Mapping[str, str]) -> Iterator[Unknown]:
    for key in dict.fromkeys(groups[start] for start, _ in spans):
        mine = [text[start:end] for start, end in spans if groups[start] == key]
        yield Unknown(key, tuple(dict.fromkeys(mine)), len(mine), key.split(" ", 1)[0], around.get(key, ""))


def _labels(text: str, hits: list[Hit]) -> dict[str, str]:
    """Return what takes the place of each meaning: one label each, told apart by letters or, for dates, by what lies between."""
    labels: dict[str, str] = {}
    counts: dict[str, int] = {}
    anchor = None
    many = {label: len({one.stands_for for one in hits if one.label == label and one.numbered}) for label in {one.label for one in hits}}
    for one in hits:
        if one.stands_for in labels:
            continue
        counts[one.label] = counts.get(one.label, 0) + 1
        if not one.numbered:
            labels[one.stands_for] = one.label
        elif one.label == "Date":
            day = day_of(text[one.start : one.end])
            span = between(anchor[0], day) if anchor and day else ""
            labels[one.stands_for] = f"Date {counts['Date']}" + (f", {span} Date {anchor[1]}" if span and anchor else "")
            anchor = anchor or ((day, counts["Date"]) if day else None)
        else:
            labels[one.stands_for] = (
                f"{one.label} {_letter(counts[one.label])}" if many[one.label] > 1 or one.label in ("Town", "Person", "Place") else one.label
            )
    return labels


def _letter(count: int) -> str:
    return chr(64 + count) if count < 27 else f"{chr(64 + (count - 1) // 26)}{chr(65 + (count - 1) % 26)}"


def _replaced(text: str, hits: list[Hit], labels: Mapping[str, str], keys: Mapping[str, str]) -> Iterator[Replaced]:
    for stands, key in keys.items():
        mine = [one for one in hits if one.stands_for == stands]
        said = tuple(dict.fromkeys(text[one.start : one.end] for one in mine))
        yield Replaced(key, mine[0].kind, said, f"[{labels[stands]}]", any(one.known for one in mine), len(mine))
