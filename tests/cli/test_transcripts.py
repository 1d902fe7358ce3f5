"""What a user types and what is answered, errors included: command, standard output, standard error, exit code."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
from pathlib import Path

import pytest

# -- errors ------------------------------------------------------------------------------------------


def test_no_such_file(backfile, tmp_path: Path) -> None:
    said = backfile("import", tmp_path / "nothing.xml", "--archive", tmp_path / "a")
    assert (said.code, said.out) == (4, "")
    assert "there is no such file or folder" in said.err
    assert not (tmp_path / "a").exists()


def test_unreadable_file(backfile, tmp_path: Path, monkeypatch) -> None:
    export = tmp_path / "export.xml"
    export.write_text("<rss/>")
    opened = Path.open

    def refuse(self: Path, *args, **kwargs):
        if self == export:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    said = backfile("inspect", export)
    assert said.code in (3, 4)
    assert said.out == ""
    assert "error:" in said.err


def test_unknown_format(backfile, tmp_path: Path) -> None:
    export = tmp_path / "export.bin"
    export.write_bytes(bytes(range(256)) * 9)
    said = backfile("inspect", export)
    assert (said.code, said.out) == (3, "")
    assert "wxr" in said.err
    assert "nitf" in said.err


def test_a_format_that_does_not_exist(backfile, export: Path) -> None:
    said = backfile("inspect", export, "--format", "word")
    assert said.code in (2, 3)
    assert "jsonl" in said.err


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["show", "1"], ["rejects"], ["export"], ["learn"], ["report"], ["serve"], ["desk", "user", "anna"]],
    ids=lambda arguments: arguments[0],
)
def test_no_archive(backfile, tmp_path: Path, arguments: list[str], monkeypatch) -> None:
    monkeypatch.setenv("BACKFILE_PASSWORD", "ein langes Passwort")
    said = backfile(*arguments, "--archive", tmp_path)
    assert (said.code, said.out) == (6, "")
    assert said.err == (f"error: {tmp_path}: there is no archive in this folder\n`backfile import SOURCE` makes one.\n")


def test_an_archive_of_a_newer_backfile(backfile, archive: Path) -> None:
    db = sqlite3.connect(archive / "archive.sqlite3")
    db.execute("PRAGMA user_version=99")
    db.close()
    said = backfile("check", "--archive", archive)
    assert said.code == 6
    assert "has schema 99" in said.err
    assert "newer Backfile" in said.err


def test_something_else_under_the_name(backfile, tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite3").write_bytes(b"no database at all, " * 400)
    said = backfile("check", "--archive", tmp_path)
    assert said.code == 6
    assert "not an archive" in said.err


def test_wrong_configuration(backfile, archive: Path, export: Path) -> None:
    (archive / "backfile.toml").write_text('[archive]\ntitel = "x"\n')
    said = backfile("import", export, "--archive", archive)
    assert said.code == 7
    assert "backfile.toml" in said.err
    assert "title" in said.err


def test_configuration_that_is_no_toml(backfile, archive: Path) -> None:
    (archive / "backfile.toml").write_text("[archive\n")
    said = backfile("check", "--archive", archive)
    assert said.code == 7
    assert "backfile.toml" in said.err


def test_a_port_that_is_taken(backfile, archive: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = backfile("serve", "--port", other.getsockname()[1], "--archive", archive)
    assert said.code == 2
    assert "cannot listen at 127.0.0.1:" in said.err
    assert "the website is at" not in said.err


def test_a_key_that_nothing_has(backfile, imported: Path) -> None:
    said = backfile("show", "99999", "--archive", imported)
    assert (said.code, said.out) == (2, "")
    assert said.err == ("error: no article is called '99999'\nGive its key, its address, or its old address.\n")


def test_wrong_usage(backfile) -> None:
    assert backfile("nosuchverb").code == 2
    assert backfile("import", "--workers", "0", "x").code == 2
    said = backfile("pipe", "--learn", "a", "--profile", "b")
    assert said.code == 2
    assert "exclude each other" in said.err


# -- import ------------------------------------------------------------------------------------------

KEYS = {
    "records", "imported", "updated", "unchanged", "merged", "excluded", "rejected", "held", "withheld", "undated",
    "verdicts", "faults", "seconds",
}  # fmt: skip


def checked(counts: dict) -> dict:
    """The object of `import --json`, whose sums hold."""
    assert set(counts) - {"removed"} == KEYS
    outcomes = ("imported", "updated", "unchanged", "merged", "excluded", "rejected")
    assert counts["records"] == sum(counts[name] for name in outcomes)
    assert set(counts["verdicts"]) == {"proved", "failed", "not_checked"}
    assert counts["faults"]["found"] == counts["faults"]["mended"] + counts["faults"]["open"]
    return counts


def test_import_json_is_one_object_on_standard_output(backfile, export: Path, tmp_path: Path, blank: Path) -> None:
    shutil.copy(blank, tmp_path / "archive.sqlite3")
    said = backfile("import", export, "--archive", tmp_path, "--source", "seebote", "--json")
    assert said.code == 0
    assert len(said.lines) == 1
    counts = checked(json.loads(said.out))
    assert (counts["records"], counts["imported"], counts["rejected"]) == (6, 5, 1)
    assert (counts["withheld"], counts["held"], counts["undated"]) == (1, 0, 1)
    assert counts["verdicts"] == {"proved": 5, "failed": 0, "not_checked": 0}
    assert "import-report.html" in said.err
    again = backfile("import", export, "--archive", tmp_path, "--source", "seebote", "--json")
    assert checked(json.loads(again.out))["unchanged"] == 5


def test_import_for_people_says_nothing_on_standard_output(backfile, archive: Path, export: Path) -> None:
    said = backfile("import", export, "--archive", archive, "--source", "seebote")
    assert (said.code, said.out) == (0, "")
    assert "6 records = 5 unchanged + 1 rejected" in said.err
    assert "missing-media" in said.err
    assert "seebote.jsonl, byte 1399: no JSON" in said.err
    assert said.err.splitlines()[-1].startswith("report: file:///")


def test_strict(backfile, archive: Path, export: Path) -> None:
    assert backfile("import", export, "--archive", archive, "--source", "seebote", "--strict").code == 1


def test_dry_run_changes_nothing(backfile, archive: Path, export: Path, tmp_path: Path, all_rows) -> None:
    changed = tmp_path / "changed.jsonl"
    changed.write_text(export.read_text(encoding="utf-8").replace("schön", "trüb"), encoding="utf-8")
    before, there = all_rows(archive / "archive.sqlite3"), sorted(archive.rglob("*"))
    said = backfile("import", changed, "--archive", archive, "--source", "seebote", "--dry-run", "--json")
    assert checked(json.loads(said.out))["updated"] == 1
    assert all_rows(archive / "archive.sqlite3") == before
    assert [path for path in sorted(archive.rglob("*")) if not path.name.endswith(("-shm", "-wal", ".lock"))] == [
        path for path in there if not path.name.endswith(("-shm", "-wal", ".lock"))
    ]


def test_dry_run_makes_no_archive(backfile, export: Path, tmp_path: Path) -> None:
    said = backfile("import", export, "--archive", tmp_path / "none", "--source", "seebote", "--dry-run")
    assert said.code == 0
    assert "seebote, without changing anything: 6 records = 5 imported + 1 rejected" in said.err
    assert not (tmp_path / "none").exists()


def test_limit_and_only(backfile, export: Path, tmp_path: Path, blank: Path) -> None:
    shutil.copy(blank, tmp_path / "archive.sqlite3")
    base = ["import", export, "--archive", tmp_path, "--source", "seebote", "--json"]
    assert checked(json.loads(backfile(*base, "--limit", 2).out))["imported"] == 2
    counts = checked(json.loads(backfile(*base, "--only", "00123").out))
    assert (counts["records"], counts["unchanged"]) == (1, 1)
    assert checked(json.loads(backfile(*base, "--only", "123").out))["records"] == 0


def test_two_workers_make_the_same_archive(backfile, export: Path, archive: Path, tmp_path: Path, blank: Path) -> None:
    def articles(folder: Path) -> list:
        with sqlite3.connect(folder / "archive.sqlite3") as db:
            return db.execute("SELECT key, path, state, sha256 FROM article ORDER BY id").fetchall()

    other = tmp_path / "two"
    other.mkdir()
    shutil.copy(blank, other / "archive.sqlite3")
    shutil.copy(archive / "backfile.toml", other)
    shutil.copytree(archive / "bilder", other / "bilder")
    said = backfile("import", export, "--archive", other, "--source", "seebote", "--workers", 2, "--json")
    assert checked(json.loads(said.out))["imported"] == 5
    assert articles(other) == articles(archive)


def test_complete_reports_what_is_gone(backfile, archive: Path, export: Path, tmp_path: Path) -> None:
    shorter = tmp_path / "shorter.jsonl"
    shorter.write_text("".join(export.read_text(encoding="utf-8").splitlines(True)[:3]), encoding="utf-8")
    base = ["import", shorter, "--archive", archive, "--source", "seebote", "--json"]
    assert "removed" not in json.loads(backfile(*base).out)
    counts = checked(json.loads(backfile(*base, "--complete").out))
    assert (counts["unchanged"], counts["removed"]) == (3, 2)
    said = backfile(*base, "--complete", "--limit", 1)
    assert said.code == 2
    assert "--complete goes with neither" in said.err


def test_sources_of_the_configuration(backfile, archive: Path, export: Path, monkeypatch) -> None:
    said = backfile("import", "--archive", archive)
    assert said.code == 2
    assert "no export is named" in said.err
    shutil.copy(export, archive / "noch.jsonl")
    text = (archive / "backfile.toml").read_text() + '\n[[source]]\npath = "noch.jsonl"\nname = "noch"\n'
    (archive / "backfile.toml").write_text(text)
    monkeypatch.chdir(archive)
    counts = checked(json.loads(backfile("import", "--json").out))
    assert counts["imported"] == 5


# -- the other verbs ---------------------------------------------------------------------------------


def test_rejects(backfile, archive: Path) -> None:
    said = backfile("rejects", "--archive", archive)
    assert said.code == 0
    assert said.lines[0].startswith("1 seebote.jsonl, byte 1399: no JSON")
    assert backfile("rejects", "list", "--archive", archive).out == said.out
    assert backfile("rejects", "--archive", archive, "list").out == said.out
    only = json.loads(backfile("rejects", "--json", "--archive", archive).out)
    assert (only["number"], only["file"], only["offset"]) == (1, "seebote.jsonl", 1399)
    raw = backfile("rejects", "--archive", archive, "show", 1, "--raw").out
    assert raw.startswith('{"id": "127"')
    assert "Abgeschnitten" in backfile("rejects", "show", 1, "--archive", archive).out
    assert backfile("rejects", "show", 7, "--archive", archive).code == 2


def test_retry(backfile, archive: Path) -> None:
    said = backfile("rejects", "retry", "--archive", archive, "--json")
    assert said.code == 0
    assert json.loads(said.out) | {"missing": []} == {"tried": 1, "read": 0, "rejected": 1, "missing": []}
    assert backfile("rejects", "retry", 9, "--archive", archive).code == 2


@pytest.mark.parametrize(
    "name",
    [
        "00123",
        "seebote:00123",
        "/2011/05/03/bruecke-ueber-die-wyss-eroeffnet-00123",
        "https://archiv.example/2011/05/03/bruecke-ueber-die-wyss-eroeffnet-00123/",
        "https://alt.seebote.example/artikel/123.html",
        "/artikel/123.html",
    ],
)
def test_show_by_any_name(backfile, imported: Path, name: str) -> None:
    found = json.loads(backfile("show", name, "--json", "--archive", imported).out)
    assert found["article"]["key"] == "00123"
    assert found["verdict"] == "proved"
    assert json.loads(found["record"]["payload"])["id"] == "00123"


def test_show_for_people(backfile, imported: Path) -> None:
    said = backfile("show", "00123", "--archive", imported)
    assert said.code == 0
    for text in ("seebote:00123", "fünfhundert", "&uuml; → ü", "kept, not shown: Druckseite", "proved"):
        assert text in said.out
    assert "[/" not in said.out
    raw = backfile("show", "00123", "--raw", "--archive", imported)
    assert json.loads(raw.out)["title"] == "Brücke über die Wyss eröffnet"


def test_faults(backfile, imported: Path, tmp_path: Path, monkeypatch) -> None:
    said = backfile("faults", "--archive", imported)
    assert "visible-entity" in said.out
    assert "missing-media" in said.out
    found = {one["name"]: one for one in map(json.loads, backfile("faults", "--json", "--archive", imported).lines)}
    assert (found["visible-entity"]["mended"], found["visible-entity"]["open"]) == (1, 0)
    assert found["missing-media"]["open"] == 1
    monkeypatch.chdir(tmp_path)
    assert backfile("faults").code == 0
    card = backfile("faults", "explain", "visible-entity")
    assert "What readers saw" in card.out
    wrong = backfile("faults", "explain", "visible-entiti")
    assert wrong.code == 2
    assert "visible-entity" in wrong.err


def test_learn(backfile, archive: Path, all_rows) -> None:
    before = all_rows(archive / "archive.sqlite3")
    said = backfile("learn", "--dry-run", "--archive", archive)
    assert said.code == 0
    assert "seebote: learned from" in said.out
    assert all_rows(archive / "archive.sqlite3") == before
    assert isinstance(json.loads(backfile("learn", "--json", "--archive", archive).out), list)
    assert backfile("check", "--archive", archive).code == 0


def test_inspect(backfile, export: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = backfile("inspect", export)
    assert said.code == 0
    assert "5 records, 0 left out, 1 rejected" in said.out
    assert "Brücke über die Wyss eröffnet" in said.out
    assert list(tmp_path.iterdir()) == []
    facts = json.loads(backfile("inspect", export, "--json", "--show", 1).out)
    assert (facts["records"], facts["rejected"], len(facts["first"])) == (5, 1, 1)
    assert facts["first"][0]["headline"]["text"] == "Brücke über die Wyss eröffnet"


@pytest.mark.parametrize(
    ("sample", "source"),
    [("wxr", "wxr"), ("nitf", "nitf"), ("pages", "pages"), ("text", "text"), ("tables", "jsonl")],
)
def test_inspect_each_format(backfile, samples: Path, sample: str, source: str) -> None:
    """Whatever lies among the samples, broken ones included: an answer or an error with its code."""
    seen = set()
    for path in sorted((samples / sample).iterdir()):
        said = backfile("inspect", path, "--json")
        assert said.code in (0, 3, 4, 5), (path, said.err)
        if said.code == 0:
            seen.add(json.loads(said.out)["source"])
    assert source in seen


def test_report(backfile, imported: Path, tmp_path: Path) -> None:
    facts = json.loads(backfile("report", "--json", "--archive", imported).out)
    assert facts["counts"]["records"] == 6
    assert [one["name"] for one in facts["unmapped"]] == ["Druckseite"]
    assert [one["name"] for one in facts["unsupported"]] == ["svg"]
    said = backfile("report", "--html", tmp_path / "r.html", "--archive", imported)
    assert said.out == ""
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert backfile("report", "--html", tmp_path / "none" / "r.html", "--archive", imported).code == 6
    assert backfile("report", "--run", 77, "--archive", imported).code == 6
