"""Names the record knows, told by a letter or run into another word: N and T, jb, G = her ex, gcole, guest_Nadia."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

# What a single letter is that is nobody: a scale's part, a vitamin, a sex, a side, a direction, a kind of visa, a head of a note.
BEFORE = re.compile(
    r"(?:\b(?:vitamins?|vit|hep(?:atitis)?|plans?|options?|types?|parts?|sections?|groups?|grades?|appendix|criteri(?:on|a)|items?|clusters?|steps?|exhibits?|schedules?|columns?|rows?|axis|factors?|forms?|versions?|tiers?|stages?|class|class(?:es)?|units?|bldg|building|apt|apartment|room|rm|"
    r"lot|wing|pod|block|gate|track|level|phase|choice|answer|arm|cohort|condition|protocol|sites?|series|scale|subscale|scores?|score\s+of|letters?|drug|scan|team|bed|cell|ward|hall|dorm|line|route|bus|train|exit|sex|gender|race|model|module|chapter|figure|table|annex|title|medicare|dsm|icd|icf|blood|strep|influenza|flu|"
    r"serotonin|protein|omega|coenzyme|sub|an?|got|gets|straight|grade\s+of|mark\s+of|generation|gen|mr|mrs|the\s+letter|big|capital|note|title|malcolm|plus|minus|cup|size|bra|battery|batteries|windows|yo|y/o|y\.o\.|age|aged|female|male|\d+(?:\s?yo)?)\b\.?\s*[:=#,(]?\s*[\"“']?|\d[\s,]*|[A-Z]\.\s?|(?-i:[A-Z])[\w’']*\s+|[$€£#@=/+&\-–]\s*)$",
    re.I,
)
CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w’']+\s+$")
NUMBER_AFTER = re.compile(
    r"\s*(?:[=:><~≥≤@#]|of|is|was|score[ds]?|at)?\s*[\-<>≥≤~]?\d|\s*[=:]\s*(?:neg|pos|none|yes|no|n/a|wnl|normal|low|high|mild|mod\w*|severe)\b", re.I
)
THING_AFTER = re.compile(
    r"\s+(?:waves?|visas?|scores?|tests?|scales?|shirts?|cells?|factors?|school|company|minor|major|flat|sharp|value|level|deficien\w+|supplement\w*|vitamins?|side|arm|leg|knee|hip|shoulder|ankle|wrist|foot|hand|ear|eye|breast|lung|brain|hemi\w*|frontal|temporal|parietal|occipital|sided|handed|upper|lower|lateral|temporal|shoulder|lobe|train|line|bus|street|st|ave|avenue|"
    r"personality|disorders?|trait\w*|criteri\w+|symptoms?|plan|part|section|drug|benefits?|group|column|row|option|answer|grade|student|average|to\s+[A-Z]\b|through\s+[A-Z]\b|or\s+[A-Z]\b)\b",
    re.I,
)
DOES = (
    r"said|says|is|was|has|had|reports?|reported|states?|stated|feels?|felt|told|tells|will|would|did|does|came|comes|called|calls|went|goes|wants?|wanted|asked|asks|cried|cries|laughed|left|thinks?|thought|texted|wrote|writes|drove|drives|moved|lost|began|started|stopped|"
    r"agreed|agrees|refused|refuses|denied|denies|admits|admitted|disclosed|described|describes|brought|brings|arrived|missed|cancel\w*|showed|presents?|presented|endorses?|endorsed|works?|worked|lives|lived|can|cannot|could|may|might|must|should|knows?|knew|sees|saw|takes?|took|drinks?|drank|sleeps?|slept|hit|hits|kept|keeps|needs?|plans|hopes|fears|worries|worried|wonders|still|also|then|now|never|always|just|only|who|whose|whom|himself|herself|themsel\w+|isn[’']t|wasn[’']t|doesn[’']t|didn[’']t|hasn[’']t|won[’']t|can[’']t"
)
SAYS_AFTER = re.compile(rf"(?:['’]s\b|\s+(?:{DOES})\b|,\s+(?:who|whose|her|his|their|my|our|age[d]?|\d\d)\b|\s+\((?:\d|her|his|their|age|the|an?|who|ex|h/o|pt|client)|\s+(?:family|household|kids|siblings|twins|children|parents|marriage|couple)\b|\s*=\s*[a-z])", re.I)  # fmt: skip
CALLED_BEFORE = re.compile(
    r"\b(?:client|patient|pt|cl|partner|husband|wife|spouse|bf|gf|boyfriend|girlfriend|friend|brother|bro|sister|sis|son|daughter|dtr|mother|father|mom|dad|cousin|aunt|uncle|roommate|coworker|ex|ex-\w+|boss|sponsor|nurse|kid|twin|baby|fianc[eé]e?|with|w/|w|for|from|to|told|tells|asked|asks|saw|seen|met|meeting|called|texted|about|re|by|that|when|because|if|after|before|until|while|since|and|but|so|both|between|against|toward|towards|of|on|couple|miss(?:es)?|loves?|hates?|says|said|than|like|named|me|him|her|them|see|seeing|let|lets|left)\b[.:,]?\s+[\"“'‘(]?$",
    re.I,
)
HEAD_OF_NOTE = frozenset("SOAPDRIBEHQ")
SEX = re.compile(r"(?:^|[\s,(/])(?:[MF])(?=\s*[,/)]|\s+\d|\s+(?:with|w/|who)\b)")
PAIR = re.compile(
    r"(?<![\w.&/\-'’+$#])(?P<one>[A-Z])\.?(?P<and>\s*(?:and|&|\+|/|,|vs\.?|or|x|-)\s*)(?P<two>[A-Z])\b\.?(?![\w&/\-+=]|['’](?!s\b)|\s*[=:]?\s*\d)"
)
PLAIN_PAIRS = frozenset(
    "AA AB AC AD BA BC BD CD CT DC DD EE EF FM MF HP HI HR IM IO IV MS NA OT PT PR PO PS QA RB RR SO ST TV UK US BP BS BB DT GI IQ ER ED LR RL NS SN EW WE NC ND SC SD OK HH HO LL SI HA SA SE VA DV IP MM PB JR SW NW NE BM VT TF YN NY AV RN MD PA OB GU CP CR DR DA JV TA PE RD RX TX DX SX HX EN XO HD LD".split()
)
LONE = re.compile(r"(?<![\w.&/\-'’+$#@%*])(?P<letter>[A-HJ-Z])(?P<dot>\.?)(?![\w&/+*%]|['’](?!s\b)|-\w)")
MASKED = re.compile(r"(?<![\w.&/\-])(?P<letter>[A-Z])[a-z]{0,2}(?:[_*•█]{2,}|[\-–]{2,}|—(?=[\s,.;:)]))[a-z]?(?!\w)")


def lone(text: str, letters: Mapping[str, set[int]]) -> Iterator[tuple[int, int, set[int], bool]]:
    """Yield where a letter of somebody's name stands for the name, whose it is, and whether it is sure."""
    if not letters:
        return
    for match in MASKED.finditer(text):
        if match["letter"] in letters:
            yield *match.span(), letters[match["letter"]], True
    for match in PAIR.finditer(text):
        one, two = match["one"], match["two"]
        joined = re.sub(r"\s", "", match["and"]).lower()
        if one not in letters and two not in letters:
            continue
        if BEFORE.search(text[max(0, match.start() - 24) : match.start()]) or THING_AFTER.match(text, match.end()) or "I" in (one, two):
            continue
        both = one in letters and two in letters
        if joined in (",", "/", "-", "x", "or", "+", "&") and (not both or one + two in PLAIN_PAIRS):
            continue
        if not both and (one + two in PLAIN_PAIRS or {one, two} & {"A", "I"}):
            continue
        yield match.start("one"), match.end("one"), letters.get(one, letters.get(two, set())), both
        yield match.start("two"), match.end("two"), letters.get(two, letters.get(one, set())), both
    for match in LONE.finditer(text):
        letter, end = match["letter"], match.end("letter")
        if letter not in letters or NUMBER_AFTER.match(text, match.end()) or THING_AFTER.match(text, end):
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        line = re.search(r"(?:^|\n)[ \t]*[\-•*]*[ \t]*$", before) is not None
        quoted = before[-1:] in '"“' and text[match.end() : match.end() + 1] in '"”,'
        says = SAYS_AFTER.match(text, match.end()) or (match["dot"] and SAYS_AFTER.match(text, end + 1))
        equals = re.match(r"\s*=\s*[a-z\"“]", text[match.end() :])
        if line and text[match.end() : match.end() + 1] == ":":
            if letter not in HEAD_OF_NOTE:
                yield match.start(), end, letters[letter], False
            continue
        if letter == "A" and not (match["dot"] or quoted or equals or text[end : end + 2] in ("'s", "’s")):
            continue
        if letter in "MF" and SEX.match(text[max(0, match.start() - 1) : match.start() + 24]) and not says:
            continue
        begins = line or re.search(r"[.!?;:—–]\s+[\"“(]?$|[\"“(\[]$", before) is not None
        called = CALLED_BEFORE.search(before)
        if not called and not begins and BEFORE.search(before) and not re.search(r"[\"“]$", before):
            continue
        if called and BEFORE.search(before) and not re.search(r"\b(?:pt|client|patient|baby|twin|kid|couple)\b", before, re.I) and re.search(r"\d\s*$", before):
            continue
        if quoted or equals or (says and (begins or called or re.search(r"[a-z,;)]\s+$", before))):
            yield match.start(), end, letters[letter], True
        elif begins or called or re.search(r"[a-z,;(]\s*[\"“(]?$", before):
            after = text[match.end() : match.end() + 2]
            if re.match(r"\s?[a-z(]|[,;)!?\"”’]|\s*\n|$|\.?\s", after) and not (begins and match["dot"] and not re.match(r"\s[a-z]", after)):
                yield match.start(), end, letters[letter], False


