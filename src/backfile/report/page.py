"""The report as one HTML page that stands alone: no script, no request, opens from a mail or a USB stick."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import Any

from backfile.report.facts import OUTCOMES, Counted, FaultFacts, Report, Sample, adds_up
from backfile.report.plots import Bar, Series, columns, number, rows

STATES = (Series("clean", "s1"), Series("flagged", "s2"), Series("held", "s3"), Series("withheld", "s4"))
MENDING = (Series("mended", "s1"), Series("open", "s2"))


def page(report: Report) -> str:
    """The whole document."""
    css = files("backfile.report").joinpath("report.css").read_text(encoding="utf-8")
    sections = (_summary, _accounted, _years, _faults, _held, _rejects, _kept, _media, _slowest)
    inside = "".join(section(report) for section in sections)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Import report · {escape(report.title)}</title><style>{css}</style></head><body><main>{inside}</main>"
        f"<footer>Backfile {escape(report.version)} · {_when(report)}</footer>"
        "</body></html>"
    )


def _when(report: Report) -> str:
    runs = ", ".join(str(run.number) for run in report.runs)
    return f"run{'s' if len(report.runs) > 1 else ''} {runs} · {escape(report.runs[-1].started)} UTC"


def _summary(report: Report) -> str:
    counts, states, verdicts = report.counts, report.states, report.verdicts
    articles = sum(states.values())
    faults = sum(fault.open for fault in report.faults)
    cards = (
        _card("records read", counts.get("records", 0), "every one is accounted for below"),
        _card("articles in the archive", articles, f"{number(states.get('withheld', 0))} withheld by the old system"),
        _card("proved", verdicts.get("proved", 0), _unproved(verdicts), bad=bool(verdicts.get("failed"))),
        _card("faults mended", sum(fault.mended for fault in report.faults), f"{number(faults)} still open"),
        _card("rejected", counts.get("rejected", 0), "kept with their bytes", bad=bool(counts.get("rejected"))),
    )
    pace = counts.get("records", 0) / report.seconds if report.seconds else 0
    sources = ", ".join(escape(run.source) for run in report.runs)
    return (
        f"<header><p class=over>Import report</p><h1>{escape(report.title)}</h1>"
        f"<p>{sources} · {report.seconds:.1f} s · {number(round(pace))} records a second</p></header>"
        f'<div class="cards">{"".join(cards)}</div>'
    )


def _unproved(verdicts: dict[str, int]) -> str:
    return f"{number(verdicts.get('failed', 0))} failed, {number(verdicts.get('not_checked', 0))} not checked"


def _card(label: str, value: int, under: str, bad: bool = False) -> str:
    css = "card bad" if bad else "card"
    return f'<div class="{css}"><b>{number(value)}</b><span>{label}</span><small>{escape(under)}</small></div>'


def _accounted(report: Report) -> str:
    counts = report.counts
    heads = "".join(f'<th scope="col">{name}</th>' for name in OUTCOMES)
    single = [_row(run.source, run.path, run.counts) for run in report.runs]
    whole = _row("together", "", counts, css="total") if len(single) > 1 else ""
    table = (
        '<div class="scroll"><table class="sum"><thead><tr><td></td><th scope="col">records</th><td></td>'
        f"{heads}</tr></thead><tbody>{''.join(single)}{whole}</tbody></table></div>"
    )
    return _section(
        "Every record is accounted for",
        table,
        _counted("Excluded, by rule", report.excluded),
        _counted("Merged or kept twice", report.merged),
        text="" if adds_up(counts) else "The counts do not add up. This is a defect of Backfile: please report it.",
    )


def _row(name: str, path: str, counts: dict[str, Any], css: str = "") -> str:
    """One source: its records, and what became of them."""
    parts = "".join(
        f'<td class="{"bad" if key == "rejected" and counts.get(key) else "none" if not counts.get(key) else ""}">'
        f"{number(counts.get(key, 0))}</td>"
        for key in OUTCOMES
    )
    sign = "=" if adds_up(counts) else "≠"
    head = f'<th scope="row">{escape(name)}<small>{escape(path)}</small></th>'
    return f'<tr class="{css}">{head}<td>{number(counts.get("records", 0))}</td><td>{sign}</td>{parts}</tr>'


def _years(report: Report) -> str:
    bars = [Bar(str(year.year), (year.clean, year.flagged, year.held, year.withheld)) for year in report.years]
    undated = f"{number(report.undated)} undated" if report.undated else "none undated"
    return _section("Articles per year", columns("Articles per year", STATES, bars), text=undated)


def _faults(report: Report) -> str:
    if not report.faults:
        return _section("Display errors", text="None found.")
    bars = [Bar(fault.name, (fault.mended, fault.open)) for fault in report.faults]
    details = "".join(_fault(fault) for fault in report.faults)
    return _section("Display errors", rows("Faults by class", MENDING, bars), f'<div class="faults">{details}</div>')


def _fault(fault: FaultFacts) -> str:
    numbers = f"{number(fault.found)} found, {number(fault.mended)} mended, {number(fault.open)} open"
    samples = "".join(_sample(sample) for sample in fault.samples)
    return (
        f"<details><summary><b>{escape(fault.name)}</b> <span>{escape(fault.title)}</span>"
        f"<small>{escape(fault.group)} · {escape(fault.grade)} · {numbers} · in {number(fault.articles)} articles"
        f"</small></summary><ul>{samples}</ul></details>"
    )


def _sample(sample: Sample) -> str:
    change = f"<del>{escape(sample.before)}</del>"
    if sample.after:
        change += f" → <ins>{escape(sample.after)}</ins>"
    around = f"<q>{escape(sample.excerpt)}</q>" if sample.excerpt else ""
    return f"<li>{change} {around}<cite>{escape(sample.headline or sample.key)}</cite></li>"


def _held(report: Report) -> str:
    if not report.held:
        return ""
    body = "".join(
        f"<tr><td>{escape(held.key)}</td><td>{escape(held.headline)}</td><td>{escape(held.problem)}</td></tr>"
        for held in report.held
    )
    return _section("Held: the proof failed", _table(("key", "headline", "why"), body), text=_HELD)


_HELD = "Imported and kept, not published until someone decides. `backfile show KEY` shows source and article."


def _rejects(report: Report) -> str:
    if not report.rejects:
        return ""
    body = "".join(
        f"<tr><td>{reject.number}</td><td>{escape(reject.where)}</td><td>{escape(reject.reason)}"
        f"<small>{escape(reject.hint)}</small></td><td>{number(reject.length)}</td></tr>"
        for reject in report.rejects
    )
    text = "Kept with their bytes. `backfile rejects` lists, shows and tries them again."
    return _section("Rejected", _table(("no.", "where", "why", "bytes"), body), text=text)


def _kept(report: Report) -> str:
    shown = _counted("Blocks of no known type, shown as text", report.unsupported)
    kept = _counted("Fields that nobody mapped, kept and not shown", report.unmapped)
    return _section("Kept, and worth a look", shown, kept) if shown or kept else ""


def _media(report: Report) -> str:
    return _section("Missing media", _counted("", report.missing_media)) if report.missing_media else ""


def _slowest(report: Report) -> str:
    body = "".join(
        f"<tr><td>{escape(slow.key)}</td><td>{escape(slow.headline)}</td><td>{slow.milliseconds:.1f} ms</td></tr>"
        for slow in report.slowest
    )
    return _section("Slowest records", _table(("key", "headline", "time"), body)) if body else ""


def _counted(title: str, found: Iterable[Counted]) -> str:
    body = "".join(
        f'<tr><td>{escape(item.name)}</td><td class="count">{number(item.count)}</td>'
        f"<td>{escape(item.sample)}</td></tr>"
        for item in found
    )
    return (f"<h3>{escape(title)}</h3>" if title else "") + _table(("", "count", "for example"), body) if body else ""


def _table(heads: tuple[str, ...], body: str) -> str:
    head = "".join(_head(name) if name else "<td></td>" for name in heads)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _head(name: str) -> str:
    return f'<th scope="col"{" class=count" if name == "count" else ""}>{escape(name)}</th>'


def _section(title: str, *parts: str, text: str = "") -> str:
    intro = f"<p>{escape(text)}</p>" if text else ""
    return f"<section><h2>{escape(title)}</h2>{intro}{''.join(parts)}</section>"
