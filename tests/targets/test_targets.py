"""What targets write: complete, safe to open, whole or not at all, and never over somebody else's files."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from backfile.article import from_json, plain_text


def test_jsonl_holds_the_published_articles(backfile, imported: Path, tmp_path: Path) -> None:
    said = backfile("export", "--archive", imported)
    lines = [json.loads(line) for line in said.lines]
    assert [one["key"] for one in lines] == ["00123", "124", "125", "128"]
    for line, one in zip(said.lines, lines, strict=True):
        article = from_json(line)
        assert one["text"] == plain_text(article)
        assert one["path"].startswith("/")
        assert one["html"].strip()
    assert lines[0]["redirects"] == ["alt.seebote.example/artikel/123.html"]
    everything = backfile("export", tmp_path / "all.jsonl", "--all", "--archive", imported, "--json")
    assert json.loads(everything.out)["articles"] == 5
    assert "Nur ein Entwurf" in (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["all.jsonl"]


def test_taken_down_articles_stay_down(backfile, archive: Path) -> None:
    import sqlite3

    with sqlite3.connect(archive / "archive.sqlite3") as db:
        db.execute("UPDATE article SET taken_down=1 WHERE key='124'")
    assert "böser Titel" not in backfile("export", "--archive", archive).out


def test_a_folder_of_somebody_else_is_refused(backfile, imported: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "meins"
    foreign.mkdir()
    (foreign / "diplomarbeit.odt").write_text("Jahre")
    said = backfile("export", "--to", "html", foreign, "--archive", imported)
    assert said.code == 2
    assert "holds other files" in said.err
    assert (foreign / "diplomarbeit.odt").read_text() == "Jahre"
    said = backfile("export", "--to", "html", foreign / "diplomarbeit.odt", "--archive", imported)
    assert said.code == 2
    for own in (imported, "/"):
        assert backfile("export", "--to", "html", own, "--archive", imported).code == 2
    assert (imported / "archive.sqlite3").exists()


def test_the_folder_beside_is_not_taken_for_ours(backfile, imported: Path, tmp_path: Path) -> None:
    for name in (".site.partial", ".site.old", "site.partial"):
        beside = tmp_path / name
        beside.mkdir()
        (beside / "notes.txt").write_text("mine")
        said = backfile("export", "--to", "html", tmp_path / "site", "--archive", imported)
        assert said.code == (2 if name.startswith(".") else 0)
        assert (beside / "notes.txt").read_text() == "mine"
        (beside / "notes.txt").unlink()
        beside.rmdir()


def test_no_target_of_that_name(backfile, imported: Path, tmp_path: Path) -> None:
    said = backfile("export", "--to", "pdf", tmp_path / "x", "--archive", imported)
    assert said.code in (2, 3)
    assert "html, jsonl" in said.err
    assert backfile("export", "--to", "html", "--archive", imported).code == 2


@pytest.fixture
def site(backfile, imported: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    said = backfile("export", "--to", "html", folder, "--archive", imported)
    assert said.code == 0, said.err
    return folder


def test_an_earlier_export_is_replaced_whole(backfile, imported: Path, site: Path) -> None:
    before = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (site / "1999.html").write_text("old")
    assert backfile("export", "--to", "html", site, "--archive", imported).code == 0
    assert {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in site.parent.iterdir()) == ["site"]


def test_old_addresses_lead_to_pages(site: Path) -> None:
    lines = [line.split("\t") for line in (site / "redirects.tsv").read_text(encoding="utf-8").splitlines()]
    assert lines[0][0] == "alt.seebote.example/artikel/123.html"
    for _, place in lines:
        assert (site / place).is_file()


@pytest.mark.browser
def test_every_page_opens_from_the_disk(browser: Any, site: Path) -> None:
    shown = browser.new_page(viewport={"width": 360, "height": 800})
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("pageerror", lambda problem: complaints.append(str(problem)))
    shown.on("requestfailed", lambda request: complaints.append(f"failed {request.url}"))
    shown.on(
        "request", lambda request: None if request.url.startswith(site.as_uri()) else complaints.append(request.url)
    )
    shown.on("dialog", lambda dialog: complaints.append("a script ran") or dialog.dismiss())
    waiting, seen, titles, pictures = [(site / "index.html").as_uri()], set(), set(), 0
    while waiting:
        address = waiting.pop()
        seen.add(address)
        shown.goto(address)
        titles.add(shown.locator("h1").first.inner_text())
        pictures += shown.evaluate("[...document.images].filter(i => i.complete && i.naturalWidth).length")
        assert shown.evaluate("[...document.images].filter(i => !i.naturalWidth).length") == 0
        assert shown.evaluate("document.documentElement.scrollWidth") <= 360
        for link in shown.evaluate("[...document.links].map(a => a.href)"):
            if link.startswith("file:") and link.partition("#")[0] not in seen | set(waiting):
                waiting.append(link.partition("#")[0])
    shown.close()
    assert complaints == []
    assert pictures == 1
    assert {"Der Seebote", "2011", "Brücke über die Wyss eröffnet", "Le marché du samedi"} <= titles
    assert '<script>alert(1)</script> & "Zitat" </title> im Titel' in titles
    pages = {path.as_uri() for path in site.rglob("*.html")}
    assert seen == pages


def test_killed_midway_nothing_half_is_left(imported: Path, tmp_path: Path) -> None:
    """The folder that a killed export leaves is not the one that was asked for, and the next export cleans up."""
    slow = (
        "import sys, time\nfrom pathlib import Path\nfrom backfile import registry\n"
        "from backfile.store.archive import Archive\nfrom backfile.store.deliveries import deliveries, site\n"
        "def few(found):\n    for one in found:\n        yield one\n"
        "        print('one', flush=True)\n        time.sleep(600)\n"
        "archive = Archive.open(Path(sys.argv[1]), read_only=True)\n"
        "registry.target(sys.argv[3]).write(few(deliveries(archive)), site(archive), Path(sys.argv[2]))\n"
    )
    for target in ("html", "jsonl"):
        goal = tmp_path / target
        with subprocess.Popen([sys.executable, "-c", slow, imported, goal, target], stdout=subprocess.PIPE) as running:
            assert running.stdout
            assert running.stdout.readline() == b"one\n"
            time.sleep(0.1)
            running.send_signal(signal.SIGKILL)
        assert not goal.exists()
        again = [sys.executable, "-m", "backfile", "export", "--to", target, goal, "--archive", imported]
        assert subprocess.run(again, capture_output=True, timeout=300).returncode == 0
        assert goal.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["html", "jsonl"]
