"""A sheet as what a tool gets: a body, a record with fields, or a whole page; and as plain text."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from zlib import crc32

from backfile.lab.fault_class import Carrier
from backfile.lab.sheet import FIELDS, GAP, TEXT, Segment, Sheet

FORMATS: dict[Carrier, str] = {"body": "html", "record": "jsonl", "page": "page"}
"""As `backfile pipe` calls them."""


def question(sheet: Sheet, key: str, carrier: Carrier) -> dict[str, Any]:
    """One line for a tool. `text` is what readers see, for tools that know nothing of markup; the fields likewise."""
    asked = {"id": key, "format": FORMATS[carrier], "language": sheet.language, "content": content(sheet, key, carrier)}
    fields = {name: sheet.given(name) for name in FIELDS if sheet.given(name)} if carrier != "body" else {}
    return {**asked, **fields, "text": sheet.text}


def content(sheet: Sheet, key: str, carrier: Carrier) -> str:
    blocks = _blocks(sheet)
    if carrier == "body":
        return _html(blocks)
    if carrier == "page":
        return _page(sheet, blocks)
    lead = sheet.blocks("lead")
    record = {"id": key, **{name: sheet.given(name) for name in FIELDS if name != "date"}}
    record |= {"kicker": sheet.given("kicker"), "published": sheet.given("date"), "section": sheet.article.section}
    record |= {"lead": lead[0].text if lead else "", "language": sheet.language}
    return json.dumps({**record, "body_html": _html(blocks[len(lead) :])}, ensure_ascii=False)


def _blocks(sheet: Sheet) -> list[tuple[str, str]]:
    """(kind, inner HTML) of each block. A place's raw HTML is not cut, whatever gaps its visible text has."""
    kinds = sheet.kinds
    found: list[tuple[str, str]] = []
    inner, first, index = "", 0, 0
    for segment in sheet.segments[TEXT]:
        pieces = [segment.raw] if segment.raw else [_escaped(piece) for piece in segment.given.split(GAP)]
        for number, piece in enumerate(pieces):
            if number:
                found.append((kinds[first], inner))
                inner, first, index = "", index + 1, index + 1
            inner += piece
        index += _hidden_gaps(segment)
    return [*found, (kinds[first], inner)]


def _hidden_gaps(segment: Segment) -> int:
    return segment.given.count(GAP) if segment.raw else 0


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _html(blocks: list[tuple[str, str]]) -> str:
    found: list[str] = []
    for number, (kind, inner) in enumerate(blocks):
        if kind == "item":
            opens = not number or blocks[number - 1][0] != "item"
            closes = number + 1 == len(blocks) or blocks[number + 1][0] != "item"
            found.append(f"{'<ul>' if opens else ''}<li>{inner}</li>{'</ul>' if closes else ''}")
        else:
            found.append(_element(kind, inner))
    return "\n".join(found)


def _element(kind: str, inner: str) -> str:
    if kind == "crosshead":
        return f"<h3>{inner}</h3>"
    if kind == "caption":
        name = crc32(inner.encode("utf-8", "surrogatepass"))  # a caption that comes again is of the same picture
        picture = f'<img src="/bilder/{name:08x}.jpg" alt="" width="480" height="320">'
        return f"<figure>{picture}<figcaption>{inner}</figcaption></figure>"
    return f'<p class="lead">{inner}</p>' if kind == "lead" else f"<p>{inner}</p>"


def _page(sheet: Sheet, blocks: list[tuple[str, str]]) -> str:
    told = {name: escape(sheet.given(name), quote=True) for name in FIELDS}
    return "\n".join([
        "<!DOCTYPE html>", f'<html lang="{escape(sheet.language)}"><head><meta charset="utf-8">',
        f"<title>{told['headline']} - Wyssbacher Tagblatt</title>",
        f'<meta property="article:published_time" content="{told["date"]}">',
        f'<meta name="author" content="{told["byline"]}"></head><body>',
        '<header><a href="/">Wyssbacher Tagblatt</a><nav><ul><li><a href="/region">Region</a></li>'
        '<li><a href="/sport">Sport</a></li></ul></nav></header>',
        f'<main><article><p class="kicker">{told["kicker"]}</p><h1>{told["headline"]}</h1>',
        _html(blocks), "</article></main>", '<footer><p>© Wyssbacher Tagblatt</p></footer></body></html>',
    ])  # fmt: skip
