"""The third net: whole clauses and lone words, by what they speak of, whoever they name. It only asks; a clause is shown whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import grown
from .dates import MONTH, NTH, ORDINAL, WEEKDAY
from .names import POSSESSIVE, SAFE_WORDS, plain, small, starts_sentence
from .numbers import CLINICAL
from .words import ABBREVIATIONS, COMMON_TAIL, GIVEN, LARGE, MEDICINE, NAMES_TOO, STATES, common

NAME, PLACE, DATE, NUMBER, PICTURE, PRINT, RARE = "name", "place", "date", "number", "picture", "print", "rare"
Span = tuple[int, int, str]

CLAUSE = re.compile(r"(?:(?<!\w)(?:Dr|Mr|Mrs|Ms|St|Mt|No|no|vs|Jr|Sr|[A-Z])\.|\.(?=\w)|[^.;:!?()\n—–]|\n(?=[^\n\-•*\d]))+")
REST = r"[^.;!?()\n—]"  # what belongs to the same clause

# Days told by what happened then.
SPELL = r"(?:days?|nights?|mornings?|evenings?|afternoons?|weeks?|wks?|weekends?|wknds?|months?|summers?|winters?|springs?|autumns?|falls?|seasons?|eve|years?|yrs?|semesters?|hours?|dates?)"
PLAIN_SPAN = (
    r"(?:of\s+(?:the\s+)?(?:(?:week|day|month|year|night|weekend|program|session|sessions|treatment|therapy|sobriety|recovery|abstinence|life|birth\s+control|school|college|university|training|residency|rest|work|leave|use|sleep|marriage|pregnancy|contact|supervision|grad\w*|high|middle|medical|law|low|poor|bad|good|severe|increased|worsening"
    r"|silence|stability|care|service|observation|weekly|individual|couples|group|cbt|dbt|emdr|exposure|medication|sertraline|\w+ine|age|abuse|chemo\w*|radiation|dialysis|crying|fighting|drinking|using|trying|being|not|no|this|that|it|them|his\s+life|her\s+life|their\s+lives|my\s+life|sick|unemployment|homelessness|grief|mourning|hospital\w*)\b)"
    r"|(?:before|after)\s+(?:last|bed|bedtime|each|every|our|sessions?|next|work|school|that|this|meals?|dinner|lunch|week|day|night|then|which|he|she|they|i\s)\b(?!\s+(?:[A-Z]|was|were|died|left))|(?:when|that)\s+(?:he|she|they|i|we)\s+(?:feels?|can|cannot|can['’]t|is|are|does|do|has|have|might|may|sleeps?|drinks?|eats?|uses?)\b)"
)
BY_EVENT = re.compile(
    rf"\b(?:(?:the|that|this|last|same|very|whole|first|on|a|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple|several|\d{{1,2}})\s+)+(?:{SPELL}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+(?:right\s+|just\s+|or\s+so\s+|shy\s+)?"
    rf"(?:(?:of|after|before|following|preceding|since|until|into|past|that|when|they|we|he|she|his|her|their|my|our|the|everybody|everyone)\b)\s+(?!(?:of|after|before)\b){REST}{{2,60}}",
)
PLAIN_EVENT = re.compile(rf"\b(?:{SPELL}|\w+day)\s+(?:right\s+|just\s+)?{PLAIN_SPAN}", re.I)
NEAR_EVENT = re.compile(
    rf"\b(?:right|just|shortly|soon|immediately|the\s+{SPELL}|{SPELL}|(?:{WEEKDAY}))\s+(?:before|after|following|around)\s+(?:the\s+)?(?:[A-Z][\w’']+|(?:his|her|their|my|our)\s+(?:\w+\s+){{0,2}}\w+|\w+[’']s\s+\w+){REST}{{0,30}}"
)
SINCE = re.compile(
    r"\b(?:since|until|till|up\s+to|as\s+of|before|after|during|over)\s+(?:about\s+|around\s+|nearly\s+|almost\s+|roughly\s+)?(?P<what>(?:the\s+|that\s+|[a-z]+\s+)?[^.,;:!?()\n]{3,60})",
    re.I,
)
NOT_SINCE = re.compile(
    r"(?:(?:the|that|this|his|her|their|my|our|a|an|each|every|last|first|next|our\s+last|any)\s+)*(?:\w+ing\b|he\b|she\b|they\b|we\b|i\b|you\b|it\b|i['’]\w+|he['’]\w+|she['’]\w+|they['’]\w+|we['’]\w+|then|now|which|that\b|what\b|when\b|there|not|all\b|age\b|ages\b|\d|['’]\d|one\b|two|three|four|five|six|seven|eight|nine|ten|twelve|last|next|tomorrow|yesterday|today|tonight|recently|midnight|noon|dawn|bed\w*|noticing|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon\b|tue|wed\b|thu|fri\b|sat\b|sun\b|childhood|adolescence|college|high\s+school|middle\s+school|elementary|kindergarten|grad\w*|infancy|birth\b|puberty|the\s+pandemic|covid|divorce|separation|break-?up|breakup|accident|crash|surgery|injury|diagnosis|stroke|death|loss|funeral|miscarriage|fall\b|assault|attack|rape|abuse|arrest|incident|incarceration|move\b|retirement|wedding|marriage|affair|fight|argument|session|sessions|intake|visit|visits|appt|appointment|discharge|admission|hospital\w*|detox|rehab|treatment|therapy|test|exam|eval\w*|group|meeting|call|class|school|work|job|shift|lunch|dinner|breakfast|meals?|supper|sex|sleep|wake|consult\w*|supervision|hearing|trial|court|baby|pregnan\w*|delivery|son|daughter|mother|father|mom|dad|husband|wife|brother|sister|parents?|partner|client|pt|patient|start\w*|beginning|end\b|time\b|day\b|night|morning|evening|week|weekend|month|year|years|semester|term\b|summer|winter|spring|episode|relapse|overdose|attempt|medication|meds?|dose|sertraline|\w+ine\b|\w+pam\b|response|release|report|disclos\w+|hours?|months|weeks|days|minutes|while|long|phone|video|zoom|telehealth|text|email|coffee|the\s+\w+\s+(?:session|visit|appointment|hour|year|month|week|day)|\w+ed\b|\w+tion\b|\w+ment\b|early|mid|late|whole|entire|rainbow|hours)",
    re.I,
)
BORN = re.compile(
    r"\bborn\s+(?!(?:in\s+(?:the\s+)?(?:us|u\.s|america|19[4-9]\d|20\d\d|captivity|a\s)|with\b|to\b|prematurely|preterm|early|at\s+\d\d\s+weeks|and\b|deaf|blind|abroad|premature|male|female|out\s+of|into|after\s+\d|here|\d|lazy|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+\d))(?:on\s+(?!\w+\s+\d)|when|while|before|after|during|under|the|that|at|in\s+the|[a-z])[^.,;!?()\n]{2,70}(?:,\s+(?:the|that|when|which)\s[^.,;!?()\n]{2,50})?",
)
SEASONAL = re.compile(
    r"\b(?:winter|spring|summer|autumn|fall|harvest\w*|frost|snow\w*|thaw\w*|freeze\w*|season|school|tourist\w*|ice|rains?|monsoon|planting|calving|lambing|branding|shearing|haying|haul\w*|close[sd]?\s+for|open[sd]?\s+for|[A-Z][a-z]\w*[a-z](?!\w))\b"
)
WHEN_DONE = re.compile(
    r"\b(?:when|once|before|after|until|till|by\s+the\s+time)\s+(?:the\s+)?\w+(?:[’']s|\s+\w+)?\s+(?:ends?|ended|done|over|opens?|opened|closes?|closed|starts?|started|begins?|began|lets?\s+out|thaws?|freezes?|froze|melts?|melted|broke|breaks|came\s+(?:in|out|down|through)|comes\s+(?:in|out|down|through)|hit|hits|went\s+(?:out|down)|leave|leaves|return\w*|knee\s+high)\b(?:[^.,;!?()\n]{2,40})?|\bas\s+of\s+\w+",
)
NOT_DONE = re.compile(
    r"\b(?:when|once|before|after|until|till|by\s+the\s+time)\s+(?:he|she|they|we|i|it|you|the\s+session|session|sessions|therapy|treatment|the\s+call|the\s+video|this|that|panic|anxiety)\b",
)
END_OF = re.compile(
    r"\b(?:since|until|till|by|before|after|at|from|on)\s+(?:about\s+)?the\s+(?:closing|opening|close|end|start|beginning|fall|collapse|eruption|sinking|eclipse|anniversary|eve|dedication|unveiling|signing|reopening)\s+of\s+(?!(?:the\s+)?(?:session|sessions|hour|day|month|week|year|therapy|treatment|visit|call|meeting|his|her|their|my|our)\b)[^.,;!?()\n]{3,60}",
)
EVENT_CAME = re.compile(
    rf"\b(?:last|this|that|next)\s+(?:year|summer|winter|spring|fall|season|month)[’']s\s+\w+|\bwhen\s+the\s+\w+\s+(?:was|were|is|are)\s+\w+|\b(?:wk|week)\s+\d{{1,2}}\s+of\s+(?:last|this|the|(?:19|20)\d\d)\b(?:\s+year)?|\bwhat\s+(?:would\s+(?:have\s+)?been?|later|became|used\s+to\s+be)\b[^.,;!?()\n]{{3,50}}|\bthe\s+same\s+{SPELL}\s+(?:as|that|when)\s+[^.,;!?()\n]{{3,50}}|\b\w+\s+(?:mon|tues|wednes|thurs|fri|satur|sun)days?\s+(?:ago|back)\b|\b(?:the\s+)?(?:new|turn\s+of\s+the)\s+(?:millennium|century)\b|\b(?:his|her|their|my|\w+[’']s)\s+(?:\w+[’']?s?\s+)?(?:9\d|10\d)(?:st|nd|rd|th)\b"
    rf"|\bclass\s+of\s+['’]?(?:19)?[2-4]\d\b|\b(?:pushing|near|close\s+to|going\s+on|rising|shy\s+of|short\s+of)\s+(?:a\s+|one\s+|the\s+)?(?:hundred|century|ninety)\b|\b(?:maybe|perhaps|some\s+say|about|nearly)?\s*9\d\b[^.;!?()\n]{{0,40}}\b(?:18\d\d|19[0-3]\d)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+of\s+(?:the\s+)?(?-i:[A-Z])\w+|\b(?:the|that)\s+(?:very\s+|same\s+)?(?:{SPELL}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+(?!(?:he|she|they|we|i|it|you)\b)(?:the\s+)?\w+(?:\s+\w+)?\s+(?:\w+ed|(?:was|were|got)\s+\w+|came|went|hit|fell|broke|began|left|lets?|closes|opens|ends|starts|won|lost|burned|blew|sank|died|struck|shook|rose|quit|shut)\b[^.,;!?()\n]{{0,40}}|\b(?:the|that|this)\s+\w+\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:before\s+last|after\s+next|past|in|of)\b(?:\s+\w+)?|\bon\s+the\s+{ORDINAL}\s+(?:day|night|evening|morning)\b",
    re.I,
)
EVERY_RUN = re.compile(
    r"\b(?:two|three|four|five|six|seven|\d)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends|nights|mornings)\s+(?:running|in\s+a\s+row|straight)\b(?:,[^.;!?()\n]{3,40})?",
)
SHY_OF = re.compile(
    r"\b(?:\w+\s+)?(?:days?|weeks?|months?|hours?|a\s+year|one\s+year|years?)\s+(?:to\s+the\s+day\s+)?(?:shy\s+of|short\s+of|into|out\s+from|ahead\s+of|after|before|since|to\s+the\s+day)\s+(?!(?:treatment|therapy|surgery|discharge|his|her|their\s+\w+\s+session|last|the\s+(?:session|visit|surgery|accident|birth)|birth|i\b|she\b|he\b|they\b|we\b)\b)[^.,;!?()\n]{3,50}",
)
THAT_DAY = re.compile(
    r"\bTHE\s+\d{1,2}(?:ST|ND|RD|TH)\b(?!\s+(?:GRADE|FLOOR|SESSION|TIME|VISIT|PERCENTILE))|\b(?i:that|this\s+past|the\s+same|same)\s+(?i:\w+\s+)?(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day|day|night|morning|weekend)\s+(?:in|of)\s+(?:\w+\s+){0,2}\w+|\bturn\w*\s+\w+\s+the\s+same\s+day\b|\bthe\s+same\s+day\b(?=,|\.)|\b(?:quarter|feast|fast|name|saint|holy|market|payday|pay|election|moving|opening|closing|opener|field|picture|retake|report\s+card|spirit|snow|signing|draft|derby|race|fair|founder\w*|heritage|reservation|treaty|cup|flag|dividend|the\s+extra|the\s+[A-Z]\w+|[A-Z]\w+)[\s-]days?\b|\b(?:duck|deer|elk|fishing|hunting|trout|season|home|gun|rifle|bow|ski|harvest|spring|fall)[\s-](?:opener|opening|closing)\b|\b(?:(?:for\s+)?(?:all|most|half|part|the\s+rest|the\s+end|the\s+start)\s+of\s+)?(?:first|second|third|fall|spring|summer|winter)\s+(?:semester|quarter|trimester|term|half|period)\s+(?:of\s+)?(?:19|20)?\d\d\b[\-\d]*|\b(?:first|last|second|next|big|early|late|killing|hard)\s+(?:killing\s+|hard\s+)?(?:frost|snow\w*|thaw|freeze|rain|harvest|cutting|planting|ice|run)\b|\bice[\s-](?:out|breakup)|\bon\s+(?:the\s+)?(?:fortieth|seventh|third|fiftieth|hundredth|forty-ninth|49th|40th|100th)\s+day\b|\b(?!(?:a|an|the|his|her|their|my|our|that|no|not|is|was|of|more|less|very|only|be|isn|seems?|insight|judgment)\b)\w+\s+(?:festival|parade|powwow|pow-?wow|rodeo|regatta|fair|pageant|jubilee|novena|holiday|homecoming)\b"
)
OWN_DAY = re.compile(
    r"\b(?:(?:his|her|their|my|our|the|a|[a-z]\w+[’']s|\w+[’']s)\s+(?:(?:own|late|last|first|next|[\w’'\-]+|\d{1,3}(?:st|nd|rd|th))\s+){0,3})?(?:birthdays?|b-?days?|anniversary|anniversaries|anniv|yahrzeit|jahrzeit|due\s+date|name[\s-]day|saint[’']s\s+day|quince\w*|sweet\s+sixteen|ba[rt]\s+mitzvah|first\s+communion|sobriety\s+date|wedding\s+(?:day|night)|death\s+day|\w+versary|delivery\s+date)\b(?:\s+of\s+(?!(?:his|her|their|my)\s)[^.,;!?()\n]{3,40}|,\s+(?:during|before|after|with)\s[^.,;!?()\n]{3,30})?(?:\s+(?:this|last|next|that)\s+(?:year|week|month|weekend|\w+day))?(?!\s+(?:party\s+)?(?:card|cake|gift|present)s?\b)",
)
AGO = re.compile(
    rf"(?<!\w)(?:(?:a|one|two|three|four|five|six|seven|many|few|some|\d+|just|the|last)\s+){{0,2}}(?:summers?|winters?|springs?|autumns?|harvests?|christmases|thanksgivings|easters|ramadans|birthdays|{MONTH}s?)\s+(?:ago|back|before|past)\b|\b(?:a|one|two|three|\d+)\s+(?:years?|months?|weeks?)\s+ago\s+(?:this|today|tomorrow|yesterday|last|next|on|tonight)\b(?:\s+\w+)?",
    re.I,
)
OLD_NTH = re.compile(
    r"\b(?:(?:in|into|of|on|for|past|before|after|turn\w*|his|her|their|my|the)\s+)*(?:ninet(?:ieth|y[\s\-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))|(?:one\s+)?hundred(?:th|[\s\-]and[\s\-]\w+)|9\d(?:st|nd|rd|th)|10\d(?:st|nd|rd|th))\s+(?:year|birthday|bday|winter|summer|christmas|name)\b",
)
OLD_BIRTH = re.compile(
    r"\b(?:in\s+(?:his|her|their)\s+)?(?:late\s+|mid\s+|early\s+)?(?:ninet(?:y|ies)|hundred)[\s\-](?:something|ish|odd|plus|some)\b|\b(?:born\s+(?:in\s+|on\s+|about\s+)?|since\s+|in\s+|of\s+)?(?:nineteen|eighteen)[\s\-]+(?:hundred|oh[\s\-]\w+|ten|eleven|twelve|\w{3,5}teen|twenty(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?|thirty(?:[\s\-](?:one|two|three|four|five|six|seven))?)\b(?![\s\-](?:one|two|three|four|five|six|seven|eight|nine)\b)|\b(?:under|over|past|nearly|almost|about|be|is|was|turn\w*|reach\w*|to)\s+ninety(?:-\w+)?\b|(?:\b(?:be|is|was|turn\w*|reach\w*|to|nearly|almost|past|hit)\s+|[\"“'‘]|,\s+)(?:a|one)\s+hundred\b(?:,?\s+give\s+or\s+take|\s+and\s+(?:one|two|three|four|five|six))?(?!\s+(?:percent|dollars|times|and|mg|milligrams|miles|people|\w+s\b))",
)
NTH_DAY = re.compile(
    rf"\b(?:the\s+|every\s+|each\s+)?(?:{ORDINAL}|{NTH}|last)\s+(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?s?\b\.?|{SPELL})\s+(?:of|in|after|before|following)\s+(?:the\s+)?{REST}{{2,30}}",
)
# Whom only one thing fits.
PERSON = (
    r"(?:\w+(?:ologist|ician|keeper|master|mistress|smith|wright|monger|woman|man|person|lady|girl|boy|herd|herder|maker|holder|bearer|winner|champ\w*|grapher|tender|fighter|catcher|caller|setter|breaker|hunter|trapper|guide|medic|ess)"
    r"|driver|teacher|farmer|rancher|baker|butcher|barber|painter|singer|writer|reporter|preacher|officer|soldier|sailor|officer|commissioner|treasurer|ranger|trooper|lawyer|manager|dancer|drummer|organizer|manufacturer|weaver|potter|trainer|jockey|rider|boxer|wrestler|swimmer|runner|climber|skater|skier|golfer|bowler|player|scorer|hitter|pitcher|catcher|announcer|broadcaster|photographer|bookkeeper|carpenter|miner|diver|lobsterer|fisher|shrimper|logger|plumber|roofer|welder|ironworker|officiant|lineman"
    r"|doctor|actor|actress|pastor|mayor|senator|governor|assessor|auditor|director|conductor|editor|author|inventor|sculptor|surveyor|curator|coordinator|instructor|professor|supervisor|inspector|prosecutor|monitor|survivor|donor|creditor|juror|vendor|tailor|sailor|doctor|operator|translator|senator|councilor|counselor|administrator|translator|solicitor|rector|cantor|chancellor|warrior"
    r"|artist|pianist|violinist|cellist|organist|soloist|guitarist|florist|columnist|journalist|novelist|chemist|dentist|pharmacist|therapist|psychologist|activist|cyclist|machinist|scientist|physicist|economist|lobbyist|stylist|optometrist|vet|veterinarian|librarian|historian|musician|comedian|physician|electrician|technician|custodian|guardian|magician|politician|obstetrician|pediatrician|chaplain|captain|villain|chieftain"
    r"|judge|sheriff|deputy|marshal|chief|elder|bishop|priest|deacon|rabbi|imam|monk|nun|abbot|dean|principal|president|chair|chairman|head|clerk|notary|coroner|undertaker|postmaster|mail\s+carrier|superintendent|warden|cop|pilot|astronaut|nurse|midwife|surgeon|coach|captain|athlete|quarterback|goalie|goalkeeper|linebacker|star|lead|anchor|host\s+of|dj|emcee|mascot|queen|king|prince|princess|duke|count|heir|heiress|champion|champ|medalist|laureate|fellow|scholar|valedictorian|salutatorian|recipient|finalist|winner|veteran|plaintiff|defendant|witness|hostage|hero|founder|owner|chef|cook|sommelier|bartender|butler|maid|nanny|shepherd|cowboy|shaman|healer|medicine\s+(?:man|woman)|drag\s+(?:queen|king)|santa|clown|model|poet|composer|cartoonist|architect|engineer|diplomat|ambassador|consul|general|admiral|colonel|major|sergeant|delegate|councilwoman|councilman|alderman|selectman|trustee|regent|patriarch|matriarch|widow|widower|orphan|twin|triplet|quadruplet|sibling|foundling|immigrant|refugee|defector|dreamer|descendant|namesake|caretaker|lookout|crossing\s+guard|guard|umpire|referee|caddie|pro|voice|face|body|owner|tenant|neighbor|resident|native|speaker|member|graduate|alum\w*|student|kid|child|baby|guy|dude|one|couple|family|twins)"
)
IS_THE = re.compile(
    rf"(?:\b(?:is|was|am|are|were|be|been|being|became|become|becomes|remains|as|named|made|elected|voted|crowned|appointed|called|being)|\w[’'](?:s|m|re))\s+(?:\w+ly\s+|still\s+|now\s+|once\s+|also\s+)?[\"“]?(?:the|our|their|its|that|[a-z][\w’']+[’']s)\s+(?:[\w’'\-]+\s+){{0,4}}?(?P<who>{PERSON})s?(?:[’']s\s+\w+)?\b|[,(:]\s+(?:the|our|their|its)\s+(?:[\w’'\-]+\s+){{0,4}}?{PERSON}s?\s+(?:who|whose|of|from|at|in|on|with|for|that|\w+ing)\b",
)
NOT_THE = re.compile(
    r"\b(?:their|our|its)\s+(?:\w+\s+)?(?:therapist|counselor|doctor|clinician|psychiatrist|child|kid|baby|parents?)\b|\bthe\s+(?:same|other|only\s+way|main|real|primary|presenting|identified|designated|current|treating|referring|assigned|attending|bigger|quiet|calm|problem|good|bad|better|worse|strong|weak|older|younger|first\s+one|next|last\s+one|non|abusive|more|less|most)\s+(?:client|patient|person|one|parent|child|kid|partner|spouse|therapist|doctor|student|guy|couple|family|member|speaker|boy|girl|man|woman|baby|twin|sibling)\b|\bthe\s+(?:client|patient|couple|family|child|kid|baby|student|therapist|one\s+(?:who|that|to|with)|doctor|psychiatrist|person|judge|parent|supervisor|one)\b(?!\s+(?:who|whose|with|walking|from|in\s+the|on\s+the)\b)",
)
OFFICE = re.compile(
    rf"\b(?:(?:former|ex-?|acting|assistant|associate|deputy|vice|chief|head|lead|first|longtime|interim|honorary|past|founding|principal|co-?)[\s\-]*(?:[\w\-]+\s+)?(?P<title>{PERSON})|(?P<of>conductor|captain|chair\w*|president|director|founder|owner|head|dean|principal|pastor|mayor|sheriff|chief|superintendent|coach|manager|editor|author|host|star|voice|keeper|widow|survivor|winner|champion|leader|secretary|treasurer|commissioner|curator|organist|cantor|drummer|singer|lead\s+\w+)\s+(?:of|for|at|on|in|with)\s+(?:the|our|a|one|[a-z])){REST}{{0,60}}",
)
UNIQUE = re.compile(
    r"\b(?:(?:(?<=\bthe )|(?<=\ba )|(?<=\ban )|(?<=\btheir )|(?<=\bits )|(?<=\bour )|(?<=['’]s ))only\s+\w+|only\s+(?:\w+\s+){1,2}(?:in|of|on|west|east|north|south|left|ever|around|here)|sole|lone|no\s+other|(?:nobody|no\s+one)\s+else\s+(?:in|on|at|who|ever|has)|none\s+other|one\s+of\s+(?:only|(?:the|our|their)\s+(?:last|first|only|few|two|three|four|handful|youngest|oldest)|(?:two|three|four|a\s+few|a\s+handful)\s+\w+\s+(?:in|on|at|of|who|that))|the\s+one\s+(?:who|that|with|where|in|on|from|\w+\s+\w+)|last\s+(?:living|surviving|remaining|\w+er|\w+or|\w+man)|(?:first|second|third|youngest|oldest|eldest|tallest|longest|shortest|fastest|biggest|largest|smallest|heaviest|strongest|best|highest|winningest|most\s+\w+)[\s\-]+(?:\w+[\s\-]+){0,3}?(?:in|of|ever|on\s+record|to|from|at|around)"
    r"|famous\w*|infamous|notorious|celebrit\w+|well[\s\-]known|best[\s\-]known|known\s+(?:for|as|around|across|all)|recogniz\w+|every(?:body|one)\s+(?:in|here|around)\s|every(?:body|one)\s+knows|(?:whole|entire)\s+(?:town|county|valley|island|school|parish|congregation|village|city)|(?:state|county|town|city|country|nation|world|school|church|parish|valley|island|province|region|village)[’']s\s+(?:only|one|first|last|lone|sole|top|best|\w+est)\b|(?:in|by|from|during|at|of)\s+the\s+[\w\-]+(?:\s+[\w\-]+)?\s+(?:trial|scandal|murders?|massacre|bombing|hijacking|derailment|inquest|collapse|sinking)\b|(?:bribery|murder|fraud|kidnapping|hazing|espionage|corruption|doping)\s+(?:case|trial|ring|scandal)|separated\s+at|(?:wrote|writes|has|had)\s+a\s+(?:\w+\s+)?(?:column|memoir|novel|blog|podcast|radio\s+show)|(?:built|designed|painted|carved|cast|forged|named|founded|wrote|composed)\s+the\s+\w+\s+(?:in|on|at|of|that|for)|legend\w*|household\s+name|named\s+(?:for|after)|landmark|went\s+viral|viral"
    r"|record\s+(?:for|in|at|holder|\w+er)|(?:holds?|held|set|broke|broken|beat|still\s+has)\s+(?:the|a|that|every|two|three)\s+(?:[\w\-]+\s+){0,4}(?:record|title|belt|patent|seat|office|crown|trophy|cup)s?|champion\w*|medal(?:ist|list)|(?:pinned|awarded|won|earned|given|gave)\s+(?:\w+\s+){0,3}medals?|trophy|pageant|title\s+holder|(?:miss|mister|queen|king|princess)\s+[a-z][\w’']+|hall\s+of\s+fame|valedictorian|all-(?:american|star|state)|olympi\w+|pulitzer|grammy|emmy|oscar|nobel|medal\s+of\s+honor|purple\s+heart|silver\s+star"
    r"|on\s+(?:channel|tv|television|the\s+(?:radio|news|ballot|billboard|cover|front\s+page|label|coin|stamp|mural|plaque|monument|float))|in\s+the\s+(?:paper|papers|news|newspaper|record\s+books?|documentary|movie|film|parade|commercial|ad|obituary)|made\s+the\s+(?:paper|papers|news|front)|documentary|memoir|bestsell\w+|patent\w*|invent\w+|elected|ran\s+for|campaign\w*\s+for|(?:city|town|county|tribal|village)\s+council|school\s+board|state\s+(?:house|senate|rep\w*|legislat\w*)|congress\w+|lawsuit\s+(?:against|that)|verdict|class\s+action|exonerat\w+|acquitted|hostage|kidnapp\w+|survived\s+the|survivor\s+of\s+the|walked\s+away\s+from\s+the|plane\s+crash|pulled\s+(?:from|out\s+of)\s+the|struck\s+by\s+lightning|won\s+the|lottery|jackpot|tattoo\w*|birth-?mark\w*|(?:one|two)\s+(?:\w+\s+)?(?:green|blue|brown|glass|lazy)\s+eye|streak\s+of\s+\w+\s+hair|(?:white|shock\s+of)\s+\w+\s+hair|webbed|club\s?foot|cleft|albinism|dwarf\w*|limp\s+from|missing\s+(?:\w+\s+)?(?:finger|ear|eye|leg|arm|hand|toe|tooth)\w*|carried\s+the\s+\w+\s+for|is\s+on\s+the\s+(?:can|box|bottle|bag|sign|label|truck|map)|scar\s+(?:shaped|from|across|over|on)|prosthe\w+|glass\s+eye|albino|vitiligo|(?:six|eleven|nine|four)[\s\-](?:fing|toe)\w+|six-?foot-?\w+|seven\s+feet|conjoined|triplets?|quadruplets?|quintuplets?|quints?|quads)\b",
)
PLAIN_UNIQUE = re.compile(
    r"\b(?:only\s+(?:\d+|when|if|by|because|after|at|in|on|with|one\s+(?:time|thing|way|who\s+understands|calm)|once|twice|for|to|as|the\s+(?:first|beginning|one\s+time)|recently|partial\w*|slightly|mild\w*|minimal\w*|child\b(?!\s+of)|way|thing|time|reason|person\s+(?:he|she|they|who)|a\b|an\b|two|three|four|five|six|a\s+few|sleeps?|sees?|eats?|takes?|wants?|knows?|said|says|slept|took|ate|uses?|drinks?|minutes|then|now|just|thing|thought|he|she|they|his|her|their|my|we|i|this|that|it|cares?|talks?|works?|feels?|makes?|gets?|part|place|option|question|contact|complaint|coping|support|other|meds?|medication|alcohol|safe|calm|so)"
    r"|recogniz\w+\s+(?:that|the|her|his|their|this|it|how|when|pattern\w*|trigger\w*|as|and)|best\s+(?:in|at|to|of\s+(?:all|luck))|first\s+(?:in|at|to\s+(?:be\s+seen|check))|most\s+(?:of|days|nights|likely|recent\w*|part)\b|most\s+\w+\s+(?:of\s+(?:the|her|his|their)|in\s+the\s+(?:morning|evening))|worst|known\s+(?:for|as)\s+(?:years|a\s+long)|(?:first|second|third|last|oldest|youngest|eldest)\s+(?:of\s+(?:two|three|four|five|six|seven)|session|visit|time|week|day|night|episode|panic|attack|hospital\w*|admission|marriage|trimester|grade|semester|of\s+(?:the|his|her|their)\s+(?:week|day|sessions?|visits?)))\b",
)
PUBLIC = re.compile(
    r"\b(?:alder(?:man|woman|person)|justice|suffragan|arch\w*bishop|archdeacon|cardinal|abbot|abbess|prioress|senator|mayor|councilm\w+|councilwom\w+|councill?or|selectm\w+|assessor|commissioner|legislator|ambassador|consul|congress(?:man|woman|person)|delegate|chancellor|provost|warden|coroner|governor|attorney\s+general|prosecutor|district\s+attorney|attorney\s+general|county\s+(?:attorney|judge|clerk|executive)|fire\s+chief|police\s+chief|anchor(?:man|woman)?|(?:wrote|writes|sang|sings|composed)\s+the\s+\w+\s*(?:song|hymn|anthem|jingle|opera|musical|score|column)|stock\s+exchange|white\s+house|vatican|palace|(?:seven|six|four|three|[34567])[\s\-](?:foot|feet)(?:[\s\-]\w+)?|half\s+(?:of\s+)?(?:the\s+)?(?:town|county|valley|parish|island|district)|to\s+half\s+of|(?:eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|1[0-9])\s+(?:siblings|brothers|sisters|children|kids)|weather(?:man|woman|caster|\s+(?:man|lady|girl|guy))|newscaster|sportscaster|astronaut|olympian|laureate|paralympian|centenarian|chieftain|chief\s+of|tribal\s+\w+|board\s+of\s+\w+|trustees?|on\s+the\s+(?:\w+\s+)?(?:mural|board|council|poster|wall|plaque|cover|stamp|label|coin|billboard|roster|committee|squad|ballot|float|bench|jury|faculty|currency|statue|sign|jersey|banner)|sits\s+on|google\s+(?:me|him|her|them)|look\s+(?:me|him|her)\s+up|every(?:one|body)[’']s\s+(?:heard|seen|read)|every\s+(?:word|gas|page|bus|store|house|game|frame)\s|(?:became|is|was|are|widely|better|well|best|locally|still)\s+known|household|[\d.,]+\s?[MKk]?\s+(?:views|likes|followers|subscribers|streams)|on\s+a\s+(?:tiktok|youtube|podcast|reality|game)\b|longer\s+than\s+any\w+|more\s+than\s+any\w+|ever\s+to|never\s+before|brand\s+is|ranch\s+brand|cattle\s+brand|the\s+brand|crest|coat\s+of\s+arms|maiden\s+voyage|(?:coaches|runs|leads|owns|directs|chairs|commands|anchors|hosts|conducts|pastors|edits|captains|quarterbacks)\s+(?:the|our)\s+\w+)\b",
)
ABROAD_LARGE = re.compile(
    r"\b(?:one\s+of\s+the|(?:swims?|swam|climb\w*|row\w*|sailed|crossed|summit\w*|cycled|walked|hiked|biked|paddled)\s+(?:the|across|around|up|round)(?:\s+the)?)\s+[A-Z]\w+"
)
DOES_IT = re.compile(  # what somebody does, and only one does: tunes the organ, keeps the clock
    r"\b(?:he|she|who|dad|mom|father|mother|husband|wife|brother|sister|son|daughter|uncle|aunt|grand\w+|client|pt)\s+(?:still\s+|now\s+|also\s+)?(?:tunes|keeps|plays|rings|winds|lights|tends|paints|carves|flies|digs|guards|grooms|trains|judges|referees|umpires|calls|reads|sings|preaches|teaches|directs|leads|mans|sells|builds|restores|breeds|raises|raced|races|shoes|shears|engraves|repairs|delivers|drives|pilots|captains|skippers|operates|conducts|curates|caters|buries|blesses|marries|farms|mines|logs|traps|walks|rides|hosts)\s+(?:the|a|every)\s+(?!(?:day|line|role|part|victim|night|week|month|car\b|conversation|phone|door|house|dishes|same|kids?|children|past|way|other|first|edge|urge|need|pain|idea|fact|time|news\b|room|letter|list|text|book\b|email|distance|peace|baby|blame|session|dog\b))(?:[\w\-]+\s+){0,2}?[\w\-]+(?:\s+(?:at|in|of|for|on|to)\s+(?:the\s+)?\w+)?",
)
MOST = r"(?!(?:best|rest|test|west|guest|request|interest|honest|modest|protest|arrest|chest|contest|forest|harvest|invest|suggest|digest|latest|lowest|worst|nearest|closest|hardest|slightest|earliest|greatest|easiest|safest|least|last|past|most|just|must|first|youngest|oldest|eldest|middle|quest|nest|priest|crest|zest|pest)\b)\w{3,}est"
TOLD_ABROAD = re.compile(  # what others read, hear or see of one person
    rf"\b(?:the\s+{MOST}\s+(?:[\w\-]+\s+){{1,2}}(?:in|of|on|ever|at|to|around|here)\b|one\s+of\s+(?:the\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{{1,2}})\s+(?:\w+\s+)?(?:who|that|left|living|still|in|on|at)\b"
    r"|(?:is|was|[’']s)\s+the\s+(?:reason|cause|one|guy|man|person|kid|woman|girl|boy)\s+(?:they|the|that|why|people|everyone|everybody|for|behind)\b|(?:called|christened|dubbed)\s+(?:after|for)|bears?\s+(?:his|her|their|the\s+family)\s+name|name\s+is\s+(?:on|over|above|carved|painted)|name\s+(?:on|over)\s+the\s+\w+"
    r"|(?:was|is|been|were|appear\w*|compet\w+|starred|featur\w+|guested|profiled|interviewed|quoted|written\s+up|mentioned|seen|heard)\s+(?:on|in|by|for)\s+(?:season|an?\s+episode|the\s+(?:\w+\s+){0,2}(?:show|news|paper|papers|radio|series|movie|film|cover|magazine|channel|podcast|times|post|program|special|documentary|press|commercials?|ads?|air))\b|season\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+of\b"
    r"|(?:sings?|sang|reads?|calls?|announces?|hosts?|does)\s+the\s+(?:\w+\s+)?(?:anthem|traffic|weather|news|games?|races?|bingo|play-by-play)\b|in\s+the\s+press|the\s+(?:paper|papers|press|news|radio|tv|media)\s+(?:ran|called|calls|had|printed|showed|carried|reported|picked)|it\s+was\s+(?:filmed|televised|broadcast|in\s+the)|ran\s+in\s+the\s+\w+"
    r"|(?:been|became|elected|appointed|as)\s+(?:\w+\s+)?(?:dean|mayor|principal|chair\w*|president|provost|chancellor|sheriff|commodore|bishop|abbot|superintendent|commissioner|treasurer|coroner|judge|editor|ombudsman|marshal|chief|captain|postmaster|alderman)\b(?!\s+of\s+the\s+household)"
    r"|(?:finger|ear|eye|leg|arm|hand|toe|tooth|thumb|nose|breast|jaw)s?\s+(?:is|are|was|were)\s+(?:missing|gone|amputated|webbed|glass|fused|shot\s+off|cut\s+off)|(?:the|a|an?\s+\w+)\s+scar\s+(?:runs?|across|from|over|shaped|down|on\s+(?:his|her|their)\s+(?:face|cheek|chin|neck|forehead|lip|throat|scalp))|(?:two|three|four|five)-time\s+\w+|(?:blue|red|first|grand)\s+(?:ribbon|prize|champion)s?|santa|death\s+row|life\s+flight|treaty|lighthouse|nationals|worlds|regionals|sectionals|semifinals?|playoffs|handicap\s+at|(?:town|church|court\w*|city)\s+(?:clock|bell|organ|crier|drunk|character|gossip|historian|marshal|hall)|(?:two|three)-headed|mascot|in\s+the\s+\w+\s+(?:suit|costume|mask|hat)\b|(?:gunned\s+down|shot|stabbed|baptized|married|born|killed)\s+(?:in|at|on)\s+the\s+(?:church|school|mall|courthouse|bank|bridge|bus|train|ferry|post\s+office|plane|elevator|parade|square|steps)|chief\s+of\s+staff)\b",
)
THE_ONE_WHO = re.compile(
    rf"\b(?:the|that)\s+(?:[\w’'\-]+\s+){{0,3}}?{PERSON}s?\s+(?:who|whose)\s+(?!(?:he|she|they|i|we|you|is|was|are|were|has|had|have|referred|refers|sees|saw|treat\w*|prescrib\w*|will|can|could|would|does|did|didn\S*|isn\S*|doesn\S*|wants?|knows?|comes?|came|called|calls|told|thinks?|says?|said|feels?|felt|needs?|lives?|works?|may|might|never|always|just|also)\b)\w+",
)
TOWN_TALK = re.compile(
    r"\b(?:whose\s+\w+|(?:who|that)\s+(?:carried|got|made|found|saved|built|burned|crashed|drove|wrote|sang|ran|won|led|stayed|rescued|discovered|started|broke|shot|stole|pulled|dug|swam|climbed|caught))\b[^.;!?()\n]{4,80}",
)

PICTURED = re.compile(
    r"\b(?:sketch\s+artist\w*|composite\s+(?:sketch|drawing)|on\s+the\s+(?:back|front|side|cover|lid|label)\s+of\s+(?:the|a|every)\s+\w+|(?:booking|group|team|class|family|school|cover|promo|publicity|wedding|prom|senior|press|crime\s+scene)\s+(?:shot|pic|portrait|still)s?|street\s*view|google\s+(?:maps|earth|images?)|(?:first|second|third|fourth|fifth|last|far|top|bottom)\s+(?:from\s+(?:the\s+)?)?(?:left|right|row)\b|(?:has|have|had|shows?|with|see|sees|saw|caught|got|carr(?:y|ies)|bears?|of|on|is|it[’']s)\s+(?:[\w’']+\s+)?(?:his|her|their|my|whose)\s+(?:own\s+|bare\s+|whole\s+)?face\b(?!\s+(?:was|is|flush\w*|fell|lit|turn\w*|went|got|red|in\s+(?:his|her|their|my)\s+hands))"
    r"|(?:badge|passport|licen[cs]e|lanyard|\bid|card|website|homepage|wall|lobby|fridge|locket|wallet|billboard|magazine|brochure|pamphlet|calendar|directory|newsletter|bulletin|yearbook|album|drawing|painting|sketch|statue|doll|doorbell|dash\s?cam|camera|feed|profile|page)\b[^.;!?\n]{0,30}\b(?:you\s+can\s+see|has\s+(?:him|her|them|the\s+whole|the\s+family)|looks?\s+(?:just\s+|exactly\s+)?like\s+(?:him|her|them)|see\s+(?:him|her|them)|squint\w*|smil\w+|grin\w*|shows?\s+(?:him|her|them)|caught\s+(?:him|her|them|it)|got\s+(?:him|her|them))\b)"
)
BY_BODY = re.compile(
    r"\b(?:(?:by|with|to|from)\s+(?:(?:his|her|their|my|the)\s+)?(?:voice|thumb|palm|walk|gait|iris|retina|fingers?|blink|heartbeat|veins?)\b(?=[^.;!?\n]{0,40}\b(?:password|open\w*|unlock\w*|recogni\w+|know\w*|log\w*|clock\w*|enter\w*|door|safe|phone|till|register|bank|lock|system|device|alexa|siri))"
    r"|(?:open\w*|unlock\w*|recogni\w+|knows?|log\w*\s+in|clock\w*\s+in|signs?\s+in|lets?\s+(?:him|her|them)\s+in|identif\w+)\b[^.;!?\n]{0,25}\b(?:by|with|from)\s+(?:(?:his|her|their|my|the|a)\s+)?(?:voice|thumb|palm|walk|gait|iris|retina|fingers?|face|eyes?|veins?)\b|\b(?:siri|alexa|cortana)\b[^.;!?\n]{0,30}\b(?:answers?|listens?|knows?|recogni\w+|responds?)|\b(?:reads?|scans?|knows?|recogni\w+|learned|learns|keeps?|kept|stores?|stored|saved|cloned|banked)\s+(?:his|her|their|my)\s+(?:voice|gait|walk|fingerprints?|thumb|handwriting|face)\b|(?:his|her|their|my|whose)\s+(?:\w+\s+)?(?:palm|thumb|voice|face|eyes?|iris|retina|fingers?|walk|gait|hand)\s+(?:opens?|unlocks?|starts?|clocks?|logs?|signs?|is\s+(?:the|his|her)\s+(?:key|login|password|badge|ticket))|voice\s+is\s+(?:my|his|her|their)\s+\w+)"
)
# Numbers and codes by the word before them.
LABEL = r"mrn|mr\s?#|med(?:ical)?\s+rec(?:ord)?|chart|record|rec|file|case|account|acct|a/c|member(?:ship)?|subscriber|policy|claim|auth\w*|group|grp|serial|ser|sn|s/n|model|device|pump|pacemaker|cpap|implant|meter|monitor|sensor|plate|plates|tag|tags|vin|registration|reg|license|licence|licen[sc]e\s+no|lic|cert|certificate|certification|permit|badge|passport|visa|card|id|i\.d|ids|ident\w*|ext|extension|pager|beeper|pin|code|passcode|password|combo|combination|ticket|confirmation|conf|invoice|receipt|ref|reference|docket|cause|warrant|booking|inmate|offender|student|employee|emp|staff|donor|citation|medic|engine|coach|route|patient|client|participant|subject|study|kit|sample|specimen|accession|order|tracking|lot|batch|locker|box|slot|unit|bed|room|rm|apt|suite|ste|bay|stall|seat|berth|slip|bin|bldg|building|gate|number|no|num|nr|portal|login|user|username|npi|dea|medicaid|medicare|hicn|mbi|ssn|social|fax|phone|tel|cell|loan|check|cheque|routing|iban|contract|lease|mortgage|deed|parcel|engine|hull|tail|truck|bus|van|car|trailer|boat|prescription|rx|script|voucher|scholarship|union|roster|jersey|bib|asset|pendant|bracelet|anklet|hearing\s+aids?|wheelchair|scooter|prosthe\w+|stimulator|cartridge|straws?|embryos?|vial|template|profile|index|print|scan|recording|tape|clip|reel|photo|picture|image|frame|exhibit|evidence"
LABELLED = re.compile(
    rf"(?<![\w\-])(?i:(?:{LABEL})s?\b[.:#=\s\-–]*(?:(?:no|nr|num|number|numbers|id|is|was|of|ending|ends|end|in|with|starts?|starting|begins?|beginning|code|reads?|says|on\s+file|file|tag|card)\b[.:#=\s]*){{0,4}})[\"“'(#]*(?P<code>(?=[A-Za-z\-]{{0,6}}\d)[A-Za-z\-]{{0,6}}\d[\w\-/]*(?:\.\w+)*(?:[ \-/](?:(?!(?:I|A|AND|OR|IN|AT|ON|HE|SHE|PT|CT|IS|WAS|NO|TO|FOR|BY|IF|MG|AM|PM|DOB|SHE|HIS|HER)\b)[A-Z]{{1,4}}(?![\w’'])|(?=[A-Z0-9\-]*\d)[A-Z0-9][A-Z0-9\-]*(?![\w%]|[.,:]\d)))*)"
)
UNIT_AFTER = re.compile(
    r"\s*(?:[%°]|/\s*(?:day|wk|week|night|10)\b|(?:mg|mcg|ml|g|kg|mm|cm|lbs?|oz|units?|hours?|hrs?|minutes?|mins?|days?|weeks?|wks?|months?|mos?|years?|yrs?|y/?o|times?|sessions?|visits?|points?|people|percent\w*|dollars|miles|feet)\b)",
    re.I,
)
COUNT_AFTER = re.compile(
    r"\s*(?:[%°]|/\s*(?:day|wk|week|night|10)|(?:mg|mcg|ml|g|kg|mm|cm|lbs?|oz|units?|hours?|hrs?|minutes?|mins?|days?|weeks?|wks?|months?|mos?|years?|yrs?|y/?o|times|sessions?|visits?|points?|people|percent\w*|dollars|miles|feet|pm|am|a\.m|p\.m|x|of\s+\d|out\s+of|(?:[a-z]+[\s\-]+)?(?!is\b|was\b|has\b|his\b|as\b|this\b|says\b|does\b)[a-z]{3,}s)\b)",
    re.I,
)
NUMBER_WORD = "oh zero one two three four five six seven eight nine niner ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand".split()
LETTER_NAME = "bee cee see dee eff gee aitch jay kay ell em en pee queue cue ar are ess tee you vee ex why wye zee zed alpha bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu underscore dash hyphen slash dot point capital double triple something".split()
SAID = frozenset((*NUMBER_WORD, *LETTER_NAME, *"abcdefghijklmnopqrstuvwxyz"))
NUMBERS_SAID = frozenset(NUMBER_WORD)
PART = re.compile(r"(?<![\w’'])(?:[A-Za-z]+|\d{1,4})(?![\w’'])")
BETWEEN = re.compile(r"(?:[\s,\-]|\.\.+|\.(?=\s?[a-z\d]))+")
RUN_UNIT = re.compile(
    r"[\s\-]*(?:percent|mg|milligrams?|mcg|hours?|minutes?|days?|weeks?|months?|years?|year-old|times?|dollars?|sessions?|people|pounds?|miles?|feet|or|to|of|kids|children|and\s+a\s+half|point|beers?|drinks?|glasses|nights?|mornings?|[a-z]+s\b)",
    re.I,
)
LABEL_SAID = re.compile(
    rf"\b(?:record|chart|number|file|account|member|policy|claim|case|badge|license|permit|serial|code|pin|id|ext|extension|unit|bed|room|plate|tag|address)\s+(?:number\s+|is\s+|no\.?\s+)*(?P<code>(?:{'|'.join(NUMBER_WORD)})(?:[\s,\-]+(?:and\s+)?(?:{'|'.join((*NUMBER_WORD, 'double', 'dash'))})){{1,9}})\b",
    re.I,
)
AS_IN = re.compile(rf"\b[a-z]\s+(?:as\s+in|for|like)\s+[a-z]+(?:[\s,]+(?:{'|'.join(NUMBER_WORD)}|\d+|[a-z]\s+(?:as\s+in|for)\s+[a-z]+|[a-z]))+\b", re.I)
COUNTING = re.compile(r"(?:\d+ ){1,2}\d+|(?:one|two|three|four|five|six) (?:and )?(?:one|two|three|four|five|six)(?: a)?")
DIGITS_TOLD = re.compile(
    r"\b(?:(?:more|last|first|final|other|missing|few|two|three|four|five|six|seven|several|next|middle)\s+(?:\w+\s+)?(?:digits?|numbers|numerals?|letters|characters|figures)|(?:starts?|starting|begins?|beginning|ends?|ending|ended)\s+(?:in|with|on)\s+(?:an?\s+|the\s+)?(?=[\"“']?(?:[A-Z0-9]|zero|one|two|three|four|five|six|seven|eight|nine|double))|(?:number|digits|numerals)\s+(?:on|tattooed|inked|stamped|stitched|written|painted|printed|engraved|etched|scratched|carved)\s+(?:on|in|into|across)?)"
)
PLATE = re.compile(r"(?<![\w$.,:/#+\-])(?P<letters>[A-Z]{2,4})[ \-·](?P<digits>\d{3,4})(?![\w%/]|[.,:]\d|\s*(?:mg|mcg|ml|k\b))")
CODE_RUN = re.compile(
    r"(?<![\w$€£.,:/#+\-])(?=(?:[A-Z]{1,4}[ \-/])?[A-Z]{0,4}\d)(?:[A-Z]{1,4}[ \-/])?(?:[A-Z]{0,4}\d[A-Z0-9]*)(?:[ \-/](?:[A-Z]{0,4}\d[A-Z0-9]*|[A-Z]{1,4}(?![\w’'])))+(?![\w%]|[.,:]\d)|(?<![\w$])[A-Z]{1,4}-[A-Z]{2,5}[ \-]\d{3,}[\w\-]*"
)
MAKES = (
    r"acura|audi|bmw|buick|cadillac|chevy|chevrolet|chrysler|dodge|fiat|ford|gmc|honda|hyundai|infiniti|jeep|kia|lexus|lincoln|mazda|mercedes|mercury|mini|mitsubishi|nissan|pontiac|ram|rivian|saab|saturn|scion|subaru|suzuki|tesla|toyota|volkswagen|vw|volvo|harley|kawasaki|yamaha|ducati|peterbilt|kenworth|freightliner|mack"
    r"|accord|civic|corolla|camry|tacoma|tundra|prius|rav4|highlander|4runner|sienna|cr-?v|pilot|odyssey|fit|altima|sentra|rogue|maxima|versa|elantra|sonata|santa\s+fe|tucson|soul|sorento|optima|forte|outback|forester|impreza|legacy|wrangler|cherokee|silverado|malibu|impala|equinox|tahoe|suburban|f-?1?50|f-?250|ranger|explorer|escape|focus|fusion|mustang|taurus|econoline|charger|durango|caravan|jetta|passat|golf|beetle|cruze|camaro|corvette|sierra|yukon|pickup|sedan|minivan|hatchback|suv|motorcycle|moped|scooter|van|truck|car"
)
COLOR = r"black|white|gr[ae]y|silver|gold|golden|red|maroon|burgundy|blue|navy|teal|green|yellow|orange|purple|pink|brown|tan|beige|champagne|bronze|primer|primer\s+gray|rusty?|two-?tone|dark|light|old|beat-?up|dented|lifted|one-ton|half-ton"
CAR = re.compile(
    rf"(?<![\w\-])(?:(?:a|an|the|his|her|their|my|old|beat-?up)\s+)?(?:(?:{COLOR}|(?:19|20)\d\d|['’]\d\d)\s+(?:\w+\s+)??)*(?:{MAKES}|schwinn|sloop|skiff|dinghy|ketch|trawler|pontoon|houseboat|ski-?doo|snowmobile|sled|atv|quad|tractor|combine|rig|semi|dually|camper|motorhome|rv|winnebago|airstream|scooter|bike|bicycle|e-?bike|cab|taxi|bus|coach|transit|windstar|maxima|caravan|\w*mobile)\b",
)
CAR_MARK = re.compile(
    r"\b(?:plates?|tags?|reg(?:istration|istered)?|sticker|serial|vin|fleet|hull|official\s+no|decal|bumper|licen[sc]e|numbered|no\.|number)\b|[\"“'‘][A-Z0-9][A-Z0-9 \-]{1,8}[\"”'’]|#\s?\d",
    re.I,
)
VANITY = re.compile(
    r"\b(?i:plates?|tag)\b[^.;!?\n\"“]{0,30}?\s[\"“'‘]?(?P<code>(?!(?:PTSD|DUI|DWI|ADHD|OCD|PHQ|GAD|CA|TX|NY)\b)[A-Z][A-Z0-9]{2,8}(?:[ \-]\d{1,4})?|[A-Z0-9]{2,4}[ \-][A-Z0-9]{1,5})\b"
)
NAMED_NUMBER = re.compile(
    r"(?<![\w\-’'.])(?P<thing>[A-Z][\w’'&]*(?:\s+[A-Z][\w’']*)?)\s+(?:#\s?|No\.?\s*)?(?P<number>\d{1,4}[A-Za-z]?)(?![\w%+/:×]|[.,]\d|-\d|\s*(?:[%/>→=+x×]|to\s+\d|and\s+\d|or\s+\d))"
)
AFTER_NAME = re.compile(r"[ \-](?:#\s?)?(?:No\.?\s*)?\d{1,4}[A-Za-z]?(?![\w%+/:×]|[.,]\d|-\d)")
ALL_SIDES = r"(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.?"
GRID = re.compile(
    rf"(?<![\w$.,:/\-])\d{{1,6}}\s+{ALL_SIDES}\s+(?:[A-Z]?\d[\w\-]*|[A-Z][\w’']+)(?:\s+[A-Z][\w’']+)?(?:,?\s*(?i:apt|unit|#|ste|suite|bed|room|rm)\.?\s*#?\w[\w\-]*)?"
    r"|(?<![\w$.,:/])\d{1,4}-\d{1,4}\s+(?:\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)\b|[A-Z][\w’']+(?=\s+(?i:st|ave|rd|dr|pl|blvd)\b))(?:\s+(?i:st|ave|rd|dr|pl|blvd)\b)?(?:,?\s*(?i:apt|unit|#)\.?\s*#?\w+)?"
    r"|\b(?i:N|S|E|W|NE|NW|SE|SW)\.?\s+\d{1,3}(?i:st|nd|rd|th)\b(?:\s+(?i:st|ave|street|avenue))?|\b(?i:rt|rte|route|hwy|highway)\.?\s?-?\d{1,3}[A-Z]?\b"
    rf"|\b(?i:(?:north|south|east|west)(?:east|west)?\s+(?:{ORDINAL}|\d{{1,3}}(?:st|nd|rd|th))|(?:the\s+)?\d{{1,3}}(?:st|nd|rd|th)\s+(?:st|street|ave|avenue)\b(?:\s+\w+)?|(?:{ORDINAL}|\d{{1,2}}(?:st|nd|rd|th)|top|ground)\s+(?:floor|fl|flr)\s+(?:of|at|in)\b)"
    r"|\b(?i:address|addr|lives\s+at|house\s+is|building\s+is|moved\s+to)\b[\s,:]+(?:is\s+)?(?:[\w]+[\s\-]+){1,6}(?i:apartment|apt|unit|hill|street|avenue|road|lane|drive|court|place|circle|boulevard)\b(?:\s+\w+)?"
    rf"|\b(?i:apt|unit|suite|ste|bed|room|rm|bay|pod)\b\.?[\s:/#]*(?:[A-Za-z]{{0,2}}\d{{1,4}}[\w\-]*|\d{{1,2}}\s+{ALL_SIDES}[\s\-]*\w*\d*[\w\-]*|[B-HJ-Z]\b)"
)

# Places by the words about them.
SPOT = rf"{grown.PLACE_NOUN.replace('|works|', '|').replace('|saw', '')}|rd|road|street|boulevard|square|drive|pike|lot|landing|wash|arroyo|spans?|span|overlook|lookout|bluffs?|flats?|bottoms?|heights|corner|block|district|quarter|barrio|section|side|tracks|yards|docks|piers|shipyard|boatyard|railyard|levee|jetty|breakwater|lighthouse|light|point|head|neck|narrows|spit|cape|inlet|sound|strait|basin|fork|gap|notch|pass|summit|peak|butte|mesa|plateau|prairie|meadows?|springs?|hot\s+springs|waterfall|quad|green|commons|circle|roundabout|rotary|turnpike|toll\s+plaza|rest\s+(?:area|stop)|weigh\s+station|office|ofc|laundry|coop|co-op|dispensary|vet|stables?|kennel|arcade|speedway|racetrack|raceway|ballroom|auditorium|amphitheater|pavilion|bandshell|boathouse|clubhouse|legion|vfw|elks|grange|dorm|residence|frat|sorority|cathedral|basilica|shrine|abbey|priory|ashram|zendo|sangha|jamatkhana|musalla|port|roundhouse|barn|pagoda|commissary|chandlery|sea\s?wall|px|turnoff|turn-off|hogans?|grotto|driveway|kiosk|silo|granary|homestead|compound|estate|estates|villas?|manor|terrace|iop|php|respite|kroger|store|hollow|camp|bakery|foundry|cannery|halfway\s+house|sober\s+(?:house|living)|safe\s+house|flophouse|tent\s+city|encampment|reservation|chapter\s+house"
SPOT_ON = re.compile(
    rf"\b(?:the\s+)?(?:[\w’'\-]+\s+)?(?:{SPOT})\s+(?:down\s+|up\s+|over\s+|out\s+|back\s+)?(?:on|at|off|by|near|in|of|along|behind|past|beside|across\s+from|next\s+to|under|above|over)\s+(?:the\s+|old\s+|west\s+|east\s+|north\s+|south\s+)?$",
    re.I,
)
ORG_TAIL = re.compile(
    r"(?:[ \t]+(?:&\s+|and\s+|of\s+)?(?:Family|FAMILY|Psychology|PSYCHOLOGY|Psychiatry|PSYCHIATRY|Psychological|PSYCHOLOGICAL|Psychiatric|PSYCHIATRIC|Therapy|THERAPY|Counseling|COUNSELING|Associates|ASSOCIATES|Group|GROUP|Center|CENTER|Centre|CENTRE|Services|SERVICES|Medicine|MEDICINE|Medical|MEDICAL|Health|HEALTH|Wellness|WELLNESS|Clinic|CLINIC|Practice|PRACTICE|Partners|PARTNERS|Behavioral|BEHAVIORAL|Mental|MENTAL|Recovery|RECOVERY|Treatment|TREATMENT|Hospital|HOSPITAL|Care|CARE|Home|HOME|Homes|HOMES|School|SCHOOL|Schools|SCHOOLS|Elementary|ELEMENTARY|Middle|MIDDLE|High|HIGH|College|COLLEGE|University|UNIVERSITY|Church|CHURCH|House|HOUSE|Office|OFFICE|Office|Department|DEPARTMENT|Program|PROGRAM|Society|SOCIETY|Foundation|FOUNDATION|Institute|INSTITUTE|Community|COMMUNITY|County|COUNTY|City|CITY|Pediatrics|PEDIATRICS|Neurology|NEUROLOGY|Oncology|ONCOLOGY|Dental|DENTAL|Pharmacy|PHARMACY|Bank|BANK|Union|UNION|Credit|CREDIT|Insurance|INSURANCE|Children[’']?s|CHILDREN['’]?S|Women[’']?s|Youth|YOUTH|Outreach|OUTREACH|Ministries|MINISTRIES|Support|SUPPORT|Network|NETWORK|office|clinic|campus|site|location|branch|store|plant|depot|facility|unit|team|program|center|hospital|house|court|line|crew|shift)\b)+(?!['’]s)"
)
PLACE_TAIL = re.compile(
    rf"(?:['’]s)?(?:[ \t]+[\w’']+)?[ \t]+(?:{SPOT})\b(?![’'])(?:,\s+(?:the\s+)?(?:\w+\s+)?(?:side|wing|row|unit|floor|lot|space|ward|pod)\b(?:\s+\w{{1,2}}\b)?)?|,\s+(?:the\s+\w+\s+(?:side|wing|unit|floor|ward)|(?:row|unit|lot|space|site|slip|pod|wing|cell|bunk|floor)\s+#?\w{{1,4}}\b)|\s+(?:on|ON|off|at|AT|@)\s+(?:the\s+)?\d{{1,3}}(?:st|nd|rd|th|ST|ND|RD|TH)?\b(?!\s*(?:mg|mcg|ml|days|weeks|hours|%|[/.:]\d))|\s+(?:IOP|PHP|ABA|LLC|PLLC|PC|ISD|USD|CSD|FC|PTA|ED|ER|ICU|PICU|NICU|ALF|SNF|LTC|BHU|UC|CC|VA|VAMC|MS|HS|ES)\b",
    re.I,
)
BARE_SPOT = re.compile(
    r"\b(?:the|at|to|from|a)\s+(?:\w+\s+)?(?:pagoda|commissary|chandlery|auction\s+barn|sale\s+barn|roundhouse|sea\s?wall|shipyard|boatyard|lighthouse|boathouse|stockyards?|feedlot|grain\s+elevator|sawmill|cannery|refinery|smelter|foundry|shipyards?|dry\s?dock|naval\s+\w+|air\s+base|proving\s+ground|observatory|planetarium|aquarium|zoo|botanical\s+\w+|racetrack|speedway|casino|convent|monastery|abbey|seminary|ashram|gurdwara|mandir|masjid|mosque|synagogue|shul|kingdom\s+hall|longhouse|kiva|sweat\s+lodge|chapter\s+house|embassy|consulate|statehouse|capitol|mint|villages|twin\s+\w+|causeway|pontoon\s+bridge|drawbridge|swing\s+bridge|covered\s+bridge|ferry\s+\w+|water\s+tower|fire\s+tower|grotto|hogans?|turnoff)\b",
    re.I,
)
CAPITAL_SPOT = re.compile(rf"\b(?:a|the)\s+(?:{SPOT})\s+[\w’' ]{{2,24}},\s+(?:near|off|by|behind|outside|in)\s+(?:the\s+)?$", re.I)
DOOR = re.compile(
    r",\s+(?:the|a)\s+(?:\w+\s+){1,2}(?:gate|door|house|trailer|porch|fence|building|roof|steps|barn|mailbox|awning)\b|,\s+(?:first|second|third|fourth|last|next)\s+(?:driveway|house|door|trailer|left|right|turn)\b[^.,;!?()\n]{0,40}",
    re.I,
)
HAPPENING = re.compile(
    r"[ \t]+(?:rally|fest|festival|fair|parade|marathon|rodeo|derby|expo|conference|convention|regatta|invitational|open|classic|games?|match|pageant|powwow|pow-wow|jamboree|reunion|crusade|revival|tournament|concert|show|march|walkout|strike|protests?|riots?|shooting|fire|flood|storm|tornado|derailment|crash)\b(?![’'])",
    re.I,
)
PLAIN_LEAD = frozenset(
    "the his her their our your its this that these those one two three four five six all any each every some more most him them who which what when where with and but".split()
)
SIDE_OF = re.compile(
    r"\b(?:north|south|east|west|far|other|wrong|back|upper|lower)(?:ern)?\s+(?:side|end|edge|bank|shore|fork|rim|slope)\s+of\s+(?:the\s+)?\w+(?:\s+[A-Z]\w+)?|\b(?:first|second|third|fourth|last|next)\s+(?:driveway|house|door|trailer|left|right|turn)\s+(?:past|after|before|on|off|from)\s+[^.,;!?()\n]{2,40}",
    re.I,
)
WHERE_SMALL = re.compile(
    r"\b(?:in|at|near|outside|past|by|off|toward|towards|through|thru|via|around|behind|beyond|passed|crossed|leaving|left|from|to|on|over|under|downtown|uptown)\s+(?:the\s+|old\s+)?(?P<one>[a-z][a-z’']{2,})(?:\s+(?P<two>[a-z][a-z’']{2,}))?(?=[\s,.;:!?)]|$)"
)
DWELLS = re.compile(
    r"\b(?:(?:house|cabin|trailer|place|apartment|apt|farm|camper|tent|home|shack|condo|shop|store|office|studio)\s+(?:is|sits|stands|was|lies)|lives?|lived|living|stays?|staying|stayed|moved|camps|camped|sleeps|squats|rents|parks|parked|grew\s+up|works|worked)\s+(?:just\s+|right\s+|out\s+|up\s+|down\s+|over\s+|back\s+|nights\s+)?"
    r"(?P<where>(?:in|at|by|near|behind|past|above|over|across\s+from|off|under|next\s+to|on|beyond|beside|along|around)\s+the\s+[^.,;:!?()\n]{3,50})",
)
PLAIN_DWELLING = re.compile(
    r"(?:in|at|by|near|on|over|off|around|under|along|above|behind|past)\s+the\s+(?:[\w’'\-]+\s+)?(?:house|home|apartment|basement|attic|garage|area|city|country|suburbs?|dorms?|same|states?|us|u\.s\.|usa|moment|past|present|car|streets?|couch|floor|road|phone|weekends?|way|day|night|evening|morning|side|edge|problem|issue|other|family|kids|children|anxiety|idea|fact|line|floor|field|hospital|school|office|system|company|industry|same\s+\w+|bed|room|bedroom|kitchen|yard|dark|middle|back|front|first|second|last|next|two|three)\b.*",
    re.I | re.S,
)
LIVES = re.compile(
    r"\b(?:live[sd]?|living|stay(?:s|ed|ing)?|moved?|moving|born|raised|grew\s+up|house|trailer|apt|place|cabin|camped|parked|camps|staying|drove|driving|walked|ran|flew|relocat\w+|crash\w*|works?|working|job)\s+(?:up\s+|out\s+|down\s+|over\s+|back\s+|just\s+|somewhere\s+)?(?:in|near|past|by|to|off|on|outside|around|behind|thru|through|at)\s+(?:the\s+)?(?P<where>[a-z][a-z’']{2,}(?:\s+[a-z][a-z’']{2,}){0,2})"
)
SPOT_SMALL = re.compile(rf"(?<![\w@./\-])(?P<head>[a-z][a-z’']{{2,}})\s+(?:(?P<mid>[a-z][a-z’']+)\s+)?(?:{SPOT})(?![\w’'\-])")
STOP = frozenset(
    "the and for with from his her their our your its this that these those into onto over under near then than when was were has had have will would can could not but who she they him them out off about after before behind across past him one two three four five six all any each every no own same other another some more most much many few little big new old good bad long short first second third last next just only even also very too still yet again away back here there where what which how why because since until while during both either neither if so as at by on in of or an is are be been being do does did done go goes going went gone get gets got come comes came make makes made take takes took see sees saw say says said tell tells told feel feels felt think thinks thought want wants need needs keep keeps kept let lets put puts set sit sits stay stays home work school bed church jail prison court hospital town place people night day week month year time mom dad mother father sister brother parents kids family friends friend".split()
)
NOT_SPOT_HEAD = STOP | frozenset(
    "psych psychiatric mental state general local county city public private inpatient outpatient residential community medical health emergency treatment recovery detox rehab day group nursing high middle elementary grade graduate law med nursing art summer sunday bible preschool primary front side main outdoor indoor corner store grocery food fast gas bus train subway police fire court supreme district family juvenile drug therapy waiting living dining class bath bed rest laundry exam intake meeting conference break emergency board tele video phone home house apartment parking car truck trailer mobile swimming pool basketball soccer football baseball tennis dance yoga crossfit dog animal homeless women womens men youth teen boys girls kids child children daycare childcare foster adoption crisis call data cost life full half whole empty dark light quiet safe hot cold wrong right left opposite other either flip down up east west north south middle upper lower inner outer back top bottom far near".split()
)
# Names where only the words beside them tell.
QUOTED_ANY = re.compile(r"(?<!\w)[\"“](?P<who>[A-Za-z][\w’'\-]*(?:\s+[\w’'\-]+){0,3})[,.]?[\"”](?!\w)")
TOLD_OF = re.compile(
    r"(?:\b(?i:called|calls|nicknamed|nickname|aka|a\.k\.a\.?|alias|known\s+as|goes\s+by|named|dubbed|tag|handle|call\s?sign|street\s+name|roommate|friend|bestie|buddy|cousin|uncle|aunt|auntie|sister|brother|sister-in-law|brother-in-law|boyfriend|girlfriend|partner|husband|wife|ex|bf|gf|mom|mother|dad|father|grandma|grandpa|grandmother|grandfather|son|daughter|kid|baby|child|client|pt|patient|neighbor|sponsor|coworker|boss|dealer|dog|cat|horse|boat|truck|band|bar|team|crew|gang|plate|plates|reads?|says|tattoo|signs?|signed|writes?|account|is|was|as|became|become|first\s+name|last\s+name|channel|song|book|play|show|ship|vessel|ranch|farm|house|place|shop|store|group|club|company|label|brand)|[A-Z][\w’']+)\s*[,:(]?\s*[\"“]$"
)
TITLE_SMALL = re.compile(
    r"\b(?:mr|mrs|ms|mx|miss|dr|doc|doctor|professor|prof|nurse|officer|ofc|judge|coach|pastor|rev|father|fr|sister|brother|deacon|rabbi|imam|principal|counselor|detective|det|sgt|sergeant|lt|deputy|sheriff|trooper|aunt|auntie|tia|tio|uncle|cousin|grandma|grandpa|attorney|atty|therapist|psychiatrist|advisor|supervisor|caseworker|sponsor|teacher|landlord)\.?\s+(?P<who>[a-z][a-z’'\-]{2,})\b"
)
TITLED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Mx|Miss|Prof|Professor|Judge|Officer|Deputy|Nurse|Coach|Pastor|Rev|Fr|Sgt|Lt|Det|Capt|Sra?|Srta|Aunt|Auntie|Uncle|Tía|Tío|Family)\b\.?\s+(?P<who>[A-Z][\w’'\-]*)"
)
GOES_BY = re.compile(
    r"\b(?i:goes\s+by|go\s+by|going\s+by|nicknamed|name\s+is|name\s+was|answers\s+to|everyone\s+calls\s+(?:him|her|them)|calls\s+(?:him|her|them|himself|herself)|known\s+(?:here\s+)?as)\s+[\"“'‘]?(?P<who>[A-Za-z][\w’'\-]+)(?=[\"”'’]?(?:\s*[,.;)\n]|$|\s+(?:and|on|at|in|here|there|now)\b))"
)
SMALL_DOCTOR = re.compile(r"\b(?:mr|mrs|ms|miss|mister|dr|doctor|professor|prof|judge|officer|pastor|brother|sister|nurse|coach)\.?\s+(?P<who>[a-z]{3,})\b")
SMALL_IS = re.compile(
    r"\b(?:ex|bf|gf|boyfriend|girlfriend|husband|wife|brother|sister|son|daughter|partner|roommate|friend|boss|sponsor|neighbor|cousin|aunt|uncle|dog|cat|baby|kid|mom|dad)\s+(?:is|was|=)\s+(?P<who>[a-z]{3,})\b"
)
DID = re.compile(
    r"(?:came|went|saw|took|gave|left|got|made|told|put|ran|sat|let|cut|hit|kept|wrote|sent|found|held|brought|thought|knew|felt|spoke|may|might|must|visit|note|appt|appointment|office|line|letter|call|order|shop|friend|law)"
)
AFTER_COLON = re.compile(
    r"(?:\b(?:online|as|under|handle|user|tag|screen|name|page|shop|store|channel|account|band|app)|@)\s*[:=]\s*[\"“]?(?P<who>[a-z][a-z\d]{3,})"
)
BIG_ONE = re.compile(
    r"\b(?:BIG|LIL|LITTLE|OLD|YOUNG|PAPA|MAMA|SLIM|TINY|CRAZY|MISS|AUNT|UNCLE|COUSIN|TIA|TIO|GRANDMA|GRANDPA)\s+(?!(?:AND|OR|WHO|IS|WAS|SAID|SAYS|HAS|HAD|IN|AT|ON|TO|FOR|WITH|OF|MAN|BOY|GIRL|WOMAN|DEAL|PROBLEM|BROTHER|SISTER|LADY|HOUSE|BY|PT|CT|THE|CLIENT)\b)[A-Z]{2,}\b"
)
FIRST_NAME = re.compile(
    r"\b(?:first|last|middle|maiden|real|legal|birth|pet|dead|stage|married|family)\s?names?\s+(?:is\s+|was\s+|=\s*)?[\"“]?(?P<who>[A-Za-z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+)?)|\b(?P<x>mr|mrs|ms|dr)\.?\s+[A-Z]\b"
)
LISTED = re.compile(r"(?:(?<=:\s)|(?<=,\s)|(?<=and\s)|(?<=&\s))(?P<who>[A-Z][a-z’']{2,})(?=\s*(?:[,;/)&\n]|and\s|\.\s))")
DOES = r"(?:said|says|is|was|has|had|told|tells|called|calls|came|comes|went|wants|wanted|thinks|feels|felt|knows|knew|left|got|took|gave|gives|made|asked|asks|texted|wrote|drove|died|lives|lived|works|worked|moved|met|found|agrees|agreed|refuses|refused|reports|reported|denies|denied|keeps|kept|brought|holds|helps|helped|picked|watched|watches|and)"
SAYS_SO = re.compile(rf"(?:(?<=[.!?]\s)|(?<=\n)|^)(?P<who>[A-Z][a-z’']{{2,}})\s+{DOES}\b")
STATE_WORDS = frozenset(plain(word) for word in re.findall(r"\w+", STATES))
FUNCTION = frozenset(
    "she he they it we you i the a an this that these those there here who what when where why how which if as so and but or nor yet for with without in on at by to from of off up down out over under after before since until while during because although though once then now today tonight tomorrow yesterday somebody someone something anybody anyone anything nobody nothing everybody everyone everything none one two three four five six seven eight nine ten both each every all some any many much more most other another same such no not never always often sometimes usually mostly maybe perhaps also only even just still again first second third last next finally lately recently meanwhile however therefore mother father mom dad mum wife husband son daughter sister brother aunt uncle cousin grandma grandpa grandmother grandfather partner client patient pt ct clt parent parents family teacher school work sleep appetite mood affect insight judgment speech thought risk safety plan session therapist supervisor sponsor boss landlord neighbor friend friends stepdad stepmom kids children child baby boyfriend girlfriend police staff nurse doctor court judge lawyer question questions concern concerns her his their our my your its whoever whatever".split()
)


def asks(text: str, covered: list[tuple[int, int]], dated: list[int], *, hasty: bool) -> Iterator[Span]:
    """Yield what is left and stands in a clause that may tell who somebody is, with its kind. `dated` are ends of days taken out."""
    yield from _days(text, covered, dated)
    yield from _one_of_a_kind(text)
    for pattern, kind in ((PICTURED, PICTURE), (BY_BODY, PRINT)):
        for match in pattern.finditer(small(text)):
            yield *_clause(text, *match.span()), kind
    yield from _numbers(text, covered, hasty)
    yield from _places(text, covered, hasty)
    yield from _names(text, covered, hasty)
    yield from _halves(text, covered)
    yield from _again(text, covered)


def _clause(text: str, start: int, end: int, before: int = 6, after: int = 12) -> tuple[int, int]:
    """Return the clause about a stretch: some words before, not past a comma, and more after, past commas too."""
    lead = re.split(r"[.;:!?()\n—–,]|(?<=\s)(?:and|but|because|so|since|when|that|who)\s", text[max(0, start - 70) : start])[-1]
    words = list(re.finditer(r"\S+", lead))[-before:]
    first = start - len(lead) + words[0].start() if words else start
    tail = re.compile(r"(?:(?<!\w)(?:Dr|Mr|Mrs|Ms|St|Mt|No)\.|\.(?=\w)|[^.;:!?()\n—–])*").match(text, end)
    ends = list(re.finditer(r"\S+", tail.group()))[:after] if tail else []
    return first, end + ends[-1].end() if ends else end


def _days(text: str, covered: list[tuple[int, int]], dated: list[int]) -> Iterator[Span]:
    """Yield days told by what happened then, and what tells a great age."""
    low = small(text)
    for match in OLD_NTH.finditer(low):
        yield *match.span(), DATE
    for match in OLD_BIRTH.finditer(low):
        yield *match.span(), DATE
    for match in NTH_DAY.finditer(low):
        if not PLAIN_EVENT.search(match.group()):
            yield *match.span(), DATE
    for match in BY_EVENT.finditer(low):
        if not PLAIN_EVENT.search(match.group()):
            yield *match.span(), DATE
    for match in NEAR_EVENT.finditer(text):
        if not PLAIN_EVENT.search(match.group()):
            yield *match.span(), DATE
    for match in OWN_DAY.finditer(low):
        if not re.search(
            r"\d|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|\w+tieth|golden|silver|diamond|this|last|next|yahrzeit|jahrzeit|name.day|saint|quince\w*|sweet|ba[rt]|communion|versary)\b|versary",
            match.group(),
            re.I,
        ) and not any(match.start() - 30 < end < match.end() + 30 for end in dated):
            continue
        lead = re.search(
            r"\b(?:on|at|after|before|since|until|till|by|for|around|near|of|from|between|right|the\s+\w+\s+(?:of|after|before))\s+$",
            text[max(0, match.start() - 30) : match.start()],
            re.I,
        )
        yield match.start() - (len(lead.group()) if lead else 0), match.end(), DATE
    for pattern in (AGO, BORN, EVERY_RUN, SHY_OF, THAT_DAY):
        for match in pattern.finditer(text if pattern in (AGO, THAT_DAY) else low):
            yield *match.span(), DATE
    for match in SINCE.finditer(text):
        what = match["what"]
        firm = match.group()[:5].lower().startswith(("since", "until", "till", "as of", "up to"))
        if not NOT_SINCE.match(what) and (firm or SEASONAL.search(what) or any(_odd(one) for one in re.findall(r"(?<![\w’'])[a-z]{3,}(?![\w’'])", what)[:4])):
            yield *match.span(), DATE
    for pattern in (WHEN_DONE, END_OF, EVENT_CAME):
        for match in pattern.finditer(text if pattern is EVENT_CAME else low):
            if pattern is WHEN_DONE and NOT_DONE.match(match.group()):
                continue
            yield *match.span(), DATE
    for _, end in covered:
        if (after := grown.DAY_AFTER.match(text, end)) and not any(end == one for one in dated):
            yield end, after.end(), DATE


def _one_of_a_kind(text: str) -> Iterator[Span]:
    """Yield clauses that say what one person is or did."""
    for clause in CLAUSE.finditer(text):
        said = PLAIN_UNIQUE.sub(lambda one: "·" * len(one.group()), small(clause.group()))
        cues = [one.span() for one in UNIQUE.finditer(said)]
        cues += [one.span() for one in IS_THE.finditer(said) if not NOT_THE.search(one.group())]
        cues += [one.span() for pattern in (OFFICE, PUBLIC, TOLD_ABROAD) for one in pattern.finditer(said)]
        cues += [one.span() for one in ABROAD_LARGE.finditer(clause.group())]
        cues += [one.span() for one in DOES_IT.finditer(said)]
        cues += [one.span() for one in THE_ONE_WHO.finditer(said) if not NOT_THE.search(one.group())]
        cues += [one.span() for one in TOWN_TALK.finditer(said) if PERSON_BEFORE.search(said[: one.start()])]
        if cues:
            first, last = min(one[0] for one in cues), max(one[1] for one in cues)
            until = clause.start() + last
            lead = list(re.finditer(r"\S+", clause.group()[:first]))[-14:]
            yield clause.start() + (lead[0].start() if lead else first), _clause(text, until, until, after=16)[1], RARE


PERSON_BEFORE = re.compile(
    rf"\b(?:the|a)\s+(?:[\w’'\-]+\s+){{0,3}}(?:{PERSON}|son|daughter|grandson|granddaughter|wife|husband|mother|father|brother|sister|man|woman|guy|girl|boy|kid|lady|teen|one)\s+$",
)


def _numbers(text: str, covered: list[tuple[int, int]], hasty: bool) -> Iterator[Span]:
    for match in LABELLED.finditer(text):
        code = match["code"].rstrip(".-/")
        digits = sum(sign.isdigit() for sign in code)
        strong = (
            digits > 3
            or re.search(r"[A-Za-z\-]\d|\d[A-Za-z\-]", code) is not None
            or re.match(r"(?:ext|extension|pager|x|pin|code|bed|room|rm|unit|locker|badge|box|bay|slot)", match.group(), re.I)
        )
        if (
            digits
            and strong
            and not (CLINICAL.fullmatch(code) and re.search(r"[A-Za-z]", code))
            and not (COUNT_AFTER if digits < 4 and code.isdigit() else UNIT_AFTER).match(text, match.start("code") + len(code))
            and not re.fullmatch(r"(?:19|20)\d\d|\d{1,2}:\d\d|\d{1,2}(?:st|nd|rd|th)", code)
        ):
            called = re.match(r"(?:ext|extension|pager|beeper)\b", match.group(), re.I)
            near = (
                match.start("code") - match.start() < 20
                and "\n" not in match.group()
                and not any(first < match.end() and match.start() < last for first, last in covered)
            )
            yield match.start() if called or near else match.start("code"), match.start("code") + len(code), NUMBER
    yield from _said(text)
    for match in LABEL_SAID.finditer(text):
        yield *match.span("code"), NUMBER
    for match in AS_IN.finditer(text):
        yield *match.span(), NUMBER
    for match in DIGITS_TOLD.finditer(text):
        yield *_clause(text, *match.span()), NUMBER
    for match in PLATE.finditer(text):
        if match["letters"].lower() not in ABBREVIATIONS and match["letters"].lower() not in common():
            yield *match.span(), NUMBER
    for match in CAR.finditer(small(text)):
        after = re.compile(r"[^.;!?\n]{0,70}").match(text, match.end())
        tail = after.group() if after else ""
        marks = [match.end() + one.end() for one in CAR_MARK.finditer(tail)]
        codes = [
            last
            for first, last in covered
            if match.end() <= first < match.end() + 60
            and text[match.end() : first].count(".") < 2
            and any(map(str.isdigit, text[first:last]))
            and not re.search(r"[;!?\n]", text[match.end() : first])
        ]
        before = [first for first, last in covered if match.start() - 4 < last <= match.start() and any(map(str.isdigit, text[first:last]))]
        if marks or codes or (before and re.search(r"[A-Z0-9]{2}", text[before[-1] : match.start()])):
            until = max([*marks, *codes, match.end()])
            more = (
                re.compile(r"[\s,\-]+(?:[\w\-]*\d[\w\-]*|[A-Z]{1,4}\b|or\b|dash\b)(?:[\s,\-]+(?:[\w\-]*\d[\w\-]*|[A-Z]{1,4}\b|or\b))*|[^.;!?\n]{0,30}").match(
                    text, until
                )
                if marks and max(marks) == until
                else None
            )
            yield match.start(), more.end() if more else until, NUMBER
    for match in CODE_RUN.finditer(text):
        parts = re.split(r"[ \-/]", match.group())
        digits = sum(sign.isdigit() for sign in match.group())
        heads = [one for one in parts if one.isalpha()]
        if (
            digits > 2
            and not (
                parts[0].isalpha()
                and parts[0].lower() in ABBREVIATIONS
                and not (len(parts) > 2 and parts[-1].isalpha())
                and not (len(parts) > 1 and parts[1].isalpha())
            )
            and not CLINICAL.fullmatch(match.group())
            and not any(re.fullmatch(r"(?:19|20)\d\d", one) for one in parts)
            and not UNIT_AFTER.match(text, match.end())
            and (
                digits > 4
                or (parts[0].isdigit() and parts[-1].isdigit() and heads and heads[0] not in ("AM", "PM", "X", "OR", "TO", "AND"))
                or heads[-1:] == parts[-1:]
                or any(re.search(r"[A-Z]", one) and re.search(r"\d", one) for one in parts)
                or len(heads) > 1
            )
            and not (heads and heads[-1].lower() in ABBREVIATIONS and digits < 4)
        ):
            more = re.compile(r" or \d{2,}\b").match(text, match.end())
            yield match.start(), more.end() if more else match.end(), NUMBER
    for match in VANITY.finditer(text):
        yield *match.span("code"), NUMBER
    for match in GRID.finditer(text):
        yield *match.span(), PLACE
    for match in NAMED_NUMBER.finditer(text):
        words = [plain(one) for one in match["thing"].split()]
        last = match["thing"].split()[-1]
        if (
            not all(word in LARGE or word in ABBREVIATIONS or word in SAFE_WORDS or word in MONTHS or MEDICINE.search(word) for word in words)
            and not (starts_sentence(text, match.start()) and all(word in common() for word in words))
            and not (last.isupper() and 1 < len(last) < 8)
            and not re.fullmatch(r"(?:19|20)\d\d", match["number"])
            and not COUNT_AFTER.match(text, match.end())
            and words[-1] not in COUNTERS
            and (
                len(match["number"]) > 2
                or not any(start < match.end("thing") and match.start() < end for start, end in covered)
                or re.search(r"[a-z][A-Z]", match["thing"]) is not None
            )
            and plain(re.split(r"[’']", match["thing"])[0]) not in FUNCTION
        ):
            yield *match.span(), NUMBER


def _said(text: str) -> Iterator[Span]:
    """Yield codes said aloud, letter by letter: kay eight five, t l 3 7, tee kay four."""
    run: list[re.Match[str]] = []
    for part in (*PART.finditer(text), None):
        if part is not None and (part.group().lower() in SAID or part.group().isdigit()) and (not run or BETWEEN.fullmatch(text, run[-1].end(), part.start())):
            run.append(part)
            continue
        while (
            run
            and run[0].group().lower() in ("a", "i", "see", "you", "are", "why", "em", "en", "ex", "something", "dot", "point", "golf", "hotel", "echo", "papa")
            and len(run) < 6
        ):
            run.pop(0)
        while run and run[-1].group().lower() in ("a", "i", "see", "you", "are", "why", "point", "double", "or"):
            run.pop()
        words = [one.group().lower() for one in run]
        told = [one for one in words if one in NUMBERS_SAID or one.isdigit()]
        singles = [one for one in words if len(one) == 1 and not one.isdigit()]
        if (
            len(told) > 1
            and len(words) > 2
            and not (len(words) - len(singles) < 5 and RUN_UNIT.match(text, run[-1].end()))
            and not COUNTING.fullmatch(" ".join(words))
        ):
            yield run[0].start(), run[-1].end(), NUMBER
        run = [part] if part is not None and (part.group().lower() in SAID or part.group().isdigit()) else []


MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun".split())
COUNTERS = frozenset(
    "session sessions visit week day age aged grade phase module level stage step steps page item question score scored total axis type year month part volume version group mean index".split()
)


PREPOSITION = re.compile(
    r"\b(?:on|at|off|by|near|in|of|along|behind|past|beside|from|to|under|above|over|outside)\s+(?:(?:the|old|west|east|north|south)\s+)?$", re.I
)
NP_AT = re.compile(
    r"(?:\b(?:at|to|from|above|below|outside|inside|near|behind|past|in|by|over|under|leaving|was|is|of|for|on)\s+|[\"“(,])\s*(?P<np>the\s+(?:[\w’'\-]+\s+){1,3})(?:at|in|on|of|off|by|near|behind|over|along)\s+(?:the\s+)?$",
    re.I,
)
NOT_PLACE_NP = re.compile(
    rf"\b(?:{PERSON}|mothers?|fathers?|brothers?|sisters?|sons?|daughters?|aunts?|uncles?|cousins?|parents?|families|family|kids|wife|husband|day|week|month|year|night|morning|evening|afternoon|end|start|rest|middle|beginning|loss|death|funeral|wake|move|job|trip|visit|case|question|meeting|session|group|call|letter|report|form|fight|argument|news|story|risk|back|front|face|way|side|part|idea|fact|point|use|lack|kind|sort|number|name|accident|crash|hearing|trial|wedding|war|first|last|only|same|other|others|one|two|thing|things|hands?|people|women|men|role|care|help|custody|divorce|murder|killing|shooting|hospitalization|stay|weekend|summer|time|state|rights?|process|onset|death|birth|works?)\s*$",
    re.I,
)


def _places(text: str, covered: list[tuple[int, int]], hasty: bool) -> Iterator[Span]:
    for start, end in covered:
        said_where = PREPOSITION.search(text[max(0, start - 16) : start]) is not None
        if said_where and (found := SPOT_ON.search(text[max(0, start - 60) : start])) is not None:
            yield start - len(found.group()), end, PLACE
        elif (
            said_where
            and text[start].isupper()
            and (found := NP_AT.search(text[max(0, start - 60) : start])) is not None
            and not NOT_PLACE_NP.search(found["np"].strip())
        ):
            yield start - found.end() + found.start("np"), start, PLACE
        if (text[start:end][:1].isupper() and (tail := ORG_TAIL.match(text, end))) or (
            (text[start:end][:1].isupper() or hasty) and re.search(r"[A-Za-z]{3}", text[start:end]) and (tail := PLACE_TAIL.match(text, end))
        ):
            yield start, tail.end(), PLACE
        if said_where and text[start].isupper() and (found := CAPITAL_SPOT.search(text[max(0, start - 50) : start])) is not None:
            yield start - len(found.group()), start, PLACE
        if text[start].isupper() and text[max(0, start - 4) : start].lower() == "the " and (tail := AFTER_NAME.match(text, end)):
            yield start, tail.end(), PLACE
        if tail := HAPPENING.match(text, end):
            yield start, tail.end(), DATE
        if (
            hasty
            and text[start].islower()
            and (lead := re.search(r"\b(?:at|in|from|to|near|past|by|off|for|outside)\s+(?:the\s+)?([a-z]{3,}\s+)$", text[max(0, start - 36) : start]))
            and lead[1].strip() not in PLAIN_LEAD
        ):
            yield start - len(lead[1]), start, PLACE
        if text[start].isupper() and (tail := DOOR.match(text, end)):
            yield end, tail.end(), PLACE
    for match in SIDE_OF.finditer(text):
        yield *match.span(), PLACE
    for match in BARE_SPOT.finditer(text):
        yield *match.span(), PLACE
    for match in WHERE_SMALL.finditer(text):
        one, two = match["one"], match["two"]
        if _odd(one):
            yield match.start("one"), match.end("two") if two and (_odd(two) or two in GIVEN) else match.end("one"), PLACE
        elif two and one not in STOP and _odd(two):
            yield match.start("one"), match.end("two"), PLACE
    for match in SPOT_SMALL.finditer(text):
        told = [one for one in (match["head"], match["mid"]) if one]
        if any((plain(one) not in common() and _odd(one)) or (hasty and one in GIVEN) for one in told):
            yield *match.span(), PLACE
    for match in DWELLS.finditer(small(text)):
        if not PLAIN_DWELLING.fullmatch(match["where"].strip()):
            yield *match.span("where"), PLACE
    if hasty:
        for match in LIVES.finditer(text):
            words = []
            for one in match["where"].split():
                if one in STOP and one not in ("many", "big", "little", "old", "new", "good", "long", "two", "three", "first", "church"):
                    break
                words.append(one)
            if words and not (len(words) == 1 and words[0] in common() and words[0] in NOT_SPOT_HEAD):
                yield match.start("where"), match.start("where") + len(" ".join(words)), PLACE


def _odd(word: str) -> bool:
    key = plain(POSSESSIVE.sub("", word))
    stems = (key, key[:-1] if key.endswith("s") else key, key[:-2] if key.endswith(("es", "ed")) else key, key[:-3] if key.endswith("ing") else key)
    return (
        len(key) > 2
        and not any(stem in common() or stem in LARGE or stem in ABBREVIATIONS for stem in stems)
        and not COMMON_TAIL.search(key)
        and not MEDICINE.search(key)
    )


def _names(text: str, covered: list[tuple[int, int]], hasty: bool) -> Iterator[Span]:
    for match in QUOTED_ANY.finditer(text):
        before = text[max(0, match.start() - 40) : match.start() + 1]
        if TOLD_OF.search(before) and len(match["who"]) > 1 and plain(re.split(r"[’'\s]", match["who"])[0]) not in FUNCTION:
            yield *match.span("who"), NAME
    for match in TITLE_SMALL.finditer(text):
        key = plain(POSSESSIVE.sub("", match["who"]))
        if key not in common() and key not in LARGE and key not in ABBREVIATIONS:
            yield *match.span("who"), NAME
    for match in GOES_BY.finditer(text):
        key = plain(match["who"])
        if key not in FUNCTION and key not in STOP and not key.endswith(("ing", "ed", "ly")):
            yield *match.span("who"), NAME
    if hasty:
        for match in SMALL_DOCTOR.finditer(text):
            key = plain(match["who"])
            if key not in FUNCTION and key not in STOP and not key.endswith(("ing", "ed", "ly", "s")) and not DID.fullmatch(key):
                yield *match.span("who"), NAME
        for match in SMALL_IS.finditer(text):
            if plain(match["who"]) in NAMES_TOO | GIVEN:
                yield *match.span("who"), NAME
    for match in AFTER_COLON.finditer(text):
        if _odd(match["who"]):
            yield *match.span("who"), NAME
    for match in BIG_ONE.finditer(text):
        yield *match.span(), NAME
    for match in TITLED.finditer(text):
        if plain(match["who"]) not in SAFE_WORDS and plain(match["who"]) not in FUNCTION:
            yield *match.span(), NAME
    for match in FIRST_NAME.finditer(text):
        if not match["who"] or plain(match["who"].split()[0]) not in FUNCTION:
            yield *match.span("who" if match["who"] else 0), NAME
    for match in LISTED.finditer(text):
        key = plain(POSSESSIVE.sub("", match["who"]))
        if (
            key not in common()
            and key not in LARGE
            and key not in ABBREVIATIONS
            and key not in STATE_WORDS
            and plain(re.split(r"[’']", match["who"])[0]) not in FUNCTION
        ):
            yield *match.span("who"), NAME
    for start, _ in covered:
        if (
            text[start].isupper()
            and (found := re.search(r"[(\"“]([A-Z][a-z’']{1,12}) $", text[max(0, start - 20) : start]))
            and plain(found[1]) not in FUNCTION
        ):
            yield start - len(found.group()) + 1, start, NAME
    for match in SAYS_SO.finditer(text):
        key = plain(POSSESSIVE.sub("", match["who"]))
        if (
            key not in FUNCTION
            and key not in SAFE_WORDS
            and not key.endswith(("ing", "ed", "ly", "s", "tion", "ness", "ment", "ity"))
            and key not in LARGE
            and key not in ABBREVIATIONS
        ):
            yield *match.span("who"), NAME


TOKEN = re.compile(r"[^\s()\[\]\"“”,;:!?<>=|]+")


def _halves(text: str, covered: list[tuple[int, int]]) -> Iterator[Span]:
    """Yield the rest of a word of which a part is taken out or asked about."""
    at = 0
    for token in TOKEN.finditer(text):
        while at < len(covered) and covered[at][1] <= token.start():
            at += 1
        inside = [one for one in covered[at : at + 4] if one[0] < token.end() and token.start() < one[1]]
        if not inside:
            continue
        until = token.start()
        for first, last in (*inside, (token.end(), token.end())):
            rest = text[until:first]
            word = rest.strip("-–/.'’_&+#*@~‑")
            if (word and inside and re.match(r"[@#]|\w*[_\d]", text[inside[0][0] : inside[0][1]]) and text[inside[0][0]] in "@#") or (
                word.lower() in ("al", "el", "as", "ad", "an", "ar", "ata") and text[until:first].endswith("-")
            ):
                yield until, first, NAME
            elif (
                word
                and word.lower() not in ("s", "d", "m", "ll", "re", "ve", "t", "es")
                and (any(map(str.isdigit, word)) or plain(word) not in common())
                and plain(word) not in ABBREVIATIONS
            ):
                where = until + rest.find(word)
                yield where, where + len(word), NUMBER if any(map(str.isdigit, word)) else NAME
            until = max(until, last)


QUOTE = re.compile(r"[\"“](?P<told>[^\"“”\n]{4,60})[\"”]")
FILE = re.compile(r"(?<![\w])(?:[A-Z\d][\w\-]*[ ]){0,4}(?:\(\d+\))?[\w\-]*\.(?:jpe?g|png|heic|gif|tiff?|bmp|webp|mov|mp4|m4a|wav|mp3|pdf|docx?)\b")


def _again(text: str, covered: list[tuple[int, int]]) -> Iterator[Span]:
    """Yield what is asked about or taken out in one place and stands in another; the rest of a file's name and of a saint's."""
    for match in FILE.finditer(text):
        if " " in match.group():
            yield *match.span(), PICTURE
    for match in QUOTE.finditer(text):
        if re.search(r"\w[._]\w|\d", match["told"]) and any(
            match.start() < end and start < match.end() and re.search(r"[._\d]", text[start:end]) for start, end in covered
        ):
            yield *match.span("told"), NUMBER
    for start, end in covered:
        if text[end : end + 2] in ("'s", "’s") and re.search(r"(?i:\bst|\bsaint|\bmt)\b\.?\s+$", text[max(0, start - 8) : start]):
            yield end + 1, end + 2, PLACE
    letters = {text[start:end].rstrip(".") for start, end in covered if re.fullmatch(r"[B-HJ-Z]\.?", text[start:end])}
    for letter in letters:
        for match in re.finditer(rf"(?<![\w.&]){letter}\.(?!\w)", text):
            yield *match.span(), NAME
    words = {text[start:end] for start, end in covered if re.fullmatch(r"[A-Z][^\W\d_]{2,}", text[start:end])}
    for word in words:
        if plain(word) not in common() and plain(word) not in LARGE | ABBREVIATIONS | STATE_WORDS and text.count(word) > 1:
            for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                yield *match.span(), NAME
