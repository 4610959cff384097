"""Days as they are said beyond the months of papers: other calendars, days of nations, days spoken aloud, and month and day by themselves."""

from __future__ import annotations

import re

ONES = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SAID = rf"(?:(?:{TENS})(?:[\s\-](?:{ONES}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))?|{TEENS}|{ONES}|oh|zero|hundred|thousand|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth)"
SPOKEN_YEAR = re.compile(rf"(?:nineteen|twenty|two\s+thousand)(?:[\s\-]+(?:and\s+)?{SAID}){{0,2}}", re.I)
SPOKEN_DATE = re.compile(rf"(?<![\w\-]){SAID}(?:[\s,\-]+(?:of\s+|and\s+)?{SAID}){{1,6}}(?![\w\-])", re.I)
BIRTH = re.compile(r"\b(?:d\.?o\.?b\.?|born|birth\s?(?:date|day)?|bday|b-day|turn(?:s|ed|ing)?(?:\s+\w+)?)\b[\s:,\-]*(?:is|was|on|the|of|=|\s)*$", re.I)
FOREIGN_MONTHS = (
    # Iran and Afghanistan
    "Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman|Esfand|Hamal|Sawr|Saur|Jawza|Saratan|Asad|Sunbula|Mizan|Aqrab|Qaws|Jadi|Jaddi|Dalw|Dalwa|Hut|Hoot"
    # Jewish
    "|Nisan|Nissan|Iyar|Iyyar|Sivan|Tammuz|Av|Menachem\\s+Av|Elul|Tishrei|Tishri|Cheshvan|Heshvan|Marcheshvan|Kislev|Tevet|Teves|Shevat|Shvat|Adar(?:\\s+(?:I|II|Aleph|Bet|Rishon|Sheni))?"
    # Islamic
    "|Muharram|Safar|Rabi[’'`]?\\s+(?:al|ul|ath|as)-?\\s?\\w+|Rabi[’']?\\s+I{1,2}|Jumada\\s+\\S+|Jumad\\S*|Rajab|Sha[’'`]?ban|Shaban|Ramadan|Ramazan|Shawwal|Zilqad\\w*|Dhu\\s+al-\\w+|Dhul?[\\s\\-]\\w+|Zul-?\\w+"
    # Ethiopian and Coptic
    "|Meskerem|Tikimt|Tekemt|Hidar|Hedar|Tahsas|Tir|Ter|Yekatit|Megabit|Miyazya|Miazia|Ginbot|Genbot|Sene|Hamle|Nehase|Nehasse|Pagume|Pagumen|Tout|Baba|Hator|Kiahk|Koiahk|Toba|Amshir|Baramhat|Baramouda|Bashans|Paona|Epip|Mesra|Nasie"
    # India, Nepal, Bengal
    "|Chaitra|Chait|Vaisakha?|Baisakh|Baishakh|Boishakh|Jyeshtha|Jestha|Jeth|Joishtho|Ashadha?|Asar|Asadh|Asharh|Shravana?|Shrawan|Saun|Srabon|Bhadra|Bhadau|Bhadro|Ashvin|Ashwin|Asoj|Ashwayuja|Kartika?|Kartik|Kattik|Margashirsha|Mangsir|Mansir|Ogrohayon|Pausha|Poush|Push|Magha?|Magh|Phalguna?|Falgun|Phagun|Chithirai|Vaikasi|Aani|Aadi|Avani|Purattasi|Aippasi|Karthigai|Margazhi|Thai|Maasi|Panguni|Chingam|Kanni|Thulam"
    # months in other tongues
    "|styczeń|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|yanvarya|fevralya|aprelya|iyunya|iyulya|avgusta|sentyabrya|oktyabrya|noyabrya|dekabrya|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|Pebrero|Marso|Mayo|Hunyo|Hulyo|Agosto|Setyembre|Oktubre|Nobyembre|Disyembre|Enero|janvye|fevriye|avril|jiyè|septanm|oktòb|novanm|desanm|Ocak|Şubat|Subat|Mart|Mayıs|Haziran|Temmuz|Ağustos|Agustos|Eylül|Eylul|Ekim|Kasım|Kasim|Aralık|Aralik|Januari|Februari|Maret|Mei|Agustus|Machi|Aprili|Julai|Agosti|Septemba|Oktoba|Novemba|Desemba"
    "|siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|studenoga?|prosinca|ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince|ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie|Vendémiaire|Brumaire|Frimaire|Nivôse|Germinal|Floréal|Prairial|Thermidor|Fructidor"
)
OTHER_CALENDAR = re.compile(
    rf"(?<![\w/.\-])(?:the\s+)?(?:[12]?\d|3[01])(?:st|nd|rd|th|e|er|º|\.)?[\s\-]+(?:day\s+)?(?:of\s+)?(?:{FOREIGN_MONTHS})\b(?:,?\s+\d{{4}})?|\b(?:{FOREIGN_MONTHS})\s+(?:the\s+)?(?:[12]?\d|3[01])(?:st|nd|rd|th)?(?!\d|\s*%)(?:,?\s+\d{{4}})?|\bth[áa]ng\s+(?:\d{{1,2}}|\w+)(?:\s+(?:năm\s+)?\d{{4}})?|\b\d{{1,2}}月(?:\d{{1,2}}日)?"
)  # fmt: skip
LUNAR = re.compile(
    r"\b(?:(?:the\s+)?(?:\w+|\d{1,2}(?:st|nd|rd|th))\s+(?:day\s+)?(?:of|in)\s+)?(?:the\s+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|leap|\d{1,2}(?:st|nd|rd|th))\s+(?:lunar\s+)?(?:moon|lunar\s+month|lunar)\b|\blunar\s+(?:\d{1,2}[/\-.]\d{1,2}|calendar\s+\w+\s+\w+|birthday)",
    re.I,
)
# The day of a nation or of those remembered, whoever's it is.
NATION = r"(?<!\w)(?:(?:the\s+)?(?:[A-Z][\w]+['’]?s?|[A-Z][\w]+(?:an|ian|ish|ese|ic|i))\s+)?"
NATIONAL = re.compile(
    NATION + r"(?:(?i:independence|republic|liberation|unification|reunification|constitution|national|armed\s+forces|army|navy|unity|freedom|revolution|emancipation|remembrance|memorial|commemoration|martyrs['’]?|heroes['’]?|victory|flag|anzac|armistice|restoration|foundation|proclamation|sovereignty|statehood"
    r"|(?:genocide|holocaust)\s+(?:remembrance|memorial)|women['’]?s|international\s+\w+(?:['’]s)?|teachers?['’]?|children['’]?s|nurses?['’]?|workers?['’]?|labou?r|may|king['’]?s|queen['’]?s|youth|name|saint['’]?s|ancestors?['’]?|discovery|patriot['’]?s['’]?|mothering|father['’]?s|mother['’]?s|valentine['’]?s|groundhog|leap|pi|earth|arbor|boxing|australia|canada|bastille|waitangi|tet|new\s+year['’]?s?|april\s+fool['’]?s['’]?|all\s+(?:saints|souls)['’]?|st\.?\s+\w+['’]?s?)[\s\-]+(?:[Dd]ay|DAY))\b(?!\s+(?:program|treatment|care|school|camp|hospital|center))"
    r"|\b(?:[Tt]he\s+)?(?:[Dd]ay|[Nn]ight|[Ee]ve|[Ff]east|[Ff]ast|[Ff]estival|[Aa]nniversary|[Ss]olemnity|[Vv]igil|[Mm]emorial|[Ww]eek)\s+of\s+(?:the\s+|our\s+|all\s+)?(?:remembrance|mourning|atonement|ashes|silence|the\s+dead|independence|reconciliation|commemoration|genocide|coup|(?:three|two)\s+kings|(?:Sts?\.?|Saints?|San|Santa|Our\s+Lady|Holy|Blessed|Saint)\b\.?(?:\s+(?:of|the|de|del|la|and)\b|\s+[A-Z][\w’'\-]+)*)"
    r"|\b(?:[Tt]he\s+)?(?:[Ff]east|[Ff]ast|[Ff]estival|[Ss]olemnity)\s+of\s+(?:the\s+)?[A-Z][\w’'\-]+(?:\s+(?:of\s+|the\s+)*[A-Z][\w’'\-]+)*"
    r"|\b(?:a\s+|the\s+|on\s+)?leap[\s\-](?:day|year|baby|birthday|child)\b(?:[\s\-]birthday)?|\b(?:comes?|came|rolls|only|birthday)\s+(?:around\s+|up\s+|once\s+)?every\s+four(?:th)?\s+years?\b"
)  # fmt: skip
THAT_DAY = re.compile(
    r"\b(?:the\s+)(?:very\s+)?(?:day|night|morning|week|weekend|month|afternoon|evening)\s+(?:that\s+|when\s+)?(?!I\b|He\b|She\b|They\b|We\b|You\b|It\b)(?:the\s+)?[A-Z][\w’']+(?:\s+[A-Z][\w’']+)*\s+[a-z]\w+|\b(?:[A-Z][\w’'\-]+['’]s|(?:the\s+)?(?:King|Queen|Emperor|President|Prophet|Buddha|Guru)(?:['’]s)?)\s+(?:birthday|anniversary|coronation|jubilee)\b"
)
GAME = re.compile(
    r"\b(?:the\s+)?(?:night|day|morning|weekend|week|evening|afternoon|eve|Friday|Saturday|Sunday|Monday)\s+(?:of|after|before|following|during)\s+(?:the\s+)(?:[\w’'\-]+\s+){0,3}?(?:game|match|final|finals|series|bowl|cup|derby|marathon|race|concert|parade|fire|flood|storm|hurricane|tornado|blizzard|earthquake|quake|eclipse|shooting|verdict|inauguration|election|primary|coup|riots?|blackout|strike|fair|rodeo|festival|funeral|wake|wedding|prom|graduation|homecoming|pageant|recital|debate|landslide|derailment|explosion|bombing|attack|crash|sinking|landing|opener|holiday|feast|full\s+moon|new\s+moon|solstice|equinox|clock\s+change)\b",
    re.I,
)
AFTER_IT = re.compile(
    r"\b(?:(?:the|a|one|two|three|four|five|six|\d)\s+)?(?:days?|nights?|mornings?|weeks?)\s+(?:after|before|later|earlier|prior|following)(?=\s*(?:[.,;:)\n]|$))",
    re.I,
)
BARE = re.compile(r"(?<![\w/.\-$+#:])(?P<m>0?[1-9]|1[0-2])(?P<sep>[\-–.])(?P<d>0?[1-9]|[12]\d|3[01])(?![\w%/\-–]|:\d|\.\d)")
BARE_CUE = re.compile(
    r"(?:^|\n|\b(?:on|since|until|till|from|visited|visit|seen|saw|met|me|him|her|them|born|bday|birthday|dob|turns?\s+\w+(?:\s+on)?|adm|admit(?:ted)?|dc|d/c|intake|session|sess|visit|appt|date|dated|note|notes|call|called|group|mtg|meeting|wrote|written|sent|filed|died|due|by|starting|began|started|eval|evaluated|consult|last|next|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|\w+day|court|hearing|trial|back|again|discharged?|log)\b(?:\s*(?:#?\d{1,2}|\w+))?[\s:,=(@\-–]*|[/|]\s*|\()$",
    re.I,
)
BARE_NOT = re.compile(
    r"(?:\b(?:age[sd]?|rat\w+|scor\w*|about|approx|roughly|between|every|each|drinks?|drank|smokes?|sleeps?|slept|sleeping|takes?|grade[s]?|gr|item[s]?|page[s]?|pp?|ch|chapter|won|lost|beat|led|up|ratio|x|of|past|in|only|maybe|for|over|around|averag\w+|q|per|chapters?|steps?|question[s]?|level|BMI|bmi|A1c|TSH|INR|GPA|gpa|bac|BAC|temp|version|v|rev|total|mean|index|odds|voted?|verses?|psalm|[A-Z][a-z]+\s+\d+|DSM|dsm|ICD|icd|scale|pain|suds?|from\s+a)|[<>~≈±])\W*$",
    re.I,
)
BARE_UNIT = re.compile(
    r"[ \t]*(?:mg|mcg|g|kg|ml|ng|dl|meq|mmol|hrs?|hours?|h\b|days?|weeks?|wks?|months?|mos?|years?|yrs?|minutes?|mins?|times?|x\b|drinks?|beers?|glasses|cigs?|packs?|people|kids|sessions?|visits?|per\b|a\s+(?:day|night|week|month|time)|nightly|daily|/|%|percent|pounds?|lbs?|miles?|feet|out\s+of|on\s+(?:the|a)\s|y/?o|in\s+(?:pain|severity)|points?|percentile|and\s+\d|[a-z]+s\b|to\s+\d|win|loss|record)",
    re.I,
)


