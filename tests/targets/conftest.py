"""The archive of the command line's tests, and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from tests.cli.conftest import archive, backfile, export, imported

__all__ = ["archive", "backfile", "export", "imported"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
        opened = driver.chromium.launch(executable_path=path, args=arguments, timeout=120_000)
        yield opened
        opened.close()
