"""A whole web page → the article on it, and an account of all the rest.

Finds headline, kicker, lead, byline and the region that holds the text; that region is given to the HTML shaper as
ranges of the leaf. Everything else that a reader of the page could see is dropped by name (`navigation`, `teaser`,
`comment area`, …), word by word, so that the proof can lay article and account over the page and find no gap.
"""

from __future__ import annotations

import re
from html import unescape

import msgspec

from backfile.article import Span
from backfile.ledger import Move, Op
from backfile.record import Field
from backfile.shaping import figures, pagebyline, pagehead, pagemeta, shown
from backfile.shaping.chrome import reason_of
from backfile.shaping.content import MIN_ARTICLE, Content, clean_figure, find
from backfile.shaping.leftover import drops
from backfile.shaping.pagefinder import Finder
from backfile.shaping.tokens import Token, tokenize
from backfile.shaping.tree import Element, Tree

BY = "page"
Range = tuple[int, int]


class Page(msgspec.Struct, frozen=True):
    """`fields`: as in `Parts`. `ranges`: of the leaf, in order, that together hold the article's HTML. `account`: what
    became of everything else. `article`: whether there is an article on the page at all."""

    fields: tuple[Field, ...]
    ranges: tuple[Range, ...]
    account: tuple[Op, ...]
    article: bool
    inserted: figures.Inserted = {}
    """Tags that the page lacks, by the number of the token that they stand before."""


def read(source: str, leaf: str = "page", tokens: list[Token] | None = None) -> Page:
    """Read a page. Offsets are code points of `source`, which is the whole leaf."""
    tree = Tree(source, tokens or tokenize(source))
    meta = pagemeta.read(tree)
    content = find(tree, meta)
    finder = Finder(tree, leaf, meta, content)
    headline = pagehead.read(finder)
    pagebyline.read(finder, headline)
    _machine_fields(finder, headline)
    ranges = _ranges(finder, headline)
    reasons = _Reasons(finder)
    account = [*_moved_lead(finder, ranges), *drops(tree, leaf, ranges, finder.taken, reasons.of)]
    inside = [element for region in content.regions for element in finder.inside(region)]
    made = figures.captioned(tree, inside)
    return Page(tuple(finder.fields), ranges, tuple(account), _enough(content, meta), made)


def has_article(source: str) -> bool:
    """Whether there is anything like an article on the page: enough running text, or a page that says it is one."""
    tree = Tree(source, tokenize(source))
    meta = pagemeta.read(tree)
    return _enough(find(tree, meta), meta)


def _enough(content: Content, meta: pagemeta.Meta) -> bool:
    held = sum(r.text - r.links for r in content.regions)
    return content.mass >= MIN_ARTICLE or (meta.is_article and held >= 40)


def _machine_fields(finder: Finder, headline: Element | None) -> None:
    meta = finder.meta
    section, at = shown.section(finder.tree, meta)
    if at >= 0 and not finder.is_taken(at, at + len(section)):
        finder.fields.append(Field("section", section, finder.leaf, at))
        finder.taken.append((at, at + len(section)))
    elif section and at < 0:
        finder.fields.append(Field("section", section, ""))
    values = {role: meta.first(role) for role in ("published", "modified", "language", "url")}
    values["published"] = values["published"] or shown.date(finder.tree, headline)
    finder.fields += [Field(role, value, "") for role, value in values.items() if value]  # type: ignore[arg-type]
    finder.fields += [Field("topic", value, "") for value in meta.values.get("topic", [])[:30]]


def _ranges(finder: Finder, headline: Element | None) -> tuple[Range, ...]:
    """The regions without what was left out, and the lead pictures between headline and text."""
    found: list[Range] = []
    regions = finder.content.regions
    for region in (*_lead_pictures(finder, headline), *regions):
        at = region.start
        for element in finder.inside(region):
            if element.start >= at and _is_out(finder, element):
                found.append((at, element.start))
                at = element.end
        found.append((at, region.end))
    return tuple((a, b) for a, b in sorted(found) if a < b)


def _is_out(finder: Finder, element: Element) -> bool:
    number = element.number
    return (
        number in finder.content.left_out
        or number in finder.gone
        or (number in finder.cut and finder.holds_taken(element))
        or (element.name == "button" and element.text > 0)
    )


def _moved_lead(finder: Finder, ranges: tuple[Range, ...]) -> list[Op]:
    """The lead stands first in an article; if the page had a picture before it, that is a move."""
    lead = next((f for f in finder.fields if f.role == "lead" and f.leaf), None)
    if lead is None or not ranges or ranges[0][0] > lead.start:
        return []
    end = lead.start + len(lead.value)
    text = unescape(re.sub(r"<[^<>]*>", " ", lead.value))
    return [Move(by=BY, text=" ".join(text.split()), to="lead", span=Span(finder.leaf, lead.start, end))]


def _lead_pictures(finder: Finder, headline: Element | None) -> list[Element]:
    """Figures between headline and text, outside of the region: the article's first picture."""
    if headline is None or not finder.content.regions:
        return []
    low, high = headline.end, finder.content.regions[0].start
    found = [
        e
        for e in finder.tree.elements
        if e.name == "figure" and low <= e.start and e.end <= high and not finder.banned(e)
    ]
    outer = [e for e in found if not any(o is not e and e.inside(o) for o in found)]
    free = [e for e in outer if not finder.is_taken(e.start, e.end)][:3]
    for figure in free:
        clean_figure(finder.tree, figure, finder.content.banned, finder.content.left_out)
    return free


class _Reasons:
    """Why text in an element is no part of the article: the nearest name for it."""

    def __init__(self, finder: Finder) -> None:
        self.named = {**finder.cut, **finder.gone, **finder.content.left_out}
        self.known: dict[int, str] = {}

    def of(self, element: Element) -> str:
        passed: list[int] = []
        reason = ""
        for node in (element, *element.above()):
            reason = self.known.get(node.number) or self.named.get(node.number) or reason_of(node)
            passed.append(node.number)
            if reason:
                break
        self.known.update(dict.fromkeys(passed, reason or "page chrome"))
        return reason or "page chrome"