def together(text: str, initials: Mapping[str, set[int]], harmless: Collection[str]) -> Iterator[tuple[int, int, set[int]]]:
    """Yield initials run together in small letters, in mixed ones, and with dots: jb, rk's mom, j.b."""
    told = {letters.lower(): who for letters, who in initials.items() if len(letters) > 1 and letters.lower() not in harmless}
    if not told:
        return
    every = "|".join(sorted(map(re.escape, told), key=len, reverse=True))
    for match in re.finditer(
        rf"(?<![\w.@/\-'’])(?P<told>{every}|{every.title()})(?=['’]s\b|[\s,;:.?!)\]\"”=+&/]|$)(?!\.\w|\s*[=:]?\s*\d+(?!st|nd|rd|th|yo|\d|\s?y))", text
    ):
        yield *match.span("told"), told[match["told"].lower()]
    units = {letters.lower(): who for letters, who in initials.items() if len(letters) > 1 and letters.lower() not in told and letters.lower() not in NOBODY}
    if units:
        every = "|".join(map(re.escape, units))
        for match in re.finditer(
            rf"(?:(?<=^)|(?<=\n))(?P<head>{every})(?=\s+(?:\d+(?:st|nd|rd|th)\b|(?:{DOES})\b))|(?<![\w.@/\-'’])(?<!\d )(?P<own>{every})(?=['’]s\s)", text
        ):
            name = "head" if match["head"] else "own"
            yield *match.span(name), units[match[name]]
    for letters, who in told.items():
        dotted = r"\.\s?".join(letters)
        if f"{letters[0]}." in text:
            for match in re.finditer(rf"(?<![\w.@/]){dotted}\.?(?!\w)", text):
                yield *match.span(), who


