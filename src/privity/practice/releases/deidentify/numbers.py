"""Everything of digits, codes and addresses on a wire: kinds D to R of the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Hit
from .kinds import Kind
from .known import Known
from .names import small
from .words import LARGE, STATE_CODES, common

LINK = r"(?:\s*(?:#|no\.?|num\.?|number|nr\.?|id|ID|is|was|of|ending(?:\s+in)?|ends(?:\s+(?:in|with))?|code|[:=\-–])){0,4}\s*"
CODE = r"[\"“']?(?=[A-Za-z0-9.\-/]*\d)[A-Za-z]{0,6}[A-Za-z0-9]*(?:[.\-/:][A-Za-z0-9]+|[^\S\n](?=[A-Z0-9\-]*\d)[A-Z0-9\-]{2,})*[\"”']?"
PHONE = re.compile(
    r"(?<![\w.\-/$])(?:\+?1[\s.\-]?)?(?:\(\s?\d{3}\s?\)\s?[\-.]?|\d{3}[\s.\-–/]{1,3})\d{3}[\s.\-–]{0,3}\d{4}(?:,?\s*(?:x|ext\.?|extension)\s*#?\d{1,6})?(?![\w\-]*\d)"
    r"|(?<![\w.\-/$])\d{3}[\-.–]\d{4}(?:,?\s*(?:x|ext\.?|extension)\s*\d{1,6})?(?![\w\-]*\d)|\+\d{1,3}[\s.\-]?(?:\(?\d{1,4}\)?[\s.\-]?){2,5}\d{2,4}\b|(?<![\w.\-/$])[2-9]\d{9}(?!\d)"
    r"|\b(?:ext\.?|extension)\s*#?\d{3,6}\b"
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ten|eleven|twelve|\\w{3,5}teen"
DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
SPOKEN = re.compile(
    rf"\b(?:(?:double|triple)[\s\-]+)?{DIGIT}(?:[\s,.\-]+(?:{DIGIT}|hundred|thousand|double|triple|dash|{TENS})){{5,}}\b|(?<![\w.,/\-])\d(?:(?:[\s\-]|,\s?|\.\.\.?\s?)+\d){{5,}}(?![\w/]|\s*%)|(?<![\w.])(?:\d{{1,3}}|{DIGIT})(?:[\s,.\-]+(?:{DIGIT}|\d{{1,2}})){{5,}}(?!\w)|(?<![\w.])\d{{2,4}}(?:[\s,.\-]+{DIGIT}){{2,}}[\s,.\-]+\d{{2,4}}(?!\w)"
)
FAX = re.compile(r"\b(?:fax(?:ed|es)?|facsimile)\b[^.\n\d(+]{0,40}$", re.I)
NOT_FAX = re.compile(r"\b(?:phone|tel|cell|call|mobile)\w*\b[^\d]*$", re.I)
EMAIL = re.compile(
    r"[\w.+'%\-]+@[\w\-]+(?:\.[\w\-]+)+|[\w.+\-]+\s*(?:\[at\]|\(at\)|\{at\}|\s@\s|\[@\])\s*[\w\-]+(?:\s*(?:\.|\[dot\]|\(dot\)|\s+dot\s+)\s*[\w\-]+)+"
    r"|[\w.+\-]+(?:\s+(?:dot|underscore|dash)\s+\w+)*\s+at\s+\w+(?:\s+dot\s+(?:com|org|net|edu|gov|us|io|co|me|uk|mx))+\b",
    re.I,
)
URL = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"”)\]]+|\bwww\.[^\s<>\"”)\]]+"
    r"|(?<![@\w.])(?:[a-z0-9\-]+\.)+(?:com|org|net|edu|gov|io|us|me|co|info|biz|app|dev|tv|health|blog|site|online|ly|gg|page|link|be)(?:/[^\s<>\"”)\]]*)?(?![\w@])"
    r"|\b(?:(?:https?|h\s?t\s?t\s?p\s?s?)\s+colon\s+(?:(?:forward\s+)?slash\s+){1,2}|double\s+slash\s+)?(?:(?:www|w\s+w\s+w|triple\s+w|double\s?u\s+\w+)\s+(?:dot|point)\s+)?[\w\-]+(?:\s+(?:dash|hyphen|underscore)\s+[\w\-]+)*"
    r"(?:(?:\s+(?:dot|point|period)\s+|\.)(?:[\w\-]+(?:\s+dot\s+|\.))*(?:com|org|net|edu|gov|io|us|co|me|info|app|tv|uk|ca|live|page|link|blog|site|online|health|shop|store|club|gg|ly))(?:\s+(?:(?:forward|front|back)\s+)?slash\s+(?:(?!(?:and|but|where|which|that|she|he|they|we|i|it|is|was|has|had|said|with|so|because|slash|forward|or|if|when)\b)[\w\-]+(?=\W|$)(?:\s+(?:dot|dash|underscore)\s+[\w\-]+)*[ ]?){1,5}(?<! ))+"
    r"|\b[\w\-]+(?:\s+(?:dash|hyphen|underscore)\s+[\w\-]+)*\s+(?:dot|period)\s+(?:com|org|net|edu|gov|io|us|info|app|tv)\b",
    re.I,
)
IP = re.compile(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:/\d{1,2}|:\d{2,5})?(?![\d.]*\d)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})(?::[0-9a-f]{1,4})*(?:/\d{1,3})?(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:)+:(?:[0-9a-f]{1,4})?(?![\w:])"
    r"|(?<![\w:])[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?(?![\w:])",
    re.I,
)
IP_SAID = re.compile(
    r"\bip\b(?:\s+(?:address|addr|is|was|no|#|from|logged|of))*\s*[:=]?\s*(\d{1,3}(?:\s?[ .,\-]\s?\d{1,3}){3})(?!\d)|(?<![\w.])\d{1,3}(?:\s+dot\s+\d{1,3}){3}\b",
    re.I,
)
MAC = re.compile(r"\b(?:[0-9a-f]{2}[:\-]){5}[0-9a-f]{2}\b", re.I)
SSN = re.compile(
    r"(?<![\w\-])(?:\d{3}|[xX*]{3})[\-–\s.](?:\d{2}|[xX*]{2})[\-–\s.]\d{4}(?![\w\-]*\d)"
    r"|\b(?:SSN|SS\s?#|social(?:\s+security)?(?:\s+(?:number|no\.?|card))?|ITIN|TIN)\b[^.\n\d]{0,30}?\d[\d\s\-]{2,12}\d",
    re.I,
)
CARD = re.compile(
    r"(?<![\w\-])(?:\d{4}[\s\-]){3}\d{1,4}(?![\w\-]*\d)|(?<!\w)3\d{3}[\s\-]\d{6}[\s\-]\d{5}(?!\w)|(?:[xX*•]{4}[\s\-]?){1,3}\d{4}\b|[xX*•]{2,}\d{3,4}\b|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b"
)
VIN = re.compile(r"(?<!\w)(?=[A-HJ-NPR-Z0-9]*\d)(?=[A-HJ-NPR-Z0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17}(?!\w)")
MEDICARE = re.compile(r"\b[1-9][A-Z][A-Z0-9]\d-?[A-Z][A-Z0-9]\d-?[A-Z]{2}\d{2}\b")
AS_NAMED = (  # what stands before a number says what it is
    (Kind.MEDICAL_RECORD, "Record number", r"MRN|M\.R\.N\.?|EMR|EHR|med(?:ical)?\.?\s*rec(?:ord)?s?\.?|chart|patient|pt\.?\s*id|client\s*id|client\s+(?:number|no\.?|file)|case\s*file|encounter|accession|specimen|visit\s+(?:number|id)|hospital\s+(?:number|id)|lab\s+(?:order|requisition)|prescription|Rx"),
    (Kind.PLAN, "Plan number", r"member(?:ship)?|subscriber|policy(?:holder)?|(?:health\s+)?plan|group|grp|insurance|medicaid|medi-cal|medicare|MBI|HICN|beneficiary|claim|authorization|prior\s+auth(?:orization)?|auth|payer|BIN|PCN|Anthem|Aetna|Cigna|Kaiser|United|UnitedHealthcare|Humana|Blue\s+(?:Cross|Shield)|BCBS|Tricare|coverage|enrollee|recipient"),
    (Kind.ACCOUNT, "Account number", r"(?:lease|loan|rent|utility|phone|gas|electric|water|cable)\s+acc(?:oun)?t|acc(?:oun)?t|acct|lease|a/c|bank|checking|savings|routing|ABA|IBAN|SWIFT|credit\s+card|debit\s+card|card|visa|mastercard|amex|loan|mortgage|invoice|billing|statement|customer|Venmo|PayPal|Zelle|Cash\s?App|wallet"),
    (Kind.LICENCE, "License number", r"(?:driver[’']?s?['’]?\s+)?licen[sc]es?|lic|DL|CDL|OLN|permit|certificate|cert(?:ification)?|NPI|DEA|passport|visa\s+number|registration|PSY|LCSW|LMFT|LPC|MFT|bar|pilot[’']?s?|green\s+card|alien|A-number|concealed\s+carry|diploma|CNA|RN"),
    (Kind.VEHICLE, "Vehicle number", r"(?:licen[sc]e\s+)?plates?|licen[sc]e\s+tag|tags?|VIN|vehicle(?:\s+identification)?|registration|hull|HIN|tail|truck|bus|car|trailer|boat|decal|N-number"),
    (Kind.DEVICE, "Device number", r"serials?|S/N|SN|IMEI|UDI|device|model|pacemaker|implant|pump|CPAP|monitor|stimulator|hearing\s+aid|glucometer|lot|MEID|ICCID|SIM|MAC|asset|ankle\s+monitor|bracelet|machine|laptop|tablet|IUD"),
    (Kind.OTHER, "Number", r"case|cause|docket|file|report|commission|card|incident|complaint|badge|employee|staff|student|inmate|booking|offender|DOC|BOP|SID|FBI|prisoner|ID|identification|identifier|referral|ticket|order|confirmation|reservation|tracking|flight|study|participant|subject|sample|barcode|PIN|code|passcode|password|username|user\s*name|login|handle|gamertag|screen\s*name|locker|ref(?:erence)?|warrant|petition|unit|service|dog\s+tag|hotline|CAD|CPS|GUID|UUID|token|key|room|voucher|lottery|scholarship|union|team|jersey|library|frequent\s+flyer|rewards|loyalty|EIN|DUNS|DOD|military|roster|application|receipt|grievance|intake|protocol|record|apartment|gate|lockbox|safe|alarm"),
)  # fmt: skip
NAMED = [
    (kind, label, re.compile(rf"\b(?:{words})(?:s|['’]s)?\b(?:\s+(?:record|card|account|security|identification|reference|tracking|tag|plate|member|case|serial|device|model|policy|file|group|release|key|number|no\.?|num|id)\b\.?)*{LINK}(?<![A-Za-z0-9])(?P<code>{CODE})(?!\w)", re.I))
    for kind, label, words in AS_NAMED
]  # fmt: skip
PLATE = re.compile(
    r"(?<![\w\-])(?:[A-Z]{2,3}[\-\s·]\d{3,4}|\d{3}[\-\s·][A-Z]{3}|\d[A-Z]{3}\d{3}|[A-Z]{3}\d{3,4}|[A-Z]{3}[\-\s][A-Z]\d{2}|\d{2,3}[A-Z]{2,3}\d{0,2})(?![\w\-])"
)
PLATES = re.compile(
    r"\b(?:plates?|tags?|licen[sc]e\s+plate|VIN|reg(?:istered|istration)?|driv\w+|car|truck|SUV|sedan|pickup|van|Subaru|Toyota|Ford|Honda|Chevy|Jeep|motorcycle|vehicle)\b",
    re.I,
)
VANITY = re.compile(r"\b(?:plates?|tag)\s+(?:reads?|says?|is|number|of|spelling|spells|:|#|with)?\s*[\"“']?([A-Z0-9][A-Z0-9\-]{2,8})\b[\"”']?")
BIOMETRIC = re.compile(
    r"\b(?:(?:right|left|recorded|her|his|their|notary|ten|index|middle|ring|little|scanned|rolled|latent|enrolled|stored|a|the)\s+)*(?:finger|thumb|palm|hand|voice|synthetic\s+voice|foot|ear|face|retina|retinal|iris|vein|gait)[\s\-]?(?:print\s+(?:sample|match|card|scan|clock|record|template|login|reader|enrollment|ID)|print|prints|printed|printing|scan|scans|scanned|recognition|template|geometry|signature|recording|profile|id|pattern|biometrics?)\b(?:[\s,]+(?:match|journal|log|clock|lock|sample|enrollment|id|template|file|record|scan|hash|code|number|no\.?|card|reader|data|login|profile|on file|#|is|:)\b)*(?:[\s:#]+(?=[A-Z0-9\-]*\d)[A-Z0-9\-]{3,})?"
    r"|\b(?:keystroke|typing)\s+(?:dynamics|pattern|rhythm)s?\b|\b(?:dental|tooth)\s+(?:records?|impressions?|x-?rays?)\b|\bbite\s?marks?\b|\bhandwriting\s+samples?\b|\b(?:(?:cloned|banked|synthetic|recorded|stored|digital)\s+)+voice(?:\s+(?:clone|model|file|sample|clip))?\b|\bvoice\s+(?:clone|model|sample|clip|biometric|authentication|unlock)s?\b|\bpalm\s+vein(?:\s+\w+)?\b"
    r"|\bten-?print(?:\s+card)?(?:\s+[A-Z0-9\-]*\d[A-Z0-9\-]*)?|\b(?:face|touch)\s?id\b|\bDNA\s+(?:profile|sample|sequence|test|record|swab|match)\b(?:[\s:#]+(?=[A-Z0-9\-]*\d)[A-Z0-9\-]{3,})?|\bbiometrics?(?:\s+\w+)?\b(?:[\s:#]+(?=[A-Z0-9\-]*\d)[A-Z0-9\-]{3,})?|\b(?:a\s+)?facial[\s\-](?:recognition|scan|geometry|template)(?:\s+(?:template|scan|login|clock|system|match|data|profile|id))?\b",
    re.I,
)
PICTURE = re.compile(
    r"[\w\-]+\.(?:jpe?g|png|heic|gif|tiff?|bmp|webp|raw|mov|mp4|dcm)\b"
    r"|\b(?:[\w\-]+\.(?:wav|mp3|m4a|mpg|avi|pdf|docx?))\b|\b(?:(?:wedding|group|family|school|class|team|profile|clear|blurry)\s+)?(?:video|image|picture|photo|photograph|screenshot|still|footage|snapshot|portrait|selfie)s?(?:\s+(?:taken|of|with|shows?|showing|incl\.?|including|the|her|his|their|both|child|client|face|faces|infant|infant[’']s|full|face|boy|boys|girl|you|him|them|my|its|from|a|and|by)\b\.?){0,6}\s*(?:face|faces|both|full[\s\-]face)\b|\b(?:(?:wedding|group|family|school|class|team)\s+)?(?:video|image|picture|photo|photograph|portrait)s?,?\s+(?:all|whose|with\s+all|every)\s+faces?\b|\b(?:a\s+)?(?:clear\s+)?full[\s\-]?face(?:d)?(?:\s+(?:image|picture|photo|photograph|shot|view|still|portrait)s?)?(?:\s+of\s+(?:her|him|them))?|\bface\s+(?:still|shot|image|picture)s?(?:\s+from\s+the\s+[\w ]{3,15}\b)?|\b(?:before-and-after\s+)?facial\s+(?:photo|image|photograph|picture)s?\b|\b(?:infant|child|client|baby)[’']s\s+face\b"
    r"|\bpictures?\s+of\s+(?:[a-z]\w+|her|him|them|me|us|himself|herself|themselves|the\s+(?:client|kids?|child|children|boy|girl|family|couple|two|three))\b|\bscreenshots?\b|\bwebcam\s+(?:still|image|capture|shot)s?\b|\bultrasound\s+(?:image|picture|photo)s?\b"
    r"|\b(?:full[\s\-]?face(?:d)?\s+|school\s+|passport\s+|profile\s+|wedding\s+|family\s+|booking\s+|yearbook\s+|driver[’']s\s+license\s+|license\s+|id\s+|class\s+|team\s+|security\s+|intake\s+|publicity\s+|station\s+|staff\s+|attached\s+|polaroid\s+)*(?:photograph|photo|headshot|head\s+shot|mug\s?shot|selfie|snapshot|polaroid|portrait|video\s+still|still\s+image|facial\s+image|face\s+image|picture\s+of\s+(?:her|his|their|the\s+client)\s+face|profile\s+pic(?:ture)?|(?:school|yearbook|wedding|booking|class|passport|profile|id)\s+picture)s?\b"
)
ROOM_NO = re.compile(
    r"\b(?:locker|trailer|local|troop|rooms?|rm|beds?|pod|bay|cell|cottage|stall|slip|berth|seat|dorm|bunk|cabin|cubicle|stations?|dept|department|channel|engine|ladder|squad|medic|platoon|tier|wing|tower|floor|fl|apt|apartment|suite|ste|lot|space|unit|car|bus|route|line|row|plot|gate|dock|booth|desk|box|lane|window|courtroom|division|ward|section|grave|aisle)"
    r"(?:\.(?=\s*\d))?\s+(?:no\.?\s*|#\s*)?(?:[A-Z]{1,3}-?\d{1,5}[A-Z]?|\d{1,5}(?:-?[A-Z])?(?:-\d+)?)(?![\w%]|\.\d|:\d|\s*(?:mg|times|minutes|hours|days|weeks|months|years|people|sessions|patients|miles|in\b|of\b))(?:(?:\s+(?:North|South|East|West))?\s+(?:bed|room|unit)\s+\w?\d+\w?)?"
    r"|\b\d{1,2}\s+(?:North|South|East|West)\s+(?:bed|room)\s+\d+|\b(?:exhibit\s+)?[A-Z]-\d{1,3}\b(?=\s*[,.;)])(?<!M-1)(?<!F-[123]50)",
    re.I,
)
ROOM_NAMED = re.compile(
    r"\b(?i:room|rm|bed|unit|ward|pod|cottage|cabin|wing|hall|suite|dorm)\b\.?:?\s+(?:(?:St\.\s+)?[A-Z][\w\-]*\s+){1,2}\d{1,4}[A-Z]?\b(?!\s*(?:mg|mcg|ml|days|weeks|hours|minutes|years))"
)
PREFIXED = re.compile(
    r"(?<![\w.])(?:(?!(?:CPT|ICD|DSM|PHQ|GAD|SSN|MRN|DOB|BP|HR|IQ|AM|PM|MIN|MINS|MINUTES|HRS|HOURS|SESSION|SESS|UNITS|BILLED|BILL|CODE)\b)(?:[A-Z]{1,6}|[A-Z][a-z]*[A-Z]\w*)(?:\s+(?:ref|no\.?|#|ID|id|acct))?\s+){1,2}(?=(?:[A-Z0-9\-]*\d){4})[A-Z]{0,3}\d[A-Z0-9]*(?:[\-][A-Z0-9]+)*(?:\s\d{2,}(?:-\d+)?)*(?!\w)"
    r"|(?<![\w.\-$])[A-Z]{1,3}(?:\s\d{2,4}){2,4}(?!\w)|(?<![\w.\-$/])\d{2,4}(?:\s\d{2,4}){2,5}(?![\w/])|(?<![\w.\-$/])\d{2,3}-[A-Z]{2,4}(?:\s[A-Z]{2})?(?![\w\-])|(?<![\w.\-])[A-Z]{2}\s(?=[A-Z0-9\-]*\d)[A-Z0-9]{1,4}-[A-Z0-9]{2,5}(?!\w)"
)
BRANDED = re.compile(
    r"(?<![\w.])(?P<brand>[A-Z][\w&]+(?:\s+(?:ref|no\.?|#|ID|id|acct|card|account))?\s+)(?=(?:[A-Z0-9\-]*\d){5})[A-Z0-9]+(?:-[A-Z0-9]+)*(?!\w)"
)
JOINED_MARK = re.compile(
    r"(?<![\w.@])(?:[A-Za-z]{2,}[\-_](?:id|no|nr|num|number|code|pin|acct|ref|case|file|lic|cert)\b\.?|(?:[A-Z]{2}[\- ])?(?:LPC|LCSW|LMFT|LMSW|LCPC|LPCC|LMHC|LCMHC|LICSW|LISW|LMHP|LADC|LCADC|CADC|LAC|LP|PSY|MFT|MFC|PhD|PsyD|MD|DO|RN|NP|PA|APRN|PMHNP|CDL|CCW|DL|OLN)(?:[\-\s]+[A-Z]{2})?(?:\s*[#:]|\s+(?:no|lic|license|number)\b\.?:?)?)\s*[:#]?\s*(?=[A-Z0-9.\-]*\d{3})[A-Z0-9.\-]*\d(?!\w|\s*(?:mg|mcg|hours|years|days))"
)
OFTEN = re.compile(r"\d{1,2}(?:[-–]\d{1,2})?x?/(?:wk|week|day|d|night|mo|month|yr|year|hr|hour)", re.I)
INSTRUMENT = re.compile(r"[A-Za-z]{2,}(?:-[A-Z0-9]{1,3}|-?\d{1,2}){0,3}")
SCORED_NEXT = re.compile(r"\s*(?:total|score[ds]?|of|is|was|=|:|~|at)?\s*\d{1,3}(?!\d|[\-/.]\d{2,}|[A-Za-z])", re.I)
HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{1,29}\w\b|\bu/\w{3,20}\b|#(?=\w*[A-Za-z])\w{4,}")
USER = re.compile(
    r"\b(?:user\s?name|handle|gamertag|screen\s?name|login|goes by|posts as|known (?:online )?as|user id|insta(?:gram)?|snapchat|snap|tiktok|twitter|discord|venmo|reddit)(?:\s+(?:account|handle|name|user|username|tag|id))*\s*(?:is|:|=|as|was|of|under|,)?\s*[\"“'@]{0,2}((?=[\w.\-#]*[\d_.#])[A-Za-z][\w.\-#]{2,30}\w)",
    re.I,
)
UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.I)
MIXED = re.compile(r"(?<![\w$.\-/@])(?=[\w\-/.]*\d)(?=[\w\-/.]*[A-Za-z])[A-Za-z0-9]+(?:[\-/][A-Za-z0-9]+)*(?![\w])")
DIGITS = re.compile(
    r"(?<![\w$€£.,\-/:])#?\d{5,}(?:-\d{2,})*(?![\w%]|,\d{3}|\.\d|\s*(?:mg|mcg|ml|steps|dollars|people|calories|miles|feet|sq|hours|words|votes|followers|troops|acres|residents|times)\b)|(?<![\w$.\-/])\d{2,}(?:-\d{2,}){1,4}(?![\w])"
)
DOSE = re.compile(
    r"\d{1,4}(?:[.,/\-]\d+)*(?:mgs?|mcg|g|kg|ml|cc|iu|lbs?|oz|k|m|km|mi|cm|mm|ft|in|hrs?|h|min|mins|s|sec|am|pm|a|p|x|st|nd|rd|th|s|yo|y|yr|yrs|mo|wk|wks|d|ish|hz|db|units?|mph|bpm|cal|tb|gb|mb|step|steps|year|years|month|months|week|weeks|day|days|hour|hours|minute|minutes)",
    re.I,
)
CLINICAL = re.compile(
    r"(?:[A-TV-Z]\d{2}(?:\.\d{1,4})?[A-Z]?|(?:PHQ|GAD|PCL|DSM|ICD|MMPI|BDI|MCMI|WAIS|WISC|BASC|CBCL|ACE|AUDIT|DAST|CAGE|SUDS?|GAF|CSSRS|ASRS|YBOCS|HAM|MADRS|MDQ|EPDS|DES|PSQI|ISI|RBANS|MMSE|TSI|DERS|OQ|ORS|SRS|CES|QIDS|TSC|COVID|CORE|WHODAS|CAPS|STABLE|STATIC|LEC|ACES|H1N1|B|D|K|MS|5|CYP|A1C|HbA1c)-?(?:[\dIVX]{0,3}|20\d\d)(?:-\d{1,2})?(?:[\-/](?:TR|CM|CL|RF|[A-Z]|\d{1,2}))?|(?:[IVX]+)|\d{1,3}/\d{1,3}|\d{1,2}-\d{1,2})",
    re.I,
)
CODES = re.compile(
    r"\b(?:CPT|HCPCS|ICD(?:-10)?(?:-CM)?|DSM(?:-5)?(?:-TR)?|billed|billing code|procedure code|diagnosis code|code[sd]?|modifier)\b[^.\n]{0,24}$", re.I
)
PSYCH_CODES = re.compile(
    r"(?:9079[12]|9083[2-9]|9084[05-9]|90853|90863|90785|961\d\d|992\d\d|H00\d\d|H20\d\d|T10\d\d|Z\d\d(?:\.\d+)?)(?:-(?:95|93|GT|GQ|25|59|HO|HJ))?"
)
STATE_CERTIFICATE = re.compile(
    rf"(?<![\w/.\-])(?:{STATE_CODES})(?:(?:[\-–/. ]?(?!PTSD|PHQ|GAD|TAG)[A-Z]{{1,6}})[\-–/ .#]{{0,2}}|[\-–/#]{{1,2}})(?!(?:19|20)\d\d\b)\d{{4,8}}(?:-\d+)?(?![\w])|(?<![\w/.\-])(?!(?:DSM|PHQ|ICD|CPT)\b)[A-Z]{{1,5}}[\-. ]?(?!(?:19|20)\d\d\b)\d{{4,8}}\s?(?:[-/]\s?|\()(?:{STATE_CODES})\)?(?!\w)"
)
COUNTED = re.compile(r"\d{1,3}")


def hits(text: str, known: Known) -> Iterator[Hit]:
    """Yield every stretch of these kinds."""
    low = small(text)
    for match in EMAIL.finditer(text) if any(one in low for one in ("@", "at]", "at)", "at}", "dot")) else ():
        yield _hit(match.start(), match.end(), Kind.EMAIL, "E-mail", text)
    for match in URL.finditer(text):
        end = match.end() - len(match.group()) + len(match.group().rstrip(".,;:!?'’"))
        yield _hit(match.start(), end, Kind.URL, "Web address", text)
    for match in MAC.finditer(text):
        yield _hit(*match.span(), Kind.DEVICE, "Device number", text)
    for match in IP.finditer(text):
        if not re.fullmatch(r"\d{1,2}:\d{2}(?::\d{2})?", match.group()) and len(match.group()) > 3:
            yield _hit(*match.span(), Kind.IP, "Internet address", text)
    for match in IP_SAID.finditer(text):
        yield _hit(*match.span(1 if match[1] else 0), Kind.IP, "Internet address", text)
    for match in UUID.finditer(text):
        yield _hit(*match.span(), Kind.OTHER, "Number", text)
    for match in SSN.finditer(text):
        yield _hit(*match.span(), Kind.SSN, "Social Security number", text)
    for pattern, kind, label in ((CARD, Kind.ACCOUNT, "Account number"), (VIN, Kind.VEHICLE, "Vehicle number"), (MEDICARE, Kind.PLAN, "Plan number")):
        for match in pattern.finditer(text):
            yield _hit(*match.span(), kind, label, text)
    yield from _phones(text, known)
    yield from _named(text)
    for match in PLATE.finditer(text):
        if PLATES.search(text[max(0, match.start() - 50) : match.start()]):
            yield _hit(*match.span(), Kind.VEHICLE, "Vehicle number", text)
    for match in VANITY.finditer(text):
        yield _hit(*match.span(1), Kind.VEHICLE, "Vehicle number", text)
    for match in BIOMETRIC.finditer(text):
        yield _hit(*match.span(), Kind.BIOMETRIC, "body print", text, numbered=False)
    for match in PICTURE.finditer(low):
        yield _hit(*match.span(), Kind.PICTURE, "picture", text, numbered=False)
    for match in HANDLE.finditer(text):
        yield _hit(*match.span(), Kind.OTHER, "Handle", text)
    for match in USER.finditer(text):
        yield _hit(*match.span(1), Kind.OTHER, "Handle", text)
    yield from _loose(text)
    for number in known.numbers:
        for match in re.finditer(re.escape(number), text, re.I):
            yield _hit(*match.span(), Kind.OTHER, "Number", text, known=True)


def _phones(text: str, known: Known) -> Iterator[Hit]:
    mine = [re.sub(r"\D", "", one)[-10:] for one in known.phones]
    for match in (*PHONE.finditer(text), *SPOKEN.finditer(small(text))):
        before = text[max(0, match.start() - 60) : match.start()]
        fax = FAX.search(before) and not NOT_FAX.search(before[-40:].split("ax")[-1])
        digits = re.sub(r"\D", "", match.group())
        own = any(len(digits) > 3 and (one.endswith(digits[-10:]) or digits[:11].endswith(one)) for one in mine if one)
        kind, label = (Kind.FAX, "Fax number") if fax else (Kind.PHONE, "Phone number")
        yield Hit(match.start(), match.end(), kind, label, digits[-10:] or match.group().casefold(), known=own)
    for one in mine:
        for tail in {one[-4:], one[-7:]} if len(one) > 6 else set():
            for match in re.finditer(rf"(?:ending(?:\s+in)?|ends\s+(?:in|with)|last\s+four(?:\s+digits)?|[xX*]{{2,}})[\s:\-]*({tail})\b", text):
                yield Hit(*match.span(1), Kind.PHONE, "Phone number", one, known=True)


def _named(text: str) -> Iterator[Hit]:
    for kind, label, pattern in NAMED:
        for match in pattern.finditer(text):
            start, end = match.span("code")
            code = match["code"].strip("\"“”'.:/-")
            start += match["code"].find(code)
            end = start + len(code)
            if re.search(r"\b(?:zip|postal)\s+$", text[max(0, match.start() - 8) : match.start()], re.I):
                continue  # places finds it
            short = len(re.sub(r"\W", "", code)) < 4
            marked = bool(re.search(r"#|no\.|number|\bid\b|ID|ending|plate|code|:", text[match.start() : start]))
            if (short and not marked) or _harmless(text, code, start, end) or (re.fullmatch(r"(?:19|20)\d\d|\d{1,3}", code) and not marked):
                continue
            if re.fullmatch(r"\d{1,2}", code) and re.search(r"report:\s*$", text[:start], re.I):
                continue
            if (
                re.fullmatch(r"\d{1,3}", code)
                and label == "Number"
                and re.match(r"(?:unit|team|code|room|service|order|study|sample|case|key|subject)", text[match.start() :], re.I)
            ):
                continue
            yield Hit(match.start(), end, kind, label, re.sub(r"\W", "", code).casefold())
    for match in ROOM_NAMED.finditer(text):
        yield Hit(*match.span(), Kind.OTHER, "Room", match.group().casefold())
    for match in ROOM_NO.finditer(text):
        yield Hit(*match.span(), Kind.OTHER, "Room", match.group().casefold())


def _loose(text: str) -> Iterator[Hit]:
    for match in PREFIXED.finditer(text):
        if re.fullmatch(rf"(?:[A-Z]+\s+)?(?:ZIP|{STATE_CODES})\s+\d{{5}}(?:-\d{{4}})?", match.group()):
            continue  # places finds it, and keeps three of its figures
        if re.fullmatch(r"(?:[A-Z]+\s+)+(?:19|20)\d\d", match.group()):
            continue  # a year: SINCE 2021
        if not re.match(r"(?:(?:19|20)\d\d\s)", match.group()) and not _harmless(text, match.group(), *match.span()):
            yield _hit(*match.span(), Kind.OTHER, "Number", text)
    for match in STATE_CERTIFICATE.finditer(text):
        if not re.match(r"[A-Z]{2} \d", match.group()):  # a state and its ZIP
            yield _hit(*match.span(), Kind.LICENCE, "License number", text)
    for match in JOINED_MARK.finditer(text):
        yield _hit(*match.span(), Kind.OTHER, "Number", text)
    for match in BRANDED.finditer(text):
        brand = match["brand"].split()[0].lower()
        if re.fullmatch(rf"(?:{STATE_CODES})\s+\d{{5}}(?:-\d{{4}})?", match.group()):
            continue
        if brand not in common() and not _harmless(text, match.group()[len(match["brand"]) :], match.end("brand"), match.end()):
            yield _hit(*match.span(), Kind.OTHER, "Number", text)
    for match in MIXED.finditer(text):
        code = match.group()
        digits = sum(sign.isdigit() for sign in code)
        if digits < 2 or len(code) < 5 or _harmless(text, code, *match.span()):
            continue
        if OFTEN.fullmatch(code) or re.fullmatch(r"[Ff]-[1-9]50", code):
            continue  # so often a week; a truck
        if digits < 3 and INSTRUMENT.fullmatch(code) and SCORED_NEXT.match(text, match.end()):
            continue  # a scale and what it came to: PG-13-R 37
        if re.fullmatch(r"[A-Za-z]+(?:-[A-Za-z]+)*-\d{1,2}|\d{1,3}(?:-[A-Za-z]+)+|(?:mid|early|late|pre|post)-?\d{4}s?|\d{4}s|[A-Za-z]+/\d{1,2}", code):
            continue
        yield _hit(*match.span(), Kind.OTHER, "Number", text)
    for match in DIGITS.finditer(text):
        code = match.group()
        if _harmless(text, code, *match.span()) or re.fullmatch(r"\d{1,2}-\d{1,2}|\d{2}-\d{2}(?!\d)|(?:19|20)\d\d-(?:19|20)?\d\d", code):
            continue
        yield _hit(*match.span(), Kind.OTHER, "Number", text)


def _harmless(text: str, code: str, start: int, end: int) -> bool:
    if DOSE.fullmatch(code) or (CLINICAL.fullmatch(code) and not code.isdigit()) or code.lower() in LARGE:
        return True
    if PSYCH_CODES.fullmatch(code) and (CODES.search(text[max(0, start - 60) : start]) or re.match(r"(?:9079|9083|9084|90853)", code)):
        return True
    return bool(
        re.match(
            r"\s*(?:mg|mcg|ml|percent|%|times|minutes|hours|days|weeks|months|years|sessions|people|steps|dollars|milligrams|members|beds|visits)\b",
            text[end:],
            re.I,
        )
    )


def _hit(start: int, end: int, kind: Kind, label: str, text: str, *, known: bool = False, numbered: bool = True) -> Hit:
    return Hit(start, end, kind, label, re.sub(r"\s+", " ", text[start:end]).casefold(), known=known, numbered=numbered)
