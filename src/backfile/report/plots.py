"""Plots as inline SVG: no script, no request, readable in print, in the dark and by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec

WIDTH = 960
RIGHT = 12
"""Room for the half of the last label that stands out over its column."""


class Series(msgspec.Struct, frozen=True):
    """One kind of thing in a stacked plot: its name in the legend and its CSS class."""

    name: str
    css: str


class Bar(msgspec.Struct, frozen=True):
    """One bar: its label and one value for each series."""

    label: str
    values: tuple[int, ...]


def columns(title: str, series: Sequence[Series], bars: Sequence[Bar], height: int = 240) -> str:
    """Stacked columns side by side, as for articles per year. Empty string if there is nothing to draw."""
    top = max((sum(bar.values) for bar in bars), default=0)
    if not top:
        return ""
    left, bottom, head = 48, 28, 8
    step = (WIDTH - left - RIGHT) / len(bars)
    wide = min(step * 0.8, 56)
    scale = (height - bottom - head) / top
    parts = [_gridlines(top, scale, left, height - bottom)]
    every = max(1, -(-len(bars) * 44 // (WIDTH - left)))
    for number, bar in enumerate(bars):
        x = left + number * step + (step - wide) / 2
        parts.append(_stack(bar, series, x, wide, height - bottom, scale))
        if number % every == 0:
            parts.append(f'<text x="{x + wide / 2:.1f}" y="{height - 8}" class="tick mid">{escape(bar.label)}</text>')
    return _svg(title, series, bars, height, "".join(parts))


def _stack(bar: Bar, series: Sequence[Series], x: float, wide: float, base: float, scale: float) -> str:
    out, y = [], base
    for value, kind in zip(bar.values, series, strict=True):
        if value:
            high = value * scale
            y -= high
            out.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" class="{kind.css}">'
                f"<title>{escape(bar.label)}: {number(value)} {escape(kind.name)}</title></rect>"
            )
    return "".join(out)


def _gridlines(top: int, scale: float, left: int, base: float) -> str:
    lines = []
    for value in ticks(top):
        y = base - value * scale
        lines.append(f'<line x1="{left}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>')
        lines.append(f'<text x="{left - 6}" y="{y + 4:.1f}" class="tick end">{number(value)}</text>')
    return "".join(lines)


def ticks(top: int) -> list[int]:
    """Round values from 0 to at most `top`, three to six of them."""
    if top <= 0:
        return [0]
    step = 1
    while top / step > 5:
        step = step * 2 if str(step)[0] in "15" else step * 5 // 2
    return list(range(0, top + 1, step))


def rows(title: str, series: Sequence[Series], bars: Sequence[Bar]) -> str:
    """Stacked bars below each other, as for faults by class: a label, the bar, and its total."""
    top = max((sum(bar.values) for bar in bars), default=0)
    if not top:
        return ""
    left, right, line = 250, 70, 22
    scale = (WIDTH - left - right) / top
    parts = []
    for row, bar in enumerate(bars):
        y, x = row * line + 4, float(left)
        parts.append(f'<text x="{left - 8}" y="{y + 12}" class="tick end name">{escape(bar.label)}</text>')
        for value, kind in zip(bar.values, series, strict=True):
            if value:
                wide = max(value * scale, 1.5)
                tip = f"{escape(bar.label)}: {number(value)} {escape(kind.name)}"
                parts.append(
                    f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{line - 7}" class="{kind.css}">'
                    f"<title>{tip}</title></rect>"
                )
                x += wide
        parts.append(f'<text x="{x + 6:.1f}" y="{y + 12}" class="tick">{number(sum(bar.values))}</text>')
    return _svg(title, series, bars, len(bars) * line + 8, "".join(parts))


def _svg(title: str, series: Sequence[Series], bars: Sequence[Bar], height: int, inside: str) -> str:
    legend = "".join(f'<span><i class="{kind.css}"></i>{escape(kind.name)}</span>' for kind in series)
    spoken = f"{title}: " + "; ".join(f"{bar.label} {sum(bar.values)}" for bar in bars)
    return (
        f'<figure class="plot"><div class="scroll"><svg viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(spoken)}">{inside}</svg></div><figcaption>{legend}</figcaption></figure>'
    )


def number(value: float) -> str:
    """12 345: a narrow space every three digits, as in all four languages of the site."""
    return f"{value:,}".replace(",", "\u202f")
