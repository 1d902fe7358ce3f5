"""C1 to C6: markup of another system, or of another layer, that readers see."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from random import Random

from backfile.lab.classes._places import before, matches, one_block, replace_block
from backfile.lab.fault_class import FaultClass, Layer, Recoverable
from backfile.lab.sheet import GAP, Block, Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]
_WORDS = r"(?<= )(?P<x>[^\W\d_]{4,} [^\W\d_]{4,})(?= )"


def _around(opening: str, closing: str) -> Injector:
    """Round two words of a paragraph."""

    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        return matches(sheet, rng, _WORDS, lambda match: f"{opening}{match['x']}{closing}", most=1)

    return inject


def _whole(opening: str, closing: str) -> Injector:
    """Round a whole paragraph."""

    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        block = one_block(sheet, rng, "paragraph", "caption")
        return block and replace_block(block, f"{opening}{block.text}{closing}")

    return inject


def _standing(*lines: str) -> Injector:
    """A paragraph of its own that holds nothing else."""

    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        block = one_block(sheet, rng, "paragraph")
        return block and before(block, rng.choice(lines))

    return inject


def _line_breaks(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """Where a system without paragraphs had breaks."""
    tag = rng.choice(("<br />", "<br>", "<br/>"))
    return matches(sheet, rng, r"(?<=[.!?]) (?=[A-ZÀ-Ý])", tag, most=2, also=("\n", GAP))


def _drop_cap(sheet: Sheet, rng: Random) -> list[Edit] | None:
    blocks = [block for block in sheet.blocks("paragraph") if re.match("[A-ZÀ-Ý][a-zà-ÿ]", block.text)]
    return [Edit(start=b.start, end=b.start + 1, new=f"[dropcap]{b.text[0]}[/dropcap]") for b in blocks[:1]] or None


def _caption(form: str) -> Injector:
    """A shortcode round a picture and its caption, which has to stay."""

    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        block = one_block(sheet, rng, "caption")
        if block is None:
            return None
        number, picture = rng.randrange(100, 9999), '<img src="/bilder/dorf.jpg" alt="" width="300" height="200" />'
        raw = form.format(id=number, text=picture + escape(block.text, quote=False))
        return replace_block(block, form.format(id=number, text=block.text), raw=raw)

    return inject


def _heading(form: str) -> Injector:
    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        block = one_block(sheet, rng, "crosshead")
        return block and replace_block(block, form.format(block.text))

    return inject


def _fid(sheet: Sheet, rng: Random) -> list[Edit] | None:
    token = f'[[{{"fid":"{rng.randrange(10**6)}","view_mode":"default","type":"media"}}]]'
    block = one_block(sheet, rng, "paragraph")
    return block and before(block, token)


def _file_token(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block: Block | None = one_block(sheet, rng, "caption")
    return block and replace_block(block, f"[[Datei:Bild{rng.randrange(99)}.jpg|thumb|{block.text}]]")


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "text",
           layer: Layer = "markup") -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer=layer, recoverable=recoverable, what=what, inject=inject)


_SHORTCODE = (
    '[vc_row][vc_column width="1/2"]',
    "[/vc_column][/vc_row]",
    '[adrotate banner="3"]',
)
_TEXTURED = "[caption id=“attachment_{id}″ align=“alignnone″ width=“300″]{text}[/caption]"

CLASSES = (
    _class("literal-paragraph", "C1", "`<p>` and `</p>` as text", _whole("<p>", "</p>")),
    _class("literal-strong", "C1", "`<strong>` as text", _around("<strong>", "</strong>")),
    _class("literal-link", "C1", "a link's tag as text",
           _around('<a href="http://www.wyssbacher.example/3.html" target="_blank">', "</a>")),
    _class("literal-break", "C1", "`<br />` as text between sentences", _line_breaks),
    _class("shortcode-pair", "C2", "`[dropcap]` round a letter", _drop_cap),
    _class("shortcode-alone", "C2", "shortcodes of layout and advertising", _standing(*_SHORTCODE)),
    _class("shortcode-gallery", "C2", "a gallery's shortcode, without its pictures",
           _standing('[gallery ids="12,13,14"]'), "source"),
    _class("shortcode-caption", "C2", "`[caption]` round a caption",
           _caption('[caption id="attachment_{id}" align="alignright" width="300"]{text}[/caption]')),
    _class("media-token-json", "C3", "a JSON media token", _fid, "source"),
    _class("media-token", "C3", "a plugin's token in braces", _standing("{mosimage}", "{loadposition user7}"),
           "source"),
    _class("media-token-file", "C3", "a wiki's picture with its caption", _file_token),
    _class("texturised-shortcode", "C4", "a shortcode with curly quotes, no longer parsed", _caption(_TEXTURED)),
    _class("cms-link", "C5", "a system's own link tag as text", _around("<link 1234 _blank>", "</link>")),
    _class("markdown-strong", "C6", "Markdown's stars", _around("**", "**")),
    _class("markdown-link", "C6", "Markdown's link", _around("[", "](http://www.wyssbacher.example/seite)")),
    _class("wiki-strong", "C6", "a wiki's quotes", _around("'''", "'''")),
    _class("wiki-heading", "C6", "a wiki's heading", _heading("== {} ==")),
    _class("bbcode-strong", "C6", "BBCode", _around("[b]", "[/b]")),
    _class("bbcode-link", "C6", "BBCode's link", _around("[url=http://www.wyssbacher.example/]", "[/url]")),
)  # fmt: skip
LEFT_OUT = {"C5": "schemes inside an address (`t3://`) change no text; the tag that readers see is injected"}
