"""Django's settings for an archive: the one place. The website's rooms add their apps here, by name.

Nothing imports this but Django; library rooms never do. The archive is bound by
`backfile.store.django.setup(folder)`.
"""

from __future__ import annotations

import os
from pathlib import Path

ARCHIVE = os.environ.get("BACKFILE_ARCHIVE", "")
"""Its folder. Unbound, there is a database in memory: nobody's current folder gets a file by accident."""
SECRET_KEY = os.environ.get("BACKFILE_SECRET_KEY", "unbound: the website reads its own key from the archive")
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "backfile.store.apps.StoreConfig",
    "backfile.desk.apps.DeskConfig",
    "backfile.site.apps.SiteConfig",
]
ROOT_URLCONF = "backfile.site.urls"
MIDDLEWARE = ["backfile.site.headers.SecurityHeaders", "backfile.site.headers.DeskSession"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["backfile.site.tags"]},
    }
]
APPEND_SLASH = False
LOGIN_URL = "/desk/login"
LOGIN_REDIRECT_URL = "/desk/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(ARCHIVE) / "archive.sqlite3" if ARCHIVE else ":memory:",
        "CONN_MAX_AGE": None,  # opening a connection costs more than a page
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000;",
        },
    }
}
