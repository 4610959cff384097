"""What belongs to a stretch beside it: the rest of a name, of a place, of a code, of a date. Whatever was found once is taken or shown whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .found import Hit, settled
from .kinds import Kind
from .words import STATE_CODES, STATES

PLACE_NOUN = (
    "stop|gate|facility|library|branch|baths|track|house|inn|plant|mill|yard|works|warehouse|terminal|refinery|quarry|foundry|factory|cannery|elevator|depot|station|store|shop|mall|plaza|pool|rink|gym|courthouse|jail|prison|penitentiary|shelter|mission|pantry|clinic|hospital|hosp|ward|campus"
    "|school|elementary|elem|middle|academy|church|parish|masjid|mosque|temple|shul|synagogue|gurdwara|mandir|chapel|cathedral|hall|lodge|barracks|ranch|farm|orchard|vineyard|dairy|greenhouse|nursery|park|playground|fields?|stadium|arena|ballpark|trail|trailhead|bridge|tunnel|exit|ramp|overpass"
    "|interchange|junction|crossing|ferry|pier|dock|wharf|harbor|marina|beach|cove|pond|river|creek|bayou|slough|canal|dam|reservoir|falls|canyon|gulch|ridge|hills?|mesa|valley|hollow|holler|woods|forest|grove|neighborhood|projects|apartments|apts|towers?|trailer\\s+(?:park|court)|(?:mobile\\s+home|rv)\\s+park|health\\s+center|nursing\\s+home|group\\s+home|truck\\s+stop|gas\\s+station|fire\\s+(?:station|hall|house)|police\\s+station|rec\\s+center|soup\\s+kitchen|food\\s+bank|bus\\s+(?:stop|station|depot)|high\\s+school|middle\\s+school|building|bldg|complex|condos?|motel|hotel|casino"
    "|bar|pub|tavern|diner|cafe|café|grill|bakery|deli|salon|barbershop|laundromat|pharmacy|garage|dealership|cemetery|graveyard|museum|theater|theatre|fairgrounds?|grounds|rez|reservation|pueblo|colony|camp|center|ctr|precinct|county|mine|rig|smelter|hangar|rink|kitchen|firehouse|statehouse|schoolhouse|parsonage|convent|monastery|hospice"
)
SHORT_NOUN = "ED|ER|PD|FD|HS|ES|VA|ICU|NICU|Elem|Ctr|Med|Hosp|Univ|Reg|Apts|Bldg|ELEM|CTR|MED|HOSP|UNIV|MIDDLE|HIGH|ELEMENTARY|SCHOOL|COUNTY|CLINIC|HOSPITAL|CHURCH|JAIL|SHELTER|PARK|STATION"
PLACE_TAIL = re.compile(rf"(?:\s+(?:St|Ave|Rd|Blvd)\b\.?|\.(?=\s+[a-z]))?(?:\s+(?:{PLACE_NOUN}|{SHORT_NOUN})\b(?!['’]s))+")
COUNTY_TAIL = re.compile(
    r"\s+(?:[Cc]nty|[Cc]ty|CNTY|CTY)\b\.?|\s+(?:Co|CO|co)\.(?=\s+[A-Za-z])|\s+(?:Co|CO|co)\b\.?(?=\s+(?i:jail|sheriff|court|family|dhs|dss|cps|so|schools?|juvenile|probation|da|dept|fair|detention)\b)"
)
NAMED_FOR = re.compile(r"['’][sS](?=[,.;:)\n\"”]|$|\s+(?:in|on|at|off|near|by|over|down|up|with|and|or|when|where)\b)")
INITIALS = re.compile(r"(?:,?\s+|-|[‑])(?P<one>[A-Z]\.?(?:\s?-\s?[A-Z]\b\.?|(?:\s?[A-Z]\.)*))(?!['’\w])")
SMALL_INITIAL = re.compile(r",\s+[b-hj-z](?![\w'’])\.?|\s+(?:[a-z]\.?-[a-z]\b\.?|[a-z]\.)(?![\w])")
JUNIOR = re.compile(r",?\s+(?:jr|sr|junior|senior|ii|iii|iv)\b\.?(?!\s+(?:high|year|prom|at|in\s+(?:high|college)))", re.I)
SMALL_JUNIOR = re.compile(r"\s+(?:jr|sr)\b\.?", re.I)
HONORED = re.compile(
    r"\b(?:mr|mrs|ms|mx|miss|mister|missus|dr|doc|doctor|prof|rev|fr|sgt|ssgt|lt|capt|cpl|cpt|pvt|ofc|sra|srta|sor|hon|atty|nurse|det)\b\.?\s+$", re.I
)
CODE_TAIL = re.compile(r"(?:[ \-](?:\d{1,4}(?![\w/.:]\d|\w|\s*(?:%|[a-z]{2,}))|[A-Z]{1,2}(?=[,.;:)\n]|$|\s+[(|/\-–]|\s\d{1,4}\b)|[B-HJ-Z](?=\s+[a-z])))+")
CODE_HEAD = re.compile(
    r"\b(?:serial|ser|sn|s/n|mrn|acct|account|policy|member|plan|group|claim|case|docket|file|badge|plate|tag|vin|model|lot|licen[sc]e|lic|npi|dea|chart|record|auth|ref|[a-z]+-(?:id|no|num|nr|code|pin|acct|ref))\b\.?(?:\s+(?:no|nr|num|number|id|code)\b\.?)?\s*[:#]?\s*$",
    re.I,
)
LINE_HEAD = re.compile(r"\b(?:fax|pager|beeper|ext|extension)\b[\s,.:#]*$", re.I)
CODES = frozenset((Kind.MEDICAL_RECORD, Kind.PLAN, Kind.ACCOUNT, Kind.LICENCE, Kind.VEHICLE, Kind.DEVICE, Kind.OTHER))
RELATED_DAY = re.compile(
    r"(?:\b(?:the\s+)?(?:(?:very\s+)?(?:early|mid|late)|(?:(?:late|early)\s+)?(?:middle|end|beginning|start|first\s+half|second\s+half|first\s+part|turn)\s+of)[\s\-]+(?:the\s+)?|\b(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|last)\s+(?:(?:wk|week|weekend|wknd|half|day)\s+(?:of|in)\s+)?|\b(?:Black|Bloody|Red|White|Velvet|Good|Holy|Blue|Green|Dark)\s+)$"
)
BEFORE_FEAST = re.compile(
    r"(?:\b(?:the\s+)?(?:(?:\w+|\w+-\w+|\d{1,2}(?:st|nd|rd|th)?)\s+)?(?:night|day|eve|evening|morning|week|weekend|month|candle|sabbath|sunday|monday|tuesday|wednesday|thursday|friday|saturday)s?\s+(?:of|after|before|following|preceding|into|until|till|past|in)\s+(?:the\s+)?"
    r"|\berev\s+|\bmotzei\s+|\bchol\s+ha-?moed\s+|\b(?:the\s+)?(?:early|mid|late|pre|post|last|first|second|third)[\s\-]+|\b(?:feast|fast|eve|vigil|octave|novena)\s+of\s+(?:the\s+)?)+$",
    re.I,
)


MORE_DAYS = re.compile(
    r"(?:,\s+\d{1,2}(?![\d/:.\-]\d|\d))*,?\s+(?:and|&)\s+\d{1,2}(?![\d/:.\-]\d|\d|\s*(?:%|[a-z]+s\b))(?=\s*(?:[.,;)\n]|$|\s(?:because|when|after|while|since|for|at|with|by|and|but|she|he|they)\b))"
)
ROAD_NUMBER = re.compile(r"\s+\d{1,4}[A-Z]?\b(?!\s*(?:%|[a-z]+s\b))")
ROAD = re.compile(r"\b(?:Rd|Road|Hwy|Highway|Route|Rte|CR)\.?$")
STATE_TAIL = re.compile(rf"(?<=\w),?\s+(?!LA$)(?:{STATE_CODES}|(?!New\s+York|Washington)(?:{STATES}))$")
WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
DAY_WORDS = frozenset(  # what is said of a day before it is named: the end of Lent, 5 p.m. on 12 December, ninety come Groundhog Day
    "the a at on of in very turn end start beginning middle close eve morning night evening afternoon day week wk weekend wknd month early mid late nearly almost over around about between from before after until till come right just shortly soon first second third fourth fifth last final next past this that same coming upcoming thru through"
    " monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays dusk dawn sunset sunrise noon midnight turn turns turned turning ninety ninetieth born".split()
)
DAY_SMALL = frozenset("the a at on of in from before after until till this that last next about born come".split())
HOUR_OR_AGE = re.compile(r"\d{1,2}:\d\d|\d{1,2}(?::\d\d)?[ap]\.?m\.?|[ap]\.m\.|9\d|10\d|ninety-\w+", re.I)
BEFORE_WORD = re.compile(r"[^\s,]+")
DAY_AFTER = re.compile(
    rf"(?:['’]s(?:\s+(?:first|second|third|fourth|last|final)\s+\w+)?\b)?(?:,?\s+(?:of\s+)?(?:19|20)\d\d\b(?!\s*[-–]\s*\d)|\s+{WEEKDAYS}\b|,?"
    r"\s+(?:of\s+)?['’]\d\d\b|\s+(?:two|three|four|five|six|seven|eight|nine|ten|a|one|\d{1,2})\s+(?:years?|summers?|winters?|springs?|weeks?|days?)\s+(?:on|ago|back|later|before|after|running|earlier|prior|past|shy)\b|,?\s+(?:around|about)\s+(?:\d{1,2}(?::\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight)\b(?:\s?[ap]\.?m\b\.?)?"
    r"|\.?,?\s+\d{1,2}(?::\d\d)?\s?[\-–]\s?\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?|\s+to\s+date\b|\s+(?:of\s+)?(?:this|that|last)\s+year\b|\s+(?:inst|ult|prox)\b\.?|\s+(?:novena|vigil|weekend|wknd|eve|parade|fair|feast|mass|breakfast|service|potluck|pageant|picnic|holiday|season|break|fast|term|semester|tide|march|night)\b)+",
    re.I,
)
HOUSE_NUMBER = re.compile(r"\b(?:at|on|to|from|lives|near|of|in)\s+(\d{1,5}\s+)$", re.I)


def grown(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """Return hits with what belongs to them, none overlapping."""
    return settled([_whole(text, one) for one in hits])


def _whole(text: str, one: Hit) -> Hit:
    start, end = one.start, one.end
    place, firm = one.kind is Kind.PLACE, one.label in ("Employer", "School")
    tail = NAMED_FOR.match(text, end) if place else None
    if tail is None and place and ROAD.search(text[start:end]):
        tail = ROAD_NUMBER.match(text, end)
    if tail is None and (firm or (place and not one.label.startswith("ZIP"))):
        tail = PLACE_TAIL.match(text, end) or (COUNTY_TAIL.match(text, end) if place else None)
    if place and one.label in ("Town", "Address") and (state := STATE_TAIL.search(text[start:end])) and (one.label == "Town" or "," in state.group()):
        end -= len(state.group())  # a state stays
    elif tail:
        end = tail.end()
    elif one.kind is Kind.NAME and not firm:
        start, end = name(text, start, end)
    elif one.kind in CODES and one.label not in ("Handle", "Room") and text[end - 1].isalnum() and (tail := CODE_TAIL.match(text, end)):
        end = tail.end()
    elif one.kind is Kind.DATE:
        before = text[max(0, start - 60) : start]
        if found := (BEFORE_FEAST if one.label == "Holiday" else RELATED_DAY).search(before):
            start -= len(found.group())
        if text[end - 1].isdigit() and (more := MORE_DAYS.match(text, end)):
            end = more.end()
        start, end = day(text, start, end)
    if one.kind in (Kind.PHONE, Kind.FAX) and (mark := LINE_HEAD.search(text[max(0, start - 16) : start])):
        start -= len(mark.group())
    if one.kind in CODES and one.label not in ("Handle", "Room") and (mark := CODE_HEAD.search(text[max(0, start - 40) : start])):
        start -= len(mark.group())
    return one if (start, end) == (one.start, one.end) else replace(one, start=start, end=end)


def day(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where what is said of a day begins and ends: the end of Lent, Halloween '11, four a.m. on the thirtieth."""
    first, until = start, start
    for word in reversed(list(BEFORE_WORD.finditer(text, max(0, start - 60), start))):
        told = word.group().lower()
        if re.search(r"[^\s,\-]", text[word.end() : until]) or not (
            told in DAY_WORDS
            or HOUR_OR_AGE.fullmatch(told)
            or (told.isdigit() and text[word.end() :].lstrip()[:4] in ("p.m.", "a.m."))
            or all(one in DAY_WORDS for one in told.split("-") if one)
        ):
            break
        until = word.start()
        if told not in DAY_SMALL or first != start:
            first = first if told in DAY_SMALL else until
    start = first
    after = DAY_AFTER.match(text, end)
    return start, after.end() if after else end


