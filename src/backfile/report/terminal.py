"""The report in the terminal: what became of every record, in one screen."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from backfile.report.facts import OUTCOMES, Report, adds_up
from backfile.report.plots import number

SHOWN_FAULTS = 12
SHOWN_REJECTS = 5


def print_report(console: Console, report: Report) -> None:
    """Print the summary; rejects and holds last, because that is where the eye ends."""
    several = [_sum(run.counts, run.seconds, run.source) for run in report.runs] if len(report.runs) > 1 else []
    parts = [*several, _sum(report.counts, report.seconds), _states(report), _faults(report), _held(report)]
    console.print()
    for part in (*parts, _rejects(report)):
        if part is not None:
            console.print(part, soft_wrap=isinstance(part, Text))


def _sum(counts: dict[str, Any], seconds: float, source: str = "") -> Text:
    text = Text(style="dim" if source else "")
    if source:
        text.append(f"{source}: ")
    text.append(number(counts.get("records", 0)), style="bold")
    text.append(" records ")
    text.append("= " if adds_up(counts) else "≠ ", style="" if adds_up(counts) else "bold red")
    shown = [name for name in OUTCOMES if counts.get(name)] or ["imported"]
    for position, name in enumerate(shown):
        text.append(" + " if position else "")
        text.append(number(counts.get(name, 0)), style="bold red" if name == "rejected" else "bold")
        text.append(f" {name}")
    text.append(f"   ({seconds:.1f} s)", style="dim")
    return text


def _states(report: Report) -> Text:
    states, verdicts = report.states, report.verdicts
    text = Text()
    for name, style in (("clean", "green"), ("flagged", "yellow"), ("held", "bold red"), ("withheld", "dim")):
        if states.get(name):
            text.append(f"{number(states[name])} {name}  ", style=style)
    proved, failed, skipped = (verdicts.get(name, 0) for name in ("proved", "failed", "not_checked"))
    text.append(f"·  {number(proved)} proved, {number(failed)} failed, {number(skipped)} not checked")
    if report.undated:
        text.append(f"  ·  {number(report.undated)} undated")
    return text


def _faults(report: Report) -> Table | None:
    if not report.faults:
        return None
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title_justify="left", header_style="dim")
    table.add_column("display errors")
    for head in ("found", "mended", "open"):
        table.add_column(head, justify="right")
    for fault in report.faults[:SHOWN_FAULTS]:
        table.add_row(fault.name, number(fault.found), number(fault.mended), number(fault.open))
    rest = report.faults[SHOWN_FAULTS:]
    if rest:
        sums = (sum(f.found for f in rest), sum(f.mended for f in rest), sum(f.open for f in rest))
        table.add_row(f"{len(rest)} more kinds", *(number(value) for value in sums), style="dim")
    return table


def _held(report: Report) -> Text | None:
    if not report.held:
        return None
    text = Text("held, not published until someone decides (`backfile show KEY`):", style="bold red")
    for held in report.held[:SHOWN_REJECTS]:
        text.append(f"\n  {held.key}  {held.headline[:50]}  {held.problem[:90]}", style="not bold default")
    return text


def _rejects(report: Report) -> Text | None:
    if not report.rejects:
        return None
    text = Text("rejected, kept with their bytes (`backfile rejects`):", style="bold red")
    for reject in report.rejects[:SHOWN_REJECTS]:
        text.append(f"\n  {reject.where}: {reject.reason}", style="not bold default")
    return text
