"""Small word lists of our own making, from memory and from this project's own prose. None of them is a register of names or places."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def common() -> frozenset[str]:
    """Return words of everyday and clinical prose, small: at the start of a sentence they name nobody."""
    return _set(files(__package__).joinpath("everyday.txt").read_text("utf-8"))


# Given names that are also words: at the start of a sentence nobody can tell, so a person is asked.
NAMES_TOO = _set("""
ace amber angel april art ash aspen august autumn basil bill blue bob bud carol chance chase charity christian cliff clay coral crystal daisy dale dash
dawn dean destiny dick don drew duke earl eve faith fern flora forest frank gene ginger glen grace grant guy harmony hazel heath heather heaven holly hope
hunter iris ivy jack jade jasmine jay jean jewel jimmy joy june justice kitty lance lane lark laurel lee leo liberty lily major marina mark mason
max maxim may melody mercy mike miles myrtle nick norm oak olive opal page paige pat patience patsy pearl penny pepper piper poppy prudence rain ray red reed rich
river rob robin rocky rod rose ruby rusty sage sally sandy sandra scout serenity shade sharon sky skip sol sonny star stone storm sue summer sunny sunshine tanner
terry tex tiffany trinity trip tucker van victor victoria viola violet wade ward warren wayne whitney will willow winter woody wren
""")

# Given names as people bear them, for words that no list of prose has and for telling a person from a place.
GIVEN = _set("""
bryce odette jolene quinlan kiana lori brandi heather heidi curt jelena rosalind dagmar ingeborg anders lars sven bjorn astrid freya nils oskar marek tomasz agnieszka kasia zofia piotr jan pavel ivana milos dragan milica nikola stefan andrei mihai ioana irina svetlana tatyana oksana olena mykola yuri sergei vladimir boris giulia luca matteo francesca paolo giorgio yannis eleni dimitri nikos fatou mamadou aminata kwesi ama abena chidi ngozi emeka ifeoma amara tunde folake wanjiku kamau achieng amadou sekou haruto yuki sakura kenta akira naoko mei ling wei jing xiao hui jun minjun jisoo hyun thuy linh tuan hoa anh huong aarav ananya rohan neha pooja vikram arjun meera sunita rahul sanjana zara yasmine leyla farid reza shirin parisa babak hamid nasrin tariq layla noor salma khadija abdi hodan fadumo ayaan kimo sione tevita leilani kai malia keoni