def name(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a person's name begins and ends, with initials after it and titles before it in whatever letters."""
    told = text[start:end]
    large = told[:1].isupper()
    if large and (match := INITIALS.match(text, end)):
        letters = match["one"]
        after = text[match.end() : match.end() + 12]
        plain = re.fullmatch(r"[A-Z]", letters) is not None
        aged = plain and letters in "MF" and re.match(r"[,/]?\s?\d{1,2}\b", after) is not None  # a sex and an age: , F, 29
        if not aged and (not plain or (letters not in ("I", "A") or (letters == "A" and re.match(r"$|[\n,;:)|\]/]|\s{2,}|\s+[(|\d/]", after)))):
            end = match.end()
    elif not large and (match := SMALL_INITIAL.match(text, end)):
        end = match.end()
    if match := (JUNIOR if large else SMALL_JUNIOR).match(text, end):
        end = match.end()
    if match := HONORED.search(text[max(0, start - 14) : start]):
        start -= len(match.group())
    return start, end


def stranger(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where what nobody knows begins and ends, whether it is somebody or a place."""
    start, end = name(text, start, end)
    if text[start].isupper() and (house := HOUSE_NUMBER.search(text[max(0, start - 20) : start])):
        start -= len(house[1])
    if text[start].isupper() and (tail := NAMED_FOR.match(text, end)):
        end = tail.end()
    if tail := PLACE_TAIL.match(text, end) or COUNTY_TAIL.match(text, end):
        end = tail.end()
    return start, end
