"""How hard a text is to read: counted, never guessed. Reads no clock, no file and no database.

English: the grade of Flesch and Kincaid (Kincaid et al. 1975). Spanish has other words and another ear, so it is measured by tools made for it: the
school grade of Crawford (1984) and the INFLESZ scale (Szigriszt-Pazos 1992, Barrio-Cantalejo et al. 2008), of which 65 and more is "fairly easy".
A number is not understanding; therefore the papers ask back as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

LANGUAGES = {"en": "English", "es": "Español"}
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*")
END = re.compile(r"[.!?…]+[\"”’)»]*(?=\s|$)|\n+")
SHORT = re.compile(r"\b(Dr|Dra|Mr|Mrs|Ms|St|Sr|Sra|Art|Civ|Welf|Inst|Fam|Cal|vs|a\.m|p\.m|U\.S|C\.R\.S|EE\.UU)\.", re.IGNORECASE)


@dataclass(frozen=True)
class Bars:
    """What a text may reach at the most; `ease` at the least."""

    grade: float
    longest: int
    average: float
    hard: float
    ease: float


CORE = {"en": Bars(6.0, 25, 12.0, 0.05, -inf), "es": Bars(6.0, 25, 12.0, 1.0, 65.0)}  # hard words are a bar in English alone: Spanish words are longer
ANNEX = {"en": Bars(8.0, 40, 20.0, 1.0, -inf), "es": Bars(8.0, 40, 20.0, 1.0, 55.0)}


@dataclass(frozen=True)
class Reading:
    """What was counted in a text. `hard` is the share of words of three syllables or more, names left out; `ease` is the language's own scale."""

    language: str
    words: int
    sentences: int
    syllables: int
    longest: int
    hard: float
    grade: float
    ease: float

    @property
    def average(self) -> float:
        """Words in a sentence, on average."""
        return self.words / self.sentences if self.sentences else 0.0

    def over(self, bars: Bars) -> tuple[str, ...]:
        """Return what is over the bars, each as one sentence; nothing where all is well."""
        found = [
            (self.grade > bars.grade, f"Grade {self.grade:.1f}. Up to {bars.grade:g} is right."),
            (self.longest > bars.longest, f"The longest sentence has {self.longest} words. Up to {bars.longest} is right."),
            (self.average > bars.average, f"A sentence has {self.average:.1f} words on average. Up to {bars.average:g} is right."),
            (self.hard > bars.hard, f"{self.hard:.0%} of the words have three syllables or more. Up to {bars.hard:.0%} is right."),
            (self.ease < bars.ease, f"INFLESZ {self.ease:.0f}. At least {bars.ease:g} is right."),
        ]
        return tuple(said for over, said in found if over and self.words)


def measure(text: str, language: str) -> Reading:
    """Return what is counted in a text in English (`en`) or Spanish (`es`)."""
    said = [words for sentence in _sentences(text) if (words := WORD.findall(sentence))]
    count = syllables_es if language == "es" else syllables_en
    number = sum(len(sentence) for sentence in said)
    if not number:
        return Reading(language, 0, 0, 0, 0, 0.0, 0.0, 0.0)
    heard = [(word, at, count(word)) for sentence in said for at, word in enumerate(sentence)]
    sounds = sum(n for _, _, n in heard)
    hard = sum(n >= 3 and not _is_name(word, at) for word, at, n in heard)
    in_one, sound = number / len(said), sounds / number
    if language == "es":
        grade, ease = -0.205 * (100 / in_one) + 0.049 * (100 * sound) - 3.407, 206.835 - 62.3 * sound - in_one
    else:
        grade, ease = 0.39 * in_one + 11.8 * sound - 15.59, 206.835 - 1.015 * in_one - 84.6 * sound
    return Reading(language, number, len(said), sounds, max(len(sentence) for sentence in said), hard / number, max(0.0, grade), ease)


def _sentences(text: str) -> list[str]:
    """Return a text's sentences. A line that ends, ends its sentence: a heading or a list's item is read by itself."""
    return END.split(SHORT.sub(lambda found: found[0].replace(".", ""), text))


def _is_name(word: str, at: int) -> bool:
    return at > 0 and word[:1].isupper()


# --- syllables ---------------------------------------------------------------------------------------------------

