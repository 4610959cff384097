"""What the log's acts are called on a page."""

from __future__ import annotations

ACTS = {
    "client.open": "Opened the client page", "clients.list": "Saw the name in the list", "clients.find": "Found the name in a search",
    "record.add": "Opened the record", "record.open": "Opened the record's page, without names", "record.close": "Ended treatment",
    "record.reopen": "Took treatment up again", "identity.change": "Changed who it is or how to reach them", "quiet.change": "Changed what is kept quiet",
    "chart.read": "Read the chart", "entry.begin": "Began to write", "entry.sign": "Signed an entry", "draft.read": "Took up a draft",
    "draft.keep": "Kept a draft", "draft.drop": "Threw a draft away", "document.add": "Attached a document", "document.open": "Downloaded a document",
    "visits.list": "Saw the visit in the day's list", "visit.add": "Added a visit", "visit.mark": "Marked a visit",
    "tie.team": "Added somebody to the team", "tie.case": "Assigned somebody to the case", "tie.shared": "Shared the chart one way",
    "tie.barred": "Barred somebody", "tie.glass": "Broke the glass", "tie.end": "Ended somebody's access",
    "hold.place": "Placed a legal hold", "hold.lift": "Lifted a legal hold",
}  # fmt: skip


def done(act: str) -> str:
    """Return an act in words; the log's own word where nobody has put it in words yet."""
    return ACTS.get(act, act.replace(".", ": ").replace("_", " ").capitalize())
