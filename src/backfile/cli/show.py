"""`backfile show`: one article with its source, its edits, its drops and its faults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backfile.cli.terminal import archive_option, emit, json_option, out, plain

if TYPE_CHECKING:
    from rich.console import RenderableType

    from backfile.ledger import Op
    from backfile.store.reading import Stored

MAX_RAW = 6000


@click.command(name="show")
@click.argument("article")
@click.option("--raw", is_flag=True, help="Write the original's bytes to standard output, nothing else.")
@archive_option
@json_option
def verb(article: str, raw: bool, archive: Path, as_json: bool) -> None:
    """Show source and article side by side, what was edited and dropped, the faults and the verdict.

    ARTICLE is its key, SOURCE:KEY, or its address, new or old.

    Example: backfile show 1207
    """
    import sys

    from backfile.store.archive import Archive
    from backfile.store.reading import find

    with Archive.open(archive, read_only=True) as opened:
        stored = find(opened, article)
    if raw:
        sys.stdout.buffer.write(stored.record.payload)
    elif as_json:
        emit(_as_object(stored))
    else:
        for part in _parts(stored):
            out().print(part)


def _as_object(stored: Stored) -> dict[str, Any]:
    import msgspec

    record = msgspec.to_builtins(stored.record, builtin_types=(bytes,))
    record["payload"] = stored.record.payload.decode(stored.record.encoding, "backslashreplace")
    return {
        "path": stored.path,
        "state": stored.state,
        "revision": stored.revision,
        "verdict": stored.verdict,
        "problems": stored.problems,
        "article": stored.article,
        "shaped": stored.shaped,
        "account": stored.account,
        "ops": stored.ops,
        "faults": stored.faults,
        "record": record,
    }


def _parts(stored: Stored) -> list[RenderableType]:
    parts: list[RenderableType] = [_head(stored), _side_by_side(stored)]
    if stored.ops:
        parts.append(_listed("edits", [_edit(op) for op in stored.ops]))
    if stored.account:
        parts.append(_listed("source text not in its place", [_edit(op) for op in stored.account]))
    if stored.faults:
        lines = [
            f"[{'green' if f.state == 'mended' else 'yellow'}]{f.state:<7}[/] {f.name:<24} {plain(f.at):<16} "
            f"{plain(_short(f.before or f.note))}"
            for f in stored.faults
        ]
        parts.append(_listed("faults", lines))
    return parts


def _head(stored: Stored) -> str:
    from backfile.report.gather import in_words

    style = {"proved": "green", "failed": "bold red"}.get(stored.verdict, "yellow")
    origin = stored.record.origin
    lines = [
        f"[bold]{plain(stored.article.headline.text or stored.article.key)}[/]",
        f"{plain(stored.article.source)}:{plain(stored.article.key)}  {plain(stored.path)}  {stored.state}  "
        f"[{style}]{stored.verdict}[/]  revision {stored.revision}",
        f"[dim]{plain(origin.file)}, byte {origin.offset}, {origin.length} bytes, {stored.record.encoding}[/]",
    ]
    lines += [f"[red]{plain(in_words(problem))}[/]" for problem in stored.problems]
    return "\n".join(lines)


def _side_by_side(stored: Stored) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(expand=True, show_lines=False)
    table.add_column("source", ratio=1, overflow="fold")
    table.add_column("article", ratio=1, overflow="fold")
    payload = stored.record.payload.decode(stored.record.encoding, "backslashreplace")
    cut = payload if len(payload) <= MAX_RAW else f"{payload[:MAX_RAW]}\n… {len(payload) - MAX_RAW} more (--raw)"
    table.add_row(Text.from_markup(plain(cut)), Text.from_markup(_article(stored)))
    return table


def _article(stored: Stored) -> str:
    from backfile.article import article_texts, walk
    from backfile.draft import type_name

    kinds = {block.id: type_name(block) for block in walk(stored.article.blocks)}
    lines = []
    for at, text in article_texts(stored.article):
        block, colon, slot = at.partition(":")
        name = f"{kinds[block]}{'' if slot == 'text' else ' ' + slot}" if colon else at
        lines.append(f"[dim]{name}[/] {plain(text.text)}")
    for name, value in (
        ("by", ", ".join(stored.article.bylines)),
        ("published", stored.article.published or "undated"),
    ):
        lines.append(f"[dim]{name}[/] {plain(str(value))}")
    lines += [
        f"[dim]kept, not shown: {plain(extra.name)}[/] {plain(_short(extra.value))}" for extra in stored.article.extra
    ]
    return "\n\n".join(lines)


def _edit(op: Op) -> str:
    from backfile.ledger import Drop, Generate, Join, Move, Replace, Retype, SetField, Split

    place = getattr(op, "at", "") or getattr(op, "block", "")
    head = f"[cyan]{plain(op.by):<24}[/] {plain(place):<16} "
    if isinstance(op, Replace):
        return f"{head}[red]{plain(_short(op.before))}[/] → [green]{plain(_short(op.after))}[/]"
    if isinstance(op, Drop):
        return f"{head}dropped [red]{plain(_short(op.text))}[/] ({plain(op.reason)})"
    if isinstance(op, Move):
        return f"{head}moved {plain(_short(op.text))} to {plain(op.to)}"
    if isinstance(op, Generate):
        return f"{head}added [green]{plain(_short(op.text))}[/] ({plain(op.reason)})"
    if isinstance(op, Split):
        return f"{head}split at {op.offset}"
    if isinstance(op, Join):
        return f"{head}joined {plain(op.second)} to {plain(op.first)}"
    if isinstance(op, Retype):
        return f"{head}{op.before} became {op.after}"
    if isinstance(op, SetField):
        return f"{head}{op.field}: {plain(str(op.before))} → {plain(str(op.after))}"
    return f"{head}{op.mark.kind} {'on' if op.on else 'off'} {op.mark.start}–{op.mark.end}"


def _listed(title: str, lines: list[str]) -> str:
    return f"\n[bold]{title}[/] ({len(lines)})\n" + "\n".join(f"  {line}" for line in lines)


def _short(text: str, size: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= size else f"{text[:size]}…"
