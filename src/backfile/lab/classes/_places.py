"""Where injectors put their faults: every word, one match, between blocks, at an edge."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from backfile.lab.sheet import GAP, TEXT, Block, Edit, Sheet

Lines = dict[str, tuple[str, ...]]
"""Lines by language."""
_WORD = re.compile(r"[^ \n]+")


def words(sheet: Sheet, change: Callable[[str], str], *, some: Callable[[], bool] | None = None) -> list[Edit] | None:
    """Every word that `change` changes, in the running text and the headline; or those of which `some` says so."""
    found = []
    for at in (TEXT, "headline"):
        for match in _WORD.finditer(sheet.given(at)):
            new = change(match[0])
            if new != match[0] and (some is None or some()):
                found.append(Edit(at=at, start=match.start(), end=match.end(), new=new))
    return found or None


def matches(
    sheet: Sheet, rng: Random, pattern: str, new: str | Callable[[re.Match[str]], str], *,
    most: int = 3, also: tuple[str, ...] = (), kinds: tuple[str, ...] = ("lead", "paragraph"),
) -> list[Edit] | None:  # fmt: skip
    """Some matches of the pattern, `most` at the most. Of a match with a group `x`, only that is replaced."""
    found = []
    for block in sheet.blocks(*kinds):
        for match in re.finditer(pattern, block.text):
            group = "x" if "x" in match.re.groupindex else 0
            text = match.expand(new) if isinstance(new, str) else new(match)
            start, end = match.span(group)
            if text != match[group]:
                found.append(Edit(start=block.start + start, end=block.start + end, new=text, also=also))
    chosen = rng.sample(found, min(most, len(found)))
    return sorted(chosen, key=lambda one: one.start) or None


def one_block(sheet: Sheet, rng: Random, *kinds: str, least: int = 0) -> Block | None:
    """A block of these kinds with at least so many characters."""
    found = [block for block in sheet.blocks(*(kinds or ("paragraph",))) if len(block.text) >= least]
    return rng.choice(found) if found else None


def before(block: Block, line: str) -> list[Edit]:
    """A paragraph of its own before the block."""
    return [Edit(start=block.start, end=block.start, new=line + GAP, kinds=("paragraph",) * (line.count(GAP) + 1))]


def after(block: Block, line: str, kind: str = "paragraph") -> list[Edit]:
    """A paragraph of its own after the block."""
    return [Edit(start=block.end, end=block.end, new=GAP + line, kinds=(kind,) * (line.count(GAP) + 1))]


def replace_block(block: Block, new: str, *, raw: str = "") -> list[Edit]:
    """The block reads so, and is a paragraph."""
    return [Edit(start=block.start, end=block.end, new=new, raw=raw, kinds=("paragraph",))]


def last_paragraph(sheet: Sheet) -> Block | None:
    found = sheet.blocks("paragraph")
    return found[-1] if found else None


def first_paragraph(sheet: Sheet) -> Block | None:
    found = sheet.blocks("paragraph")
    return found[0] if found else None


def by_language(table: Lines, sheet: Sheet, rng: Random) -> str:
    """A line of the article's language, of its country if there are such."""
    return rng.choice(table.get(sheet.language) or table.get(sheet.language.partition("-")[0]) or table["de"])
