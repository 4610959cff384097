"""The second net: what no pattern is sure of and nobody should overlook. It takes nothing out; each stretch is put to a person, whole clauses where a picture or a body print is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from . import calendars, clauses, feasts, grown, loose, shapes
from .dates import HOLIDAY, MONTH, ORDINAL, SCORED
from .names import POSSESSIVE, SAFE_WORDS, WORD, one_slip, plain, small, starts_sentence
from .numbers import CLINICAL, CODES, DOSE, OFTEN, PSYCH_CODES
from .words import ABBREVIATIONS, COMMON_TAIL, GIVEN, LARGE, MEDICINE, MONTHS_ELSEWHERE, NAMES_TOO, STATES, TOWNS, TOWNS_TOO, common

NAME, PLACE, DATE, NUMBER, PICTURE, PRINT, RARE = "name", "place", "date", "number", "picture", "print", "rare"


@dataclass(frozen=True)
class Ask:
    """A stretch to be put to a person. Stretches of the same key are one question."""

    start: int
    end: int
    kind: str
    key: str
    around: str  # the whole of which this is a part


SEEN = (
    r"(?:self-?)?portraits?|photo\w*|pictures?|pics?|(?<!self-)(?<!self )(?<!body )images?|imagery|selfies?|snapshots?|snaps|screenshots?|screengrabs?|head\s?shots?|mug\s?shots?|tintypes?|daguerreotypes?|polaroids?|negatives?|yearbooks?|albums?"
    r"|videos?|footage|film(?:ed|s|strip)?|clips?|reels?|livestream\w*|streamed|webcams?|cameras?|\w*-?cams?|cctv|surveillance|(?:a|the|video|film|movie|camera|recognition|frame|face|news)\s+stills?|freeze-?frames?|thumbnails?|avatars?|memes?|gifs?|deepfakes?"
    r"|flyers?|posters?|billboards?|murals?|lock\s?-?screens?|wallpaper|(?:home|splash)\s+screen|ultrasounds?|sonograms?|x-?rays?|paintings?\s+of|sketch(?:es)?\s+of|drawing\s+of\s+(?:him|her|them)|likeness(?:es)?|silhouettes?|holograms?|facetime|(?:cover|magazine|front)\s+page|billfold\s+pic\w*|lanyard|id\s+card|interviews?|replay\w*|jumbotron|broadcast\w*|captioned|frames?|telecast|newsreel|tapes?|cheek\s+to\s+cheek|close-?up\w*|clip|views"
)
SHOWN = r"plain\w*|whole|entire|unmistakable|everywhere|half|bare|carries|grinning|smiling|in\s+it|in\s+which|clear\w*|visible|(?:un)?blur\w*|forward|front|full|shown|showing|show|shows|recogni[sz]\w+|identif\w+|posted|printed|uncovered|unmasked|unobscured|close-?up|in\s+frame|profile|on\s+(?:every|all|the|a)\s+\w+|screen|page|cover|wall|online"
BODY = r"face|faces|facial|voices?|vocals?|speech|fingers?|thumbs?|hands?|palms?|iris(?:es)?|retinas?|retinal|eyes?|ears?|lips?|gait|walk|veins?|heartbeat|breath|teeth|tooth|dental|bite|signature|handwriting|typing|keystrokes?|foot|feet|toes?|skin|blood|saliva|cheek|hair"
TAKEN = r"scan\w*|prints?|printed|imprints?|recogni\w+|verif\w+|templates?|geometry|enroll?\w*|unlock\w*|log-?ins?|authenticat\w+|match\w*|analy[sz]\w+|samples?|recorded|recordings?|recorder|tapes?|taped|memos?|clips?|files?|stems?|tracks?|clon\w+|models?|readers?|sensors?|time\s?-?clock|id|ids|swab\w*|records?|impressions?|molds?|casts?|biometric\w*|signature\s+pad|data|hash|database|lab|passphrase|archive[ds]?|clock(?:s|ed)?\s+in|opens?\s+(?:the|his|her|their)\s+(?:safe|door|phone|gate|locker|laptop)|messages?"
SURE_PRINT = re.compile(
    r"\b(?:biometric\w*|(?:finger|thumb|hand|palm|foot|voice|ear|lip|face|toe|knuckle|breath|brain|gait|ten)[\s\-]?prints?\w*|printed\s+and\s+booked|retinal?|iris(?:es)?\s+\w+|gait|dna|genom\w+|genetic\s+(?:test|profile|sample|code)\w*|(?:face|touch|voice)\s?id|dental\s+(?:records?|x-?rays?|charts?|impressions?|molds?|casts?|prints?|films?|id\w*|identification)|bite-?marks?|odontogram|voice-?\s?(?:memo|note|mail|over|clip|file|message|recording|sample|actor)s?|voicemails?|speech\s+(?:tape|sample|recording|file)s?|handwriting|keystrokes?"
    r"|audio\w*|cassettes?|vhs|mixtapes?|answering\s+machine|recordings?|recorded|tape-?record\w*|on\s+tape|dictaphone|podcasts?|wiretap\w*|prints|(?:ten|all|five)\s+fingers|(?:index|thumb|finger|palm|hand)\s+prints?|prints\s+(?:on\s+file|in\s+the\s+system|taken|ran|matched)|(?:his|her|their|my)\s+(?:old\s+)?prints|palm\s+\w+\s+scan|vein\s+(?:scan|map|pattern)\w*|23andme|ancestry\s+test|cheek\s+swab|scanner|body\s+scan|facial\s+(?:recognition|scan|verification|match|map|geometry|template|id)\w*)\b"
)
SURE_PICTURE = re.compile(
    rf"(?<![\w\-])(?:{SEEN})\b|\b(?:tiktoks?|stories|statues?|busts?|murals?|ads?|billboard)\s+(?:of|with|has|have|shows?)\s+(?:him|her|his|them|their|my|me|the)\b|\bwith\s+(?:her|his|their|my|a)\s+face\b|\w[’']s\s+face\b"
)
PART = re.compile(rf"\b(?:{BODY})\b")
PART_TAKEN = re.compile(rf"(?<![\w])(?:{TAKEN})\b")
FACE = re.compile(r"\b(?:face|faces|faced|facing)\b")
FACE_SHOWN = re.compile(rf"\b(?:{SHOWN})\b")
NOT_SEEN = re.compile(
    r"\b(?:face[\s\-]to[\s\-]face|face[ds]?\s+(?:it|up|the|her|his|their|charges|that|eviction|surgery)|in\s+the\s+face\s+of|straight\s+face|saves?\s+face|big(?:ger)?\s+picture|picture\s+of\s+health|family\s+of\s+origin|record(?:ed)?\s+(?:review|high|low)|track\s+record|on\s+(?:one|the\s+other)\s+hand|guided\s+imagery|imagery\s+(?:rehearsal|rescripting)|intrusive\s+images?|mental\s+images?)\b"
)
CLAUSE = re.compile(r"(?:(?<!\w)(?:Dr|Mr|Mrs|Ms|St|Mt|No|no|vs|Jr|Sr|[A-Z])\.|\.(?=\w)|:(?=[\d/])|[^.;:!?()\n—–\"“”]|\n(?=[^\n]))+")
MORE_SEEN = re.compile(r"[ \t]*[:\"“”—–(]+[ \t]*[^.;!?()\n\"“”]{3,90}[\"”)]?(?:[^.;!?()\n\"“”]{1,30}[\"“][^.;!?()\n\"“”]{2,40}[\"”])?")
SMALL_WORDS = frozenset(
    "on in at the of by and or to a an his her their my its with as for from about after before he she it they we you was is that this who which then so but not no s be been has had have one".split()
)
STATE = re.compile(rf"(?!New\s+York|Washington)(?:{STATES})[.]?")
IN_STATE = re.compile(r"(?:[A-Za-z’'],\s+|\b(?:in|from|to|of)\s+|\()$")
CONTENT = re.compile(
    r"(?<![\w’'])(?!(?:on|in|at|the|of|by|and|or|to|an?|his|her|their|my|its|with|as|for|from|about|he|she|it|they|we|you|is|was|that|this|who|which|then|so|but|not|no|be|been|had|has|have|s|t|d|m|ll|re|ve|are|were|our|your|me|him|them|us|i|since|until|till|before|after|during|over|come|am|pm|year|years|old|said|says|also|when|where|while|because|if|than|just|now|there|here|one|pt|ct|dr|mr|ms|mrs|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?![\w]))\w{2,}|(?<![\w’'])[A-Z]?\d+[A-Z]?(?!\w)",
    re.I,
)
AROUND = 8  # words of a clause on either side of what is spoken of

TOKEN = re.compile(r"[^\s()\[\]“”\"—…;<>=~≈→]*\d[^\s()\[\]“”\"—…;<>=~≈→]*")
COUNTS = re.compile(
    r"[\s\-]*(?:(?:of|hours?|minutes?|days?|weeks?|months?|years?|yrs?|yo|y/o|times?|percent|%|mg|mcg|ml|g|kg|lbs?|pounds?|oz|units?|miles?|feet|foot|degrees?|dollars?|bucks|people|men|women|children|kids|percentile|acres?|sessions?|x|cal(?:orie)?s?|bpm|beats|hz|square|thousand|million|pm|am|a\.m|p\.m|proof|head|per|or\s+so|more|fewer|less)\b"
    r"|(?:[a-z]+[\s\-]+)?(?!(?:was|is|has|his|its|as|this|us|says|does|yes|plus|always|across|perhaps|versus|towards|besides|its|needs|calls|comes|goes|wants|keeps|lives|works)\b)[a-z]{3,}s\b)"
)
NUMBERED = re.compile(
    r"\b(?:jersey|bib|locker|case|file|order|sample|participant|subject|badge|car|cab|engine|bunk|cell|flight|check|ticket|lot|booth|slip|stall|plot|hole|kennel|cage|tag|route)\s+\d{1,3}\b(?!\s*[%/])",
    re.I,
)
SMALL_TITLE = re.compile(r"\b(?:mr|mrs|ms|mx|dr)\b\.?\s+[a-z]\b\.?(?!['’]\w)")
MONEY = re.compile(r"[$€£¥]")
SCALE = re.compile(
    r"(?:^|[\s(])(?P<of>[A-Za-z][\w’'\-/]*)(?:\s+(?:score[ds]?|level|total|raw|index|t-score))*\s*(?:of|is|was|at|to|about|=|:|,|@|<|>|≤|≥|→)*\s*(?:\d+[\s/\-,]+(?:to\s+|and\s+|from\s+)?)*$"
)
MARKED = re.compile(
    r"(?:#|\b(?:no|nr|num|number|end(?:ing|s)?(?:\s+(?:in|with))?|digits|code|pin|ext|extension|id|prefix|begins?|starts?\s+with|zip)\b\.?:?)\s*$", re.I
)
PLAIN_NUMBER = re.compile(
    r"\d{1,2}|\d{0,3}\.\d{1,2}|\d{1,2}:\d{2}(?::\d{2})?(?:[ap]m?)?|\d{1,2}(?:[–\-/]\d{1,2}){1,2}x?|['’]\d{2}s?|(?:19|20)\d\d(?:s|[–\-](?:19|20)?\d\d)?|\d{2}[MFmf]|\d{1,2}(?:st|nd|rd|th|x|s|ish|yo|y|m|f|d|w|hr|h|p|a|am|pm|k|mg|g|q)|\d{1,3}\+|24/7|911|988|\d{1,2}[ap]m?-\w+|[A-Z]-\d{1,2}|\d{1,3},000|\d{1,3}%|\d{1,3}/\d{2,3}"
)
AGE = re.compile(r"(?<![\w.,/$€£\-:#])(?:9\d|1[01]\d)(?![\w%]|[.,:/\-]\d)")
AGE_WORDS = re.compile(
    r"\b(?:ninet(?:y|ieth|ies)(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?:th)?)?|hundredth|(?:a|one)\s+hundred\s+(?:and\s+)?(?:one|two|three|four|five|six|seven|eight|nine|ten)|mid-?nineties|90-?\s?(?:something|ish|plus|odd)|(?:9\d|10\d)(?:[FMfm]\b|(?:st|nd|rd|th)\s+year)|super-?centenarian|great-great-\w+)\b",
    re.I,
)
OLD_YEAR = re.compile(r"(?<![\w.,/$\-#])(?:18\d\d|19[0-2]\d|193[0-7])s?(?![\w,]*\d|-\w)|(?<!\w)['’](?:2[7-9]|3[0-7])(?![\w’'])")
SEASONS = r"spring|summer|autumn|winter"
WHEN = re.compile(
    rf"\b(?:(?:[Tt]he|last|this|next|that|early|late|mid|each|every|of|in|since|until|by|during)[\s\-]+(?:(?:first|last|early|late|mid|past|following)[\s\-]+)?(?:{SEASONS}|(?<=the\s)fall(?!\s+(?:from|on|down|risk))|(?<=last\s)fall|(?<=this\s)fall|(?<=next\s)fall|(?<=in\s)fall)(?!\s+of\s+\d)(?:time|\s+(?:break|term|semester|vacation|camp|recess|quarter|equinox|solstice))?"
    rf"|(?:the\s+)?(?:first|second|third|fourth|fifth|last|final|opening|closing)\s+(?:snow\w*|frost|harvest|full\s+moon|new\s+moon|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:day|night|week|weekend|morning|evening|month)s?\s+of\s+(?:the\s+)?\w+(?:\s+[A-Z]\w+)?)"
    rf"|(?:the\s+)?{ORDINAL}\s+(?:day|night|week|month|moon|sunday|sabbath)\s+(?:of|in|after|before)\s+(?:the\s+)?\w+(?:\s+[A-Z]\w+)?"
    r"|(?:the\s+)?(?:eve|feast|fast|festival|vigil|octave|novena|day|night|week|weekend|morning|anniversary)\s+(?:of|before|after)\s+(?:the\s+)?(?:[A-Z][\w’'\-]*)(?:\s+(?:of\s+|the\s+)*[A-Z][\w’'\-]*)*"
    r"|(?!(?:Last|Next|This|That|Every|Each|The|A|An|One|Per|Same|His|Her|My|Our|Their|All|Most|Some|Mid|Late|Early|Until|Since|On|In|By|At|For|To|Family|Day|Work)\b)[A-Z][\w’'\-]*(?:\s+(?:of|the|del|de|la)?\s*[A-Z][\w’'\-]*)*\s+(?:eve|Eve|Night|Festival|Fest|Fair|Feast|Fast|Jubilee|Sabbath|Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|week|weekend|Week|Weekend|Season|Parade|birthday|Birthday|Remembrance|New\s+Year)\b"
    r"|[A-Z][\w’'\-]+\s+(?:festival|feast|fair|parade|pageant|marathon|rodeo)\b|(?:full|new|harvest|blood|blue)\s+moon|(?:winter|summer|vernal|spring|fall|autumn\w*)\s+(?:solstice|equinox)|solstice|equinox|midwinter|midsummer|leap\s+(?:day|year)|daylight\s+saving\w*|the\s+clocks\s+(?:changed|went\s+\w+)|opening\s+day|graduation\s+(?:day|night)|prom\s+night|(?:the\s+)?(?:day|night|eve)\s+before\s+\w+|inauguration(?:\s+day)?|groundhog\s+day|tax\s+day|the\s+eclipse"
    rf"|(?:the\s+)?(?:ides|nones|kalends|calends)\s+of\s+\w+|{MONTH}\s+of\s+(?:last|this|that|next)\s+year|(?:\d{{1,2}}|el|le|der|den|am|il|del?|di)\.?\s+(?:{MONTHS_ELSEWHERE})(?:\s+(?:de\s+|del\s+|di\s+)?\d{{4}})?)\b",
)
BARE_NTH = re.compile(
    rf"\b(?:the|on\s+the|el|le|am)\s+(?P<day>(?!first\b|second\b|third\b)(?:{ORDINAL})|(?<=on the )(?:first|second|third))(?=\s*(?:[.,;:!?)\n]|$|and\b|of\b|at\b|in\b|to\b|when\b|he\b|she\b|they\b|was\b|is\b|she\b|or\b))",
    re.I,
)
FRACTION = re.compile(r"(?<![\w/.\-$])(?:0?[1-9]|1[0-2])/(?:5|7|10)(?![\w/%]|\.\d)")
WHERE = re.compile(
    r"\b(?:the\s+)?[A-Z0-9][\w’'&.\-]*(?:\s+[A-Z][\w’'&.\-]*)*\s+(?:on|off|at|by|near|along|over)\s+(?:the\s+)?(?:[A-Z][\w’'\-]*|\d{1,3}(?:st|nd|rd|th)?)(?:\s+(?:[A-Z][\w’'\-]*|\d{1,3}(?:st|nd|rd|th)?))*"
    r"(?=[\s,.;)]|$)"
)
STORE = frozenset(
    "walmart target costco starbucks mcdonald's mcdonalds amazon kroger safeway walgreens cvs subway wendy's denny's ihop ikea macy's sephora".split()
)
# What the last look goes by. Runs of code parts: S57 914, 7 4410 2295 01, TG dash 20771, 65 RT 204.
PART_OF_CODE = r"[A-Z]{0,3}\d[A-Z0-9]*"
CODE_RUN = re.compile(
    rf"(?<![\w$€£.,:/#+\-])(?:[A-Z]{{1,4}}(?:\s+(?:dash|slash)\s+|[\s\-]))?{PART_OF_CODE}(?:(?:\s(?:dash|slash|dot)\s|[ \-/])(?:{PART_OF_CODE}|[A-Z]{{1,3}}(?=[ \-/]\d|[\s,.;:)]|$)))+(?![\w%]|[.,:]\d)"
)
SPOKEN_RUN = re.compile(r"(?<!\w)[A-Z]{1,4}\s(?:dash|slash|hyphen|dot)\s(?=\d)")
LONG_NTH = re.compile(r"(?<![\w.,])\d{3,4}(?:st|nd|rd|th)\b(?!\s*(?:percentile|%ile|day|night|time|session|visit|anniversary))")
COUNTED_WHAT = re.compile(r"(?<![\w$€£.,:/#+\-])(?P<count>\d{4,})\s+(?P<what>[a-z]{3,}s)\b")
COUNTABLE = frozenset(
    "steps dollars calories miles feet hours words votes followers troops acres residents times people cals units meters kilometers yards pounds euros pesos rupees bucks volts milligrams mls subscribers members employees students soldiers inmates hectares".split()
)
LETTER_NUMBER = re.compile(r"(?<![\w\-/.])(?:(?i:exhibit|ex|tag|bag|box|pew|bin|item|room|cell)\.?\s+)?[A-Z]-\d{1,4}[A-Z]?(?![\w\-]|[./]\d)")
HARMLESS_LETTER = re.compile(r"[CTLS]-(?:[1-9]|1[0-2])|B-(?:1|2|3|6|12)|D-3|[FJHLOKTUV]-[1-6][AB]?|Q-\d|K-(?:8|12|5|6)|A-1")
AFTER_THING = re.compile(
    r"(?<![\w\-'’.])(?P<thing>[A-Za-z]{3,})\s+(?:no\.?\s*|number\s+|#\s*)?(?P<number>\d{1,3})(?![\w%+/\-–:×x]|[.,:]\d|\s*(?:[-–/:.]\s*\d|[+/%x×>→=]|to\s+\d|and\s+\d|or\s+\d))"
)
THINGS = frozenset(
    "age aged ages session sessions sess visit visits week weeks day days step steps grade grades stage level year years item items chapter question questions phase part month months trimester cycle axis cluster type factor"
    " subscale scale scores score scored total top under over about only turns turn just nearly almost maybe than plus between per until till since around after before above below near roughly approx approximately exactly"
    " tops max minimum maximum least most now still then also last next first past every each some all both with without within into onto upon from for the and but nor yet not are was were been has had have will would can could may might"
    " son sons daughter daughters child children kid kids boy boys girl girls brother brothers sister sisters twin twins husband wife mother father mom dad partner client patient man woman male female teen his her their our my your its he she they who which that this these those"
    " group groups family page pages line lines count counts rate raw index level percentile percentiles standard mean average median range ratio pressure pulse weight height wt ht temp sugar glucose sodium potassium oxygen pain mood sleep anxiety depression anger craving cravings urge urges distress severity intensity risk safety"
    " module modules form version volume rev revision edition criterion criteria rule rules tool tradition traditions article section title code part parts schedule slide task set round rounds trial level appt appointment note call calls room times time once lost gained weighs weigh drinks drank slept sleeps ate eats smokes smoked took takes got gets did does made makes gave gives needs need wants said says rates rated rate ranks paid pays owes earns spent won beat scored worked works ran runs walked missed attended completed did left came goes went saw sees seen has hit hits reached reaches"
    " clozapine lithium valproate insulin warfarin thyroid hemoglobin global restraint reading vocabulary arithmetic forward backward span internalizing externalizing hyperactivity attention somatic parent teacher self report impact event events scale inventory questionnaire test tests screen trauma avoidance arousal reexperiencing intrusion dissociation".split()
)
LONG_LIFE = re.compile(
    r"\b(?:(?:6[5-9]|[7-9]\d|sixty[\s\-](?:five|six|seven|eight|nine)|(?:seventy|eighty|ninety)(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?)[\s\-]*(?:years?|yrs?)|(?:seven|eight|nine)\s+decades)\b(?!\s*-?\s*(?:old|of\s+age)|-)"
    r"|\b(?:born|raised|wed|married)\s+in\s+the\s+(?:19)?[123]0s\b|\b(?:great-)+grand\w+\s+of\s+\d+",
    re.I,
)
VERSUS = re.compile(r"\b[A-Z][\w’']+(?:\s+(?:\d+|[A-Z][\w’']*))*\s+vs?\.?\s+[A-Z][\w’']+(?:\s+[A-Z][\w’']+)*")
QUOTED_NAME = re.compile(r"(?<!\w)[\"“](?P<who>[A-Z][\w’']*\.?(?:\s+(?:[A-Z][\w’'\-]*|of|the)){0,3})[,.]?[\"”](?!\w)")
INITIALED = re.compile(r"(?<![\w.])(?:[A-Z]\.\s?){1,3}[A-Z][A-Za-z’'\-]{2,}(?<![a-z]\.)")
SMALL_INITIALED = re.compile(r"(?<![\w.])(?:[a-z]\.\s){1,2}(?P<name>[a-z][a-z’'\-]{2,})")
DOTTED_LARGE = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,4}(?!\w)")
PLAIN_INITIALS = frozenset("us usa uk eu pm am dc la phd md ptsd adhd ocd va er ed iq aa na sos ny nj nm nh ie eg lgbt".split())
DEGREES = frozenset("rd rn md do ma ba bs ms jd phd psyd edd dds lpc lcsw lmft np pa msw mft osb osf sj op".split())
SHORT_PLATE = re.compile(r"(?<![\w$.,:/#+\-])[A-Z]{2,3}[ \-](?:\d{3,5}(?:[ \-][A-Z]{1,2})?|\d{2,}[A-Z\-]*\d+[A-Z0-9\-.]*)(?![\w%/]|[.,:]\d)")
SMALL_SAINT = re.compile(
    r"(?<![\w@])(?:st\.|saint|mt\.?|mount|ft\.|fort|our\s+lady(?:\s+of)?)\s+[a-z][a-z’']{2,}(?:\s+(?:hospital|hosp|parish|church|school|adolescents?|clinic|med|medical|park|high))*"
)
SMALL_WAY = re.compile(
    r"(?<![\w@.])(?:[a-z][a-z’']{2,}\s+)?[a-z][a-z’']{2,}\s+(?:st|way|place|court|terrace|circle|loop|trail)\b(?!\s+(?:to|of|out|in|back|that|too|home|she|he|they|it|for|order|ordered|date|through)\b|['’])"
)
SMALL_FIRM = re.compile(
    r"(?<![\w@.])[a-z][a-z’']{2,}(?:\s+[a-z][a-z’']{2,})?\s+(?:associates|medicine|psychiatric\s+hospital|residential\s+care|behavioral(?:\s+health)?|medical\s+(?:center|ctr)|health\s+(?:system|center|ctr)|wellness\s+center|counseling\s+center|recovery\s+center|eating\s+disorders?\s+program|memorial)\b"
)
SMALL_SPOT = re.compile(
    rf"\b(?:at|in|on|off|from|near|to|by|of)\s+(?P<spot>(?:the\s+)?(?P<head>[a-z][a-z’'&]+)\s+(?:[a-z][a-z’']+\s+){{0,2}}?(?:rd|road|street|boulevard|square|drive|pike|{grown.PLACE_NOUN}))(?![\w’'\-])"
)
SMALL_FEAST = re.compile(HOLIDAY.pattern, re.I)
SMALL_WHEN = re.compile(
    rf"\b(?:in|since|last|this|next|until|by|early|late)\s+(?:the\s+)?(?:{SEASONS})\b|\bthe\s+{ORDINAL}(?=[\s,.;])(?!\s+(?:time|session|day|night|one|floor|grade|person))",
    re.I,
)
SMALL_LETTERED = re.compile(r"(?<![\w@.])(?P<name>[a-z]{3,})\s(?P<letter>[a-z]\.)(?=[\s,)]|$)(?!\s*[a-z]\.)")
SMALL_QUOTED = re.compile(r"(?<!\w)[\"“](?P<who>[a-z][\w’']*(?:\s+[a-z][\w’'\-]*)?)[,.]?[\"”](?!\w)")
SMALL_FULL = re.compile(r"(?<![\w@./\-])(?P<first>[a-z]{3,})\s(?P<last>[a-z]{3,})(?![\w@\-])")
DOTTED_SMALL_TWO = re.compile(r"(?<![\w.@/])[a-z]\.\s?[a-z]\.(?!\w)")
LONE_INITIAL = re.compile(
    r"(?<![\w.&/\-])(?<![A-Z]\. )(?<!vitamin )(?<!hepatitis )(?!I\.|A\.)[B-HJ-Z]\.(?=\s*\(|\s+(?:said|says|is|was|has|had|and|who|came|did|will|told|feels|lives)\b)"
)
LONE_LETTER = re.compile(
    r"(?<=[a-z,] )(?<!yo )(?<!y/o )(?<!sex )(?<!type )(?<!vitamin )(?<!hepatitis )(?<!plan )(?<!option )(?<!part )(?<!axis )(?<!group )[B-HJKM-PSU-Z](?=\s[a-z]{2,}|[,;]\s|\.\s)|(?:(?<=[.!?] )|(?<=\n))[B-HJKM-PSU-Z](?=\s(?!/)[a-z]{3,})"
)
MONTH_NAMED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Apr|Aug|Sept|Oct|Nov|Dec)\b(?!\s+(?:I|he|she|we|they)\b)"
    r"|\b(?:JANUARY|FEBRUARY|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|JAN|FEB|APR|AUG|SEPT|OCT|NOV|DEC|(?:IN|SINCE|UNTIL|OF|LAST|BY)\s+(?:MARCH|MAY))\b"
)
UNIT_TAIL = re.compile(r"[ ,]{0,2}#\s?\w{1,5}\b")
NEWS = re.compile(
    r"\b(?:in\s+the\s+(?:news|newspapers?|papers?|headlines|press|[A-Z]\w+(?:ian|ist|une|ald|ette|ger|mes|ost))|on\s+(?:the\s+)?(?:local\s+)?(?:news|tv|television|radio|wikipedia)|front\s+page|went\s+viral|go(?:es|ing)?\s+viral|headlines?|obituar\w+|semi-?finals?|quarter-?finals?|finalist|all-(?:state|american|conference)|valedictorian|salutatorian|homecoming\s+(?:queen|king)|known\s+(?:around\s+)?here|hall\s+of\s+fame|memoir|documentary|best-?sellers?|patent(?:ed)?|nationals|state\s+(?:champ\w*|title|finals?|meet|record)|elected\s+to|ran\s+for\s+(?:mayor|office|council|congress|sheriff)|press\s+conference|made\s+(?:the\s+)?(?:news|history)|first\s+(?:\w+\s+){1,3}to\s+(?:be|win|serve|lead|play|hold|earn|become|graduate|fly|climb|swim|finish))\b",
)
BRAND = re.compile(r"(?<=[a-z]\s)\d[A-Z]\b(?=\s*[,.;)]|\s+[a-z])(?![’'])")
INSTITUTION = re.compile(
    r"\b(?:the\s+)?(?:(?:[A-Z][\w’']+\s+)?(?:Co|Cnty|Cty)\.\s+|(?:state|county|federal|city|public|village|town|municipal|regional|tribal)\s+)(?:(?:women|men)['’]?s\s+)?(?:penitentiary|penal\s+farm|prison|prison\s+farm|work\s+farm|correctional\s+\w+|library|fairgrounds?|armory|psychiatric\s+hospital|forensic\s+\w+|morgue|detention\s+\w+)\b(?:\s+(?:in|at|near|of)\b(?=\s+[A-Z]))?",
    re.I,
)
SHOP = re.compile(
    r"\b(?:(?:at|in|behind|near|outside|from|to|for|by|across\s+from|next\s+to)\s+(?:the\s+|a\s+|her\s+|his\s+|their\s+)?(?:local\s+)?|(?=\w+\s+(?:lot|parking|store|warehouse|distribution|plant|cashier|manager|driver|job|shift|uniform|badge)))(?P<shop>walmart|wal-mart|target|costco|starbucks|mcdonald['’]?s|kroger|safeway|walgreens|cvs|wendy['’]s|denny['’]s|ihop|ikea|macy['’]s|sephora|home\s+depot|lowe['’]s|dollar\s+general|dollar\s+tree|burger\s+king|taco\s+bell|chick-fil-a|dunkin\w*|7-eleven|amazon\s+(?:warehouse|hub|fulfillment\s+center)|whole\s+foods|trader\s+joe['’]s|chipotle|applebee['’]s|olive\s+garden|red\s+lobster|waffle\s+house|best\s+buy|petsmart|autozone|publix|h-e-b|aldi|meijer|wegmans|winco)\b(?!\s+(?:symptom|behavior|date|goal|range|dose))"
)
EPONYM = re.compile(
    r"\b(?:Beck|Hamilton|Burns|Columbia|Connors|Conners|Vanderbilt|Rogers|Adler|Ellis|Linehan|Hayes|Bowen|Satir|Jung|Freud|Erikson|Maslow|Piaget|Minuchin|Gottman|Bowlby|Ainsworth|Winnicott|Yalom|Berg|Hopkins)\b"
)
NOT_EPONYM = re.compile(
    r"(?:['’]s)?(?:\s+[A-Z][\w\-]*){0,3}\s*(?:-?\s*(?:ii|iii|iv|II|III|IV)\b|(?:[\w\-]+\s+){0,2}(?:scale|scales|inventory|index|depression|anxiety|suicide|rating|severity|protocol|theory|model|technique|style|approach|method|therapy|hopelessness|screen|checklist|form|score|scored|symptom|stage|stages|hierarchy|attachment|triad|couples?|oars|sculpt|c-ssrs)\b|[=:\d(]|of\s+\d|was\s+\d|is\s+\d|-)",
    re.I,
)
PEOPLE = frozenset(
    "mom mother mommy mama dad father daddy papa grandma grandmother granny nana grandpa grandfather grandad aunt auntie uncle cousin sister brother son daughter husband wife spouse partner".split()
)
FAITHS = frozenset(
    "catholic christian baptist lutheran methodist episcopal presbyterian mormon jewish muslim hindu buddhist sikh orthodox protestant evangelical pentecostal black white american national mental red big little old new family public high".split()
)
ONLINE_AT = frozenset("zoom facebook instagram tiktok youtube google i american english spanish french catholic christian god jesus easter".split())
COUNTRIES = frozenset(
    "mexico canada america africa asia europe iraq iran syria afghanistan ukraine russia china japan korea vietnam india pakistan guatemala honduras salvador cuba haiti jamaica england ireland germany france spain italy poland".split()
)
BESIDE_ROAD = re.compile(
    r"\b(?:the\s+)?(?:\d{1,3}\s+(?:fwy|freeway|hwy|highway|freight|bus|train|line|exit|interchange|overpass)|(?:exits?|hwy|highway|route|rte|fwy|freeway|interstate|bus|train|line|gate|pier|track|mile|mm)\s+#?\d{1,4}[a-z]?)\b|\bthe\s+\d{1,3}\s+(?:at|near|by|past|north|south|east|west|northbound|southbound)\b",
    re.I,
)
SMALL_STREET = re.compile(
    r"\b(?:[a-z][\w’']+|\d{1,3}(?:st|nd|rd|th))\s+(?:street|ave|avenue|blvd|boulevard|lane|ln|rd|hwy|fwy|parkway|pkwy|ct|terrace)\b(?!\s+(?:drugs?|smarts?|clothes))"
)
SMALL_STREET_HEADS = frozenset(
    "the a an his her their my our this that across down up on off side main same fast next cross memory dirt gravel back one each every any bus bike slow in of no country city busy dark long wide bike".split()
)
NOUNS = r"shelter|school|church|clinic|hospital|employer|work|workplace|pharmacy|company|unit|ward|agency|program|facility|residence|group\s+home|mosque|temple|synagogue|parish|team|club|camp|town|city|address|home|location|site|store|restaurant|bar|gym|landlord|lender|bank|lawyer|attorney|judge|doctor|pcp|therapist|teacher|referr\w+\s+by|ref|referral|contact|emergency\s+contact|mother|father|mom|dad|wife|husband|partner|son|daughter|sister|brother|name|client|patient|pt|cc|attn|re|from|to|signed|caregiver|guardian|interpreter|supervisor|boss|friend"
LABELLED = re.compile(rf"\b(?:{NOUNS})s?\s*[:=]\s*(?P<what>[A-Z][\w’'&.\-]*(?:\s+(?:of\s+|the\s+|&\s+|and\s+)?[A-Z][\w’'&\-]*)*)", re.I)
FOREIGN = re.compile(
    r"\b(?:(?:(?:la|el|las|los|le|der|die|o|os|as)\s+)?(?:calle|avenida|avda|rua|rue|via|viale|piazza|plaza|camino|colonia|barrio|quartier|ul|ulica|ulitsa|platz|place|señora?|seño|doña|don|sra?|srta|dra?|monsieur|madame|mme|herr|frau|pani?|domnul|doamna|signora?|senhora?|hermano|hermana|tía|tío|tia|tio|abuel[ao]|baba|babushka|dyadya|tyotya|ustad|sheikh|haji|hajji|bhai|didi|ji|uncle|auntie|cousin|tita|tito|lola|lolo|kuya|ate|nonna|nonno|opa|oma|yiayia|pappou|teta|khala|khalti|amo))\.?\s+(?P<what>[A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+)?)"
)
SAINT = re.compile(
    r"\b(?:St|Saint|Ste|Sainte|San|Santa|Mt|Mount|Ft|Fort|Our\s+Lady)\b\.?\s+(?:of\s+(?:the\s+)?|de\s+(?:la\s+)?)?[A-Z][\w’'\-]*(?:\s+(?:\d{1,4}|[A-Z][\w’'\-]*))*"
)
HEALTH = re.compile(
    r"\b(?!(?:Mental|Behavioral|Public|Home|Physical|Sexual|Reproductive|Oral|Women[’']s|Men[’']s|Global|Primary|The|A|My|Her|His)\b)[A-Z][\w’'&\-]*(?:\s+[A-Z][\w’'&\-]*)*\s+(?:Health|Healthcare|Medical|Care|State|Tech|A&M|University|College|Academy|Prep|High|Hospital|Clinic|Wellness|Recovery|Ministries|Outreach|House|Haven|Manor|Commons|Pointe?|Landing|Crossing|Gardens?|Terrace|Homes)\b"
)
ONLINE = re.compile(
    r"\b(?:sign(?:s|ed)?(?:\s+off)?|post(?:s|ed|ing)?|go(?:es|ing)?|log(?:s|ged)?\s+(?:in|on)|known|play(?:s|ed|ing)?|stream(?:s|ed|ing)?|tweet(?:s|ed|ing)?|writ(?:es|ing)|wrote|blog(?:s|ged)?|chat(?:s|ted)?|publish(?:es|ed)|perform(?:s|ed|ing)?|sells|trades|raps|online|registered|listed|saved|appears)\s+(?:(?:there|online|it|her|him|them|in\s+the\s+game)\s+)?(?:as|under|by)\s+[“\"']?(?P<as>[^\s,.;:!?“”\"']+)"
    r"|\b(?:wechat|weixin|line|telegram|signal|kakao\w*|discord|twitch|steam|psn|xbox|onlyfans|grindr|tinder|bumble|hinge|reddit|tumblr|etsy|ebay|strava|zelle|venmo|cash\s?app|viber|skype|snap(?:chat)?|insta(?:gram)?|ig|tiktok|facebook|fb|youtube|channel|handle|user\s?name|gamertag|screen\s?name|alias|stage\s+name|pen\s+name|nickname|call\s?sign|avatar)\s*(?:is|was|name|id|under|as|:|=|\()\s*[“\"'@]?(?P<is>[^\s,;:!?“”\"')]+)",
    re.I,
)
JOINED = re.compile(r"(?<![\w@/.])[A-Za-z]\w*(?:[_.]\w+)+(?![\w/])|(?<![\w@/.])[A-Za-z][a-z]+(?:[A-Z][a-z]+)+\d*\b|(?<![\w@/.\-])[A-Za-z]{3,}\d{1,4}(?![\w/])")
ABBREVIATED = re.compile(r"(?:[a-z]\.)+[a-z]?|e\.g|i\.e|a\.m|p\.m|vs\.\w+|w\.o", re.I)
ONLY = re.compile(
    r"\b(?:(?:the|its|their|our|a)\s+(?:(?:\w+[’']s)\s+)?(?:only|sole|lone|last|first|youngest|oldest|tallest|longest-serving|fastest|best-known|most\s+\w+|highest-\w+)\s+(?!(?:time|thing|one|way|day|night|week|month|year|session|step|few|visit|two|three|person\s+(?:she|he)|place|reason|part|line|hour|word|words|half|name|place|question|person|people|option|choice|problem|sentence|appointment|episode|symptom|child|son|daughter|born|marriage|wife|husband|grade|semester|job|trimester|responders?|aid|dose)\b)[^.;:!?()\n]{3,60}"
    r"|(?:weather(?:man|woman|caster)|meteorologist|newscaster|dj|emcee|ghost-?writer|author|inventor|founder|co-founder|composer|discoverer|designer|creator|architect|winner|recipient|holder|survivor|runner-up|champion|captain|mascot|namesake|star|host|anchor|lead\s+singer|drummer|frontman|goalkeeper|quarterback|coach|mayor|senator|sheriff|bishop|chief|warden|queen|king|duke|princess|heir(?:ess)?|plaintiff|defendant|whistle-?blower)\s+(?:of|in|for|to|behind|on)\s+(?:the|a|an|our|[A-Z])[^.;:!?()\n]{3,60}"
    r"|(?:former|ex-|one-time|reigning|current|once|three-time|two-time)\s*(?:Miss|Mr|Mrs|Queen|King)\b[^.;:!?()\n,]{3,40}|(?:world|state|national|olympic|regional|county)\s+(?:record|champion\w*|title|medal\w*)|(?:gold|silver|bronze)\s+medal\w*|(?:pulitzer|grammy|emmy|oscar|tony|nobel|purple\s+heart|medal\s+of\s+honor)\b|tattoo\w*(?:\s+(?:of|on|that|reading|says)\s+[^.;:!?()\n,]{3,50})?|birth-?marks?(?:\s+\w+){0,6}|prosthe\w+|glass\s+eye|missing\s+(?:finger|eye|ear|arm|leg|hand)\w*|conjoined|(?:triplet|quadruplet|quintuplet)s?)",
    re.I,
)
# A name where people put theirs: the last lines, after thanks, in quotation marks after a word of calling.
SIGN_OFF = re.compile(
    r"(?:\b(?:thx|tx|thanks?(?:\s+(?:you|much|again|so\s+much|all|again|in\s+advance|a\s+lot|everyone|both))?|ty|tysm|tia|best(?:\s+(?:regards|wishes))?|(?:kind\s+|warm\s+)?regards|warmly|warmest|cheers|sincerely|cordially|fondly|gratefully|respectfully(?:\s+submitted)?|faithfully|yours(?:\s+\w+)?|your\s+colleague|love|xo+|hugs|peace|blessings|in\s+(?:peace|solidarity|gratitude)|take\s+care|be\s+well|shalom|namaste|saludos|gracias|abrazos?|merci|talk\s+soon|tonight|more\s+soon|signed|sent\s+by|from)\b[\s,.!:;)\-–—~]*|(?:^|\n|\s)[ \t]*[\-–—~/*]+[ \t]*)(?P<who>[^\W\d_][\w.’'\-]*(?:[ ,]+[^\W\d_][\w.’'\-]*){0,2})[ \t]*(?=\n|$)",
    re.I,
)
LAST_LINE = re.compile(
    r"(?:\n|(?<=[.!?]\s))[ \t]*[\-–—~/*]*[ \t]*(?P<who>[^\W\d_][\w.’'\-]*(?:[ \t]+[^\W\d_][\w.’'\-]*){0,2})[ \t]*(?:\n\s*\S[^\n]{0,60})?\s*$"
)
ALONE = re.compile(r"(?:^|\n)[ \t]*[\-–—~]*[ \t]*(?P<who>[A-Z]\.?(?:[ ]?[A-Z]\.?){0,2}|[a-z]{1,2}\.?)[ \t]*(?=\n|$)")
QUOTED = re.compile(
    r"\b(?:writes?|wrote|calls?|called|calling|named?|spells?|spelled|says?|heard?|hears?|types?|typed|reads?|nicknamed?|knows?|known|goes\s+by|aka|a\.k\.a\.|as|is|was|becomes?|became|transcribe[ds]?|corrected|changed|means?)\b[^\n.“\"]{0,24}[“\"](?P<who>[A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+)?)[,.]?[”\"]"
)
DOTTED_SMALL = re.compile(r"(?<![\w.@/])(?:[a-z]\.\s?){1,2}[a-z]\.(?!\w)")
NOT_INITIALS = frozenset(
    "am pm eg ie us uk po qd bid tid qid prn hs so dob aka nb rto wrt etc ca vs iq ba ma phd md rn od os im iv sc cc cf ps pps ad bc ce la da sa dc ny hx dx tx rx sx io ao nos ot pt tv".split()
)
ROLE_LETTER = re.compile(
    r"\b(?:client|patient|pt|partner|husband|wife|spouse|bf|gf|boyfriend|girlfriend|friend|brother|sister|son|daughter|mother|father|mom|dad|cousin|aunt|uncle|roommate|coworker|ex|boss|teacher|sponsor|dr|doc|mr|mrs|ms|mx|nurse|coach|kid|twin|baby|fianc[eé]e?|from|per|cc|attn|with|w/)[.:]?\s+(?P<who>[A-Z]{1,2}\b\.?(?:\s?[A-Z]\b\.?)?)(?!['’]?\w|\s*[=:/]|-)"
)
SMALL_ROLE_LETTER = re.compile(
    r"\b(?:client|patient|pt|partner|husband|wife|bf|gf|boyfriend|girlfriend|friend|brother|sister|son|daughter|mom|dad|cousin|aunt|uncle|roommate|ex|boss|sponsor|with|and|w/)\s+(?P<who>[a-z]\.)(?=\s|,|['’]s)(?!\s*[a-z]\.)|\b(?:[Bb]ig|[Ll]il['’]?|[Ll]ittle|[Oo]l['’]?|[Oo]ld|[Yy]oung|[Cc]razy|[Tt]iny|[Ss]lim|[Pp]apa|[Mm]ama)\s+(?P<known>[a-z]{2,})\b"
)
ROAD_WORD = re.compile(
    r"\b(?:the|that|this)\s+(?:connector|beltway|bypass|tollway|thruway|turnpike|causeway|viaduct|perimeter|spur|expressway|interstate|parkway|narrows|skyway|belt\s+loop|inner\s+loop|outer\s+loop|strip|bluffs?|boardwalk|levee|pass|gap|rez|res|quad|peninsula|panhandle|delta|foothills|plateau|keys|cape|cove|bayou|badlands|backwaters)\b"
)
THE_NOUN = re.compile(rf"\b(?:the|The)\s+(?P<name>[A-Z][\w’'&\-]*(?:\s+[A-Z][\w’'&\-]*)?)\s+(?:{grown.PLACE_NOUN})\b(?!['’]s)")
AT_ONE = re.compile(
    r"(?:\b(?:at|from|via|to|@)|\b(?:ER|ED|[Nn]euro|[Oo]ncology|[Cc]ardiology|[Rr]ehab|[Dd]etox|ICU|NICU|[Ii]npatient|[Pp]eds|[Dd]ialysis|[Hh]ospice)\s+(?:at|of))\s+(?:the\s+)?(?P<name>[A-Z][\w’']+(?:\s+[A-Z][\w’']+)?)(?=\s*(?:[,.;)\n]|$|\s(?:on|in|for|with|where|since|until|after|and|who)\b))"
)
IN_TOWN = re.compile(r"\b(?:the\s+)?[A-Z][\w’'&\-]*(?:\s+[A-Z][\w’'&\-]*)*\s+in\s+$")
ORDINAL_STREET = re.compile(
    r"(?<![\w/])(?:\d{1,3}(?:st|nd|rd|th)\s+(?:and|&|at|/|x)\s+(?:[A-Z][\w’']+|\d{1,3}(?:st|nd|rd|th))|[A-Z][\w’']+\s+(?:and|&|at|/)\s+\d{1,3}(?:st|nd|rd|th)|(?:3[2-9]|[4-9]\d|[12]\d\d)(?:st|nd|rd|th)(?!\s*(?:percentile|birthday|anniversary|day|week|time|session|floor|year|visit|%ile|grade|congress|infantry|airborne)))\b"
)
THE_ONE = re.compile(
    r"\b(?i:as|(?:he|she|they)(?:['’]s|['’]re|\s+(?:is|was|are|were))|(?:client|pt|husband|wife|father|mother|brother|sister|son|daughter|dad|mom)\s+(?:is|was))\s+(?:the\s+(?:same\s+)?(?:man|woman|guy|girl|boy|kid|one|person|teacher|nurse|cop|officer|driver|lady|mother|father|mom|dad|couple|family|soldier|pilot|priest|student|player|doctor|child|baby|teen\w*|fella|farmer|rancher|hiker|climber|swimmer|runner|singer|actor|actress|survivor|hostage|witness|juror|neighbor)\s+(?:who|that|whose|from\s+the|in\s+the|on\s+the)|famous|well[\s\-]known|known\s+(?:for|across|around|in|to)|the\s+face\s+of|the\s+voice\s+of)\b[^.;:!?()\n]{3,90}"
    r"|(?:^|(?<=[.!?]\s)|(?<=\n))(?:Only|Oldest|Youngest|First|Last|Sole|Longest|Largest|Tallest|Fastest|Highest|Lone)\s+(?!(?:session|time|visit|seen|appointment|contact|met|week|day|month|year|names?|thing|then|was|of\s+all|drink|use|question|note|few|name)\b)[^.;:!?()\n]{3,70}\b(?:in|of|to|on|at|from|ever|alive|left|who|history)\b[^.;:!?()\n,]{0,40}"
    r"|\b(?:Little\s+|Junior\s+)?(?:Miss|Mister|Mrs\.?|Ms\.?|Mr\.?|Queen|King|Princess)\s+(?:[A-Z][\w’']+\s+){1,4}(?:(?:19|20)\d\d|['’]\d\d)\b|\b(?:Little\s+|Junior\s+)?Miss\s+(?:(?:Teen|Junior|Senior|Rodeo)\s+)?(?:[A-Z][\w’']+\s+){0,3}(?:Teen|County|USA|America|State|Rodeo|Pageant)\b(?:\s+(?:19|20)\d\d)?"
    r"|\b(?:won|winner\s+of|crowned|elected|named|voted|inducted|awarded)\s+(?:the\s+|as\s+)?(?:[A-Z0-9][\w’'\-]*\s+){0,4}(?:[A-Z][\w’'\-]+|of\s+the\s+(?:Year|year|Month))(?:\s+(?:19|20)\d\d)?"
    r"|\b(?i:lost|missing|amputat\w+)\s+(?:both|his|her|their|an?|the|one)\s+(?:left\s+|right\s+)?(?:legs?|arms?|eyes?|hands?|foot|feet|fingers?|thumbs?|ears?|nose)\b|\bfounded\s+(?:the|this|our)\s+\w+|\bnamed\s+(?:for|after)\s+(?:him|her|them|his|their|the\s+family)\b[^.;:!?()\n]{0,30}"
    r"|\bwon\s+(?:the\s+|a\s+)?(?:\w+\s+)?(?:lottery|powerball|jackpot|state|championship|title|pennant|medal|gold|silver|bronze|cup|derby|race|election|pageant|crown|ribbon|prize|award|lawsuit)\b"
    r"|\b(?:the|a|our)\s+(?:\w+\s+)?(?:mayor|sheriff|governor|senator|bishop|pastor|preacher|principal|chief|judge|coach|superintendent|president|warden|prosecutor|anchor\w*|congress\w+|ambassador|general|dean|imam|rabbi|cantor|commissioner|councilm\w+|legislator|quarterback|librarian|postmaster|undertaker|coroner|dentist|vet)['’]s\s+(?:only\s+|ex-?|step-?|grand)?(?:son|daughter|wife|husband|mother|father|mom|dad|brother|sister|kid|niece|nephew|widow|twin|ex)\b"
    r"|\b(?:played|starred|acted|appeared|sang|danced|pitched|anchored|hosted|invented|founded|discovered|designed|directed|composed|competed|skated|swam|wrestled|boxed|drafted|signed)\b[^.;:!?()\n]{0,50}\b(?:sitcom|movie|film|tv|series|broadway|opera|symphony|orchestra|philharmonic|nba|nfl|mlb|nhl|wnba|olympi\w+|paralympi\w+|reality\s+show|network|netflix|super\s+bowl|world\s+cup|world\s+series|majors|documentary)\b",
)
TOWN_CODE = re.compile(
    r"(?<![\w@./])(?P<town>[a-z][a-z’']+(?:\s+[a-z][a-z’']+)?),?\s+(?P<code>al|ak|az|ar|calif|ca|colo|conn|ct|fla|fl|ga|ia|idaho|ill|il|ind|kans?|ks|ky|mass|md|mich|mi|minn|mn|mo|mont|mt|nc|nd|neb|nev|nh|nj|nm|nv|ny|ohio|okla|ore|penn|pa|ri|sc|sd|tenn|tn|tex|texas|tx|utah|ut|va|vt|wa|wash|wis|wi|wv|wyo|wy)\b\.?(?=\s*(?:[,.;:)\n(/|\-]|$|\d))"
)
SMALL_PLACE = re.compile(rf"(?<![\w@./\-])(?P<town>[a-z][a-z’']{{2,}})\s+(?:{grown.PLACE_NOUN}|high|co|county|pd|fd|hs|univ|college)\b(?!['’\-])")
SMALL_IN = re.compile(r"\b(?:in|from|near|outside|to|at|of|thru|through)\s+(?P<town>[a-z][a-z’']{2,}(?:\s+[a-z][a-z’']{2,})?)")
NEXT = re.compile(r"(?:\s+|\s*,\s*(?:and\s+)?|\s+(?:and|&|\+|or)\s+|-|\s*/\s*)")


def asks(
    text: str,
    taken: list[tuple[int, int]],
    names: list[tuple[int, int]],
    mine: frozenset[str] = frozenset(),
    *,
    hasty: bool = False,
    dated: list[int] | None = None,
    letters: list[tuple[int, int]] | None = None,
) -> list[Ask]:
    """Return what else a person has to look at: nothing within `taken` (what patterns took out) or `names` (what is asked already), in order. `mine` holds words of the record's own names."""
    covered = sorted((*taken, *names))
    found: list[Ask] = []

    def every() -> Iterator[tuple[int, int, str]]:
        yield from ((start, end, NAME) for start, end in letters or [])
        yield from ((start, end, f"clause {kind}") for start, end, kind in shapes.asks(text, hasty=hasty))
        yield from (*_spans(text, covered, names, dated or [], hasty), *_own(text, mine, hasty))
        yield from list(_rest(text, covered))
        if hasty:
            yield from list(_rest_small(text))
        yield from list(loose.asks(text, covered, mine, hasty=hasty))
        yield from ((start, end, f"clause {kind}") for start, end, kind in clauses.asks(text, covered, dated or [], hasty=hasty))

    for start, end, kind in every():
        loosely, kind = kind.startswith("clause ") or kind in (PICTURE, PRINT), kind.removeprefix("clause ")
        if kind == NAME and STATE.fullmatch(text, start, end) and IN_STATE.search(text[max(0, start - 24) : start]):
            continue  # a state stays
        if kind == DATE:
            start, end = grown.day(text, start, end)
        key = kind + " " + re.sub(r"\W+", " ", text[start:end]).strip().casefold()
        pieces = []
        for first, last in _free(start, end, covered):
            first += len(text[first:last]) - len(text[first:last].lstrip(" ,.;:-–\n'’\"“”&+/"))
            told = text[first:last].rstrip(" ,.;:-–\n'’\"“”&+/")
            if told:
                pieces.append((first, first + len(told)))
        tells = [one for one in pieces if one == (start, end) or _tells(text[slice(*one)], kind, loosely, one[0], taken)]
        if tells:
            within = [one for one in pieces if tells[0] <= one <= tells[-1]] if loosely else tells  # of a clause, the small words between as well
            found += [Ask(first, last, kind, key, " ".join(text[start:end].split())) for first, last in within]
            covered = sorted((*covered, *within))
    return _joined(text, sorted(found, key=lambda one: one.start))


