"""Shapes that give a place, a firm, a print or a birth year away, whatever the words in them: Lot C, X & Y, finger on the pad, was nine when. They are only asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .names import SAFE_WORDS, plain, small
from .words import ABBREVIATIONS, LARGE, NAMES_TOO, STATES, common

NAME, PLACE, DATE, NUMBER, PICTURE, PRINT = "name", "place", "date", "number", "picture", "print"
LOT = re.compile(
    r"\b(?:[Ll]ot|[Gg]ate|[Uu]nit|[Bb]ldg\.?|[Bb]uilding|[Pp]od|[Ww]ing|[Tt]ower|[Dd]ock|[Pp]ier|[Hh]angar|[Tt]erminal|[Cc]oncourse|[Dd]eck|[Gg]arage|[Rr]ow|[Ss]pace|[Ss]lip|[Bb]lock|[Tt]ier|[Yy]ard|[Bb]ay|[Aa]nnex|[Hh]all|[Ww]ard|[Dd]orm|[Cc]ottage|[Cc]abin|[Bb]arracks?|[Ee]ntrance|[Dd]oor|[Pp]lot|[Tt]railer|[Ss]uite|[Ss]te|[Rr]oom|[Aa]pt|[Aa]partment|[Pp]latform|[Pp]arking|[Ss]tairwell|[Bb]erth|[Cc]ell|[Bb]unk|[Ll]evel|LOT|GATE|UNIT|BLDG|BUILDING|POD|WING|DOCK|PIER|TERMINAL|BLOCK|WARD|DORM|SUITE|APT)"
    r"[ \t]+(?:#\s?)?(?!NO\b|OF\b|PT\b|IN\b|AT\b|IS\b|ON\b|TO\b|HR\b|I\b)(?:[A-Z]{1,2}(?:-?\d{1,3})?|\d{1,3}-?[A-Z])\b(?![’'.]\w|\s*[=:]?\s*\d|\s+(?:of\s+)?the\s+(?:DSM|MDS))|\b(?:lot|gate|unit|bldg|pod|hangar|pier|tower|wing|cottage)\s+[b-hj-z]\d?(?![\w’'.])"
)
SIDE = r"(?:(?:[A-Z][\w’'.\-]*|\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH))(?:\s+(?:[A-Z][\w’'\-]*))?|\d{1,2}\s+M(?:ile|ILE)|(?:Hwy|Rte|Rt|US|SR|CR|FM|I)[\s\-]?\d{1,4})"
CORNER = re.compile(
    rf"\b(?:off|[Oo]ff|OFF|at|near|corner|on|by|of|around|from|to|between|@|AT|NEAR|CORNER|ON|live[sd]?|[Xx]-?st(?:reets)?:?|cross(?:\s+streets?)?:?)\s+(?:of\s+|OF\s+)?(?P<where>{SIDE}\s*(?:&|/|\bx\b|@|\+|\band\b|\bat\b|AND|AT)\s*{SIDE})(?!\w)"
    rf"|(?<!\w)(?P<sure>(?:\d{{1,3}}(?:st|nd|rd|th|ST|ND|RD|TH)|\d{{1,2}}\s+Mile)\s*(?:&|/|x|@|and|at)\s*{SIDE}|{SIDE}\s*(?:&|/|@|and|at)\s*(?:\d{{1,3}}(?:st|nd|rd|th|ST|ND|RD|TH)|\d{{1,2}}\s+Mile))(?!\w)"
)
MILE = re.compile(
    r"\b\d{1,2}\s+(?:Mile|MILE)\b(?:\s+(?:Rd|Road|RD|ROAD)\b\.?)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen)\s+mile\s+(?:road|rd)\b",
    re.I,
)
DOOR = r"gate|door|house|trailer|barn|mailbox|porch|cabin|yurt|shack|bus|driveway|fence|hogan|duplex|camper|lane|turn|turnoff|dirt\s+road|gravel\s+road|road|shed|double-?wide|single-?wide|bungalow|cottage|adobe|brick|steps|stairs|awning|garage|silo|windmill|water\s+tank|cattle\s+guard|arch|shop|storefront|stoop|basement|hut|tent|tarp|ranch\s+house|farmhouse|place|lot|field|walk-?up|building|culvert|stump|propane\s+tank|tank|wall"
WALL = r"church|school|store|gas\s+station|station|bridge|creek|river|acequia|ditch|canal|cemetery|graveyard|tracks|railroad|levee|dam|cattle\s+guard|cattleguard|mill|silo|post\s+office|firehouse|fire\s+station|dump|quarry|feed\s+store|grange|bar|tavern|tower|water\s+tower|sign|billboard|stop\s+sign|light|pond|lake|wash|arroyo|mesa|ridge|hill|orchard|field|park|playground|library|jail|courthouse|clinic|hospital|laundromat|bakery|diner|chapel|mosque|temple|shrine|cross|ferry|landing|dock|pier|marina|plant|mine|substation|transformer|pavement|county\s+line|state\s+line|reservoir|spring|well|windmill|oak|pine|cottonwood|elm|tree|trees|stump|rock|boulder|flagpole|statue|fork|bend|curve|hairpin|dollar\s+store|dollar\s+general|truck\s+stop|ball\s?field|overpass|underpass|exit|trailhead|woodlot|grove|casino|chapter\s+house|landfill"
DOOR_PAST = re.compile(
    rf"\b(?:the|a|an|first|second|third|last|only|next|her|his|their|that)\s+(?:[a-z\-]+\s+){{0,3}}?(?:{DOOR})\s+(?:just\s+|right\s+|two\s+\w+\s+|up\s+|down\s+|out\s+)?(?:past|after|before|behind|beyond|by|near|across\s+from|across|up\s+from|down\s+from|next\s+to|beside|over|above|below|off|opposite|on\s+the\s+(?:left|right)|with\s+the|at\s+the\s+(?:end|top|bottom|foot)|where)\s+(?:of\s+)?(?:the|an?|that|old)\s+(?:[a-z\-]+\s+){{0,2}}?(?:{WALL}|{DOOR})s?\b(?:\s+(?:by|past|off|near|on|at|with)\s+(?:the\s+)?[\w’']+(?:\s+[\w’']+)?)?"
)
PLAIN_HEAD = frozenset(
    "from to at the of by re attn cc referred referral for in and a an our his her their this that with via on facility agency provider location site dept unit clinic patient pt member client service services".split()
)
ORG = re.compile(
    r"(?<![\w])(?P<head>(?:(?:[A-Z][A-Z0-9’'&\-]*|[A-Z]{1,2}\.|&)[ \t]+){1,5})(?P<tail>(?:PROGRAMS?|PROG|CENTERS?|CTR|CENTRE|HOUSES?|HOMES?|CLINICS?|HOSPITALS?|HOSP|SERVICES?|SVCS?|SCHOOLS?|ACADEMY|ELEMENTARY|ELEM|COLLEGE|UNIVERSITY|CHURCH|TEMPLE|MOSQUE|SHELTER|MISSION|MINISTRIES|MINISTRY|MANOR|VILLAGE|LODGE|RANCH|FARMS?|PLAZA|TOWERS?|APARTMENTS|APTS|COURTS?|GARDENS?|ESTATES|TERRACE|COMMONS|LANDING|CROSSING|POINTE?|PLACE|INN|HOTEL|MOTEL|HALL|LIBRARY|PHARMACY|DRUG|DRUGS|MARKET|FOODS?|STORES?|BANK|CREDIT\s+UNION|ASSOCIATES|ASSOC|PARTNERS|GROUP|INC|LLC|CORP|CO|COMPANY|INDUSTRIES|FOUNDATION|INSTITUTE|SOCIETY|COUNCIL|AGENCY|DEPARTMENT|DEPT|OFFICE|PRECINCT|JAIL|PRISON|FACILITY|UNIT|WARD|PAVILION|CAMPUS|HEIGHTS|PARK|COMMUNITY|COUNTY|HEALTH|HEALTHCARE|MEDICAL|WELLNESS|RECOVERY|COUNSELING|HOSPICE|REHAB|RESIDENCE|RESIDENCES|CARE|LIVING|COTTAGE|HAVEN|HARBOR|HOPE|CHAPEL|PARISH|PLANT|MILLS?|WORKS|LAB|LABS|DAYCARE|PRESCHOOL|COOPERATIVE|CO-OP|CLUB|LEAGUE|ALLIANCE|COLLABORATIVE|NETWORK|PROJECT|INITIATIVE|OUTREACH|TRUST|FUND))\b(?![’'])"
)
FIRM = re.compile(
    r"(?<![\w&@#])(?P<firm>(?:[A-Z][\w.]*\s?(?:&|\+)\s?[A-Z][\w.]*(?:\s+[A-Z]\w+)?|[A-Z]{2,6}|[A-Z][a-z]+(?:[ ][A-Z][a-z]+){0,2}))[ ](?:Bank[ ])?(?:passbook|acc(?:oun)?t|a/c|card|checking|savings|loan|mortgage|debit|credit\s+card|visa|mastercard|branch|atm|ATM|teller|check-?book|checks?|routing|401k|money\s+market|CD|safe\s+deposit|statement|overdraft|credit\s+union|PASSBOOK|ACCT|ACCOUNT|CHECKING|SAVINGS|LOAN|CARD)\b(?!\s+(?:with\s+the|of))"
)
NOT_FIRM = frozenset(
    "hsa fsa ebt ssi ssdi ssn va id sim snap atm ira er ptsd dsm wic tanf hr icu mrn gift report green index business medicare medicaid insurance debit credit bank savings checking joint the her his their my our social sd pin tarot playing note library christmas birthday get union time photo student car home house va fha auto payday personal pell title score phone metro trump reality safety blood joker new old same dad mom".split()
)
AMPERSAND = re.compile(r"(?<![\w&])(?:[A-Z]{1,3}&[A-Z]{1,3}(?:\s+[A-Z][a-z]+)?)(?![\w&])")
NOT_AMPERSAND = frozenset(
    "R&R Q&A H&P D&C D&E O&M A&O A&E I&O T&A L&D M&M P&T R&B R&D C&S I&D S&M N&V V&D P&S F&U M&E T&S A&P C&P B&B P&A J&J P&L S&S O&P Y&A C&A D&A D&D T&C".split()
)
THING_READ = r"pad|readers?|scanners?|glass|plate|sensors?|screen|button|(?:time\s?)?clock|kiosk|gate|turnstile|lock|camera|machine|ink|inkpad|mic|microphone|tablet|terminal|doorbell|bell|phone|ipad|lens|eyepiece|door|pin\s?pad|trackpad|register|till|card|slate|light"
PART = r"(?:index\s+|ring\s+|right\s+|left\s+|middle\s+|pointer\s+)?(?:fingers?|finger-?tips?|thumbs?|pinky|palms?|hands?|eyes?|iris(?:es)?|faces?|retinas?|voice|wrist|veins?|ears?|cheek|toes?|heel|foot|feet|signature|knuckles?)"
PRINTED = re.compile(
    rf"\b{PART}\b[^.;!?\n]{{0,24}}\b(?:on|to|onto|at|into|against|across|over|in\s+front\s+of|under|past|through)\s+(?:the|a|an|her|his|their|that|my|its|every)\s+(?:[a-z\-]+\s+){{0,2}}?(?:{THING_READ})\b(?!\s+(?:knob|frame|handle))"
    rf"|\b(?:scan\w*|reads?|register\w*|enroll\w*|captur\w+|took|takes|taken|rolled|inked|pressed|presses|matched|captures?|log\w*|stor\w+|kept|keeps|has|have)\s+(?:off\s+|of\s+)?(?:his|her|their|my|the\s+client[’']?s|all\s+(?:ten|five)|both|ten)\s+(?:own\s+)?(?:finger\s?prints?|prints?|thumb\s?prints?|palm\s?prints?|irises|iris|retinas?|veins|face\s?print|voice\s?print|eye\s?print|finger\s?tips?|gait)\b"
    rf"|\bscan\w*\s+(?:his|her|their|my|the)\s+{PART}\b|\b(?:face|eye|thumb|palm|iris|retina|hand|finger|vein|voice|ear|gait|fingertip)s?[\s\-]+(?:scan\w*|unlock\w*|log-?ins?|sign-?in|check-?in|recogni\w+|readers?|id|pay|lock\w*|clock|print\w*|swip\w+|match\w*|verif\w+|authent\w+|template|map)\b"
    rf"|\b(?:unlock\w*|opens?|opened|gets?\s+(?:in|into)|got\s+in|log\w*\s+(?:in|on|into)|clock\w*\s+(?:in|out)|punch\w*\s+(?:in|out)|sign\w*\s+(?:in|out)|pays?|paid|board\w*|check\w*\s+in|start\w*|verif\w+|identif\w+|confirm\w*|recogni\w+|let\s+\w+\s+in|knows?\s+(?:him|her|them)|knew\s+(?:him|her|them)|match\w*)\b[^.;!?\n]{{0,36}}\b(?:with|by|using|via|from|to|off)\s+(?:(?:only|just)\s+)?(?:his|her|their|my|the|a)?\s*(?:own\s+|bare\s+)?{PART}\b(?!\s+(?:of|full|in\s+(?:his|her)\s+pockets?))"
    r"|\b(?:walks?|walked|walking|limps?|limped|gait|stride|swagger|shuffle[sd]?|shuffling|lope|waddle|way\s+(?:he|she|they)\s+(?:walks?|moves?|limps?|carries))\b[^.;!?\n]{0,48}\b(?:on|in|from|by)\s+(?:the\s+|a\s+|our\s+)?(?:\w+\s+)?(?:cameras?|video|footage|tape|cctv|film|doorbell|dash\s?cam|security|hallway\s+cam\w*|software|algorithm|monitor|feed|recording)\b|\b(?:cameras?|video|footage|tape|cctv|software|doorbell|system)\b[^.;!?\n]{0,40}\b(?:by|from|of|knows?|match\w*|recogni\w+|caught)\s+(?:his|her|their|the\s+way\s+(?:he|she|they))\s*(?:own\s+)?(?:walks?|limps?|gait|stride|swagger|shuffle|moves?)\b"
    r"|\b(?:know|knows|knew|known|recogni[sz]e[sd]?|told|tell|picked?\s+(?:him|her|them)\s+out|identified)\s+(?:him|her|them|me|it\s+was\s+(?:him|her|them))?\s*(?:anywhere\s+)?(?:by|from)\s+(?:the\s+|his\s+|her\s+|their\s+)(?:\w+\s+)?(?:walk|limp|gait|laugh|cough|step|steps|footsteps?|whistle|voice|hands?|handwriting|shuffle|stutter|lisp|accent|breathing)\b"
    r"|\b(?:live\s?scan\w*|cheek\s+swab\w*|mouth\s+swab\w*|buccal\s+\w+|spit\s+in(?:to)?\s+(?:a|the)\s+(?:tube|cup|vial)|saliva\s+(?:kit|sample|tube)|(?:hair|blood|saliva|dna)\s+samples?\s+(?:on\s+file|to\s+the|for\s+the|in\s+the)|tooth\s?marks?|bite\s+(?:plate|mold|impression)|finger-?tip\s+scan|fingers?\s+(?:inked|rolled|scanned|printed)|(?:inked|rolled|scanned|printed)\s+(?:(?:his|her|their|all|ten|my)\s+)+fingers|typing\s+(?:rhythm|cadence|pattern)|keystroke\s+\w+|signed?\s+(?:on|with)\s+(?:the|a|his|her)\s+(?:\w+\s+)?(?:finger|pad|tablet|screen|stylus)|speaks?\s+(?:a|the|his|her)\s+(?:\w+\s+)?(?:phrase|passphrase|name)\s+to\s+(?:unlock|open|log|get)|says?\s+[\"“‘'][^\"”’'\n]{2,30}[\"”’']\s+(?:to|and\s+the)\s+(?:\w+\s+)?(?:unlock|open|door|phone|lock|bank|speaker))\b",
)
OLD = re.compile(
    r"\b(?:ninet(?:y|ies|ieth)\b|centenarian|nonagenarian|(?:a|one)\s+hundred\s+(?:and|years|\w+\s+old)|hundredth|9\d[\s\-]?(?:y\W?o|years?|yrs?|yo|f|m)\b|(?:aged?|is|turn\w*|now|at|,|\()\s?(?:9\d|10\d)\b|born\s+(?:in\s+|on\s+)?[^.;\n]{0,20}\b(?:19[12]\d|193[0-6])|(?:dob|b\.)\W[^.;\n]{0,20}(?:19[12]\d|193[0-6]|[/\-](?:[23]\d))|90s\b)",
)
YOUNG = r"(?:(?:[1-9]|1\d|2[0-9]|3[0-5])|(?:twenty|thirty)(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
CHILDHOOD = re.compile(
    rf"\b(?:(?:he|she|they|i|we|who|client|pt|[a-z]+)\s+)?(?:(?:was|were|is|be|been|am|just|only|about|barely|not\s+yet|nearly|almost|around|turned|turning|all\s+of|aged?|at|at\s+age|at\s+the\s+age\s+of|still|maybe|a\s+(?:boy|girl|child|kid|baby|lad|lass|toddler|teenager|bride|recruit|newlywed|mother|man|woman|student)\s+of|[’']s)\s+)+{YOUNG}(?:[\s\-]+(?:years?|yrs?|months?)(?:[\s\-]+old)?|[\s\-]*y/?o)?,?\s+(?:and\s+\w+\s+)?(?:(?:on|in)\s+)?(?:when|the\s+(?:year|day|summer|winter|spring|fall|autumn|night|week|morning|month)|at\s+the\s+(?:time|end|start|outbreak|liberation|armistice|surrender|invasion|partition)|during|as\s+the|that\s+(?:year|summer|winter|spring|fall|day|night)|after\s+the|before\s+the|by\s+the\s+time|for\s+the|of\s+the|in\s+(?:the|19\d\d)|while\s+the|because\s+the)\s+[^.;!?\n]{{2,60}}"
    rf"|(?<![\w\-]){YOUNG}[\s\-]+(?:years?[\s\-]+old|y/?o|when|on\s+the\s+(?:day|night|boat|train|ship|march))\s+(?:when\s+|the\s+|that\s+)?[^.;!?\n]{{2,60}}|\b(?:enlisted|married|wed|drafted|widowed|emigrated|immigrated|came\s+(?:over|here)|arrived|left\s+(?:home|school|\w+)|started\s+work\w*|went\s+to\s+(?:sea|work|war)|interned|deported|evacuated|orphaned|joined\s+(?:up|the\s+\w+)|landed|shipped\s+out|fled|escaped)\s+(?:\w+\s+){{0,3}}?at\s+(?:age\s+|the\s+age\s+of\s+)?{YOUNG}\b(?:[^.;!?\n]{{0,60}}\b(?:war|year|winter|depression|famine|partition|revolution|camp|strike|flood|dust|bomb\w*|19\d\d|occupation|liberation|draft)\b)?"
    rf"|\b(?:when|since)\s+(?:he|she|they|i)\s+(?:was|were)\s+(?:only\s+|just\s+|about\s+)?{YOUNG}\b[^.;!?\n]{{2,60}}|\bin\s+(?:the\s+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\s+grade\s+(?:when|the|at|during|that)\b[^.;!?\n]{{2,60}}"
)
PLUS_SMALL = re.compile(r"(?:(?<=\s\+\s)|(?<=\s&\s)|(?<=\w\+))(?P<two>[a-z]{2,12})(?=\s*[),;.\n]|$)|(?<![\w’'])(?P<one>[a-z]{2,12})(?=\s\+\s[a-z])")
TWO = re.compile(
    r"(?<![\w.])(?P<who>[A-Z][a-z]{1,4} [A-Z][a-z]{1,3})(?=\s*(?:[,:;).\n(]|[’']s\b)|\s+(?:said|says|asked|asks|thinks|thought|is|was|has|wonders|wondered|told|suggests?|suggested|feels?|felt|by\s+\w+)\b)"
)
CALLED = re.compile(
    r"\b(?:step-?(?:dad|mom|father|mother|brother|sister|son|daughter)|brother|sister|uncle|aunt(?:ie)?|cousin|dad|mom|father|mother|grandpa|grandma|friend|buddy|bf|gf|boyfriend|girlfriend|ex|dealer|roommate|boss|sponsor|neighbor|son|daughter|kid|baby|dog|cat|horse|husband|wife|partner|coworker|coach|nephew|niece|bro|sis|fianc[eé]e?|landlord|cellmate|bunkmate|foreman|manager|called|nicknamed|aka|a\.k\.a\.|dubbed|goes\s+by|named|known\s+as)[,:]?\s+[\"“‘'](?P<who>[\w’'\-]+(?:\s+[\w’'\-]+){0,2})[,.]?[\"”’'](?!\w)",
    re.I,
)


def asks(text: str, *, hasty: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield stretches and what they may be."""
    low = small(text)
    for match in (*LOT.finditer(text), *DOOR_PAST.finditer(low), *MILE.finditer(text)):
        yield *match.span(), PLACE
    for match in CORNER.finditer(text):
        where = match.span("where") if match["where"] else match.span("sure")
        named = any(plain(one) in SAFE_WORDS or one.lower() in ABBREVIATIONS for one in re.findall(r"[A-Za-z]{2,}", text[slice(*where)]))
        if not named and (match["sure"] or re.search(r"[&@\d]", match["where"])):
            yield *where, PLACE
    for match in ORG.finditer(text):
        heads = list(re.finditer(r"\S+", match["head"]))
        while heads and heads[0].group().lower().strip(".,") in PLAIN_HEAD:
            heads.pop(0)
        if any(_odd(word.group()) for word in heads):
            yield match.start() + heads[0].start(), match.end(), PLACE
    for match in FIRM.finditer(text):
        words = [one.lower() for one in re.findall(r"[A-Za-z]+", match["firm"])]
        if "&" in match["firm"] or (
            not any(one in NOT_FIRM or one in ABBREVIATIONS or one in SAFE_WORDS for one in words) and not all(one in common() for one in words)
        ):
            yield *match.span("firm"), NAME
    for match in AMPERSAND.finditer(text):
        if match.group().split()[0] not in NOT_AMPERSAND:
            yield *match.span(), NAME
    for match in PRINTED.finditer(low):
        yield *match.span(), PRINT
    if OLD.search(low):
        for match in CHILDHOOD.finditer(low):
            yield *match.span(), DATE
    for match in TWO.finditer(text):
        one, two = (plain(word) for word in match["who"].split())
        if (
            not {one, two} & SAFE_WORDS
            and (one in SHORT_NAMES or (one not in common() and one not in LARGE | ABBREVIATIONS))
            and not re.fullmatch(STATES, match["who"])
        ):
            yield *match.span("who"), NAME
    for match in CALLED.finditer(text):
        words = [plain(one) for one in match["who"].split()]
        if words[0] not in QUOTED_PLAIN and (match["who"][0].isupper() or hasty or words[0] not in common()):
            yield *match.span("who"), NAME
    if hasty:
        for match in PLUS_SMALL.finditer(text):
            name = "two" if match["two"] else "one"
            if (plain(match[name]) not in common() and match[name] not in ABBREVIATIONS and match[name] not in LARGE) or match[name] in NAMES_TOO:
                yield *match.span(name), NAME


SHORT_NAMES = frozenset("li bo yu xu lu su wu hu xi fu gu ai mei min jin lin lan ling hong wei ping qi yi ya".split())  # that lists of words have too
TITLES_OR_SHORT = frozenset("dr mr mrs ms dx hx rx sx tx acct no st ave rd ln ct co jr sr pt".split())
QUOTED_PLAIN = frozenset(
    "i you he she it they we no yes the why what how not nobody never maybe okay ok god if when that this a an my your don t get just so is was are do did can can't don't won't go stop leave in out too very".split()
)


def _odd(word: str) -> bool:
    key = plain(word)
    return len(key) > 1 and not (
        key in common() or key in LARGE or key in ABBREVIATIONS or (key.endswith("s") and key[:-1] in common()) or re.fullmatch(STATES, key.title()) is not None
    )
