"""Where on a web page the article's text is: paragraphs vote for the elements around them.

Semantic marks (`itemprop="articleBody"`, `<article>`, JSON-LD that repeats the text) are followed where there are any;
else the element with the densest running text wins, and grows while what it would take in reads like more of
the same. No rule here knows any single website.
"""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from backfile.shaping.chrome import TEASER_LINE, good_class, reason_of
from backfile.shaping.furniture import MAX_LINE, is_date_line, is_interface
from backfile.shaping.pagemeta import Meta, plain
from backfile.shaping.prompts import is_card, prompt
from backfile.shaping.tree import Element, Tree

_PARAGRAPHS = frozenset(["p", "pre", "blockquote"])
_FLOWS = frozenset(["div", "section", "article", "td", "main", "center", "body", "dd", "li", "font"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LISTS = frozenset(["ul", "ol", "dl", "table", "div", "section", "header"])
_KEEP = frozenset(["figure", "picture", "img", "video", "audio", "iframe", "embed", "object", "blockquote"])
_HEAD_WORDS = re.compile(
    r"(?:^|[-_\s])(?:byline|authors?|autor(?:en)?|auteurs?|autor[ei]|date|datum|timestamp|published|publish-?date|pubdate"
    r"|dateline|meta(?:data|info)?|reading-?time|lesezeit|kicker|overline|eyebrow)(?:$|[-_\s])",
    re.IGNORECASE,
)
_CARDS = frozenset(["div", "section", "article", "a", "li", "ul", "h2", "h3", "h4", "h5"])
_LINES = frozenset(["p", "div", "span", "li", "time", "small", "strong", "h2", "h3", "h4", "h5", "h6", "header", "a"])
_INLINE_LINES = frozenset(["span", "time", "small", "strong"])
MAX_CARD = 700
MIN_PARAGRAPH = 25
MIN_FLOW = 80
MIN_ARTICLE = 140
"""Less running text than this is no article."""


class Content(msgspec.Struct, frozen=True):
    """`regions`: the elements that hold the article's text, in order. `left_out`: elements inside them that do not
    belong to it, and why. `banned`: the reason by element number, for every element of the page that is no article."""

    regions: tuple[Element, ...]
    left_out: dict[int, str]
    banned: dict[int, str]
    mass: int


def find(tree: Tree, meta: Meta) -> Content:
    """The content of a page. `meta`: what it tells machines, which may repeat the article's text."""
    banned = _ban(tree, _own_head(tree, meta))
    vote = _Vote(tree, banned)
    regions = _marked(tree, vote) or _grown(tree, vote)
    if meta.body and regions:
        regions = _agreeing(tree, vote, regions, meta.body)
    left_out: dict[int, str] = {}
    for region in regions:
        _clean(tree, region, banned, left_out)
    return Content(tuple(regions), left_out, banned, sum(vote.mass[r.number] for r in regions))


def _ban(tree: Tree, own: frozenset[int]) -> dict[int, str]:
    """Why an element is no article, by number; those inside it inherit it. What holds much of the page's running text,
    or is marked as the article's body, is not banned by a vague name, nor is its own head (`own`)."""
    free = _Vote(tree, {})
    whole = max(free.mass[0], 1)
    found: dict[int, str] = {}
    for element in tree.elements[1:]:
        assert element.parent is not None
        reason = found.get(element.parent.number, "")
        if not reason and (reason := reason_of(element)) and reason not in ("script", "page title", "page metadata"):
            share = free.mass[element.number] / whole
            kept = _is_body(element) or element.number in own or (reason == "noscript" and _only_picture(tree, element))
            if kept or share > _SURE.get(reason, 0.4):
                reason = ""
        if reason:
            found[element.number] = reason
    return found


def _own_head(tree: Tree, meta: Meta) -> frozenset[int]:
    """Elements that say, unlinked, what the page tells machines its headline and description are, and what holds
    them: whatever they are called (`ArticleTeaser_title`), they are no teaser of another article."""
    wanted = {plain(said) for said in (*meta.titles, *meta.values.get("lead", [])) if len(said) > 20}
    sizes = [len(said) for said in wanted] or [0]
    low, high = 0.8 * min(sizes), 1.3 * max(sizes)
    found: set[int] = set()
    for element in tree.elements:
        if not low <= element.text <= high or element.links or element.name not in _HEAD_LINES:
            continue
        if element.last - element.first > 60 or plain(tree.words(element)) not in wanted:
            continue
        chain = [element, *element.above()]
        if all((reason_of(node) or "teaser") in _VAGUE and node.name not in ("a", "li", "aside") for node in chain):
            found.update(node.number for node in chain)
    return frozenset(found)


_VAGUE = ("teaser", "page chrome", "overlay")
_HEAD_LINES = ("h1", "h2", "h3", "p", "div")
_SURE = {"comment area": 0.8, "page footer": 0.8, "navigation": 0.7, "cookie banner": 0.9}
"""The share of a page's running text above which an element is the article whatever it is called; else 0.4."""


def _only_picture(tree: Tree, element: Element) -> bool:
    """Whether what readers without scripts saw is the one picture of its figure."""
    figure = next((node for node in element.above() if node.name == "figure"), None)
    if figure is None:
        return False
    images = [e for e in tree.below(figure, 60) if e.name == "img"]
    return len(images) == 1 and images[0].inside(element)


def _is_body(element: Element) -> bool:
    return "articlebody" in element.get("itemprop").lower() or "articlebody" in element.get("property").lower()


class _Vote:
    """Scores of elements by the paragraphs in them; `mass` is the length of such paragraphs inside an element."""

    def __init__(self, tree: Tree, banned: dict[int, str]) -> None:
        self.score: dict[int, float] = {}
        self.mass = [0] * len(tree.elements)
        self.count = [0] * len(tree.elements)
        for element in tree.elements:
            if element.number not in banned:
                self._paragraph(element)
        for element in reversed(tree.elements):
            if element.parent is not None:
                self.mass[element.parent.number] += self.mass[element.number]
                self.count[element.parent.number] += self.count[element.number]

    def _paragraph(self, element: Element) -> None:
        flow = element.flow
        single = element.name in _PARAGRAPHS
        if flow < (MIN_PARAGRAPH if single else MIN_FLOW) or element.flow_links > 0.5 * flow:
            return
        if not single and element.name not in _FLOWS:
            return
        self.mass[element.number] += flow
        self.count[element.number] += 1
        worth = 1 + element.commas + min(flow / 100, 3 if single else 30)
        above = element.parent
        higher = above.parent if above else None
        near = [above, higher, higher.parent if higher else None] if single else [element, above, higher]
        if element.name == "li":
            worth /= 2
        for share, node in zip((1.0, 0.5, 0.2), (n for n in near if n is not None), strict=False):
            if node.number not in self.score:
                self.score[node.number] = _bonus(node)
            self.score[node.number] += worth * share

    def best(self, tree: Tree) -> Element | None:
        if not self.score:
            return None
        number = max(self.score, key=lambda n: self.score[n] * (1 - tree.elements[n].density()))
        return tree.elements[number]


def _bonus(element: Element) -> float:
    bonus = {"article": 15.0, "main": 8.0, "body": -5.0, "li": -3.0, "td": 0.0}.get(element.name, 0.0)
    return bonus + (25.0 if good_class(element.get("class"), element.get("id")) else 0.0)


def _marked(tree: Tree, vote: _Vote) -> list[Element]:
    """Elements that the page itself marks as the article's body, if they hold a fair part of its text."""
    marked = [e for e in tree.elements if e.tag and "body" in e.tag.raw.lower() and _is_body(e)]
    outer = [e for e in marked if not any(e is not other and e.inside(other) for other in marked[:200])][:200]
    found = [e for e in outer if vote.mass[e.number] or e.text - e.links > MIN_FLOW]
    best = vote.best(tree)
    mass = sum(vote.mass[e.number] for e in found)
    return found if found and (best is None or mass * 3 > vote.mass[best.number]) else []


def _grown(tree: Tree, vote: _Vote) -> list[Element]:
    """The best voted element, grown to its ancestors while they add more running text of the same kind."""
    node = vote.best(tree)
    if node is None:
        return []
    candidate: Element = node
    below: Element = node
    for above in node.above():
        if candidate.name in ("article", "body", "main") or above.name in ("html", "#root"):
            break
        gain = vote.mass[above.number] - vote.mass[candidate.number]
        like = sum(vote.mass[c.number] for c in above.children if c is not below and _like(c, below, vote))
        if above.density() < 0.5 and like > 0.05 * vote.mass[candidate.number] and like * 2 > gain:
            candidate = above
        elif gain > 0.3 * vote.mass[candidate.number]:
            break
        below = above
    return [candidate]


def _like(child: Element, below: Element, vote: _Vote) -> bool:
    """Whether a sibling reads like a further part of the same article."""
    mass, count = vote.mass[child.number], vote.count[child.number]
    if not mass or child.name == "article":
        return False
    if child.name in _PARAGRAPHS:
        return mass > 60
    same = child.name == below.name and child.get("class") == below.get("class")
    if child.density() > (0.4 if same else 0.25):
        return False
    return mass / max(count, 1) > (80 if same else 160)


def _agreeing(tree: Tree, vote: _Vote, regions: list[Element], said: str) -> list[Element]:
    """Of the regions, the best voted element and all above it: what agrees best with the text of machine data."""
    words = Counter(re.findall(r"\w+", said.lower()))
    best = vote.best(tree) or regions[0]
    chain = [best, *[e for e in best.above() if e.name not in ("html", "#root")]][:12]
    scored = [(_agreement(words, tree, [element]), -number, [element]) for number, element in enumerate(chain)]
    scored.append((_agreement(words, tree, regions) + 0.02, 1, regions))
    top = max(scored, key=lambda entry: entry[:2])
    return top[2] if top[0] > 0.5 else regions


def _agreement(words: Counter[str], tree: Tree, elements: list[Element]) -> float:
    here = Counter(w for e in elements for w in re.findall(r"\w+", tree.words(e)[:200_000].lower()))
    common = sum((words & here).values())
    return 2 * common / (sum(words.values()) + sum(here.values())) if common else 0.0


# -- inside the region -----------------------------------------------------------------------------


def clean_figure(tree: Tree, figure: Element, banned: dict[int, str], left_out: dict[int, str]) -> None:
    """Notes what in a figure outside of the text belongs to the page: never what holds a picture."""
    for element in tree.below(figure):
        reason = banned.get(element.number, "") or (
            "interface text" if is_interface(tree.line(element, MAX_LINE)) else ""
        )
        if reason and not _pictured(tree, element) and element.name not in _KEEP:
            left_out[element.number] = reason


def _clean(tree: Tree, region: Element, banned: dict[int, str], left_out: dict[int, str]) -> None:
    """Notes what inside `region` is not the article: outermost elements only."""
    stop = -1
    after_teaser = False
    paragraphs = 0
    for element in tree.elements[region.number + 1 :]:
        if element.start >= region.end:
            return
        if element.start < stop:
            continue
        paragraphs += element.name == "p" and element.flow > 60
        reason = banned.get(element.number, "") or _no_text(tree, element, region, at_head=paragraphs < 2)
        if not reason and after_teaser and _is_teased(tree, element, region):
            reason = "teaser"
        if reason and not (reason in ("teaser", "overlay") and _holds_story(tree, element, region)):
            left_out[element.number] = reason
            stop = element.end
            after_teaser = reason == "teaser" and (after_teaser or element.name in _HEADINGS)
        elif element.text:
            after_teaser = False


def _holds_story(tree: Tree, element: Element, region: Element) -> bool:
    """A box that is banned by a vague name, but holds a good part of the region's running text."""
    return element.name != "aside" and element.text - element.links > 0.4 * region.text


def _is_teased(tree: Tree, element: Element, region: Element) -> bool:
    """Whether an element after the heading of a teaser box is in it: a list of links, or a card with a linked title."""
    if element.name in _LISTS and element.density() > 0.4:
        return True
    return element.name in _CARDS and 0 < element.text < min(MAX_CARD, 0.3 * region.text) and _is_card(tree, element)


def _is_card(tree: Tree, element: Element) -> bool:
    """A link around a heading, or a heading that is a link, and little else."""
    inner = tree.below(element, 120)
    titles = [child for child in inner if child.name in _HEADINGS and child.text]
    linked = any(child.links * 2 > child.text for child in titles)
    running = sum(child.flow for child in inner if child.name == "p" and not child.flow_links)
    return bool(titles) and linked and running < MAX_CARD / 2


def _no_text(tree: Tree, element: Element, region: Element, at_head: bool) -> str:
    """Why an element inside the region is not running text, by what it holds. `at_head`: no text came before it."""
    name = element.name
    if not element.text:
        return _inline(tree, element, at_head)
    if element.text > 0.3 * region.text:
        return ""
    if element.text <= MAX_LINE and (line := _line(tree, element, at_head)):
        return line
    if name in ("a", "article", "li") and 0 < element.text < MAX_CARD and _wraps_card(tree, element):
        return "teaser"
    if asked := prompt(tree, element):
        return asked
    if name in _HEADINGS or (name in ("p", "div") and element.text < 120):
        words = tree.words(element)
        if TEASER_LINE.match(words) and (name in _HEADINGS or element.links or len(words) < 30):
            return "teaser"
    if name in _LISTS and element.density() > 0.66:
        links = sum(child.name == "a" for child in tree.below(element))
        if links > 1 or name in ("ul", "ol"):
            return "teaser" if not _pictured(tree, element) or links > 2 else ""
    head = element.text < 250 and name in ("div", "p", "span", "ul", "header", "address", "time")
    if (
        head
        and _HEAD_WORDS.search(f"{element.get('class')} {element.get('itemprop')}")
        and not _pictured(tree, element)
    ):
        return "article header"
    return ""


def _line(tree: Tree, element: Element, at_head: bool) -> str:
    """The name of a short line of the page's own."""
    if element.name not in _LINES:
        return ""
    words = tree.line(element, MAX_LINE)
    if is_interface(words):
        return "interface text"
    return "article header" if at_head and is_date_line(words) else ""


def _inline(tree: Tree, element: Element, at_head: bool) -> str:
    """Why an inline element is no text: a line of its own that speaks of the page, or a card behind a name."""
    if element.name in _INLINE_LINES and _stands_alone(tree, element):
        return _line(tree, element, at_head)
    return "overlay" if is_card(tree, element) else ""


def _stands_alone(tree: Tree, element: Element) -> bool:
    """Whether an inline element is the better part of a block of one short line, and no paragraph."""
    block = element.parent
    while block is not None and not block.text and block.parent is not None:
        block = block.parent
    if block is None or block.name == "p" or not block.flow <= MAX_LINE:
        return False
    return len(tree.line(element, MAX_LINE)) >= 0.9 * block.flow


def _wraps_card(tree: Tree, element: Element) -> bool:
    """A link around a heading; or an article of its own inside this one, whose heading is a link."""
    if element.name == "a":
        return any(child.name in _HEADINGS for child in tree.below(element, 120))
    return element.name == "article" and _is_card(tree, element)


def _pictured(tree: Tree, element: Element) -> bool:
    return any(child.name in _KEEP for child in tree.below(element))
