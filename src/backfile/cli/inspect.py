"""`backfile inspect`: what an export is and how it would come out, changing nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backfile.cli.terminal import FOLDER, console, emit, json_option, out, plain

if TYPE_CHECKING:
    from backfile.article import Article
    from backfile.inspection import Facts
    from backfile.record import Options, Record, Source

LISTED = 12


@click.command(name="inspect")
@click.argument("source", type=FOLDER)
@click.option("--format", "format_", default="", metavar="FORMAT", help="Do not recognise the format: it is this one.")
@click.option("--limit", default=0, type=click.IntRange(0), metavar="N", help="Look at the first N items only.")
@click.option(
    "--show", default=3, type=click.IntRange(0, 100), metavar="N", show_default=True, help="Articles to show."
)
@click.option("--dialect", default="", metavar="NAME", help="The bodies' dialect, if it is not told by the source.")
@json_option
def verb(source: Path, format_: str, limit: int, show: int, dialect: str, as_json: bool) -> None:
    """Say what an export is, what is in it, and show some articles as they would come out. Changes nothing.

    Example: backfile inspect export.xml
    """
    from backfile import registry
    from backfile.inspection import inspect
    from backfile.record import Options

    options = Options(dialect=dialect)
    reader = registry.source(format_) if format_ else registry.recognise(source)
    with console().status("reading"):
        facts = inspect(source, options, reader, limit=limit, show=show)
        articles = _articles(facts.first, reader, options)
    if as_json:
        import msgspec

        emit({**msgspec.structs.asdict(facts), "first": articles})
        return
    _print(facts)
    for article in articles:
        out().print(_article(article))


def _articles(records: list[Record], reader: Source, options: Options) -> list[Article]:
    """Shaped, and mended by what the text alone tells: a profile needs the whole export."""
    from backfile.errors import BackfileError
    from backfile.faults.mend import mend
    from backfile.pipeline import shape_record
    from backfile.profile import Profile

    found = []
    for record in records:
        try:
            found.append(mend(shape_record(record, reader, options).article, Profile()).article)
        except BackfileError as problem:
            console().print(f"[yellow]{plain(record.key)}[/]: {plain(str(problem))}")
    return found


def _print(facts: Facts) -> None:
    out().print(
        f"[bold]{plain(facts.path)}[/]: {facts.title} ({facts.source}, {facts.sure} % sure), {facts.bytes:,} bytes"
    )
    ended = "" if facts.complete else " (not read to its end)"
    out().print(f"{facts.records:,} records, {facts.left_out:,} left out, {facts.rejected:,} rejected{ended}")
    for name, counts in (
        ("left out", facts.excluded),
        ("rejected", facts.rejects),
        ("damaged", facts.damaged),
        ("kinds", facts.kinds),
        ("status", facts.statuses),
        ("encodings", facts.encodings),
        ("languages", facts.languages),
        ("markup", facts.markups),
        ("shortcodes", facts.shortcodes),
        ("macros", facts.macros),
        ("elements", facts.elements),
    ):
        if counts:
            out().print(f"[dim]{name:<10}[/] {_counted(counts)}")
    out().print(f"[dim]{'years':<10}[/] {_years(facts)}")
    out().print(_fields(facts))


def _counted(counts: dict[str, int]) -> str:
    top = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = ", ".join(f"{plain(name) or '(none)'} {count:,}" for name, count in top[:LISTED])
    return shown + (f", and {len(top) - LISTED} more" if len(top) > LISTED else "")


def _years(facts: Facts) -> str:
    bars = "▁▂▃▄▅▆▇█"
    top = max(facts.years.values(), default=0)
    line = "".join(bars[count * 7 // top] for _, count in sorted(facts.years.items())) if top else ""
    span = f"{min(facts.years)}–{max(facts.years)} " if facts.years else ""
    return f"{span}{line} {facts.undated:,} without a date"


def _fields(facts: Facts) -> str:
    """One line a field, cut to the terminal's width."""
    head = f"[dim]{'field':<10} {'from':<30} {'markup':<7} {'filled':>6} {'longest':>8}  for example[/]"
    width = max(out().width - 67, 20)
    lines = [head]
    for field in facts.fields:
        sample = " ".join(field.samples[0].split())[:width] if field.samples else ""
        leaf = field.leaf if len(field.leaf) <= 30 else f"{field.leaf[:29]}…"
        numbers = f"{field.share:>6.0%} {field.longest:>8,}"
        lines.append(f"{field.role:<10} {plain(leaf):<30} {field.markup:<7} {numbers}  {plain(sample)}")
    return "\n".join(lines)


def _article(article: Article) -> Any:
    from rich.panel import Panel

    from backfile.article import article_texts, walk
    from backfile.draft import type_name

    kinds = {block.id: type_name(block) for block in walk(article.blocks)}
    lines = []
    for at, text in article_texts(article):
        block, colon, _ = at.partition(":")
        if at != "headline":
            lines.append(f"[dim]{kinds[block] if colon else at:<12}[/] {plain(text.text)}")
    about = [", ".join(article.bylines), str(article.published or "undated"), article.section, article.withheld]
    return Panel(
        "\n".join(lines) or "[dim]no text[/]",
        title=plain(article.headline.text or article.key),
        subtitle=plain(" · ".join(part for part in about if part)),
        title_align="left",
    )
