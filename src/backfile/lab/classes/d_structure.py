"""D1 to D10: paragraphs, words, heads and lists that ran into each other."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from html import escape
from itertools import pairwise
from random import Random

from backfile.lab.classes._places import matches, one_block
from backfile.lab.fault_class import Carrier, FaultClass, Layer, Recoverable
from backfile.lab.sheet import GAP, Block, Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]


def _pairs(sheet: Sheet, first: str, second: str) -> Iterator[tuple[Block, Block]]:
    """Neighbours of these kinds."""
    blocks = sheet.blocks()
    return ((one, two) for one, two in pairwise(blocks) if (one.kind, two.kind) == (first, second))


def _joined(first: str, second: str, raw: str = "", also: tuple[str, ...] = ()) -> Injector:
    """The gap between two blocks of these kinds is gone; with `raw`, the payload still tells where it was."""

    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        found = [
            Edit(start=one.end, end=two.start, new="", raw=raw, also=also, kinds=(second,))
            for one, two in _pairs(sheet, first, second)
        ]
        return [rng.choice(found)] if found else None

    return inject


def _bold_head(raw: str, *gaps: str) -> Injector:
    """A crosshead that was a bold line, run into its paragraph; the payload has it bold. `gaps`: what would do."""

    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        found = list(_pairs(sheet, "crosshead", "paragraph"))
        if not found:
            return None
        one, two = rng.choice(found)
        also, shown = tuple(one.text + gap for gap in gaps), raw.format(escape(one.text, quote=False))
        return [Edit(start=one.start, end=two.start, new=one.text, also=also, raw=shown, kinds=("paragraph",))]

    return inject


def _spaced_head(sheet: Sheet, rng: Random) -> list[Edit] | None:
    found = _joined("crosshead", "paragraph")(sheet, rng) or []
    return [Edit(start=edit.start, end=edit.end, new=" ", kinds=edit.kinds) for edit in found] or None


def _glued_pair(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """Two words in lower case: in German that may be a compound, so that nothing but the source knows."""
    return matches(sheet, rng, r"(?<=[a-zà-ÿ]{4})(?P<x> )(?=[a-zà-ÿ]{4})", "", most=2)


def _glued_capital(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return matches(sheet, rng, r"(?<=[a-zà-ÿ]{4})(?P<x> )(?=[A-ZÀ-Ý][a-zà-ÿ]{3})", "", most=2)


def _glued_sentences(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return matches(sheet, rng, r"(?<=[a-zà-ÿ]{3}[.!?])(?P<x> )(?=[A-ZÀ-Ý][a-zà-ÿ])", "", most=2, also=(GAP,))


def _label(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return matches(sheet, rng, r"(?<=[a-zà-ÿ]:)(?P<x> )(?=[A-ZÀ-Ý])", "", most=1)


def _kicker(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """The old page's kicker, in small capitals, glued to the first paragraph. Its own field has it too."""
    kicker, blocks = sheet.article.kicker, sheet.blocks("paragraph")
    if not kicker or not blocks or not blocks[0].text[0].isupper():
        return None
    start = blocks[0].start
    new = rng.choice((kicker, kicker.lower()))
    return [Edit(start=start, end=start, new=new, also=(new + GAP, new + ": ", new + " "))]


def _hard_lines(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """Lines as an editing terminal broke them."""
    width = rng.choice((48, 60, 72))
    found = []
    for block in sheet.blocks("paragraph"):
        start = block.start
        for line in textwrap.wrap(block.text, width, break_on_hyphens=False, break_long_words=False)[:-1]:
            start = sheet.text.index(line, start) + len(line)
            found.append(Edit(start=start, end=start + 1, new="\n"))
    return [edit for edit in found if sheet.text[edit.start] == " "] or None


def _broken(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A column's end in the middle of a sentence became a paragraph's end."""
    return matches(sheet, rng, r"(?<=[a-zà-ÿ])(?P<x> )(?=[a-zà-ÿ])", GAP, most=1, kinds=("paragraph",))


def _flat_list(sheet: Sheet, rng: Random) -> list[Edit] | None:
    found = [
        Edit(start=one.end, end=two.start, new=" ", kinds=("paragraph",)) for one, two in _pairs(sheet, "item", "item")
    ]
    return found or None


def _pager(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "caption")
    total = rng.randrange(5, 25)
    new = f"{rng.randrange(1, total)} / {total}" + rng.choice((" ", GAP))
    kinds = ("paragraph",) if GAP in new else ()
    return block and [Edit(start=block.start, end=block.start, new=new, kinds=kinds)]


def _unclosed(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """An italic word that is never closed, in a table cell's remains: tools that drop what is broken lose the word."""
    block = one_block(sheet, rng, "paragraph")
    found = list(re.finditer(r"(?<= )[^\W\d_]{5,}(?= )", block.text)) if block else []
    if not found or block is None:
        return None
    word = rng.choice(found)
    start = block.start + word.start()
    raw = f"<em><b>{word[0]}</em></td></i>"
    return [Edit(start=start, end=start + len(word[0]), new=f"*{word[0]}", raw=raw)]


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "text",
           layer: Layer = "string", carrier: Carrier = "body") -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer=layer, recoverable=recoverable, what=what, inject=inject,
                      carrier=carrier)  # fmt: skip


CLASSES = (
    _class("glued-paragraphs", "D1", "two paragraphs without the gap between them",
           _joined("paragraph", "paragraph", also=(" ",))),
    _class("glued-paragraphs-br", "D1", "two paragraphs parted by `<br><br>` in the payload",
           _joined("paragraph", "paragraph", "<br><br>"), layer="markup"),
    _class("glued-paragraphs-div", "D1", "two paragraphs parted by a `<div>` in the payload",
           _joined("paragraph", "paragraph", "<div></div>"), layer="markup"),
    _class("glued-sentences", "D1", "two sentences without the space between them", _glued_sentences),
    _class("glued-words", "D2", "two words in lower case glued", _glued_pair, "source"),
    _class("glued-capital", "D2", "a word and a capitalised one glued", _glued_capital, "archive"),
    _class("crosshead-run-in", "D3", "a crosshead glued to its paragraph", _joined("crosshead", "paragraph"), "source"),
    _class("crosshead-space", "D3", "a crosshead and its paragraph in one, parted by a space",
           _spaced_head, "source"),
    _class("crosshead-bold", "D3", "a crosshead glued on, bold in the payload", _bold_head("<b>{}</b>"),
           layer="markup"),
    _class("crosshead-bold-break", "D3", "a crosshead that the payload has bold, before a break",
           _bold_head("<strong>{}</strong><br />", "\n"), layer="markup"),
    _class("label-colon", "D4", "no space after a label's colon", _label),
    _class("kicker-run-in", "D4", "the kicker glued to the first paragraph", _kicker, "archive", "record", "record"),
    _class("hard-line-breaks", "D5", "a line end every 48 to 72 characters", _hard_lines),
    _class("broken-paragraph", "D5", "a paragraph's end in the middle of a sentence", _broken),
    _class("flattened-list", "D6", "a list as one running paragraph", _flat_list, "source", "markup"),
    _class("gallery-pager", "D8", "a gallery's pager at its caption", _pager),
    _class("unclosed-markup", "D9", "tags nested wrongly and never closed", _unclosed, layer="markup"),
)  # fmt: skip
LEFT_OUT = {
    "D7": "a lost box or interview keeps all its text: nothing in the text is wrong, only the type of a block",
    "D10": "the rank of a heading is no text; blocks without text are injected as `empty-paragraph`",
}