aaron abby abel abigail abraham ada adam adrian adriana agnes ahmed aidan aiden aisha alan albert alejandro alex alexa alexander alexandra alexis alfonso alfred
alice alicia alina alison allen allison alma alvin alyssa amanda amara amaya amelia amina amir amy ana andre andrea andres andrew andy angela angelica angelina
angelo anita ann anna anne annie anthony antonio arianna ariel armando arthur arturo arun ashley asher audrey austin ava avery axel bailey barbara barry beatrice becky
bella ben benjamin bernard beth bethany betty beverly bianca blake bobby bonnie brad bradley brandon brenda brent brett brian brianna bridget brittany brooke
bruce bryan caleb calvin cameron camila camille candace carl carla carlos carlton carmen caroline carolyn carrie carter casey cassandra catherine cathy cecilia cedric
celeste cesar chad charles charlie charlotte chelsea chen cheryl chloe chris christina christine christopher cindy claire clara clarence claudia clayton cleo clifford
clint cody colin colleen connie connor constance cora corey courtney craig curtis cynthia cyrus daniel daniela danielle danny darius darlene darnell darrell daryl
dave david deborah debra declan deepak delia denise dennis derek desiree desmond devin devon diana diane diego dina dmitri dolores dominic donald donna dora doris
dorothy doug douglas duane dustin dwayne dwight dylan eddie edgar edith edna eduardo edward edwin eileen elaine eleanor elena eli elias elijah elisa elise elizabeth
ella ellen elliot ellie elsie emilia emilio emily emma enrique eric erica erik erin ernest esperanza esteban esther ethan ethel eugene eva evan evelyn ezra fatima felicia felipe felix
fernando fiona frances francis francisco franklin fred freddie frederick gabriel gabriela gail gary gavin genevieve george gerald gerard gianna gilbert gina
gladys glenn gloria gordon greg gregory greta guadalupe gus gwen hank hannah harold harriet harry harvey hassan hector heidi helen henry herbert herman hiroshi howard hugh hugo
ian ibrahim ida ignacio imani ines ingrid irene irma isaac isabel isabella isaiah ismael israel ivan jackie jackson jacob jacqueline jaime jake jamal james jamie jan jane
janelle janet janice jared jason javier jayden jeanette jeff jeffrey jenna jennifer jenny jeremiah jeremy jerome jerry jesse jessica jesus jill jim joan joanna joanne jocelyn jodi
joe joel joey john johnny jon jonah jonathan jordan jorge jose joseph josephine josh joshua joyce juan juanita judith judy julia julian juliana julie julio juliet justin kaitlyn kamala kara
karen karina karl kate katherine kathleen kathryn kathy katie kayla keisha keith kelly kelsey ken kendra kenji kenneth kenny kerry kevin khalil kim kimberly kirk kofi kristen kristin kurt
kwame kyle kylie lamar lakshmi larry laura lauren laurie lawrence leah leila lena leon leona leonard leroy leslie lester leticia levi lewis liam lila lillian linda lindsay lindsey lisa
liz lloyd logan lois lola lonnie lorena lorenzo loretta lori lorraine louis louise lourdes lucas lucia lucille lucy luis luke luna lupe luz lydia lyle lynn mabel mackenzie maddie
madeline madison maggie malcolm malik mandy manny manuel mara marc marcia marco marcos marcus margaret margarita maria mariah mariana marie marilyn mario marisol marissa marjorie
marlene marsha marshall martha martin marvin mary mateo mathew matt matthew maureen maurice mavis maya mei megan mehmet melanie melinda melissa mia michael michele michelle miguel
mildred milton mindy minh miranda miriam misty mitchell mohamed mohammed moira molly mona monica monique morgan morris muhammad myra nadia nadine nancy naomi natalia natalie natasha nate nathan
nathaniel neil nellie nelson nguyen nicholas nicolas nicole nigel nikki nina noah noel noelle nora noreen norma norman octavio olga oliver olivia omar oscar otto owen pablo paco pamela
patricia patrick patty paul paula pauline pedro peggy percy perry pete peter petra phil philip phillip phoebe phyllis pilar preston priscilla priya quentin quinn rachel rafael raj ralph
ramiro ramon ramona randall randy raquel rashid raul raven raymond rebecca regina reginald rena rene renee rex rhonda ricardo richard rick ricky riley rita robbie robert
roberta roberto rochelle roderick rodney rodrigo roger roland roman ron ronald ronnie rosa rosalie rosario rosemary rosie ross roxanne roy ruben rudy russell ruth ryan sabrina sadie salvador sam
samantha samir samuel santiago sanjay sara sarah sasha saul savannah scott sean sebastian selena serena sergio seth shane shania shannon shaun shawn sheila shelby sheldon shelley sherry shirley
sierra silvia simon simone sofia solomon sonia sonya sophia sophie spencer stacey stacy stan stanley stella stephanie stephen steve steven stewart stuart susan susana susie suzanne
sydney sylvia tabitha tamara tameka tammy tania tanya tara tasha tatiana taylor ted teresa terrance terrence tessa thelma theo theodore theresa thomas tia tim timothy tina toby todd tom tomas
tommy toni tony tonya tracy travis trevor trisha tristan troy tyler tyrone ursula valentina valerie vanessa vera verna vernon veronica vicki vicky vince vincent virgil virginia vivian wallace walter wanda
wendy wesley wilbur willard william willie wilma winston xavier ximena yasmin yolanda yusuf yvette yvonne zach zachary zainab zoe zoey
""")

# Short forms of given names: a record that knows Elizabeth knows Liz.
SHORT_FORMS = {
    "abigail": "abby", "alexander": "alex xander sasha", "alexandra": "alex lexi sandra sasha", "andrew": "andy drew", "anthony": "tony", "antonio": "tony", "barbara": "barb barbie babs",
    "benjamin": "ben benny benji", "catherine": "cathy cate kate katie cat", "charles": "charlie chuck chas", "christina": "chris tina chrissy", "christine": "chris tina chrissy chrissie",
    "christopher": "chris topher kit", "daniel": "dan danny", "danielle": "dani", "david": "dave davey", "deborah": "deb debbie", "debra": "deb debbie", "dorothy": "dot dottie",
    "edward": "ed eddie ted ned", "eleanor": "ellie nell nora", "elizabeth": "liz lizzie lizzy beth betsy betty eliza libby ellie", "francisco": "paco pancho frank cisco", "frederick": "fred freddie",
    "gabriel": "gabe", "gabriela": "gabby", "gabriella": "gabby", "gregory": "greg", "guadalupe": "lupe", "guillermo": "memo", "henry": "hank harry", "isabel": "izzy bella", "isabella": "izzy bella",
    "jacob": "jake", "james": "jim jimmy jamie", "jeffrey": "jeff", "jennifer": "jen jenny jenn", "jessica": "jess jessie", "jesus": "chuy", "john": "johnny jack", "jonathan": "jon jonny",
    "joseph": "joe joey", "josephine": "josie jo", "joshua": "josh", "jose": "pepe", "katherine": "kathy kate katie kat kit", "kathleen": "kathy kate katie", "kathryn": "kathy kate katie",
    "kenneth": "ken kenny", "kimberly": "kim", "lawrence": "larry", "leonard": "leo len lenny", "lillian": "lily lil", "madeline": "maddie", "margaret": "maggie meg peggy marge peg greta",
    "margarita": "rita", "matthew": "matt matty", "maximilian": "max", "michael": "mike mikey mick", "michelle": "shelly", "natalie": "nat", "nathaniel": "nate nat", "nathan": "nate",
    "nicholas": "nick nicky", "nicole": "nikki", "olivia": "liv livvy", "pamela": "pam", "patricia": "pat patty trish tricia", "patrick": "pat paddy", "peter": "pete", "philip": "phil",
    "phillip": "phil", "rebecca": "becky becca", "richard": "rich rick ricky dick", "robert": "rob bob bobby robbie", "roberto": "beto", "ronald": "ron ronnie", "rosario": "charo",
    "samantha": "sam sammy", "samuel": "sam sammy", "stephanie": "steph", "stephen": "steve", "steven": "steve", "susan": "sue susie suzie", "theodore": "ted teddy theo", "theresa": "terry tess",
    "teresa": "terry tess tere", "thomas": "tom tommy", "timothy": "tim timmy", "valerie": "val", "victoria": "vicky tori", "vincent": "vince vinny", "virginia": "ginny", "william": "will bill billy liam willie",
    "zachary": "zach zack",
}  # fmt: skip
SHORT_FORMS |= {
    "constance": "connie",
    "eugene": "gene",
    "melissa": "missy mel lissa",
    "frances": "fran franny",
    "gerald": "gerry jerry",
    "geraldine": "gerry",
    "harold": "hal harry",
    "judith": "judy",
    "raymond": "ray",
    "ronaldo": "ron",
    "russell": "russ",
    "travis": "trav",
    "curtis": "curt",
    "clifford": "cliff",
    "bradley": "brad",
    "cynthia": "cindy",
    "martha": "marty",
    "rosemary": "rosie rose",
    "beverly": "bev",
    "carolyn": "carol",
    "veronica": "ronnie vero",
    "alberto": "beto",
    "enrique": "kike quique",
    "ignacio": "nacho",
    "consuelo": "chelo",
    "dolores": "lola",
    "mercedes": "meche",
    "socorro": "coco",
    "vicente": "chente",
    "alejandro": "alex ale",
    "oleksandr": "sasha alexander",
    "dmitri": "dima mitya",
    "mohammed": "mo moe",
    "muhammad": "mo moe",
    "abdullah": "abdul",
}

STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|"
    "Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|"
    "Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Puerto Rico"
)
STATE_CODES = "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|PR"

# Towns and counties that come up often, from memory. A town not here is found by what stands around it, or shown as an unknown name.
TOWNS = """
New York City|Los Angeles|Chicago|Houston|Phoenix|Philadelphia|San Antonio|San Diego|Dallas|San Jose|Austin|Jacksonville|Fort Worth|Columbus|Charlotte|San Francisco|Indianapolis|Seattle|Denver|
Oklahoma City|Nashville|El Paso|Boston|Portland|Las Vegas|Detroit|Memphis|Louisville|Baltimore|Milwaukee|Albuquerque|Tucson|Fresno|Sacramento|Kansas City|Mesa|Atlanta|Omaha|Colorado Springs|Raleigh|
Long Beach|Virginia Beach|Miami|Oakland|Minneapolis|Tulsa|Bakersfield|Wichita|Arlington|Aurora|Tampa|New Orleans|Cleveland|Honolulu|Anaheim|Lexington|Stockton|Corpus Christi|Henderson|Riverside|
Newark|Saint Paul|St. Paul|St. Louis|Saint Louis|Santa Ana|Cincinnati|Irvine|Orlando|Pittsburgh|Greensboro|Lincoln|Plano|Anchorage|Durham|Jersey City|Chandler|Chula Vista|Buffalo|Reno|Scottsdale|
Boise|Richmond|Baton Rouge|Spokane|Des Moines|Tacoma|San Bernardino|Modesto|Fontana|Santa Clarita|Fayetteville|Rochester|Oxnard|Moreno Valley|Glendale|Huntington Beach|Salt Lake City|Amarillo|
Little Rock|Knoxville|Providence|Chattanooga|Brownsville|Tempe|Garden Grove|Oceanside|Santa Rosa|Eugene|Pembroke Pines|Salem|Cape Coral|Corona|Fort Collins|Lancaster|Palmdale|Springfield|Pasadena|
Hayward|Pomona|Escondido|Joliet|Torrance|Naperville|Syracuse|Dayton|Savannah|Sunnyvale|Hartford|Bridgeport|Lakewood|Hollywood|Pueblo|Fullerton|Thornton|Westminster|Arvada|Centennial|Greeley|Longmont|
Boulder|Loveland|Broomfield|Castle Rock|Grand Junction|Commerce City|Parker|Littleton|Northglenn|Brighton|Englewood|Wheat Ridge|Fountain|Lafayette|Louisville|Evergreen|Golden|Montrose|Durango|Cañon City|
Canon City|Sterling|Alamosa|Salida|Buena Vista|Leadville|Aspen|Vail|Avon|Eagle|Gypsum|Glenwood Springs|Carbondale|Basalt|Rifle|Breckenridge|Frisco|Silverthorne|Dillon|Steamboat Springs|Craig|Gunnison|
Crested Butte|Telluride|Ouray|Ridgway|Cortez|Mancos|Pagosa Springs|Trinidad|Walsenburg|La Junta|Lamar|Rocky Ford|Limon|Burlington|Wray|Yuma|Fort Morgan|Brush|Estes Park|Nederland|Lyons|Erie|Superior|
Idaho Springs|Georgetown|Winter Park|Granby|Kremmling|Meeker|Rangely|Delta|Paonia|Hotchkiss|Cedaredge|Monte Vista|Del Norte|Saguache|Westcliffe|Florence|Manitou Springs|Woodland Park|Cripple Creek|
Monument|Elizabeth|Kiowa|Fairplay|Bailey|Conifer|Silverton|Creede|Lake City|San Luis|Antonito|Berkeley|Concord|Vallejo|Antioch|Fairfield|Santa Clara|Santa Barbara|Santa Cruz|Santa Monica|Santa Maria|
Salinas|Visalia|Redding|Chico|Eureka|Arcata|Ukiah|Napa|Sonoma|Petaluma|Novato|San Rafael|Redwood City|Palo Alto|Mountain View|Cupertino|Fremont|Milpitas|Gilroy|Monterey|Watsonville|Hollister|Merced|
Turlock|Manteca|Lodi|Davis|Woodland|Roseville|Folsom|Truckee|Grass Valley|Nevada City|Placerville|Auburn|Yuba City|Susanville|Yreka|Weed|Bishop|Mammoth Lakes|Barstow|Victorville|Hesperia|Palm Springs|
Indio|El Centro|Carlsbad|Encinitas|Vista|San Marcos|Poway|El Cajon|La Mesa|National City|Costa Mesa|Newport Beach|Laguna Beach|Mission Viejo|San Clemente|Tustin|Burbank|Culver City|Inglewood|Compton|
Whittier|Downey|Norwalk|Pico Rivera|Alhambra|Arcadia|Monrovia|Azusa|Claremont|Ontario|Rancho Cucamonga|Upland|Rialto|Redlands|Hemet|Temecula|Murrieta|Ventura|Thousand Oaks|Simi Valley|Camarillo|Ojai|Lompoc|
San Luis Obispo|Paso Robles|Atascadero|Pismo Beach|Delano|Tulare|Hanford|Porterville|Madera|Clovis|Los Banos|Oroville|Red Bluff|Crescent City|Fort Bragg|Mendocino|Willits|Santa Fe|Taos|Las Cruces|Flagstaff|
Cheyenne|Laramie|Casper|Billings|Missoula|Bozeman|Helena|Provo|Ogden|Moab|St. George|Carson City|Bend|Medford|Spokane Valley|Yakima|Bellingham|Olympia|Vancouver|Topeka|Lubbock|Abilene|Laredo|McAllen|Madison|
Green Bay|Duluth|Fargo|Sioux Falls|Rapid City|Cedar Rapids|Iowa City|Peoria|Rockford|Evansville|Fort Wayne|Ann Arbor|Grand Rapids|Lansing|Flint|Akron|Toledo|Youngstown|Erie|Scranton|Allentown|Harrisburg|
Albany|Utica|Ithaca|Yonkers|Brooklyn|Manhattan|Queens|Staten Island|the Bronx|Worcester|Cambridge|Lowell|New Haven|Stamford|Burlington|Bangor|Manchester|Nashua|Trenton|Camden|Wilmington|Annapolis|Norfolk|
Roanoke|Charleston|Asheville|Greenville|Augusta|Macon|Birmingham|Montgomery|Huntsville|Tuscaloosa|Tallahassee|Gainesville|Pensacola|Sarasota|Fort Lauderdale|West Palm Beach|Shreveport|Biloxi|Tijuana|
Mexico City|Guadalajara|Monterrey|Ciudad Juárez|Toronto|Montreal|London|Paris|Berlin|Madrid|Rome|Tokyo|Beijing|Shanghai|Seoul|Manila|Mumbai|Delhi|Lagos|Nairobi|Cairo|Baghdad|Kabul|Kyiv|Moscow
"""
# Of those, words and names as well: a town only where something around them says so.
TOWNS_TOO = _set(
    "austin aurora lincoln madison jackson charlotte savannah buffalo phoenix mesa eagle aspen golden parker craig delta brush superior fountain florence elizabeth bailey eureka trinidad "
    "weed bishop vista auburn davis avon rifle lamar dillon sterling monument frisco ontario concord providence independence orange reading mobile salem cortez yuma bend erie eugene "
    "manhattan paris london camden helena macon georgetown lyons burlington chandler henderson florence trenton dallas houston denver cleveland vernon augusta marina flint golden napa fremont columbus"
)

# What is written large and names nobody: states, countries, peoples, tongues, faiths, medicines, therapies, tests, everyday firms.
LARGE = _set("""
family bible program programs house office therapy group intensive outpatient inpatient residential emergency department unit icu nicu complex prolonged perinatal postpartum borderline bipolar narcissistic schizophreniform schizophrenia bulimia anorexia burnout caregiver essential systematic subthreshold anticipatory vicarious opioid methamphetamine cannabis cocaine heroin fentanyl major depressive recurrent severe mild moderate
hwa-byung susto ataque nervios medicare oklahoma

