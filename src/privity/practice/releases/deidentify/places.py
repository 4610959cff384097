"""Places smaller than a state, and employers and schools: kinds B and A. What stands around a name in capitals says that it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Hit
from .kinds import Kind
from .known import Known
from .names import SAFE_WORDS, one_slip, plain
from .words import ABBREVIATIONS, FIRMS, GIVEN, HOSPITALS, LANDMARKS, LARGE, NAMES_TOO, ROOM, SCHOOLS, STATE_CODES, STATES, TITLES, TOWNS, TOWNS_TOO, common

# ZIP3 areas of 20,000 people or fewer, which become 000 (45 CFR 164.514(b)(2)(i)(B)(2)): every one listed after the census of 2000 (67 FR 53182, 53233-53234),
# of 2010, or named since in lists of either. One more in the list only takes more out.
SMALL_ZIP3 = frozenset("036 059 063 102 202 203 204 205 369 556 692 753 772 790 821 823 830 831 878 879 884 890 893".split())
CAP = r"[A-Z][\w’'&\-]*\.?(?<!\.\.)"
LINKED = r"(?:of|the|de|del|la|las|los|el|da|do|du|des|at|on|in|and|&|by)"
SEQ = rf"(?:[A-Z][\w’'&\-]*(?:(?<=\bSt)\.|(?<=\bMt)\.|(?<=\bFt)\.)?)(?:\s+(?:(?:{LINKED}\s+)?(?:the\s+)?[A-Z][\w’'&\-]*(?:(?<=\bSt)\.|(?<=\bMt)\.)?))*"
SHORT_SEQ = r"(?:(?:St|Mt|Ft)\.\s+)?[A-Z][\w’'\-]+(?:\s+(?:(?:de|del|la|las|los|of|the|upon)\s+){0,2}[A-Z][\w’'\-]+){0,3}"
STATE = rf"(?:{STATES}|{STATE_CODES})"
ADDRESS = re.compile(
    rf"(?<![\w$.\-/])\d{{1,6}}(?:[A-Z]|½|\s1/2|-\d{{1,4}})?\s+(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West|Northeast|Northwest|Southeast|Southwest)\b\.?\s+)?(?:(?:[A-Z][\w’'.\-]*|\d{{1,3}}(?:st|nd|rd|th)|of|de|la|las|los|del|el)\s+){{1,5}}(?:{ROOM})\b\.?(?:\s+(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\b\.?)?"
    rf"(?:,?\s*(?:#|(?:#|Apt|Apartment|Unit|Suite|Ste|Room|Rm|Lot|Space|Spc|Bldg|Building|Floor|Fl|Trailer|No)\b\.?)\s*#?\s*[\w\-]+)?(?:,?\s+{SHORT_SEQ},?\s+{STATE}\b\.?(?:,?\s+\d{{5}}(?:-\d{{4}})?)?)?"
    rf"|(?<![\w$.\-/])\d{{2,6}}\s+(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\b\.?\s+[A-Z][\w’']+(?:\s+[A-Z][\w’']+)?(?:,?\s*#\s*\w+)?(?:,?\s+{SHORT_SEQ},?\s+{STATE}\b)?"
    rf"|(?<![\w$.\-/])\d{{1,6}}\s+(?:(?:N|S|E|W|North|South|East|West)\.?\s+)?(?:County\s+Road|CR|State\s+(?:Road|Highway|Route)|Highway|Hwy|US|Route|Rte|FM|Broadway|Main|Avenida|Calle|Camino|Paseo|Via|Avenue|Rural\s+Route)\s+[\w\-]+(?:\s+[A-Z][\w]*)*"
)
SMALL_ADDRESS = re.compile(
    r"(?<![\w$.\-/])\d{1,6}\s+(?!(?:hrs?|hours?|mins?|minutes?|miles?|mi|days?|day|blocks?|more)\b)(?:(?:n|s|e|w|north|south|east|west)\.?\s+)?(?!of\b)[a-z][\w]+(?:\s+[a-z]\w+)?\s+(?:street|avenue|ave|road|rd|drive|lane|ln|boulevard|blvd|court|circle|st)\b(?:,?\s*(?:apt|apartment|unit|#|suite)\.?\s*#?\w+)?"
)
STREET = re.compile(
    r"\b(?:(?:N|S|E|W|North|South|East|West)\.?\s+)?(?:[A-Z][\w’'\-]+|\d{1,3}(?:st|nd|rd|th))(?:\s+[A-Z][\w’'\-]+){0,2}\s+(?:Street|St|Avenue|Ave|Road|Rd|Drive|Lane|Ln|Boulevard|Blvd|Court|Ct|Circle|Parkway|Pkwy|Highway|Hwy|Expressway|Expy|Freeway|Fwy|Terrace|Trail|Alley|Loop|Turnpike|Way|Pike|Plaza)\b(?!['’]s)"
)
CORNER = re.compile(
    r"\b(?:corner|intersection)\s+of\s+((?:[A-Z][\w’'.\-]*|\d{1,3}(?:st|nd|rd|th))(?:\s+[A-Z][\w’'.\-]*)*\s+(?:and|&)\s+(?:[A-Z][\w’'.\-]*|\d{1,3}(?:st|nd|rd|th))(?:\s+[A-Z][\w’'.\-]*)*)"
)
BOX = re.compile(
    r"\b(?:c/o\s+)?General\s+Delivery(?:,?\s+\d{5})?|\b(?:P\.?\s?O\.?\s*|Post\s+Office\s+)Box\s*#?\s*\w*\d\w*|\bPMB\s*#?\s*\d+|\b(?:RR|Rural\s+Route|HC)\s*#?\s*\d+(?:,?\s*Box\s*#?\s*\d+)?|\bBox\s+\d{2,}",
    re.I,
)
UNIT = re.compile(
    r"\b(?:Apt|Apartment|Unit|Suite|Ste|Lot|Space|Spc|Trailer|Room|Rm|Bed|Cell|Dorm|Cabin|Building|Bldg|Block|Pod|Bunk)\b\.?\s*#?\s*(?=[\w\-]*\d)[A-Za-z]{0,2}-?\d{1,5}[A-Za-z]?(?:-\w+)?\b"
)
FAITHS = frozenset("baptist catholic lutheran methodist presbyterian episcopal mormon jewish muslim christian orthodox buddhist hindu evangelical".split())
ROADS = re.compile(
    r"(?<![\w\-])(?:I|US|SR|CR|CO|CA|FM|Interstate|Highway|Hwy|Route|Rte|County\s+Road|State\s+(?:Road|Highway|Route)|Exit|exit|[Mm]ile\s?(?:marker|post)|milepost|MM)(?:[\s\-]+#?)\d{1,4}[A-Z]?\b"
)
ZIP = re.compile(
    r"(?:(?<=\bZIP)|(?<=\bzip)|(?<=\bZip)|(?<=\b[Cc]ode)|(?<=\bZIP code)|(?<=\b[A-Z]{2})|(?<=\b[Ii]n)|(?<=[a-z],))(?:\s+is|\s+code|\s+of|\s*:)?\s+(?P<zip>\d{5}(?:-\d{4})?)(?![\w\-])|(?<![\w\-$.])(?P<plus>\d{5}-\d{4})(?![\w\-])|\b(?:zip|postal)(?:\s+(?:code|prefix|codes?))*(?:\s+(?:is|of|was|starts\s+with|begins\s+with|number))*\s*:?\s*(?P<three>\d{3,5})(?![\w\-])|\b(?:zip|mail|postal)\s+(?:area|zone|prefix|code\s+area)(?:\s+(?:is|was|written|starts|begins|with|of|:))*\s+(?P<area>\d{3})(?![\w\-])|(?<![\w\-$.#])(?P<bare>\d{5})(?=\s*(?:\([A-Z]|[.,;)]))",
    re.I,
)
COUNTY = re.compile(
    rf"\b(?:{SHORT_SEQ})\s+(?:County|Parish|Borough|Township|Precinct|Counties)\b|\b(?:[Cc]ounty|[Cc]ity|[Tt]own|[Vv]illage|[Bb]orough|[Tt]ownship|[Cc]ommunity|[Ss]uburb|[Nn]eighborhood|[Hh]amlet|[Mm]unicipality|Port|Diocese|Archdiocese)\s+of\s+(?P<of>{SHORT_SEQ})|\b(?:[Pp]recinct|[Ww]ard|[Cc]ensus\s+[Tt]ract|[Cc]ongressional\s+[Dd]istrict|[Dd]istrict|[Zz]one|[Ss]chool\s+[Dd]istrict|[Tt]ract|[Pp]arcel)\s+(?:[Nn]o\.?\s*|#|[Nn]umber\s+)?\d[\w.\-]*|\b\d{{1,3}}(?:st|nd|rd|th)\s+(?:[Pp]recinct|[Ww]ard|[Jj]udicial\s+[Dd]istrict|[Cc]ongressional\s+[Dd]istrict)"
)
TOWN_STATE = re.compile(rf"\b(?P<town>{SHORT_SEQ}),\s*(?:{STATES}|(?:{STATE_CODES})\b)(?:\.?,?\s+\d{{5}}(?:-\d{{4}})?)?")
BARE_STATE = re.compile(r"\b(?P<town>[A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+)?)\s+(?:CO|CA|NM|TX|WY|UT|AZ|NV|WA|NY|FL|IL|KS|NE|OK)\b(?:\s+\d{5}(?:-\d{4})?)?")
CODE_TOO = re.compile(r",\s*(?:IN|ME|OR|OH|HI|OK|MA|PA|AL|DE|LA|ID|CO)")
COORDS = re.compile(
    r"-?\d{1,3}\.\d{3,}\s?°?\s*[NS]?\s*[,/;]?\s*-?\d{1,3}\.\d{3,}\s?°?\s*[EW]?\b|\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?[’'′]\s?(?:\d{1,2}(?:\.\d+)?\s?[”\"″]\s?)?[NSEW](?:[,\s]+\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?[’'′]\s?(?:\d{1,2}(?:\.\d+)?\s?[”\"″]\s?)?[NSEW])?|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b|\bgeohash\s+\w+|///\w+\.\w+\.\w+|\b\d{11,12}\b(?=\s*(?:\(|GEOID|FIPS))|\b(?:GEOID|FIPS)(?:\s+code)?\s*:?\s*\d{4,}|\barea\s+code\s+\d{3}\b",
    re.I,
)
MOVED = (
    r"(?:live[sd]?|living|resid\w+|gr[eo]w\w*\s+up|raised|born|move[sd]?|moving|relocat\w+|settled|stationed|based|located|commut\w+|dr[io]v\w+|driving|fl[ey]w|flying|travel\w*|return\w*|went|going|goes|trip|trips|native|resident|outskirts|suburbs?|"
    r"north|south|east|west|northeast|northwest|southeast|southwest|downtown|uptown|home|house|apartment|farm|ranch|cabin|condo|town|city|job|office|store|church|family|parents|mother|father|sister|brother|people|ran|fled|escap\w+|deported|immigrat\w+|emigrat\w+|came|come[s]?|arriv\w+|stay\w*|incarcerated|jailed|arrested|hospitalized|placed|camp\w*|hik\w+|ski\w*|crash\w*|accident|miles|minutes|hours?|way)"
)
GOING = re.compile(
    rf"\b{MOVED}\b(?:\s+(?:back|over|up|down|out|away|just|right|somewhere|here|there|again|together|alone|outside|mostly|then|originally))?\s+(?:in|to|from|near|outside|around|through|of|at|into|toward|towards|by|for|outside\s+of|down\s+in|up\s+in|over\s+in|back\s+to|out\s+of|between|via|above|below|past|behind)\s+(?:the\s+)?(?:(?:north|south|east|west|downtown|upper|lower|old|rural|nearby|central)(?:ern)?\s+)?(?P<place>{SHORT_SEQ})"
)
INSIDE = re.compile(
    rf"(?P<before>\b\w+\s+)?\b(?:in|near|outside|outside\s+of|around|throughout|across|toward|towards|downtown|north\s+of|south\s+of|east\s+of|west\s+of|leaving|via|beyond|into)\s+(?:downtown\s+|rural\s+|nearby\s+|old\s+|north\s+|south\s+|east\s+|west\s+|the\s+town\s+of\s+)?(?P<place>{SHORT_SEQ})"
)
INSIDE_FIRST = re.compile(rf"(?:^|(?<=[.!?\n]\s)|(?<=\n))(?:In|Near|Outside|Around|Leaving|Back\s+in|Downtown)\s+(?P<place>{SHORT_SEQ})")
CALLED = re.compile(
    rf"\b(?:town|city|village|neighborhood|suburb|county|community|place|area|street|ranch|reservation|hamlet|pueblo|valley|park|trailhead)\s+(?:called|named|known\s+as)\s+(?P<place>{SHORT_SEQ})|\b(?P<area>{SHORT_SEQ})(?=\s+(?:area|neighborhood|region|suburbs?|corridor|district|valley|side|townhouse|resident|residents|native|locals?|zip|metro|foothills)\b)|\b(?:hometown|neighborhood|city|town|county|birthplace)(?:\s+(?:is|was|of|:))+\s+(?P<home>{SHORT_SEQ})"
)
AT = re.compile(
    rf"\b(?:at|@|past|behind|opposite|by)\s+(?:the\s+)?(?P<place>{SHORT_SEQ}(?:\s+(?:library|pool|stand|coast|mall|market|park|clinic|church|school|hospital|gym|bar|diner|trailhead|museum|cottage|motel|lodge|campus|store|station|pharmacy|courthouse|jail|theater|cafe))?)"
)
TAILED = re.compile(
    r"\b(?:the\s+)?(?P<place>[A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+){0,2}\s+(?:library|pool|stand|coast|flea\s+market|market|park|museum\s+park|museum|clinic|church|trailhead|cottage\s+\d+|cottage|motel|campus|courthouse|jail|shelter|reservoir|creek|river|lake|valley|mall|brewery|ski\s+area|pharmacy|cemetery|reservation|trail|canyon|gulch|mesa|peak|pass|pond|bay|beach|bridge|dam|pier|dock|ferry|harbor|marina|falls|forest|woods|ranch|farm|orchard|dispensary|casino|hotel|saloon|tavern|bakery|diner|cafe|deli|grocery|laundromat|arena|stadium|rink|pool\s+hall|bowling\s+alley|library\s+branch|branch|exit|overpass|interchange|on-?ramp|off-?ramp|roundabout|crossing|station|stop|depot|airport|base|barracks|camp|chapel|cathedral|temple|mosque|synagogue|monastery|convent|hospice|nursing\s+home|projects|apartments|towers|neighborhood|subdivision|high\s+school|middle\s+school|elementary|school|hospital))\b"
)
CROSS = re.compile(
    r"\b(?:near|at|off|on|by)\s+(?P<place>(?:\d{1,3}[A-Z]?\s+at\s+)?(?:[A-Z][\w’']+|\d{1,3}(?:st|nd|rd|th))(?:\s+[A-Z][\w’']+)?\s+(?:and|&)\s+(?:[A-Z][\w’']+|\d{1,3}(?:st|nd|rd|th))(?:\s+[A-Z][\w’']+)?)"
)
OFF = re.compile(r"\b(?:off|along|on|up|down)\s+(?P<place>(?:(?:West|East|North|South|Old|New|Upper|Lower)\s+)?[A-Z][\w’']+(?:\s+[A-Z][\w’']+)?)(?=[\s,.;]|$)")
FAITH = re.compile(
    r"(?:(?:First|Second|Old|New|Grace|Trinity|Zion|Our)\s+)*(?:Lutheran|Baptist|Methodist|Presbyterian|Adventist|Episcopal|Catholic|Mercy|Providence|Memorial|General|Jewish|Regional|Children[’']s|University)"
)
LEFT = re.compile(
    rf"\b(?:left|leave|leaving|visit|visited|visiting|reached|toured|hates|misses|missed|loves)\s+(?P<place>{SHORT_SEQ})(?=\s+(?:for|in|at|when|after|because|last|every|with|behind|and\s+(?:moved|never))|[,.;])"
)
NOT_INSIDE = re.compile(
    r"(?:trust\w*|confid\w+|believ\w+|interest\w*|disappoint\w*|faith|lost|found|saw|sees|see|investe?d?|anger|change[sd]?|hope|fluent|major\w*|degree|trained|certified|licensed|participat\w+|enroll\w*|engage\w*|proficient|speaks?|talk\w*|written|wrote|writes|said|conversed?)\s+$",
    re.I,
)
WORK = re.compile(
    rf"\b(?:work(?:s|ed|ing)?|employ(?:ed|s|er|ment)|job|shifts?|hired|fired|laid\s+off|position|manager|cashier|nurse|teacher|clerk|driver|cook|server|technician|engineer|supervisor|janitor|welder|foreman|bartender|barista|internship|intern|apprentice|career|co-?workers?|colleagues?|boss|volunteer(?:s|ed|ing)?|paycheck|retired|promoted|interview(?:ed)?|consultant|accountant|paralegal|waitress|waiter|dispatcher|owner|partner|contractor|desk)\s+(?:\w+\s+){{0,3}}?(?:at|for|by|with|from|is|was|of)\s+(?:the\s+)?(?P<firm>{SEQ})|\b(?:[Ee]mployer|[Ww]orkplace|[Ww]ork)\s*(?:is|was|:|=|,)\s*(?:the\s+)?(?P<is>{SEQ})|\bowns\s+(?P<owns>{SEQ})"
)
SCHOOL_AT = re.compile(
    rf"\b(?:attend(?:s|ed|ing)?|enrolled\s+(?:at|in)|graduated\s+from|student\s+at|studie[sd]\s+at|studying\s+at|transferred\s+(?:to|from)|dropped\s+out\s+of|expelled\s+from|suspended\s+from|freshman\s+at|sophomore\s+at|junior\s+at|senior\s+at|grade[r]?\s+at|kindergarten\s+at|teaches\s+at|taught\s+at|professor\s+at|alum\w*\s+of|degree\s+(?:at|from)|school\s*:|classes\s+at|goes\s+to\s+school\s+at)\s+(?:the\s+)?(?P<school>{SEQ})"
)
SUFFIXED = [
    ("School", Kind.NAME, re.compile(rf"\b(?:{SEQ})\s+(?:{SCHOOLS})\b|\b(?:University|College|Academy|Institute|School)\s+of\s+{SEQ}|\bP\.?S\.?\s+\d{{1,3}}\b|\b(?:UC|CU|CSU|CSU,|UNC|SDSU|USC|UCLA|MIT|ASU|BYU|UNM|UT)\s+[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?|\bUCLA\b|\b(?:CSU|UNC|MSU|DU|UCD|UCSD|UCSF|SFSU|USC|BYU|MIT|ASU)\b")),
    ("Hospital", Kind.PLACE, re.compile(rf"\b(?:{SEQ})\s+(?:{HOSPITALS})\b|(?<![A-Za-z]\s)(?<!\d\s)\b(?:St|Saint|Mt|Mount)\.?\s+[A-Z][\w’'\-]+|(?<=[a-z]\s)\b(?:St|Saint|Mt|Mount)\.?\s+[A-Z][\w’'\-]+(?:['’]s)?(?:\s+(?:Hospital|Medical\s+Center))?")),
    ("Place", Kind.PLACE, re.compile(rf"\b(?:{SEQ})\s+(?:{LANDMARKS})\b|\b(?:Lake|Mount|Mt\.?|Fort|Ft\.?|Camp|Cape|Port|Rancho|Lago|Rio|Río|Playa|Isla|Point|Santa|San|Los|Las|La|El|Palo|Del|Paso|Villa|Casa)\s+[A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+)?")),
    ("Employer", Kind.NAME, re.compile(rf"\b(?:{SEQ}),?\s+(?:{FIRMS})\b\.?|\b[A-Z][\w’']+(?:,\s+[A-Z][\w’']+)*,?\s+(?:&|and)\s+(?:Sons?|Daughters?|Co|Company|Associates|Brothers|Bros)\b\.?|\b[A-Z][\w’']+\s+&\s+[A-Z][\w’']+\b|\bJoe['’]s\b")),
]  # fmt: skip
TOWN_NAMES = [one.strip() for one in TOWNS.replace("\n", "|").split("|") if one.strip()]
SURE = re.compile(
    r"\b(?:"
    + "|".join(sorted((re.escape(one) for one in TOWN_NAMES if plain(one) not in TOWNS_TOO), key=len, reverse=True))
    + r")\b(?!['’]s\s+(?:mother|father))"
)
COMMON_HEADS = frozenset(
    "the a an his her their my our your this that these those she he they it we i and but or if when while after before since because as at in on to for from with by about of then there "
    "client patient client's therapist mother father mom dad".split()
)
GENERIC = frozenset(
    plain(one)
    for one in "the of and school elementary middle high university college company inc llc corp hospital center county city town state department district services group north south east west new old street road avenue drive lane community church first central public national american united general saint st medical health family colorado california".split()
)


FORMS = {
    "street": "St(?:reet)?", "st": "(?:St(?:reet)?|Saint)", "avenue": "Ave(?:nue)?", "ave": "Ave(?:nue)?", "road": "R(?:oa)?d", "rd": "R(?:oa)?d", "drive": "Dr(?:ive)?", "dr": "Dr(?:ive)?", "lane": "(?:Lane|Ln)",
    "ln": "(?:Lane|Ln)", "boulevard": "(?:Boulevard|Blvd)", "blvd": "(?:Boulevard|Blvd)", "court": "(?:Court|Ct)", "ct": "(?:Court|Ct)", "saint": "(?:Saint|St)", "mount": "(?:Mount|Mt)", "fort": "(?:Fort|Ft)",
    "terrace": "(?:Terrace|Terr?)", "terr": "(?:Terrace|Terr?)", "place": "(?:Place|Pl)", "pl": "(?:Place|Pl)", "circle": "(?:Circle|Cir|Crcl)", "parkway": "(?:Parkway|Pkwy|Pky)", "highway": "(?:Highway|Hwy)", "trail": "(?:Trail|Trl|Tr)", "square": "(?:Square|Sq)",
    "heights": "(?:Heights|Hts)", "way": "(?:Way|Wy)", "crossing": "(?:Crossing|Xing)", "county": "(?:County|Cnty|Cty|Co)", "mountain": "(?:Mountain|Mtn|Mt)", "springs": "(?:Springs|Spgs|Spr)", "route": "(?:Route|Rte|Rt)", "alley": "(?:Alley|Aly)", "turnpike": "(?:Turnpike|Tpke|Pike)",
    "building": "(?:Building|Bldg)", "unit": "(?:Apt|Apartment|Unit|#)", "center": "(?:Center|Centre|Ctr)", "hospital": "(?:Hospital|Hosp)",
    "north": "(?:North|N)", "south": "(?:South|S)", "east": "(?:East|E)", "west": "(?:West|W)", "apt": "(?:Apt|Apartment|Unit|#)", "apartment": "(?:Apt|Apartment|Unit|#)",
}  # fmt: skip


def hits(text: str, known: Known) -> Iterator[Hit]:
    """Yield every stretch that says where, for whom somebody works, or where somebody learns."""
    yield from _record(text, known)
    for pattern, label in (
        (ADDRESS, "Address"),
        (SMALL_ADDRESS, "Address"),
        (STREET, "Street"),
        (BOX, "Address"),
        (UNIT, "Address"),
        (ROADS, "Road"),
        (COORDS, "Place"),
    ):
        for match in pattern.finditer(text):
            start = _trim(text, match.start(), match.end())
            if start is None or (
                re.match(r"(?:[Rr]oom|[Uu]nit|[Bb]lock)\s+\d{1,2}\b", match.group()) and label == "Address" and not re.match(r"[A-Z]", match.group())
            ):
                continue
            if (label == "Street" and re.match(r"(?:The|A|My|No|Any|Either|Half|All|One|Same)\s", match.group())) or re.fullmatch(
                r"(?:[A-Z][\w]+\s+)?(?:Wall|Sesame|Other)\s+(?:Street|Way)", match.group()
            ):
                continue
            yield _hit(text, start, match.end(), Kind.PLACE, label)
    for match in ZIP.finditer(text):
        name = next(name for name in ("zip", "plus", "three", "area", "bare") if match[name])
        three = match[name][:3]
        if re.match(r"9079|9083|9084|90853", match[name]):
            continue
        yield Hit(match.start(name), match.end(name), Kind.PLACE, f"ZIP {'000' if three in SMALL_ZIP3 else three}", f"zip {match[name]}", numbered=False)
    for match in CORNER.finditer(text):
        yield _hit(text, *match.span(1), Kind.PLACE, "Street")
    for match in COUNTY.finditer(text):
        start, end = match.span("of") if match["of"] else match.span()
        if (trimmed := _trim(text, start, end)) is not None:
            yield _hit(text, trimmed, end, Kind.PLACE, "Town" if match["of"] and "ounty" not in match.group() else "County")
    for pattern in (TOWN_STATE, BARE_STATE):
        for match in pattern.finditer(text):
            if match["town"].isupper() and CODE_TOO.fullmatch(text[match.end("town") : match.end()]) and re.match(r"\s+[A-Z]", text[match.end() :]):
                continue  # all in capitals: TWO TOURS, IN HIS TRUCK
            start = _trim(text, match.start(), match.end("town"))
            if start is not None and (pattern is TOWN_STATE or not all(plain(one) in common() for one in text[start : match.end("town")].split())):
                yield _hit(text, start, match.end("town"), Kind.PLACE, "Town")
            if zips := re.search(r"\d{5}(?:-\d{4})?$", match.group()):
                three = zips.group()[:3]
                yield Hit(
                    match.start() + zips.start(),
                    match.end(),
                    Kind.PLACE,
                    f"ZIP {'000' if three in SMALL_ZIP3 else three}",
                    f"zip {zips.group()}",
                    numbered=False,
                )
    for match in SURE.finditer(text):
        if match.group() == "Montreal" and re.match(r"\s+(?:score|cognitive)", text[match.end() :], re.I):
            continue  # the test
        yield _hit(text, *match.span(), Kind.PLACE, "Town")
    for label, kind, pattern in SUFFIXED:
        for match in pattern.finditer(text):
            start = _trim(text, match.start(), match.end())
            if (start is not None and len(re.findall(r"\w+", text[start : match.end()])) > 1) or re.fullmatch(r"[A-Z]{3,4}", match.group()):
                start = match.start() if start is None else start
                saint = re.match(r"(?:St|Saint|Mt|Mount)\.?\s+([\w’']+)$", text[start : match.end()])
                if not _everyday(text[start : match.end()]) and not (saint and plain(saint[1]) in common() and plain(saint[1]) not in NAMES_TOO):
                    yield _hit(text, start, match.end(), kind, label)
    for pattern, group, label, kind in (
        (GOING, "place", "Town", Kind.PLACE), (INSIDE_FIRST, "place", "Town", Kind.PLACE), (INSIDE, "place", "Town", Kind.PLACE), (CALLED, "", "Town", Kind.PLACE), (AT, "place", "Place", Kind.PLACE), (TAILED, "place", "Place", Kind.PLACE), (CROSS, "place", "Street", Kind.PLACE), (LEFT, "place", "Town", Kind.PLACE),
        (WORK, "", "Employer", Kind.NAME), (SCHOOL_AT, "school", "School", Kind.NAME),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            name = group or next(one for one, told in match.groupdict().items() if told)
            start, end = match.span(name)
            if pattern is INSIDE and NOT_INSIDE.search(match["before"] or ""):
                continue
            if (trimmed := _trim(text, start, end)) is None:
                continue
            end = _short(text, trimmed, end)
            told = text[trimmed:end]
            if pattern is TAILED and (told.split()[0].lower() in ABBREVIATIONS or re.match(r"CIWA|COWS|(?:Amish|Mennonite)\s+church", told)):
                continue  # CIWA peak; a faith
            if re.search(rf"\b(?:{TITLES})\.?\s+$", text[max(0, trimmed - 14) : trimmed]):
                continue
            if pattern is AT and FAITH.fullmatch(told):
                yield _hit(text, trimmed, end, kind, label)
                continue
            if pattern in (AT, OFF) and (plain(re.split(r"\s", told)[0]) in GIVEN | NAMES_TOO or re.match(rf"(?:{TITLES})\b", told)):
                continue
            if end > trimmed and _names_a_place(told, strong=pattern is not LEFT):
                yield _hit(text, trimmed, end, kind, label)


def _record(text: str, known: Known) -> Iterator[Hit]:
    small = text.casefold()
    for told, kind, label in (
        *((one, Kind.PLACE, "Town") for one in known.places), *((one, Kind.NAME, "Employer") for one in known.employers), *((one, Kind.NAME, "School") for one in known.schools),
    ):  # fmt: skip
        if re.fullmatch(STATE, told.strip(" .")):
            continue
        label = "Address" if re.match(r"\s*\d|P\.?O\.?\s", told) else label
        pieces = [told, *(re.split(r"\s*[,;\n]\s*", told) if label in ("Address", "Town") else [])]
        bare = re.sub(rf"[,\s]+(?:{FIRMS}|{SCHOOLS}|{HOSPITALS})\.?$", "", told)
        if label not in ("Address", "Town"):
            pieces += _fewer(told) if bare == told else [bare, *_fewer(told)]
        for piece in pieces:
            words = re.findall(r"[\w’']+", piece)
            if (
                not words
                or re.fullmatch(rf"{STATE}", piece.strip(" ."))
                or (piece is not told and plain(piece) in FAITHS)
                or (len(words) == 1 and (len(words[0]) < 3 or (words[0].isdigit() and len(words[0]) != 5)))
            ):
                continue
            if not any(re.split(r"[’']", word.casefold())[0][: 1 if len(word) < 4 or word.lower() in FORMS else 4] in small for word in words):
                continue
            as_what = "Town" if label == "Address" and piece is not told and not re.match(r"\s*(?:\d|P\.?O\.?\s|#|Apt|Unit)", piece) else label
            flexible = r"[\s,.\-&]{1,4}(?:and\s+)?".join(_written(word) for word in words if word.lower() != "and")
            for match in re.finditer(rf"\b{flexible}(?:['’]s)?(?!\w)", text, 0 if len(words) == 1 and plain(words[0]) in common() else re.I):
                end = match.end() - (2 if re.search(r"['’]s$", match.group()) and not re.search(r"['’]s$", piece) else 0)
                stands = match.group().casefold() if as_what == "Town" else f"{label} {told.casefold()}"
                yield Hit(match.start(), end, kind, as_what, stands, known=True, numbered=as_what in ("Town", "Address"))
        if label == "Address":
            for match in re.finditer(r"\d+\s+((?:[NSEW]\.?\s+)?[A-Z][\w’']+(?:\s+[A-Z][\w’']+)*)", told):
                street = match[1].rsplit(" ", 1)[0]
                for found in re.finditer(rf"\b{re.escape(street)}(?:\s+(?:{ROOM})\b\.?)?", text):
                    if plain(street) not in common() or found.group() != street:
                        yield Hit(*found.span(), kind, "Street", f"street {told.casefold()}", known=True)
            continue
        words = re.findall(r"[\w’'\-]+", bare if label != "Town" else pieces[1] if len(pieces) > 1 else told)
        marks = {plain(word) for word in words if len(word) > 3 and plain(word) not in GENERIC and plain(word) not in common()}
        letters = "".join(word[0] for word in re.findall(r"\b[A-Z]\w+", told))
        if label != "Town" and len(letters) >= 3 and letters.lower() not in ABBREVIATIONS:
            for match in re.finditer(rf"(?<!\w){letters}(?!\w)", text):
                yield Hit(*match.span(), kind, label, f"{label} {told.casefold()}", known=True, numbered=False)
        for match in re.finditer(r"[^\W\d_]{3,}", text):
            word = plain(match.group())
            if not match.group()[0].isupper() and (word not in marks or len(word) < 5):
                continue
            slip = (
                len(word) > 4
                and word not in common()
                and word not in SAFE_WORDS
                and word not in LARGE
                and any(one_slip(word, mark) for mark in marks if len(mark) > 4)
            )
            if word in marks or slip:
                yield Hit(*match.span(), kind, label, f"{label} {told.casefold()}", known=True, numbered=label == "Town")


def _fewer(told: str) -> list[str]:
    """Return the first words of an employer's or school's name as people say them: Four Basins, of Four Basins Drilling."""
    words = [word for word in re.findall(r"[\w’'\-]+", told) if word.lower() not in ("and", "the")]
    fewer = []
    for many in range(2, len(words)):
        said = words[:many]
        odd = [word for word in said if plain(word) not in GENERIC and len(word) > 2]
        if odd and said[-1].lower() not in ("of", "for", "in", "at") and (len(odd) > 1 or any(plain(word) not in common() for word in odd)):
            fewer.append(" ".join(said))
    return fewer


def _written(word: str) -> str:
    return FORMS.get(word.lower(), re.sub(r"[’']", "[’']?", re.escape(word)))


def _trim(text: str, start: int, end: int) -> int | None:
    """Return where a stretch begins once small words and titles at its head are left out; None where nothing is left."""
    while start < end:
        word = re.compile(r"[\w’'&.\-]+").match(text, start)
        if word is None:
            return None
        if (word.group().lower().strip(".") not in COMMON_HEADS and word.group().lower() not in SAFE_WORDS) or word.group().isdigit():
            return start
        after = re.compile(r"\s+").match(text, word.end())
        if after is None:
            return None
        start = after.end()
    return None


def _short(text: str, start: int, end: int) -> int:
    """Return where a place's name ends: not past a possessive, a month, a day of the week."""
    for match in re.finditer(r"\s+([\w’'\-]+)", text[start:end]):
        if plain(match[1]) in SAFE_WORDS or match[1] in ("I", "She", "He", "They", "We"):
            return start + match.start()
    told = text[start:end]
    return end - 2 if re.search(r"['’]s$", told) and not re.search(r"(?:Joe|St\.?\s\w+|\w+ild|onald|endy)['’]s$", told) else end


