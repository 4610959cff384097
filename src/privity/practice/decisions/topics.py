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


@dataclass(frozen=True)
class Tap:
    """One line to tap an answer to. `brief` says the answer without naming anyone."""

    key: str
    question: str
    hint: str
    options: tuple[Option, ...]
    judgment: bool = False
    brief: str = ""


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


@dataclass(frozen=True)
class Topic:
    """One of the big choices: what it asks, and who might be told."""

    key: str
    label: str
    facts: Mapping[str, object]
    taps: tuple[Tap, ...]
    tellings: tuple[Telling, ...]


def yes_no(fact: str, *more: str) -> tuple[Option, ...]:
    """Return yes, no and don't know for a fact (and facts that go with it)."""
    names = (fact, *more)
    return (
        Option("yes", "Yes", dict.fromkeys(names, True)),
        Option("no", "No", dict.fromkeys(names, False)),
        Option("unknown", "Don’t know", dict.fromkeys(names, "unknown")),
    )


def chosen(fact: str, *options: tuple[str, str]) -> tuple[Option, ...]:
    """Return options that each give a fact one of its choices, and don't know."""
    return (*(Option(key, said, {fact: key}) for key, said in options), Option("unknown", "Don’t know", {fact: "unknown"}))


THREAT = ("who made the threat", "what was said, and when", "who or what place is meant", "by what means", "how to find him or her")
PRIVATE = ("diagnosis and history", "what else was said in session", "your private notes", "anything about others’ care")
CARE = ("what was said about dying or harm", "the risk you see, and why", "what helps to keep the client safe now")
ABUSE = ("who may be hurt, and where", "what you saw or heard", "who may have done it", "your name and how to reach you")

TOLD_BY = Tap(
    "told_by",
    "Who told you?",
    "Said, written or shown to you. Not a hunch.",
    chosen("threat.told_by", ("client", "The client"), ("family_of_client", "The client’s family"), ("other_person", "Someone else")),
    brief="I heard it from",
)
SERIOUS = Tap("serious", "Do you judge it serious?", "Your judgment. You can write why later.", yes_no("threat.serious"), judgment=True, brief="serious")
IMMINENT = Tap(
    "imminent",
    "Do you judge it imminent?",
    "Tonight, or as soon as there is a chance. Your judgment.",
    yes_no("threat.imminent"),
    judgment=True,
    brief="imminent",
)
HELPS = Tap(
    "helps",
    "Would telling someone help prevent it?",
    "The police, the one in danger, a crisis team. Your judgment.",
    yes_no("disclosure.lessens_threat", "recipient.can_lessen_threat"),
    judgment=True,
    brief="preventable by telling",
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
    ),
)

HARM_OTHER = Topic(
    "other",
    "Harm to another person",
    {},
    (
        TOLD_BY,
        Tap(
            "violence",
            "Is it physical violence?",
            "Hitting, shooting, fire. Not money or reputation.",
            (
                Option("yes", "Yes", {"threat.of": "physical_violence"}),
                Option("no", "No", {"threat.of": "other"}),
                Option("unknown", "Don’t know", {"threat.of": "unknown"}),
            ),
            brief="physical violence",
        ),
        Tap(
            "target",
            "Is a person or a place clear?",
            "A name, a school, a house, a shop.",
            (
                *chosen(
                    "threat.against",
                    ("named_person", "A person, by name"),
                    ("identifiable_person", "A person one could find"),
                    ("people_at_place_or_entity", "People at a place"),
                    ("school", "A school"),
                    ("unnamed_people", "Nobody clear"),
                ),
            ),
            brief="aimed at",
        ),
        SERIOUS,
        IMMINENT,
        HELPS,
    ),
    (
        Telling("threatened", "The person who is threatened", "avert_threat", "threatened_person", THREAT[:4], PRIVATE),
        Telling("place", "Those responsible for the place", "avert_threat", "responsible_for_place", THREAT[:4], PRIVATE),
        Telling("police", "The police", "avert_threat", "law_enforcement", THREAT, PRIVATE),
        Telling("school", "The school", "avert_threat", "school", THREAT[:4], PRIVATE),
        Telling(
            "hospital", "A crisis team or hospital", "emergency_hold", "treating_provider", CARE, ("what care does not need", "your private notes"), care=True
        ),
        Telling(
            "family", "Family who can help keep everyone safe", "avert_threat", "family_or_friend", ("that there is danger now", "what they can do"), PRIVATE
        ),
        *COLLEAGUES,
    ),
)

