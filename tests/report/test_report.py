"""The report: its numbers are the archive's, it adds up, and the page stands alone."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from backfile.report.facts import OUTCOMES, Report, add, adds_up
from backfile.report.gather import gather
from backfile.report.page import page
from backfile.report.plots import Bar, Series, columns, rows, ticks
from backfile.report.terminal import print_report
from backfile.store.archive import Archive


@pytest.fixture(scope="module")
def facts(imported: Path) -> Report:
    with Archive.open(imported, read_only=True) as archive:
        return gather(archive)


def test_numbers_are_those_of_the_archive(facts: Report, imported: Path) -> None:
    db = sqlite3.connect(imported / "archive.sqlite3")
    count = lambda query: db.execute(query).fetchone()[0]  # noqa: E731
    assert facts.counts["records"] == 6
    assert adds_up(facts.counts)
    assert sum(facts.states.values()) == count("SELECT count(*) FROM article")
    assert sum(year.total for year in facts.years) + facts.undated == 5
    assert sum(fault.found for fault in facts.faults) == count("SELECT count(*) FROM fault")
    assert all(fault.found == fault.mended + fault.open for fault in facts.faults)
    assert sum(media.count for media in facts.missing_media) == 1
    assert facts.missing_media[0].name.endswith("fehlt.png")
    assert [reject.where for reject in facts.rejects] == ["seebote.jsonl, byte 1399"]
    assert len(facts.slowest) == 5
    db.close()


def test_a_field_that_nobody_mapped_is_named_and_no_fault(facts: Report) -> None:
    assert [(one.name, one.count, one.sample) for one in facts.unmapped] == [("Druckseite", 1, "Seite 3 oben")]
    assert [(one.name, one.count, one.sample) for one in facts.unsupported] == [("svg", 1, "Skizze")]
    assert "unsupported-block" in {fault.name for fault in facts.faults}
    assert "unmapped-field" not in {fault.name for fault in facts.faults}


def test_every_fault_has_a_title(facts: Report) -> None:
    assert all(fault.title for fault in facts.faults)


def test_runs_of_several_sources_are_summed(backfile, archive_two: Path) -> None:
    with Archive.open(archive_two, read_only=True) as archive:
        both = gather(archive)
        one = gather(archive, (1,))
    assert [run.source for run in both.runs] == ["seebote", "zweitens"]
    assert (both.counts["records"], one.counts["records"]) == (12, 6)
    assert both.counts["records"] == sum(both.counts[name] for name in OUTCOMES)
    html = page(both)
    assert html.index(">seebote<") < html.index(">zweitens<") < html.index(">together<")


@pytest.fixture
def archive_two(backfile, imported: Path, export: Path, tmp_path: Path) -> Path:
    import shutil

    folder = Path(shutil.copytree(imported, tmp_path / "two"))
    assert backfile("import", export, "--archive", folder, "--source", "zweitens").code == 0
    return folder


def test_the_page_asks_nobody_for_anything(facts: Report) -> None:
    html = page(facts)
    assert not re.search(r"<(?:script|link|img|iframe)\b|@import|url\(", html)
    assert "default-src 'none'" in html
    assert "<script>alert(1)" not in html
    for name in ("Druckseite", "fehlt.png", "Skizze", "no JSON", "Slowest records", "unsupported-block"):
        assert name in html


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_in_a_browser(browser: Any, facts: Report, tmp_path: Path, width: int, scheme: str) -> None:
    path = tmp_path / "report.html"
    path.write_text(page(facts), encoding="utf-8")
    shown = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("request", lambda request: complaints.append(request.url) if request.url != path.as_uri() else None)
    shown.goto(path.as_uri())
    assert complaints == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.locator("h1").inner_text() == "Der Seebote"
    assert shown.locator("svg rect").count() >= 5
    assert shown.locator(".sum tbody tr").first.inner_text().split()[:1] == ["seebote"]
    shown.close()


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal(facts: Report, width: int) -> None:
    console = Console(width=width, record=True, file=open("/dev/null", "w"), force_terminal=True)  # noqa: SIM115
    print_report(console, facts)
    text = console.export_text()
    assert "6 records = 5 imported + 1 rejected" in text
    assert "seebote.jsonl, byte 1399" in text
    tables = [line for line in text.splitlines() if line.startswith(("missing", "visible", "display"))]
    assert all(len(line) <= width for line in tables)
    console.file.close()


def test_sums_of_counts() -> None:
    left = {"records": 1, "verdicts": {"proved": 1}, "seconds": 0.1}
    assert add(add({}, left), left) == {"records": 2, "verdicts": {"proved": 2}, "seconds": 0.2}


@pytest.mark.parametrize("top", [0, 1, 2, 5, 7, 10, 99, 12345, 10**9])
def test_ticks_are_few_and_round(top: int) -> None:
    found = ticks(top)
    assert found[0] == 0
    assert len(found) <= 6
    assert found[-1] <= max(top, 0)
    assert all(str(value).rstrip("0") in ("", "1", "2", "3", "4", "5", "6", "8", "15") or top < 10 for value in found)


def test_plots_draw_every_value() -> None:
    series = (Series("a", "s1"), Series("b", "s2"))
    bars = [Bar("<x>", (1, 0)), Bar("y", (2, 3))]
    for plot in (columns("t", series, bars), rows("t", series, bars)):
        assert plot.count("<rect") == 3
        assert "&lt;x&gt;: 1 a" in plot
    assert columns("t", series, []) == rows("t", series, [Bar("x", (0, 0))]) == ""