i ok tv us usa uk eu american americans african africans asian asians european europeans latino latina latinx hispanic chicano chicana mexican mexicans canadian british english irish scottish german
french spanish italian portuguese russian ukrainian polish chinese japanese korean vietnamese filipino filipina indian indians native indigenous navajo hopi lakota cherokee ute apache arab arabic jewish hebrew
muslim islamic islam christian christians christianity catholic catholics protestant lutheran baptist methodist mormon mormons lds evangelical episcopal buddhist buddhism hindu sikh quaker pagan
atheist god lord jesus christ allah buddha bible quran koran torah black white brown caucasian anglo somali ethiopian nigerian haitian cuban dominican puerto rican salvadoran guatemalan honduran colombian
venezuelan peruvian brazilian argentine syrian iraqi iranian persian afghan turkish israeli palestinian egyptian indonesian thai hmong lao cambodian mexico canada america africa asia europe australia
england ireland scotland germany france spain italy portugal russia ukraine poland china japan korea vietnam philippines india pakistan bangladesh iraq iran syria afghanistan turkey israel palestine egypt
ethiopia somalia nigeria ghana kenya haiti cuba jamaica salvador guatemala honduras nicaragua panama colombia venezuela peru brazil chile argentina bolivia ecuador greece sweden norway denmark
finland netherlands belgium austria switzerland
mom mother mommy mama dad father daddy papa grandma grandmother granny nana grandpa grandfather grandad aunt auntie uncle cousin sister brother son daughter husband wife spouse partner
mr mrs ms miss mx dr prof professor doctor judge officer detective sergeant captain lieutenant deputy coach pastor father rev reverend rabbi imam sister nurse principal attorney sir madam
zoloft prozac lexapro celexa paxil luvox effexor cymbalta pristiq wellbutrin remeron trazodone buspar ativan xanax klonopin valium ambien lunesta seroquel zyprexa risperdal abilify latuda vraylar
geodon clozaril haldol lamictal depakote tegretol trileptal topamax lithium gabapentin neurontin adderall ritalin concerta vyvanse strattera intuniv suboxone methadone naltrexone vivitrol antabuse
benadryl melatonin tylenol advil ibuprofen minipress prazosin propranolol hydroxyzine vistaril sertraline fluoxetine escitalopram citalopram bupropion narcan ozempic viagra auvelity spravato ketamine
beck hamilton burns columbia connors conners vanderbilt minnesota rorschach wechsler likert adverse childhood experiences inventory scale questionnaire socratic gestalt freudian jungian rogerian adlerian
bowen bowenian minuchin gottman satir ericksonian kleinian winnicott bowlby ainsworth freud jung rogers adler ellis linehan hayes yalom maslow erikson piaget
axis rule session sessions diagnosis assessment plan presenting problem history goals goal intervention interventions progress response risk safety mental status exam objective subjective
alcoholics narcotics anonymous al-anon alanon alateen step steps big book higher power smart recovery
zoom facebook instagram tiktok snapchat twitter youtube google netflix hulu amazon uber lyft doordash walmart target costco starbucks mcdonald's mcdonalds whatsapp discord reddit tinder bumble hinge spotify
apple iphone ipad android xbox playstation nintendo minecraft fortnite roblox microsoft word excel powerpoint venmo paypal medicaid medicare tricare
army navy marines marine corps air force coast guard national reserve reserves veteran veterans veteran's affairs congress senate supreme court superior district county state federal u.s united states
republican republicans democrat democrats democratic hipaa covid covid-19 coronavirus internet wi-fi wifi bluetooth
parkinson's parkinsons alzheimer's alzheimers asperger's aspergers tourette's tourettes crohn's hashimoto's huntington's lyme hodgkin's hodgkin's down stockholm munchausen
""")
ABBREVIATIONS = _set("""
aa aap abi aba ace aces acoa act ada add adhd adhd-i afib ak al am ap ar as asap asd ast asl aspd az bac bdi bdi-ii bid bipoc bls bmi bp bpd brb bsn ca caps cats cbd cbt cbt-i ccu cdc ceo cfo cft ciwa cna co
copd covid cpap cpr cps cpt cptsd crt csa csw ct cva da dbt dc dcf dcfs de dea dhs did diy dmv dmdd dnr do dob doa dot dpd dsm dsm-5 dsm-5-tr dss dsps dui dv dwi dx ect ed edi ehr ekg emdr emt eeg
ems er erp esl etoh eua exrp fafsa fap fbi fda ffp fl fmla fmri fnp frs ft fu fyi ga gad gad-7 gaf ged gerd gi gp gpa gps gsr hi hiv hmo hoa hpi hpv hr hrt hsp hsv ia ibs icd icd-10 icu id ide ied iep ifs il im
in ios iop ipt ipv iq irs iud iv ivf ks ky la lcsw lgbt lgbtq lgbtqia lmft lpc lpcc lsd ma mba mbct mbsr mco md mdd mdma me mh mi mmpi mmpi-2 mn mo moca mri ms mse mst mt mva n/a na nami nasa nc nd ne nicu nh nj
nm nos np npd nsaid nsaids nssi nv ny obgyn ob ocd ocpd od odd oh ok ot otc or osfed pa pai pcl pcl-5 pcp pcit pd pdd pet pe phd phi php phq phq-9 phq9 pm pmdd pms poa pos poc prn psr psyd pt pta pto ptsd puc pvt qa qid
r/o rbt rca rn rna ro rsvp rx saas sad sat sc scid scl sd sfbt si sib sle slp snap snri sop sos spmi ss ssi ssdi ssn ssri ssris std sti sud suds t tbi tf-cbt tfcbt thc tia tid tiktok tms tmj tn tpo tx ua uc ucla ui
uk usa us ut uti va vip vt wa wais wi wisc wnl wv wy ymca ywca y-bocs ybocs hx sx fx hi/si si/hi sw lsw mft msw bcba lac cac ssa wic tanf ebt fema ice daca uscis cia nra aarp aclu cac sane edna swat csec irb aud oud ssrs c-ssrs cssrs slums mmse moca gds gds-15 epds ymrs cbcl mbi fbt ipt ipt-g cams cams-lite eft rc1 rc2 rc3 rc4 rc6 rc7 rc8 rc9 lsat gre mcat sat pdss htq bdd bdd-ybocs panss csc epi pgt pg-13 pg-13-r isi lsas cows asrs des rbans proqol ncd mci zarit fte mft gal hrt rtc srs snf alf npo er/ed bct mgh-hps hcr-20 static-99 wasi ctq ies ies-r bprs fda phi mdq cdi scared masc rcads srs-2 ados aq raads barkley brief abas vineland wrat ncs trails moca-b cdr faq rei adl iadl adls iadls cna phn rd lpn pa pac dnp pmhnp lpcc-s lmsw licsw lisw lcpc ncc bs ba bsw msn mph jd esq ed.d edd ma ms tid bid qid qhs qd po im sl hs mg ml mcg tab tabs cap caps nka nkda vs vss bmp cbc tsh lft a1c hba1c qtc ekg eeg uds utox pdmp roi poa ada erisa ferpa
""")
# Months as a client's own tongue says them: Spanish, Portuguese, French, Italian, German.
MONTHS_ELSEWHERE = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|janvier|février|mars|avril|mai|juin|juillet|août"
    "|septembre|octobre|novembre|décembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|Januar|Februar|März|Juni|Juli|Oktober|Dezember"
)
COMMON_TAIL = re.compile(
    r"(?:ing|ed|ly|tion|sion|ness|ment|ity|ism|ist|ists|ance|ence|ful|less|able|ible|ize|ized|ative|ical|ally|ology|ships?|ings|tions|ments|ities|ous|ives?|ants?|ents?)$"
)
MEDICINE = re.compile(
    r"(?:ine|pam|lam|pril|olol|done|tril|zole|mide|statin|azine|apine|idone|azepam|triptan|phen|cillin|mycin|prazole|sartan|dipine|setron|oxin|gabalin|giline|xetine|pram|orphine|lithium|phenidate|afil)$"
)
TITLES = "Dr|TSgt|SSgt|MSgt|SrA|A1C|SGT|CPT|MAJ|LTC|COL|Maj|Gen|Adm|Ens|Cmdr|Mayor|Senator|Governor|Councilman|Councilwoman|Deacon|Elder|Bishop|Cardinal|Abbot|Sheikh|Guru|Swami|Don|Doña|Sra|Sr|Srta|Madame|Monsieur|Herr|Frau|Mother|Mama|Papa|Tita|Tito|Abuela|Abuelo|Yaya|Bà|Auntie|Teacher|Counselor|Dean|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Doctor|Judge|Officer|Detective|Det|Sergeant|Sgt|Captain|Capt|Lieutenant|Lt|Deputy|Sheriff|Coach|Pastor|Rev|Reverend|Rabbi|Imam|Nurse|Principal|Attorney|Father|Fr|Sister|Brother|Señor|Señora|Aunt|Auntie|Uncle|Tía|Tío|Tia|Tio|Grandma|Grandpa|Nana|Cousin|Hon|Magistrate|Agent|Trooper|Chief|Commander|Corporal|Cpl|Private|Pvt"
ROOM = "Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Court|Ct|Circle|Cir|Place|Pl|Terrace|Ter|Trail|Trl|Way|Parkway|Pkwy|Highway|Hwy|Alley|Loop|Square|Plaza|Pike|Turnpike|Row|Crescent|Bend|Ridge|Run|Path|Grove|Terr|Av|Cres|Cv|Cove|Hts|Trace|Trc|Xing|Crossing|Sq|Plz|Aly|Knoll|Landing|Lndg|Manor|Mnr|Mews|Commons|Glen|Fwy|Expy|Tpke|Byp|Bypass|Spur|Hollow|Walk|Wy|Bluff|Blf|Hill|Hl|Pky|Crk|Esplanade|Promenade|Wharf"
SCHOOLS = "Elementary School|Elementary|Middle School|Junior High School|Junior High|High School|High|Charter School|Montessori|Preschool|Academy|University|Community College|College|Institute of Technology|School of [A-Z]\\w+|School District|School|Prep"
HOSPITALS = "Medical Center|Regional Medical Center|Memorial Hospital|General Hospital|Regional Hospital|Hospital|Health Center|Clinic|Detox|Treatment Center|Recovery Center|Hospice|Nursing Home|Behavioral Health|Rehabilitation Center|Rehab|Counseling Center|Family Practice|Pediatrics|Dental|Pharmacy"
LANDMARKS = "Church|Temple|Mosque|Synagogue|Cathedral|Chapel|Parish Church|Library|Mall|Park|Ranch|Lake|River|Creek|Canyon|Mountain|Mountains|Peak|Pass|Reservoir|Beach|Bay|Island|Airport|Station|Plaza|Square|Stadium|Arena|Gym|YMCA|Café|Cafe|Diner|Brewery|Bakery|Grill|Tavern|Saloon|Bar|Lodge|Inn|Hotel|Motel|Resort|Casino|Campground|Cemetery|Apartments|Estates|Heights|Village|Trailer Park|Mobile Home Park|Community Center|Rec Center|Recreation Center|Shelter|House|Hall|Courthouse|Jail|Prison|Correctional Facility|Detention Center|Police Department|Sheriff[’']s Office|Sheriff[’']s Department|Fire Department|Precinct|Valley|Springs|Reservation|Bridge|Dam|Mine|Ski Area|Middle|Elementary|Farm|Farms|Orchard|Vineyards|Winery|Barracks|Base|Theater|Theatre|Museum|Zoo"
FIRMS = "Inc|Incorporated|LLC|LLP|PLLC|Ltd|Corp|Corporation|Company|Co|Industries|Enterprises|Holdings|Group|Partners|Associates|Bank|Credit Union|Freight|Logistics|Trucking|Construction|Plumbing|Electric|Roofing|Landscaping|Motors|Auto|Hardware|Foods|Foundation|Insurance|Realty|Properties|Solutions|Systems|Technologies|Tech|Labs|Laboratories|Energy|Mining|Oil|Airlines|Brewing|Manufacturing|Services|Supply|Media|Press|Times|Gazette|Herald|Daily News|Tribune|Post|Studios|Studio|Salon|Dental|Law|Law Firm|Consulting|Security|Staffing|Steel|Lumber|Dairy|Meats|Packing|Aerospace|Software|Pharmaceuticals|Health|Healthcare"
