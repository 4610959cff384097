"""The last of the second net: whole classes of places, days, codes and names that no list holds. It only asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dates import MONTH, NTH, ORDINAL
from .names import POSSESSIVE, SAFE_WORDS, WORD, plain, starts_sentence
from .words import ABBREVIATIONS, GIVEN, LARGE, NAMES_TOO, common

NAME, PLACE, DATE, NUMBER, PRINT = "name", "place", "date", "number", "print"

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
# Classes a sixth corpus showed.
BUSINESS = (
    r"Co-?op|Cooperative|Resort|Spa|Lodge|Retreat|Casino|Brewery|Winery|Vineyard|Bakery|Dairy|Creamery|Orchard|Farms?|Nursery|Feed|Seed|Grain|Mills?|Lumber|Supply|Hardware|Auto|Tire|Motors|Towing|Trucking|Freight|Logistics|Shipping|Transit|Airlines?|Airways|Cab"
    r"|Electric|Plumbing|Roofing|Paving|Concrete|Masonry|Drywall|Landscaping|Builders|Construction|Contracting|Realty|Properties|Homes|Storage|Insurance|Financial|Capital|Partners|Holdings|Industries|Enterprises|Manufacturing|Mfg|Foods|Poultry|Meats?|Packing|Seafood|Fisheries|Catering|Pizza|Pizzeria|Donuts?|Coffee|Roasters|Bagels|BBQ|Barbecue|Kitchen|Bistro"
    r"|Salon|Barbers?|Cleaners|Laundromat|Florist|Jewelers|Books|Records|Studios?|Press|Gazette|Tribune|Herald|Daily|Radio|Theat(?:er|re)|Cinema|Playhouse|Gallery|Outfitters|Furniture|Appliance|Pawn|Liquors?|Vet|Kennels?|Stables?|Daycare|Preschool|Montessori|Academy|Institute|Conservatory|Seminary|Staffing|Security|Energy|Solar|Oil|Gas|Mining|Steel|Foundry|Optical|Dental|Labs?|Pharma|Systems|Technologies|Software|Solutions|Media|Credit\s+Union|Union|Club|Society|League|Post|Hall|Grange|Legion"
)
FIRM = re.compile(
    rf"\b(?!(?:The|A|An|His|Her|My|Our|Their|This|That|No|In|At|On|And|But|If|He|She|They|We|It)\b)[A-Z][\w’'&.\-]*(?:[ \t]+(?:(?:and|&|of)[ \t]+)?[A-Z][\w’'&.\-]*){{0,3}}[ \t]+(?:{BUSINESS}|co-?op|resort|lodge|casino|brewery|bakery|dairy|farms?|resorts)\b"
)
FIRM_CAPS = re.compile(
    r"\b[A-Z][\w’'\-]*(?:[ \t]+[A-Z][\w’'\-]*){0,2}[ \t]+(?:ES|MS|HS|JHS|SHS|Elem|Jr\.?[ \t]+High|Middle|Elementary)\b(?![ \t]*(?:in|program|degree)\b)"
)
POST_IN = re.compile(r"\b(?:[A-Z][\w’'.\-]*[ \t]+)?(?:post|lodge|chapter|branch|parish|store|office|plant|campus|hall)[ \t]+in[ \t]+[A-Z][\w’'\-]+")
MR_AND_MRS = re.compile(r"\b(?:mr|dr|rev|pastor)\b\.?\s+(?:and|&|\+)\s+(?:mrs|ms|mr|dr)\b\.?(?:\s+[A-Za-z][\w’'\-]+)?", re.I)
COUPLE = re.compile(
    r"(?<![\w&.\-])(?!(?:A|Q|R|P|M|O|D|H|T|I|E)\s?&\s?(?:A|D|R|E|O|P|B|L|W)\b(?!\s*,))[A-Z]\.?[ ]?(?:&|\+)[ ]?[A-Z]\b\.?(?![\w&])|\b(?:couple|clients|partners|twins|parents)[ ,:(]+[A-Z]\.?[ ]?(?:&|\+|/|and)[ ]?[A-Z]\b"
)
TOLD_LETTER = re.compile(
    r"\b(?:told|tells|asked|asks|saw|sees|met|meets|called|calls|texted|texts|emailed|phoned|warned|wrote|married|dated|dates|dating|loves?|hates?|misses|missed|left|visited|hit|kissed|likes|liked|trusts?|fears?|blames?|thanked|invited|joined|reached|knows?|knew)\s+(?P<who>[B-HJ-Z]\.)(?=\s|,)"
)
LISTED = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;] ))[ \t]*[\-–—*•]?[ \t]*(?P<who>[A-Z][a-z’']{1,11})\s+(?:presents?|presented|presenting|facilitat\w+|leads|led|notes\s+by|absent|covers|covering|on\s+call|out\s+sick|supervis\w+)\b"
)
ASSIGNED = re.compile(
    r"\b(?:assigned|transferred|referred|reassigned|handed(?:\s+off)?|given|switched|moved|cc|routed|forwarded|staffed|consult(?:ed)?|covered|supervised)\s+(?:to|by|with)\s+(?P<who>[A-Z][a-z’']{1,12})(?=\s*(?:[\-–—,.;)\n]|$))",
    re.I,
)
ASKED_SMALL = re.compile(
    r"\b(?:ask|asked|asking|tell|told|call|called|text|texted|email|emailed|remind|thank|question\s+for|message\s+for|note\s+for|notes?\s+to|run\s+(?:it\s+)?by|check\s+with|consult\s+with|talk(?:ed)?\s+to|speak\s+with|per|cc|via)\s+(?P<who>[a-z]{2,12})(?=\s*(?:[,.;:?!)\n\-–]|$|\b(?:at|in|about|if|for|re|on|and|how|what|why|when|who|to|do|whether|tomorrow|today|next)\b))"
)
DOUBLED = re.compile(r"(?<![\w\-])(?P<one>[A-Za-z]{2,5})-(?P=one)(?![\w\-])", re.I)
PARENS = re.compile(r"(?:['’]s)?(?:[ ][A-Za-z]\.?)?[ ]?[(\"“](?P<who>[A-Za-z][\w’'\-]{1,14})[)\"”]")
WORD_NTH = re.compile(
    rf"\b(?:on|by|since|until|till|before|after|of)\s+(?P<day>the\s+(?:{ORDINAL}))\b(?!\s+(?:time|try|day|night|session|floor|grade|visit|attempt|one|step|week|month|year|call|date|person|part|of\s+(?:his|her|their|our|my|the)|ring|hour|page|place|line|half|shift|child|cup|drink|round|[a-z]+s?\s+(?:of|in)))",
    re.I,
)
THAT_MONTH = re.compile(rf"\b(?:that|this|next|last|every|each|same|the\s+following)\s+{MONTH}\b", re.I)
FEAST_AT = re.compile(
    r"\b(?:the\s+)?(?:(?:whole\s+)?(?:night|day|week|weekend|morning|evening|eve)\s+)?(?:(?:right|just|shortly|soon|days?|weeks?|the)\s+)?(?i:before|after|during|at|until|since|for)\s+(?i:the\s+)?(?:Pride|PRIDE|[Ss]ed[ae]r|SEDER|Seders?|[Vv]igil|[Mm]ass|Fest\w*|Carnival|Homecoming|Prom|Regionals|Nationals|Finals|Mardi|Burning\s+Man|Coachella|Fiesta|Feria|Festa|Jubilee|Convention|Super\s+Bowl|World\s+Series|iftar|Iftar|suhoor|puja|Puja|quincea[ñn]era|bar\s+mitzvah|bat\s+mitzvah|havdalah)\b(?:\s+(?:week|weekend|day|night|parade))?"
)
WHOLE_NIGHT = re.compile(r"\b(?:the\s+)?(?:whole|entire|very|long)\s+(?:night|day|week|weekend|morning|evening)\s+(?:before|after|of)\s+(?:the\s+)?\w+", re.I)
LETTER_OR = r"(?:[A-Za-z]|oh|zero|one|two|three|four|five|six|seven|eight|nine|niner|dash|hyphen|slash|double|\d)"
SPELLED_RUN = re.compile(rf"(?<![\w.&'’/\-])(?!(?:a|i)\s){LETTER_OR}(?:[\s,]+{LETTER_OR}){{2,}}(?![\w.&'’/\-]\w)", re.I)
USER_NO = re.compile(r"\b(?:user|profile|account|enrollee|speaker|template|slot|subject|badge)\s+#?(?=[\w\-]*\d)[\w\-]+", re.I)
ON_FILE = re.compile(
    r"\b(?:(?:his|her|their|my|the|a|still|have|has|had)\s+){0,4}(?:prints?|fingers?|voices?|faces?|recordings?|samples?|swabs?|scans?|signatures?)\s+(?:is|are|were|was|still|kept|stays?|remains?)?\s*(?:on|in)\s+(?:the\s+|their\s+)?(?:file|record|system|database|server|app)\b(?:\s+(?:from|since)\s+[A-Z]\w+\s+\d{1,2})?",
    re.I,
)
CODE_WORD = re.compile(
    r"\b(?:(?:code|pass|safe|secret|duress|security)[\s\-]?(?:word|phrase|name|sign)|passwords?|passcode|passphrase|challenge)\b[^.\n\"“'‘]{0,40}[\"“'‘](?P<code>[^\"”'’\n]{2,30})[\"”'’]",
    re.I,
)
OLD_YEARS = re.compile(r"\b(?:9\d|1[01]\d)\s+(?:years?|yrs?)\s+(?:old|of\s+age)\b", re.I)
NOT_ASKED = frozenset(
    "me him her them us you it that this if for what why how when who about out back up off down again pt client mom dad so to the my his their our your dr md np rn er ed pcp cm sw case team staff consult group supervisor boss school work not no yes re in on at of is as do and or an pm am jail court police front crisis intake billing admin cps aps dcf dhs hr va ot st tx rx hx dx him/her ask help more less today tomorrow tonight later next first then".split()
)


def asks(text: str, taken: list[tuple[int, int]], mine: frozenset[str], *, hasty: bool) -> Iterator[tuple[int, int, str]]:
    """Yield what is left, with its kind. `mine` holds words of the record's own names."""
    for pattern, group, kind in EACH:
        for match in pattern.finditer(text):
            yield *match.span(group), kind
    for match in SPOT_NAMED.finditer(text):
        if not _harmless(match.group().split()[:-1]):
            yield *match.span(), PLACE
    yield from _sixth(text, taken)
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
    (FIRM_CAPS, 0, PLACE), (POST_IN, 0, PLACE), (MR_AND_MRS, 0, NAME), (COUPLE, 0, NAME), (TOLD_LETTER, "who", NAME), (WORD_NTH, "day", DATE), (THAT_MONTH, 0, DATE),
    (FEAST_AT, 0, DATE), (WHOLE_NIGHT, 0, DATE), (USER_NO, 0, NUMBER), (ON_FILE, 0, PRINT), (CODE_WORD, "code", NUMBER), (OLD_YEARS, 0, DATE),
)  # fmt: skip