def _tells(told: str, kind: str, loosely: bool, first: int, taken: list[tuple[int, int]]) -> bool:
    """Tell whether a part of a stretch, the rest of which is taken out or asked already, is worth a question."""
    if loosely and (CONTENT.search(told) or (kind == NUMBER and told.lower() not in ("a", "i"))):
        return True
    return _weighs(kind, told, beside_known=any(one[1] == first or one[1] + 2 >= first > one[1] for one in taken))


def _joined(text: str, found: list[Ask]) -> list[Ask]:
    """Return the same stretches, those of one kind that stand in one clause under one question: a person reads the clause once."""
    for kind, far in ((DATE, 60), (NUMBER, 3), (PLACE, 8), (PICTURE, 160), (PRINT, 160), (RARE, 160)):
        mine = [one for one in found if one.kind == kind]
        keys: dict[str, str] = {}
        for one, other in pairwise(mine):
            gap = text[one.end : other.start]
            if one.key != other.key and len(gap) <= far and not re.search(r"[.!?\n]\s" if far < 100 else r"[.!?]\s+[A-Z\d]|\n\s*\n", gap):
                keys[other.key] = keys.get(one.key, one.key)
        if keys:
            whole = {key: " ".join(dict.fromkeys(one.around for one in mine if keys.get(one.key, one.key) == key)) for key in set(keys.values())}
            found = [replace(one, key=to, around=whole[to]) if one.kind == kind and (to := keys.get(one.key, one.key)) in whole else one for one in found]
    return found


