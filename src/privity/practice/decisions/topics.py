"""What the danger page asks, and who might be told: the four big choices with their lines to tap.

Every tap states facts in the vocabulary's own names; who may be told is for the engine to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    """One thing to tap, and the facts it states."""

    key: str
    label: str
    facts: Mapping[str, object] = field(default_factory=dict)
    clause: str = ""  # what tapping it says, as a clause that names nobody: "the client told me"


@dataclass(frozen=True)
class Tap:
    """One line to tap an answer to."""

    key: str
    question: str
    hint: str
    options: tuple[Option, ...]
    judgment: bool = False


@dataclass(frozen=True)
class Telling:
    """Someone who might be told, and what may be said to them when telling is open."""

    key: str
    who: str
    purpose: str
    recipient: str
    say: tuple[str, ...]
    leave_out: tuple[str, ...]
    also: Mapping[str, object] = field(default_factory=dict)
    care: bool = False  # part of caring for the client: open before anything is tapped, so it never makes the answer "may"
    script: str = ""  # what to read aloud: no more than `say` allows
    lines: tuple[str, ...] = ()  # whose numbers, of those the practice keeps, reach them


@dataclass(frozen=True)
class Topic:
    """One of the big choices: what it asks, and who might be told."""

    key: str
    label: str
    facts: Mapping[str, object]
    taps: tuple[Tap, ...]
    tellings: tuple[Telling, ...]
    worry: str = ""  # the clause after "I am worried that"
    taken: tuple[str, ...] = ()  # what the page takes as so, in words


def yes_no(clauses: tuple[str, str, str], fact: str, *more: str) -> tuple[Option, ...]:
    """Return yes, no and don't know for a fact (and facts that go with it), each with its clause."""
    names = (fact, *more)
    return (
        Option("yes", "Yes", dict.fromkeys(names, True), clauses[0]),
        Option("no", "No", dict.fromkeys(names, False), clauses[1]),
        Option("unknown", "Don’t know", dict.fromkeys(names, "unknown"), clauses[2]),
    )


def chosen(fact: str, *options: tuple[str, str, str], unknown: str) -> tuple[Option, ...]:
    """Return options that each give a fact one of its choices, and don't know; each with its clause."""
    return (*(Option(key, said, {fact: key}, clause) for key, said, clause in options), Option("unknown", "Don’t know", {fact: "unknown"}, unknown))


THREAT = ("who made the threat", "what was said, and when", "who or what place is meant", "by what means", "how to find them")
PRIVATE = ("diagnosis and history", "what else was said in session", "your private notes", "anything about others’ care")
CARE = ("what was said about dying or harm", "the risk you see, and why", "what helps to keep the client safe now")
ABUSE = ("who may be hurt, and where", "what you saw or heard", "who may have done it", "your name and how to reach you")

TOLD_BY = Tap(
    "told_by",
    "Who told you?",
    "Said, written or shown to you. Not a hunch.",
    chosen(
        "threat.told_by",
        ("client", "The client", "the client told me"),
        ("family_of_client", "The client’s family", "the client’s family told me"),
        ("other_person", "Someone else", "someone else told me"),
        unknown="I do not know yet who said it first",
    ),
)
SERIOUS = Tap(
    "serious",
    "Do you judge it serious?",
    "Your judgment. You can write why later.",
    yes_no(("I judge it serious", "I do not judge it serious", "I cannot yet judge whether it is serious"), "threat.serious"),
    judgment=True,
)
IMMINENT = Tap(
    "imminent",
    "Do you judge it imminent?",
    "Tonight, or as soon as there is a chance. Your judgment.",
    yes_no(("I judge it imminent", "I do not judge it imminent", "I cannot yet judge whether it is imminent"), "threat.imminent"),
    judgment=True,
)
HELPS = Tap(
    "helps",
    "Would telling someone help prevent it?",
    "The police, the one in danger, a crisis team. Your judgment.",
    yes_no(
        (
            "I judge that telling someone would help prevent it",
            "I do not think that telling anyone would prevent it",
            "I do not know whether telling anyone would help",
        ),
        "disclosure.lessens_threat",
        "recipient.can_lessen_threat",
    ),
    judgment=True,
)

