"""Clean articles: our own, shipped with the package, or anybody's, as JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from backfile.errors import UnreadableInput

LANGUAGES = ("de-CH", "de", "fr", "it", "en")
"""Of our own articles, twelve each."""
KINDS = frozenset({"paragraph", "crosshead", "caption", "item"})
_BLANK = re.compile(r"\s*\n\s*\n\s*")


class CleanBlock(msgspec.Struct, frozen=True):
    """One stretch of text between blank lines; `type` is one of `KINDS`."""

    text: str
    type: str = "paragraph"


class CleanArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article without faults. `code` is what its author signs with; `date` is ISO 8601."""

    id: str
    language: str = ""
    headline: str = ""
    kicker: str = ""
    lead: str = ""
    byline: str = ""
    code: str = ""
    date: str = ""
    section: str = ""
    blocks: tuple[CleanBlock, ...] = ()


def shipped() -> list[CleanArticle]:
    """Our own articles, language by language."""
    folder = resources.files("backfile.lab") / "articles"
    return [
        article
        for language in LANGUAGES
        for article in parse((folder / f"{language}.jsonl").read_text(encoding="utf-8").splitlines(), language)
    ]


def load(path: Path) -> list[CleanArticle]:
    """Anybody's articles. Raises `UnreadableInput` naming the line."""
    try:
        return list(parse(path.read_text(encoding="utf-8").split("\n"), str(path)))
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableInput(f"cannot be read: {problem}", where=str(path)) from problem


def parse(lines: Iterable[str], where: str) -> Iterator[CleanArticle]:
    """One article a line: `blocks` (`type`, `text`), or the whole text as `text`, `content` or `body`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            yield _article(told, f"{number}")
        except (ValueError, AttributeError, TypeError) as problem:
            hint = "One JSON object a line, with `blocks` or `text`."
            raise UnreadableInput(str(problem), where=f"{where}, line {number}", hint=hint) from problem


def _article(told: dict[str, Any], number: str) -> CleanArticle:
    lead = _flat(told.get("lead"))
    whole = told.get("text") or told.get("content") or told.get("body") or ""
    if isinstance(told.get("blocks"), list):
        blocks = [part for block in told["blocks"] for part in _blocks(block)]
    else:
        blocks = [CleanBlock(text) for text in _BLANK.split(str(whole).strip()) if text and text != lead]
    texts = {name: _flat(told.get(name)) for name in ("language", "headline", "kicker", "byline", "code", "section")}
    key = str(told.get("id") or number)
    return CleanArticle(id=key, lead=lead, date=_flat(told.get("date")), blocks=tuple(blocks), **texts)


def _flat(value: object) -> str:
    return " ".join(str(value).split(" ")).strip() if value else ""


def _blocks(block: dict[str, Any]) -> Iterator[CleanBlock]:
    kind = {"image": "caption", "list": "item"}.get(str(block.get("type")), str(block.get("type")))
    for text in re.split(r"\n+", str(block.get("text") or "").strip()):
        if text.strip():
            yield CleanBlock(text.strip(), kind if kind in KINDS else "paragraph")