HARM_SELF = Topic(
    "self",
    "Harm to self",
    {"threat.of": "suicide", "threat.against": "self", "threat.by_client": True},
    (
        TOLD_BY,
        SERIOUS,
        IMMINENT,
        Tap("specific", "Is there a plan or a means?", "A day, a place, pills, a weapon.", yes_no("threat.specific"), brief="with a plan or means"),
        HELPS,
    ),
    (
        Telling(
            "hospital", "A crisis team or hospital", "emergency_hold", "treating_provider", CARE, ("what care does not need", "your private notes"), care=True
        ),
        Telling(
            "police",
            "911 or the police, for a welfare check",
            "avert_threat",
            "law_enforcement",
            ("who and where the client is", "what was said about dying", "any weapon or means"),
            PRIVATE,
        ),
        Telling(
            "family",
            "Family or a friend who can stay with the client",
            "avert_threat",
            "family_or_friend",
            ("that there is danger now", "what they can do, what to lock away"),
            PRIVATE,
        ),
        Telling(
            "parent",
            "A parent or guardian, when the client is under 18",
            "avert_threat",
            "parent",
            ("that there is danger now", "what they can do, what to lock away"),
            PRIVATE,
            {"client.adult": False},
        ),
        *COLLEAGUES,
    ),
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
                Option("child", "A child under 18", {"abuse.victim": "child", "abuse.victim_age": "unknown"}),
                Option("older", "Someone of 70 or more", {"abuse.victim": "elder", "abuse.victim_age": 70}),
                Option("elder", "Someone of 65 to 69", {"abuse.victim": "elder", "abuse.victim_age": 65}),
                Option("at_risk", "A younger adult who depends on care", {"abuse.victim": "dependent_or_at_risk_adult"}),
                Option("adult", "Another adult", {"abuse.victim": "competent_adult"}),
                Option("unknown", "Don’t know", {"abuse.victim": "unknown"}),
            ),
            brief="the one hurt is",
        ),
        Tap(
            "suspected",
            "Do you know it, or have reason to suspect it?",
            "You need not be sure, and need not investigate. Your judgment.",
            yes_no("abuse.suspected"),
            judgment=True,
            brief="suspected",
        ),
        Tap(
            "kind",
            "What kind?",
            "The gravest that fits.",
            chosen(
                "abuse.kind",
                ("physical", "Hitting, injury"),
                ("sexual", "Sexual"),
                ("neglect", "Neglect by others"),
                ("exploitation", "Money or property"),
                ("self_neglect", "Self-neglect"),
                ("emotional", "Emotional"),
            ),
            brief="of this kind:",
        ),
        Tap(
            "from",
            "How did you learn of it?",
            "",
            chosen(
                "abuse.learned_from",
                ("victim", "The person hurt told me"),
                ("client_as_perpetrator", "My client did it"),
                ("client_as_witness", "My client saw it"),
                ("other_person", "Someone else told me"),
                ("observation", "I saw signs"),
            ),
            brief="learned from",
        ),
    ),
    (
        Telling("child_protection", "Child protection (the county)", "report_child_abuse", "child_protection", ABUSE, PRIVATE[:3]),
        Telling("adult_protection", "Adult protective services", "report_adult_abuse", "adult_protection", ABUSE, PRIVATE[:3]),
        Telling("police", "The police", "", "law_enforcement", ABUSE, PRIVATE[:3]),
        Telling(
            "hospital",
            "A hospital, when there is an injury now",
            "emergency_treatment",
            "treating_provider",
            ("what care needs now",),
            ("what care does not need", "your private notes"),
            care=True,
        ),
        *COLLEAGUES,
    ),
)

UNSURE = "unsure"
TOPICS = {topic.key: topic for topic in (HARM_OTHER, HARM_SELF, HURT)}
BIG = (*((topic.key, topic.label) for topic in TOPICS.values()), (UNSURE, "I am not sure"))
SORTING = (("other", "Somebody other than the client"), ("self", "The client"), ("hurt", "A child, or an adult who depends on others"))
