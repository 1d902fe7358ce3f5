"""Fixtures that all rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """Our own samples: small exports, deliberately including broken ones."""
    return ROOT / "tests" / "samples"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real exports beside the checkout; the test is skipped, saying so, where they are not."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}")
    return folder


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new archive's database, to be copied: making one takes a second."""
    from backfile.store.archive import DATABASE, Archive

    folder = tmp_path_factory.mktemp("blank")
    Archive.create(folder).close()
    return folder / DATABASE
