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
    "account.import": "brought {account} in as a former colleague",
    "account.roles": "changed the roles of {account}",
    "account.set_up": "set up their account",
    "account.set_up_code": "made a code to set up the account of {account}",
    "authorization.end": "noted that an authorization’s event came",
    "authorization.record": "wrote a signed authorization down",
    "authorization.revoke": "took an authorization back",
    "authorizations.list": "looked at the authorizations",
    "chart.read": "opened the chart",
    "client.import": "brought the client in from a file",
    "client.open": "opened the client’s page",
    "clients.find": "found the client in a search",
    "clients.list": "looked at the list of clients",
    "consult.keep": "made a case shareable with a colleague, without names",
    "consult.list": "looked at the consultations",
    "consult.look": "had a case read through for what identifies",
    "consult.notes": "took notes into a case for a colleague",
    "consult.read": "opened a consultation",
    "consult.reply": "wrote down what a colleague said",
    "custody.ask": "asked to open a colleague’s sealed notes as a custodian",
    "custody.first": "opened the first custodian’s layer",
    "custody.list": "listed a colleague’s sealed notes as a custodian",
    "custody.name": "named custodians",
    "custody.outer": "fetched the first custodian’s layer",
    "custody.read": "opened a colleague’s sealed note as a custodian",
    "custody.second": "opened the second custodian’s layer",
    "custody.stop": "stopped the custodians",
    "decision.freeze": "kept a decision",
    "decision.list": "looked at the decisions",
    "decision.read": "opened a decision",
    "document.add": "attached a document",
    "document.open": "opened a document",
    "draft.drop": "threw a draft away",
    "draft.keep": "kept a draft",
    "draft.read": "opened a draft",
    "entry.begin": "began to write",
    "entry.sign": "signed an entry",
    "factor.add": "added a way to sign in",
    "factor.remove": "removed a way to sign in",
    "glass.break": "broke the glass",
    "glass.list": "looked at the broken glasses",
    "glass.review": "reviewed the glass {account} broke",
    "hold.lift": "lifted a legal hold",
    "hold.place": "placed a legal hold",
    "identity.change": "changed who it is or how to reach them",
    "import.done": "finished bringing {count} clients in",
    "import.drop": "dropped a file of clients",
    "import.left_out": "brought in a file that named the client, who was here already",
    "import.try": "tried a file of clients out",
    "import.upload": "uploaded a file of {count} clients",
    "keys.add": "added a way in to their keys",
    "keys.begin": "made their keys for sealed notes",
    "keys.compare": "compared the keys of {account}",
    "keys.drop": "took a way in to their keys back",
    "keys.fetch": "fetched the ways in to their keys",
    "log.sign": "sealed the log",
    "practice.change": "changed what is said of the practice",
    "practice.export": "wrote the whole practice out",
    "practice.restore": "restored the practice from a backup",
    "quiet.change": "changed what is kept quiet",
    "record.add": "opened a record",
    "record.close": "ended treatment",
    "record.import": "brought the record in from an export",
    "record.export": "wrote the record out",
    "record.open": "opened the record’s page, without names",
    "record.reopen": "took treatment up again",
    "record.shred": "had the record destroyed",
    "record.off_unit": "took the record off its unit",
    "record.unit": "moved the record to a unit",
    "records.list": "looked at the list of records, without names",
    "sealed.draft": "kept a sealed draft",
    "sealed.hand": "handed a sealed note’s text to the record",
    "sealed.list": "looked at their list of sealed notes",
    "sealed.open": "went to the keys’ page",
    "sealed.read": "fetched a sealed note of their own",
    "sealed.write": "kept a sealed note",
    "server.lock": "locked the practice",
    "session.end": "ended sessions of their own",
    "sign.in": "signed in",
    "sign.out": "signed out",
    "sign.prove": "proved anew who they are",
    "sign.slow": "was made to wait at the sign-in, after tries that failed",
    "supervision.begin": "began a supervision",
    "supervision.end": "ended a supervision",
    "tie.barred": "barred {account} from the record",
    "tie.case": "assigned {account} to the case",
    "tie.end": "ended what tied {account} to the record",
    "tie.shared": "shared the record with {account}",
    "tie.team": "put {account} on the care team",
    "trail.export": "took a list of the trail along",
    "trail.read": "looked at the trail",
    "unit.add": "named a new unit",
    "unit.remove": "struck a unit",
    "unit.rename": "called a unit otherwise",
    "visit.add": "added a visit",
    "visit.mark": "marked a visit",
    "visit.plan": "planned visits",
    "visits.list": "looked at the day’s visits",
}
SOMEBODY = "a colleague"


def in_words(act: str, facts: Mapping[str, str | int] | None = None, names: Mapping[UUID, str] | None = None) -> str:
    """Return an act as a sentence after a name; colleagues are named where their names are given."""
    told = str((facts or {}).get("account", ""))
    try:
        account = (names or {}).get(UUID(told), SOMEBODY)
    except ValueError:
        account = SOMEBODY
    return ACTS.get(act, act.replace(".", " ").replace("_", " ")).format(account=account, count=(facts or {}).get("count", "some"))


def done(act: str) -> str:
    """Return an act as a line of its own: the first letter large, nobody named."""
    words = in_words(act)
    return words[:1].upper() + words[1:]


def ordered(acts: Iterable[str]) -> list[str]:
    """Return acts in the order of their words."""
    return sorted(acts, key=lambda act: (in_words(act), act))
