"""Setting a real practice up: its profile, its keys and its first account, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from privity.practice.keys.opening import first_keys
from privity.practice.people.access import NotThere, staffed
from privity.practice.people.actor import Actor
from privity.practice.people.factors import set_up_code
from privity.practice.people.models import Account, Role
from privity.practice.people.services import add_first_account, describe_practice
from privity.vault import Key

from .keeping import Keeping


class SetUpAlready(Exception):
    """Somebody works in this folder. Its text is one sentence."""


def set_up(root: Key, said: Mapping[str, Any], owner: str, roles: Sequence[str], now: datetime) -> Account:
    """Return the first account of a new practice. Raises SetUpAlready."""
    if staffed():
        raise SetUpAlready("a practice stands in this folder already; serve it with privity serve, or name another folder with --data")
    with transaction.atomic(), transaction.atomic("keys"):  # the keys are committed first: data never stands without them
        practice = describe_practice(said, now.date())
        return add_first_account(practice, first_keys(practice.uid, root), owner, roles, now)


def first_code(keeping: Keeping, account: Account, now: datetime) -> tuple[str, datetime]:
    """Return the code with which the first account's holder sets up how to sign in, and until when; to be shown once."""
    return set_up_code(account, keeping.opened(account.practice), now)


def code_at_the_machine(keeping: Keeping, user_name: str, now: datetime) -> tuple[str, datetime]:
    """Return a code by which an owner who lost every way in sets up anew, and until when. The log names the machine. Raises NotThere and Locked."""
    account = _named(user_name)
    if Role.OWNER not in account.roles:
        raise NotThere("that is no owner’s account; an owner or the privacy officer makes its code on the staff page")
    return set_up_code(account, keeping.opened(account.practice), now, by=account.practice.uid)


def _named(user_name: str) -> Account:
    account = Account.objects.filter(user_name=user_name.strip().casefold(), ended=None).select_related("practice").first()
    if account is None:
        raise NotThere("nobody here has that user name; give one that can still sign in, such as heron-cedar-4821")
    return account


def actor_named(keeping: Keeping, user_name: str, now: datetime) -> Actor:
    """Return who acts in a command. Raises NotThere, and Locked."""
    account = _named(user_name)
    keys = keeping.opened(account.practice)
    return Actor(account.id, account.practice.uid, account.practice_id, frozenset(account.roles), now, keys)
