"""Django's settings for an archive: the one place. The website's rooms add their apps here, by name.

Nothing imports this but Django; library rooms never do. The archive is bound by
`backfile.store.django.setup(folder)`.
"""

from __future__ import annotations

import os
from pathlib import Path

ARCHIVE = Path(os.environ.get("BACKFILE_ARCHIVE", "."))
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
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ARCHIVE / "archive.sqlite3",
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000;",
        },
    }
}
