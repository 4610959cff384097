"""The room's pages, a file for each."""

from .client import change, client, close, hold, lift, quiet, reopen, tie, unit, unit_off, untie
from .clients import clients, new
from .me import codes, me, passkey, password, prove, session_left, session_stay
from .profile import letterhead, profile
from .set_up import set_up, set_up_begin, set_up_codes
from .sign_in import sign_in, sign_in_code, sign_in_passkey, sign_in_recovery, sign_out
from .staff import account, staff, staff_add, units

__all__ = [
    "account",
    "change",
    "client",
    "clients",
    "close",
    "codes",
    "hold",
    "letterhead",
    "lift",
    "me",
    "new",
    "passkey",
    "password",
    "profile",
    "prove",
    "quiet",
    "reopen",
    "session_left",
    "session_stay",
    "set_up",
    "set_up_begin",
    "set_up_codes",
    "sign_in",
    "sign_in_code",
    "sign_in_passkey",
    "sign_in_recovery",
    "sign_out",
    "staff",
    "staff_add",
    "tie",
    "unit",
    "unit_off",
    "units",
    "untie",
]