# Words the rules below count wrong, by ear.
BY_EAR = {
    "apply": 2, "area": 3, "before": 2, "being": 2, "business": 2, "client": 2, "clients": 2, "create": 2, "created": 3, "different": 3, "doing": 2,
    "every": 2, "everyone": 3, "everything": 3, "evening": 2, "giant": 2, "going": 2, "idea": 3, "ideas": 3, "january": 4, "medicine": 3, "medicines": 3,
    "museum": 3, "fluid": 2, "one": 1, "once": 1, "poem": 2, "poet": 2, "quiet": 2, "ratio": 3, "real": 1, "really": 2, "ruin": 2, "science": 2, "seeing": 2,
    "suicide": 3, "someone": 2, "something": 2, "sometimes": 2, "sometime": 2, "somewhere": 2, "theater": 3, "trial": 2, "video": 3, "videos": 3, "maybe": 2,
    "hour": 1, "hours": 1, "our": 1, "ours": 1, "fire": 1, "lawyer": 2, "lawyers": 2, "media": 3, "wednesday": 2, "custodian": 4,
    "eyes": 1, "tried": 1, "cried": 1,
}  # fmt: skip
VOWELS = re.compile(r"[aeiouy]+")
# Two sounds where vowels stand together, and one sound where a vowel is silent.
APART = re.compile(
    r"[aeiouy]ing|[^cstgxl]ia(?!ge|nt)|ciat|tiat|iet|ieu|eo(?!us|n\b|p)|[^cstgq]io(?!us|n)|[rvd]ious|[^gq]ua(?!rd|r|d)|uou|iu|^(?:re|pre)(?=act|ass|en|in|op|or|us)"
)


def syllables_en(word: str) -> int:
    """Return how many syllables an English word has. A number is counted as one, whatever it is."""
    plain = word.lower().replace("’", "'")
    if plain[:1].isdigit():
        return 1
    tail = 1 if re.search(r"[sd]n't$|(?:[sxz]|[cs]h|[cg]e)'s$", plain) else 0  # "isn't" and "judge's" say one more
    plain = re.sub(r"[^a-z]", "", re.sub(r"(?:n't|'[a-z]+)$", "", plain))
    if plain in BY_EAR:
        return BY_EAR[plain] + tail
    stem, more = _stem(plain)
    return max(1, len(VOWELS.findall(stem)) + len(APART.findall(stem)) + more) + tail


def _stem(word: str) -> tuple[str, int]:
    """Return a word without its silent letters, and how many syllables its ending adds."""
    for ending, sounded, silent in (("ed", r"[td]ed$", r"[^aeiou]ed$|[aeiou]ed$"), ("es", r"(?:[scgzx]|sh|ch)es$", r"[^aeiou]es$")):
        if word.endswith(ending) and len(word) > 3:
            if re.search(sounded, word):
                return _quiet(word[:-2] + "e"), 1
            if re.search(silent, word) and not word.endswith("eed"):
                return (word[:-2] + "l", 1) if re.search(r"[^aeiouyl]les$|[^aeiouyl]led$", word) else (word[:-2], 0)
    for ending in ("ely", "eful", "efully", "eless", "ement", "ements", "efore"):
        if word.endswith(ending) and VOWELS.search(word[: -len(ending)]) and not re.search(r"l" + ending + "$", word):
            return word[: -len(ending)] + ending[1:], 0
    return _quiet(word), 0


def _quiet(word: str) -> str:
    if len(VOWELS.findall(word)) > 1 and word.endswith("e") and not re.search(r"[^aeiouylr]le$|[aeiouy]e$", word):
        return word[:-1]
    return word


STRONG = "aeoáéó"
HARD_WEAK = "íú"


def syllables_es(word: str) -> int:
    """Return how many syllables a Spanish word has, by the rules of its spelling: each strong vowel, each í and ú, else one for weak ones together."""
    plain = word.lower()
    if plain[:1].isdigit():
        return 1
    plain = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", lambda found: found[0][0], plain)
    plain = re.sub(r"y(?![aeiouáéíóú])", "i", plain)
    found = 0
    for vowels in re.findall(r"[aeiouáéíóúü]+", plain):
        found += sum(sign in STRONG or sign in HARD_WEAK for sign in vowels) or 1
    return max(1, found)
