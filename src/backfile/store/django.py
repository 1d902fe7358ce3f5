"""Django for an archive, set up once in a process; library rooms never come here."""

from __future__ import annotations

import os
from pathlib import Path


def setup(folder: Path) -> None:
    """Set Django up and bind it to the archive in `folder`; a later call binds it to another one."""
    import django
    from django.conf import settings

    os.environ["BACKFILE_ARCHIVE"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backfile.store.settings")
    first = not settings.configured
    database = folder / "archive.sqlite3"
    if first:
        django.setup()
    from django.db import connections

    connection = connections["default"]
    if connection.settings_dict["NAME"] != database:
        connection.close()
        connection.settings_dict["NAME"] = database


def migrate(folder: Path) -> None:
    """Bring the archive's schema up to date. Raises what the database driver raises."""
    setup(folder)
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()