def _weighs(kind: str, told: str, *, beside_known: bool) -> bool:
    """Tell whether a part of a stretch, the rest of which is taken out or asked already, says anything by itself."""
    if kind == NUMBER:
        return re.search(r"\d|\b(?:dash|slash|hyphen)$|^(?:[A-Z]\s){1,5}[A-Z]$|^(?:user|speaker|profile|enrollee)$", told) is not None or (
            re.fullmatch(r"[A-Za-z]{1,4}", told) is not None and plain(told) not in common()
        )
    if kind == DATE:
        return (
            re.search(
                r"\d|\b[A-Z]\w{2,}|\b(?:eve|week|year|night|day|parade|game|fest\w*|fair|anniv\w*|march|flood|fire|month|thru|through|that|whole|entire|right)\b",
                told,
            )
            is not None
            or (not beside_known and told.endswith("birthday"))
            or (told.isalpha() and len(told) > 3 and plain(told) not in common())
        )
    if kind == NAME:
        return True
    words = [one for one in re.findall(r"\w+(?:-\w+)*", told) if plain(one) not in SMALL_WORDS]
    return any(len(one) > 2 or one.isdigit() or one.lower() in ("st", "mt", "ft", "ms", "hs", "es", "op") for one in words)


def _own(text: str, mine: frozenset[str], hasty: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the record's own names in small letters where they may be a word as well, and with a slip of the keys."""
    long = [one for one in mine if len(one) > 4]
    for word in WORD.finditer(text):
        key = plain(POSSESSIVE.sub("", word.group()))
        if word.group()[:1].islower() and (
            (hasty and key in mine and len(key) > 2) or (len(key) > 4 and key not in common() and key not in LARGE and any(one_slip(key, one) for one in long))
        ):
            yield *grown.name(text, *word.span()), NAME


def _free(start: int, end: int, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = start
    for first, last in covered:
        if last <= at or first >= end:
            continue
        if first > at:
            yield at, first
        at = max(at, last)
    if at < end:
        yield at, end


def _spans(text: str, covered: list[tuple[int, int]], names: list[tuple[int, int]], dated: list[int], hasty: bool) -> Iterator[tuple[int, int, str]]:
    for match in WHEN.finditer(text):
        if not re.match(r"(?:First|The|A|This|Every)\s+(?:week|weekend|Week)\b", match.group()):
            yield *match.span(), DATE
    for match in BARE_NTH.finditer(text):
        yield *match.span("day"), DATE
    for match in OLD_YEAR.finditer(text):
        yield *match.span(), DATE
    yield from _ages(text)
    for match in FRACTION.finditer(text):
        if not SCORED.search(text[max(0, match.start() - 40) : match.start()]):
            yield *match.span(), DATE
    for match in calendars.BARE.finditer(text):
        if calendars.bare(text, match) is None and not SCORED.search(text[max(0, match.start() - 40) : match.start()]) and not _scale(text, match.start()):
            yield *match.span(), DATE
    for match in calendars.SPOKEN_DATE.finditer(text):
        if calendars.spoken(text, match) is None:
            yield *match.span(), DATE
    for match in (*calendars.THAT_DAY.finditer(text), *feasts.ASKED.finditer(small(text)), *feasts.SHAPED.finditer(text)):
        yield *match.span(), DATE
    for match in calendars.AFTER_IT.finditer(text):
        if any(match.start() - 90 < end <= match.start() for end in dated):
            yield *match.span(), DATE
    yield from _online(text)
    yield from _numbers(text)
    yield from _clauses(text)
    for pattern in (ONLY, THE_ONE):
        for match in pattern.finditer(text):
            yield *match.span(), RARE
    yield from _signed(text)
    yield from _small_names(text)
    yield from _there(text, covered, hasty)
    yield from _places(text, covered)
    yield from _large(text, covered, names)


def _signed(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield names where people put theirs."""
    for pattern in (SIGN_OFF, LAST_LINE, ALONE, QUOTED):
        for match in pattern.finditer(text):
            words = [plain(one) for one in match["who"].split()]
            if pattern in (SIGN_OFF, LAST_LINE) and any(word in common() or word in SMALL_WORDS or word in ABBREVIATIONS for word in words if len(word) > 2):
                continue
            if pattern is SIGN_OFF and all(word in SMALL_WORDS or not word for word in words):
                continue
            if pattern is QUOTED and words[0] in (
                "i",
                "you",
                "he",
                "she",
                "it",
                "they",
                "we",
                "no",
                "yes",
                "the",
                "why",
                "what",
                "how",
                "not",
                "nobody",
                "never",
                "maybe",
                "okay",
                "ok",
                "god",
            ):
                continue
            yield *match.span("who"), NAME
    for match in DOTTED_SMALL.finditer(text):
        if plain(match.group()) not in NOT_INITIALS and plain(match.group()) not in ABBREVIATIONS:
            yield *match.span(), NAME
    for match in ROLE_LETTER.finditer(text):
        if plain(match["who"]) not in ABBREVIATIONS and match["who"] not in ("I", "A"):
            yield *match.span("who"), NAME


def _small_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield names in small letters by what stands before: wife k., big mike."""
    for match in SMALL_ROLE_LETTER.finditer(text):
        if match["who"]:
            yield *match.span("who"), NAME
        elif match["known"] in GIVEN or (
            match["known"] in NAMES_TOO and match["known"] not in ("red", "blue", "sky", "rain", "dash", "chance", "dean", "major")
        ):
            yield *match.span(), NAME


def _there(text: str, covered: list[tuple[int, int]], hasty: bool) -> Iterator[tuple[int, int, str]]:
    """Yield places by the words about them: the State track, at Dominican, billings tx, 181st and Cabrini."""
    for match in ORDINAL_STREET.finditer(text):
        yield *match.span(), PLACE
    for match in ROAD_WORD.finditer(text):
        yield *match.span(), PLACE
    for match in THE_NOUN.finditer(text):
        words = [plain(one) for one in match["name"].split()]
        if not all(word in FAITHS or word in ABBREVIATIONS or word in SAFE_WORDS for word in words):
            yield *match.span(), PLACE
    for match in AT_ONE.finditer(text):
        words = [plain(one) for one in match["name"].split()]
        if not all(word in STORE or word in ABBREVIATIONS or word in SAFE_WORDS or word in PEOPLE or word in ONLINE_AT or word in COUNTRIES for word in words):
            yield *match.span("name"), PLACE
    for start, _ in covered:
        if (found := IN_TOWN.search(text[max(0, start - 40) : start])) and not starts_sentence(text, start - len(found.group())):
            yield start - len(found.group()), start, PLACE
    for match in TOWN_CODE.finditer(text):
        words = match["town"].split()
        last = len(words) - 1
        if words[last] in common() and (not hasty or words[last] in SMALL_WORDS or "," not in text[match.end("town") : match.start("code")]):
            continue
        first = match.start("town") if words[0] not in common() or last == 0 else match.end("town") - len(words[last])
        yield first, match.end("town"), PLACE
    if hasty:
        for match in SMALL_PLACE.finditer(text):
            if match["town"] not in common() and match["town"] not in LARGE and match["town"] not in ABBREVIATIONS and not MEDICINE.search(match["town"]):
                yield *match.span(), PLACE
        for match in SMALL_IN.finditer(text):
            one, *two = match["town"].split()
            if one not in common() and one not in LARGE and one not in ABBREVIATIONS and not COMMON_TAIL.search(one) and not MEDICINE.search(one):
                beside = bool(two) and two[0] not in common()
                yield match.start("town"), match.end("town") if beside else match.start("town") + len(one), PLACE


def _ages(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern in (AGE, AGE_WORDS):
        for match in pattern.finditer(text):
            aged = re.search(r"\b(?:at|age|aged|turn\w*)\s+$", text[max(0, match.start() - 10) : match.start()])
            if (COUNTS.match(text, match.end()) and not aged) or SCORED.search(text[max(0, match.start() - 40) : match.start()]) or _scale(text, match.start()):
                continue
            yield *match.span(), DATE


def _scale(text: str, start: int) -> bool:
    """Tell whether a figure is a scale's, a test's or a medicine's."""
    found = SCALE.search(text[max(0, start - 50) : start])
    if not found:
        return False
    of = found["of"].lower()
    return (
        of in ABBREVIATIONS
        or re.sub(r"[\-\d]+$", "", of) in ABBREVIATIONS
        or MEDICINE.search(of) is not None
        or (of in LARGE and of not in STORE and of not in PEOPLE and "," not in found.group())
        or bool(re.search(r"(?:score|scale|inventory|index|iq|pressure|pulse|weight|height|glucose|level|ratio|median|average|rate)s?$", of))
    )


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for match in NUMBERED.finditer(text):
        yield *match.span(), NUMBER
    for match in TOKEN.finditer(text):
        told = match.group().rstrip(".,:!?'’*_")
        start = match.start() + len(told) - len(told.lstrip("'’*_.,-–"))
        told = text[start : match.start() + len(told)]
        end = start + len(told)
        before = text[max(0, start - 60) : start]
        marked = told.startswith("#") or bool(MARKED.search(before))
        if not told or OFTEN.fullmatch(told) or MONEY.search(told) or before.endswith(("$", "€", "£")):
            continue
        if not marked and (PLAIN_NUMBER.fullmatch(told) or DOSE.fullmatch(told) or COUNTS.match(text, end) or _scale(text, start)):
            continue
        if (CLINICAL.fullmatch(told) and not told.isdigit() and not marked) or re.fullmatch(
            r"(?:[A-Za-z]{2,}-?)+\d{1,2}(?:-[A-Z]{1,2})?|\d{1,3}-[a-z\-]+|[A-Za-z]+/\d{1,2}|#?1", told
        ):
            continue
        if PSYCH_CODES.fullmatch(told) and (CODES.search(before) or re.match(r"9079|9083|9084|9085", told)):
            continue
        if re.fullmatch(r"\d+", told) and not marked and len(told) < 3:
            continue
        mark = re.search(r"(?:\b(?:no|nr|number|check|acct|account|lease|case|badge|tail|unit|file|lot)\b\.?\s*#?\s*)+$", before, re.I)
        yield start - (len(mark.group()) if mark else 0), end, NUMBER


def _rest(text: str, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield what is left and not known to be harmless, when every other pattern has read the text."""
    for match in CODE_RUN.finditer(text):
        head, *rest = re.split(r"[\s\-/]+", match.group())
        if not _harmless_run(text, match, head, rest):
            yield *match.span(), NUMBER
    for match in SPOKEN_RUN.finditer(text):
        yield *match.span(), NUMBER
    for match in LONG_NTH.finditer(text):
        yield *match.span(), NUMBER
    for match in COUNTED_WHAT.finditer(text):
        if plain(match["what"]) not in COUNTABLE and not match["count"].endswith("0") and not re.fullmatch(r"(?:19|20)\d\d", match["count"]):
            yield *match.span("count"), NUMBER
    for match in LETTER_NUMBER.finditer(text):
        if not HARMLESS_LETTER.fullmatch(match.group()):
            yield *match.span(), NUMBER
    for match in AFTER_THING.finditer(text):
        word = plain(match["thing"])
        if (
            match["thing"][:1].islower()
            and word not in THINGS
            and word not in SMALL_WORDS
            and word not in ABBREVIATIONS
            and word not in LARGE
            and not MEDICINE.search(word)
            and not re.search(r"(?:ly|ing|ed)$", word)
            and not COUNTS.match(text, match.end())
            and not _scale(text, match.start("number"))
        ):
            yield match.start(), match.end(), NUMBER
    for match in LONG_LIFE.finditer(text):
        yield *match.span(), DATE
    for match in VERSUS.finditer(text):
        yield *match.span(), NAME
    for match in QUOTED_NAME.finditer(text):
        words = [plain(one) for one in match["who"].split()]
        harmless = all(word in LARGE or word in ABBREVIATIONS or word in SMALL_WORDS for word in words if word)
        if len(words[0]) < 2 or ((len(words) > 1 or words[0] not in common()) and not harmless):
            yield *match.span("who"), NAME
    for pattern in (INITIALED, SMALL_INITIALED):
        for match in pattern.finditer(text):
            if pattern is INITIALED or plain(match["name"]) not in common():
                yield *match.span(), NAME
    for match in DOTTED_LARGE.finditer(text):
        if plain(match.group()) not in PLAIN_INITIALS and not (
            plain(match.group()) in DEGREES
            and re.search(r"[A-Za-z](?:,\s*|\s+)$", text[max(0, match.start() - 3) : match.start()])
            and "," in text[max(0, match.start() - 3) : match.start()]
        ):
            yield *match.span(), NAME
    for pattern in (LONE_INITIAL, LONE_LETTER):
        for match in pattern.finditer(text):
            yield *match.span(), NAME
    for match in MONTH_NAMED.finditer(text):
        if match.group().isupper() or not starts_sentence(text, match.start()):
            yield *match.span(), DATE
    if sum(sign.isupper() for sign in text) > sum(sign.islower() for sign in text):
        for pattern in (SMALL_FEAST, SMALL_WHEN):
            for match in pattern.finditer(text):
                yield *match.span(), DATE
    for match in NEWS.finditer(text):
        lead = re.split(r"[.\n;:]", text[max(0, match.start() - 60) : match.start()])[-1]
        near = [*list(re.finditer(r"\S+", lead))[-5:]]
        after = list(re.finditer(r"\S+", re.split(r"[.\n]", text[match.end() : match.end() + 60])[0]))[:5]
        yield match.start() - len(lead) + near[0].start() if near else match.start(), match.end() + (after[-1].end() if after else 0), RARE
    for match in UNIT_TAIL.finditer(text):
        if any(end == match.start() for _, end in covered):
            yield *match.span(), NUMBER
    for match in BRAND.finditer(text):
        yield *match.span(), NAME
    for match in INSTITUTION.finditer(text):
        yield *match.span(), PLACE
    for match in SHOP.finditer(small(text)):
        yield *match.span("shop"), PLACE
    for one in EPONYM.finditer(text):
        if not NOT_EPONYM.match(text[one.end() : one.end() + 60]):
            yield *one.span(), NAME


def _rest_small(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what would be seen by its capitals, in a text that has none: towns, streets, codes, initials, saints, names in quotation marks."""
    large = text.upper()
    if len(large) == len(text):
        for pattern in (CODE_RUN, SHORT_PLATE):
            for match in pattern.finditer(large):
                head, *rest = re.split(r"[\s\-/]+", match.group())
                if (
                    plain(head) in common()
                    or (pattern is SHORT_PLATE and head.lower() in ABBREVIATIONS and sum(map(str.isdigit, match.group())) < 4)
                    or _scale(text, match.start())
                ):
                    continue
                if pattern is SHORT_PLATE or not _harmless_run(text, match, head, rest):
                    yield *match.span(), NUMBER
    for match in small_towns().finditer(text):
        yield *match.span(), PLACE
    for pattern in (SMALL_SAINT, SMALL_WAY, SMALL_FIRM):
        for match in pattern.finditer(text):
            head = match.group().split()[0]
            if pattern is SMALL_SAINT or (head not in SMALL_STREET_HEADS and head not in SMALL_WORDS):
                yield *match.span(), PLACE
    for match in SMALL_SPOT.finditer(text):
        if match["head"] not in SMALL_STREET_HEADS and match["head"] not in PEOPLE:
            yield *match.span("spot"), PLACE
    for match in SMALL_FEAST.finditer(text):
        yield *match.span(), DATE
    for match in SMALL_LETTERED.finditer(text):
        if plain(match["name"]) not in SMALL_WORDS and plain(match["letter"]) not in ("a", "i") and plain(match["name"]) not in ABBREVIATIONS:
            yield *match.span(), NAME
    for match in SMALL_QUOTED.finditer(text):
        words = match["who"].split()
        if any(plain(word) in GIVEN or plain(word) in NAMES_TOO or plain(word) not in common() for word in words) or len(match["who"]) < 3:
            yield *match.span("who"), NAME
    for match in SMALL_FULL.finditer(text):
        first, last = match["first"], match["last"]
        if (first in GIVEN or first in NAMES_TOO) and last not in common() and last not in LARGE and last not in ABBREVIATIONS:
            yield *match.span(), NAME
    for match in DOTTED_SMALL_TWO.finditer(text):
        if plain(match.group()) not in NOT_INITIALS:
            yield *match.span(), NAME


@cache
def small_towns() -> re.Pattern[str]:
    """Return towns that are no word as well, in small letters."""
    names = {one.lower() for one in re.split(r"[|\n]", TOWNS) if one.strip()}
    names = {one for one in names if (" " in one or one not in common()) and one not in TOWNS_TOO and one not in NAMES_TOO and one not in GIVEN}
    every = "|".join(sorted((re.escape(one) for one in names), key=len, reverse=True))
    return re.compile(rf"(?<![\w@./\-])(?:(?:north|south|east|west|downtown)\s+)?(?:{every}|(?:north|south|east|west)\s+(?:side|end))(?![\w@\-])")


def _harmless_run(text: str, match: re.Match[str], head: str, rest: list[str]) -> bool:
    """Tell whether parts of figures and letters in a row are doses, years, scores or a range, and no code."""
    parts = [head, *rest]
    figures = [one for one in parts if re.search(r"\d", one)]
    if sum(sign.isdigit() for one in figures for sign in one) < 5 or all(re.fullmatch(r"(?:19|20)\d\d", one) for one in figures):
        return True
    if any(DOSE.fullmatch(one) and not one.isdigit() for one in figures) or COUNTS.match(text, match.end()) or _scale(text, match.start()):
        return True
    return head.lower() in ABBREVIATIONS and not re.search(r"\d", head)


def _clauses(text: str) -> Iterator[tuple[int, int, str]]:
    for match in CLAUSE.finditer(text):
        said = NOT_SEEN.sub(lambda one: "·" * len(one.group()), small(match.group()))
        cue = SURE_PRINT.search(said)
        kind = PRINT if cue else PICTURE
        cue = cue or SURE_PICTURE.search(said)
        if cue is None and (body := PART.search(said)) and (taken := PART_TAKEN.search(said)) and abs(body.start() - taken.start()) < 40:
            cue, kind = body, PRINT
        if cue is None and (face := FACE.search(said)) and (shown := FACE_SHOWN.search(said)) and abs(face.start() - shown.start()) < 40:
            cue, kind = face, PICTURE
        if cue is None:
            continue
        until = max([cue.end(), *(one.end() for pattern in (SURE_PRINT, SURE_PICTURE, FACE) for one in pattern.finditer(said))])
        words = list(re.finditer(r"\S+", match.group()))
        at = [number for number, word in enumerate(words) if word.start() < until and cue.start() < word.end()] or [0]
        first, last = words[max(0, at[0] - AROUND)].start(), words[min(len(words) - 1, at[-1] + 2 * AROUND)].end()
        start, end = match.start() + first, match.start() + last
        if last >= len(match.group().rstrip()) and (
            aside := re.compile(r"\s*\(([^()\n]{3,60})\)").match(text, match.end() - (len(match.group()) - len(match.group().rstrip())))
        ):
            end = aside.end(1)
        elif more := MORE_SEEN.match(text, match.end()):
            end = more.end()
        yield start, end, kind


def _online(text: str) -> Iterator[tuple[int, int, str]]:
    for match in SMALL_TITLE.finditer(text):
        yield *match.span(), NAME
    for match in ONLINE.finditer(text):
        name = "as" if match["as"] else "is"
        if plain(match[name]) not in common() and plain(match[name]):
            yield *match.span(name), NAME
    for match in JOINED.finditer(text):
        told = match.group()
        if (
            not ABBREVIATED.fullmatch(told)
            and plain(told) not in LARGE
            and not DOSE.fullmatch(told)
            and not CLINICAL.fullmatch(told)
            and told.lower() not in ABBREVIATIONS
            and not (re.fullmatch(r"[a-z]+\.[a-z]+", told, re.I) and all(part.lower() in common() for part in told.split(".")))
        ):
            yield *match.span(), NAME


def _places(text: str, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    for pattern in (SAINT, HEALTH, BESIDE_ROAD):
        for match in pattern.finditer(text):
            yield *match.span(), PLACE
    for pattern in (LABELLED, FOREIGN):
        for match in pattern.finditer(text):
            told = match["what"]
            words = [plain(one) for one in re.findall(r"[^\W\d_]+", told)]
            says = pattern is FOREIGN or len(words) > 1 or not all(word in common() for word in words)
            if says and told[:1].isupper() and not told.isupper() and not all(word in LARGE or word in ABBREVIATIONS or word in SAFE_WORDS for word in words):
                yield match.start() if pattern is FOREIGN else match.start("what"), match.end("what"), PLACE
    for match in WHERE.finditer(text):
        head = re.sub(r"^the\s+", "", match.group(), flags=re.I).split()[0].lower().strip(".,")
        ends_known = any(start < match.end() == end and match.start() < end for start, end in covered) and not starts_sentence(text, match.start())
        if (head in STORE or ends_known) and head not in SAFE_WORDS and head not in ABBREVIATIONS:
            yield *match.span(), PLACE
    for match in SMALL_STREET.finditer(text):
        if match.group().split()[0] not in SMALL_STREET_HEADS:
            yield *match.span(), PLACE


def _large(text: str, covered: list[tuple[int, int]], names: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield words in capitals that names are made of too: the Locks, the North End, First Step; and what stands beside a name."""
    ends = {end for _, end in covered}
    starts = {start for start, _ in covered}
    run: list[re.Match[str]] = []
    for word in (*WORD.finditer(text), None):
        if word is not None and word.group()[:1].isupper() and not any(start <= word.start() < end for start, end in covered) and _free_word(text, word):
            if run and not re.fullmatch(r"\s+|-", text[run[-1].end() : word.start()]):
                yield from _ran(text, run, starts, ends)
                run = []
            run.append(word)
            continue
        if run:
            yield from _ran(text, run, starts, ends)
        run = []
    for start, end in covered:
        if initials := re.search(r"\b(?:[A-Z]\.\s*){1,3}$", text[max(0, start - 12) : start]):
            yield start - len(initials.group()), start, NAME
        if (start, end) in names and (year := re.compile(r"\s+(?:19|20)\d\d\b").match(text, end)) and len(text[start:end].split()) > 2:
            yield end, year.end(), NAME


def _free_word(text: str, word: re.Match[str]) -> bool:
    bare = POSSESSIVE.sub("", word.group())
    return not (
        plain(bare) in SAFE_WORDS
        or re.fullmatch(r"I(?:['’]\w+)?|A|O|[A-Z]", bare)
        or (bare.isupper() and len(bare) > 1)
        or bare.lower() in ABBREVIATIONS
        or re.search(r"\d", text[max(0, word.start() - 1) : word.end() + 1])
    )


def _ran(text: str, run: list[re.Match[str]], starts: set[int], ends: set[int]) -> Iterator[tuple[int, int, str]]:
    start, end = run[0].start(), run[-1].end()
    beside = any(NEXT.fullmatch(text, at, start) for at in ends if start - 6 <= at <= start) or any(
        NEXT.fullmatch(text, end, at) for at in starts if end <= at <= end + 6
    )
    words = [plain(POSSESSIVE.sub("", one.group())) for one in run]
    large = [word in LARGE for word in words]
    listed = text[:start].endswith("(") and text[end : end + 1] == ","
    if starts_sentence(text, start) and not beside:
        run, words, large = run[1:], words[1:], large[1:]
    if not run or (all(large) and not (end + 1 in starts and not starts_sentence(text, start))):
        return
    if starts_sentence(text, run[0].start()) and words[0] in common() and not listed:
        return
    end = run[-1].end() - len((POSSESSIVE.search(run[-1].group()) or [""])[0])
    if year := re.compile(r"\s+(?:19|20)\d\d\b").match(text, end):
        end = year.end() if len(run) > 1 else end
    yield run[0].start(), end, NAME
