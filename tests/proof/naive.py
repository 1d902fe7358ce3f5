"""A naive reference: an article made of given texts, each placed where the source holds it. No shaping involved."""

from __future__ import annotations

import html
import re
from typing import Any

from backfile.article import Article, Paragraph, Span, Text
from backfile.proof import Verdict, prove
from backfile.record import Origin, Record, SourceSpec

SPEC = SourceSpec(non_text=("id",))


def record(leaf: str, media: str = "json") -> Record:
    """A record of one leaf: `body` of a JSON object, the text of a file, or a page."""
    import json

    payload = json.dumps({"id": 7, "body": leaf}) if media == "json" else leaf
    return Record(
        source="test",
        key="7",
        format="test",
        media=media,
        payload=payload.encode(),
        origin=Origin("x"),  # type: ignore[arg-type]
    )


def paragraph(number: int, text: str, start: int, end: int, leaf: str = "body") -> Paragraph:
    return Paragraph(id=f"b{number}", source=(Span(leaf, start, end),), text=Text(text))


_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


def naive(leaf: str) -> Article:
    """For markup that is `<p>…</p>` with inline tags only: one paragraph each."""
    blocks = []
    for number, found in enumerate(_PARAGRAPH.finditer(leaf)):
        text = html.unescape(re.sub(r"<[^<>]*>", "", found[1]))
        if text.strip():
            blocks.append(paragraph(number, " ".join(text.split()), found.start(1), found.end(1)))
    return Article(source="test", key="7", blocks=tuple(blocks))


def verdict(leaf: str, article: Article, account: Any = (), media: str = "json") -> Verdict:
    return prove(record(leaf, media), SPEC, article, account, (), article)


def kinds(found: Verdict) -> list[str]:
    return [problem.kind for problem in found.problems]