# Words to read aloud. What stands in brackets is filled in by the one who calls, from "May say" and from nothing else.
SAY_POLICE = (
    "I am a mental health professional, and I am calling about a threat of violence. [Who made the threat] said that [what was said, and when]. "
    "It is meant for [who or what place], with [what means]. You can find them at [where]. I can tell you what bears on the threat, and "
    "nothing else about the care."
)
SAY_THREATENED = (
    "My name is [your name]; I am a mental health professional. I have reason to think that you are in danger. [Who made the threat] said "
    "that [what was said, and when]. "
    "Get to a safe place and call 911. I can tell you what bears on the threat, and nothing else."
)
SAY_PLACE = (
    "My name is [your name]; I am a mental health professional. I am calling because of a threat against [the place]. [Who made the threat] "
    "said that [what was said, and when]. "
    "Call 911 and keep people safe. I can tell you what bears on the threat, and nothing else."
)
SAY_CARE = (
    "I am a mental health professional, and I am sending you someone, or asking you to come. This is what was said: [the words about dying or "
    "harm]. I see this risk: [the risk, and why]. "
    "What helps to keep them safe now is [what helps]."
)
SAY_FAMILY = (
    "I am calling because there is danger now. You can help: [what they can do]. Stay with them, lock away what could do harm, and call 911 or "
    "988 if it gets worse."
)
SAY_WELFARE = (
    "I am a mental health professional, and I ask for a welfare check on [who], at [where]. They said that [what was said about dying]. "
    "There is, or is not, a weapon: [which]. Send someone trained for a crisis if you can. I cannot tell you more about the care."
)
SAY_REPORT = (
    "I am a mental health professional, and I am making a report. [Who may be hurt] may be hurt, at [where]. I saw or heard that [what you saw or heard]. "
    "It may have been done by [who]. My name is [your name], and you reach me at [your number]."
)

COLLEAGUES = (
    Telling(
        "consultant",
        "A colleague, without anything that names the client",
        "consultation",
        "consultant",
        ("what was said, in general words", "what you judge, and what you are unsure of"),
        ("name, town, job, exact age", "anything that could point to the client"),
        {"information": ["deidentified"], "deidentified.identifiers_removed": True, "deidentified.recognizable": False},
        care=True,
        lines=("supervisor", "counsel"),
    ),
)
CRISIS = Telling(
    "hospital",
    "A crisis team or hospital",
    "emergency_hold",
    "treating_provider",
    CARE,
    ("what care does not need", "your private notes"),
    care=True,
    script=SAY_CARE,
    lines=("crisis", "hospital"),
)

