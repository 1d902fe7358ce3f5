"""`import backfile` is a library: everything it offers is there, and none of it loads a website or an archive."""

from __future__ import annotations

import doctest
import subprocess
import sys

import backfile


def test_all_names_are_there() -> None:
    assert [name for name in backfile.__all__ if not hasattr(backfile, name)] == []


def test_the_example_is_true() -> None:
    found = doctest.testmod(backfile)
    assert found.attempted >= 3
    assert found.failed == 0


def test_no_framework_and_no_archive_are_loaded() -> None:
    code = (
        "import sys, backfile; [getattr(backfile, name) for name in backfile.__all__]; "
        "backfile.answer(backfile.Question(content='<p>Bern</p>'), backfile.Profile()); "
        "print(sorted({'django', 'granian', 'psycopg', 'backfile.store', 'backfile.site', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
