"""One letter of each kind, in each language and shape that reads differently. All people and numbers are invented."""

from __future__ import annotations

from typing import Any

SENDER = {
    "name": "Alder & Finch Counseling",
    "neutral_name": "A&F Office",
    "kind": "Psychotherapy",
    "lines": ["12 Linden Row", "Fort Collins, CO 80521"],
    "phone": "970-555-0100",
    "fax": "970-555-0199",
}
CLEO = {"name": "Cleo Marsh", "lines": ["4 Quarry Street", "Fort Collins, CO 80524"]}
PLAN = {"name": "Claims review", "organization": "Front Range Health Plan", "lines": ["PO Box 411", "Denver, CO 80201"], "fax": "970-555-0118"}
SIGNED = {"name": "Dana Reyes, LPC", "role": "Licensed Professional Counselor"}
OFFICER = {"name": "Petra Lind", "title": "privacy officer", "phone": "970-555-0100", "lines": ["12 Linden Row, Fort Collins, CO 80521"]}
EVERY: dict[str, Any] = {"date": "2026-11-20", "sender": SENDER, "to": CLEO, "signed": SIGNED, "ref": "R-2026-014", "contact": OFFICER}

GRANTED = {
    **EVERY,
    "asked": "2026-11-02",
    "what": ["Your visit notes from January 2025 until today", "Your plan and your bills"],
    "how": "A file on paper, by mail.",
}
DENIED = {
    **EVERY,
    "asked": "2026-11-02",
    "rest": "All else that you asked for is with this letter.",
    "kept": [
        {"what": "Two pages of November 4, 2025", "basis": "harm_to_other"},
        {"what": "A letter of May 2, 2025", "basis": "promised_source"},
        {"what": "Working notes", "basis": "psychotherapy_notes"},
    ],
}
LONGER = {**EVERY, "asked": "2026-11-02", "until": "2027-01-01", "why": "Part of your record is on paper in a store. It will take us two weeks to get it."}
FIXED = {
    **EVERY,
    "asked": "2026-10-12",
    "what": ["Your date of birth", "The name of your doctor in the note of March 3, 2026"],
    "told": ["Dr. Lee's office", "Front Range Health Plan"],
}
KEPT = {
    **EVERY,
    "asked": "2026-10-12",
    "what": "In the note of March 3: “came late”. You say that you came on time.",
    "basis": "accurate",
    "longest": "2 pages",
}
PRIVATE = {**EVERY, "asked": "2026-11-02", "what": "The visits of November 4 and 11", "whom": "Front Range Health Plan"}
REACH = {
    **EVERY,
    "asked": "2026-11-02",
    "answer": "agreed",
    "from": "2026-11-21",
    "ways": ["Call 970-555-0142, after 5 pm"],
    "never": ["Mail to your home", "Voice messages"],
}
LIST = {**EVERY, "asked": "2026-11-02", "from": "2020-11-20", "until": "2026-11-20", "count": 2}
ROWS = [
    {
        "date": "2025-03-04",
        "to": "Larimer County Human Services",
        "address": ["2555 Midpoint Drive", "Fort Collins, CO 80525"],
        "what": "A report about a child",
        "why": "The law asked for it: C.R.S. 19-3-304",
    },
    {
        "date": "2026-01-05",
        "to": "State licensing board",
        "what": "The visit notes of one year",
        "why": "A check of how we work",
        "times": 4,
        "last": "2026-04-06",
    },
]
PACKET = {
    "date": "2026-11-20",
    "sender": SENDER,
    "to": PLAN,
    "signed": SIGNED,
    "number": "P-2026-093",
    "decision": "2026-0416",
    "client": {"name": "M. Ellison", "born": "1988-04-12", "reference": "member ending 4471"},
    "purpose": "To pay two visits, November 4 and 11, 2026",
    "attached_pages": 2,
    "enclosed": [
        {"what": "Dates, codes, minutes, place", "how_much": "2 visits of 14", "pages": 1},
        {"what": "Progress notes of these visits", "how_much": "2 notes, words held back", "pages": 1},
        {"what": "Letter of Dr. Lee", "how_much": "Pages 1 and 2", "pages": 2},
    ],
    "notes": [
        {
            "date": "2026-11-04",
            "class": "progress_notes",
            "author": "Dana Reyes, LPC",
            "text": "Sleep better, four nights of seven.\n\nPlan: keep the log. Code 90834, 50 minutes.",
        },
        {
            "date": "2026-11-11",
            "class": "progress_notes",
            "author": "Dana Reyes, LPC",
            "text": [
                "Panic twice this week, both on the highway.",
                {"held": True},
                "Reviewed breathing plan.\n\n",
                {"held": True},
                "shift starts at 5 am. Homework done. Code 90834, 50 minutes.",
            ],
        },
    ],
    "held_back": [{"what": "Sealed notes", "why": "they need a form of their own"}, {"what": "12 other visits", "why": "more than the plan needs"}],
}
RETURN = {
    **EVERY,
    "to": {"name": "Jo Park", "organization": "Park & Dale, Attorneys", "lines": ["900 Pine Street", "Denver, CO 80203"]},
    "received": "2026-11-18",
    "form_enclosed": True,
    "missing": [
        {"element": "expiry", "cite": "45 CFR 164.508(c)(1)(v)"},
        {"element": "right_to_revoke", "cite": "45 CFR 164.508(c)(2)(i)"},
        {"element": "compound", "words": "Psychotherapy notes need a paper of their own, with nothing else on it.", "cite": "45 CFR 164.508(b)(3)(ii)"},
    ],
}
PART2 = {
    "date": "2026-11-20",
    "sender": SENDER,
    "to": PLAN,
    "number": "P-2026-094",
    "consent_scope": "Dates of visits and medicines, to Front Range Health Plan, for payment, until June 1, 2027.",
}

