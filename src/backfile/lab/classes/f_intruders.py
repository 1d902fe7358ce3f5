"""F1 to F9: production data, credits, links, interface text and notices among the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import escape
from random import Random

from backfile.lab.classes import _lines
from backfile.lab.classes._places import after, before, by_language, first_paragraph, last_paragraph, one_block
from backfile.lab.fault_class import Carrier, FaultClass, Layer, Recoverable
from backfile.lab.sheet import GAP, Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]


def _dated(sheet: Sheet) -> dict[str, str]:
    """The article's date in the forms that lines of production have."""
    try:
        day = datetime.fromisoformat(sheet.article.date)
    except ValueError:
        day = datetime(2009, 3, 12, 6, 15)
    month = _lines.MONTHS.get(sheet.language.partition("-")[0], _lines.MONTHS["de"])[day.month - 1]
    figures = {"date": f"{day:%d.%m.%Y}", "time": f"{day:%H:%M}", "day": str(day.day), "year": str(day.year)}
    return {**figures, "month": month}


def _production(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = last_paragraph(sheet)
    return after(block, by_language(_lines.PRODUCTION, sheet, rng).format(**_dated(sheet))) if block else None


def _sign_off(form: str) -> Injector:
    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        block, code = last_paragraph(sheet), sheet.article.code
        if block is None or not code or not block.text.endswith("."):
            return None
        return [Edit(start=block.end, end=block.end, new=form.format(code), kinds=("paragraph",))]

    return inject


def _agency(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block, agency = first_paragraph(sheet), by_language(_lines.AGENCIES, sheet, rng)
    if block is None:
        return None
    return rng.choice((before(block, f"({agency})"), [Edit(start=block.start, end=block.start, new=f"({agency}) ")]))


def _dateline(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = first_paragraph(sheet)
    town, agency = by_language(_lines.TOWNS, sheet, rng), by_language(_lines.AGENCIES, sheet, rng)
    told = _dated(sheet)
    forms = (f"{town.upper()} ({agency}) – ", f"{town}, {told['day']}. {told['month']} ({agency}) – ", f"{town}. – ")
    return [Edit(start=block.start, end=block.start, new=rng.choice(forms))] if block else None


def _byline(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block, name = first_paragraph(sheet), sheet.article.byline
    said = by_language(_lines.BY, sheet, rng)
    return before(block, f"{said} {name}") if block and name else None


def _credit(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """At the end of a caption; the caption may keep it apart, as a credit of its own."""
    block = one_block(sheet, rng, "caption")
    credit = by_language(_lines.CREDITS, sheet, rng)
    also = (GAP + credit, GAP + credit.partition(": ")[2], "\n" + credit)
    return block and [Edit(start=block.end, end=block.end, new=f" ({credit})", also=also)]


def _credit_paragraph(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "caption")
    credit = by_language(_lines.CREDITS, sheet, rng)
    return after(block, credit) if block else None


def _related(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "paragraph")
    if block is None:
        return None
    head = by_language(_lines.RELATED_HEADS, sheet, rng)
    chosen = rng.sample(_lines.RELATED_TITLES.get(sheet.language.partition("-")[0], _lines.RELATED_TITLES["de"]), 2)
    links = "".join(f'<li><a href="/archiv/{rng.randrange(9999)}.html">{escape(title)}</a></li>' for title in chosen)
    new = "".join(f"{GAP}{line}" for line in (head, *chosen))
    return [Edit(start=block.end, end=block.end, new=new, raw=f"</p><p>{escape(head)}</p><ul>{links}</ul><p>")]


def _interface(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "paragraph")
    return before(block, by_language(_lines.INTERFACE, sheet, rng)) if block else None


def _share(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "paragraph")
    if block is None:
        return None
    names = rng.sample(("Facebook", "Twitter", "Google+", "WhatsApp"), 3)
    links = " ".join(f'<a href="#" class="share-{name.lower()}">{name}</a>' for name in names)
    raw = f'</p><div class="social-share">{links}</div><p>'
    return [Edit(start=block.end, end=block.end, new=GAP + " ".join(names), raw=raw)]


def _jump(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = last_paragraph(sheet)
    line = by_language(_lines.JUMPS, sheet, rng).format(rng.randrange(2, 40))
    return block and [Edit(start=block.end, end=block.end, new=rng.choice((" ", GAP)) + line, kinds=("paragraph",))]


def _brand(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """Somebody replaced the paper's old name by the publisher's, in all articles and everywhere in them."""
    found = [m for block in sheet.blocks("paragraph") for m in re.finditer(r"\b[A-ZÀ-Ý][^\W\d_]{4,}\b", block.text)]
    if not found:
        return None
    word = rng.choice(found)[0]
    spots = re.finditer(rf"\b{word}\b", sheet.text)
    return [Edit(start=match.start(), end=match.end(), new="Wyssmedia") for match in spots]


def _stale(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = last_paragraph(sheet)
    line = by_language(_lines.NOTICES, sheet, rng)
    return after(block, line) if block else None


def _over(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = last_paragraph(sheet)
    return after(block, by_language(_lines.OVER, sheet, rng)) if block else None


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "archive",
           layer: Layer = "record", carrier: Carrier = "body") -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer=layer, recoverable=recoverable, what=what, inject=inject,
                      carrier=carrier)  # fmt: skip


CLASSES = (
    _class("production-line", "F1", "a line of the production system at the end", _production, "text",
           carrier="record"),
    _class("sign-off-brackets", "F2", "the author's code in brackets", _sign_off(" ({})"), carrier="record"),
    _class("sign-off-glued", "F2", "the author's code glued to the last stop", _sign_off("{}"), carrier="record"),
    _class("sign-off-paragraph", "F2", "the author's code as the last paragraph", _sign_off(GAP + "{}"),
           carrier="record"),
    _class("agency-credit", "F3", "an agency's mark at the start", _agency, carrier="record"),
    _class("dateline-in-text", "F3", "a dateline at the start", _dateline, carrier="record"),
    _class("byline-in-text", "F3", "the byline as a paragraph", _byline, carrier="record"),
    _class("credit-in-caption", "F4", "a photo credit at the end of a caption", _credit, "text"),
    _class("credit-paragraph", "F4", "a photo credit as a paragraph after the picture", _credit_paragraph, "text"),
    _class("related-links", "F5", "links to other articles between paragraphs", _related, "text", "page", "page"),
    _class("interface-text", "F6", "words of the old website's buttons", _interface, "archive", "page", "page"),
    _class("share-bar", "F6", "a row of links to share the article with, inside it", _share, "text", "page", "page"),
    _class("jump-line", "F7", "the printed page's jump line", _jump, "text"),
    _class("bulk-replaced-name", "F8", "a name put in by a search over the whole archive", _brand, "source"),
    _class("import-notice", "F9", "an earlier migration's apology", _stale, "text"),
    _class("stale-notice", "F9", "a survey, a prize draw, a subscription offer that are over", _over, "archive"),
)  # fmt: skip
