"""The demo's cast: everybody here is invented, and so is every word about them. Numbers are of the range kept for stories (555-01xx)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from privity.practice.people.services import NewPerson


@dataclass(frozen=True)
class Member:
    """A member of the demo's staff, with what the way in asks of one. INVARIANT: none of it opens anything but a practice marked as demo."""

    who: str
    name: str
    roles: tuple[str, ...]
    sees: str
    user_name: str
    password: str
    secret: str  # of the app that shows the six digits, in base 32


DEMO: tuple[Member, ...] = (
    Member("dana", "Dana Reyes", ("clinician", "supervisor"), "Her own clients, and those of Tess, whom she supervises.",
           "heron-cedar-4821", "river stones in the morning", "JBSWY3DPEHPK3PXPDANAREYES2345672"),
    Member("omar", "Omar Haddad", ("clinician",), "His own clients, one shared view of Dana’s, and nothing of his cousin’s record.",
           "maple-ridge-3107", "seven lamps along the shore", "JBSWY3DPEHPK3PXPOMARHADDAD234567"),
    Member("tess", "Tess Okafor", ("trainee",), "Three clients of her own. What she writes, Dana reads.",
           "willow-cove-5530", "a ladder against the plum tree", "JBSWY3DPEHPK3PXPTESSOKAFOR234567"),
    Member("rita", "Rita Solano", ("front_desk",), "Names, safe ways to call, today’s visits. Never a note.",
           "finch-lake-6142", "blue envelopes on the counter", "JBSWY3DPEHPK3PXPRITASOLANO234567"),
    Member("bill", "Bill Nakamura", ("biller",), "Visits, codes and, one at a time, a diagnosis. Never a note.",
           "quartz-meadow-2218", "eleven receipts in a drawer", "JBSWY3DPEHPK3PXPBILLNAKAMURA2345"),
    Member("petra", "Petra Lindqvist", ("privacy_officer",), "Who opened what. No chart.",
           "sage-harbor-7094", "the clock above the old map", "JBSWY3DPEHPK3PXPPETRALINDQVIST23"),
    Member("carl", "Carl Weiss", ("custodian",), "Any chart that has to be handed over, and each look is on the trail.",
           "thyme-field-8356", "keys hung up by their colors", "JBSWY3DPEHPK3PXPCARLWEISS2345672"),
    Member("olga", "Olga Orr", ("owner",), "The practice and its staff. No client at all.",
           "linden-stone-1975", "four chairs by the window", "JBSWY3DPEHPK3PXPOLGAORR234567234"),
)  # fmt: skip

PROFILE: Mapping[str, object] = {
    "states": ["CO"], "profession": "psychologist", "hipaa_covered": True, "part2_program": False, "setting": "group_practice",
    "phones": {"police": "970 555 0110", "crisis": "970 555 0111", "hospital": "970 555 0112", "child_protection": "970 555 0113"},
}  # fmt: skip

LETTERHEAD = ("Invented Grove Psychology", "12 Invented Lane\nFort Nowhere, CO 80000", "Petra Lindqvist, privacy officer", "970 555 0114")


@dataclass(frozen=True)
class Sheet:
    """A record of the demo: its people, who cares for them, and what was written: days ago, how it was held, minutes, and texts by class."""

    key: str
    people: tuple[NewPerson, ...]
    team: tuple[str, ...]
    sessions: tuple[tuple[int, str, int, Mapping[str, str]], ...] = ()
    kind: str = "individual"
    title: str = ""
    quiet: tuple[str, ...] = ()
    unit: bool = False


def _reach(last: int, *, voicemail: bool = True) -> tuple[Mapping[str, object], ...]:
    """Most may be called, written to and left a message; whoever wants no message on the machine wants no text and no letter either."""
    phone = {"how": "phone", "to": f"970 555 {last:04}", "voicemail": voicemail, "text": voicemail}
    return (phone, {"how": "mail", "to": f"{last} Invented Lane, Fort Nowhere, CO 80000", "mail": True}) if voicemail else (phone,)


def _client(name: str, born: str, last: int, *, voicemail: bool = True, chosen: str = "", pronouns: str = "", part: str = "client") -> NewPerson:
    return NewPerson(name, part, chosen, pronouns, date.fromisoformat(born), _reach(last, voicemail=voicemail))


def _other(name: str, part: str, last: int, *may_see: str) -> NewPerson:
    return NewPerson(name, part, contacts=_reach(last), may_see=may_see)


def _note(text: str, diagnosis: str = "", plan: str = "") -> Mapping[str, str]:
    return {"progress_notes": text, "diagnosis": diagnosis, "treatment_plan": plan}