HARM_OTHER = Topic(
    "other",
    "Harm to another person",
    {"protection.done": []},
    (
        TOLD_BY,
        Tap(
            "violence",
            "Is it physical violence?",
            "Hitting, shooting, fire. Not money or reputation.",
            (
                Option("yes", "Yes", {"threat.of": "physical_violence"}, "it is physical violence"),
                Option("no", "No", {"threat.of": "other"}, "it is not physical violence"),
                Option("unknown", "Don’t know", {"threat.of": "unknown"}, "I do not know whether it is physical violence"),
            ),
        ),
        Tap(
            "target",
            "Is a person or a place clear?",
            "A name, a school, a house, a shop.",
            chosen(
                "threat.against",
                ("named_person", "A person, by name", "it is meant for a person with a name"),
                ("identifiable_person", "A person one could find", "it is meant for a person one could find"),
                ("people_at_place_or_entity", "People at a place", "it is meant for people at a place"),
                ("school", "A school", "it is meant for a school"),
                ("unnamed_people", "Nobody clear", "nobody in particular is meant"),
                unknown="I do not know whom it is meant for",
            ),
        ),
        SERIOUS,
        IMMINENT,
        HELPS,
    ),
    (
        Telling("threatened", "The person who is threatened", "avert_threat", "threatened_person", THREAT[:4], PRIVATE, script=SAY_THREATENED),
        Telling("place", "Those responsible for the place", "avert_threat", "responsible_for_place", THREAT[:4], PRIVATE, script=SAY_PLACE),
        Telling("police", "The police", "avert_threat", "law_enforcement", THREAT, PRIVATE, script=SAY_POLICE, lines=("police",)),
        Telling("school", "The school", "avert_threat", "school", THREAT[:4], PRIVATE, script=SAY_PLACE),
        CRISIS,
        Telling(
            "family",
            "Family who can help keep everyone safe",
            "avert_threat",
            "family_or_friend",
            ("that there is danger now", "what they can do"),
            PRIVATE,
            script=SAY_FAMILY,
        ),
        *COLLEAGUES,
    ),
    "another person may be harmed",
    ("Nobody has been told yet, and nothing else has been done to protect them.",),
)

HARM_SELF = Topic(
    "self",
    "Harm to self",
    {"threat.of": "suicide", "threat.against": "self", "threat.by_client": True},
    (
        TOLD_BY,
        SERIOUS,
        IMMINENT,
        Tap(
            "specific",
            "Is there a plan or a means?",
            "A day, a place, pills, a weapon.",
            yes_no(("there is a plan or a means", "there is no plan and no means", "I do not know whether there is a plan or a means"), "threat.specific"),
        ),
        HELPS,
    ),
    (
        CRISIS,
        Telling(
            "police",
            "911 or the police, for a welfare check",
            "avert_threat",
            "law_enforcement",
            ("who and where the client is", "what was said about dying", "any weapon or means"),
            PRIVATE,
            script=SAY_WELFARE,
            lines=("police",),
        ),
        Telling(
            "family",
            "Family or a friend who can stay with the client",
            "avert_threat",
            "family_or_friend",
            ("that there is danger now", "what they can do, what to lock away"),
            PRIVATE,
            script=SAY_FAMILY,
        ),
        Telling(
            "parent",
            "A parent or guardian, when the client is under 18",
            "avert_threat",
            "parent",
            ("that there is danger now", "what they can do, what to lock away"),
            PRIVATE,
            {"client.adult": False},
            script=SAY_FAMILY,
        ),
        *COLLEAGUES,
    ),
    "the client may come to harm by their own hand",
)

