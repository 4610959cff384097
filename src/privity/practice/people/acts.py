"""What each act of the log is called on a page: a sentence after a name, such as "Dana Reyes *opened the chart*"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

# `{account}` stands for a colleague's name, `{count}` for a number. An act without a row here shows its own word; a test finds it.
ACTS: Mapping[str, str] = {
    "absence.lift": "said that they are here",
    "absence.record": "recorded a death or incapacity of {account}",
    "account.add": "added {account} to the staff",
    "account.end": "ended the account of {account}",
    "chart.read": "opened the chart",
    "client.import": "brought the client in from a file",
    "client.open": "opened the client’s page",
    "clients.list": "looked at the list of clients",
    "custody.ask": "asked to open a colleague’s sealed notes as a custodian",
    "custody.first": "opened the first custodian’s layer",
    "custody.list": "listed a colleague’s sealed notes as a custodian",
    "custody.name": "named custodians",
    "custody.outer": "fetched the first custodian’s layer",
    "custody.read": "opened a colleague’s sealed note as a custodian",
    "custody.second": "opened the second custodian’s layer",
    "custody.stop": "stopped the custodians",
    "draft.keep": "kept a draft",
    "draft.read": "opened a draft",
    "entry.sign": "signed an entry",
    "glass.break": "broke the glass",
    "glass.list": "looked at the broken glasses",
    "glass.review": "reviewed a broken glass",
    "import.done": "finished bringing clients in from a file",
    "import.drop": "dropped a file of clients",
    "import.try": "tried a file of clients out",
    "import.upload": "uploaded a file of clients",
    "keys.add": "added a way in to their keys",
    "keys.begin": "made their keys for sealed notes",
    "keys.compare": "compared the keys of {account}",
    "keys.drop": "took a way in to their keys back",
    "keys.fetch": "fetched the ways in to their keys",
    "log.export": "wrote the log out to be checked elsewhere",
    "log.sign": "signed the log",
    "record.add": "opened a record",
    "sealed.draft": "kept a sealed draft",
    "sealed.hand": "handed a sealed note’s text to the record",
    "sealed.list": "looked at their list of sealed notes",
    "sealed.open": "went to the keys’ page",
    "sealed.read": "fetched a sealed note of their own",
    "sealed.write": "kept a sealed note",
    "tie.barred": "barred {account} from the record",
    "tie.case": "assigned {account} to the case",
    "tie.end": "ended what tied {account} to the record",
    "tie.glass": "opened the record to {account} by broken glass",
    "tie.shared": "shared the record with {account}",
    "tie.team": "put {account} on the care team",
    "trail.export": "took a list of the trail along",
    "trail.read": "looked at the trail",
}
SOMEBODY = "a colleague"


def in_words(act: str, facts: Mapping[str, str | int] | None = None, names: Mapping[UUID, str] | None = None) -> str:
    """Return an act as a sentence after a name; colleagues are named where their names are given."""
    told = str((facts or {}).get("account", ""))
    try:
        account = (names or {}).get(UUID(told), SOMEBODY)
    except ValueError:
        account = SOMEBODY
    return ACTS.get(act, act.replace(".", " ").replace("_", " ")).format(account=account, count=(facts or {}).get("count", ""))


def ordered(acts: Iterable[str]) -> list[str]:
    """Return acts in the order of their words."""
    return sorted(acts, key=lambda act: (in_words(act), act))
