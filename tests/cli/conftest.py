"""A small archive, and the command line as a user meets it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from backfile import cli


class Said(msgspec.Struct):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Command = Callable[..., Said]


@pytest.fixture
def backfile(capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Runs a command in this process: `backfile("show", "123", "--archive", archive)`."""

    def run(*arguments: object) -> Said:
        capsysbinary.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return run


CONFIG = """
[archive]
title = "Der Seebote"
language = "de-CH"
zone = "Europe/Zurich"
address = "archiv@seebote.example"

[media.folders]
"https://alt.seebote.example/bilder/" = "bilder"
"""


@pytest.fixture(scope="session")
def export(samples: Path) -> Path:
    return samples / "cli" / "seebote.jsonl"


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory, export: Path, blank: Path) -> Path:
    """The archive of the samples, made once; tests that change it take `archive`."""
    from PIL import Image

    folder = tmp_path_factory.mktemp("seebote")
    (folder / "backfile.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "bilder").mkdir()
    Image.new("RGB", (24, 16), (40, 90, 120)).save(folder / "bilder" / "bruecke.png")
    shutil.copy(blank, folder / "archive.sqlite3")
    assert cli.run(["import", str(export), "--archive", str(folder), "--source", "seebote", "--json"]) == 0
    return folder


@pytest.fixture
def archive(imported: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(imported, tmp_path / "archive"))
