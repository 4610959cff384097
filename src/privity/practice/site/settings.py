"""Settings: one machine and one practice, as its set-up file says. Without one it is a desk, for this computer only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from privity.practice.site.config import Config
from privity.practice.site.postgres import KEYS, address_of, settings_of

DATA = Path(os.environ.get("PRIVITY_DATA") or Path.cwd() / ".data").absolute()
CONFIG = Config.of(DATA)


def kept_secret(folder: Path) -> str:
    """Return the secret that signs form tokens: made at the first start, readable by its owner alone."""
    path = folder / "secret"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text("utf-8")


SECRET_KEY = kept_secret(DATA)
DEBUG = False
ALLOWED_HOSTS = [CONFIG.host]
ROOT_URLCONF = "privity.practice.site.urls"
WSGI_APPLICATION = "privity.practice.site.wsgi.application"

# What is said to the desk about a client lives in the page that asks, and nowhere else. A session holds whose it is, and times.
INSTALLED_APPS = [
    "privity.practice.site",
    "privity.practice.incidents",
    "privity.practice.releases",
    "privity.practice.decisions",
    "privity.practice.agreements",
    "privity.practice.records",
    "privity.practice.visits",
    "privity.practice.people",
    "privity.practice.trail",
    "privity.practice.keys",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "privity.practice.site.keys_origin.KeysOrigin",
    "privity.practice.site.middleware.SecurityHeaders",
    "privity.practice.site.middleware.OneName",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "privity.practice.site.middleware.LawAndDay",
    "privity.practice.site.signed_in.SignedIn",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", "privity.practice.site.frame.frame"]},
    }
]


def sqlite(name: str, journal: str) -> dict[str, object]:
    """Return an embedded database. IMMEDIATE: a deferred transaction that upgrades its lock fails at once. FULL: a write survives power loss."""
    pragmas = f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA / name, "CONN_MAX_AGE": None, "OPTIONS": options}


# Wrapped keys lie apart: a rollback journal leaves no copy of a destroyed one behind, and their backups live shorter than the data's.
# On PostgreSQL they lie in a database of their own beside the data's, whose name ends in _keys.
ADDRESS = address_of(DATA)
DATABASES = (
    {"default": settings_of(ADDRESS), "keys": settings_of(ADDRESS, KEYS)}
    if ADDRESS
    else {"default": sqlite("privity.sqlite3", "WAL"), "keys": sqlite("keys.sqlite3", "DELETE")}
)
DATABASE_ROUTERS = ["privity.practice.keys.router.KeysApart"]
AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = ["privity.practice.people.passwords.Argon2id"]

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 0
LANGUAGE_CODE = "en-us"
USE_I18N = False
# Times on a page are this computer's own: clocks of duties are read beside the clock on the wall.
USE_TZ = False
TIME_ZONE = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "privity"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600  # people.session ends it sooner; the row is swept away after this
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "privity.practice.site.views.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.secure
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if CONFIG.secure else 0
# Only behind a proxy is the server reached from this machine alone, so nobody else can say so.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.behind_proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# A long note fits; a pasted book does not. Files (10 MB at most) stay in memory while they are read: a temporary file would lie on the disk unsealed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
FILE_UPLOAD_HANDLERS = ["privity.practice.records.uploads.InMemory"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

# Logs say what happened and never what was said: no bodies, no facts, no addresses.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"lines": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "psycopg.pool": {"level": "ERROR"},
    },
}
