"""The report in the terminal: what became of every record, in one screen."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from backfile.report.facts import OUTCOMES, Report, adds_up
from backfile.report.plots import number

SHOWN_FAULTS = 12
SHOWN_REJECTS = 5


def print_report(console: Console, report: Report) -> None:
    """Print the summary; rejects and holds last, because that is where the eye ends."""
    parts = [_sum(report), _states(report), _faults(report), _held(report), _rejects(report)]
    console.print(Padding(Group(*(part for part in parts if part is not None)), (1, 0, 0, 0)))


def _sum(report: Report) -> Text:
    counts = report.counts
    text = Text.assemble((number(counts.get("records", 0)), "bold"), " records ")
    text.append("= " if adds_up(counts) else "≠ ", style="" if adds_up(counts) else "bold red")
    shown = [name for name in OUTCOMES if counts.get(name)] or ["imported"]
    for position, name in enumerate(shown):
        text.append(" + " if position else "")
        text.append(number(counts.get(name, 0)), style="bold red" if name == "rejected" else "bold")
        text.append(f" {name}")
    text.append(f"   ({report.seconds:.1f} s)", style="dim")
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
    text = Text("held, not published until someone decides:\n", style="bold red")
    for held in report.held[:SHOWN_REJECTS]:
        text.append(f"  {held.key}  {held.headline[:50]}  {held.problem[:90]}\n", style="default")
    return text


def _rejects(report: Report) -> Text | None:
    if not report.rejects:
        return None
    text = Text("rejected, kept with their bytes (`backfile rejects`):\n", style="bold red")
    for reject in report.rejects[:SHOWN_REJECTS]:
        text.append(f"  {reject.where}: {reject.reason}\n", style="default")
    return text
