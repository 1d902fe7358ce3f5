"""Django for an archive, set up once in a process; library rooms never come here."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path


def setup(folder: Path) -> None:
    """Set Django up and bind it to the archive in `folder`; a later call binds it to another one."""
    os.environ["BACKFILE_ARCHIVE"] = str(folder)
    bind(folder / "archive.sqlite3")


def bind(database: Path) -> None:
    """Point Django's one connection at a database file."""
    import django
    from django.apps import apps
    from django.db import connections

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backfile.store.settings")
    if not apps.ready:
        django.setup()
    connection = connections["default"]
    if connection.settings_dict["NAME"] != database:
        connection.close()
        connection.settings_dict["NAME"] = database


def migrate(database: Path) -> None:
    """Bring a database's schema up to date; Django is bound as before afterwards. Raises `sqlite3.Error`."""
    bind(database)
    from django.core.management import call_command
    from django.db import Error, connections

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Error as problem:
        raise sqlite3.OperationalError(str(problem)) from problem
    finally:
        connections["default"].close()
        if bound := os.environ.get("BACKFILE_ARCHIVE"):
            bind(Path(bound) / "archive.sqlite3")