def bare(text: str, match: re.Match[str]) -> bool | None:
    """Tell of a month and day by themselves (2-22, 12.02) whether they are a date: True, perhaps (None), or no."""
    before = text[max(0, match.start() - 40) : match.start()]
    if BARE_UNIT.match(text, match.end()) and not re.search(r"\b(?:on|since|seen|born|dob|adm)\W*$", before, re.I):
        return False
    if match["sep"] == ".":
        if len(match["d"]) < 2:
            return False
        if re.search(
            r"(?:^|\n|\b(?:on|since|until|visit(?:ed)?|seen|saw|met|born|birthday|dob|adm|intake|session|appt|dated?|note|discharged?|back|next|last|due|f/?u|return)\b(?:\s*#?\d{1,2})?[\s:,(]*)$",
            before,
            re.I,
        ):
            return True
        return False if BARE_NOT.search(before) else None
    if BARE_CUE.search(before):
        return True
    if BARE_NOT.search(before):
        return False
    if int(match["d"]) > 12 or re.match(r"\s*(?:[.,;:)\n]|$)", text[match.end() :]):
        return None
    return False


def spoken(text: str, match: re.Match[str]) -> bool | None:
    """Tell of number words in a row whether they are a date or a code: True, perhaps (None), or no."""
    told = re.sub(r"[\s,\-]+(?:and|of)$", "", match.group(), flags=re.I)
    words = re.split(r"[\s,\-]+", told)
    if BIRTH.search(text[max(0, match.start() - 40) : match.start()]):
        return len(words) > 2 or None if not SPOKEN_YEAR.fullmatch(told) else False
    if SPOKEN_YEAR.fullmatch(told) or re.search(r"\b(?:hundred|thousand)\b", told, re.I) or "," in told:
        return False
    if re.match(r"\s*(?:years?|days?|weeks?|months?|hours?|minutes?|times?|percent|dollars|people|point|pounds|miles|mg)\b", text[match.end() :], re.I):
        return False
    return (
        None if len(words) > 2 and (re.fullmatch(r"\w+-\w+-\w+(?:-\w+)*", told) or not re.fullmatch(rf"(?:{ONES})\s+(?:{ONES})\s+(?:{ONES})", told)) else False
    )