LETTERS: dict[str, tuple[str, dict[str, Any]]] = {
    "access_review": ("access_review", {**EVERY, "asked": "2026-11-02", "found": "keep", "why": "I read it and agree.", "reviewer": "Omar Test"}),
    "access_review_give_es": (
        "access_review",
        {**EVERY, "lang": "es", "asked": "2026-11-02", "found": "give", "why": "No veo peligro.", "reviewer": "Omar Test", "how": "En papel."},
    ),
    "amendment_rebuttal": ("amendment_rebuttal", {**EVERY, "asked": "2026-11-02", "words": "We noted what was said that day."}),
    "amendment_rebuttal_es": ("amendment_rebuttal", {**EVERY, "lang": "es", "asked": "2026-11-02", "words": "Anotamos lo que se dijo ese día."}),
    "packet": ("packet", {**PACKET, "notices": ["part2_short"], "consent_enclosed": True}),
    "packet_es": ("packet", {**PACKET, "lang": "es", "tell_held_back": True, "to": CLEO}),
    "fax_cover": ("fax_cover", {**EVERY, "to": PLAN, "pages": 5, "number": "P-2026-093"}),
    "fax_cover_es": ("fax_cover", {**EVERY, "to": PLAN, "pages": 5, "number": "P-2026-093", "lang": "es"}),
    "part2_notice_long": ("part2_notice", PART2),
    "part2_notice_short": ("part2_notice", {**PART2, "form": "short"}),
    "part2_notice_es": ("part2_notice", {**PART2, "lang": "es"}),
    "accounting": ("accounting", {**LIST, "client": {"name": "Cleo Marsh", "born": "1999-02-03"}, "rows": ROWS}),
    "accounting_es": ("accounting", {**LIST, "client": {"name": "Cleo Marsh", "born": "1999-02-03"}, "rows": ROWS, "lang": "es"}),
    "accounting_empty": ("accounting", {**LIST, "client": {"name": "Cleo Marsh"}}),
    "authorization_return": ("authorization_return", RETURN),
    "authorization_return_es": ("authorization_return", {**RETURN, "lang": "es"}),
    "access_granted": ("access_granted", {**GRANTED, "fee": "$6.50", "private_notes": True}),
    "access_granted_free_neutral": ("access_granted", {**GRANTED, "neutral": True}),
    "access_granted_es": ("access_granted", {**GRANTED, "lang": "es", "private_notes": True, "fee": "$6.50"}),
    "access_denied": ("access_denied", DENIED),
    "access_denied_whole": ("access_denied", {**DENIED, "rest": None, "kept": [{"what": "Working notes", "basis": "psychotherapy_notes"}]}),
    "access_denied_es": ("access_denied", {**DENIED, "lang": "es"}),
    "access_extension": ("access_extension", LONGER),
    "access_extension_es": ("access_extension", {**LONGER, "lang": "es"}),
    "amendment_accepted": ("amendment_accepted", FIXED),
    "amendment_accepted_part_es": ("amendment_accepted", {**FIXED, "lang": "es", "in_part": "La hora de la visita del 3 de marzo."}),
    "amendment_denied": ("amendment_denied", KEPT),
    "amendment_denied_es": ("amendment_denied", {**KEPT, "lang": "es"}),
    "amendment_extension": ("amendment_extension", LONGER),
    "amendment_extension_es": ("amendment_extension", {**LONGER, "lang": "es"}),
    "accounting_extension": ("accounting_extension", LONGER),
    "accounting_extension_es": ("accounting_extension", {**LONGER, "lang": "es"}),
    "restriction_must": ("restriction_answer", {**PRIVATE, "answer": "must"}),
    "restriction_must_es": ("restriction_answer", {**PRIVATE, "answer": "must", "lang": "es"}),
    "restriction_agreed": ("restriction_answer", {**PRIVATE, "answer": "agreed"}),
    "restriction_agreed_es": ("restriction_answer", {**PRIVATE, "answer": "agreed", "lang": "es"}),
    "restriction_declined": ("restriction_answer", {**PRIVATE, "answer": "declined", "why": "Your plan pays for these visits and must know of them."}),
    "restriction_declined_es": (
        "restriction_answer",
        {**PRIVATE, "answer": "declined", "lang": "es", "why": "Su plan paga estas visitas y debe saber de ellas."},
    ),
    "channel_agreed": ("channel_answer", REACH),
    "channel_agreed_es": ("channel_answer", {**REACH, "lang": "es"}),
    "channel_need_more": ("channel_answer", {**REACH, "answer": "need_more", "need": ["Where we should send the bill"]}),
    "channel_need_more_es": ("channel_answer", {**REACH, "answer": "need_more", "lang": "es", "need": ["Adónde enviar la cuenta"]}),
    "channel_declined": ("channel_answer", {**REACH, "answer": "declined", "why": "We have no night line.", "instead": "We can call you before 8 pm."}),
    "channel_declined_es": (
        "channel_answer",
        {**REACH, "answer": "declined", "lang": "es", "why": "No tenemos línea de noche.", "instead": "Podemos llamarle antes de las 8 pm."},
    ),
    "accounting_cover": ("accounting_cover", LIST),
    "accounting_cover_fee": ("accounting_cover", {**LIST, "count": 1, "fee": "$5.00", "with_care": True}),
    "accounting_cover_es": ("accounting_cover", {**LIST, "lang": "es"}),
}
