"""The last of the second net: whole classes of places, days, codes and names that no list holds. It only asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dates import MONTH, NTH, ORDINAL
from .names import POSSESSIVE, SAFE_WORDS, WORD, plain, starts_sentence
from .words import ABBREVIATIONS, GIVEN, LARGE, common

NAME, PLACE, DATE, NUMBER = "name", "place", "date", "number"

SPOT = (
    r"garage|parking|lot|wash|arroyo|landing|boat\s+(?:landing|ramp|launch)|hosp|hospital|med\s+ctr|ctr|center|alliance|coalition|collective|network|recovery|rehab|detox|church|mosque|temple|shul|mall|mills?|gate|ranch|pier|dock|docks|wharf|harbor|marina|camp|campground"
    r"|plant|yard|depot|terminal|tower|towers|apts?|apartments|trailer\s+park|projects|inn|motel|hotel|diner|tavern|bar|grill|cafe|deli|market|grocery|pharmacy|library|museum|stadium|arena|rink|pool|gym|fairgrounds?|cemetery|funeral\s+home|courthouse|jail|prison|precinct"
    r"|bridge|dam|quarry|mine|pit|refinery|cannery|sawmill|creek|river|lake|pond|falls|beach|bay|cove|island|canyon|gulch|mesa|hwy|highway|turnpike|exit|overpass|underpass|trailhead|trail|overlook|park|preserve|rez|reservation|rancheria|pueblo|chapter\s+house"
)
SPOT_NAMED = re.compile(
    rf"\b(?:the\s+)?(?!(?:The|A|An|His|Her|My|Our|Their|This|That|No|In|At|On|Psych|State|Local)\b)[A-Z][\w’'.\-]*(?:[ \t]+(?:(?:st|rd|ave|blvd|ln|dr)\b\.?|[A-Z][\w’'.\-]*)){{0,3}}(?:[ \t]+(?:parking|boat|county|city|state|main|old|bus|train))?[ \t]+(?:{SPOT})\b"
)
SPOT_CAPS = re.compile(rf"\b[A-Z][A-Z’'\-]+(?:[ \t]+[A-Z][A-Z’'\-]+){{0,2}}[ \t]+(?:{SPOT.upper().replace(chr(92) + 'S', chr(92) + 's')})\b")
SPOT_LETTERED = re.compile(
    r"\b(?:lot|garage|level|terminal|building|bldg|gate|hangar|tower|zone|pier|dock|barracks|dorm|pod|wing)[ \t]+[A-Z](?:-?\d{1,3})?\b(?!['’]|\.\w)", re.I
)
FOLKS = re.compile(
    r"\b(?:the\s+)?(?:[A-Z][\w’'\-]*\s+){0,2}(?:Children|Women|Men|Veterans?|Workers?|People|Boys|Girls|Mothers?|Seamen|Firefighters)(?:['’]s?|s['’])(?:\s+(?:(?:and|&|of|for|the)\s+)*[A-Z][\w’'\-]*)*"
)
ELIDED = re.compile(r"\b[A-Z][\w\-]+(?:\s+(?:du|de|des|la|le))?\s+(?:d|l|D|L)['’][A-Z][\w\-]+")
INSIDE = re.compile(r"\b(?:in|near|outside|off|around|toward|past|behind)\s+(?:the\s+)?(?P<name>[A-Z][a-z’']{2,}(?:\s+[A-Z][a-z’']+)?)(?=\s*(?:[,.;)\n]|$))")
SIDE = r"(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?"
CORNER_OF = r"(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][\w’'\-]+)(?:\s+(?:st|ave|rd|blvd))?"
CORNER = re.compile(
    rf"(?<!\w)(?:{SIDE}\s+{CORNER_OF}\s*(?:&|\band\b|@|/|\bx\b)\s*(?:{SIDE}\s+)?{CORNER_OF}|{CORNER_OF}\s*(?:&|@)\s*{SIDE}\s+{CORNER_OF}|\d{{1,3}}(?:st|nd|rd|th)\s*(?:&|@)\s*{CORNER_OF})(?!\w)",
    re.I,
)
SMALL_SPOT = re.compile(rf"(?<![\w@./\-])(?P<head>[a-z][a-z’']{{2,}})\s+(?:(?P<mid>[a-z][a-z’']+)\s+)?(?:{SPOT})\b(?!['’\-])")
SMALL_BANK = re.compile(r"(?<![\w@./\-])(?P<head>[a-z][a-z’']{2,})\s+(?P<mid>[a-z][a-z’']{2,})\s+(?:acct|account|checking|savings|mortgage|visa|debit|card)\b")
PLAIN_HEADS = frozenset(
    "the and for with from his her their our your its this that these those into onto over under near then than when was were has had have will would can could not but who she they him them out off about after before behind across past"
    " parking grocery psych psychiatric mental state general local county city day night public private same next new old big little nice good bad own other another some any each every all few two three back front main empty dark"
    " pawn vacant used car bus train boat summer band boot sober dog skate ball amusement national car psychiatric outpatient inpatient trauma cancer birth call data community medical health treatment wellness recovery early full long term supports support"
    " alcohol drug drugs addiction personal made went goes going left work works worked park parks joint bank savings checking credit debit email online fake phone social media facebook whole wrote whose stole drained emptied opened closed open"
    " one just like also there here where what which how only even more most much very too still yet again away down per because since until during while both either neither".split()
)
SAME_MONTH = re.compile(
    rf"\b(?:the\s+)?(?:{NTH}|{ORDINAL})(?:\s*(?:-|–|to|thru|through|and|till|until|or)\s*(?:the\s+)?(?:{NTH}|{ORDINAL}))?\s+of\s+(?:(?:this|that|last|next|the|each|every|same)\s+)+month\b|\b(?:the\s+)?{NTH}\s*(?:-|–|to|thru|through|and|till|until|or)\s*(?:the\s+)?{NTH}(?:\s+of\s+{MONTH})?",
    re.I,
)
EVENT = re.compile(
    r"\b(?:the\s+)?[A-Z][\w’'\-]*(?:\s+[A-Z][\w’'\-]*)*\s+(?:anniv\b\.?|anniversary|parade|game|festival|fest|fair|rodeo|derby|marathon|concert|reunion|shooting|bombing|massacre|riots?|march|flood|fire|hurricane|tornado|earthquake|eclipse|powwow|pow-wow|carnival|regatta)\b"
)
ANNIV = re.compile(r"\b[a-z][\w’']+\s+anniv\b\.?")
YEAR_OF = re.compile(
    r"(?<!first )(?<!second )(?<!third )(?<!last )\b(?:year|summer|winter|spring|night|day|week|weekend|month)\s+(?:of|after|before)\s+(?:the|that|our)\s+(?:(?:big|great|bad|last|first|second|old)\s+)*(?!week\b|month\b|year\b|day\b|program\b|session\b)\w+",
    re.I,
)
SMALL_DAY = re.compile(
    r"(?<![\w@./\-’'])(?P<what>[a-z][a-z’']{2,})\s+day\b(?!\s+(?:program|treatment|care|one|shift|school|trip|job|pass|hosp|hospital|or|job|supply|hab|before|after)\b|['’\-])"
)
PLAIN_DAYS = frozenset(
    "the one each every any all this that next last good bad better worse hard rough same per other whole off long first second third rest school work snow sick mental single entire half full hot cold rainy sunny busy nice great given following previous per most some another later present modern early late"
    " wedding moving laundry trash pay rent cheat leg spa game visiting release until till about which what final very someday current two three four five six seven eight nine ten twenty thirty seventh daily multi typical average usual normal regular bad pack drink drinks times hours hour mid end start middle all-day and for".split()
)
AKA = re.compile(
    r"\b(?:aka|a\.k\.a\.?|alias|moniker|street\s+name|goes\s+by|known\s+as|nick(?:name)?d?|handle|tag)\b[\s:,]*[\"“'‘](?P<who>[^\"”'’\n]{2,24})[\"”'’]", re.I
)
QUOTED_HANDLE = re.compile(r"[\"“](?P<who>[A-Za-z]+[\-_.][A-Za-z]+|[a-z]+_\w+|\w+#\d+)[\"”]")
NICKED = re.compile(r"\b(?:Big|Lil['’]?|Little|Old|Young|Papa|Mama|Slim|Tiny|Crazy|Uncle|Fat|Tall|Mad|Baby|Ol['’]?)\s+(?P<who>[A-Z][a-z’']+)\b")
ACCENTED = re.compile(r"(?<![\w@./\-])(?=[a-zà-ž]*[à-öø-ž])[a-zà-ž]{3,}(?:['’]s)?(?!\w)")
LOANS = frozenset(
    "café cafe fiancé fiancée naïve naive cliché résumé déjà señor señora abuelo abuela jalapeño piñata tía tío mamá papá niño niña niños más también está qué sí así día días año años mañana protégé protégée risqué passé touché façade crème brûlée entrée sautéed blasé décor soirée élan née émigré voilà à là très après über doppelgänger coöperate"
    " quinceañera español inglés corazón montón pequeño pequeña señorita vía además allí aquí después según él tú".split()
)
HYPHENED_CODE = re.compile(r"\b(?P<what>[A-Za-z]+-[A-Za-z]+)\s+#\s?\w*\d")
DIGIT = r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine)"
SPOKEN_SLOT = re.compile(
    rf"\b(?:\w+\s+)?(?:slot|locker|file|code|pin|box|bin|tag|badge|unit|room|bay|key|number|record|print|index)\s+(?:no\.?\s+|number\s+)?{DIGIT}(?:[\s\-]+{DIGIT})+\b",
    re.I,
)
LAST_FOUR = re.compile(r"\blast[\s\-]*(?:4|four)\b[^.\n\d]{0,40}?(?P<code>\d{4})\b", re.I)


def asks(text: str, taken: list[tuple[int, int]], mine: frozenset[str], *, hasty: bool) -> Iterator[tuple[int, int, str]]:
    """Yield what is left, with its kind. `mine` holds words of the record's own names."""
    for pattern, group, kind in EACH:
        for match in pattern.finditer(text):
            yield *match.span(group), kind
    for match in SPOT_NAMED.finditer(text):
        if not _harmless(match.group().split()[:-1]):
            yield *match.span(), PLACE
    for match in INSIDE.finditer(text):
        if not _harmless(match["name"].split()):
            yield *match.span("name"), PLACE
    for match in AKA.finditer(text):
        if len(match["who"].split()) < 4:
            yield *match.span("who"), NAME
    for match in ACCENTED.finditer(text):
        if (told := POSSESSIVE.sub("", match.group())) not in LOANS and not told.endswith("ción"):
            yield match.start(), match.start() + len(told), NAME
    for word in WORD.finditer(text):
        if (
            (
                (key := plain(POSSESSIVE.sub("", word.group()))) in mine
                and len(key) > 1
                and (word.group()[:1].isupper() or (hasty and len(key) == 2 and key not in common() and key not in ABBREVIATIONS))
            )
            or (  # Sole, for Soledad
                len(key) > 3
                and word.group()[:1].isupper()
                and key not in SAFE_WORDS
                and any(one.startswith(key) for one in mine)
                and (text[: word.start()].rstrip()[-1:] in (";", ",", ":") or not starts_sentence(text, word.start()) or key not in common())
            )
        ):
            yield *word.span(), NAME
    if sum(sign.isupper() for sign in text) > sum(sign.islower() for sign in text):
        for match in SPOT_CAPS.finditer(text):
            if match.group().split()[0].casefold() not in PLAIN_HEADS:
                yield *match.span(), PLACE
    if hasty:
        yield from _small(text, taken)


