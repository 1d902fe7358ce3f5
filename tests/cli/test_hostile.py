"""Whatever is given to a verb: no traceback, and an exit code that is documented."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

CODES = {0, 1, 2, 3, 4, 5, 6, 7, 8}
NAMES = [
    "",
    " ",
    "-",
    "..",
    "/nothing/here",
    "/dev/null",
    "[bold]x[/]",
    "\x1b[31m",
    "ä" * 5000,
    "a:b:c",
    "%s%n",
    "'; DROP TABLE x",
]


def inputs(folder: Path) -> dict[str, Path]:
    """Files that are nobody's export."""
    made = {
        "empty": b"",
        "nul": b"\0" * 100_000,
        "cut.xml": b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>A',
        "bomb.xml": b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "' + b"&b;" * 9999 + b'">]><rss>&c;</rss>',
        "deep.html": b"<html><body>" + b"<div>" * 100_000,
        "deep.json": b"[" * 100_000,
        "half.jsonl": b'{"id": "1", "title": "\xff\xfe", "body": "x"}\n{"id": \n\n[]\n',
        "zip.zip": b"PK\x03\x04" + b"\0" * 60,
        "text.csv": b'"a","b\n1,2,3\n\x80\x81',
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "folder").mkdir()
    return {path.name: path for path in sorted(folder.iterdir())}


NAMES_OF_INPUTS = [
    "bomb.xml", "cut.xml", "deep.html", "deep.json", "empty", "folder", "half.jsonl", "loop", "nul", "text.csv",
    "zip.zip",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES_OF_INPUTS)
@pytest.mark.parametrize(
    "verb", [["inspect"], ["inspect", "--format", "wxr"], ["inspect", "--format", "csv"], ["import", "--dry-run"]],
    ids=" ".join,
)  # fmt: skip
def test_inputs(backfile, tmp_path: Path, name: str, verb: list[str]) -> None:
    given = inputs(tmp_path)[name]
    archive = ["--archive", tmp_path / "archive"] if verb[0] == "import" else []
    said = backfile(*verb, given, *archive)
    assert said.code in CODES, said.err
    assert "Traceback" not in said.err + said.out
    if said.code:
        assert said.err.startswith("error: "), said.err


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "verb",
    [
        ["show"], ["show", "--json"], ["faults", "explain"], ["rejects", "show"], ["rejects", "retry"],
        ["export", "--to"],
        ["report", "--html"], ["check", "--witness"], ["inspect"], ["learn", "--source"], ["report", "--run"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_names(backfile, imported: Path, tmp_path: Path, name: str, verb: list[str], monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    archive = [] if verb[0] in ("faults", "inspect") else ["--archive", imported]
    # options are read before the name, so that a name such as "-" stays a name
    said = backfile(*verb, name, *archive) if verb[-1].startswith("--") else backfile(*verb, *archive, "--", name)
    assert said.code in CODES, said.err
    assert "Traceback" not in said.err + said.out
    assert "\x1b" not in said.err + said.out


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE article SET article_zst=x'00'",
        "UPDATE original SET payload_zst=x'28b52ffd'",
        "UPDATE original SET record='{}'",
        "UPDATE ledger SET ops_zst=x'0102', account_zst=x'03'",
        "UPDATE known SET problems='[', unmapped='gone', asked=x'ff'",
        "UPDATE fault SET state='odd', grade='odd'",
        "DROP TABLE fault",
        "DROP TABLE article",
    ],
)
def test_damaged_archives(backfile, archive: Path, damage: str, tmp_path: Path) -> None:
    db = sqlite3.connect(archive / "archive.sqlite3", isolation_level=None)
    db.execute(damage)
    db.close()
    for verb in (
        ["check"],
        ["show", "00123"],
        ["report"],
        ["faults"],
        ["export", tmp_path / "x"],
        ["learn", "--dry-run"],
    ):
        said = backfile(*verb, "--archive", archive)
        assert said.code in CODES, (verb, said.err)
        assert "Traceback" not in said.err
