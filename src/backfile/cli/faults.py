"""`backfile faults`: the catalogue of display errors, with the counts of this archive; `explain` shows a card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backfile.cli.terminal import archive_option, emit, json_option, out, plain
from backfile.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from backfile.faults.rule import Card

Counts = dict[str, tuple[int, int]]


@click.group(name="faults", invoke_without_command=True)
@archive_option
@json_option
@click.pass_context
def verb(context: click.Context, archive: Path, as_json: bool) -> None:
    """List every display error that Backfile knows, with the counts of this archive if there is one.

    Example: backfile faults explain visible-entity
    """
    if context.invoked_subcommand:
        return
    from backfile.faults import RULES

    cards, counts = [rule.card for rule in RULES], _counts(archive)
    if as_json:
        for card in cards:
            emit(_as_object(card, counts))
        for name in sorted(set(counts) - {card.name for card in cards}):
            emit(_without_card(name, counts))
    else:
        out().print(_table(cards, counts))


@verb.command(name="explain")
@click.argument("name")
@json_option
def explain(name: str, as_json: bool) -> None:
    """Show one fault's card: what readers saw, why, an example, what the rule will get wrong.

    Example: backfile faults explain visible-entity
    """
    from backfile.report.facts import FOUND_WHILE_SHAPING

    if name in FOUND_WHILE_SHAPING:
        found = _without_card(name, {})
        emit(found) if as_json else out().print(f"{name}: {found['title']}. Found while shaping; no rule mends it.")
        return
    card = _card(name)
    if as_json:
        emit(card)
        return
    from backfile.faults.catalogue import as_text

    out().print(plain(as_text(card)))


def _card(name: str) -> Card:
    from difflib import get_close_matches

    from backfile.faults import RULES

    cards = {rule.card.name: rule.card for rule in RULES}
    if name not in cards:
        near = ", ".join(get_close_matches(name, cards, cutoff=0.4))
        raise UsageError(
            f"no fault is called {name!r}", hint=f"Near: {near}." if near else "`backfile faults` lists all."
        )
    return cards[name]


def _without_card(name: str, counts: Counts) -> dict[str, Any]:
    from backfile.report.facts import FOUND_WHILE_SHAPING

    mended, still = counts.get(name, (0, 0))
    title = FOUND_WHILE_SHAPING.get(name, "")
    return {"name": name, "title": title, "grade": "shown", "group": "", "mended": mended, "open": still}


def _counts(archive: Path) -> Counts:
    """(mended, open) of each fault in the archive; empty where there is no archive."""
    from backfile.store.archive import Archive

    query = "SELECT name, sum(state = 'mended'), sum(state = 'open') FROM fault GROUP BY name"
    try:
        with Archive.open(archive, read_only=True) as opened:
            return {name: (mended, still) for name, mended, still in opened.db.execute(query)}
    except ArchiveError:
        if archive != Path():
            raise
        return {}


def _as_object(card: Card, counts: Counts) -> dict[str, Any]:
    import msgspec

    mended, still = counts.get(card.name, (0, 0))
    return {**msgspec.to_builtins(card), "mended": mended, "open": still}


def _table(cards: list[Card], counts: Counts) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    rows = list(_rows(cards, counts))
    table.add_column("", no_wrap=True, style="dim", min_width=2)
    table.add_column("fault", no_wrap=True, min_width=max(len(name) for name, *_ in rows))
    table.add_column("grade", no_wrap=True, min_width=8)
    for head in ("mended", "open") if counts else ():
        table.add_column(head, justify="right", no_wrap=True, min_width=6)
    table.add_column("what it is", no_wrap=True, overflow="ellipsis")
    for name, group, grade, title in rows:
        numbers = [str(value or "") for value in counts.get(name, (0, 0))] if counts else []
        table.add_row(group, name, grade, *numbers, plain(title))
    return table


def _rows(cards: list[Card], counts: Counts) -> Iterator[tuple[str, str, str, str]]:
    """(name, group, grade, title): the rules' faults, then those that shaping found in this archive."""
    from backfile.report.facts import FOUND_WHILE_SHAPING

    for card in cards:
        yield card.name, card.group, card.grade, card.title
    for name in sorted(set(counts) - {card.name for card in cards}):
        yield name, "", "shown", FOUND_WHILE_SHAPING.get(name, "")
