"""Memory stays flat, however long the export."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backfile.store.archive import Archive

CHILD = r"""
import re, sys
from pathlib import Path
from backfile.importing import Wish, run_import
from backfile.store.archive import Archive
with Archive.open(Path(sys.argv[1])) as archive:
    counts = run_import(archive, Wish(path=Path(sys.argv[2]))).counts
print(counts["imported"], int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.soak
def test_memory_is_flat(archive_at: Callable[[Path], Archive], tmp_path: Path, root: Path) -> None:
    used = {}
    for count in (4_000, 16_000):
        path, folder = tmp_path / f"{count}.xml", tmp_path / str(count)
        with path.open("wb") as out:
            subprocess.run([sys.executable, str(root / "bench" / "generate.py"), str(count)], stdout=out, check=True)
        archive_at(folder).close()
        child = [sys.executable, "-c", CHILD, str(folder), str(path)]
        imported, used[count] = map(int, subprocess.run(child, capture_output=True, check=True).stdout.split())
        assert imported == count
    assert used[16_000] < 300, f"{used} MB"
    assert used[16_000] - used[4_000] < 40, f"{used} MB"
