"""The example archive: from a checkout and from an installed package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


def test_demo(backfile, tmp_path: Path) -> None:
    archive = tmp_path / "demo"
    said = backfile("demo", "--no-serve", "--archive", archive)
    assert said.code == 0, said.err
    assert said.out == ""
    assert "records = " in said.err
    assert (archive / "import-report.html").is_file()
    facts = json.loads(backfile("report", "--json", "--archive", archive).out)
    assert len(facts["runs"]) == 3
    assert facts["counts"]["imported"] >= 60
    assert facts["verdicts"]["failed"] == 0
    assert backfile("check", "--archive", archive).code == 0
    again = backfile("demo", "--no-serve", "--archive", archive)
    assert again.code == 0
    assert json.loads(backfile("report", "--json", "--archive", archive).out)["counts"]["imported"] == 0


def test_an_archive_of_somebody_else_is_refused(backfile, archive: Path) -> None:
    before = (archive / "backfile.toml").read_text()
    for _ in range(2):
        said = backfile("demo", "--no-serve", "--archive", archive)
        assert said.code == 2
        assert "holds another archive" in said.err
    assert (archive / "backfile.toml").read_text() == before
    (archive / "backfile.toml").unlink()
    assert backfile("demo", "--no-serve", "--archive", archive).code == 2


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is published, built without asking anybody for anything."""
    pytest.importorskip("hatchling")
    goal = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(goal)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    (built,) = goal.glob("*.whl")
    return built


def test_the_wheel_holds_all_that_is_needed(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    package = root / "src" / "backfile"
    needed = {
        f"backfile/{path.relative_to(package)}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    examples = root / "examples" / "wyssbacher-tagblatt"
    needed |= {
        f"backfile/examples/wyssbacher-tagblatt/{path.relative_to(examples)}"
        for path in examples.rglob("*")
        if path.is_file()
    }
    assert needed <= names
    assert not [name for name in names if name.startswith(("tests", "bench", "backfile/tests"))]


def test_the_demo_of_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """Unpacked before the checkout in the path, as an installation is."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "lib")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "lib"), "PYTHONSAFEPATH": "1"}
    where = [sys.executable, "-c", "import backfile; print(backfile.__file__)"]
    assert str(tmp_path / "lib") in subprocess.run(where, env=env, capture_output=True, text=True, timeout=300).stdout
    command = [sys.executable, "-m", "backfile", "demo", "--no-serve"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo-archive" / "import-report.html").is_file()
    assert str(tmp_path / "lib") in (tmp_path / "demo-archive" / "backfile.toml").read_text()
