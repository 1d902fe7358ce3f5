"""A score in figures that people read: rows for the terminal, a page for the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from backfile.lab.classes import all_classes, left_out
from backfile.lab.scoring import Row, Score

COLUMNS = ("", "class", "layer", "needs", "places", "recall", "precision", "exact", "wrong", "silent")
_TEXT_COLUMNS = 4


def rate(part: int, whole: int) -> float | None:
    """A share; None of nothing."""
    return round(part / whole, 4) if whole else None


def shown(part: int, whole: int) -> str:
    value = rate(part, whole)
    return "–" if value is None else f"{value:.2f}"


def rates(row: Row) -> dict[str, float | None]:
    """What a row's counts come to."""
    return {
        "recall": rate(row.found, row.places),
        "precision": rate(row.hits, row.hits + row.astray),
        "exact_rate": rate(row.exact, row.places),
        "wrong_rate": rate(row.wrong, row.places),
    }


def as_object(score: Score) -> dict[str, Any]:
    """For machines: all counts, and the rates beside them."""
    found: dict[str, Any] = msgspec.to_builtins(score)
    found["rows"] = [{**msgspec.to_builtins(row), **rates(row)} for row in score.rows.values()]
    found["harm"] = [
        {**msgspec.to_builtins(one), "per_10000": per_blocks(one.harmed, one.blocks)} for one in score.harm.values()
    ]
    found["total"] = {**msgspec.to_builtins(total(score)), **rates(total(score))}
    return found


def per_blocks(harmed: int, blocks: int) -> float:
    """Blocks changed of ten thousand sound ones."""
    return round(10_000 * harmed / blocks, 1) if blocks else 0.0


def total(score: Score, *needs: str) -> Row:
    """The sum over all classes, or over those that need this to be mended."""
    found = Row(name=" or ".join(needs) or "all")
    for row in score.rows.values():
        if not needs or row.recoverable in needs:
            for name in ("cases", "places", "found", "hits", "astray", "exact", "left", "wrong", "silent"):
                setattr(found, name, getattr(found, name) + getattr(row, name))
    return found


def table(score: Score) -> Iterator[tuple[str, ...]]:
    """One row of `COLUMNS` for each class, then the sums."""
    for row in score.rows.values():
        yield _cells(row, score.reporting)
    for needs in (("text", "archive"), ("source", "never"), ()):
        row = total(score, *needs)
        if row.places:
            yield _cells(row, score.reporting)


def _cells(row: Row, reporting: bool) -> tuple[str, ...]:
    seen = (shown(row.found, row.places), shown(row.hits, row.hits + row.astray)) if reporting else ("–", "–")
    mended = (shown(row.exact, row.places), shown(row.wrong, row.places), shown(row.silent, row.places))
    return (row.group, row.name, row.layer, row.recoverable, str(row.places), *seen, *mended)


def summary(scores: Sequence[Score]) -> Iterator[tuple[str, ...]]:
    """One row for each tool: what it mends of the mendable, guesses wrong of all, and harms."""
    for score in scores:
        can, every = total(score, "text", "archive"), total(score)
        never = total(score, "source", "never")
        harmed, blocks = (sum(getattr(one, name) for one in score.harm.values()) for name in ("harmed", "blocks"))
        yield (
            score.tool, shown(every.found, every.places) if score.reporting else "–", shown(can.exact, can.places),
            shown(every.wrong, every.places), shown(never.wrong, never.places), f"{per_blocks(harmed, blocks)}",
        )  # fmt: skip


SUMMARY = ("tool", "recall", "exact, of what can be mended", "wrong", "wrong, of what cannot", "harm per 10,000 blocks")


def harm_rows(score: Score) -> Iterator[tuple[str, ...]]:
    for language in sorted(score.harm):
        one = score.harm[language]
        yield (language, str(one.blocks), str(one.harmed), f"{per_blocks(one.harmed, one.blocks)}", str(one.beside),
               f"{one.clean_harmed} of {one.clean_blocks}", str(one.alarms))  # fmt: skip


HARM = (
    "language",
    "sound blocks",
    "changed",
    "per 10,000",
    "changed beside a fault",
    "in clean articles",
    "false alarms there",
)


def page(scores: Sequence[Score], command: str, missing: Iterable[str] = ()) -> str:
    """The score page: the first tool in full, the others beside it."""
    first = scores[0]
    parts = [
        "# The score\n\nMade by the command below; do not edit. The words are explained in [the fault lab](lab.md).\n",
        f"```\n{command}\n```\n",
        f"{first.cases:,} articles with {total(first).places:,} places, clean ones among them.\n",
        _markdown(SUMMARY, summary(scores), 1),
        *(f"Left out: {name} is not installed.\n" for name in missing),
        f"## {first.tool}, class by class\n",
        _markdown(COLUMNS, table(first), _TEXT_COLUMNS),
        "## Harm\n",
        _markdown(HARM, harm_rows(first), 1),
    ]
    if first.alarms:
        told = ", ".join(f"`{name}` {count}" for name, count in sorted(first.alarms.items()))
        parts.append(f"Reported in clean articles: {told}.\n")
    return "\n".join([*parts, "## The classes\n", _classes(), "## Not injected\n", _left_out()])


def _classes() -> str:
    rows = [(one.group, one.name, one.layer, one.recoverable, one.what) for one in all_classes().values()]
    return _markdown(("", "class", "layer", "needs", "what it is"), rows, 5)


def _left_out() -> str:
    return _markdown(("", "why"), left_out().items(), 2)


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]], texts: int) -> str:
    """A table whose first columns are text and whose others are figures."""
    lines = [head, ["---" if number < texts else "--:" for number in range(len(head))], *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\x81", "\\x81")