EACH = (
    (SPOT_LETTERED, 0, PLACE), (FOLKS, 0, NAME), (ELIDED, 0, NAME), (CORNER, 0, PLACE), (SAME_MONTH, 0, DATE), (EVENT, 0, DATE), (ANNIV, 0, DATE), (YEAR_OF, 0, DATE),
    (QUOTED_HANDLE, "who", NAME), (NICKED, 0, NAME), (HYPHENED_CODE, "what", NAME), (SPOKEN_SLOT, 0, NUMBER), (LAST_FOUR, "code", NUMBER),
)  # fmt: skip


def _harmless(words: list[str]) -> bool:
    return all((key := plain(POSSESSIVE.sub("", one))) in LARGE or key in ABBREVIATIONS or key in SAFE_WORDS for one in words)


def _small(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield what capitals would show, in a text that has none."""
    for match in SMALL_SPOT.finditer(text):
        words = [one for one in (match["head"], match["mid"]) if one]
        told = [one for one in words if plain(one) not in PLAIN_HEADS and plain(one) not in ABBREVIATIONS]
        if told and any(plain(one) not in common() for one in told):
            yield match.start("head") if words[0] in told else match.start("mid"), match.end(), PLACE
    for match in SMALL_BANK.finditer(text):
        if plain(match["head"]) not in PLAIN_HEADS and plain(match["mid"]) not in PLAIN_HEADS:
            yield match.start(), match.end("mid"), PLACE
    for match in SMALL_DAY.finditer(text):
        if plain(match["what"]) not in PLAIN_DAYS and plain(match["what"]) not in PLAIN_HEADS:
            yield *match.span(), DATE
    for start, end in taken:  # client zainab h (zee to everyone)
        if (
            text[start:end].islower()
            and plain(text[start:end].split()[-1]) not in common() | {"i"}
            and (found := re.compile(r"\s[b-hj-z](?=[\s,.;:)(]|$)").match(text, end))
        ):
            yield found.start() + 1, found.end(), NAME
    for match in re.finditer(r"(?<![\w@./\-])(?P<first>[a-z]{3,})\s[b-hj-z](?=[\s,.;:)(]|$)", text):
        if match["first"] in GIVEN and match["first"] not in common():
            yield *match.span(), NAME
