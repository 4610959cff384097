"""The two tables every page and document repeats: who can read what, and what is lost with what. tests/keep/test_sealed_words.py compares the documents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lost:
    """What was lost, what still opens, and what never opens again."""

    what: str
    opens: str
    never: str


@dataclass(frozen=True)
class Reader:
    """Somebody, and what they can read of the record and of sealed notes."""

    who: str
    record: str
    sealed: str


LOST = (
    Lost("Your passkey", "Everything, with your recovery code. Then add a new passkey.", "Nothing."),
    Lost("Your recovery code", "Everything, with your passkey. Then print a new code and take the old one back.", "Nothing."),
    Lost("This computer, or everything the browser kept", "Everything, from any computer, with your passkey or code.", "Nothing."),
    Lost(
        "Your passkey and every recovery code",
        "Nothing for you. After your recorded death or incapacity, what two custodians you named can open together.",
        "Your sealed notes, for you. We cannot help: nobody here has a key.",
    ),
    Lost("Both, and you named no custodians", "Nothing.", "Your sealed notes, for anybody, forever."),
    Lost("One of your two custodians", "Everything, for you. Name another pair.", "Nothing, while you can still open them yourself."),
    Lost("The practice’s root key and its recovery sheet", "Nothing.", "The whole practice, sealed notes as well: they lie under the record’s key too."),
)

READERS = (
    Reader("A thief of the disk or a backup", "Nothing, without the root key, which lies elsewhere. They see how many rows there are, and when.", "Nothing."),
    Reader("Somebody with the database in hand", "Nothing. They see ids, times and sizes.", "Nothing. They see who wrote one about which record id, and when."),
    Reader(
        "Somebody who controls the server while it runs",
        "Everything, while the practice is unlocked.",
        "Nothing of what lies there. If they change the pages, what an author opens or types from then on. Comparing the pages from elsewhere shows it.",
    ),
    Reader("Whoever rents out the machine", "As above, if they can read its memory. Nothing, from its disks alone.", "As above."),
    Reader(
        "The owner and the privacy officer",
        "What their role opens. Each opening stands in the log.",
        "Nothing. The log tells the privacy officer that there is one.",
    ),
    Reader("The front desk and the biller", "Names, times and codes. Never a note.", "Nothing. They cannot see that there is one."),
    Reader("A colleague, on the care team or not", "The charts of the clients they care for.", "Nothing. They cannot see that there is one."),
    Reader("The author", "The charts of the clients they care for.", "Their own, with a passkey or a recovery code."),
    Reader(
        "Two custodians the author named",
        "What their role opens.",
        "The author’s, both together, after a recorded death or incapacity and 72 hours of notice. Each step stands in the log. One alone: nothing.",
    ),
    Reader("The client", "Their record, when they ask for it.", "Not by right: federal law leaves psychotherapy notes out (45 CFR 164.524(a)(1)(i))."),
    Reader(
        "A judge",
        "What the practice can open.",
        "What the author or both custodians can open. The practice has no key to give, and neither has the maker of this program.",
    ),
    Reader("The maker of this program", "Nothing.", "Nothing."),
)

NEVER = (
    "A sealed note is safe while it lies there, and safe from a server that does what its program says. "
    "It is not safe from somebody who puts other pages in the place of ours: they could read what you type from then on. "
    "This can be found out, not made impossible: privity verify-pages compares the pages, from another computer, with those of the release."
)