NOBODY = frozenset("pt dr mr ms mx er dc cl gf bf ex us it he is as or an am be by do go if in me my no of on so to up we id ok".split())
HANDLE = re.compile(r"[@#]?[^\W_]+(?:[._\-+~][^\W_]+|_)*")


def glued(text: str, names: Mapping[int, Collection[tuple[str, str]]], owners: Mapping[str, set[int]], everyday: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield handles, display names and names of files that hold a known name: gcole, cleomarsh04, guest_Nadia, NadiaT. `names` has each person's given name and surname."""
    whole: set[str] = set()
    for pairs in names.values():
        for first, last in pairs:
            whole |= {first + last, last + first}
            if len(last) > 2:
                whole |= {first[0] + last, last + first[0]}
            if len(first) > 2:
                whole |= {first + last[0], last[0] + first}
    whole = {one for one in whole if len(one) > 3 and one not in everyday and one not in owners}
    long = [one for one in owners if len(one) > 2]
    for match in HANDLE.finditer(text):
        told = match.group()
        if told.isalpha() and (told.islower() or told[1:].islower() or told.isupper()):  # a word like any other
            if told.lower() in whole:
                yield match.span()
            continue
        low = told.lower()
        bare = "".join(filter(str.isalpha, low))
        if len(bare) < 3:
            continue
        hyphened = re.fullmatch(r"[^\W\d_]+(?:[.\-][^\W\d_]+)*", told) is not None
        if bare in whole and "-" not in told and not re.search(r"\.\s|\s", told):
            yield match.span()
        elif re.search(r"[\d_@#+~]", told) and (not hyphened):
            parts = [one for one in re.split(r"[\W\d_]+|(?<=[a-z])(?=[A-Z])", told) if one]
            if (
                any(part.lower() in owners and len(part) > 2 for part in parts)
                or any((bare.startswith(one) or bare.endswith(one)) and len(one) > 3 and bare != one for one in long)
            ) and (not re.fullmatch(r"[A-Za-z]+-\d+", told) or low.split("-")[0] not in everyday):
                yield match.span()
        elif re.fullmatch(r"[A-Z][a-z]+(?:[A-Z][a-z]*)+", told) and any(part.lower() in owners and len(part) > 2 for part in re.findall(r"[A-Z][a-z]*", told)):
            yield match.span()