def _everyday(told: str) -> bool:
    """Tell whether a stretch in capitals is made of words that name nobody: The Family Bar, Supreme Court."""
    words = [plain(word) for word in re.findall(r"[^\W\d_][\w’'\-]*", told)]
    lead = words[:-1] or words
    return (all(word in LARGE or word in ABBREVIATIONS or word in COMMON_HEADS for word in lead) and not any(word in GIVEN for word in lead)) or (
        re.match(rf"(?:{TITLES})\b", told) is not None and len(words) < 3
    )


def _names_a_place(told: str, *, strong: bool) -> bool:
    words = [plain(word) for word in re.findall(r"[^\W\d_][\w’'\-]*", told)]
    if not words or re.fullmatch(STATE, told.strip()) or re.match(rf"(?:{TITLES})\b\.?(?:\s|$)", told):
        return False
    if told.isupper() and len(told) <= 6 and len(words) == 1:
        return False
    if all(word in LARGE or word in ABBREVIATIONS or word.removesuffix("s") in SAFE_WORDS or word in COMMON_HEADS for word in words):
        return False
    return strong or not (words[0] in GIVEN or words[0] in NAMES_TOO)


def _hit(text: str, start: int, end: int, kind: Kind, label: str) -> Hit:
    while text[end - 1] in " ,;.":
        end -= 1
    return Hit(start, end, kind, label, re.sub(r"\s+", " ", text[start:end]).casefold())
