"""Pages of releases."""

from .accounting import accounting, add, follow, lift, note, suspend, take
from .billing import codes, diagnosis
from .boxes import boxes, page
from .going import copy, going, hand, settle, shut
from .link import link
from .listed import choices, releases
from .packet import packet, send
from .recipients import new, recipient, recipients
from .restored import restored
from .telling import told

__all__ = [
    "accounting", "add", "boxes", "choices", "codes", "copy", "diagnosis", "follow", "going", "hand", "lift", "link", "new", "note", "packet", "page",
    "recipient", "recipients", "releases", "restored", "send", "settle", "shut", "suspend", "take", "told",
]  # fmt: skip