def _sixth(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield firms, spelled codes, and names by the word before or after them."""
    for match in FIRM.finditer(text):
        words = match.group().split()
        if not _harmless(words[:-1]) and (len(words) > 2 or not starts_sentence(text, match.start())):
            yield *match.span(), PLACE
    for match in SPELLED_RUN.finditer(text):
        parts = re.split(r"[\s,]+", match.group())
        letters = [one for one in parts if re.fullmatch(r"[A-Za-z]", one)]
        if letters and (len(letters) > 2 or any(len(one) > 1 for one in parts)) and not all(one.lower() in ("a", "i", "one", "double") for one in parts):
            yield *match.span(), NUMBER
    for pattern in (LISTED, ASSIGNED, ASKED_SMALL):
        for match in pattern.finditer(text):
            key = plain(match["who"])
            given = key in GIVEN or key not in common()
            if key not in NOT_ASKED and key not in SAFE_WORDS and key not in ABBREVIATIONS and (key not in LARGE or pattern is ASSIGNED) and given:
                yield *match.span("who"), NAME
    for letter in {match["who"] for match in TOLD_LETTER.finditer(text)}:  # whoever was told something is the same elsewhere
        for match in re.finditer(rf"(?<![\w.]){re.escape(letter)}(?!\w|\s?[A-Z]\.)", text):
            yield *match.span(), NAME
    for who in {match["who"] for match in ASSIGNED.finditer(text) if match["who"][0].isupper() and plain(match["who"]) in LARGE}:
        for match in re.finditer(rf"(?<![\w\-]){re.escape(who)}(?=\s*(?:[,.;)\n\-–—:]|$)|\s+[a-z])", text):
            yield *match.span(), NAME
    for match in DOUBLED.finditer(text):
        if match["one"].lower() not in ("bye", "so", "no", "yes", "ha", "ta", "very", "now", "pre", "re", "long", "tut", "choo", "knock", "win"):
            yield *match.span(), NAME
    for _, end in taken:
        if (
            (aside := PARENS.match(text, end))
            and (key := plain(aside["who"])) not in ABBREVIATIONS | SAFE_WORDS
            and (key in GIVEN | NAMES_TOO or key not in common())
        ):
            yield *aside.span("who"), NAME


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
