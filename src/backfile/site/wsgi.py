"""The website as a WSGI application, for granian or any other server. `BACKFILE_ARCHIVE` names the archive's folder."""

from __future__ import annotations

import os
from pathlib import Path

from backfile.site.secret import secret_key
from backfile.store.django import setup

_folder = Path(os.environ.get("BACKFILE_ARCHIVE", "."))
os.environ["BACKFILE_SECRET_KEY"] = secret_key(_folder)
setup(_folder)

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