HURT = Topic(
    "hurt",
    "A child or a vulnerable adult is being hurt",
    {"abuse.learned_professionally": True},
    (
        Tap(
            "victim",
            "Who is hurt, or may be?",
            "Today’s age counts.",
            (
                Option("child", "A child under 18", {"abuse.victim": "child", "abuse.victim_age": "unknown"}, "the one who may be hurt is a child"),
                Option("older", "Someone of 70 or more", {"abuse.victim": "elder", "abuse.victim_age": 70}, "the one who may be hurt is 70 or older"),
                Option("elder", "Someone of 65 to 69", {"abuse.victim": "elder", "abuse.victim_age": 65}, "the one who may be hurt is 65 to 69 years old"),
                Option(
                    "at_risk",
                    "A younger adult who depends on care",
                    {"abuse.victim": "dependent_or_at_risk_adult"},
                    "the one who may be hurt is a younger adult who depends on care",
                ),
                Option("adult", "Another adult", {"abuse.victim": "competent_adult"}, "the one who may be hurt is an adult who does not depend on care"),
                Option("unknown", "Don’t know", {"abuse.victim": "unknown"}, "I do not know who may be hurt"),
            ),
        ),
        Tap(
            "suspected",
            "Do you know it, or have reason to suspect it?",
            "You need not be sure, and need not investigate. Your judgment.",
            yes_no(
                ("I know it or have reason to suspect it", "I see no reason to suspect it", "I cannot say yet whether there is reason to suspect it"),
                "abuse.suspected",
            ),
            judgment=True,
        ),
        Tap(
            "kind",
            "What kind?",
            "The gravest that fits.",
            chosen(
                "abuse.kind",
                ("physical", "Hitting, injury", "it is about hitting or injury"),
                ("sexual", "Sexual", "it is about sexual abuse"),
                ("neglect", "Neglect by others", "it is about neglect by others"),
                ("exploitation", "Money or property", "it is about money or property"),
                ("self_neglect", "Self-neglect", "it is about self-neglect"),
                ("emotional", "Emotional", "it is about harm to the feelings or mind"),
                unknown="I do not know what kind of harm it is",
            ),
        ),
        Tap(
            "from",
            "How did you learn of it?",
            "",
            chosen(
                "abuse.learned_from",
                ("victim", "The person hurt told me", "the person hurt told me"),
                ("client_as_perpetrator", "My client did it", "my client tells of having done it"),
                ("client_as_witness", "My client saw it", "my client saw it"),
                ("other_person", "Someone else told me", "someone else told me"),
                ("observation", "I saw signs", "I saw signs of it"),
                unknown="I am not sure how it came to be known",
            ),
        ),
    ),
    (
        Telling(
            "child_protection",
            "Child protection (the county)",
            "report_child_abuse",
            "child_protection",
            ABUSE,
            PRIVATE[:3],
            script=SAY_REPORT,
            lines=("child_protection",),
        ),
        Telling(
            "adult_protection",
            "Adult protective services",
            "report_adult_abuse",
            "adult_protection",
            ABUSE,
            PRIVATE[:3],
            script=SAY_REPORT,
            lines=("adult_protection",),
        ),
        Telling("police", "The police", "", "law_enforcement", ABUSE, PRIVATE[:3], script=SAY_REPORT, lines=("police",)),
        Telling(
            "hospital",
            "A hospital, when there is an injury now",
            "emergency_treatment",
            "treating_provider",
            ("what care needs now",),
            ("what care does not need", "your private notes"),
            {"information": ["summary"]},
            care=True,
            script=(
                "I am a mental health professional, and I am calling about someone who needs care now. They have [what care needs to know]. I "
                "stay reachable at [your number]."
            ),
            lines=("hospital",),
        ),
        *COLLEAGUES,
    ),
    "a child, or an adult who depends on others, is being hurt",
)

# Public lines that reach the right office of a state, each looked up at the office's own site on the day beside it.
STATE_LINES: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("CO", "child_protection"): (
        "Colorado child abuse hotline (844-CO-4-KIDS)",
        "844-264-5437",
        "Day and night, for every county. co4kids.org, seen November 26, 2026.",
    ),
    ("CA", "adult_protection"): (
        "California adult protective services",
        "833-401-0832",
        "Day and night; key in the ZIP code and you reach the county. cdss.ca.gov, seen November 26, 2026.",
    ),
}
NO_STATE_LINE: Mapping[tuple[str, str], str] = {
    (
        "CA",
        "child_protection",
    ): (
        "California has no single number: each county has its own line, and the police or sheriff take the report as well. Keep your county’s "
        "number in the profile."
    ),
    (
        "CO",
        "adult_protection",
    ): "Colorado has no single number: each county has its own line, and the police take the report as well. Keep your county’s number in the profile.",
}

UNSURE = "unsure"
TOPICS = {topic.key: topic for topic in (HARM_OTHER, HARM_SELF, HURT)}
BIG = (*((topic.key, topic.label) for topic in TOPICS.values()), (UNSURE, "I am not sure"))
SORTING = (("other", "Somebody other than the client"), ("self", "The client"), ("hurt", "A child, or an adult who depends on others"))
