"""H1 to I6: pictures, embeds, links, dates and names."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from backfile.lab.classes._places import Lines, by_language, first_paragraph, last_paragraph
from backfile.lab.fault_class import Carrier, FaultClass, Layer, Recoverable
from backfile.lab.sheet import Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]
_BY = {"de": "Von", "fr": "Par", "it": "Di", "en": "By"}
_ROLES: Lines = {"de": ("Redaktion",), "fr": ("rédaction",), "it": ("redazione",), "en": ("Staff Reporter",)}
_SEE: Lines = {
    "de": ("Mehr dazu unter www.",),
    "fr": ("Plus d’informations sur www.",),
    "it": ("Maggiori informazioni: www.",),
    "en": ("More at www.",),
}


def _tweet(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """An embedded post without its script: its address stays at the end of a paragraph."""
    block = first_paragraph(sheet)
    new = f" pic.twitter.com/{''.join(rng.choices('abcdefghkmnpqrst0123456789', k=10))}"
    return block and [Edit(start=block.end, end=block.end, new=new)]


def _stump(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """An address cut after its first stop."""
    block = last_paragraph(sheet)
    line = by_language(_SEE, sheet, rng)
    return block and [Edit(start=block.end, end=block.end, new=f" {line}")]


def _date(new: str) -> Injector:
    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        return [Edit(at="date", start=0, end=len(sheet.article.date), new=new)] if sheet.article.date else None

    return inject


def _name(change: Callable[[str, Sheet, Random], str]) -> Injector:
    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        name = sheet.article.byline
        return [Edit(at="byline", start=0, end=len(name), new=change(name, sheet, rng))] if name else None

    return inject


def _by(name: str, sheet: Sheet, rng: Random) -> str:
    return f"{_BY.get(sheet.language.partition('-')[0], 'Von')} {name}"


def _by_by(name: str, sheet: Sheet, rng: Random) -> str:
    return f"{_by(_by(name, sheet, rng), sheet, rng)}"


def _role(name: str, sheet: Sheet, rng: Random) -> str:
    return f"{name}, {by_language(_ROLES, sheet, rng)}"


def _mail(name: str, sheet: Sheet, rng: Random) -> str:
    return f"{name} <{name.split()[0].lower()}@wyssbacher.example>"


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "text",
           layer: Layer = "record", carrier: Carrier = "record") -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer=layer, recoverable=recoverable, what=what, inject=inject,
                      carrier=carrier)  # fmt: skip


CLASSES = (
    _class("bare-embed", "H4", "an embedded post's address in the text", _tweet, "source", "markup", "body"),
    _class("cut-address", "I2", "an address cut after `www.`", _stump, "source", "markup", "body"),
    _class("date-epoch", "I4", "1970-01-01 as the date", _date("1970-01-01T00:00:00+00:00"), "source"),
    _class("date-zero", "I4", "0000-00-00 as the date", _date("0000-00-00 00:00:00"), "source"),
    _class("byline-by", "I5", "`By` inside the byline", _name(_by)),
    _class("byline-by-by", "I5", "`By By` inside the byline", _name(_by_by)),
    _class("byline-role", "I5", "a role behind the name", _name(_role)),
    _class("byline-mail", "I5", "an address behind the name", _name(_mail)),
)
LEFT_OUT = {
    "H1": "whether a picture's file is there is no matter of text",
    "H2": "which caption belongs to which picture is known to the source only, and both texts are sound",
    "H3": "a dead platform's frame has no text; what remains of posts is injected as `bare-embed`",
    "H5": "an empty gallery has no text",
    "H6": "text outside its box is seen in a browser only",
    "H7": "text that a style hides is seen in a browser only; the reverse is injected as `hidden-text`",
    "H8": "a wrong language attribute changes no character",
    "I1": "a stale link changes no character",
    "I3": "one date on many articles is a fact of an archive, not of an article",
    "I6": "addresses are made anew; umlauts and tags in headlines are injected with the letters' classes",
}
