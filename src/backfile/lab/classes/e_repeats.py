"""E1 to E10: what stands there twice, and what is gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from random import Random

from backfile.lab.classes._places import after, before, first_paragraph, last_paragraph, matches, one_block
from backfile.lab.fault_class import Carrier, FaultClass, Layer, Recoverable
from backfile.lab.sheet import GAP, Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]


def _headline(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block, headline = first_paragraph(sheet), sheet.article.headline
    return before(block, headline) if block and headline else None


def _lead(sheet: Sheet, rng: Random) -> list[Edit] | None:
    blocks = sheet.blocks()
    return after(blocks[0], blocks[0].text) if blocks and blocks[0].kind == "lead" else None


def _caption(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "caption")
    return after(block, block.text) if block else None


def _picture(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """The same picture with its caption once more, right after itself."""
    block = one_block(sheet, rng, "caption")
    return after(block, block.text, "caption") if block else None


def _block(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "paragraph", least=60)
    return after(block, block.text) if block else None


def _whole(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """The body stands there twice, from its first paragraph."""
    blocks = [block for block in sheet.blocks() if block.kind != "lead"]
    if len(blocks) < 2:
        return None
    body = GAP.join(block.text for block in blocks)
    end = blocks[-1].end
    return [Edit(start=end, end=end, new=GAP + body, kinds=tuple(block.kind for block in blocks))]


def _sentence(sheet: Sheet, rng: Random) -> list[Edit] | None:
    found = matches(sheet, rng, r"(?<=[.!?] )(?P<x>[A-ZÀ-Ý][^.!?«»„“”]{40,}[.] )(?=[A-ZÀ-Ý])",
                    lambda match: match["x"] * 2, most=1, kinds=("paragraph",))  # fmt: skip
    return [Edit(start=e.end, end=e.end, new=e.new[: len(e.new) // 2]) for e in found or ()] or None


def _pull_quote(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A quotation that was set large in a box, now a paragraph among the others."""
    paragraphs = sheet.blocks("paragraph")
    quoted = [m[0] for block in paragraphs for m in re.finditer("«[^«»]{30,}»|„[^„“]{30,}“|“[^“”]{30,}”", block.text)]
    return before(rng.choice(paragraphs[1:]), rng.choice(quoted)) if quoted and paragraphs[1:] else None


def _cut_word(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A column of the database was too short."""
    block = last_paragraph(sheet)
    if block is None or len(block.text) < 80:
        return None
    cut = block.start + rng.randrange(40, len(block.text) - 10)
    while not (sheet.text[cut - 1].isalpha() and sheet.text[cut].isalpha()):
        cut -= 1
    return [Edit(start=cut, end=len(sheet.text), new="")]


def _cut_sign(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """The import stopped at the first character that it did not know."""
    found = [m.start() for m in re.finditer("[«„“]", sheet.text)]
    blocks = sheet.blocks("paragraph")
    low = [at for at in found if blocks and at > blocks[0].start + 60 and sheet.text[at - 1] == " "]
    return [Edit(start=rng.choice(low) - 1, end=len(sheet.text), new="")] if low else None


def _cut_lead(sheet: Sheet, rng: Random) -> list[Edit] | None:
    blocks = sheet.blocks("lead")
    cuts = [
        m.end() for block in blocks for m in re.finditer(r"[^\W\d_]{3,}-(?=[^\W\d_])|[^\W\d_]{5,}(?= )", block.text)
    ]
    if not cuts or cuts[-1] < 30:
        return None
    return [Edit(start=rng.choice([cut for cut in cuts if cut >= 30]), end=blocks[0].end, new="")]


def _swallowed(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A bare `<` in the payload: browsers take what follows for a tag, up to the next `>`, and show nothing of it."""
    block = one_block(sheet, rng, "paragraph", least=100)
    if block is None:
        return None
    cut = block.text.rindex(" ", 0, len(block.text) // 2)
    tail = block.text[cut:]
    return [Edit(start=block.start + cut, end=block.end, new="", raw=f"<!** {escape(tail, quote=False)}>")]


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "text",
           layer: Layer = "record", carrier: Carrier = "body") -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer=layer, recoverable=recoverable, what=what, inject=inject,
                      carrier=carrier)  # fmt: skip


CLASSES = (
    _class("headline-repeated", "E1", "the headline as first paragraph", _headline, carrier="record"),
    _class("lead-repeated", "E1", "the lead once more as first paragraph", _lead, carrier="record"),
    _class("caption-doubled", "E2", "a caption again as a paragraph", _caption),
    _class("block-repeated", "E3", "a paragraph twice", _block),
    _class("sentence-repeated", "E3", "a sentence twice", _sentence),
    _class("body-repeated", "E3", "the whole body twice", _whole),
    _class("pull-quote-inlined", "E3", "a quotation from a box as a paragraph", _pull_quote, "source"),
    _class("picture-repeated", "E4", "a picture twice in a row", _picture, layer="markup"),
    _class("truncated-word", "E6", "the text ends inside a word", _cut_word, "source"),
    _class("truncated-sign", "E6", "the text ends where a quotation began", _cut_sign, "source"),
    _class("cut-lead", "E7", "the lead ends inside a sentence", _cut_lead, "source", carrier="record"),
    _class("swallowed-in-tag", "E8", "text in a tag that is none: in the payload, on no page", _swallowed, "source",
           "markup"),
)  # fmt: skip
LEFT_OUT = {
    "E5": "two records of one article: a matter of an import and its counts, not of one article",
    "E9": "kinds of blocks that an importer does not know are that importer's, not the article's",
    "E10": "a record that is not there is a matter of an import and its counts",
}