SHEETS: tuple[Sheet, ...] = (
    # Minors, with parents and guardians.
    Sheet("cleo", (_client("Cleo Marsh", "2012-03-04", 142, voicemail=False), _other("Max Marsh", "parent", 143, "billing"),
                   _other("Ines Marsh", "parent", 144, "billing", "attendance", "treatment_plan")), ("dana",),
          ((56, "office", 50, _note("First visit. Cleo talks fast about school and slowly about home. Sleeps five hours. No thoughts of harm.", "F41.1",
                                    "Weekly visits for twelve weeks. Sleep diary. One visit with a parent at week six.")),
           (21, "office", 50, _note("Slept seven hours on four nights. Told a friend about the panic in the hallway. Practiced breathing with a count.")),
           (7, "video", 50, _note("Her parents argue about the summer. She wants to say herself where she stays. We wrote down three sentences.")))),
    Sheet("noor", (_client("Noor Haidari", "2015-09-19", 145), _other("Farid Haidari", "guardian", 146, "billing", "attendance")), ("dana",),
          ((40, "office", 45, _note("Plays house and hides the smallest figure. Her uncle says nightmares are fewer.", "F43.10", "Play, every week.")),
           (12, "office", 45, _note("Drew the house with a door that opens. First time she asked when she comes again.")))),
    Sheet("jay", (_client("Jasmine Whitlow", "2010-06-02", 147, voicemail=False, chosen="Jay", pronouns="they/them"), _other("Carol Whitlow", "parent", 148)),
          ("omar",),
          ((33, "video", 50, _note("Jay uses this name here and with two friends. Not at home yet. Safe at home, only tired of being careful.", "F64.0",
                                   "Every two weeks. Nothing by mail. No message on the machine.")),), quiet=("gender_affirming_care",)),
    Sheet("theo", (_client("Theo Brandt", "2013-12-11", 149), _other("Anna Brandt", "parent", 150, "billing", "attendance", "summary")), ("tess",),
          ((18, "office", 45, _note("Threw the cards at once when he lost. Then set them out again by himself.", "F90.2", "Weekly. Talk with the teacher.")),)),
    # Adults.
    Sheet("iris", (_client("Iris Calloway", "1984-01-23", 151, pronouns="she/her"),), ("dana",),
          ((70, "office", 50, _note("Came after a panic attack in the car. Work is heavy since March.", "F41.0", "Weekly. Exposure, slowly, with the car.")),
           (28, "office", 50, _note("Drove to work twice. Stopped once on the shoulder and went on after ten minutes.")),
           (5, "office", 50, _note("Drove every day. Afraid of Friday, when her manager is back.")))),
    Sheet("henry", (_client("Henry Oduya", "1957-07-30", 152),), ("dana",),
          ((26, "phone", 30, _note("His wife died in August. Eats soup and toast. His son calls on Sundays.", "F43.21", "Every week by telephone.")),)),
    Sheet("mara", (_client("Mara Lindholm", "1991-11-08", 153, voicemail=False),), ("dana",),
          ((44, "video", 50, _note("Do not call the house number: her husband listens to the machine. Her own telephone only, before noon.", "F43.10",
                                   "Safety plan written and kept by her sister.")),
           (9, "video", 50, _note("Has a bag at her sister’s. Asked what I would have to tell a court. We read the answer together."))),
          quiet=("abuse_facts",)),
    Sheet("paul", (_client("Paul Ferreira", "1979-04-17", 154),), ("dana",),
          ((15, "office", 50, _note("Drinks on four evenings instead of seven. Ashamed of the other four.", "F10.10", "Weekly. A diary, without numbers.")),)),
    Sheet("ruth", (_client("Ruth Abrams", "1948-02-28", 155),), ("omar",),
          ((60, "office", 50, _note("Forgets the stove. Her daughter asks how she is; Ruth says not yet.", "F06.8", "Test of memory in January.")),)),
    Sheet("leon", (_client("Leon Petrov", "1995-05-05", 156),), ("omar",),
          ((24, "office", 50, _note("Waits for his hearing. Afraid each time a car stops in front of the house.", "F43.22", "Every two weeks.")),),
          quiet=("immigration_status",)),
    Sheet("sunny", (_client("Sunita Rao", "1988-08-14", 157, chosen="Sunny", pronouns="she/her"),), ("omar",),
          ((30, "video", 50, _note("Third month at the new work. Fewer lists. Slept on Sunday without the pill.", "F42.2", "Weekly until spring.")),
           (2, "video", 50, _note("Left the house without going back to look at the lock.")))),
    Sheet("victor", (_client("Victor Salas", "1968-10-21", 158),), ("omar",),
          ((13, "office", 50, _note("Takes his medicine. Has told nobody at work, and will not.", "F32.1", "Every week.")),), quiet=("hiv",)),
    Sheet("grace", (_client("Grace Kimani", "2001-03-15", 159),), ("tess",),
          ((20, "office", 50, _note("Second term. Cries in the library and goes on reading.", "F32.0", "Weekly. Walk before the first lecture.")),
           (6, "office", 50, _note("Went to the study group. Said one sentence, and nobody laughed.")))),
    Sheet("ben", (_client("Benjamin Tate", "1990-12-01", 160, chosen="Ben"),), ("tess",),
          ((11, "office", 50, _note("Back from the deployment for a year. Sits with his back to the wall.", "F43.10", "Weekly. Dana reads the notes.")),)),
    Sheet("elena", (_client("Elena Voss", "1976-09-09", 161),), ("dana", "omar"),
          ((35, "office", 50, _note("Two of us see her in turns while Dana is away in December.", "F33.1", "Weekly.")),)),
    Sheet("amir", (_client("Amir Haddad", "1993-06-25", 162),), ("dana",),
          ((16, "office", 50, _note("Asked that his cousin Omar, who works here, never sees that he comes.", "F41.1", "Weekly.")),)),
    Sheet("joan", (_client("Joan Mercer", "1972-04-04", 163),), ("dana",),
          ((90, "office", 50, _note("First of ten visits paid by her employer’s plan. Angry about that, and came.", "F43.23", "Ten visits.")),
           (14, "office", 50, _note("Eighth visit. Said goodbye to the idea of going back to the old desk.")))),
    Sheet("derek", (_client("Derek Hollis", "1965-01-30", 164),), ("omar",),
          ((8, "phone", 50, _note("Shouts about his landlord, and hears himself shout. No plan, no weapon, no name but the landlord’s.", "F60.3",
                                  "Weekly. Call the crisis line before the landlord.")),)),
    # Couples, a family, a group.
    Sheet("okoros", (_client("Chidi Okoro", "1986-02-11", 165, part="partner"), _client("Amaka Okoro", "1987-05-29", 166, part="partner")), ("dana",),
          ((27, "office", 75, _note("Both came. Agreed on the rule about secrets: what one tells alone may be said to both.", "", "Ten visits together.")),
           (4, "office", 75, _note("He listened to the end. She noticed, and said so."))), kind="couple", title="Chidi and Amaka Okoro"),
    Sheet("bell", (_client("Susan Bell", "1980-07-07", 167, part="partner"), _client("Laura Castellano", "1982-10-16", 168, part="partner")), ("omar",),
          ((19, "video", 75, _note("The question is the move. Neither wants to be the one who decides.", "", "Every two weeks.")),),
          kind="couple", title="Susan Bell and Laura Castellano"),
    Sheet("quinn", (_client("Mark Quinn", "1970-03-03", 169, part="partner"), _client("Helen Quinn", "1971-12-24", 170, part="partner")), ("omar",), (),
          kind="couple", title="Mark and Helen Quinn"),
    Sheet("sandovals", (_client("Luis Sandoval", "1978-05-18", 171, part="family_member"), _client("Rosa Sandoval", "1979-08-27", 172, part="family_member"),
                        _client("Diego Sandoval", "2009-04-12", 173, part="family_member")), ("dana",),
          ((22, "office", 75, _note("Diego sat between them and gave each the word by turns. Nobody left the room.", "", "Monthly.")),),
          kind="family", title="The Sandovals"),
    Sheet("thursday", (_client("Alma Jensen", "1985-01-01", 174, part="group_member"), _client("Tom Reilly", "1974-06-06", 175, part="group_member"),
                       _client("Keiko Mori", "1996-09-13", 176, part="group_member"), _client("Walt Dubois", "1959-11-20", 177, part="group_member")),
          ("omar", "tess"),
          ((10, "office", 90, _note("Four came. The silence at the beginning was shorter. The rule about names was said again.", "", "Eight evenings.")),),
          kind="group", title="Thursday evening group"),
    # On the unit: only who is assigned to the case opens these.
    Sheet("nadia", (_client("Nadia Kovacs", "1994-02-19", 178),), ("omar",),
          ((3, "unit", 30, _note("Second day. Ate, slept four hours, asked for her glasses. Watched every fifteen minutes.", "F31.2", "Rounds at eight.")),),
          unit=True),
    Sheet("george", (_client("George Pappas", "1962-08-08", 179),), ("dana",),
          ((1, "unit", 30, _note("Came in last night by his own wish. Calm at breakfast.", "F33.2", "Rounds at eight.")),), unit=True),
)  # fmt: skip

# Today's list: hour, minute, minutes planned, whose record, with whom, how.
TODAY: tuple[tuple[int, int, int, str, str, str], ...] = (
    (8, 0, 30, "george", "dana", "unit"), (8, 30, 30, "nadia", "omar", "unit"), (9, 0, 50, "iris", "dana", "office"), (9, 0, 50, "ruth", "omar", "office"),
    (10, 0, 50, "grace", "tess", "office"), (10, 0, 50, "mara", "dana", "video"), (11, 0, 75, "okoros", "dana", "office"),
    (11, 0, 50, "sunny", "omar", "video"),
    (13, 0, 30, "henry", "dana", "phone"), (14, 0, 45, "theo", "tess", "office"), (15, 30, 50, "cleo", "dana", "office"), (16, 0, 50, "jay", "omar", "video"),
    (18, 0, 90, "thursday", "omar", "office"),
)  # fmt: skip
SHARED_FOR_DAYS = 30  # Dana's client Joan, for Omar to read, one way
