"""What is asked of a member of staff anew before release, export, sealed notes, broken glass, keys and roles: a proof of the last five minutes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from ..session import is_fresh

View = Callable[..., HttpResponseBase]


def needs_fresh_proof(back: str) -> Callable[[View], View]:
    """Return a view that sends whoever was not proved within five minutes to the page `prove` first, and from there to the page named `back`."""

    def asking(view: View) -> View:
        @wraps(view)
        def asks(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_fresh(request, request.now):  # type: ignore[attr-defined]
                return view(request, *args, **kwargs)
            try:
                proof = reverse("prove")
            except NoReverseMatch:
                return view(request, *args, **kwargs)
            request.session["wanted"] = reverse(back)
            return redirect(proof)

        return asks

    return asking
