"""Settings of the desk: one machine, one practice, this computer only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

DATA = Path(os.environ.get("PRIVITY_DATA") or Path.cwd() / ".data").absolute()


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
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "privity.practice.site.urls"
WSGI_APPLICATION = "privity.practice.site.wsgi.application"

# No sessions and no accounts: what is said about a client lives in the page that asks, and nowhere else.
INSTALLED_APPS = [
    "privity.practice.site",
    "privity.practice.decisions",
    "privity.practice.people",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "privity.practice.site.middleware.SecurityHeaders",
    "privity.practice.site.middleware.OneName",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "privity.practice.site.middleware.LawAndDay",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", "privity.practice.site.frame.frame"]},
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "privity.sqlite3",
        "CONN_MAX_AGE": None,
        # IMMEDIATE: a deferred transaction that upgrades its lock fails at once under contention. FULL: a write survives power loss.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON",
        },
    }
}

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

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "privity.practice.site.views.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

# Logs say what happened and never what was said: no bodies, no facts, no addresses.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"lines": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
