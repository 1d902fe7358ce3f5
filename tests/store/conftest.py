from __future__ import annotations

from pathlib import Path

import pytest

from backfile.store.archive import DATABASE, Archive


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new archive's database, to be copied: making one takes a second."""
    folder = tmp_path_factory.mktemp("blank")
    Archive.create(folder).close()
    return folder / DATABASE
