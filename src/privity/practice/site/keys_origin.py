"""The keys' own origin, `keys.` before the host's name: a short list of static files under one strict policy, and nothing of the app.

The app's origin serves none of these files; so no page of the app, whatever is wrong with it, runs where the keys are. What the keys'
pages may ask of the app stands under one path, answers to that origin alone, and takes a ticket instead of a cookie.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "keys."
API = "/sealed-api/"
STATIC = Path(__file__).parent / "static"
LOOK = ("tokens.css", "privity.css", "desk.css", "mark.svg")
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml"}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src {main}",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
    "Cache-Control": "no-store",
}


def assets() -> dict[str, bytes]:
    """Return every file of the keys' origin by its path."""
    own = {f"/keys/{path.relative_to(STATIC / 'keys').as_posix()}": path for path in (STATIC / "keys").rglob("*") if path.suffix in TYPES}
    look = {f"/keys/look/{name}": STATIC / "privity" / name for name in LOOK}
    return {name: path.read_bytes() for name, path in sorted({**own, **look}.items())}


def pages_hash(files: Mapping[str, bytes]) -> str:
    """Return one hash for all of them: it stands in the log whenever somebody is led there, and in its checkpoints."""
    return sha256("".join(f"{name} {sha256(body).hexdigest()}\n" for name, body in sorted(files.items())).encode()).hexdigest()


@cache
def pages_line() -> str:
    """Return the line by which a checkpoint of the log says which pages the keys' origin gives out."""
    return f"pages {pages_hash(assets())}"


class KeysOrigin:
    """Parts the two origins before anything else looks at a request."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.files = assets()
        self.hash = pages_hash(self.files)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer of the origin that was asked. Where the house is reached by https, each of them says: never by http again."""
        response = self._answer(request)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        host, scheme = str(request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", "")).lower(), request.scheme
        if _name(host) == PREFIX + settings.ALLOWED_HOSTS[0]:
            return self._keys(request, f"{scheme}://{host.removeprefix(PREFIX)}")
        if request.path.startswith(("/keys/", "/static/keys/")):
            return HttpResponse("nothing stands at this address\n", status=404, content_type="text/plain")
        request.keys_origin, request.pages = f"{scheme}://{PREFIX}{host}", self.hash  # type: ignore[attr-defined]
        if request.path.startswith(API):
            return self._api(request, f"{scheme}://{PREFIX}{host}")
        return self.answer(request)

    def _keys(self, request: HttpRequest, main: str) -> HttpResponse:
        body = self.files.get(request.path) if request.method in ("GET", "HEAD") else None
        if body is None:
            response = HttpResponse("nothing stands at this address\n", status=404, content_type="text/plain")
        else:
            response = HttpResponse(body, content_type=TYPES[Path(request.path).suffix])
        for header, value in {**HEADERS, "Content-Security-Policy": POLICY.format(main=main)}.items():
            response.headers[header] = value
        return response

    def _api(self, request: HttpRequest, keys: str) -> HttpResponse:
        """Answer the keys' origin, and no other page."""
        if request.headers.get("Origin") != keys:
            return HttpResponse("only the pages of the keys' own origin ask this\n", status=403, content_type="text/plain")
        response = HttpResponse(status=204) if request.method == "OPTIONS" else self.answer(request)
        response.headers["Access-Control-Allow-Origin"] = keys
        response.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
        response.headers["Access-Control-Allow-Methods"] = "POST"
        response.headers["Vary"] = "Origin"
        return response


def _name(host: str) -> str:
    """Return a host without its port."""
    name, _, port = host.rpartition(":")
    return name if port.isdigit() else host
