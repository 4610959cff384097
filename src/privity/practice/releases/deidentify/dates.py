"""Dates but for the year, in figures and in words, holidays, and ages over 89: kind C. What lies between two dates is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import calendars, feasts
from .found import Hit
from .kinds import Kind
from .known import Known
from .names import small, starts_sentence
from .words import MONTHS_ELSEWHERE

MONTHS = "january february march april may june july august september october november december".split()
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?"
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
    "twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
ORDINAL = "(?:" + "|".join(sorted((one.replace("-", r"[\s\-]") for one in ORDINALS), key=len, reverse=True)) + ")"
NTH = r"\d{1,2}(?:st|nd|rd|th)"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
ONES = "one|two|three|four|five|six|seven|eight|nine"
YEAR_WORDS = rf"(?:two\s+thousand(?:\s+(?:and\s+)?(?:(?:{TENS})(?:[\s\-](?:{ONES}))?|ten|eleven|twelve|\w+teen|{ONES}))?|(?:nineteen|twenty)[\s\-](?:(?:{TENS})(?:[\s\-](?:{ONES}))?|oh[\s\-](?:{ONES})|ten|eleven|twelve|\w+teen|hundred))"
YEAR = rf"(?:\d{{4}}|['’]\d{{2}}|{YEAR_WORDS})"
WD = rf"(?:(?:on\s+)?(?:{WEEKDAY}),?\s+(?:the\s+)?)?"
SIGN = re.compile(r"\b(?:d\.?o\.?b\.?|born(?:\s+on)?|birth\s?(?:date|day)?|date of birth|b\.)\s*(?:is|was|on|:|=|the)?\s*\(?$", re.I)
FULL = [
    re.compile(rf"\b{WD}{MONTH}\.?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:\d|\s*(?:wks?|weeks|mos|months|yrs?|years)\b)(?:\s*(?:-|–|—|to|through|thru|and|or|&)\s*(?:{MONTH}\.?\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?!\d|\s*(?:sessions?|weeks?|days?|months?|years?|times)))?(?:(?:,|\s+of|,?\s+in)?\s*{YEAR}(?!\w))?", re.I),
    re.compile(rf"\b{WD}(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|–|to|and)\s*\d{{1,2}}(?:st|nd|rd|th)?)?[\s\-]+(?:day\s+)?(?:of\s+)?{MONTH}\b\.?(?:(?:,|\s+of|,?\s+in|-)?\s*(?:{YEAR}|\d{{2}}(?!\d|:))(?!\w))?", re.I),
    re.compile(rf"\b{WD}(?:the\s+)?{ORDINAL}\s+(?:day\s+)?of\s+{MONTH}\b(?:(?:,|\s+of|,?\s+in)?\s*{YEAR}(?!\w))?", re.I),
    re.compile(rf"\b(?:{WEEKDAY}),?\s+the\s+{ORDINAL}\b", re.I),
    re.compile(rf"\b{WD}{MONTH}\.?\s+(?:the\s+)?{ORDINAL}\b(?!\s+(?:time|session|visit|week|grade))(?:(?:,|\s+of|,?\s+in)?\s*{YEAR}(?!\w))?", re.I),
    re.compile(r"(?<![\w/.\-])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w/])"),
    re.compile(r"(?<![\w/.\-])\d{1,2}[^\S\n]?[/\-.–][^\S\n]?\d{1,2}[^\S\n]?[/\-.–][^\S\n]?(?:\d{4}|['’]?\d{2})(?![\w/]|\.\d)"),
    re.compile(r"(?<![\w/.\-])\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*-(?:\d{4}|\d{2})(?!\w)", re.I),
    re.compile(r"(?<![\w/.\-])(?:0?[1-9]|1[0-2])/(?:19|20)\d{2}(?![\w/])"),
    re.compile(r"(?<![\w/.\-])(?:19|20)\d{2}[-/](?:0[1-9]|1[0-2])(?![\w/\-])"),
    re.compile(r"(?<![\w/.\-#$])(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w/])"),
    re.compile(rf"\b(?:{WEEKDAY})\.?,?\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)|(?:0?[1-9]|1[0-2])/\d{{1,2}}(?:/\d{{2,4}})?)(?!\w)", re.I),
    re.compile(rf"\b(?:the\s+)?(?:first|second|third|last|final)?\s*(?:week|weekend|days?|half|end|beginning|start|middle|morning|night|evening|afternoon)\s+of\s+(?:the\s+{NTH}|{MONTH}\b(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?)", re.I),
    re.compile(rf"\b(?:(?:el|le|il|am|den|der)\s+)?(?:(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo),?\s+)?\d{{1,2}}\.?\s+(?:de\s+)?(?:{MONTHS_ELSEWHERE})(?:\s+(?:del?\s+)?\d{{4}})?\b", re.I),
    re.compile(rf"\b{MONTH}\s+of\s+(?:last|this|that|next)\s+year\b", re.I),
    re.compile(r"(?<![\w/.\-])(?:0?[1-9]|1[0-2])/\d{1,2}\s?[–—\-]\s?(?:0?[1-9]|1[0-2])/\d{1,2}(?:/(?:\d{4}|\d{2}))?(?![\w/])"),
    re.compile(rf"\b(?!May\b){MONTH}\.?\s+(?:(?:twenty|thirty)[\s\-](?:{ONES})|twenty|thirty|ten|eleven|twelve|\w{{3,5}}teen|{ONES})\b(?!\s+(?:\w+s|of)\b)|\b(?:(?:twenty|thirty)[\s\-](?:{ONES})|twenty|thirty|ten|eleven|twelve|\w{{3,5}}teen|{ONES})\s+(?:January|February|March|April|June|July|August|September|October|November|December)\b(?!s)"),
    re.compile(rf"\b(?:early|mid|late|the\s+end\s+of|the\s+beginning\s+of)?[\s\-]*(?!(?-i:sep)\.){MONTH}\b\.?(?:,|\s+of|\s+in)?\s+{YEAR}(?!\w)", re.I),
]  # fmt: skip
SHORT = re.compile(r"(?<![\w/.\-$])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?:ish\b)?(?![\w/%]|\.\d|\s+(?:nights|days|mornings|items|criteria|sx)\b)")
SCORED = re.compile(
    r"\b(?:rat(?:e[ds]?|ings?)|scor\w*|pain|SUDs?|mood|scale|level|intensity|severity|BP|blood pressure|PHQ|GAD|anxiety|depression|distress|cravings?|anger|urges?|confidence|motivation|strength|vision|about|roughly|nearly|x)\W[^.\n]{0,25}$|\bout\s+of\s+(?:the\s+)?$|\b(?i:scale|inventory|questionnaire|BIMS|SCOFF|MoCA|AUDIT-?C|HARK|NPI|IES-?R?|KPS|GCS|MNA|PHQ\W?A?|CRIES)\s+$|\b(?:PHQ|GAD|ASRS|BDI|PCL|C-?SSRS|MMSE|MoCA|SLUMS|ACEs?|AUDIT|DAST|GAF|Y-?BOCS|EPDS|HAM-?[AD]|MDQ|CAGE|COWS|GDS|ISI|BP|PCL|DES|RBANS|CBCL|EDE|LSAS|SPIN|CIWA|MADRS|QIDS|PSQI|SUDS?)(?:-\w+)*(?:\s+(?:of|is|was|=|score[ds]?))?\s+$|\b(?:asrs|phq|gad|bdi|pcl|mmse|moca|slums|aces?|audit|dast|ybocs|epds|mdq|cage|cows|gds|ciwa|madrs|qids|bims|scoff)(?:-\w+)*(?:\s+(?:of|is|was|=|scored?))?\s+$"
)
DATED = re.compile(
    r"\b(?:on|since|until|till|by|from|to|before|after|dated?|through|between|and|of|session|visit|seen|appt|appointment|admitted|discharged|last|next|due|started|began|the week of|as of)\s*:?\s*\(?$",
    re.I,
)
CUED_MONTH = re.compile(
    rf"\b(?:(?:(?i:in|since|by|during|until|last|next|late|early|mid|from)|till|during|our|my|his|her|their|the|that|a|last|next|this|early|mid|late|through|from|between|before|after|of|every|each|and|or|past|around|to|around|that|the end of|beginning of|week of|back in|for|coming|following|previous)[\s\-]+)(?P<month>{MONTH})\b(?![’'])"
)
LONE_MONTH = re.compile(r"\b(?:January|February|April|June|July|August|September|October|November|December)\b(?!['’]s\s+(?:mother|father|mom|dad))")
SMALL_MONTH = re.compile(
    r"\b(?:january|february|april|july|august|september|october|november|december|(?<=in )(?:march|may|june)|(?<=since )(?:march|may|june)|(?<=until )(?:march|may|june)|(?<=till )(?:march|may|june)|(?<=last )(?:march|may|june)|(?<=by )(?:march|june)|(?<=early )(?:march|may|june)|(?<=late )(?:march|may|june))\b(?!\s+be\b)"
)
SMALL_HOLIDAY = re.compile(
    r"\b(?:xmas|x-mas|christmas|veterans?['’]?s?\s+day|columbus\s+day|presidents?['’]?s?\s+day|independence\s+day|pride\s+month|black\s+friday|mischief\s+night|thanksgiving|halloween|easter|labor day|memorial day|new year['’]?s(?:\s+(?:eve|day))?|valentine['’]?s(?:\s+day)?|mother['’]?s day|father['’]?s day|fourth of july|4th of july|juneteenth|hanukkah|ramadan|diwali|passover|good friday|ash wednesday|nye|nyd|mlk day|t-?giving|turkey day|v-?day|election (?:day|night)|all hallows(?:['’]?\s+eve)?|st\.? pat(?:ty|rick)?['’]?s(?:\s+day)?|mem(?:orial)? day wknd)\b"
)
NTHS = re.compile(
    rf"(?<![\w/])(?:the\s+)?{NTH}(?!\s*(?:gr\b|graders?|grade|floor|session|percentile|time|step|century|visit|birthday|anniversary|street|st\b|ave|avenue|week|trimester|day|year|month|place|appointment|meeting|hour|child|degree|amendment|district|edition|item|precinct|ward|judicial|circuit|infantry|division|regiment|and\s+\w+\s+(?:street|ave)))(?!\s+[A-Z])"
)
THE_NTH = re.compile(
    rf"\b(?:on|by|since|until|till|before|after|of|from|around|for|through|to|and)\s+(?P<day>the\s+(?:{NTH}|(?:{ORDINAL})(?=\s*(?:[.,;!?]|$|and\b|at\b|of\s+the\s+month|of\s+(?:this|last|next)\s+month))))(?!\s*(?:grade|floor|session|percentile|time|step|century|visit|birthday|anniversary|street|ave|avenue|of\s+\w+\s+(?:sessions|children|kids)|week|trimester|day|year|month|place|one|appointment|meeting|hour|child|degree|amendment|district|edition|item))",
    re.I,
)
SEASON = re.compile(
    rf"\b(?:(?:early|late|mid)[\s\-]+)?(?:the\s+)?(?:spring|summer|fall|autumn|winter)(?:\s+(?:of|semester|term|quarter))*\s+{YEAR}\b|\b(?:Q[1-4]|[1-4]Q)[\s\-,]*(?:of\s+)?(?:\d{{4}}|['’]\d{{2}})\b|\b(?:first|second|third|fourth|last)\s+(?:quarter|half|week|month)\s+of\s+\d{{4}}\b|\bweek\s+\d{{1,2}}\s+of\s+\d{{4}}\b",
    re.I,
)
HOLIDAY = re.compile(
    r"\b(?:(?:the\s+)?(?:day|week|weekend|night|morning|Friday|Monday)\s+(?:before|after|of)\s+)?"
    r"(?:Christmas(?:\s+(?:Eve|Day|morning|week|break))?|New\s+Year[’']?s(?:\s+(?:Eve|Day))?|Thanksgiving(?:\s+(?:Day|weekend|week|break|dinner))?|Halloween|Easter(?:\s+(?:Sunday|Monday|weekend))?|Good\s+Friday|Ash\s+Wednesday|Palm\s+Sunday"
    r"|(?:the\s+)?(?:Fourth|4th)\s+of\s+July|July\s+(?:Fourth|4th)|Independence\s+Day|Memorial\s+Day(?:\s+weekend)?|Labor\s+Day(?:\s+weekend)?|Veterans?[’']?s?\s+Day|Columbus\s+Day|Indigenous\s+Peoples[’']?\s+Day"
    r"|Presidents?[’']?s?\s+Day|Martin\s+Luther\s+King(?:,?\s+Jr\.?)?\s+Day|MLK(?:\s+Jr\.?)?\s+(?:Day|weekend|wknd|wkend)|Juneteenth|Valentine[’']?s(?:\s+Day)?|St\.?\s+Patrick[’']?s\s+Day|Saint\s+Patrick[’']?s\s+Day|Cinco\s+de\s+Mayo|Mother[’']?s\s+Day|Father[’']?s\s+Day"
    r"|Groundhog\s+Day|April\s+Fools?[’']?(?:\s+Day)?|Earth\s+Day|Mardi\s+Gras|Fat\s+Tuesday|Black\s+Friday|Cyber\s+Monday|Super\s+Bowl\s+Sunday|Boxing\s+Day|Election\s+Day|Tax\s+Day|Flag\s+Day|D[ií]a\s+de\s+(?:los\s+)?Muertos|Day\s+of\s+the\s+Dead"
    r"|Hanukkah|Chanukah|Passover|Pesach|Rosh\s+Hashanah|Yom\s+Kippur|Purim|Sukkot|Shavuot|Ramadan|Eid(?:\s+al-\w+)?|Diwali|Holi|Kwanzaa|(?:Lunar|Chinese)\s+New\s+Year|Tet|Nowruz|Ascension\s+Day|Pentecost|Lent|(?:winter|summer)\s+solstice|(?:spring|fall|autumn|vernal)\s+equinox|Leap\s+Day|9/11)\b(?:,?\s+(?:of\s+)?\d{4}\b)?",
)
FEAST = re.compile(
    r"\b(?:MLK\s+Day\s+week|(?:Saint|San|Santa|Santo|St\.?)\s+[A-Z][\w’']+[’']s?\s+[Dd]ay|[A-Z][a-z]+[’']s\s+Day|[A-Z][a-z]+\s+Day(?!\s+(?:Program|Treatment|Care|School|Camp|Inn|Hospital|Center))(?:\s+\d{4})?|the\s+Ides\s+of\s+\w+|Candlemas|Epiphany|Michaelmas|Vidovdan|Qingming|Sukkos|Pesach|Shabbos|Shavuos|Advent|Midsummer|Yule|Samhain|Beltane"
    r"|Imbolc|Lughnasadh|Songkran|Obon|Chuseok|Seollal|Losar|Vesak|Navratri|Onam|Pongal|Baisakhi|Vaisakhi|Lohri|Raksha\s+Bandhan|Janmashtami|Dussehra|Eid|Ashura|Mawlid|Laylat\s+al-Qadr|Tisha\s+B[’']?Av|Lag\s+B[’']?Omer|Simchat\s+Torah|Tu\s+B[’']?Shvat|All\s+Saints[’']?(?:\s+Day)?|All\s+Souls[’']?(?:\s+Day)?"
    r"|Maundy\s+Thursday|Holy\s+(?:Week|Thursday|Saturday)|Whitsun|Corpus\s+Christi\s+day|Las\s+Posadas|Tres\s+Reyes|Three\s+Kings[’']?(?:\s+Day)?|Semana\s+Santa|Carnaval|Carnival|Golden\s+Week|Mid-Autumn\s+Festival|Nauryz|Newroz|Pi\s+Day|Leap\s+Day|Opening\s+Day|(?:fall|spring|winter|Christmas|Thanksgiving)\s+(?:break|recess)"
    r"|first\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|prom(?:\s+night)|homecoming\s+weekend)\b"
)
FEASTS = re.compile(
    r"\b(?:rosh\s+ha-?shan+ah?|yom\s+kip+ur|yom\s+ha-?\w+|tis?h?a\s+b[’']?av|tu\s+b[’']?sh?e?vat|lag\s+b[’']?omer|simcha[ts]\s+torah|shem?ini\s+atzeret|sh?ushan\s+purim|(?:ha|cha)n+uk+ah?|sukko[ts]|shavuo[ts]|pes[sa][ca]?h|havdalah|selichot|asara\s+b\w*"
    r"|ramad[ah]*n|ramazan|ei?d[\s\-](?:al|ul|el|ur|us)[\s\-]\w+|eid|bayram|mawlid|milad|ashura|arba[’']?een|muharram|laylat\s+\S+|shab-?e-?\w+|isra\s+(?:and\s+)?mi[’']?raj|no[wv]?r[uo]*z|nav?ruz|newroz|yalda|chaharshanbe\s+suri|mehregan"
    r"|d[ie]e?p?w?avali|diwali|dussehra|dashain|tihar|durga\s+pu[gj]a|navaratri|navratri|ganesh\s+chaturthi|raksha\s+bandhan|rakhi|janmashtami|maha\s+shivarat\w+|karva\s+chauth|makar\s+sankranti|sankranti|pongal|onam|vishu|ugadi|gudi\s+padwa|b?v?aisakhi|lohri|bihu|chhath|guru\s?purab|gurpurab|hola\s+mohalla|paryushan|mahavir\s+jayanti"
    r"|vesak|wesak|magha\s+puja|asalha\s+puja|bodhi\s+day|losar|songkran|loy\s+krathong|pchum\s+ben|choul?\s+chnam\s+thmey|thingyan|pi\s+mai|boun\s+\w+|hmong\s+new\s+year|t[eếê]t(?:\s+trung\s+thu)?(?=\s+(?:nguyen|holiday|eve|day|was|with|and|this|last))|vu\s+lan|ch[uo]+seok|seol+al|daeboreum|qing\s?ming|tomb[\s\-]sweeping\s+day|dragon\s+boat|dongzhi|double\s+ninth|ghost\s+(?:festival|month)|mid-?autumn|lantern\s+festival|o-?bon|tanabata|setsubun|shichi-?go-?san|hinamatsuri|oshogatsu|golden\s+week|parol|simbang\s+gabi|undas|ati-?atihan|sinulog"
    r"|(?:lunar|chinese|vietnamese|korean|tibetan|thai|khmer|lao|ethiopian|coptic|julian|orthodox|islamic|jewish|persian|tamil|punjabi|nepali|assyrian|berber)\s+new\s+year|enkutatash|meskel|timkat|timket|genna|fasika|orthodox\s+(?:easter|christmas)|old\s+(?:calendar\s+)?christmas|greek\s+easter|pascha|dormition|theophany|transfiguration|vidovdan|slava|maslenitsa|kupala|ded\s+moroz|victory\s+day|defenders?\s+day"
    r"|candlemas|michaelmas|martinmas|lammas|whitsun\w*|whit\s+monday|pentecost|trinity\s+sunday|corpus\s+christi(?!,?\s+(?:tx|texas))|ascension(?:\s+thursday)?|epiphany|twelfth\s+night|shrove\s+tuesday|fat\s+tuesday|mardi\s+gras|fasching|carnevale?|carnaval|ash\s+wednesday|holy\s+(?:week|saturday|thursday|wednesday)|maundy\s+thursday|spy\s+wednesday|good\s+friday|low\s+sunday|gaudete\s+sunday|laetare\s+sunday|divine\s+mercy\s+sunday|lazarus\s+saturday|palm\s+sunday|christmastide|eastertide|boxing\s+day|st\.?\s+\w+[’']?s?\s+(?:day|eve)|santa\s+lucia|lucia|nochebuena|noche\s+vieja|nochevieja|d[ií]a\s+de(?:l|\s+la|\s+los|\s+las)?\s+\w+(?:\s+\w+)?|las\s+posadas|posadas|reyes|cinco\s+de\s+mayo|dieciséis\s+de\s+septiembre|grito|fiestas\s+patrias|semana\s+santa|inti\s+raymi|guelaguetza|syttende\s+mai|st\.?-?jean(?:-baptiste)?|sankt\s+hans|juhannus|vappu|walpurgis\w*|bastille\s+day|canada\s+day|victoria\s+day|australia\s+day|anzac\s+day|waitangi\s+day|guy\s+fawkes|bonfire\s+night|burns\s+night|hogmanay|bank\s+holiday|remembrance\s+(?:day|sunday)|armistice\s+day|hari\s+raya|nyepi|galungan"
    r"|samhain|imbolc|beltane|litha|lughnasadh|mabon|ostara|yule|yuletide|naw-?r[uú]z|ridv[aá]n|ayy[aá]m-i-h[aá]|kwanzaa|umoja|juneteenth|emancipation\s+day|bloomsday|pi\s+day|star\s+wars\s+day|may\s+the\s+fourth|talk\s+like\s+a\s+pirate\s+day|galentine[’']?s(?:\s+day)?|friendsgiving|sweetest\s+day|patriots?[’']?\s+day|pioneer\s+day|kamehameha\s+day|prince\s+kuhio\s+day|king\s+day|casimir\s+pulaski\s+day|statehood\s+day|cesar\s+chavez\s+day|harvey\s+milk\s+day|mabo\s+day|arbor\s+day|grandparents?[’']?\s+day|bosses?[’']?\s+day|take\s+your\s+\w+\s+to\s+work\s+day|pride\s+(?:weekend|sunday|parade)|trans\s+day\s+of\s+\w+|world\s+\w+(?:\s+\w+)?\s+day|national\s+\w+(?:\s+\w+)?\s+day|super\s+bowl(?:\s+sunday)?|derby\s+day|burning\s+man|oktoberfest|state\s+fair)\b"
)
OLD_WORDS = rf"(?:ninety(?:[\s\-](?:{ONES}))?|(?:one|a)\s+hundred(?:\s+(?:and\s+)?(?:{ONES}|ten))?)"
OLD = r"(?:9\d|1[0-2]\d)"
OVER_89 = re.compile(
    rf"\b(?:{OLD}|{OLD_WORDS})(?:[\s\-]*(?:years?|yrs?)[\s\-]*(?:old|of\s+age)|[\s\-]*y[\s/.]?o\b\.?|[\s\-]*year[\s\-]olds?)"
    rf"|(?P<cue>\b(?:aged?|age\s+of|age\s+is|age:|turn(?:ed|s|ing)?|is\s+now|was\s+just|will\s+be|died\s+at|lived\s+to(?:\s+be)?|(?<=she\s)is|(?<=he\s)is|(?<=who\s)is|at\s+age|at\s+the\s+age\s+of|past|nearly|almost|reached)\s+)(?P<age>{OLD}|{OLD_WORDS})\b(?!\s*(?:%|percent|days|weeks|minutes|mg|miles|hours|pounds|points|sessions|months|\w+\s+(?:tall|sober)|/))"
    rf"|(?<=[a-z],\s){OLD}(?=,)|(?<=\(){OLD}(?=\))|\b(?:her|his|their)\s+(?:early\s+|mid[\s\-]?|late\s+)?(?:nineties|90[’']?s)\b|\b{OLD}(?:st|nd|rd|th)\s+birthday|\b(?:ninetieth|ninety[\s\-]\w+|hundredth)\s+birthday|\b(?:nonagenarian|centenarian)s?\b|(?<=[a-z],\s){OLD}(?=\))|\b(?:is|was|at)\s+(?P<is>(?:{OLD_WORDS}|{OLD}))(?=\s*(?:,|\.(?!\d)|;|\)|$|and\b|now\b|as\s+of|this\b|with\b|but\b|when\b|who\b|in\s+\w+\b(?!\s+\d)))"
)
BORN_OLD = re.compile(r"\b(?:born|birth|b\.|dob|d\.o\.b\.?)\b[^.\n]{0,30}?\b(1[89]\d{2})\b", re.I)


@dataclass(frozen=True)
class Day:
    """A day as far as it can be read."""

    year: int | None
    month: int
    day: int


def hits(text: str, known: Known) -> Iterator[Hit]:
    """Yield every stretch that dates something to less than a year, or says an age over 89."""
    low = small(text)
    for pattern in FULL:
        for match in pattern.finditer(text):
            if (
                pattern is FULL[0]
                and match.group()[:3].casefold() in ("may", "mar")
                and match.group()[0].islower()
                and not re.match(r"(?:march|may)\s+\d", match.group(), re.I)
            ):
                continue
            yield _date(text, match.start(), match.end())
    for match in SHORT.finditer(text):
        before, shown = text[max(0, match.start() - 60) : match.start()], match.group()
        if shown == "24/7" or (SCORED.search(before[-40:]) and not DATED.search(before)):
            continue
        if len(set(shown.split("/"))) == 1 and re.search(r"\b[A-Z]{3,}\s$", before) and not DATED.search(before) and not before.isupper():
            continue  # a scale that came to all its points: HARK 4/4
        if re.fullmatch(r"[1-7]/7", shown) and re.search(r"\b[a-z]{3,}(?<!on)\s$", before, re.I) and not DATED.search(before):
            continue  # so many days of a week: nightmares 5/7; the second net asks
        if (
            re.search(r"/(?:5|10)$", shown)
            and not DATED.search(before)
            and not re.search(r"\d{1,2}/\d{1,2},?\s*(?:and\s+)?$", before)
            and not re.match(r"\s*(?:session|visit|appointment|appt|note|call)", text[match.end() :])
        ):
            continue
        yield _date(text, *match.span())
    for match in CUED_MONTH.finditer(text):
        yield _date(text, *match.span("month"))
    for pattern in (LONE_MONTH, SMALL_MONTH):
        for match in pattern.finditer(text):
            name = match.group().casefold() in ("april", "june", "august")
            if name and (
                starts_sentence(text, match.start())
                or re.match(
                    r"\s+(?:said|says|is|was|has|had|and\s+(?:her|his|she|he|I)|told|feels|felt|reports?|reported|[A-Z][a-z]+)\b|['’]s", text[match.end() :]
                )
            ):
                continue
            yield _date(text, *match.span())
    for match in THE_NTH.finditer(text):  # a weekday by itself stays: it tells no date
        yield _date(text, *match.span("day"))
    for match in NTHS.finditer(text):
        if not re.search(r"(?:percentile|class|rank\w*|place|finished|HS,|High,|School,|grade:)\W*$", text[max(0, match.start() - 20) : match.start()], re.I):
            yield _date(text, *match.span())
    for pattern in (SMALL_HOLIDAY, FEASTS):
        for match in pattern.finditer(low):
            yield _feast(text, match)
    for match in FEAST.finditer(text):
        yield _feast(text, match)
    for match in SEASON.finditer(text):
        yield _date(text, *match.span())
    for match in HOLIDAY.finditer(text):
        yield _feast(text, match)
    for pattern in (calendars.OTHER_CALENDAR, calendars.LUNAR, calendars.NATIONAL, calendars.GAME):
        for match in pattern.finditer(text):
            yield Hit(*match.span(), Kind.DATE, "Holiday", match.group().casefold())
    for match in calendars.BARE.finditer(text):
        if calendars.bare(text, match):
            yield _date(text, *match.span())
    for match in feasts.KEPT.finditer(small(text)):
        the = 4 * (match.group().startswith(ORDINAL_HEADS) and text[: match.start()].endswith("the "))
        yield Hit(match.start() - the, match.end(), Kind.DATE, "Holiday", match.group())
    for match in calendars.SPOKEN_DATE.finditer(text):
        if calendars.spoken(text, match):
            yield _date(text, *match.span())
    yield from _ages(text, known)


ORDINAL_HEADS = ("first ", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "last ")


def _feast(text: str, match: re.Match[str]) -> Hit:
    tail = feasts.TAIL.match(text, match.end())
    end = tail.end() if tail else match.end()
    return Hit(match.start(), end, Kind.DATE, "Holiday", text[match.start() : end].casefold())


def _ages(text: str, known: Known) -> Iterator[Hit]:
    for match in OVER_89.finditer(small(text)):
        start, end = match.span("age") if match["age"] else match.span("is") if match["is"] else match.span()
        if old := re.compile(r"[\s\-]+(?:years?|yrs?)(?:[\s\-]+(?:old|of\s+age))?\b", re.I).match(text, end):
            end = old.end()
        yield Hit(start, end, Kind.DATE, "90 or older", "over 89", numbered=False)
    this = known.on.year if known.on else 2026
    for match in BORN_OLD.finditer(text):
        if this - int(match[1]) > 89:
            yield Hit(match.start(1), match.end(1), Kind.DATE, "a year 90 or more ago", "over 89 born", numbered=False)


def _date(text: str, start: int, end: int) -> Hit:
    while text[end - 1] in " ,.–-":
        end -= 1
    if clock := re.compile(
        r",?\s+(?:at\s+|@\s*|approx\.?\s+|about\s+|around\s+)*(?:\d{1,2}:\d{2}\s*(?:[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b|(?:[01]\d|2[0-3])[0-5]\d\b(?:\s*h(?:rs|ours)?\b)?)|\s+(?:at|@)\s+\d{1,2}(?=[\s,.;)]|$)"
    ).match(text, end):
        end = clock.end()
    while text[start] in " -":
        start += 1
    told = text[start:end]
    read = day_of(told)
    birth = bool(SIGN.search(text[max(0, start - 30) : start]))
    stands = f"{read.year or ''}-{read.month}-{read.day}" if read else re.sub(r"\s+", " ", told).casefold()
    return Hit(start, end, Kind.DATE, "Birth date" if birth else "Date", f"birth {stands}" if birth else stands, numbered=not birth)


def day_of(told: str) -> Day | None:
    """Return the day a stretch says, where it says one."""
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", told) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", told):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})\s?[/\-.–]\s?(\d{1,2})\s?[/\-.–]\s?['’]?(\d{2,4})", told):
        return _day(_year(found[3]), int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})", told):
        return _day(None, int(found[1]), int(found[2]))
    month = re.search(MONTH, told, re.I)
    if not month:
        return None
    number = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(month.group().casefold()[:3]))
    year = re.search(r"\b(\d{4})\b|['’](\d{2})\b", told)
    rest = told.replace(year.group(), " ") if year else told
    days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", rest)
    if days:
        return _day(_year(year[1] or year[2]) if year else None, number, int(days[0]))
    for at in range(len(ORDINALS), 0, -1):
        if re.search(rf"\b{ORDINALS[at - 1].replace('-', '[ -]')}\b", told, re.I):
            return _day(_year(year[1] or year[2]) if year else None, number, at)
    return None


def _year(told: str) -> int:
    return int(told) if len(told) == 4 else 2000 + int(told) if int(told) < 40 else 1900 + int(told)


def _day(year: int | None, month: int, day: int) -> Day | None:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return None
    return Day(year, month, day)


def between(one: Day, other: Day) -> str:
    """Return how long after (or before) one day another is, in words; nothing where the years are not known well enough, or a great age would show."""
    if one.year is None and other.year is None:
        return _span((date(2024, other.month, other.day) - date(2024, one.month, one.day)).days) if one.month <= other.month else ""
    if one.year is None or other.year is None:
        told = one.year or other.year or 2024
        first, second = date(one.year or told, one.month, min(one.day, 28)), date(other.year or told, other.month, min(other.day, 28))
        days = (second - first).days
        return _span(days) if abs(days) < 180 else ""
    days = (date(other.year, other.month, other.day) - date(one.year, one.month, one.day)).days
    return _span(days) if abs(days) < 90 * 365 else ""


def _span(days: int) -> str:
    count, way = abs(days), "after" if days >= 0 else "before"
    if count == 0:
        return ""
    many, unit = next(
        ((round(count / size), unit) for size, unit in ((365.25, "year"), (30.4, "month"), (7, "week")) if count >= size * 2),
        (count, "day"),
    )
    return f"{many} {unit}{'' if many == 1 else 's'} {way}"
